"""Where the heading of a sheet is, also one of two or three rows, and which rows under it are no records.

Rows are (number from 1, cells); merges are (top, bottom, left, right) with rows from 1 and places in the cells from 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Literal

from zhengui.exchange.match import HEADING_JOIN, bare_title, plain_title, title_candidates
from zhengui.values.cells import Cell, Fault, Percentage

Merge = tuple[int, int, int, int]
Row = tuple[int, Sequence[Cell]]

#: The sheet of a template that says what the others are; it can't be shown from Excel's menus.
MARK_SHEET = "政规表样"
#: The heading is looked for among so many filled rows and has at most so many rows.
WITHIN, DEEPEST = 25, 3
#: A note runs on for at least so many characters where nothing else says that it is one.
_NOTE = 14
_SUM = re.compile(
    r"(?:本页|本表|全镇|全村|全乡|全县|以上|各村|总的)?(?:合计|小计|总计|累计|共计|汇总|总数|平均|(?i:total|sum))"
    r"(?:数)?(?:[（(][^（()）]*[）)])?[:：]?"
)
_SIGNED = re.compile(
    r"(?:填表人|填报人|填报单位|审核人|审核|制表人|制表|复核人|经办人|负责人|单位负责人|主要负责人|分管领导"
    r"|填表说明|填报说明|填表日期|填报日期|填报时间|联系人|联系电话|注|备注|说明|附注|单位（盖章）|单位\(盖章\))[:：]"
)
_SHORT_NOTE = re.compile(r"(?:注|备注|说明|附注|填表说明|以下空白|此表|本表)")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]")

RowKind = Literal["record", "sum", "note", "heading", "taken"]
#: What the error column says of a row that went in when the others came back.
TAKEN = "已导入"


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """The rows from `first` to `last` that name the columns; `titles` are by place, parts of several rows joined."""

    first: int
    last: int
    titles: tuple[str, ...]

    @property
    def words(self) -> str:
        """第 3 行, or 第 3—4 行."""
        return f"第 {self.first} 行" if self.first == self.last else f"第 {self.first}—{self.last} 行"


def find_heading(rows: Sequence[Row], merges: Sequence[Merge], titles: Collection[str]) -> ColumnHeading:
    """The rows with most of the titles; of several that have as many, the fewest rows that make a whole heading.

    Without titles, or where none is found, the first row with two texts in it, else the first row.
    """
    wanted = {plain_title(title) for title in titles} | {bare_title(title) for title in titles}
    wanted.discard("")
    best: tuple[int, ColumnHeading] | None = None
    for start in range(min(len(rows), WITHIN)):
        for depth in range(1, DEEPEST + 1):
            chosen = rows[start : start + depth]
            if len(chosen) < depth or chosen[-1][0] - chosen[0][0] != depth - 1:
                break
            if depth > 1 and not _belong_together(chosen, merges):
                break
            heading = heading_at(rows, merges, chosen[0][0], chosen[-1][0])
            found = _hits(heading, wanted)
            if not found:
                continue
            score = 10 * found - depth - 5 * _cut(heading, merges) - 3 * _data_like(chosen)
            if best is None or score > best[0]:
                best = (score, heading)
    if best is not None:
        return best[1]
    likely = rows[0][0]
    if wanted:
        many = (number for number, cells in rows[:WITHIN] if sum(_is_text(cell) for cell in cells) > 1)
        likely = next(many, likely)
    return heading_at(rows, merges, likely, likely)


def fit(heading: ColumnHeading, titles: Collection[str]) -> int:
    """How many columns of a heading have one of the titles."""
    wanted = {plain_title(title) for title in titles} | {bare_title(title) for title in titles}
    return _hits(heading, wanted - {""})


def heading_at(rows: Sequence[Row], merges: Sequence[Merge], first: int, last: int) -> ColumnHeading:
    """The heading that stands in the given rows, whatever is in them."""
    lines = {number: cells for number, cells in rows if first <= number <= last}
    width = max((len(cells) for cells in lines.values()), default=0)
    grid = {
        number: [title_of(cell) for cell in lines.get(number, ())]
        + [""] * (width - len(lines.get(number, ())))
        for number in range(first, last + 1)
    }
    inside = [merge for merge in merges if first <= merge[0] <= last]
    for top, bottom, left, right in inside:
        text = grid[top][left] if left < width else ""
        for number in range(top, min(bottom, last) + 1):
            for place in range(left, min(right + 1, width)):
                grid[number][place] = grid[number][place] or text
    if not inside:
        _fill_right(grid)
    titles = []
    for place in range(width):
        parts: list[str] = []
        for number in range(first, last + 1):
            text = grid[number][place]
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        titles.append(HEADING_JOIN.join(parts))
    while titles and not titles[-1]:
        titles.pop()
    return ColumnHeading(first, last, tuple(titles))


def _fill_right(grid: dict[int, list[str]]) -> None:
    """A group's title stands over all its columns where the sheet knows no merges, as in a text file."""
    numbers = sorted(grid)
    for upper, lower in pairwise(numbers):
        line, group = grid[upper], ""
        for place, text in enumerate(line):
            group = text or group
            if not text and group and grid[lower][place] and _below_blank(grid[lower], line, place):
                line[place] = group


