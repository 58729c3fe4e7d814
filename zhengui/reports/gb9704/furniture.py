"""What stands around the text: page numbers, imprint, red head, cover, contents."""

from __future__ import annotations

from zhengui.reports.document import Document, Head, Imprint
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import (
    ASCENT,
    BOTTOM,
    LEFT,
    MM,
    PAGE_HEIGHT,
    RIGHT,
    TOP,
    WIDTH,
    Grid,
    grid_of,
)
from zhengui.reports.gb9704.items import RED, Item, Jump, Page, Piece, Role, Rule, Text
from zhengui.reports.gb9704.lines import break_text
from zhengui.reports.gb9704.paragraphs import Builder, cut
from zhengui.reports.gb9704.settings import STANDARD
from zhengui.reports.gb9704.spoken import in_front, tell_lines

FOLIO = 14.0
DASH_HEIGHT = 269.0 * MM
IMPRINT = 14.0
IMPRINT_PITCH = 21.0
THICK, THIN = 0.35 * MM, 0.25 * MM
MARK_TOP = 35 * MM
MARK_SIZE = 48.0
CONTENTS_LEVELS = 2
LEADER = "."
"""Leads the eye from an entry of the contents to its page; it is not read aloud."""
CELL = grid_of(STANDARD).cell


def number_page(page: Page, number: int, faces: Faces) -> None:
    """Print “— 1 —” 7 mm under the type area: odd pages at the right, even pages at the left."""
    page.number = number
    text = f"— {number} —"
    widths = {char: _song(faces, char) for char in text}
    wide = sum(widths[char] for char in text)
    x = RIGHT - CELL - wide if number % 2 else LEFT + CELL
    face = faces.find(Role.SONG, "—")
    page.upright.append(
        Text(
            x,
            DASH_HEIGHT + (face.middle("—") if face else 0.38) * FOLIO,
            (Piece(text, Role.SONG),),
            FOLIO,
            FOLIO,
        )
    )


def _song(faces: Faces, char: str) -> float:
    face = faces.find(Role.SONG, char)
    return (face.width(char) if face else 1.0) * FOLIO


def imprint_height(imprint: Imprint, faces: Faces) -> float:
    """How much of the type area the imprint takes from below."""
    return len(_copies(imprint, faces)) * IMPRINT_PITCH + IMPRINT_PITCH


def _copies(imprint: Imprint, faces: Faces) -> list[tuple[float, str, float, float]]:
    """The lines of 抄送 with their distance from the margin, their slack, and how far their marks are squeezed."""
    text = clean(imprint.copies_to)
    if not text:
        return []
    text = text if text.startswith("抄送") else f"抄送：{text}"
    text = text.rstrip("。") + "。"
    measure = faces.measure(IMPRINT, IMPRINT)
    rest = 3 * IMPRINT
    lines = break_text(text, measure, WIDTH - 2 * CELL, 0.0, rest)
    return [
        (CELL + (rest if index else 0.0), text[line.start : line.end], line.gap, line.squeeze)
        for index, line in enumerate(lines)
    ]


def imprint_items(imprint: Imprint, faces: Faces) -> list[Item]:
    """The imprint 版记 at the foot of the type area: its last rule is where the area ends."""
    items: list[Item] = []
    copies = _copies(imprint, faces)
    top = BOTTOM - imprint_height(imprint, faces)
    items.append(Rule(LEFT, top, RIGHT, top, THICK))
    y = top
    for x, text, gap, squeeze in copies:
        items.append(_imprint_text(LEFT + x, y, text, gap, squeeze))
        y += IMPRINT_PITCH
    if copies:
        items.append(Rule(LEFT, y, RIGHT, y, THIN))
    printed = clean(imprint.printed_on)
    printed = printed if printed.endswith("印发") else f"{printed}印发"
    measure = faces.measure(IMPRINT, IMPRINT)
    items.append(_imprint_text(LEFT + CELL, y, clean(imprint.printer)))
    items.append(_imprint_text(RIGHT - CELL - measure.width(printed), y, printed))
    items.append(Rule(LEFT, BOTTOM, RIGHT, BOTTOM, THICK))
    return items


