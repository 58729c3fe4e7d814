"""Put the manual into one PDF, to be printed or handed out: a title, the contents, every page of resources/help in order.

usage: manual_pdf.py manual.pdf

The text is laid out by Qt with the program's own face; pictures are as wide as the page at most.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Set
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl  # noqa: E402
from PySide6.QtGui import (  # noqa: E402
    QFont,
    QFontDatabase,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication  # noqa: E402

from zhengui import __version__  # noqa: E402
from zhengui.gui.help.pages import CONTENTS, pages, path_of  # noqa: E402
from zhengui.gui.help.text import look  # noqa: E402
from zhengui.gui.kit import style  # noqa: E402
from zhengui.paths import resource  # noqa: E402

#: Dots to the inch that the text is laid out for; the page is A4 with these margins in millimetres.
DOTS = 96
MARGINS = QMarginsF(20, 18, 20, 18)
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class Manual(QTextDocument):
    """The whole manual; pictures are fetched from the program's own folder and made to fit."""

    widest = 600

    def loadResource(self, kind: int, name: QUrl) -> object:  # type: ignore[override]  # noqa: N802
        """A picture no wider than the page."""
        if kind != _IMAGE:
            return super().loadResource(kind, name)
        picture = QImage(str(resource(f"help/pictures/{Path(name.path()).name}")))
        if not picture.isNull() and picture.width() > self.widest:
            picture.setDevicePixelRatio(picture.width() / self.widest)
        return picture


def body_of(name: str) -> str:
    """What stands between the body's tags of a page, its links within the manual left as plain words."""
    text = path_of(name).read_text(encoding="utf-8")
    found = re.search(r"<body[^>]*>(.*)</body>", text, re.DOTALL)
    return re.sub(r"</?a\b[^>]*>", "", found.group(1) if found else text)


def whole(at: Mapping[str, int], broken_before: Set[int]) -> str:
    """The manual as one text of HTML: title, contents with the pages where chapters begin, the chapters.

    Headings are counted from 0 over the whole manual; those in `broken_before` begin a new page.
    """
    known = pages()
    lines = []
    for heading, names in CONTENTS:
        lines.append(f'<tr><td colspan="2" style="padding-top:10px"><b>{heading}</b></td></tr>')
        for name in names:
            page = at.get(name, 0) or ""
            lines.append(f'<tr><td width="92%">{known[name].title}</td><td align="right">{page}</td></tr>')
    contents = f'<table width="100%" cellspacing="0" cellpadding="2">{"".join(lines)}</table>'
    parts = [f"<h1>政规使用手册</h1><p>版本 {__version__}</p>{contents}"]
    parts += [f'<div style="page-break-before:always">{body_of(name)}</div>' for name in chapters()]
    number = count()

    def heading_with_break(found: re.Match[str]) -> str:
        return f'{found[0]} style="page-break-before:always"' if next(number) in broken_before else found[0]

    return re.sub(r"<h[1-6]\b", heading_with_break, "".join(parts))


def chapters() -> list[str]:
    """The pages of the manual in the order of its contents."""
    return [name for _heading, names in CONTENTS for name in names]


def page_of(manual: QTextDocument, block: QTextBlock, end: bool = False) -> int:
    """On which page a paragraph begins, or where its first line ends, from 0."""
    box = manual.documentLayout().blockBoundingRect(block)
    line = block.layout().lineAt(0).height() if end and block.layout().lineCount() else 0
    return int((box.top() + max(0, line - 1)) // manual.pageSize().height())


def headings(manual: QTextDocument) -> Iterator[QTextBlock]:
    """The headings in their order."""
    block = manual.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            yield block
        block = block.next()


def lonely(manual: QTextDocument) -> set[int]:
    """The first heading of each chapter that stands at the foot of a page while its text is on the next."""
    found: set[int] = set()
    chapter_is_done = False
    for number, block in enumerate(headings(manual)):
        chapter_is_done = chapter_is_done and block.blockFormat().headingLevel() > 1
        after = block.next()
        if (
            not chapter_is_done
            and after.isValid()
            and page_of(manual, after, end=True) > page_of(manual, block)
        ):
            found.add(number)
            chapter_is_done = True
    return found


def first_pages(manual: QTextDocument) -> dict[str, int]:
    """The page of each chapter, from 1."""
    chief = [block for block in headings(manual) if block.blockFormat().headingLevel() == 1]
    return dict(zip(chapters(), (page_of(manual, block) + 1 for block in chief[1:]), strict=True))


def lay_out(manual: QTextDocument) -> None:
    """Lay the text out until no heading is lonely; the numbers in the contents move nothing, for chapters begin pages."""
    broken_before: set[int] = set()
    manual.setHtml(whole({}, broken_before))
    while new := lonely(manual) - broken_before:
        broken_before |= new
        manual.setHtml(whole({}, broken_before))
    manual.setHtml(whole(first_pages(manual), broken_before))


def paint(manual: QTextDocument, writer: QPdfWriter) -> None:
    """Every page with its number in the middle under it."""
    size = manual.pageSize()
    painter = QPainter(writer)
    painter.setFont(manual.defaultFont())
    for page in range(manual.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, -page * size.height())
        # A picture that begins the next page begins a fraction of a dot too early: its edge would be seen here.
        manual.drawContents(painter, QRectF(0, page * size.height(), size.width(), size.height() - 1))
        painter.restore()
        if page:
            below = QRectF(0, size.height() + 8, size.width(), 20)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"{page + 1}")
    painter.end()


def write(target: Path) -> int:
    """Write the PDF; returns its pages."""
    app = QApplication.instance() or QApplication(["manual"])
    assert isinstance(app, QApplication)
    style.put_on(app, False)
    number = QFontDatabase.addApplicationFont(str(resource("fonts/hei.ttf")))
    face = QFontDatabase.applicationFontFamilies(number)[0]
    writer = QPdfWriter(str(target))
    writer.setTitle("政规使用手册")
    writer.setCreator("政规")
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    manual = Manual()
    room = writer.pageLayout().paintRectPixels(DOTS)
    manual.widest = room.width() - 8
    manual.setDefaultFont(QFont(face, 10))
    manual.setDefaultStyleSheet(look())
    manual.setDocumentMargin(0)
    manual.setPageSize(QSizeF(room.size()))
    lay_out(manual)
    paint(manual, writer)
    return manual.pageCount()


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages")
