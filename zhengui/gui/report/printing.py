"""Print the very PDF of the preview, its words as words and its lines as lines, in a worker.

A page that can't be drawn so (another program's, or a face that this computer refuses) is printed as an image, strip
by strip at the printer's own resolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtPrintSupport import QPrinter

from zhengui.gui.report.booklet import Side, copied, single, stitched
from zhengui.gui.report.vector_page import FaceRefused, LoadedFaces, draw_items
from zhengui.problem import Problem
from zhengui.reports.gb9704 import Drawn, NotOurs, read_back
from zhengui.work import Progress

#: A strip of a page has so many points of ink at most, so that 1200 dpi need no more memory than 300.
STRIP = 8_000_000
POINTS = 72
#: Paper that differs by less than this from the page counts as the page's own size.
TOLERANCE = 0.01


class NotPrinted(Problem):
    """The printer took no page; the text says what to do."""

    def __str__(self) -> str:
        return "打印机没有接收文稿。请检查它是否开机、连好、有纸，再打印一次。"


@dataclass(frozen=True, slots=True)
class Way:
    """How to print besides what the system's dialogue asks: folded as a booklet, on which paper."""

    booklet: bool = False
    paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4


def printer_for(way: Way, title: str) -> QPrinter:
    """A printer set up for a way, before the system's dialogue is shown."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(way.paper))
    turned = QPageLayout.Orientation.Landscape if way.booklet else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turned)
    short, long = QPrinter.DuplexMode.DuplexShortSide, QPrinter.DuplexMode.DuplexLongSide
    printer.setDuplex(short if way.booklet else long)
    return printer


def chosen_pages(printer: QPrinter, count: int, current: int) -> list[int]:
    """The pages, from 0, that the dialogue's range means; all where it names none of this document."""
    wanted = printer.printRange()
    pages = range(count)
    if wanted == QPrinter.PrintRange.CurrentPage:
        pages = range(current, current + 1)
    elif wanted == QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        if ranges.isEmpty() and printer.fromPage():
            pages = range(printer.fromPage() - 1, min(printer.toPage(), count))
        elif not ranges.isEmpty():
            named = [page for page in range(count) if ranges.contains(page + 1)]
            return named or list(range(count))
    return list(pages) or list(range(count))


def sides_of(printer: QPrinter, pages: list[int], booklet: bool) -> list[Side]:
    """The sides to print in order, with copies where the printer doesn't make them itself."""
    sides = stitched(pages) if booklet else single(pages)
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst and not booklet:
        sides.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return copied(sides, copies, printer.collateCopies())


def print_pdf(pdf: bytes, printer: QPrinter, sides: list[Side], progress: Progress) -> None:
    """Send the sides to the printer; `progress` may raise to stop, and then nothing more is sent."""
    printer.setFullPage(True)
    paper = OpenedPdf(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted
    try:
        for done, side in enumerate(sides):
            progress(done, len(sides))
            if done and not printer.newPage():
                raise NotPrinted
            for page, place in zip(side, _places(printer, len(side)), strict=True):
                if page is not None:
                    paper.draw(painter, page, place)
        progress(len(sides), len(sides))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        paper.close()


class OpenedPdf:
    """The pages of one PDF, opened in this thread; the preview's own stays with the window."""

    def __init__(self, pdf: bytes) -> None:
        self._document, self._buffer = _opened(pdf)
        self._faces = LoadedFaces()
        self._pages: Sequence[Sequence[Drawn]] = ()
        try:
            self._pages = read_back(pdf)
        except NotOurs:
            self._pages = ()

    def draw(self, painter: QPainter, page: int, place: QRectF) -> None:
        """Draw a page in its own size where the paper has room for it, else as large as fits, in the middle."""
        box = _fitted(self._document, painter, page, place)
        if page < len(self._pages):
            points = self._document.pagePointSize(page)
            onto = QTransform.fromScale(box.width() / points.width(), -box.height() / points.height())
            onto *= QTransform.fromTranslate(box.left(), box.bottom())
            try:
                draw_items(painter, self._pages[page], onto, self._faces)
                return
            except FaceRefused:
                self._pages = ()
        draw_strips(painter, self._document, page, box)

    def close(self) -> None:
        """Let go of the file and its faces."""
        self._faces.close()
        self._document.close()
        self._buffer.close()


def _opened(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """The document in this thread; the preview's own stays with the window."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer


def _places(printer: QPrinter, count: int) -> list[QRectF]:
    """The halves of the paper, or all of it, in the printer's points."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    wide = paper.width() / count
    return [QRectF(index * wide, 0, wide, paper.height()) for index in range(count)]


def _fitted(document: QPdfDocument, painter: QPainter, page: int, place: QRectF) -> QRectF:
    resolution = painter.device().logicalDpiX()
    points = document.pagePointSize(page)
    wide, high = (side * resolution / POINTS for side in (points.width(), points.height()))
    fit = min(place.width() / wide, place.height() / high)
    if fit < 1 - TOLERANCE:
        wide, high = wide * fit, high * fit
    left = place.left() + (place.width() - wide) / 2
    return QRectF(left, place.top() + (place.height() - high) / 2, wide, high)


def draw_strips(painter: QPainter, document: QPdfDocument, page: int, box: QRectF) -> None:
    """Draw a page as dots into a box of the paper."""
    left, upper = round(box.left()), round(box.top())
    size = QSize(round(box.width()), round(box.height()))
    step = max(1, STRIP // max(1, size.width()))
    for top in range(0, size.height(), step):
        height = min(step, size.height() - top)
        painter.drawImage(left, upper + top, strip(document, page, size, top, height))


def strip(document: QPdfDocument, page: int, size: QSize, top: int, height: int) -> QImage:
    """The strip of a page, drawn `size` large, that begins at `top`; white paper, no transparency."""
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(size)
    # Qt takes the distance between the outermost pixels for the size, so one more of each keeps the scale.
    options.setScaledClipRect(QRect(0, top, size.width() + 1, height + 1))
    drawn = document.render(page, QSize(size.width(), height), options)
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper
