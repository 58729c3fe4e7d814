"""包保联系: who is whose contact, which visits are due, how much each official has, hand-over, cards and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhengui.catalogue.model import Measure
from zhengui.figures.period import Period
from zhengui.problem import Problem
from zhengui.reports.document import Cell, Document, Paragraph, Run, Table
from zhengui.services.entry import record as entry
from zhengui.services.loops.sheets import day_words, pages_of
from zhengui.services.township.personal import covered
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.counting.chosen_rows import chosen_rows
from zhengui.storage.query.predicates import Asked, Scope
from zhengui.storage.query.references import labels
from zhengui.storage.records import record as records
from zhengui.storage.records.record import Record
from zhengui.values.visit_pace import VisitPace, pace, parameter_of

_EVER = Period(date(1900, 1, 1), date(2999, 12, 31))
DUTY, WATCHED, VISIT = "contact_duty", "monitored_household", "visit"
#: What is said where an office does not keep them any more.
NO_DUTIES = "监测对象、包保联系或者走访的台账今年不用了，没有要走访的户。"
#: So many days ahead a visit counts as due soon.
SOON = 7


class DutyRefused(Problem):
    """A hand-over that can't be made; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An official in charge of a household: the duty's record, who, as what, since when."""

    duty: int
    official: int
    name: str
    role: str
    since: date


@dataclass(frozen=True, slots=True)
class Charge:
    """A household that is watched: its class, its contacts, its last visit and when the next is due."""

    household: int
    label: str
    village: str
    class_: str
    members: int
    contacts: tuple[Contact, ...]
    visited: date | None
    pace: VisitPace


@dataclass(frozen=True, slots=True)
class Load:
    """What an official has in hand: households, people in them, visits overdue and due soon."""

    official: int
    name: str
    roles: tuple[str, ...]
    households: int
    people: int
    late: int
    soon: int


@dataclass(frozen=True, slots=True)
class PastDuty:
    """One line of a household's hand-over history."""

    name: str
    role: str
    since: date
    until: date | None


@reads
def has_duties(reading: Reading) -> bool:
    """Whether the office keeps this year who is watched, who is in charge and who was visited."""
    return reading.keeps(WATCHED, DUTY, VISIT)


@reads
def charges(reading: Reading, villages: tuple[int, ...] = ()) -> list[Charge]:
    """Every household watched today, the one whose visit is most urgent first."""
    today = reading.today
    if not has_duties(reading):
        return []
    fields = ("household", "class", "members", "from_on", "released_on")
    watched = [row[1:5] for row in _rows(reading, WATCHED, fields, villages) if _holds(row[4], row[5], today)]
    contacts = _contacts(reading)
    visits = _last_visits(reading)
    homes = _households(reading, [household for household, *_rest in watched])
    found = []
    for household, class_, members, since in watched:
        days = int(reading.parameters[parameter_of(class_)])
        own = contacts.get(household, ())
        label, village = homes.get(household, ("", ""))
        visited = visits.get(household)
        next_visit = pace(since, visited, days, today)
        found.append(Charge(household, label, village, class_, members or 0, own, visited, next_visit))
    return sorted(found, key=lambda charge: (charge.pace.due, charge.household))


@reads
def visits_due(reading: Reading, days: int = SOON, villages: tuple[int, ...] = ()) -> list[Charge]:
    """The households whose visit is overdue or due within so many days, the most urgent first."""
    return [charge for charge in charges(reading, villages) if charge.pace.left <= days]


@reads
def without_contact(reading: Reading, villages: tuple[int, ...] = ()) -> list[Charge]:
    """The households that are watched and have nobody in charge."""
    return [charge for charge in charges(reading, villages) if not charge.contacts]


@reads
def loads(reading: Reading, villages: tuple[int, ...] = ()) -> list[Load]:
    """What each official has in hand, the most households first."""
    by: dict[int, list[tuple[Contact, Charge]]] = {}
    for charge in charges(reading, villages):
        for contact in charge.contacts:
            by.setdefault(contact.official, []).append((contact, charge))
    found = []
    for official, own in by.items():
        roles = tuple(dict.fromkeys(contact.role for contact, _charge in own if contact.role))
        homes = {charge.household: charge for _contact, charge in own}
        late = sum(charge.pace.late for charge in homes.values())
        soon = sum(0 <= charge.pace.left <= SOON for charge in homes.values())
        people = sum(charge.members for charge in homes.values())
        found.append(Load(official, own[0][0].name, roles, len(homes), people, late, soon))
    return sorted(found, key=lambda load: (-load.households, load.name))


