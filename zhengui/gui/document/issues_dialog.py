"""Every issue there is: its pages, what would differ today and which edits did it, and two issues side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.document import side_by_side
from zhengui.gui.document.save_issue import KINDS, ask_where_and_save
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.row_fields import ThingList
from zhengui.gui.kit.segment import Segment
from zhengui.services.issue import issue_document as service
from zhengui.services.issue.compare_documents import (
    ComparedIssues,
    ParagraphRow,
    compare_issues,
    compare_with_today,
)
from zhengui.services.issue.drift import Drift, drift
from zhengui.services.issue.sign_off import signatures_of_issue
from zhengui.services.township.reading import Reading, reads

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.storage.writing.issues import Issue

FIGURES, WORDS = 0, 1


@dataclass(frozen=True, slots=True)
class _Today:
    """An issue against today: the figures with their edits, and the text."""

    drift: Drift
    paragraphs: tuple[ParagraphRow, ...]


class IssuesDialog(Dialog):
    """Newest first; without another issue chosen, an issue is compared with today."""

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, document: int, parent: QWidget) -> None:
        super().__init__(parent, verb="关闭", width=1040, height=540, title="签发的文稿")
        self._desk = desk
        self._found: ComparedIssues | _Today | None = None
        self.list: ThingList[Issue] = ThingList(self, "签发的文稿", 250)
        self.add_list_beside(self.list, self._right())
        self._add_saving()
        self._fill(document)
        self.list.currentRowChanged.connect(lambda _row: self.compare())
        self.against.currentIndexChanged.connect(lambda _index: self.compare())
        self.compare()

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        top = QHBoxLayout()
        self.told = label("", self, "sec", wrap=True)
        top.addWidget(self.told, 1)
        top.addWidget(label("与之比较", self, "fld"))
        self.against = QComboBox(self)
        self.against.setAccessibleName("与之比较")
        self.against.setMinimumWidth(260)
        top.addWidget(self.against)
        column.addLayout(top)
        line = QHBoxLayout()
        self.shown = Segment(("指标", "文字"), self)
        self.shown.chosen.connect(lambda _at: self._show())
        line.addWidget(self.shown)
        line.addStretch(1)
        self.all_of_them = QCheckBox("相同的也列出", self)
        self.all_of_them.toggled.connect(lambda _on: self._show())
        line.addWidget(self.all_of_them)
        column.addLayout(line)
        self.view = QTextBrowser(self)
        self.view.setOpenLinks(False)
        self.view.setAccessibleName("差别")
        self.view.anchorClicked.connect(self._open)
        column.addWidget(self.view, 1)
        return column

    def _fill(self, document: int) -> None:
        self.against.addItem("现在的台账和文稿", 0)
        issues = service.all_issues(self._desk.township)
        signed = self._signed(issues)
        for each in issues:
            self.against.addItem(_title(each), each.id)
        at = next((n for n, each in enumerate(issues) if each.document == document), 0)
        self.list.show_things(issues, lambda each: _words(each) + signed[each.id], row=at)

    def _signed(self, issues: Sequence[Issue]) -> dict[int, str]:
        """By issue, which departments had signed the draft, in a line of its own; nothing where nobody had."""
        lines = {}
        with self._desk.township.reading() as reading:
            for each in issues:
                found = signatures_of_issue(reading, each.id)
                names = "、".join(f"{department} {who}" for department, who, _at in found)
                lines[each.id] = f"\n会签：{names}" if names else ""
        return lines

    def exec_once(self) -> None:
        """Show it until it is closed or a record is asked for."""
        self.record_asked.connect(self._desk.go_to_ledger)
        self.exec()
        self._desk.background.cancel("compare issues")

    def compare(self) -> None:
        """Work out in the background what differs, and show it."""
        issue, other = self.list.chosen(), int(self.against.currentData() or 0)
        if issue is None:
            return
        number, township = issue.id, self._desk.township
        self.told.setText("正在比较…")
        self._desk.background.run(
            lambda _progress: _compared(township, number, other), self._take, key="compare issues"
        )

    def _take(self, found: ComparedIssues | _Today) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        """Show the figures or the sentences, side by side."""
        found = self._found
        if found is None:
            return
        heads = ("签发时", "现在") if isinstance(found, _Today) else (_name(found.before), _name(found.after))
        changed = sum(row.difference.kind != "same" for row in found.paragraphs)
        if isinstance(found, _Today):
            self.told.setText(found.drift.sentence)
            differing = len(found.drift.figures) + len(found.drift.claims)
        else:
            differing = sum(row.differs for row in found.figures)
            self.told.setText(f"{differing} 个指标、{changed} 段文字不同")
        self.shown.set_counts((differing, changed))
        figures = self.shown.at == FIGURES
        # Only what would differ today is known of an issue's figures.
        self.all_of_them.setVisible(not (figures and isinstance(found, _Today)))
        if not figures:
            rows = side_by_side.sentence_rows(found.paragraphs, heads, self.all_of_them.isChecked())
            self.view.setHtml(side_by_side.page(rows, "文字没有不同。"))
        elif isinstance(found, _Today):
            rows = side_by_side.drift_rows(found.drift)
            self.view.setHtml(side_by_side.page(rows, "指标和断言都没有变。"))
        else:
            rows = side_by_side.figure_rows(found, heads, self.all_of_them.isChecked())
            self.view.setHtml(side_by_side.page(rows, "指标没有不同。"))

    def _open(self, url: QUrl) -> None:
        """Open the record behind an edit."""
        ledger, _, record = url.toString().removeprefix(side_by_side.RECORD).partition("/")
        self.accept()
        self.record_asked.emit(ledger, int(record))

    def _add_saving(self) -> None:
        """The button that saves the chosen issue, as what it is asked for."""
        made = self.add_verb("保存这一稿", lambda: None)
        menu = QMenu(made)
        for kind in KINDS:
            menu.addAction(f"保存 {kind}…", partial(self._ask_save, kind))
        made.setMenu(menu)

    def _ask_save(self, kind: str) -> None:
        issue = self.list.chosen()
        if issue is not None:
            ask_where_and_save(self._desk, issue, kind, self)


@reads
def _compared(reading: Reading, issue: int, other: int) -> ComparedIssues | _Today:
    if not other:
        return _Today(drift(reading, issue), compare_with_today(reading, issue))
    first, last = sorted((issue, other))
    return compare_issues(reading, first, last)


def _title(issue: Issue) -> str:
    return f"{issue.title}　第 {issue.number} 稿"


def _words(issue: Issue) -> str:
    reason = f"\n原因：{issue.reason}" if issue.reason else ""
    return f"{_title(issue)}\n{issue.at:%Y-%m-%d %H:%M}　{issue.who}{reason}"


def _name(issue: Issue) -> str:
    return f"{issue.period.title}第 {issue.number} 稿"
