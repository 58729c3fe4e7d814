"""Put the manual into one PDF, to be printed or handed out: a title, the contents, every page of resources/help in order.

usage: manual_pdf.py manual.pdf

The text is laid out by Qt with the program's own face; pictures are as wide as the page at most.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QMarginsF, QSizeF, QUrl  # noqa: E402
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument  # noqa: E402
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


def whole() -> str:
    """The manual as one text of HTML: title, contents, pages."""
    known = pages()
    lines = []
    for heading, names in CONTENTS:
        lines.append(f"<p><b>{heading}</b>　{'　'.join(known[name].title for name in names)}</p>")
    parts = [f"<h1>政规使用手册</h1><p>版本 {__version__}</p>{''.join(lines)}"]
    for _heading, names in CONTENTS:
        parts += [f'<div style="page-break-before:always">{body_of(name)}</div>' for name in names]
    return "".join(parts)


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
    manual.setPageSize(QSizeF(room.size()))
    manual.setHtml(whole())
    manual.print_(writer)
    return manual.pageCount()


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages")
