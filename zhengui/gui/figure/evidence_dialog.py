"""佐证材料: which figures, masked or not, where to; bound in the background and offered to be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from zhengui.gui.kit import style
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting

if TYPE_CHECKING:
    from zhengui.figures.period import Period
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress
    from zhengui.services.issue.bind_evidence import BoundBook
    from zhengui.services.issue.link_evidence import EvidenceSection, LinkedBook

MASKED = "姓名只留姓，证件号和电话号码遮去中间几位。材料要给别人看，这样最稳妥。"
OPEN = "材料里会印出完整的姓名、证件号和电话，只在上级要求核对身份时这样生成，用后妥善保管。"
LINKED = "同时保存一份带链接的文稿，两个文件放在一起，点文稿里的数字就翻到材料的对应页。"
_KEY = Qt.ItemDataRole.UserRole

T = TypeVar("T")


class EvidenceDialog(Dialog):
    """One figure needs no list; a document's figures are chosen under their headings."""

    def __init__(self, parent: QWidget, text: str, sections: Sequence[EvidenceSection] = ()) -> None:
        question = "生成哪些佐证材料？" if sections else "生成这个数的佐证材料吗？"
        super().__init__(parent, question, text, "生成…", "不生成了", 520)
        assert self.deed is not None
        self.deed.setToolTip("接着选择保存在哪里")
        self.tree = QTreeWidget(self)
        self.tree.setVisible(bool(sections))
        self._tops: list[QTreeWidgetItem] = []
        self._count = label("", self, "cap")
        self._count.setVisible(bool(sections))
        if sections:
            self._fill(sections)
            self.rows.addWidget(self.tree)
            self.rows.addLayout(self._under_list())
        self.masked = self.add_tick("遮盖个人信息", True)
        self._why = self.add_words(MASKED, "cap")
        self.masked.toggled.connect(self._say_why)
        if sections:
            self.add_words(LINKED, "cap")
        self.tree.itemChanged.connect(lambda _item, _column: self._tell_count())
        self._tell_count()

    def _fill(self, sections: Sequence[EvidenceSection]) -> None:
        tree = self.tree
        tree.setAccessibleName("文稿里的指标")
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setFixedHeight(300)
        tree.setUniformRowHeights(True)
        flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for section in sections:
            top = QTreeWidgetItem(tree, [section.title])
            self._tops.append(top)
            top.setFlags(flags | Qt.ItemFlag.ItemIsAutoTristate)
            top.setFont(0, style.font("body", bold=True))
            for figure in section.figures:
                item = QTreeWidgetItem(top, [figure.title, figure.shown])
                item.setFlags(flags)
                item.setToolTip(0, plain(figure.title))
                item.setData(0, _KEY, figure.key)
                item.setCheckState(0, Qt.CheckState.Checked)
            top.setFirstColumnSpanned(True)
            top.setExpanded(len(sections) == 1)
        tree.setColumnWidth(0, 330)

    def _under_list(self) -> QHBoxLayout:
        row = QHBoxLayout()
        every, none = button("全选", self, "link"), button("全不选", self, "link")
        every.clicked.connect(lambda _checked=False: self._check_all(Qt.CheckState.Checked))
        none.clicked.connect(lambda _checked=False: self._check_all(Qt.CheckState.Unchecked))
        row.addWidget(self._count, 1)
        row.addWidget(every)
        row.addWidget(none)
        return row

    def _leaves(self) -> list[QTreeWidgetItem]:
        found = [top.child(row) for top in self._tops for row in range(top.childCount())]
        return [item for item in found if item is not None]

    def chosen(self) -> list[str]:
        """The figures that are ticked, as they follow each other in the document."""
        return [str(i.data(0, _KEY)) for i in self._leaves() if i.checkState(0) is Qt.CheckState.Checked]

    def _check_all(self, state: Qt.CheckState) -> None:
        self.tree.blockSignals(True)
        for item in self._leaves():
            item.setCheckState(0, state)
        self.tree.blockSignals(False)
        self.tree.viewport().update()
        self._tell_count()

    def _tell_count(self) -> None:
        from zhengui.services.issue.bind_evidence import MOST_FIGURES

        leaves, count = self._leaves(), len(self.chosen())
        if not leaves:
            return
        words = f"已选 {count} 个，共 {len(leaves)} 个指标"
        if count > MOST_FIGURES:
            words = f"已选 {count} 个，一册最多装订 {MOST_FIGURES} 个，请分两次生成"
        self._count.setText(words)
        assert self.deed is not None
        allow(
            self.deed,
            0 < count <= MOST_FIGURES,
            "请分两次生成，一册装不下这么多" if count else "请先选要装订的指标",
        )

    def _say_why(self, masked: bool) -> None:
        self._why.setText(MASKED if masked else OPEN)
        style.mark(self._why, role="cap" if masked else "chk")


