"""What is shown of a document that was issued: its text as it was, and in a line how it would differ today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from zhengui.gui.document.frozen_text import FrozenText
from zhengui.gui.kit.labels import button, label
from zhengui.services.issue import issue_document as service
from zhengui.storage.writing.documents import ISSUED, REVIEW, StoredDocument

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress
    from zhengui.reports.gb9704 import Spot
    from zhengui.services.issue.drift import Drift
    from zhengui.services.paper.publish_report import Published
    from zhengui.services.township.township import Township
    from zhengui.storage.writing.issues import Issue, IssueContent


class Banner(QFrame):
    """A line over the text on why it can't be typed into, or why it is being revised."""

    more_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sub")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        self.told = label("", self, "sec", wrap=True)
        row.addWidget(self.told, 1)
        self._more = button("看差别", self, "link")
        self._more.clicked.connect(lambda _checked=False: self.more_asked.emit())
        row.addWidget(self._more)

    def tell(self, words: str, more: bool = False) -> None:
        """Say something, or nothing."""
        self.told.setText(words)
        self._more.setVisible(more)
        self.setVisible(bool(words))


class Frozen(QObject):
    """Turns between the text that is written and the text that was issued."""

    def __init__(self, desk: Desk, area: QWidget, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._area = area
        #: The id of the issue that is shown, or was last.
        self.issue = 0
        self.text = FrozenText(host)
        self.banner = Banner(host)
        self.stack = QStackedWidget(host)
        self.stack.addWidget(area)
        self.stack.addWidget(self.text)
        self.banner.tell("")

    @property
    def shown(self) -> bool:
        """Whether the issued text is in front."""
        return self.stack.currentWidget() is self.text

    def show_state(self, stored: StoredDocument) -> None:
        """Show the text that belongs to the document's state."""
        issued = stored.state == ISSUED
        self.stack.setCurrentWidget(self.text if issued else self._area)
        if issued:
            self._load(stored.id)
        elif stored.state == REVIEW:
            self.banner.tell("正在送审，文稿不能改。要改请先退回。")
        else:
            self.banner.tell(f"正在修订：{stored.state_reason}" if stored.state_reason else "")

    def _load(self, document: int) -> None:
        from zhengui.services.issue.drift import drift

        township = self._desk.township
        issue = service.all_issues(township, document)[0]
        self.issue = issue.id
        content = service.issued_content(township, issue.id)
        self._show(issue, content, None)

        def work(_progress: JobProgress) -> Drift:
            return drift(township, issue.id)

        self._desk.background.run(work, lambda found: self._show(issue, content, found), key="drift")

    def _show(self, issue: Issue, content: IssueContent, found: Drift | None) -> None:
        self.text.show_issue(content, found)
        reason = f"，原因：{issue.reason}" if issue.reason else ""
        head = f"第 {issue.number} 稿，{issue.at:%Y-%m-%d %H:%M} 由{issue.who}签发{reason}。"
        self.banner.tell(head + (found.sentence if found is not None else ""), more=True)


def first_page(township: Township, document: int) -> bytes:
    """A PDF with the first page of a draft, ready before the others."""
    from zhengui.services.document.compose_document import first_page_of

    return first_page_of(township, document)


def pages_of(
    township: Township, document: int, issued: bool, progress: JobProgress | None = None
) -> Published:
    """The pages of a document: laid out from today's records, or byte for byte as they were issued."""
    from zhengui.reports.gb9704 import Spot
    from zhengui.services.document.compose_document import compose_document, lay_out_document
    from zhengui.services.paper.publish_report import Published
    from zhengui.services.township.page_settings import ReportSettings

    if not issued:
        return lay_out_document(township, document, progress)
    issue = service.all_issues(township, document)[0]
    printed = service.issued_pages(township, issue.id)
    spots: tuple[Spot, ...] = tuple(Spot(*spot) for spot in printed.spots)
    composed = compose_document(township, document)
    settings = ReportSettings(**dict(issue.settings))
    return Published(issue.title, printed.pdf, printed.pages, spots, (), composed, settings)
