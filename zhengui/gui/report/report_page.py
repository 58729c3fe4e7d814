"""总结报告: write the document with its figures and see the real pages; save and print them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui import icons, style
from zhengui.gui.dialogs import button, label
from zhengui.gui.editor.document_choice import DocumentChoice
from zhengui.gui.editor.document_editor import DocumentEditor
from zhengui.gui.place import Page, Place
from zhengui.gui.report.checks import Checks
from zhengui.gui.report.preview_panel import PreviewPanel
from zhengui.gui.waiting import run_waiting

if TYPE_CHECKING:
    from zhengui.gui.background import Progress
    from zhengui.gui.desk import Desk
    from zhengui.services.page_settings import ReportSettings
    from zhengui.services.publish_report import Published


#: Milliseconds after what is typed was kept until the pages follow.
FOLLOW = 150


class ReportPage(Page):
    """Outline, text with checks below it, and the printed pages, side by side."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._published: Published | None = None
        self._name = desk.township.profile().name
        self._year = 0
        self._stale = True
        self.editor, self.checks = DocumentEditor(desk, self), Checks(self)
        self.outline, self.text = self.editor.outline, self.editor.area
        self.choice = DocumentChoice(desk, self)
        self.panel = PreviewPanel(self)
        self.preview = self.panel.preview
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._body(), 1)
        self._soon = desk.background.later(FOLLOW, self.compose)
        self.choice.chosen.connect(self.show_document)
        self.editor.changed.connect(self._soon.start)
        self.editor.source_asked.connect(self._open_source)
        self.preview.figure_clicked.connect(self._open_source)
        self.checks.chosen.connect(self._show_source)
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
        """Compose anew where a record or the year has changed since."""
        if self._year != self.desk.scope.period.year:
            self.show_document(self.choice.of_year(self.desk.scope.period.year))
        elif self._stale:
            self.editor.reread()
            self.compose()
        if place.of:
            self.preview.show_source(place.of)

    def regions(self) -> list[QWidget]:
        """Outline, text, checks, pages."""
        return [*self.editor.regions(), self.checks.list, self.preview]

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
        from zhengui.services.compose_document import lay_out_document

        document, township = self.choice.document, self.desk.township
        if not document:
            return
        self.editor.flush()
        self._soon.stop()
        self._stale = False
        self._state.setText("正在排版…")
        self._allow(False)

        def work(progress: Progress) -> Published:
            return lay_out_document(township, document, lambda _page, _pages: not progress.cancelled)

        self.desk.background.run(work, self._show, self._failed, key="report")

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        bar.setFixedHeight(style.size("tool_bar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self.choice)
        row.addWidget(self.editor.tools)
        self._state = label("", bar, "cap")
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._state, 1)
        again = self._tool("arrow_sync", "重新排版", "按现在的记录重新生成文稿（F5）", self.compose, "F5")
        self.settings_button = self._tool(
            "settings", "版面设置", "红头、会议稿、封面、目录、水印、附件", self.ask_settings
        )
        self._word = self._tool(
            "arrow_export", "保存 Word", "存成能在 Word 和 WPS 里修改的文件", self._ask_for_word
        )
        self._print = self._tool("print", "打印…", "打印预览的页面（Ctrl+P）", self._ask_and_print, "Ctrl+P")
        self._save = button("保存 PDF", bar, "primary")
        self._save.setToolTip("把预览的页面存成 PDF 文件（Ctrl+S）")
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self._ask_for_pdf)
        for each in (again, self.settings_button, self._word, self._print, self._save):
            row.addWidget(each)
        return bar

    def _tool(
        self, icon: str, words: str, tip: str, call: Callable[[], None], shortcut: str = ""
    ) -> QPushButton:
        made = button(f"\u2009{words}", self, "ghost")
        made.setIcon(icons.icon(icon))
        made.setToolTip(tip)
        if shortcut:
            made.setShortcut(shortcut)
        made.clicked.connect(lambda _checked=False: call())
        return made

    def _allow(self, ready: bool) -> None:
        for each in (self._word, self._print, self._save):
            each.setEnabled(ready)

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
        self._published = published
        composed = published.composed
        tips = self._tips(published)
        titles = {source: tip.splitlines()[0] for source, tip in tips.items()}
        self.preview.show_pdf(published.pdf, published.spots, titles)
        self.checks.show_remarks(published.remarks)
        printed = [key for key in composed.figures if f"figure:{key}" in composed.printed()]
        known = sum(composed.figures[key].value is not None for key in printed)
        size = len(composed.document.text())
        self._state.setText(f"{size} 字 · 印出 {len(printed)} 个指标，{known} 个有数 · 点数字看记录")
        self._allow(True)
        self.heading_changed.emit()

    def _tips(self, published: Published) -> dict[str, str]:
        """For every source: its title and value, then how it is computed."""
        composed, catalogue = published.composed, self.desk.catalogue
        tips = {
            f"figure:{key}": f"{catalogue.indicators[key].title}：{figure.display}\n{figure.how}\n"
            f"{figure.records} 条记录"
            for key, figure in composed.figures.items()
        }
        for key, verdict in composed.verdicts.items():
            tips[f"claim:{key}"] = f"{catalogue.claims[key].title}\n{verdict.reason}"
        return tips

    def _failed(self, trouble: Exception) -> None:
        self._state.setText("文稿没有排出来，请按提示处理后再点“重新排版”。")
        self.desk.background.troubled.emit(trouble)

    def _show_source(self, source: str) -> None:
        self.editor.show_source(source)
        self.preview.show_source(source)

    def _open_source(self, source: str) -> None:
        """A figure opens its records; a claim, the ledger it is judged by."""
        kind, _, key = source.partition(":")
        if kind == "figure":
            self.desk.go("figure", key)
            return
        claim = self.desk.catalogue.claims[key]
        measure = claim.measure or (claim.covers[0].measure if claim.covers else None)
        if measure is not None:
            self.desk.go_to_ledger(measure.ledger)
        elif claim.indicators:
            self.desk.go("figure", claim.indicators[0])

    def check_layout(self) -> None:
        """Let the rules judge the very pages of the preview."""
        from zhengui.services.publish_report import check_layout

        published = self._published
        if published is not None:
            self.desk.background.run(
                lambda _progress: check_layout(published), self.checks.show_verdicts, key="check layout"
            )

    def ask_settings(self) -> None:
        """Show the choices; the pages follow at once."""
        from zhengui.gui.report.settings_dialog import SettingsDialog
        from zhengui.services.page_settings import settings_of

        dialogue = SettingsDialog(settings_of(self.desk.township), self)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.set_settings(dialogue.chosen())

    def set_settings(self, settings: ReportSettings) -> None:
        """Keep other choices and lay the document out by them."""
        from zhengui.services.page_settings import keep_settings

        keep_settings(self.desk.township, settings)
        self.compose()

    def _ask_and_print(self) -> None:
        from zhengui.gui.report.print_dialog import ask_and_print

        if self._published is not None:
            ask_and_print(self, self.desk, self._published, self.preview.current_page())

    def _ask_for_pdf(self) -> None:
        path = self._asked_path("保存 PDF", "PDF 文件 (*.pdf)", ".pdf")
        if path is not None:
            self.save_to(path)

    def _ask_for_word(self) -> None:
        path = self._asked_path("保存 Word", "Word 文件 (*.docx)", ".docx")
        if path is not None:
            self.save_word_to(path)

    def _asked_path(self, question: str, kinds: str, suffix: str) -> Path | None:
        if self._published is None:
            return None
        suggested = str(self.desk.township.path.parent / f"{self._published.title}{suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self, question, suggested, kinds)
        if not chosen:
            return None
        return Path(chosen if chosen.lower().endswith(suffix) else f"{chosen}{suffix}")

    def save_to(self, path: Path) -> None:
        """Save the very bytes of the preview."""
        from zhengui.services.publish_report import save

        self._write(save, path, "PDF")

    def save_word_to(self, path: Path) -> None:
        """Save the same document for Word."""
        from zhengui.services.publish_word import save_word

        self._write(save_word, path, "Word 文件")

    def _write(self, write: Callable[[Any, Path], None], path: Path, kind: str) -> None:
        published = self._published
        run_waiting(
            self,
            self.desk.background,
            f"正在保存 {kind}",
            lambda _progress: write(published, path),
            lambda _none: self.desk.say(f"已保存 {kind}：{path}"),
        )

    def _outdate(self, _ledger: str) -> None:
        self._stale = True
        if self.isVisible():
            self.editor.reread()
            self.compose()

    def _scope_changed(self) -> None:
        if self.isVisible() and self._year != self.desk.scope.period.year:
            self.show_document(self.choice.of_year(self.desk.scope.period.year))
        self.heading_changed.emit()