def _below_blank(lower: Sequence[str], upper: Sequence[str], place: int) -> bool:
    """Whether the column left of this place also has something under its group."""
    return place > 0 and bool(lower[place - 1]) and bool(upper[place - 1])


def title_of(cell: Cell) -> str:
    """A cell of a heading as a title: one line, whole numbers without .0."""
    if isinstance(cell, Fault):
        return cell.code
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _hits(heading: ColumnHeading, wanted: Collection[str]) -> int:
    found = set()
    for title in heading.titles:
        known = next((name for name in title_candidates(title) if name in wanted), None)
        if known is not None:
            found.add(known)
    return len(found)


def _belong_together(chosen: Sequence[Row], merges: Sequence[Merge]) -> bool:
    """Whether rows can be one heading: texts only, and bound by merged cells or by blanks over filled cells."""
    if any(not _is_text(cell) for _number, cells in chosen for cell in cells if cell not in ("", None)):
        return False
    first, last = chosen[0][0], chosen[-1][0]
    width = max(len(cells) for _number, cells in chosen)
    for top, bottom, left, right in merges:
        if right - left + 1 >= width:
            continue  # a title over all
        if first <= top and bottom <= last and (bottom > top or top < last):
            return True
    if merges:
        return False
    upper, lower = chosen[-2][1], chosen[-1][1]
    return any(_blank(above) and not _blank(below) for above, below in zip(upper, lower, strict=False)) and (
        sum(not _blank(cell) for cell in upper) > 1
    )


def _cut(heading: ColumnHeading, merges: Sequence[Merge]) -> int:
    """How many cells of the heading reach below it."""
    return sum(
        heading.first <= top <= heading.last < bottom <= top + DEEPEST for top, bottom, _l, _r in merges
    )


def _data_like(chosen: Sequence[Row]) -> int:
    """How many cells of the rows are no words, which a heading seldom has."""
    return sum(not _is_text(cell) for _number, cells in chosen for cell in cells if not _blank(cell))


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and not re.fullmatch(r"[\d.,%-]+", cell.strip())


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def kind_of_row(
    number: int,
    cells: Sequence[Cell],
    heading: ColumnHeading,
    merges: Collection[Merge] = (),
    error_place: int = -1,
) -> RowKind:
    """What a row under the heading is: a record, a sum, a note, the heading once more, or taken before."""
    if 0 <= error_place < len(cells) and str(cells[error_place]).strip().startswith(TAKEN):
        return "taken"
    filled = [(place, cell) for place, cell in enumerate(cells) if not _blank(cell) and place != error_place]
    if not filled:
        return "record"
    texts = [re.sub(r"\s", "", cell) for _place, cell in filled[:3] if isinstance(cell, str)]
    first = re.sub(r"\s", "", title_of(filled[0][1]))
    if any(_SUM.fullmatch(text) for text in texts) or _is_sum_of_group(first, filled):
        return "sum"
    if _SIGNED.match(first) or (len(filled) == 1 and _is_note(number, filled[0], heading, merges)):
        return "note"
    own = {part for title in heading.titles for part in _parts(title)}
    alike = sum(re.sub(r"\s", "", title_of(cell)) in own for _place, cell in filled)
    return "heading" if len(filled) > 1 and alike == len(filled) else "record"


def _is_sum_of_group(first: str, filled: Sequence[tuple[int, Cell]]) -> bool:
    """白沙村小计 over numbers: a text that ends so, and after it nothing but numbers."""
    if not re.search(r"(?:小计|合计|总计)[:：]?$", first) or len(first) > _NOTE:
        return False
    return all(not isinstance(cell, str) or not _is_text(cell) for _place, cell in filled[1:])


def _is_note(number: int, only: tuple[int, Cell], heading: ColumnHeading, merges: Collection[Merge]) -> bool:
    place, cell = only
    if not isinstance(cell, str):
        return False
    text = re.sub(r"\s", "", cell)
    width = len(heading.titles)
    least = max(3, width // 2)
    spread = any(
        top <= number <= bottom and left <= place <= right and right - left + 1 >= least
        for top, bottom, left, right in merges
    )
    if spread or _SHORT_NOTE.match(text):
        return True
    # A text alone in its row, in the first column or under no title, that is no name: 一、白沙村, or a sentence.
    return width > 2 and place <= 1 and (len(text) >= _NOTE or bool(_NUMBERED.match(text)))


def _parts(title: str) -> Iterator[str]:
    for part in title.split(HEADING_JOIN):
        yield re.sub(r"\s", "", part)


def is_plain_value(cell: Cell) -> bool:
    """Whether a cell is a number or a day, which is not repeated where its cell was merged over several rows."""
    return isinstance(cell, int | float | Percentage | date | time) and not isinstance(cell, bool)
