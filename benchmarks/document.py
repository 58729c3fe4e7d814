"""#8: the yearly document in a cold process, beside a bare canvas that draws the same lines from stored values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
from reportlab.pdfbase.ttfonts import TTFontFile

from benchmarks.measured import ROOT, Measured, best_in_child, in_child

OURS = """
from zhengui.app import main
assert main(["report", arguments[0], "--year", "2021", "--pdf", arguments[1]]) == 0
"""

FLOOR = """
import json
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
stored = json.load(open(arguments[0], encoding="utf-8"))
for name, path in stored["fonts"].items():
    pdfmetrics.registerFont(TTFont(name, path))
canvas = Canvas(arguments[1])
for page in stored["pages"]:
    for font, size, x, y, text in page:
        canvas.setFont(font, size)
        canvas.drawString(x, y, text)
    canvas.showPage()
canvas.save()
"""


def measure(database: Path, small: Path, work: Path) -> Iterator[Measured]:
    """CPU of new processes, the best of three; of the small township the seconds themselves."""
    printed, stored = work / "report.pdf", work / "lines.json"
    in_child(OURS, database, printed)
    pages = keep_lines(printed, stored)
    floor = best_in_child(FLOOR, stored, work / "bare.pdf", turns=3)
    ours = best_in_child(OURS, database, printed, turns=3)
    what = f"the yearly document, {pages} pages, cold process"
    yield Measured(8, what, ours, 3.0, floor, "stored lines on a bare canvas")
    little = best_in_child(OURS, small, printed, turns=3)
    yield Measured(8, "the same of 30000 records, seconds of CPU", little, 1.2 * 1.14)


def keep_lines(printed: Path, target: Path) -> int:
    """Take the lines of a printed page apart again, each with its face and place; how many pages there are."""
    faces = {}
    for path in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        name = TTFontFile(str(path)).name
        faces[name.decode() if isinstance(name, bytes) else str(name)] = str(path)
    pages = []
    with pdfplumber.open(printed) as document:
        for page in document.pages:
            lines: dict[tuple[str, float, float], list[dict[str, object]]] = {}
            for char in page.chars:
                face = char["fontname"].split("+")[-1]
                lines.setdefault((face, round(char["size"], 1), round(char["y0"], 1)), []).append(char)
            pages.append(
                [
                    [face, size, chars[0]["x0"], y, "".join(str(char["text"]) for char in chars)]
                    for (face, size, y), chars in lines.items()
                ]
            )
    used = {line[0] for page in pages for line in page}
    fonts = {name: path for name, path in faces.items() if name in used}
    assert used <= set(fonts), used
    target.write_text(json.dumps({"fonts": fonts, "pages": pages}), encoding="utf-8")
    return len(pages)
