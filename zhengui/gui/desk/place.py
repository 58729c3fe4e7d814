"""Where one can be in the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: The state of a place that is a ledger's recycle bin.
BIN = "回收站"
#: The state of a figure's place that was reached from an issued document; the issue's id follows.
OF_ISSUE = "issue:"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, what it shows (a ledger, a figure) and, where one is open, the record.

    `page` is home, area:KEY, registers, ranking, plan, report, system, figure or about. With `begin` a new record of the ledger is
    begun that has these values, as (field, value); None begins none.
    """

    page: str
    of: str = ""
    record: int = 0
    state: str = field(default="", compare=False)
    begin: tuple[tuple[str, Any], ...] | None = field(default=None, compare=False)
