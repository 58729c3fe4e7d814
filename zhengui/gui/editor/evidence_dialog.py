"""佐证材料: choose figures of the document and bind their values, records and photos into one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.dialogs import button, label
from zhengui.gui.waiting import run_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhengui.gui.background import Progress
    from zhengui.gui.desk import Desk
    from zhengui.services.bind_evidence import Bound


class EvidenceDialog(QDialog):
    """All figures of the text are chosen at first; personal data are masked unless said otherwise."""

    def __init__(self, desk: Desk, document: int, issued: bool, keys: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("佐证材料")
        self.resize(420, 560)
        self._desk, self._document, self._issued = desk, document, issued
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label("装订哪些指标的佐证材料？", self, "ttl"))
        then = "记录按签发时的内容列出。" if issued else "记录按现在的内容列出。"
        column.addWidget(label(f"每个指标一章：口径、数值、记录和照片。{then}", self, "sec", wrap=True))
        self.all = QCheckBox("全选", self)
        self.all.setChecked(True)
        self.all.clicked.connect(self._tick_all)
        column.addWidget(self.all)
        self.list = QListWidget(self)
        self.list.setAccessibleName("指标")
        for key in keys:
            item = QListWidgetItem(desk.catalogue.indicators[key].title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        column.addWidget(self.list, 1)
        self.masked = QCheckBox("遮盖姓名、证件号码、电话等个人信息", self)
        self.masked.setChecked(True)
        column.addWidget(self.masked)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = button("不装订了", self)
        leave.clicked.connect(self.reject)
        bind = button("装订…", self, "primary")
        bind.clicked.connect(self._ask)
        row.addWidget(leave)
        row.addWidget(bind)
        column.addLayout(row)

    def chosen(self) -> list[str]:
        """The keys of the ticked figures."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked]

    def _tick_all(self, checked: bool) -> None:
        state = Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(state)

    def _ask(self) -> None:
        folder = self._desk.township.path.parent
        path, _ = QFileDialog.getSaveFileName(
            self, "保存佐证材料", str(folder / "佐证材料.pdf"), "PDF 文件 (*.pdf)"
        )
        if path:
            self.bind(Path(path if path.lower().endswith(".pdf") else f"{path}.pdf"))

    def bind(self, path: Path) -> None:
        """Bind the chosen figures in the background."""
        from zhengui.services.bind_evidence import bind_document, bind_issue
        from zhengui.services.issue_document import all_issues
        from zhengui.storage.problem import StorageProblem

        keys, masked, township = self.chosen(), self.masked.isChecked(), self._desk.township
        document, issued = self._document, self._issued

        def work(progress: Progress) -> Bound:
            if not keys:
                raise StorageProblem("没有选中指标。请至少选一个，再装订佐证材料。")

            def tell(done: int, whole: int, _what: str) -> bool:
                progress(done, whole)
                return not progress.cancelled

            if issued:
                number = all_issues(township, document)[0].id
                return bind_issue(township, number, path, keys, masked, tell)
            return bind_document(township, document, path, keys, masked, tell)

        run_waiting(
            self,
            self._desk.background,
            "正在装订佐证材料",
            work,
            lambda _bound: self._bound(path),
            self._failed,
        )

    def _bound(self, path: Path) -> None:
        self._desk.say(f"已保存佐证材料：{path}")
        self.accept()

    def _failed(self, trouble: Exception) -> None:
        self._desk.background.troubled.emit(trouble)
