"""The page as Word counts it: margins, the grid of characters and lines, and what follows from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.reports.gb9704.grid import (
    BOTTOM,
    HEIGHT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    WIDTH,
    Grid,
    grid_of,
)
from zhengui.reports.page_settings import PageSettings
from zhengui.reports.word.markup import twips

#: The page number's line ends so far above the paper's edge that its dashes stand 7 mm under the text.
FOOTER = 25.5 * MM
#: The same on a page that Word turns as a whole.
TURNED_FOOTER = 16.5 * MM
HEADER = 15 * MM

#: Twips of a line that LibreOffice leaves free where the page has a grid of characters.
KEPT_FREE = 32


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes in points: the type, the cell a character takes, the pitch of the lines."""

    settings: PageSettings
    grid: Grid
    pitch: float
    cell: float
    space: int

    @property
    def closer(self) -> int:
        """By how many twips characters stand closer (or wider) than their own size, so that a line holds its cells.

        LibreOffice keeps a part of the line free at both ends of its grid.
        """
        return int(((self.grid.width * 20 - KEPT_FREE) / self.settings.cells - self.size * 20) // 1)

    @property
    def size(self) -> float:
        """The size of the body's type."""
        return self.grid.size


def pitch_of(rows: int, usual: int = 0) -> float:
    """The pitch at which so many rows fit a page in Word, a twentieth of a point being its least step.

    They fill no more than the `usual` rows of the page's grid do, for LibreOffice lets a page end with the grid.
    """
    high = usual * pitch_of(usual) if usual else HEIGHT
    return int(high * 20 / rows) / 20


def layout_of(settings: PageSettings) -> Layout:
    """Word fits so many lines as have room with their whole pitch, so its pitch is a little less than the PDF's."""
    grid = grid_of(settings)
    pitch = pitch_of(settings.rows)
    space = int((WIDTH / settings.cells - settings.size) * 4096 // 1)
    return Layout(settings, grid, pitch, settings.size + space / 4096, space)


def section(
    layout: Layout, turned: bool, references: str = "", kind: str = "nextPage", start: int = 0
) -> str:
    """The properties of a section; a turned one has its header side where the upright page has its left."""
    upper, right = TOP, PAGE_WIDTH - RIGHT
    lower, left = PAGE_HEIGHT - BOTTOM, LEFT
    wide, high, foot, orient = PAGE_WIDTH, PAGE_HEIGHT, FOOTER, ""
    if turned:
        upper, right, lower, left = left, upper, right, lower
        wide, high, foot, orient = high, wide, TURNED_FOOTER, ' w:orient="landscape"'
    return (
        f'<w:sectPr>{references}<w:type w:val="{kind}"/>'
        f'<w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{orient}/>'
        f'<w:pgMar w:top="{twips(upper)}" w:right="{twips(right)}" w:bottom="{twips(lower)}" '
        f'w:left="{twips(left)}" w:header="{twips(HEADER)}" w:footer="{twips(foot)}" w:gutter="0"/>'
        + (f'<w:pgNumType w:start="{start}"/>' if start else "")
        + f'<w:docGrid w:type="linesAndChars" w:linePitch="{twips(layout.pitch)}" '
        f'w:charSpace="{layout.space}"/></w:sectPr>'
    )
