"""The imprint 版记: whom the document is sent and copied to, who printed it and when, at the foot of the last page."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.reports.document import Imprint
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.grid import ASCENT, BOTTOM, HEIGHT, LEFT, MM, RIGHT, WIDTH, grid_of
from zhengui.reports.gb9704.items import Item, Piece, RuledLine, Text
from zhengui.reports.gb9704.lines import break_text
from zhengui.reports.page_settings import STANDARD

IMPRINT = 14.0
IMPRINT_PITCH = 21.0
THICK, THIN = 0.35 * MM, 0.25 * MM
CELL = grid_of(STANDARD).cell
MOST_LINES = int(HEIGHT / IMPRINT_PITCH)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the imprint: its distance from the margin, its words, its slack, how far its marks are squeezed."""

    x: float
    words: str
    gap: float = 0.0
    squeeze: float = 0.0


def imprint_pages(imprint: Imprint, faces: Faces) -> list[list[Item]]:
    """The items of the imprint, page by page: one page, unless the names it lists fill more than one.

    The last rule is where the type area ends; an imprint that goes on fills its first pages from above.
    """
    lists = [*_listed("主送", imprint.sent_to, faces), *_listed("抄送", imprint.copies_to, faces)]
    foot = _foot(imprint, faces)
    pages: list[list[Item]] = []
    while len(lists) + len(foot) > MOST_LINES:
        part = lists[:MOST_LINES]
        lists = lists[MOST_LINES:]
        top = BOTTOM - HEIGHT
        pages.append([_rule(top, THICK)] if not pages else [])
        pages[-1] += [_text(line, top + number * IMPRINT_PITCH) for number, line in enumerate(part)]
    y = BOTTOM - (len(lists) + len(foot)) * IMPRINT_PITCH
    items: list[Item] = [] if pages else [_rule(y, THICK)]
    for line in lists:
        items.append(_text(line, y))
        y += IMPRINT_PITCH
    if lists or pages:
        items.append(_rule(y, THIN))
    for lines in foot:
        items += [_text(line, y) for line in lines]
        y += IMPRINT_PITCH
    return [*pages, [*items, _rule(BOTTOM, THICK)]]


def _listed(label: str, names: str, faces: Faces) -> list[_Line]:
    """The lines of 主送 or 抄送: turn-over lines stand under the first name."""
    text = clean(names).strip()
    if not text:
        return []
    text = text if text.startswith(label) else f"{label}：{text}"
    text = text.rstrip("。：:") + "。"
    rest = 3 * IMPRINT
    lines = break_text(text, faces.measure(IMPRINT, IMPRINT), WIDTH - 2 * CELL, 0.0, rest)
    return [
        _Line(CELL + (rest if number else 0.0), text[line.start : line.end], line.gap, line.squeeze)
        for number, line in enumerate(lines)
    ]


def _foot(imprint: Imprint, faces: Faces) -> list[list[_Line]]:
    """The printing office at the left, in as many lines as it needs, and the date at the right of the last."""
    printed = clean(imprint.printed_on)
    printed = printed if printed.endswith("印发") else f"{printed}印发"
    measure = faces.measure(IMPRINT, IMPRINT)
    date = _Line(WIDTH - CELL - measure.width(printed), printed)
    room = date.x - 2 * CELL
    printer = clean(imprint.printer)
    lines = break_text(printer, measure, room, justify=False)
    rows = [[_Line(CELL, printer[line.start : line.end])] for line in lines]
    return [*rows[:-1], [*rows[-1], date]]


def _rule(y: float, thickness: float) -> RuledLine:
    return RuledLine(LEFT, y, RIGHT, y, thickness)


def _text(line: _Line, y: float) -> Text:
    baseline = y + (IMPRINT_PITCH - IMPRINT) / 2 + ASCENT * IMPRINT
    return Text(
        LEFT + line.x, baseline, (Piece(line.words),), IMPRINT, IMPRINT, line.gap, squeeze=line.squeeze
    )
