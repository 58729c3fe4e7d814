"""总结报告: compose the year's document, read it with its figures, see the real pages, save them as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from zhengui.gui import icons, style
from zhengui.gui.dialogs import button, label
from zhengui.gui.place import Page, Place
from zhengui.gui.report.outline import WIDTH, Outline
from zhengui.gui.report.preview import Preview
from zhengui.gui.report.remarks import Remarks
from zhengui.gui.report.text import DocumentText

if TYPE_CHECKING:
    from zhengui.gui.desk import Desk
    from zhengui.services.publish_report import Published

ZOOMS = (0.75, 1.0, 1.25, 1.5, 2.0)


class ReportPage(Page):
    """Outline, text with remarks below it, and the printed pages, side by side."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._published: Published | None = None
        self._year = 0
        self._stale = True
        self.outline, self.text = Outline(self), DocumentText(self)
        self.remarks, self.preview = Remarks(self), Preview(self)
        self._state = label("", self, "sec")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._body(), 1)
        self.outline.chosen.connect(self.text.go_to)
        self.text.source_clicked.connect(self._open_source)
        self.preview.figure_clicked.connect(self._open_source)
        self.remarks.chosen.connect(self.preview.show_source)
        self.preview.page_changed.connect(self._tell_page)
        desk.saved.connect(self._outdate)
        desk.scope.changed.connect(self._scope_changed)

    def heading(self) -> tuple[str, str]:
        """The document's title and how long it is."""
        year = self.desk.scope.period.year
        pages = f"共 {self._published.pages} 页" if self._published else ""
        return f"{year}年工作总结及{year + 1}年工作计划", pages

    def arrive(self, place: Place) -> None:
        """Compose anew where a record or the year has changed since."""
        if self._stale or self._year != self.desk.scope.period.year:
            self.compose()
        if place.of:
            self.preview.show_source(place.of)

    def regions(self) -> list[QWidget]:
        """Outline, text, remarks, pages."""
        return [self.outline, self.text, self.remarks, self.preview]

    def compose(self) -> None:
        """Compose and lay out in the background."""
        from zhengui.services.publish_report import lay_out

        year, township = self.desk.scope.period.year, self.desk.township
        self._year, self._stale = year, False
        self._state.setText("正在排版…")
        self._save.setEnabled(False)
        self.desk.background.run(
            lambda _progress: lay_out(township, year), self._show, self._failed, key="report"
        )

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        bar.setFixedHeight(style.size("tool_bar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.addWidget(self._state)
        row.addStretch(1)
        again = button("重新排版", bar, "ghost")
        again.setIcon(icons.icon("arrow_sync"))
        again.setToolTip("按现在的记录重新生成文稿（F5）")
        again.setShortcut("F5")
        again.clicked.connect(self.compose)
        self._save = button("保存 PDF", bar, "primary")
        self._save.setToolTip("把预览的文稿存成 PDF 文件")
        self._save.clicked.connect(self._ask_and_save)
        row.addWidget(again)
        row.addWidget(self._save)
        return bar

    def _body(self) -> QSplitter:
        left = QFrame(self)
        left.setObjectName("sub")
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 8, 0, 0)
        caption = label("　提纲", left, "cap")
        box.addWidget(caption)
        box.addWidget(self.outline, 1)
        middle = QSplitter(Qt.Orientation.Vertical, self)
        middle.addWidget(self.text)
        middle.addWidget(self.remarks)
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 1)
        middle.setChildrenCollapsible(False)
        body = QSplitter(Qt.Orientation.Horizontal, self)
        body.setHandleWidth(1)
        for part in (left, middle, self._pages()):
            body.addWidget(part)
        body.setStretchFactor(1, 3)
        body.setStretchFactor(2, 2)
        body.setSizes([WIDTH, 540, 450])
        body.setChildrenCollapsible(False)
        return body

    def _pages(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("side")
        box = QVBoxLayout(frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(label("预览", frame, "h2"))
        self._page = label("", frame, "cap")
        row.addWidget(self._page)
        row.addStretch(1)
        for name, icon, call in (
            ("上一页", "chevron_left", lambda: self._turn(-1)),
            ("下一页", "chevron_right", lambda: self._turn(1)),
        ):
            turn = button("", frame, "icon")
            turn.setIcon(icons.icon(icon))
            style.named(turn, name)
            turn.clicked.connect(call)
            row.addWidget(turn)
        self._zoom = button("适合宽度", frame, "ghost")
        self._zoom.setToolTip("放大或缩小页面")
        self._zoom.clicked.connect(self._next_zoom)
        row.addWidget(self._zoom)
        box.addLayout(row)
        box.addWidget(self.preview, 1)
        return frame

    def _show(self, published: Published) -> None:
        self._published = published
        composed = published.composed
        tips = self._tips(published)
        self.outline.show_composed(composed)
        self.text.show_composed(composed, tips)
        self.remarks.show_remarks(published.remarks)
        titles = {source: tip.splitlines()[0] for source, tip in tips.items()}
        self.preview.show_pdf(published.pdf, published.spots, titles)
        printed = [key for key in composed.figures if f"figure:{key}" in composed.printed()]
        known = sum(composed.figures[key].value is not None for key in printed)
        self._state.setText(
            f"{len(composed.document.text())} 字 · 印出 {len(printed)} 个指标，{known} 个有数 · 点数字看记录"
        )
        self._save.setEnabled(True)
        self.heading_changed.emit()

    def _tips(self, published: Published) -> dict[str, str]:
        """For every source: its title and value, then how it is computed."""
        composed, catalogue = published.composed, self.desk.catalogue
        tips = {
            f"figure:{key}": f"{catalogue.indicators[key].title}：{figure.display}\n{figure.how}\n{figure.records} 条记录"
            for key, figure in composed.figures.items()
        }
        for key, verdict in composed.verdicts.items():
            tips[f"claim:{key}"] = f"{catalogue.claims[key].title}\n{verdict.reason}"
        return tips

    def _failed(self, trouble: Exception) -> None:
        self._state.setText("文稿没有排出来，请按提示处理后再点“重新排版”。")
        self.desk.background.troubled.emit(trouble)

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

    def _ask_and_save(self) -> None:
        if self._published is None:
            return
        suggested = str(self.desk.township.path.parent / f"{self._published.title}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存 PDF", suggested, "PDF 文件 (*.pdf)")
        if chosen:
            path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the very bytes of the preview."""
        from zhengui.services.publish_report import save

        published: Any = self._published
        self.desk.background.run(
            lambda _progress: save(published, path),
            lambda _none: self.desk.say(f"已保存 PDF：{path}"),
            key="save report",
        )

    def _outdate(self, _ledger: str) -> None:
        self._stale = True
        if self.isVisible():
            self.compose()

    def _scope_changed(self) -> None:
        if self.isVisible() and self._year != self.desk.scope.period.year:
            self.compose()
        self.heading_changed.emit()

    def _turn(self, by: int) -> None:
        self.preview.go_to_page(max(0, self.preview.current_page() + by))

    def _tell_page(self, page: int, pages: int) -> None:
        self._page.setText(f"第 {page} 页，共 {pages} 页" if pages else "")

    def _next_zoom(self) -> None:
        following = ZOOMS[(ZOOMS.index(self.preview.zoom) + 1) % len(ZOOMS)]
        self.preview.set_zoom(following)
        self._zoom.setText("适合宽度" if following == 1.0 else f"{following:.0%}")
