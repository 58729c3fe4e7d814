"""Where one can be in the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengui.values.value import Value


#: The state of a place that is a ledger's recycle bin.
BIN = "回收站"
_AREA = "area:"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, what it shows (a ledger, a figure) and, where one is open, the record.

    `page` is home, area:KEY, registers, ranking, plan, report, system, figure or about. With `begin` a new record of the ledger is
    begun that has these values, as (field, value); None begins none. `issue` is the issued document from which a
    figure was reached.
    """

    page: str
    of: str = ""
    record: int = 0
    state: str = field(default="", compare=False)
    begin: tuple[tuple[str, Value], ...] | None = field(default=None, compare=False)
    issue: int = field(default=0, compare=False)


def area_page(area: str) -> str:
    """The page of an area of work."""
    return _AREA + area


def area_of(page: str) -> str:
    """The area whose page it is; empty for a page of another kind."""
    return page.removeprefix(_AREA) if page.startswith(_AREA) else ""


def page_kind(page: str) -> str:
    """What kind of page it is: `area` for that of any area, else its own name."""
    return _AREA.removesuffix(":") if area_of(page) else page
