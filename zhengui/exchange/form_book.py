"""A form from outside looked at and filled in a process of its own: its sheets as they look, its bytes with values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhengui.exchange.apart import done_apart
from zhengui.exchange.form_fill import CellValue, fill_form
from zhengui.exchange.package import Package, SheetPart
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sheet_grid import Place, SheetGrid, read_grid

#: So many forms are kept as they look, so that a form that is worked on is read once.
_KEPT = 3


@dataclass(frozen=True, slots=True)
class FormBook:
    """The sheets of a form in their order, and how each of them looks. The grids are shared: nobody changes them."""

    sheets: tuple[SheetPart, ...]
    grids: Mapping[str, SheetGrid]

    @property
    def shown(self) -> list[str]:
        """The names of the sheets that people see; the first where all are hidden."""
        return [sheet.name for sheet in self.sheets if sheet.visible] or [self.sheets[0].name]

    def grid(self, sheet: str) -> SheetGrid:
        """How a sheet looks; ExchangeProblem where there is none of that name."""
        if sheet not in self.grids:
            raise ExchangeProblem(f"表格里没有工作表“{sheet}”。请核对是不是另一个版本的表。")
        return self.grids[sheet]


@lru_cache(_KEPT)
def read_form(data: bytes) -> FormBook:
    """Read every sheet of a form; raises ExchangeProblem with a sentence where that can't be done within limits."""
    return done_apart(form_book, data)


def form_book(data: bytes) -> FormBook:
    """Read every sheet of a form, here."""
    package = Package(data)
    return FormBook(package.sheets, {sheet.name: read_grid(package, sheet.name) for sheet in package.sheets})


def filled_form(data: bytes, filled: Mapping[str, Mapping[Place, CellValue]]) -> bytes:
    """The form with values in these cells, by sheet and place; raises ExchangeProblem as `fill_form` does."""
    return done_apart(fill_form, data, filled)