def _imprint_text(x: float, y: float, text: str, gap: float = 0.0, squeeze: float = 0.0) -> Text:
    baseline = y + (IMPRINT_PITCH - IMPRINT) / 2 + ASCENT * IMPRINT
    return Text(x, baseline, (Piece(text),), IMPRINT, IMPRINT, gap, squeeze=squeeze)


def head_rows(grid: Grid) -> int:
    """The row on which the title stands under a red head: two rows under its rule."""
    return _number_row(grid) + 3


def _number_row(grid: Grid) -> int:
    """The row of the document number: two rows under the office's mark."""
    return int((MARK_TOP + MARK_SIZE) / grid.pitch + 0.999) + 2


def head_items(head: Head, grid: Grid, faces: Faces) -> list[Item]:
    """The red head 红头: marks at the left, the office's name, number and signer, the red rule."""
    items: list[Item] = []
    row = 0
    for text, role in ((head.copy_number, Role.FANG), (head.secrecy, Role.HEI), (head.urgency, Role.HEI)):
        if text:
            items.append(_body(LEFT, grid.baseline(row), clean(text), grid, role))
            row += 1
    mark = clean(head.mark)
    size = min(MARK_SIZE, WIDTH / max(len(mark), 1))
    items.append(
        Text(
            LEFT + (WIDTH - size * len(mark)) / 2,
            TOP + MARK_TOP + ASCENT * size,
            (Piece(mark, Role.TITLE),),
            size,
            size,
            colour=RED,
        )
    )
    row = _number_row(grid)
    measure = faces.measure(grid.size, grid.cell)
    number = clean(head.number)
    y = grid.baseline(row)
    if head.signer:
        label, name = "签发人：", clean(head.signer)
        items.append(_body(LEFT + grid.cell, y, number, grid))
        x = RIGHT - grid.cell - measure.width(label + name)
        items.append(Text(x, y, (Piece(label), Piece(name, Role.KAI)), grid.size, grid.cell))
    elif number:
        items.append(_body(LEFT + (WIDTH - measure.width(number)) / 2, y, number, grid))
    rule = grid.row_top(row) + grid.size + 4 * MM
    items.append(Rule(LEFT, rule, RIGHT, rule, 0.6 * MM, RED))
    return items


def _body(x: float, y: float, text: str, grid: Grid, role: Role = Role.FANG) -> Text:
    return Text(x, y, (Piece(text, role),), grid.size, grid.cell)


def cover(document: Document, builder: Builder) -> Page:
    """A cover page: the title in large type, the office and the date at the foot."""
    page = Page()
    size = builder.settings.title_size + 6
    y = PAGE_HEIGHT * 0.3
    for line in builder.title(document.title, builder.grid, size):
        line.x += LEFT
        line.y = y
        y += size * 1.7
        page.items.append(line)
    measure = builder.measure
    foot = [clean(text) for text in (document.office, document.date) if text]
    for index, text in enumerate(reversed(foot)):
        x = LEFT + (WIDTH - measure.width(text)) / 2
        page.items.append(
            _body(x, builder.grid.baseline(builder.grid.rows - 1 - index), text, builder.grid, Role.KAI)
        )
    tell_lines(page.items, in_front(builder.structure))
    return page


def contents(pages: list[Page], builder: Builder) -> list[Page]:
    """The table of contents: headings of the first two levels and attachments with their page numbers."""
    grid = builder.grid
    size = builder.settings.title_size
    title = Text(LEFT + (WIDTH - 3 * size) / 2, grid.baseline(1), (Piece("目　录", Role.TITLE),), size, size)
    spoken = in_front(builder.structure, "TOC")
    title.of = spoken.add("Caption")
    found = [Page([title])]
    row = 3
    for page in pages:
        for mark in page.marks:
            if mark.level >= CONTENTS_LEVELS or not page.number:
                continue
            lines = _entry(mark.text, mark.level, page.number, builder)
            if row + len(lines) > grid.rows:
                found.append(Page())
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
    role = Role.HEI if level == 0 else Role.FANG
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
