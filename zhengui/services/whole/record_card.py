"""Everything about one village, household or person: its record, its figures, and all that happened, on one line of time.

Printed it is a village's 村情卡, or the like of a household, a person, an enterprise, an official.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.figures.period import Period
from zhengui.reports.document import Block, Cell, Document, Paragraph, Run, Table
from zhengui.services.counting.compute_figures import compare, measures_of
from zhengui.services.loops.duties import DUTY
from zhengui.services.returns.report_status import asked_ledgers, missing_reports
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.query.references import labels
from zhengui.storage.records import record as records
from zhengui.storage.records import references_to
from zhengui.values.show import show
from zhengui.whole_file import write_whole

#: What a card is called on paper, by the register; any other is 情况卡.
NAMES = {"village": "村情卡", "household": "农户情况卡", "person": "个人情况卡", "enterprise": "企业情况卡"}
#: So many records of a ledger stand in a village's line of time; the rest is counted.
MOST_OF_LEDGER = 30
_CLOSED, OPEN = "closed_on", "未销号"


@dataclass(frozen=True, slots=True)
class Happening:
    """A record that concerns what the card is about: when it was, in which ledger, what it is called."""

    ledger: str
    record: int
    when: str
    order: int
    title: str
    words: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a village beside that of the year before."""

    area: str
    key: str
    title: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Card:
    """`facts` are (title, text) of the record itself, `counts` (ledger, title, how many) of all that concerns it.

    `missing` are (ledger's title, months) that a village has not reported of the period, `contacts` officials by name.
    """

    register: str
    record: int
    name: str
    kind: str
    period: Period
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str, int], ...]
    happenings: tuple[Happening, ...]
    figures: tuple[FigureLine, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    contacts: tuple[str, ...] = ()


@reads
def card_of(reading: Reading, register: str, record: int, period: Period) -> Card:
    """What is known of a register's record; a village's of the period, anything else's of all times.

    Raises KeyError for a record that is not there.
    """
    ledger = reading.living(period).ledgers[register]
    held = records.fetch_one(reading.conn, reading.tables, register, record).values
    lookup = reading.lookup()
    facts = tuple(
        (field.title, f"{text}{field.unit}")
        for field in ledger.live_fields
        if field.type is not FieldType.ATTACHMENT and (text := show(field, held.get(field.key), lookup))
    )
    concerning = dict(
        _of_village(reading, record, period) if register == "village" else _of(reading, register, record)
    )
    ledgers = reading.catalogue.ledgers
    happened = [
        each
        for key, ids in concerning.items()
        for each in _happenings(reading, ledgers[key], ids[:MOST_OF_LEDGER])
    ]
    happened.sort(key=lambda each: (-each.order, each.title, each.record))
    village = register == "village"
    return Card(
        register,
        record,
        reading.label(ledger, record),
        NAMES.get(register, "情况卡"),
        period,
        facts,
        tuple((key, ledgers[key].title, len(ids)) for key, ids in concerning.items()),
        tuple(happened),
        tuple(_figures(reading, record, period)) if village else (),
        tuple(_missing(reading, record, period)) if village else (),
        tuple(_contacts(reading, record)) if village else (),
    )


def _of_village(reading: Reading, village: int, period: Period) -> Iterator[tuple[str, Sequence[int]]]:
    """The records of a village by ledger, the latest first: those of the period, and all of what has no time."""
    for ledger in reading.living(period).live_ledgers.values():
        if ledger.village and ledger.key != "village":
            span = period if ledger.period else None
            ids = browse.ids_of(reading.conn, reading.tables, Selection(ledger.key, span, (village,)))
            if ids:
                yield ledger.key, list(ids)


def _of(reading: Reading, register: str, record: int) -> Iterator[tuple[str, Sequence[int]]]:
    """The records that refer to another one; to a household also those that refer to one of its people."""
    where = (reading.conn, reading.tables)
    found = references_to.find(*where, register, [record])
    if register == "household":
        people = [each.record for each in found if each.ledger == "person"]
        found += references_to.find(*where, "person", people)
    by_ledger: dict[str, list[int]] = {}
    for each in found:
        ids = by_ledger.setdefault(each.ledger, [])
        if each.record not in ids:
            ids.append(each.record)
    for key in reading.catalogue.ledgers:
        if key in by_ledger:
            yield key, sorted(by_ledger[key], reverse=True)


def _happenings(reading: Reading, ledger: Ledger, ids: Iterable[int]) -> Iterator[Happening]:
    if ledger.register:
        return
    chosen = list(ids)
    named = labels(reading.conn, reading.tables, ledger.key, chosen)
    for each in records.fetch(reading.conn, reading.tables, ledger.key, chosen):
        when, order = _when(ledger, each.values)
        state = ""
        if ledger.closed_loop:
            state = "已销号" if each.values.get(_CLOSED) else OPEN
        yield Happening(ledger.key, each.id, when, order, ledger.title, named.get(each.id, ""), state)


def _when(ledger: Ledger, values: object) -> tuple[str, int]:
    """When a record was, in words and as a number that sorts; nothing where it has no time."""
    held = values.get(ledger.period[0]) if ledger.period and isinstance(values, dict) else None
    if isinstance(held, date):
        return held.isoformat(), held.toordinal()
    if isinstance(held, int) and held > 9999:
        return f"{held // 100}-{held % 100:02d}", date(held // 100, held % 100, 1).toordinal()
    if isinstance(held, int):
        return f"{held}年", date(held, 1, 1).toordinal()
    return "", 0


def _figures(reading: Reading, village: int, period: Period) -> Iterator[FigureLine]:
    """What is known of a village in the period, area by area."""
    ledgers = reading.catalogue.ledgers
    wanted = [
        each
        for each in reading.living(period).live_indicators.values()
        if each.measure is not None
        and not each.part
        and all(ledgers[measure.ledger].village for _role, measure in measures_of(each))
    ]
    compared = compare(reading, period, (village,), [each.key for each in wanted])
    titles = {area.key: area.short for area in reading.catalogue.areas}
    order = {key: place for place, key in enumerate(titles)}
    for each in sorted(wanted, key=lambda one: order[one.area]):
        both = compared[each.key]
        if both.now.value is not None and (both.now.value or both.before.value):
            before = both.before.marked if both.before.known else "—"
            yield FigureLine(titles[each.area], each.key, each.title, both.now.marked, before)


def _missing(reading: Reading, village: int, period: Period) -> Iterator[tuple[str, str]]:
    today = reading.today.year * 100 + reading.today.month
    months = [month for month in period.months() if month < today]
    for key in asked_ledgers(reading, period.end.year):
        for _name, owed in missing_reports(reading, key, tuple(months), (village,)):
            told = "、".join(f"{month % 100}月" for month in owed)
            yield reading.catalogue.ledgers[key].title, told


def _contacts(reading: Reading, village: int) -> Iterator[str]:
    """Who is the contact of the village's households today, with how many: 周斌（3户）."""
    if not reading.keeps(DUTY):
        return
    ids = browse.ids_of(reading.conn, reading.tables, Selection(DUTY, None, (village,)))
    counts: Counter[int] = Counter()
    for each in records.fetch(reading.conn, reading.tables, DUTY, ids):
        until = each.values.get("to_on")
        if until is None or until >= reading.today:
            counts[each.values["official"]] += 1
    named = labels(reading.conn, reading.tables, "official", counts)
    for official, count in counts.most_common():
        yield f"{named.get(official, '')}（{count}户）"


@reads
def document_of(reading: Reading, card: Card) -> Document:
    """The card on paper; of a village, whose year has thousands of records, what the summary prints and what is open."""
    village = card.register == "village"
    blocks: list[Block] = [_pairs("基本情况", card.facts)]
    if card.contacts:
        blocks.append(Paragraph((Run(f"包保联系：{'、'.join(card.contacts)}。"),)))
    numbered = [each for each in card.figures if reading.catalogue.indicators[each.key].n is not None]
    if numbered:
        rows = tuple(
            (Cell(each.area), Cell(each.title), Cell(each.now, "right"), Cell(each.before, "right"))
            for each in numbered
        )
        header = ("领域", "指标", card.period.title, card.period.previous().title)
        blocks.append(Table(header, rows, (1.6, 3.6, 1.6, 1.6), caption=f"{card.period.title}主要指标"))
    if card.missing:
        told = "；".join(f"{title}：{months}" for title, months in card.missing)
        blocks.append(Paragraph((Run(f"还没有报送：{told}。"),)))
    if village and card.counts:
        counted = tuple((title, f"{count}条") for _ledger, title, count in card.counts)
        blocks.append(_pairs(f"{card.period.title}登记的记录", counted))
    listed = [each for each in card.happenings if not village or each.state == OPEN]
    if listed:
        rows = tuple(
            (Cell(each.when, "centre"), Cell(each.title), Cell(each.words), Cell(each.state, "centre"))
            for each in listed
        )
        caption = "还没有办结的事项" if village else "登记的事项"
        blocks.append(Table(("日期", "台账", "事项", "状态"), rows, (1.7, 1.8, 4.6, 1.1), caption=caption))
    profile, today = reading.profile(), reading.today
    day = f"{today.year}年{today.month}月{today.day}日"
    return Document((card.name, reading.speech(card.kind)), tuple(blocks), profile.office, day)


def _pairs(caption: str, facts: Sequence[tuple[str, str]]) -> Table:
    """Facts two beside each other."""
    both = [*facts, ("", "")] if len(facts) % 2 else list(facts)
    rows = tuple(
        tuple(Cell(text) for pair in both[place : place + 2] for text in pair)
        for place in range(0, len(both), 2)
    )
    return Table(("项目", "内容", "项目", "内容"), rows, (1.4, 2.6, 1.4, 2.6), caption=caption)


@reads
def save_pdf(reading: Reading, card: Card, path: Path) -> int:
    """Write the card as PDF and return its pages."""
    from zhengui.reports.gb9704 import render
    from zhengui.services.township.page_settings import settings_of

    buffer = BytesIO()
    rendered = render(document_of(reading, card), buffer, settings_of(reading).page())
    write_whole(path, buffer.getvalue())
    return rendered.pages
