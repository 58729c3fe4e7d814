"""包保联系 village by village: who answers for it, by role, and how the households there are looked after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhengui.services.loops.duties import Charge, charges
from zhengui.services.township.overview import villages as all_villages
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.records import record as records
from zhengui.values.value import Value

#: The fields of the village register that name who answers for the village, with the role of each.
_OF_VILLAGE = (("contact_leader", "包点领导"), ("contact_official", "包村干部"))
#: The order of roles; others follow, and at last those without one.
_ROLES = ("县包点领导", "包点领导", "班子成员", "包村干部", "驻村工作队", "其他", "")


@dataclass(frozen=True, slots=True)
class InVillage:
    """An official in a village: as what, for how many of its households (0: for the village as a whole)."""

    official: int
    name: str
    role: str
    households: int


@dataclass(frozen=True, slots=True)
class VillageDuty:
    """A village: who is there, how many households are watched, how many have nobody, how many visits are late."""

    village: int
    name: str
    officials: tuple[InVillage, ...]
    households: int
    free: int
    late: int


@reads
def by_village(reading: Reading, villages: tuple[int, ...] = ()) -> list[VillageDuty]:
    """Every village (or those chosen) in the office's order, its officials by role."""
    chosen = [each for each in all_villages(reading) if not villages or each.id in villages]
    own: dict[str, list[Charge]] = {}
    for charge in charges(reading, villages):
        own.setdefault(charge.village, []).append(charge)
    rows = records.fetch(reading.conn, reading.tables, "village", [each.id for each in chosen])
    register = {row.id: row.values for row in rows}
    found = []
    for village in chosen:
        there = own.get(village.name, [])
        people = [*_named(reading, register[village.id]), *_of_households(there)]
        people.sort(key=lambda one: (_ROLES.index(one.role) if one.role in _ROLES else len(_ROLES), one.name))
        free = sum(not charge.contacts for charge in there)
        late = sum(charge.pace.late for charge in there)
        found.append(VillageDuty(village.id, village.name, tuple(people), len(there), free, late))
    return found


def _named(reading: Reading, values: Mapping[str, Value]) -> list[InVillage]:
    """Who answers for the village as a whole."""
    lookup = reading.lookup()
    found = []
    for field, role in _OF_VILLAGE:
        official = values.get(field)
        if isinstance(official, int):
            found.append(InVillage(official, lookup.label("official", official) or "", role, 0))
    return found


def _of_households(there: list[Charge]) -> list[InVillage]:
    """Who is the contact of how many of these households, by official and role."""
    counted: dict[tuple[int, str, str], set[int]] = {}
    for charge in there:
        for contact in charge.contacts:
            counted.setdefault((contact.official, contact.name, contact.role), set()).add(charge.household)
    return [InVillage(*key, len(homes)) for key, homes in counted.items()]
