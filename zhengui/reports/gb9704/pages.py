"""Fill pages with flows: rows on the grid, headings never last, the signature never alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zhengui.reports.document import Chart, Pictures, Table
from zhengui.reports.gb9704.charts import height_of, items_of, parts
from zhengui.reports.gb9704.faces import Faces
from zhengui.reports.gb9704.grid import Grid
from zhengui.reports.gb9704.items import DrawnShape, Element, Item, LaidPage, OutlineMark, RuledLine, Text
from zhengui.reports.gb9704.last_pages import LEAST_LINES, settle
from zhengui.reports.gb9704.paragraphs import Flow, PagedSection, PlacedFigure, Strip
from zhengui.reports.gb9704.pictures import rows_of
from zhengui.reports.gb9704.spoken import belonging
from zhengui.reports.gb9704.tables import TableLayout

LEAST_TABLE_ROWS = 4
"""Rows of the grid a table needs under its heading, so that it does not start with nothing but its header."""
BETWEEN_TABLES = 15.0
"""From the end of a table to the next one's caption: the same everywhere, whatever rows of the grid lie there."""
_ROUNDING = 0.01


class Pager:
    """Puts flows on pages one after another; `row` is the next free row of the current page."""

    def __init__(self, grid: Grid, faces: Faces, watch: Callable[[], None] | None = None) -> None:
        self.upright_grid = grid
        self.turned_grid = grid.turned()
        self.adjusted: dict[int, Grid] = {}
        self.faces = faces
        self.watch = watch or (lambda: None)
        self.pages: list[LaidPage] = []
        self.row = 0
        self.table_ended: tuple[int, float] = (0, 0.0)
        self._tables: dict[int, TableLayout] = {}

    @property
    def page(self) -> LaidPage:
        """The current page."""
        return self.pages[-1]

    @property
    def grid(self) -> Grid:
        """The grid of the current page."""
        if self.page.turned:
            return self.turned_grid
        return self.adjusted.get(len(self.pages) - 1, self.upright_grid)

    def new_page(self, turned: bool = False) -> None:
        """Start a page."""
        self.watch()
        self.pages.append(LaidPage(turned=turned))
        self.row = 0

    def section(self, section: PagedSection) -> None:
        """Lay out a section from a new page on."""
        flows = section.flows
        self.new_page(bool(flows) and flows[0].turned)
        self.row = section.first_row
        tail = section.tail
        kept = self._tail_rows(tail)
        if tail and kept > self.grid.rows - LEAST_LINES:
            flows, tail = [*flows, *tail[:-1]], tail[-1:]
            kept = self._tail_rows(tail)
        free = next((index for index in range(len(flows), 0, -1) if _stands(flows[index - 1])), 0)
        last = self._last_group(flows) if tail else len(flows)
        before = self._before_last(flows, last, max(free, section.opening)) if tail else None
        for index in range(len(flows)):
            if index == free and tail and self._settle(flows, index, kept, section.first_row > 1):
                last = len(flows)
            if index == before and before < last < len(flows) and self._place_two(flows, before, last, kept):
                break
            if index == last:
                self._place_last(flows[last:], kept, 0 < last <= section.opening)
                break
            self._place(flows, index, kept if index == len(flows) - 1 else 0)
        for strip in tail:
            self._strip(strip)

    def _settle(self, flows: list[Flow], start: int, tail: int, headed: bool) -> bool:
        """Adjust the rows of the last pages for the flows from `start` on; whether that brings them to an end."""
        strips = [flow for flow in flows[start:] if isinstance(flow, Strip)]
        current = len(self.pages) - 1
        # Under a red head, and beside a table or a chart, the rows of the page are where they are.
        fixed = int(self.row > 0 and (headed or start > 0))
        pages = settle(strips, self.row, tail, self.upright_grid.rows, fixed)
        if pages is None:
            return False
        self.adjusted |= {current + page: self.upright_grid.with_rows(rows) for page, rows in pages.items()}
        return True

    def _tail_rows(self, tail: list[Strip]) -> int:
        return sum(strip.blank_before + len(strip.lines) for strip in tail)

    def _last_group(self, flows: list[Flow]) -> int:
        """Where the last paragraph starts, with the headings that hold on to it."""
        if not flows or isinstance(flows[-1], PlacedFigure) or flows[-1].turned or flows[-1].whole:
            return len(flows)
        index = len(flows) - 1
        while index and _holds(flows[index - 1]):
            index -= 1
        return index

    def _before_last(self, flows: list[Flow], last: int, least: int) -> int | None:
        """Where the paragraph before a last one of one line starts, with its headings; nothing up to `least`."""
        if last >= len(flows) or len(getattr(flows[-1], "lines", ())) >= LEAST_LINES or last - 1 <= least:
            return None
        start = self._last_group(flows[:last])
        return start if least < start < last else None

    def _place_two(self, flows: list[Flow], start: int, last: int, tail_rows: int) -> bool:
        """Where one line would stand alone over the signature, let the end of the paragraph before it go with it.

        `start` is where that paragraph's headings begin, `last` where those of the last line do; whether it was needed.
        """
        strips = [flow for flow in flows[start:] if isinstance(flow, Strip)]
        end = self.row + sum(strip.blank_before + len(strip.lines) for strip in strips)
        over = end - self.grid.rows
        if not self.row or end + tail_rows <= self.grid.rows or over >= LEAST_LINES:
            return False
        place = last - 1 - start
        above = sum(strip.blank_before + len(strip.lines) for strip in strips[:place])
        turned = strips[place]
        stays = len(turned.lines) - LEAST_LINES
        if stays < LEAST_LINES or self.row + above + stays > self.grid.rows:
            self.new_page()
            stays = 0
        for strip in strips[:place]:
            self._strip(strip)
        if stays:
            self._lines(turned, turned.lines[:stays], turned.mark)
            self.new_page()
            self._lines(replace(turned, blank_before=0), turned.lines[stays:], None)
        else:
            self._strip(turned)
        for strip in strips[place + 1 :]:
            self._strip(strip)
        return True

    def _place_last(self, group: list[Flow], tail_rows: int, opens: bool) -> None:
        """Place the last paragraph so that the tail stands on a page with some of its lines.

        Where it `opens` the text as well, the first page comes first: some of the paragraph stays under the title.
        """
        heads, strip = group[:-1], group[-1]
        assert isinstance(strip, Strip)
        self._make_room([*heads, strip], 0)
        above = sum(len(head.lines) + head.blank_before for head in heads if isinstance(head, Strip))
        count = len(strip.lines)
        start = self.row + above + (strip.blank_before if self.row else 0)
        rows = self.grid.rows
        end = start + count
        end_row = end if end <= rows else (end - rows - 1) % rows + 1
        alone = end > rows and end_row < LEAST_LINES <= count
        if end_row + tail_rows > rows or alone:
            carried = min(2, count - 1) if opens else min(2, count)
            if count - carried < 2 and heads and not opens:
                self.new_page()
            else:
                for head in heads:
                    self._strip(head)
                self._lines(strip, strip.lines[: count - carried], strip.mark)
                if carried:
                    self.new_page()
                    self._lines(replace(strip, blank_before=0), strip.lines[count - carried :], None)
                return
        for flow in group:
            assert isinstance(flow, Strip)
            self._strip(flow)

    def _place(self, flows: list[Flow], index: int, tail: int) -> None:
        flow = flows[index]
        if flow.turned != self.page.turned:
            self.new_page(flow.turned)
        if index == 0 or not _holds(flows[index - 1]):
            self._make_room(flows, index)
        if isinstance(flow, Strip):
            self._strip(flow)
        elif isinstance(flow.block, Table):
            self._table(self._laid_out(flow, flow.block), flow.of, tail)
            del self._tables[id(flow)]
        elif isinstance(flow.block, Pictures):
            self._pictures(flow.block, flow.of)
        else:
            for part in parts(flow.block):
                self._chart(part, flow.of)

    def _make_room(self, flows: list[Flow], index: int) -> None:
        """Start a page when headings would stand last on this one, or a whole strip would be parted."""
        need = 0
        while index < len(flows) and _holds(flows[index]):
            head = flows[index]
            assert isinstance(head, Strip)
            need += len(head.lines) + head.blank_before
            index += 1
        if index < len(flows):
            need += self._least(flows[index], bool(need))
        if self.row and self.row + need > self.grid.rows:
            self.new_page(self.page.turned)

    def _least(self, flow: Flow, held: bool) -> int:
        if isinstance(flow, PlacedFigure):
            return self._least_of(flow) if held else 0
        if flow.whole:
            return flow.blank_before + len(flow.lines)
        return flow.blank_before + 1

    def _least_of(self, figure: PlacedFigure) -> int:
        """How many rows of the grid a table or a chart needs to begin on a page."""
        high = 0.0
        if isinstance(figure.block, Table):
            layout = self._laid_out(figure, figure.block)
            high = layout.head_height(True) + (layout.rows[0].height if layout.rows else 0.0)
        elif isinstance(figure.block, Chart):
            high = height_of(parts(figure.block)[0])
        rows = max(LEAST_TABLE_ROWS, int(high / self.grid.pitch + 0.999))
        return rows if rows < self.grid.rows / 2 else LEAST_TABLE_ROWS

    def _laid_out(self, figure: PlacedFigure, table: Table) -> TableLayout:
        """A table in its columns, for the pages on which it will stand."""
        if id(figure) not in self._tables:
            grid = self.turned_grid if figure.turned else self.upright_grid
            self._tables[id(figure)] = TableLayout(table, grid.width, self.faces)
        return self._tables[id(figure)]

    def _strip(self, strip: Flow) -> None:
        assert isinstance(strip, Strip)
        self.table_ended = (0, 0.0)
        if strip.whole and self.row and self.row + strip.blank_before + len(strip.lines) > self.grid.rows:
            self.new_page(self.page.turned)
        self._lines(strip, strip.lines, strip.mark)

    def _lines(self, strip: Strip, lines: list[Text], mark: OutlineMark | None) -> None:
        if self.row:
            self.row += strip.blank_before
        elif lines and lines[0].size > self.grid.size:
            self.row = 1  # a title's larger characters would stand out of the type area
        for number, line in enumerate(lines):
            grid = self.grid
            if self.row >= grid.rows:
                self.new_page(self.page.turned)
                grid = self.grid
            if mark is not None:
                self.page.marks.append(
                    OutlineMark(mark.text, mark.level, 0 if self.page.turned else grid.row_top(self.row))
                )
                mark = None
            for text in (line, *strip.beside.get(number, ())):
                text.x += grid.left
                text.y = grid.baseline(self.row)
                self.page.items.append(text)
            self.row += 1

    @property
    def _y(self) -> float:
        return self.grid.row_top(self.row)

    def _ended(self, y: float) -> None:
        """Go on at the first row whose top is under `y`."""
        self.table_ended = (0, 0.0)
        self.row = self._row_under(y)

    def _row_under(self, y: float) -> int:
        """The first row whose top is under `y`."""
        return min(int((y - self.grid.top) / self.grid.pitch + 0.999), self.grid.rows)

    def _table(self, layout: TableLayout, of: Element | None, tail: int) -> None:
        """Place a table's rows; where a signature follows that fits under none of them, the last rows go with it."""
        if of is not None:
            layout.tell(of)
        waiting = list(reversed(layout.rows))
        first = True
        on_page, ended = self.table_ended
        while waiting or first:
            y = ended + BETWEEN_TABLES if first and on_page == len(self.pages) and self.row else self._y
            room = self.grid.bottom - y - layout.head_height(first) + _ROUNDING
            rows = []
            while waiting and waiting[-1].height <= room:
                room -= waiting[-1].height
                rows.append(waiting.pop())
            if (layout.totalled or tail) and len(waiting) == 1 and len(rows) > 1:
                waiting.append(rows.pop())  # neither a total nor a signature has a single row beside it
            if (
                tail
                and not waiting
                and rows
                and self._row_under(self.grid.bottom - room + 4) + tail > self.grid.rows
            ):
                carried = min(LEAST_LINES, len(rows) - 1 if not self.row or len(rows) > 1 else 1)
                waiting = [rows.pop() for _ in range(carried)]
            if waiting and not rows:
                if self.row:
                    self.new_page(self.page.turned)
                    continue
                top, left = layout.parts(waiting.pop(), room)
                rows.append(top)
                if left is not None:
                    waiting.append(left)
            items, end = layout.items(rows, self.grid.left, y, first)
            self.page.items += items
            first = False
            if waiting:
                self.new_page(self.page.turned)
            else:
                self._ended(end + 4)
                self.table_ended = (len(self.pages), end)

    def _pictures(self, block: Pictures, of: Element | None) -> None:
        for height, items in rows_of(block, self.grid.width, self.faces, of):
            if self.row and self._y + height > self.grid.bottom:
                self.new_page(self.page.turned)
            for dx, dy, item in items:
                self.page.items.append(moved(item, self.grid.left + dx, self._y + dy))
            self._ended(self._y + height)

    def _chart(self, chart: Chart, of: Element | None) -> None:
        height = height_of(chart)
        if self.row and self._y + height > self.grid.bottom:
            self.new_page(self.page.turned)
        drawn = items_of(chart, self.grid.left, self._y, self.grid.width, self.faces)
        self.page.items += belonging(drawn, of)
        self._ended(self._y + height)


def _stands(flow: Flow) -> bool:
    """Whether a flow's rows are not lines of the grid, or not those of an upright page."""
    return isinstance(flow, PlacedFigure) or flow.turned


def _holds(flow: Flow) -> bool:
    return isinstance(flow, Strip) and flow.keep_next


def moved(item: Item, dx: float, dy: float) -> Item:
    """An item at another place."""
    if isinstance(item, DrawnShape):
        return replace(item, points=tuple((x + dx, y + dy) for x, y in item.points))
    if isinstance(item, RuledLine):
        return replace(item, x1=item.x1 + dx, y1=item.y1 + dy, x2=item.x2 + dx, y2=item.y2 + dy)
    return replace(item, x=item.x + dx, y=item.y + dy)
