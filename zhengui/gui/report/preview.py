"""The pages of the PDF as they will be printed; a click on a figure says which one it is, words can be found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument, QPdfLink, QPdfSearchModel
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import colour

if TYPE_CHECKING:
    from zhengui.reports.gb9704 import Spot

#: Space around a page in pixels.
GAP = 12
#: So many drawn pages are kept; more would only fill the memory.
KEPT = 12
#: Zooms are shares of the view's width; this one shows a page from top to bottom.
WHOLE_PAGE = 0.0
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Preview(QAbstractScrollArea):
    """Pages below each other, as wide as the view times `zoom`."""

    figure_clicked = Signal(str)
    page_changed = Signal(int, int)
    zoom_changed = Signal(float)
    shown = Signal()
    found = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("打印预览")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setSingleStep(40)
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._ahead: QPdfDocument | None = None
        self._spots: Sequence[Spot] = ()
        self._images: dict[tuple[int, int], QImage] = {}
        self._titles: dict[str, str] = {}
        self.zoom = 1.0
        self._finder = QPdfSearchModel(self)
        self._finder.setDocument(self._document)
        self._finder.countChanged.connect(self._count_found)
        self._at = -1

    def show_pdf(self, pdf: bytes, spots: Sequence[Spot], titles: dict[str, str]) -> None:
        """Show other bytes; the place on the page stays where it is. `titles` name the sources."""
        kept, words = self.verticalScrollBar().value(), self._finder.searchString()
        self._finder.setSearchString("")
        self._document.close()
        self._forget_ahead()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._spots, self._titles = spots, titles
        self._images.clear()
        self._measure()
        self.verticalScrollBar().setValue(kept)
        self._finder.setSearchString(words)
        self.shown.emit()
        self._scrolled()
        self.viewport().update()

    def show_ahead(self, pdf: bytes) -> None:
        """Show the first page while the others are still laid out; nothing on it can be clicked or searched yet."""
        if self._document.pageCount():
            return
        self._forget_ahead()
        self._ahead = ahead = QPdfDocument(self)
        buffer = QBuffer(ahead)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        ahead.load(buffer)
        self._images.clear()
        self._measure()
        self.viewport().update()

    @property
    def _seen(self) -> tuple[QPdfDocument, int]:
        """What is painted and how many of its pages: the whole document, or before it is there its first page."""
        if self._ahead is not None:
            return self._ahead, min(1, self._ahead.pageCount())
        return self._document, self._document.pageCount()

    def _forget_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.deleteLater()
            self._ahead = None

    @property
    def document(self) -> QPdfDocument:
        """The document that is shown, for printing exactly what is seen."""
        return self._document

    def set_zoom(self, zoom: float) -> None:
        """Make pages `zoom` times as wide as the view, or whole pages visible."""
        share = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
        self.zoom = zoom
        self._images.clear()
        self._measure()
        self.verticalScrollBar().setValue(round(share * self.verticalScrollBar().maximum()))
        self.zoom_changed.emit(zoom)
        self.viewport().update()

    def current_page(self) -> int:
        """The page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return min(
            max(0, middle // (self._page_size().height() + GAP)), max(0, self._document.pageCount() - 1)
        )

    def go_to_page(self, page: int) -> None:
        """Bring a page to the top."""
        self.verticalScrollBar().setValue(page * (self._page_size().height() + GAP))

    def show_source(self, source: str) -> None:
        """Bring the first place where a figure or claim is printed into view."""
        for spot in self._spots:
            if spot.source == source:
                self._go_to_spot(spot)
                return

    def _go_to_spot(self, spot: Spot) -> None:
        """Bring a place into the upper third of the view."""
        place = self._rect_of(spot)
        self.verticalScrollBar().setValue(max(0, place.top() - self.viewport().height() // 3))

    def bring(self, spot: Spot) -> None:
        """Bring a place into view; one that is seen stays where it is."""
        if spot.page >= self._document.pageCount():
            return
        place, top = self._rect_of(spot), self.verticalScrollBar().value()
        if place.top() < top or place.bottom() > top + self.viewport().height():
            self._go_to_spot(spot)

    def search(self, words: str) -> None:
        """Mark the words wherever they stand and go to the first place from here on."""
        self._at = -1
        self._finder.setSearchString(words)
        self._count_found()
        self.viewport().update()

    def go_to_found(self, by: int) -> None:
        """Go on to the next found place, or back to the one before."""
        count = self._finder.rowCount(QModelIndex())
        if not count:
            return
        self._at = (self._at + by) % count if self._at >= 0 else self._first_found()
        link = self._finder.resultAtIndex(self._at)
        place = self._place_of(link, link.rectangles()[0])
        self.verticalScrollBar().setValue(max(0, place.top() - self.viewport().height() // 3))
        self.found.emit(self._at + 1, count)
        self.viewport().update()

    def _first_found(self) -> int:
        """The first found place that isn't before the page being read."""
        here = self.current_page()
        for row in range(self._finder.rowCount(QModelIndex())):
            if self._finder.resultAtIndex(row).page() >= here:
                return row
        return 0

    def _count_found(self) -> None:
        count = self._finder.rowCount(QModelIndex())
        if count and self._at < 0:
            self.go_to_found(1)
        else:
            self.found.emit(self._at + 1, count)
        self.viewport().update()

    def _place_of(self, link: QPdfLink, area: QRectF) -> QRect:
        page = self._page_rect(link.page())
        scale = page.width() / self._document.pagePointSize(link.page()).width()
        return QRect(
            page.left() + round(area.left() * scale),
            page.top() + round(area.top() * scale),
            max(2, round(area.width() * scale)),
            max(2, round(area.height() * scale)),
        )

    def _page_size(self) -> QSize:
        seen, count = self._seen
        points = seen.pagePointSize(0) if count else None
        shape = points.height() / points.width() if points else 297 / 210
        width: float = (self.viewport().width() - 2 * GAP) * self.zoom
        if self.zoom == WHOLE_PAGE:
            width = min(self.viewport().width() - 2 * GAP, (self.viewport().height() - 2 * GAP) / shape)
        return QSize(max(80, round(width)), round(max(80, round(width)) * shape))

    def _measure(self) -> None:
        size, view = self._page_size(), self.viewport().size()
        height = self._seen[1] * (size.height() + GAP) + GAP
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(0, height - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, size.width() + 2 * GAP - view.width()))

    def _page_rect(self, page: int) -> QRect:
        """Where a page is, in the coordinates of all pages."""
        size = self._page_size()
        left = max(GAP, (self.viewport().width() - size.width()) // 2)
        return QRect(QPoint(left, GAP + page * (size.height() + GAP)), size)

    def _rect_of(self, spot: Spot) -> QRect:
        page = self._page_rect(spot.page)
        scale = page.width() / self._document.pagePointSize(spot.page).width()
        return QRect(
            page.left() + round(spot.x * scale),
            page.top() + round(spot.y * scale),
            max(6, round(spot.width * scale)),
            max(6, round(spot.height * scale)),
        )

    def _shift(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _spot_at(self, point: QPoint) -> Spot | None:
        place = point + self._shift()
        return next((s for s in self._spots if self._rect_of(s).adjusted(-1, -2, 1, 2).contains(place)), None)

    def _image(self, page: int, size: QSize) -> QImage:
        key = (page, size.width())
        if key not in self._images:
            if len(self._images) >= KEPT:
                self._images.pop(next(iter(self._images)))
            self._images[key] = self._seen[0].render(page, size)
        return self._images[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("press"))
        shift, ratio = self._shift(), self.devicePixelRatioF()
        for page in range(self._seen[1]):
            place = self._page_rect(page).translated(-shift)
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, QColor("white"))
            painter.drawImage(place, self._image(page, place.size() * ratio))
            self._mark_found(painter, page, shift)
            painter.setPen(colour("line2"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _mark_found(self, painter: QPainter, page: int, shift: QPoint) -> None:
        """Lay a tint over the found words, a stronger one where one stands."""
        if not self._finder.searchString():
            return
        here = self._finder.resultAtIndex(self._at) if self._at >= 0 else None
        for link in self._finder.resultsOnPage(page):
            chosen = here is not None and (link.page(), link.location()) == (here.page(), here.location())
            tint = QColor(colour("warnfill"))
            tint.setAlpha(150 if chosen else 70)
            for area in link.rectangles():
                painter.fillRect(self._place_of(link, area).translated(-shift), tint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep pages as wide as the view."""
        super().resizeEvent(event)
        if self.zoom == WHOLE_PAGE or event.size().width() != event.oldSize().width():
            self._images.clear()
        self._measure()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        larger = event.angleDelta().y() > 0
        steps = [step for step in STEPS if (step > self.zoom if larger else step < self.zoom)]
        if steps:
            self.set_zoom(steps[0] if larger else steps[-1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a figure can be clicked, and what it is."""
        spot = self._spot_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if spot else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if spot:
            QToolTip.showText(
                event.globalPosition().toPoint(), plain(self._titles.get(spot.source, "")), self
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which figure was clicked."""
        spot = self._spot_at(event.position().toPoint())
        if spot is not None:
            self.figure_clicked.emit(spot.source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page through with Page Up, Page Down, Home and End."""
        page = self.current_page()
        moves = {
            Qt.Key.Key_PageDown: page + 1,
            Qt.Key.Key_PageUp: page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._document.pageCount() - 1,
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.go_to_page(max(0, moves[key]))
        else:
            super().keyPressEvent(event)

    def _scrolled(self, _value: int = 0) -> None:
        self.page_changed.emit(self.current_page() + 1, self._document.pageCount())
        self.viewport().update()
