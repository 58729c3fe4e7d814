"""List the items of all closed loops: by state, overdue, due soon, to verify, as a tree with its progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhengui.catalogue.closed_loop import CLOSED, DUE, LOOP_STATES, RECTIFIED, is_overdue, state_of
from zhengui.catalogue.model import TIME_TYPES, Ledger
from zhengui.catalogue.path import dotted
from zhengui.figures.period import year as whole_year
from zhengui.services.township import overview
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.query.references import labels
from zhengui.values.value import Value

#: So many days ahead an item counts as due soon.
SOON = 7


@dataclass(frozen=True, slots=True)
class LoopItem:
    """An item as the board shows it; `village`, `department`, `responsible` are names; `leader` is whoever leads it.

    `left` are the days to the due date, below nought where it is past; None without one, or once it was rectified.
    """

    ledger: str
    noun: str
    id: int
    title: str
    village: str
    department: str
    responsible: str
    leader: str
    state: str
    listed: date | None
    due: date | None
    closed: date | None
    overdue: bool
    left: int | None
    evidence: int


@dataclass(slots=True)
class Branch:
    """A group of the tree, with how many of its items are closed and overdue; leaves hold an item."""

    title: str
    items: int = 0
    closed: int = 0
    overdue: int = 0
    branches: list[Branch] = field(default_factory=list)
    item: LoopItem | None = None


@reads
def items(
    reading: Reading,
    year: int,
    ledgers: Sequence[str] = (),
    villages: tuple[int, ...] = (),
    states: Iterable[str] = LOOP_STATES,
) -> list[LoopItem]:
    """The items listed in a year and those that earlier years left open, the most urgent first in each state."""
    found: list[LoopItem] = []
    wanted = set(states)
    for ledger in overview.looped(reading, year=year):
        if ledgers and ledger.key not in ledgers:
            continue
        chosen = Selection(ledger.key, whole_year(year), villages, today=reading.today)
        ids = browse.ids_of(reading.conn, reading.tables, chosen)
        found += [item for item in _items(reading, ledger, ids) if item.state in wanted]
    return sorted(found, key=_urgency)


@reads
def of_ids(reading: Reading, ledger_key: str, ids: Sequence[int]) -> list[LoopItem]:
    """Some items of one ledger, in the order of `ids`."""
    return _items(reading, reading.catalogue.ledgers[ledger_key], ids)


@reads
def overdue(reading: Reading) -> list[LoopItem]:
    """Everything that is overdue today, from whatever year."""
    return [item for item in _unfinished(reading) if item.overdue]


@reads
def tree(reading: Reading, ledger_key: str, year: int, villages: tuple[int, ...] = ()) -> Branch:
    """The items of a year grouped by the ledger's levels, each branch with the progress of all under it."""
    ledger = reading.catalogue.ledgers[ledger_key]
    chosen = Selection(ledger_key, whole_year(year), villages, today=reading.today)
    ids = list(browse.ids_of(reading.conn, reading.tables, chosen))
    ids.sort()
    root = Branch(ledger.title)
    values = {
        each.id: each.values for each in browse.page(reading.conn, reading.tables, ledger_key, ids).records
    }
    for item in _items(reading, ledger, ids):
        way = [root]
        for key in ledger.loop.tree:
            name = str(values[item.id].get(key) or "未填")
            below = next(
                (each for each in way[-1].branches if each.title == name and each.item is None), None
            )
            if below is None:
                below = Branch(name)
                way[-1].branches.append(below)
            way.append(below)
        way[-1].branches.append(Branch(item.title, item=item))
        for branch in (*way, way[-1].branches[-1]):
            branch.items += 1
            branch.closed += item.closed is not None
            branch.overdue += item.overdue
    return root


def _unfinished(reading: Reading) -> list[LoopItem]:
    """Every open item, whenever it was listed."""
    found: list[LoopItem] = []
    for ledger in overview.looped(reading):
        still = (browse.Filter(CLOSED, values=(None,)),)
        ids = browse.ids_of(
            reading.conn, reading.tables, Selection(ledger.key, filters=still, today=reading.today)
        )
        found += _items(reading, ledger, ids)
    return sorted(found, key=_urgency)


def _items(reading: Reading, ledger: Ledger, ids: Iterable[int]) -> list[LoopItem]:
    found = browse.page(reading.conn, reading.tables, ledger.key, ids)
    wanted = [record.id for record in found.records]
    names = labels(reading.conn, reading.tables, ledger.key, wanted)
    homes = _villages(reading, ledger, found)
    today = reading.today
    done = []
    for record in found.records:
        values = record.values

        def name(key: str, values: Mapping[str, Any] = values) -> str:
            declared = ledger.by_key.get(key)
            if declared is None or values.get(key) is None:
                return ""
            return found.labels.get(declared.register, {}).get(values[key], "")

        due, listed = values.get(DUE), values.get(ledger.period[0]) if ledger.period else None
        waiting = values.get(RECTIFIED) is None and values.get(CLOSED) is None
        done.append(
            LoopItem(
                ledger.key,
                ledger.noun,
                record.id,
                _title(ledger, values, name) or names.get(record.id, ""),
                homes.get(record.id, ""),
                name("department"),
                name("responsible"),
                name("leader"),
                state_of(values),
                listed if isinstance(listed, date) else None,
                due,
                values.get(CLOSED),
                is_overdue(values, today),
                (due - today).days if due is not None and waiting else None,
                len(values.get(ledger.loop.evidence) or ()) if ledger.loop.evidence else 0,
            )
        )
    return done


def _title(ledger: Ledger, values: Mapping[str, Value], name: Callable[[str], str]) -> str:
    """What an item is called: its label without days, and what is wrong."""
    parts = []
    for key in ledger.label:
        declared = ledger[key]
        if declared.type in TIME_TYPES or key == ledger.village:
            continue
        parts.append(name(key) if declared.is_reference else str(values.get(key) or ""))
    told = " ".join(part for part in parts if part)
    detail = str(values.get("detail") or "").strip()
    return f"{told}：{detail}" if told and detail else told or detail


def _villages(reading: Reading, ledger: Ledger, found: browse.RecordPage) -> dict[int, str]:
    """The village of each record by its name."""
    if not ledger.village:
        return {}
    first, second = dotted(ledger.village)
    lookup = reading.lookup()
    through: dict[int, int] = {}
    if second:
        register = ledger[first].register
        ids = {record.values[first] for record in found.records if record.values.get(first) is not None}
        for each in browse.page(reading.conn, reading.tables, register, sorted(ids)).records:
            if each.values.get(second) is not None:
                through[each.id] = each.values[second]
    homes = {}
    for record in found.records:
        value = record.values.get(first)
        village = through.get(value) if second and value is not None else value
        if village is not None:
            homes[record.id] = lookup.label("village", village) or ""
    return homes


def _urgency(item: LoopItem) -> tuple[bool, date, date, str, int]:
    """Closed ones last, the latest closed first; the others by what is due first."""
    if item.closed is not None:
        return True, date.max - (item.closed - date.min), date.max, item.ledger, item.id
    return False, item.due or date.max, item.listed or date.max, item.ledger, item.id