def ask_for_figure(host: QWidget, desk: Desk, key: str) -> None:
    """Bind the evidence of one figure in the period and the villages that are chosen above."""
    title, period = desk.catalogue.indicators[key].title, desk.scope.period
    dialog = EvidenceDialog(host, f"把“{title}”的口径、数值、每条记录和照片装订成一份 PDF。")
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    path = _asked_path(host, desk, f"{title}佐证材料（{period.title}）")
    if path is not None:
        bind_figure(host, desk, key, path, dialog.masked.isChecked())


def bind_figure(host: QWidget, desk: Desk, key: str, path: Path, masked: bool) -> None:
    """Bind one figure to a file."""
    from zhengui.services.issue.bind_evidence import bind_figures

    township, villages = desk.township, desk.scope.villages
    period: Period = desk.scope.period
    title = f"{township.profile().name}{period.title}{desk.catalogue.indicators[key].title}"

    def work(progress: JobProgress) -> BoundBook:
        return bind_figures(township, [key], period, path, villages, title, masked, progress)

    _run(host, desk, work, lambda bound: _done(desk, bound, path))


def ask_for_document(host: QWidget, desk: Desk, document: int, issued: bool = False) -> None:
    """Read which figures the document, or its newest issue, prints, then ask which of them to bind."""
    from zhengui.services.issue.issue_document import all_issues
    from zhengui.services.issue.link_evidence import figures_by_section

    township = desk.township

    def work(_progress: JobProgress) -> tuple[int, list[EvidenceSection]]:
        issue = all_issues(township, document)[0].id if issued else 0
        return issue, figures_by_section(township, document, issue)

    desk.background.run(work, lambda read: _choose(host, desk, document, *read), key="evidence")


def _choose(
    host: QWidget, desk: Desk, document: int, issue: int, sections: Sequence[EvidenceSection]
) -> None:
    if not sections:
        tell(host, "这份文稿还没有印出指标", "先在文稿里插入指标，再生成佐证材料。")
        return
    when = "记录按签发时的内容列出。" if issue else ""
    dialog = EvidenceDialog(host, f"把选中指标的口径、数值、每条记录和照片装订成一份 PDF。{when}", sections)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    path = _asked_path(host, desk, "佐证材料")
    if path is not None:
        bind_chosen(host, desk, document, path, dialog.chosen(), dialog.masked.isChecked(), issue)


def bind_chosen(
    host: QWidget, desk: Desk, document: int, path: Path, keys: Sequence[str], masked: bool, issue: int = 0
) -> None:
    """Bind figures of a document, and the document that leads into the book, to two files side by side."""
    from zhengui.services.issue.link_evidence import bind_with_document

    township = desk.township

    def work(progress: JobProgress) -> LinkedBook:
        return bind_with_document(township, document, path, keys, masked, progress, issue)

    def done(made: LinkedBook) -> None:
        _done(desk, made.bound, made.copy, "和带链接的文稿")

    _run(host, desk, work, done)


def _run(host: QWidget, desk: Desk, work: Callable[[JobProgress], T], done: Callable[[T], object]) -> None:
    def failed(error: Exception) -> None:
        tell(host, "佐证材料没有生成", sentence(error))

    run_waiting(host, desk.background, "正在生成佐证材料", work, done, failed)


def _done(desk: Desk, bound: BoundBook, path: Path, also: str = "") -> None:
    """Say what was bound; 打开 shows the file from which one reads."""
    photos = f"、{bound.photos} 张照片" if bound.photos else ""
    told = f"已生成佐证材料{also}：{bound.pages} 页，{bound.records} 条记录{photos}"
    desk.offer_file(told, path)


def _asked_path(host: QWidget, desk: Desk, name: str) -> Path | None:
    suggested = str(desk.township.path.parent / f"{name}.pdf")
    chosen, _kind = QFileDialog.getSaveFileName(host, "佐证材料保存在哪里", suggested, "PDF 文件 (*.pdf)")
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
