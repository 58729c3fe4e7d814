"""What the first page and the rail tell: counts, what is overdue, the villages, the last backup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengui.catalogue.closed_loop import DUE, OVERDUE, is_overdue, state_of
from zhengui.catalogue.model import Ledger
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.services.township import keep_backup
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.township import Township
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.query.lives import villages_there
from zhengui.storage.query.references import labels


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A village to choose: its id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PendingItem:
    """An item of a closed loop that waits: where it is, what it is called, its state and due date."""

    ledger: str
    id: int
    label: str
    state: str
    due: date | None
    overdue: bool


@reads
def registered(reading: Reading) -> bool:
    """Whether anything beyond the registers was ever entered."""
    entered = (key for key, ledger in reading.catalogue.ledgers.items() if not ledger.register)
    return any(browse.counts(reading.conn, reading.tables, (key,))[key] for key in entered)


@reads
def villages(reading: Reading) -> list[VillageChoice]:
    """All live villages in the office's order."""
    return [VillageChoice(*pair) for pair in labels(reading.conn, reading.tables, "village").items()]


@reads
def villages_in(reading: Reading, period: Period) -> list[VillageChoice]:
    """The villages that were there at any time of a period: those of later years and those given up before are not."""
    there = villages_there(reading.conn, reading.tables, period.start, period.end)
    return [village for village in villages(reading) if village.id in there]


@reads
def looped(reading: Reading, area: str = "", year: int | None = None) -> list[Ledger]:
    """The ledgers of a year, or of this one, whose items are worked off, of one area or all."""
    living = reading.catalogue.in_years(year or reading.today.year)
    return [
        ledger
        for each in living.areas
        for ledger in each.ledgers
        if ledger.closed_loop and area in ("", ledger.area)
    ]


@reads
def overdue_by_ledger(reading: Reading, year: int) -> dict[str, int]:
    """How many items of each closed-loop ledger registered in the year are overdue today."""
    return {
        ledger.key: browse.state_counts(
            reading.conn, reading.tables, Selection(ledger.key, whole_year(year), today=reading.today)
        )[OVERDUE]
        for ledger in looped(reading, year=year)
    }


@reads
def overdue_by_area(reading: Reading, year: int) -> dict[str, int]:
    """The same by area, for the badges of the rail."""
    found: dict[str, int] = {}
    for key, count in overdue_by_ledger(reading, year).items():
        area = reading.catalogue.ledgers[key].area
        found[area] = found.get(area, 0) + count
    return found


@reads
def pending(reading: Reading, year: int, limit: int = 100) -> list[PendingItem]:
    """Items of the year that are not closed, the most urgent first."""
    found: list[PendingItem] = []
    today = reading.today
    for ledger in looped(reading, year=year):
        chosen = Selection(
            ledger.key,
            whole_year(year),
            filters=(browse.Filter("closed_on", values=(None,)),),
            sort=DUE,
            today=today,
        )
        ids = browse.ids_of(reading.conn, reading.tables, chosen)[:limit]
        names = labels(reading.conn, reading.tables, ledger.key, ids)
        for record in browse.page(reading.conn, reading.tables, ledger.key, ids).records:
            found.append(
                PendingItem(
                    ledger.key,
                    record.id,
                    names.get(record.id, ""),
                    state_of(record.values),
                    record.values.get(DUE),
                    is_overdue(record.values, today),
                )
            )
    found.sort(key=lambda item: (item.due is None, item.due or today, item.ledger, item.id))
    return found[:limit]


@reads
def state_counts(reading: Reading, ledger_key: str, year: int) -> dict[str, int]:
    """How many items of the year are in each state of the loop."""
    chosen = Selection(ledger_key, whole_year(year), today=reading.today)
    return browse.state_counts(reading.conn, reading.tables, chosen)


def backup_words(township: Township) -> str:
    """When the last backup was made, what it lacks, and whether one elsewhere is overdue, in words for the status bar.

    A copy of a file in which nothing was registered is not called a backup: there was nothing to keep.
    """
    kept = keep_backup.backups(township.path)
    if not kept:
        return "还没有备份"
    if not registered(township):
        return "还没有登记"
    at = max(each.made_at for each in kept)
    today = at.date() == date.today()
    told = f"今日 {at:%H:%M} 已备份" if today else f"{at.month}月{at.day}日 已备份"
    if keep_backup.changed_since(township):
        told += "，此后有改动"
    return "，".join(words for words in (told, keep_backup.reminder(township)) if words)
