"""The records of a sheet: without sums, notes and repeated headings, merged cells filled down, hidden ones told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from zhengui.exchange.layout import ColumnHeading, is_plain_value, kind_of_row
from zhengui.exchange.match import MISTAKE_TITLE, plain_title
from zhengui.exchange.reading_child import Cells, SheetLook
from zhengui.exchange.row_block import RowBlock
from zhengui.exchange.template_mark import only_given
from zhengui.values.cells import Cell

#: So many row numbers are named one by one.
_NAMED = 8
_FEW = 2
#: So many texts that are no sums are remembered, as a village's name comes again and again.
_REMEMBERED = 10_000
_MAYBE = re.compile(
    r"计|汇总|总数|平均|(?i:total|sum)|[:：]|^\s*(?:注|备注|说明|附注|填|此表|本表|[（(]?[一二三四五六七八九十])"
)
_WHY = {
    "sum": "第 {number} 行“{first}”不是一条记录，没有导入。",
    "note": "第 {number} 行“{first}”不是一条记录，没有导入。",
    "heading": "第 {number} 行又是一次表头，没有导入。",
}


@dataclass(slots=True)
class Passed:
    """What was noticed while the rows passed by: the rows left out, and those that are there already."""

    remarks: list[str] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)
    taken: int = 0
    hidden: list[int] = field(default_factory=list)
    filled: int = 0
    bare: list[int] = field(default_factory=list)


class Body:
    """Goes through the rows of one sheet once.

    `fill` puts the value of a cell that was merged over several rows into each of them, numbers and days left out:
    an amount would count several times. `hidden` takes hidden rows as well. `prepared` tells that the sheet came from
    a template, which put a village into rows that nobody had to fill.
    """

    def __init__(
        self, look: SheetLook, *, fill: bool = True, hidden: bool = True, prepared: bool = False
    ) -> None:
        self.heading: ColumnHeading = look.heading
        self.passed = Passed()
        self._look, self._hidden, self._prepared = look, hidden, prepared
        self._error = next(
            (n for n, title in enumerate(look.heading.titles) if plain_title(title) == MISTAKE_TITLE), -1
        )
        self._titles = {title for title in look.heading.titles if title}
        self._plain: set[str] = set()
        self._heads: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[Cell, int]] = {}
        for top, bottom, left, right in look.merged if fill else ():
            if bottom > top and right == left and top > look.heading.last:
                self._heads.setdefault(top, []).append((left, bottom))

    def are_plain(self, block: RowBlock) -> bool:
        """Whether each row of a block is plainly a record with nothing to be filled or told; one look at all of them."""
        concealed = self._look.hidden_rows
        if self._error >= 0 or self._heads or not concealed.isdisjoint(block.numbers):
            return False
        whole = 0
        for column in block.columns:
            texts = {cell for cell in column if type(cell) is str}
            whole += "" not in texts
            if any(map(self._may_tell, texts)):
                return False
            if whole > _FEW:
                return True  # the first cells of every row have been looked at
        return False

    def records(
        self, rows: Iterable[tuple[int, Cells]], given: Sequence[int] = ()
    ) -> Iterator[tuple[int, Cells]]:
        """The rows that are records; those with nothing but a cell at the places `given` are none."""
        concealed = self._look.hidden_rows
        for number, cells in rows:
            if concealed and number in concealed:
                if self._is_taken(cells):
                    self.passed.taken += 1
                    continue
                self.passed.hidden.append(number)
                if not self._hidden:
                    self.passed.left[number] = "原表里是隐藏的行"
                    continue
            if not self._is_record(number, cells):
                continue
            if self._heads:
                self._fill(number, cells)
            if given and only_given(cells, given):
                self.passed.bare.append(number)
                continue
            yield number, cells

    def _is_taken(self, cells: Sequence[Cell]) -> bool:
        return self._error >= 0 and kind_of_row(0, cells, self.heading, (), self._error) == "taken"

    def _is_record(self, number: int, cells: Cells) -> bool:
        """Whether a row is a record; the others are noted. Most rows are seen at a glance to be one."""
        if self._error < 0 and not self._look_twice(cells):
            return True
        kind = kind_of_row(number, cells, self.heading, self._look.merged, self._error)
        if kind == "record":
            return True
        if kind == "taken":
            self.passed.taken += 1
            return False
        first = next((str(cell) for cell in cells if cell not in ("", None)), "")
        told = _WHY[kind].format(number=number, first=re.sub(r"\s", "", first)[:12])
        self.passed.remarks.append(told)
        self.passed.left[number] = told
        return False

    def _look_twice(self, cells: Cells) -> bool:
        if len(cells) - cells.count("") <= _FEW:
            return True
        seen = 0
        for cell in cells:
            if cell == "":
                continue
            if type(cell) is str and self._may_tell(cell):
                return True
            seen += 1
            if seen > _FEW:
                return False
        return False

    def _may_tell(self, text: str) -> bool:
        """Whether a text may stand before a sum or a note, or repeat a heading."""
        if text in self._plain:
            return False
        if _MAYBE.search(text) or text in self._titles:
            return True
        if len(self._plain) < _REMEMBERED:
            self._plain.add(text)
        return False

    def _fill(self, number: int, cells: Cells) -> None:
        open_heads = self._open
        for place, (value, bottom) in list(open_heads.items()):
            if number > bottom:
                del open_heads[place]
            elif place < len(cells) and cells[place] == "":
                cells[place] = value
                self.passed.filled += 1
        for place, bottom in self._heads.get(number, ()):
            if place < len(cells) and cells[place] != "" and not is_plain_value(cells[place]):
                open_heads[place] = (cells[place], bottom)

    def hidden_columns(self) -> list[str]:
        """The titles of the columns that the sheet hides."""
        first = self._look.first_column
        return [
            title
            for place, title in enumerate(self.heading.titles)
            if title and place + first in self._look.hidden_columns
        ]

    def told(self) -> list[str]:
        """What a person has to know of these rows, once all have passed by."""
        passed = self.passed
        told = list(passed.remarks)
        if passed.filled:
            told.append(f"合并单元格里的文字填到了它所占的每一行，共 {passed.filled} 格；数和日期没有填。")
        if passed.hidden:
            what = "也导入了" if self._hidden else "没有导入"
            told.append(f"第 {numbers_in_words(passed.hidden)} 行在表里是隐藏的，{what}。")
        columns = self.hidden_columns()
        if columns:
            told.append(f"“{'”“'.join(columns)}”这{len(columns)}列在表里是隐藏的，也读了。")
        if passed.bare and not self._prepared:
            told.append(f"第 {numbers_in_words(passed.bare)} 行只写了村（居），别的都空着，没有导入。")
        if passed.taken:
            told.append(f"{passed.taken} 行标着“已导入”，没有再导入。")
        return told


def numbers_in_words(numbers: Collection[int]) -> str:
    """3、4、5—9 for row numbers; of many only the first."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = [str(a) if a == b else f"{a}—{b}" if b > a + 1 else f"{a}、{b}" for a, b in spans[:_NAMED]]
    more = f" 等 {len(numbers)}" if len(spans) > _NAMED else ""
    return "、".join(told) + more
