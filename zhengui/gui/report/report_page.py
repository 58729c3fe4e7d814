"""总结报告: write the document with its figures and see the real pages; save and print them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhengui.catalogue.source import OUTLINE, PART, SIGN, of_figure, source_of
from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.document.document_choice import DocumentChoice
from zhengui.gui.document.document_editor import DocumentEditor
from zhengui.gui.document.tools import icon_button
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.report.checks import Checks
from zhengui.gui.report.following import Following
from zhengui.gui.report.output import Output
from zhengui.gui.report.preview_panel import PreviewPanel
from zhengui.gui.report.sources import open_source, take_scope, tips_of

if TYPE_CHECKING:
    from zhengui.figures.finding import Finding
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.kit.background import JobProgress
    from zhengui.services.paper.composed import Composed
    from zhengui.services.paper.publish_report import Published
    from zhengui.services.township.page_settings import ReportSettings


READ_WORD = "读回改过的 Word…"
WAITING = "正在排版，排好就能用"
NOT_SET = "文稿没有排出来，请按提示处理后再点“重新排版”。"
#: Milliseconds after what is typed was kept until the pages follow.
FOLLOW = 20


class ReportPage(Page):
    """Outline, text with checks below it, and the printed pages, side by side."""

    fills_later = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._published: Published | None = None
        self._name = desk.township.profile().name
        self._year = 0
        self._printed = 0
        self._stale = True
        self.editor, self.checks = DocumentEditor(desk, self), Checks(self)
        self.outline, self.text = self.editor.outline, self.editor.area
        self.choice = DocumentChoice(desk, self)
        self.panel = PreviewPanel(self)
        self.preview = self.panel.preview
        self.following = Following(self.text, self.preview, desk.background)
        self.output = Output(desk, self, lambda: self._published)
        self.save_to, self.save_word_to = self.output.save_to, self.output.save_word_to
        self.save_ofd_to = self.output.save_ofd_to
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._body(), 1)
        self._soon = desk.background.later(FOLLOW, self.compose)
        self.choice.chosen.connect(self.show_document)
        self.editor.changed.connect(self._soon.start)
        # Pages of a wording that is already another one would only take the time of the keys.
        self.editor.writing.manuscript.typed.connect(lambda *_: desk.background.cancel("report"))
        self.editor.source_asked.connect(self._open_source)
        self.preview.figure_clicked.connect(self._open_source)
        self.checks.chosen.connect(self._show_source)
        self.checks.acted.connect(self._act_on)
        self.editor.next_finding.connect(self.checks.go_on)
        self.editor.state_changed.connect(self.compose)
        self.checks.page_chosen.connect(self.preview.go_to_page)
        self.checks.layout_asked.connect(self.check_layout)
        desk.saved.connect(self._outdate)
        desk.scope.changed.connect(self._scope_changed)

    def heading(self) -> tuple[str, str]:
        """The document's title and how long it is."""
        if self._published is None:
            return "总结报告", ""
        return self._published.title.removeprefix(self._name), f"共 {self._published.pages} 页"

    def arrive(self, place: Place) -> None:
        """Compose anew where a record or the year has changed since; `place.record` is a document to turn to."""
        if place.record and place.record != self.choice.document:
            self.show_document(place.record)
        elif self._year != self.desk.scope.period.year:
            self.show_document(self.choice.of_year(self.desk.scope.period.year))
        elif self._stale:
            self.editor.reread()
            self.compose()
        if place.of:
            self.preview.show_source(place.of)

    def regions(self) -> list[QWidget]:
        """Outline, text, checks, pages."""
        return [*self.editor.regions(), self.checks.list, self.preview]

    def offered(self) -> list[Bound]:
        """What the bar over the document offers, each while its button can be pressed."""
        issuing = self.editor.issuing
        pressed = {
            "submit": issuing.submit_button,
            "back_to_draft": issuing.back_button,
            "issue": issuing.issue_button,
            "revise": issuing.revise_button,
            "sign_off": issuing.sign_button,
            "lay_out": self._again,
            "page_settings": self.settings_button,
            "save_pdf": self._save,
            "evidence": self._evidence,
            "print_pages": self._print,
        }
        ways = {"Word": self.output.ask_for_word, "OFD": self.output.ask_for_ofd}
        saving = [
            bound(f"save_{kind.lower()}", partial(self._ask_for, kind, way), self._word.isEnabled)
            for kind, way in ways.items()
        ]
        return [*(bound(id, made.click, partial(_can_press, made)) for id, made in pressed.items()), *saving]

    def can_leave(self) -> bool:
        """Nothing typed is lost: it is kept first."""
        self.editor.flush()
        return True

    def show_document(self, document: int) -> None:
        """Turn to a document."""
        self._year = self.desk.scope.period.year
        self.choice.document = document
        self.editor.show_document(document)
        self.compose()

    def compose(self) -> None:
        """Compose and lay out in the background; newer work makes older void."""
        from zhengui.gui.document.frozen import first_page, pages_of

        document, township = self.choice.document, self.desk.township
        if not document:
            return
        self.editor.flush()
        self._soon.stop()
        issued = self.editor.frozen.shown
        self._stale = False
        self._state.setText("正在排版…")
        self._allow(False)

        def work(progress: JobProgress) -> Published:
            return pages_of(township, document, issued, progress)

        def whole(_first: object = None) -> None:
            self.desk.background.run(work, self._show, self._failed, key="report")

        def ahead(first: bytes) -> None:
            self.preview.show_ahead(first)
            whole()

        if issued or self.preview.document.pageCount():
            whole()
        else:
            # Where nothing is shown yet, the first page comes as soon as it can; the rest counts less for that.
            begin = partial(first_page, township, document)
            self.desk.background.run(lambda _progress: begin(), ahead, whole, key="report")

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        bar.setFixedHeight(style.size("tool_bar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self.choice)
        row.addWidget(self.editor.issuing.steps)
        row.addWidget(self.editor.tools)
        self._state = label("", bar, "cap")
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._state, 1)
        self._again = again = icon_button(
            bar, "arrow_sync", "重新排版：按现在的记录重新生成（F5）", self.compose
        )
        again.setShortcut("F5")
        self.settings_button = icon_button(
            bar, "settings", "版面设置：红头、会议稿、封面、目录、水印、附件", self.ask_settings
        )
        self._word = self._other_kinds()
        self._evidence = icon_button(
            bar, "book", "佐证材料：把指标的口径、数值、记录和照片装订成一册", self._ask_for_evidence
        )
        self._print = icon_button(bar, "print", "打印预览的页面（Ctrl+P）", self._ask_and_print)
        self._print.setShortcut("Ctrl+P")
        self._save = self._tool(
            "save", "保存 PDF", "把预览的页面存成 PDF 文件（Ctrl+S）", self.output.ask_for_pdf, "Ctrl+S"
        )
        for each in (again, self.settings_button, self._word, self._evidence, self._print, self._save):
            row.addWidget(each)
        row.addWidget(self.editor.issuing.buttons)
        return bar

    def _other_kinds(self) -> QPushButton:
        """The button of what is saved besides the PDF."""
        made = button("\u2009Word、OFD", self, "ghost")
        made.setIcon(icons.icon("arrow_export"))
        made.setToolTip("另存为能修改的 Word 文件，或版面固定的 OFD 文件；读回在 Word 里改过的文字")
        menu = QMenu(made)
        menu.addAction("保存 Word…", lambda: self._ask_for("Word", self.output.ask_for_word))
        menu.addAction("保存 OFD…", lambda: self._ask_for("OFD", self.output.ask_for_ofd))
        menu.addSeparator()
        self._read_word = menu.addAction(READ_WORD, self.editor.ask_for_word)
        made.setMenu(menu)
        return made

    def _ask_for(self, kind: str, of_today: Callable[[], None]) -> None:
        """Save what is shown: an issue as it was issued, a draft with today's records."""
        if self.editor.frozen.shown:
            self.output.ask_for_issued(self.choice.document, kind)
        else:
            of_today()

    def _tool(
        self, icon: str, words: str, tip: str, call: Callable[[], None], shortcut: str = ""
    ) -> QPushButton:
        made = button(f"\u2009{words}", self, "ghost")
        made.setIcon(icons.icon(icon))
        made.setToolTip(plain(tip))
        if shortcut:
            made.setShortcut(shortcut)
        made.clicked.connect(lambda _checked=False: call())
        return made

    def _allow(self, ready: bool, why: str = WAITING) -> None:
        for each in (self._word, self._print, self._save, self._evidence):
            allow(each, ready, why)
        self._read_word.setEnabled(self.editor.writing.editable)
        self._read_word.setText(
            READ_WORD if self.editor.writing.editable else f"{READ_WORD}（文稿正在编写时才能读回）"
        )

    def _body(self) -> QSplitter:
        self.editor.middle.addWidget(self.checks)
        self.editor.middle.setStretchFactor(1, 1)
        self.editor.middle.setChildrenCollapsible(False)
        body = QSplitter(Qt.Orientation.Horizontal, self)
        body.setHandleWidth(1)
        body.addWidget(self.editor)
        body.addWidget(self.panel)
        body.setStretchFactor(0, 5)
        body.setStretchFactor(1, 3)
        body.setSizes([735, 446])
        body.setChildrenCollapsible(False)
        return body

    def _show(self, published: Published) -> None:
        another, self._printed = self._printed != self.choice.document, self.choice.document
        self._published = published
        composed = published.composed
        tips = tips_of(composed, self.desk.catalogue)
        self.preview.show_pdf(published.pdf, published.spots, tips)
        self.following.take(composed.document, published.spots)
        if another:
            self.preview.go_to_page(0)
        self.checks.forget_layout()
        self._check(composed)
        printed = [key for key in composed.figures if of_figure(key) in composed.printed()]
        known = sum(composed.figures[key].value is not None for key in printed)
        size = len(composed.document.text())
        self._state.setText("")
        told = f"{size} 字 · 印出 {len(printed)} 个指标，{known} 个有数 · 点数字看记录，打 # 插入指标"
        if self.isVisible():
            self.desk.told.emit(told)
        self._allow(True)
        self.heading_changed.emit()

    def _check(self, composed: Composed) -> None:
        """Look the document over in the background."""
        from zhengui.services.issue.preflight import check_composed

        document, township = self.choice.document, self.desk.township
        self.desk.background.run(
            lambda _progress: check_composed(township, document, composed),
            self._show_findings,
            key="preflight",
        )

    def _show_findings(self, findings: list[Finding]) -> None:
        self.checks.show_findings(findings)
        self.editor.take_findings(findings)

    def _failed(self, trouble: Exception) -> None:
        self._state.setText(NOT_SET)
        self._allow(False, NOT_SET)
        self.desk.background.troubled.emit(trouble)

    def _show_source(self, source: str) -> None:
        self.editor.show_source(source)
        self.preview.show_source(source)

    def _act_on(self, jump: str) -> None:
        """Do what the words of a finding say."""
        led = source_of(jump)
        if led.kind == PART:
            self.editor.show_source(jump)
            self.text.setFocus()
        elif led.kind == OUTLINE:
            self.editor.arranging.add_lacking(led.key)
        elif led.kind == SIGN:
            self.editor.issuing.ask_sign()
        else:
            self._open_source(jump)

    def _open_source(self, source: str) -> None:
        stored, frozen = self.editor.writing.stored, self.editor.frozen
        if stored is not None:
            take_scope(self.desk, stored)
        open_source(self.desk, source_of(source, frozen.issue if frozen.shown else 0))

    def check_layout(self) -> None:
        """Let the rules judge the very pages of the preview."""
        from zhengui.services.paper.publish_report import check_layout

        published = self._published
        if published is not None:
            self.desk.background.run(
                lambda _progress: check_layout(published), self.checks.show_verdicts, key="check layout"
            )

    def ask_settings(self) -> None:
        """Show the choices; the pages follow at once."""
        from zhengui.gui.report.settings_dialog import SettingsDialog
        from zhengui.services.township.office import COMMITTEE
        from zhengui.services.township.page_settings import offered_issuers, settings_of

        township = self.desk.township
        dialogue = SettingsDialog(
            settings_of(township),
            self,
            offered_issuers(township.profile().office, township.setting(COMMITTEE)),
        )
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.set_settings(dialogue.chosen())

    def set_settings(self, settings: ReportSettings) -> None:
        """Keep other choices and lay the document out by them."""
        from zhengui.services.township.page_settings import keep_settings

        keep_settings(self.desk.township, settings)
        self.compose()

    def _ask_and_print(self) -> None:
        self.output.ask_and_print(self.preview.current_page())

    def _ask_for_evidence(self) -> None:
        self.output.ask_for_evidence(self.choice.document, self.editor.frozen.shown)

    def _outdate(self, _ledger: str) -> None:
        self._stale = True
        if self.isVisible():
            self.editor.reread()
            self.compose()

    def _scope_changed(self) -> None:
        if self.isVisible() and self._year != self.desk.scope.period.year:
            self.show_document(self.choice.of_year(self.desk.scope.period.year))
        self.heading_changed.emit()


def _can_press(made: QPushButton) -> bool:
    """Whether a button can be pressed by its own words in the command search."""
    return made.isEnabled() and not made.isHidden()
