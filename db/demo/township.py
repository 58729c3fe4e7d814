"""The whole invented township: its records in batches, its zero reports and its pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from db.demo import (
    branches,
    campaigns,
    economy,
    environment,
    epidemic,
    government,
    livelihood,
    monitoring,
    nature,
    papers,
    party,
    party_history,
    plan,
    projects,
    rectification,
    safety,
)
from db.demo.chance import Chance
from db.demo.pictures import Picture, sketch
from db.demo.silence import Reported
from db.demo.world import Area, Row, World, build, registers
from zhengui.catalogue.model import Catalogue

BATCH = 5000
#: The areas in the document's order; the first comes before the registers, see `_ledgers`.
_AREAS: tuple[Callable[[World], Area], ...] = (
    party.ledgers,
    epidemic.ledgers,
    rectification.ledgers,
    party_history.ledgers,
    environment.ledgers,
    monitoring.ledgers,
    economy.ledgers,
    safety.ledgers,
    branches.ledgers,
    nature.ledgers,
    projects.ledgers,
    campaigns.ledgers,
    livelihood.ledgers,
    government.ledgers,
    papers.ledgers,
    plan.ledgers,
)
#: Ledgers with pictures: the field of the picture, the field of its day, and how many records have some.
_PICTURED = {
    "hazard": ("photo", "found_on", 6),
    "toilet_problem": ("photo", "found_on", 5),
    "small_project": ("photo", "finished_on", 6),
    "cleanup": ("photo", "date", 5),
    "notice_board": ("photo", "done_on", 3),
    "evening_talk": ("photo", "date", 3),
    "centre_village": ("photo", "completed_on", 3),
}


class Batch(NamedTuple):
    """Rows of one ledger; their ids follow one another over all of the ledger's batches, from 1."""

    ledger: str
    rows: list[dict[str, Any]]


class Demo:
    """One run of the generator: `batches` first, then what depends on them."""

    def __init__(self, catalogue: Catalogue, scale: float = 1.0, seed: int = 2021) -> None:
        if scale <= 0:
            raise ValueError("scale must be above 0")
        self.world = build(catalogue, scale, seed)
        self._reported = Reported(self.world)
        self._pictured: list[tuple[str, int, Row]] = []
        self._done = False

    def batches(self) -> Iterator[Batch]:
        """All records, ledger by ledger, a register before everything that refers to it."""
        for drawn in (self.world.taken, self.world.members, self.world.branch_members):
            drawn.clear()
        self._pictured.clear()
        for key, rows in self._ledgers():
            position = 1
            for part in _parts(rows):
                self._reported.see(key, part)
                self._choose(key, part, position)
                position += len(part)
                yield Batch(key, part)
        self._done = True

    def zero_reports(self) -> Iterator[tuple[str, int | None, int]]:
        """Ledger, village (None: the township) and month (yyyymm) of every zero report."""
        self._run()
        yield from self._reported.silent()

    def pictures(self) -> Iterator[Picture]:
        """Sketches for some thirty records; where something was put right there are two."""
        self._run()
        chance = Chance(f"{self.world.seed}/pictures")
        for ledger, position, row in self._pictured:
            field, day, _ = _PICTURED[ledger]
            if "closed_on" in row:
                yield Picture(ledger, position, field, sketch(chance, False, row[day]), "整改前.jpg")
                yield Picture(ledger, position, field, sketch(chance, True, row["closed_on"]), "整改后.jpg")
            else:
                yield Picture(ledger, position, field, sketch(chance, True, row[day]), "现场照片.jpg")

    def _ledgers(self) -> Iterator[tuple[str, Iterable[Row]]]:
        first, *others = _AREAS
        # Whoever is drawn for a committee gets an education that fits, so posts are drawn before people are written.
        posts = [(key, list(rows)) for key, rows in first(self.world)]
        yield from registers(self.world)
        yield from posts
        for area in others:
            yield from area(self.world)

    def _run(self) -> None:
        if not self._done:
            for _ in self.batches():
                pass

    def _choose(self, key: str, rows: list[Row], position: int) -> None:
        """Keep the first records of 2021 that a picture suits."""
        if key not in _PICTURED or key not in self.world.catalogue.ledgers:
            return
        _, day, wanted = _PICTURED[key]
        wanted -= sum(ledger == key for ledger, _, _ in self._pictured)
        for place, row in enumerate(rows):
            if wanted <= 0:
                return
            if row[day].year == 2021 and ("closed_on" in row or "assigned_on" not in row):
                self._pictured.append((key, position + place, row))
                wanted -= 1


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while part := list(islice(waiting, BATCH)):
        yield part