@reads
def past_duties(reading: Reading) -> dict[int, list[PastDuty]]:
    """Who was each household's contact from when to when, the latest first."""
    lookup = reading.lookup()
    found: dict[int, list[PastDuty]] = {}
    every = sorted(_all(reading, DUTY), key=lambda each: (each.values["from_on"], each.id), reverse=True)
    for each in every:
        values = each.values
        name = lookup.label("official", values["official"]) or ""
        past = PastDuty(name, values.get("role") or "", values["from_on"], values.get("to_on"))
        found.setdefault(values["household"], []).append(past)
    return found


@writes(Right.ENTER)
def hand_over(writing: Writing, giver: int, taker: int, day: date, households: Sequence[int] = ()) -> int:
    """Hand the duties of one official over to another from a day on, all or those of some households.

    The old duty ends the day before and stays as history; the new one has its role. Returns how many were handed over.
    """
    if not has_duties(writing):
        raise DutyRefused(NO_DUTIES)
    if giver == taker:
        raise DutyRefused("交出和接手的是同一个人，请另选接手人。")
    handed = 0
    duties = _all(writing, DUTY)
    # Who is the household's contact already takes nothing over, but the giver is free of it.
    known = {
        each.values["household"]
        for each in duties
        if each.values["official"] == taker and _in_force(each.values, "to_on", day)
    }
    for each in duties:
        values = each.values
        wanted = not households or values["household"] in households
        if values["official"] != giver or not wanted or not _in_force(values, "to_on", day):
            continue
        if values["from_on"] >= day:
            raise DutyRefused(f"有的包保关系 {values['from_on']} 才开始，交接日期 {day} 要晚于它，请核对。")
        entry.save(writing, DUTY, {**values, "to_on": day - timedelta(days=1)}, each.id)
        handed += 1
        if values["household"] in known:
            continue
        entry.save(
            writing,
            DUTY,
            {"official": taker, "role": values.get("role"), "household": values["household"], "from_on": day},
        )
    if not handed:
        raise DutyRefused("交出的人当天没有包保的农户，没有可以交接的。请核对姓名和日期。")
    return handed


@reads
def card(reading: Reading, official: int) -> bytes:
    """The contact card of an official as PDF: the households he or she is in charge of, with the dates."""
    own = _of_official(reading, official)
    rows = tuple(
        (
            Cell(str(place), "centre"),
            Cell(charge.village),
            Cell(_head(charge)),
            Cell(charge.class_),
            Cell(str(charge.members), "right"),
            Cell(contact.role or "—"),
            Cell(contact.since.isoformat()),
        )
        for place, (contact, charge) in enumerate(own, 1)
    )
    people = sum(charge.members for _contact, charge in own)
    lead = f"包保干部：{_official(reading, official)}。包保{len(own)}户{people}人，走访后请在台账里登记。"
    header = ("序号", "村（居）", "农户", "类别", "人数", "包保身份", "开始日期")
    table = Table(header, rows, (1.2, 2.6, 3.4, 3.4, 1.4, 2.8, 3))
    return _paper(reading, "包保联系卡", lead, table)


@reads
def visiting_list(reading: Reading, official: int, days: int = SOON) -> bytes:
    """The visits of an official that are overdue or due within so many days as PDF, with room for notes."""
    own = [pair for pair in _of_official(reading, official) if pair[1].pace.left <= days]
    last = day_words(reading.today + timedelta(days=days))
    name = reading.lookup().label("official", official) or ""
    if not own:
        raise DutyRefused(f"{name}到{last}没有该走访的农户，不用打印走访清单。")
    rows = tuple(
        (
            Cell(str(place), "centre"),
            Cell(charge.village),
            Cell(_head(charge)),
            Cell(charge.class_),
            Cell(charge.visited.isoformat() if charge.visited else "没有走访过"),
            Cell(charge.pace.due.isoformat() + ("\n已逾期" if charge.pace.late else "")),
            Cell(""),
        )
        for place, (_contact, charge) in enumerate(own, 1)
    )
    lead = f"走访人：{name}。到{last}应走访{len(own)}户，其中已逾期{sum(c.pace.late for _x, c in own)}户。"
    header = ("序号", "村（居）", "农户", "类别", "上次走访", "应走访日期", "走访情况")
    return _paper(reading, "入户走访清单", lead, Table(header, rows, (1.2, 2.4, 3, 3, 2.8, 3.2, 4)))


