"""How review shows in a ledger's table: a column with a label, and two more states to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhengui.catalogue.closed_loop import LOOP_STATES, OVERDUE
from zhengui.gui.ledger.columns import Column
from zhengui.gui.ledger.model import LedgerRow
from zhengui.services.entry.review_rows import RETURNED, WAITING, Reviewing

#: The derived column of ledgers that need a second person.
REVIEW = "_review"
COLUMN = Column(REVIEW, "审核", None, 92)
State = tuple[str, str, int | None]


def decorated(rows: Sequence[LedgerRow], found: Reviewing | None) -> list[LedgerRow]:
    """The rows with their state of review."""
    return list(rows) if found is None else [_marked(row, found) for row in rows]


def _marked(row: LedgerRow, found: Reviewing) -> LedgerRow:
    note = found.returned.get(row.id)
    if note is not None:
        return replace(row, texts={**row.texts, REVIEW: f"退回：{note.reason}"})
    if row.id in found.waiting:
        return replace(row, labels={**row.labels, REVIEW: (WAITING, "rev")})
    return replace(row, texts={**row.texts, REVIEW: "已审核"})


def states(loop: Mapping[str, int], review: Mapping[str, int] | None, chosen: str, shown: int) -> list[State]:
    """The choices over the table, as (key, title, count): those of the closed loop and those of review."""
    found: list[State] = []
    if loop:
        whole = sum(loop.get(state, 0) for state in LOOP_STATES)
        found += [("", "全部", whole), *((state, state, loop.get(state, 0)) for state in LOOP_STATES)]
    elif review is not None:
        found.append(("", "全部", None if chosen else shown))
    if review is not None:
        found.append((WAITING, WAITING, review[WAITING]))
        if review[RETURNED] or chosen == RETURNED:
            found.append((RETURNED, RETURNED, review[RETURNED]))
    return [*found, (OVERDUE, OVERDUE, loop.get(OVERDUE, 0))] if loop else found
