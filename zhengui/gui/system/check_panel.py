"""核对: whether the file still is what was done through the program, and the log of who did what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.system.panel import Panel
from zhengui.services.township import check_log, rights
from zhengui.services.township.check_log import CheckedLog, LogEntry
from zhengui.services.township.rights import Right

_COLUMNS = ("行", "时间", "谁", "做了什么", "内容")
_WIDTHS = (56, 128, 84, 128, 270)
#: So many lines at a time.
PAGE = 200


class CheckPanel(Panel):
    """The log is read when the panel is shown; the check runs when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card(
            "核对数据",
            "登记、修改、审核、签发都记成一行行操作记录，每一行由上一行算出。"
            "有人不经过程序改了数、删了记录、换回了旧文件，核对时能指出是哪一条。",
        )
        self.verdict = label("还没有核对", self, "ttl", wrap=True)
        self.head = label("", self, "cap", wrap=True)
        column.addWidget(self.verdict)
        column.addWidget(self.head)
        self.found = QListWidget(self)
        self.found.setAccessibleName("对不上的地方")
        self.found.setWordWrap(True)
        self.found.setFixedHeight(120)
        self.found.hide()
        self.found.itemActivated.connect(self._go)
        column.addWidget(self.found)
        row = QHBoxLayout()
        self.check = button("现在核对", self, "primary")
        self.check.clicked.connect(lambda _checked=False: self.run_check())
        row.addWidget(self.check)
        row.addStretch(1)
        column.addLayout(row)
        self._add_code()
        column = self.card("操作记录", "只增加，不能改，也不会自动清除。")
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("操作记录")
        self.list.setHeaderLabels(list(_COLUMNS))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(280)
        for place, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(place, width)
        column.addWidget(self.list)
        row = QHBoxLayout()
        self.more = button("更早的", self)
        self.more.clicked.connect(lambda _checked=False: self._read(self._first))
        self.export = button("导出…", self)
        self.export.clicked.connect(lambda _checked=False: self._ask_export())
        row.addWidget(self.more)
        row.addWidget(self.export)
        row.addStretch(1)
        column.addLayout(row)
        self._first: int | None = None

    def _add_code(self) -> None:
        column = self.card(
            "文稿上的核对码", "签发的文稿在成文日期下面印有核对码。输入它，看签发以后操作记录有没有被改写过。"
        )
        row = QHBoxLayout()
        self.code = QLineEdit(self)
        self.code.setAccessibleName("文稿上的核对码")
        self.code.setPlaceholderText("例如 128-9F3A-02C7-55D1-B0E4")
        self.code.setMaximumWidth(320)
        self.code.returnPressed.connect(self._judge_code)
        self.compare = button("对一对", self)
        self.compare.clicked.connect(lambda _checked=False: self._judge_code())
        row.addWidget(self.code, 1)
        row.addWidget(self.compare)
        row.addStretch(1)
        column.addLayout(row)
        self.code_told = label("", self, "sec", wrap=True)
        self.code_told.hide()
        column.addWidget(self.code_told)

    def _judge_code(self) -> None:
        self.code_told.setText(plain(check_log.judge_code(self.desk.township, self.code.text())))
        self.code_told.show()

    def refresh(self) -> None:
        allowed = rights.may(self.desk.township.account, Right.AUDIT)
        for each in (self.check, self.more, self.export, self.compare, self.code):
            allow(each, allowed, "由管理员或审计人员看")
        if not allowed:
            self.verdict.setText("核对和操作记录由管理员或审计人员看。")
            return
        self.list.clear()
        self._read(None)

    def _read(self, before: int | None) -> None:
        township = self.desk.township

        def work(_progress: object) -> list[LogEntry]:
            return check_log.log_entries(township, before, PAGE)

        self.desk.background.run(work, self._show, key=f"log{id(self)}")

    def _show(self, entries: list[LogEntry]) -> None:
        for each in entries:
            item = QTreeWidgetItem(
                [str(each.line), f"{each.at:%Y-%m-%d %H:%M}", each.who, each.deed, each.what]
            )
            item.setToolTip(4, plain(each.what))
            self.list.addTopLevelItem(item)
        self._first = entries[-1].line if entries else self._first
        allow(self.more, len(entries) == PAGE, "前面没有了")

    def run_check(self) -> None:
        """Compare every record with the log."""
        township = self.desk.township
        run_waiting(
            self,
            self.desk.background,
            "正在核对",
            lambda _progress: check_log.check_log(township),
            self._tell,
            lambda error: tell(self, "没有核对成", sentence(error)),
        )

    def _tell(self, checked: CheckedLog) -> None:
        self.verdict.setText(checked.words())
        self.head.setText(f"最后一行的核对码：{checked.head}")
        self.found.clear()
        self.found.setVisible(bool(checked.found))
        for each in checked.found:
            item = QListWidgetItem(each.sentence, self.found)
            item.setData(Qt.ItemDataRole.UserRole, (each.ledger, each.record))

    def _go(self, item: QListWidgetItem) -> None:
        ledger, record = item.data(Qt.ItemDataRole.UserRole)
        if ledger:
            self.desk.go_to_ledger(ledger, record)

    def _ask_export(self) -> None:
        name = f"操作记录-{self.desk.township.today():%Y-%m-%d}.xlsx"
        path, _kind = QFileDialog.getSaveFileName(self, "导出操作记录", name, "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(Path(path if path.lower().endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the whole log to a workbook."""
        township = self.desk.township
        run_waiting(
            self,
            self.desk.background,
            "正在导出",
            lambda _progress: check_log.export_log(township, path),
            lambda count: self.desk.offer_file(f"已导出 {count:,} 行操作记录", path),
            lambda error: tell(self, "没有导出", sentence(error)),
        )
