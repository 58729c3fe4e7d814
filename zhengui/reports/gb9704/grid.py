"""The type area of an A4 page and the cells it is divided into, in points from the top-left corner."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhengui.reports.page_settings import PageSettings

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 28 * MM
TOP = 37 * MM
WIDTH = 156 * MM
HEIGHT = 225 * MM
RIGHT = LEFT + WIDTH
BOTTOM = TOP + HEIGHT
ASCENT = 0.88
"""Where the baseline is in the box of a Chinese character, as a part of its size."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells across and rows down; the last row's characters end where the type area does."""

    size: float
    cell: float
    pitch: float
    rows: int
    cells: int
    top: float = TOP
    left: float = LEFT
    width: float = WIDTH
    height: float = HEIGHT

    def baseline(self, row: float) -> float:
        """The baseline of a row, from the top of the page."""
        return self.top + row * self.pitch + ASCENT * self.size

    def row_top(self, row: float) -> float:
        """The top of a row's characters."""
        return self.top + row * self.pitch

    @property
    def bottom(self) -> float:
        """The bottom of the type area."""
        return self.top + self.height

    def with_rows(self, rows: int) -> Grid:
        """The grid of a page with some rows more or less between the same first and last one."""
        return replace(self, rows=rows, pitch=(self.height - self.size) / (rows - 1))

    def turned(self) -> Grid:
        """The grid of a turned page: the type area's long side runs along the lines."""
        cells = int(self.height / self.cell)
        rows = int((self.width - self.size) / self.pitch) + 1
        return Grid(self.size, self.cell, self.pitch, rows, cells, 0.0, 0.0, self.height, self.width)


def grid_of(settings: PageSettings) -> Grid:
    """The grid that the settings ask for; the standard's has cells of 5.571 mm and a pitch of 29.61 pt."""
    pitch = (HEIGHT - settings.size) / (settings.rows - 1)
    return Grid(settings.size, WIDTH / settings.cells, pitch, settings.rows, settings.cells)
