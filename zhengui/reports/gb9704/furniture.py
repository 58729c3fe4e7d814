"""What stands around the text: page numbers, cover, contents."""

from __future__ import annotations

from zhengui.reports.document import Document
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import (
    LEFT,
    MM,
    PAGE_HEIGHT,
    RIGHT,
    WIDTH,
    Grid,
    grid_of,
)
from zhengui.reports.gb9704.items import FaceRole, Jump, LaidPage, Piece, Text
from zhengui.reports.gb9704.lines import break_text
from zhengui.reports.gb9704.paragraphs import Builder, cut
from zhengui.reports.gb9704.spoken import in_front, tell_lines
from zhengui.reports.gb9704.title import sense, shape
from zhengui.reports.page_settings import STANDARD

FOLIO = 14.0
DASH_HEIGHT = 269.0 * MM
CONTENTS_LEVELS = 2
LEADER = "."
"""Leads the eye from an entry of the contents to its page; it is not read aloud."""
CELL = grid_of(STANDARD).cell


def number_page(page: LaidPage, number: int, faces: Faces) -> None:
    """Print “— 1 —” 7 mm under the type area: odd pages at the right, even pages at the left."""
    page.number = number
    text = f"— {number} —"
    widths = {char: _song(faces, char) for char in text}
    wide = sum(widths[char] for char in text)
    x = RIGHT - CELL - wide if number % 2 else LEFT + CELL
    face = faces.find(FaceRole.SONG, "—")
    page.upright.append(
        Text(
            x,
            DASH_HEIGHT + (face.middle("—") if face else 0.38) * FOLIO,
            (Piece(text, FaceRole.SONG),),
            FOLIO,
            FOLIO,
        )
    )


def _song(faces: Faces, char: str) -> float:
    face = faces.find(FaceRole.SONG, char)
    return (face.width(char) if face else 1.0) * FOLIO


def cover(document: Document, builder: Builder) -> LaidPage:
    """A cover page: the title in large type, the office and the date at the foot."""
    page = LaidPage()
    size = builder.settings.title_size + 6
    y = PAGE_HEIGHT * 0.3
    for line in builder.title(document.title, builder.grid, size):
        line.x += LEFT
        line.y = y
        y += size * 1.7
        page.items.append(line)
    measure = builder.measure
    names = [clean(text) for text in (document.office, *document.joint, document.date) if text]
    foot = [line for name in names for line in shape(sense(name), measure, WIDTH)]
    for index, text in enumerate(reversed(foot)):
        x = LEFT + (WIDTH - measure.width(text)) / 2
        page.items.append(
            _body(x, builder.grid.baseline(builder.grid.rows - 1 - index), text, builder.grid, FaceRole.KAI)
        )
    tell_lines(page.items, in_front(builder.structure))
    return page


def contents(pages: list[LaidPage], builder: Builder) -> list[LaidPage]:
    """The table of contents: headings of the first two levels and attachments with their page numbers."""
    grid = builder.grid
    size = builder.settings.title_size
    title = Text(
        LEFT + (WIDTH - 3 * size) / 2, grid.baseline(1), (Piece("目　录", FaceRole.TITLE),), size, size
    )
    spoken = in_front(builder.structure, "TOC")
    title.of = spoken.add("Caption")
    found = [LaidPage([title])]
    row = 3
    for page in pages:
        for mark in page.marks:
            if mark.level >= CONTENTS_LEVELS or not page.number:
                continue
            lines = _entry(mark.text, mark.level, page.number, builder)
            if row + len(lines) > grid.rows:
                found.append(LaidPage())
                row = 0
            entry = spoken.add("TOCI")
            for line in lines:
                link = entry.add("Link")
                for text in line:
                    text.y = grid.baseline(row)
                    text.of = None if text.pieces[0].text == LEADER else link
                    found[-1].items.append(text)
                found[-1].jumps.append(Jump(LEFT, grid.row_top(row), WIDTH, grid.pitch, mark, link))
                row += 1
    return found


def _entry(text: str, level: int, number: int, builder: Builder) -> list[list[Text]]:
    """An entry's lines: its text, then on the last one dots and the page number at the right margin."""
    cell = builder.grid.cell
    indent = 2 * level * cell
    role = FaceRole.HEI if level == 0 else FaceRole.FANG
    measure = builder.faces.measure(builder.grid.size, cell, role)
    room = WIDTH - 4 * cell - indent
    lines = break_text(text, measure, room, justify=False)
    texts = [
        [Text(LEFT + indent, 0.0, cut([Piece(text, role)], line.start, line.end), builder.grid.size, cell)]
        for line in lines
    ]
    figure, plain = str(number), builder.measure
    at = RIGHT - plain.width(figure)
    dot = plain[LEADER] * 2
    dots = max(0, int((at - cell / 2 - LEFT - indent - lines[-1].width - cell / 2) / dot))
    texts[-1] += [
        Text(at - cell / 2 - (dots - index) * dot, 0.0, (Piece(LEADER),), builder.grid.size, cell)
        for index in range(dots)
    ]
    texts[-1].append(Text(at, 0.0, (Piece(figure),), builder.grid.size, cell))
    return texts


def _body(x: float, y: float, text: str, grid: Grid, role: FaceRole = FaceRole.FANG) -> Text:
    return Text(x, y, (Piece(text, role),), grid.size, grid.cell)