def _head(charge: Charge) -> str:
    """Who a household is, without its village, which stands in a column of its own."""
    return charge.label.removesuffix(charge.village).strip()


def _official(reading: Reading, official: int) -> str:
    """Name, department, post and telephone of an official, as who may see numbers is told them."""
    found = records.fetch_one(reading.conn, reading.tables, "official", official)
    told = covered(reading, reading.catalogue.ledgers["official"], found.values)
    department = reading.lookup().label("department", told["department"]) if told["department"] else ""
    parts = (department, told.get("post"), told.get("phone") and f"电话{told['phone']}")
    more = "，".join(str(part) for part in parts if part)
    return f"{told['name']}（{more}）" if more else str(told["name"])


def _of_official(reading: Reading, official: int) -> list[tuple[Contact, Charge]]:
    own = [
        (contact, charge)
        for charge in charges(reading)
        for contact in charge.contacts
        if contact.official == official
    ]
    if not has_duties(reading):
        raise DutyRefused(NO_DUTIES)
    if not own:
        raise DutyRefused("这个干部没有正在包保的农户。请先在“包保联系”台账里登记。")
    return own


def _paper(reading: Reading, title: str, lead: str, table: Table) -> bytes:
    name = reading.profile()
    body = (Paragraph((Run(lead),)), table)
    return pages_of(reading, Document((name.name, title), body, name.office, day_words(reading.today)))


def _all(reading: Reading, ledger_key: str, villages: tuple[int, ...] = ()) -> list[Record]:
    ids = browse.ids_of(reading.conn, reading.tables, Selection(ledger_key, None, villages))
    return records.fetch(reading.conn, reading.tables, ledger_key, ids)


def _rows(
    reading: Reading, ledger_key: str, fields: Sequence[str], villages: tuple[int, ...] = ()
) -> list[tuple[Any, ...]]:
    """Id and some fields of all records of a ledger; what was read is used again until the ledger changes."""
    asked = Asked(reading.tables, Scope(_EVER, villages), {})
    measure = Measure("count", ledger_key)
    return sorted(chosen_rows(reading.conn, reading.tables, measure, asked, fields), key=lambda row: row[0])


def _in_force(values: Mapping[str, Any], ended: str, day: date) -> bool:
    return _holds(values.get("from_on"), values.get(ended), day)


def _holds(since: date | None, until: date | None, day: date) -> bool:
    return since is not None and since <= day and (until is None or until >= day)


def _contacts(reading: Reading) -> dict[int, tuple[Contact, ...]]:
    found: dict[int, list[Contact]] = {}
    fields = ("official", "household", "role", "from_on", "to_on")
    rows = [row for row in _rows(reading, DUTY, fields) if _holds(row[4], row[5], reading.today)]
    # All at once: a question for each of the officials would be most of the work.
    names = labels(reading.conn, reading.tables, "official", {row[1] for row in rows})
    for duty, official, household, role, since, _until in rows:
        contact = Contact(duty, official, names.get(official, ""), role or "", since)
        found.setdefault(household, []).append(contact)
    return {household: tuple(own) for household, own in found.items()}


def _last_visits(reading: Reading) -> dict[int, date]:
    found: dict[int, date] = {}
    for _id, household, day in _rows(reading, VISIT, ("household", "date")):
        if day <= reading.today and (household not in found or found[household] < day):
            found[household] = day
    return found


def _households(reading: Reading, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """How households are called, and their villages."""
    wanted = sorted(set(ids))
    names = labels(reading.conn, reading.tables, "household", wanted)
    at = {row[0]: row[1] for row in _rows(reading, "household", ("village",))}
    villages = labels(reading.conn, reading.tables, "village", {at[id_] for id_ in wanted if id_ in at})
    return {id_: (names.get(id_, ""), villages.get(at.get(id_, 0), "")) for id_ in wanted}
