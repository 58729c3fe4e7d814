"""The register of forms asked for (报表): who asks, on what ground, when they are due, and what need not be typed again."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhengui.catalogue.model import FieldType
from zhengui.catalogue.path import dotted
from zhengui.catalogue.source import FIGURE, is_of, of_figure, source_of
from zhengui.exchange.match import bare_title
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.services.paper.ledger_sheet import ListSheet, save_pdf
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.writing import asked_forms, county_forms
from zhengui.storage.writing.asked_forms import AskedColumn, AskedForm
from zhengui.storage.writing.county_forms import Filling, FormAbout

__all__ = [
    "ADMITTED",
    "RHYTHMS",
    "AskedColumn",
    "AskedForm",
    "Due",
    "SavedTyping",
    "all_asked",
    "bring_back_asked",
    "due_words",
    "filled_by",
    "forms_due",
    "held_by",
    "propose_columns",
    "remove_asked",
    "save_asked",
    "save_register",
    "saved_entries",
]

RHYTHMS = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年", "once": "一次"}
ADMITTED = {"yes": "在准入清单内", "no": "不在准入清单内", "": "还没有核对"}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
#: A form that was asked for without a day is due on this one of the following month.
_USUAL_DAY = 5
#: So many days before it is due a form begins to be shown.
_AHEAD = 15
_PLAIN_TEXT = frozenset({"序号", "编号", "备注", "填表人", "审核人", "填报人"})


@dataclass(frozen=True, slots=True)
class Due:
    """A form to be handed in: for which span, by which day, whether it was filled for that span, whether it is late.

    `held` of its `columns` are in the ledgers already.
    """

    asked: AskedForm
    period: Period
    due: date
    filled: bool
    late: bool
    held: int
    columns: int


@dataclass(frozen=True, slots=True)
class SavedTyping:
    """What need not be typed again of a form in a year: how often it was filled, and how many cells that was."""

    title: str
    times: int
    cells: int


@writes(Right.ENTER)
def save_asked(writing: Writing, asked: AskedForm) -> int:
    """Enter a form that is asked for, or change it, and return its number; StorageProblem says what is lacking."""
    wrong = _wrong_with(writing, asked)
    if wrong:
        raise StorageProblem(wrong)
    return asked_forms.save(writing.conn, writing.tables, asked, writing.operator)


def _wrong_with(reading: Reading, asked: AskedForm) -> str:
    if not asked.title.strip():
        return "请写上报表的名称。"
    if not asked.asked_by.strip():
        return "请写上是哪个单位要的。"
    if asked.rhythm not in RHYTHMS:
        return "请选一下多久报一次。"
    if not 0 <= asked.due_day <= 31 or not 0 <= asked.due_month <= 12:
        return "报送日期不对。日写 1 到 31，月写 1 到 12。"
    if asked.rhythm == "once" and not (asked.begun and asked.due_month and asked.due_day):
        return "只报一次的报表，请写上是哪一年哪一月哪一日。"
    if asked.begun and asked.ended and asked.ended < asked.begun:
        return "停报的年份早于起报的年份，请对调。"
    if asked.form and all(
        each.id != asked.form for each in county_forms.all_forms(reading.conn, reading.tables)
    ):
        return "选的表样已经不在了。请重新选一张，或者先不选。"
    return ""


@writes(Right.ENTER)
def remove_asked(writing: Writing, number: int) -> None:
    """Take a form from the register; it can be brought back."""
    asked_forms.remove(writing.conn, writing.tables, number, writing.operator)


@writes(Right.ENTER)
def bring_back_asked(writing: Writing, number: int) -> None:
    """Put a form back into the register."""
    asked_forms.bring_back(writing.conn, writing.tables, number)


@reads
def all_asked(reading: Reading) -> list[AskedForm]:
    """The register in the order of its entries."""
    return asked_forms.all_asked(reading.conn, reading.tables)


@reads
def filled_by(reading: Reading) -> list[FormAbout]:
    """The county forms that can fill one that is asked for."""
    return county_forms.all_forms(reading.conn, reading.tables)


@reads
def held_by(reading: Reading, held: str) -> str:
    """Where a column is held, in words: 隐患 · 发现日期, or 指标 · 销号数; empty where it is held nowhere."""
    if is_of(FIGURE, held):
        found = reading.catalogue.indicators.get(source_of(held).key)
        return f"指标 · {found.title}" if found else ""
    ledger, field = dotted(held)
    known = reading.catalogue.ledgers.get(ledger)
    if known is None or field not in known.by_key:
        return ""
    return f"{known.title} · {known[field].title}"


@reads
def propose_columns(reading: Reading, titles: Sequence[str]) -> list[AskedColumn]:
    """Columns by their titles, each with the field or figure of the same title that holds it.

    Of several ledgers that have a title, the one that holds most of the form's columns is taken.
    """
    wanted = [title.strip() for title in titles if title.strip()]
    plain = {bare_title(title) for title in wanted} - _PLAIN_TEXT
    hits: dict[str, dict[str, str]] = {}
    living = reading.catalogue.in_years(reading.today.year)
    for ledger in living.live_ledgers.values():
        fields = (f for f in ledger.live_fields if f.type is not FieldType.ATTACHMENT)
        named = {bare_title(field.title): field.key for field in fields}
        hits[ledger.key] = {title: key for title, key in named.items() if title in plain}
    order = sorted(hits, key=lambda key: -len(hits[key]))
    figures = {bare_title(each.title): each.key for each in living.live_indicators.values()}
    found = []
    for title in wanted:
        bare = bare_title(title)
        ledger_key = next((key for key in order if bare in hits[key]), "")
        if ledger_key:
            found.append(AskedColumn(title, f"{ledger_key}.{hits[ledger_key][bare]}"))
        else:
            found.append(AskedColumn(title, of_figure(figures[bare]) if bare in figures else ""))
    return found


@reads
def forms_due(reading: Reading, day: date | None = None) -> list[Due]:
    """The forms that are due this month, or soon, or are late, the most urgent first.

    A form stays in the list until it was filled for its span, and those filled until their month is over.
    """
    today = day or reading.today
    fillings = county_forms.fillings(reading.conn, reading.tables)
    found = []
    for asked in all_asked(reading):
        for period, due in _spans(asked, today):
            filled = any(each.form == asked.form and each.period == period for each in fillings if asked.form)
            this_month = (due.year, due.month) == (today.year, today.month)
            near = 0 <= (due - today).days <= _AHEAD
            if this_month or near or (due < today and not filled and (today - due).days <= 31 and asked.form):
                held = sum(bool(column.held) for column in asked.columns)
                late = due < today and not filled and bool(asked.form)
                found.append(Due(asked, period, due, filled, late, held, len(asked.columns)))
    return sorted(found, key=lambda each: (each.filled, each.due, each.asked.id))


def _spans(asked: AskedForm, today: date) -> Iterator[tuple[Period, date]]:
    """The spans whose day may be near, with that day."""
    if asked.rhythm == "once":
        if asked.begun and asked.due_month:
            due = _day(asked.begun, asked.due_month, asked.due_day)
            yield periods.year(asked.begun), due
        return
    months = _MONTHS[asked.rhythm]
    for year in (today.year - 1, today.year):
        if (asked.begun and year < asked.begun) or (asked.ended and year >= asked.ended):
            continue
        for first in range(1, 13, months):
            last = first + months - 1
            period = Period(periods.month(year, first).start, periods.month(year, last).end)
            if asked.rhythm == "year" and asked.due_month:
                # A day from October on is in the year itself, as for a year-end form; before, in the next.
                of = year if asked.due_month >= 10 else year + 1
                yield period, _day(of, asked.due_month, asked.due_day)
            else:
                follows = year * 12 + last
                yield period, _day(follows // 12, follows % 12 + 1, asked.due_day)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day or _USUAL_DAY, calendar.monthrange(year, month)[1]))


@reads
def saved_entries(reading: Reading, year: int) -> list[SavedTyping]:
    """What need not be typed again in a year, form by form, those filled most at the front."""
    titles = {each.id: each.title for each in county_forms.all_forms(reading.conn, reading.tables)}
    found: dict[int, list[Filling]] = {}
    for each in county_forms.fillings(reading.conn, reading.tables):
        if each.at.year == year:
            found.setdefault(each.form, []).append(each)
    told = []
    for form, fillings in found.items():
        # Filled again for the same span and villages, a form saves its cells only once.
        once = {(each.period, each.villages): each.cells for each in reversed(fillings)}
        told.append(SavedTyping(titles.get(form, "（已移走的表样）"), len(once), sum(once.values())))
    return sorted(told, key=lambda each: -each.cells)


@reads
def register_sheet(reading: Reading, year: int) -> ListSheet:
    """The register as a list to print, with what it saves in the year."""
    rows = []
    saved = {each.title: each for each in saved_entries(reading, year)}
    titles = {each.id: each.title for each in county_forms.all_forms(reading.conn, reading.tables)}
    for asked in all_asked(reading):
        held = sum(bool(column.held) for column in asked.columns)
        share = f"{held}/{len(asked.columns)}" if asked.columns else ""
        spared = saved.get(titles.get(asked.form, ""))
        cells = str(spared.cells) if spared else "0"
        told = (asked.title, asked.asked_by, asked.ground, ADMITTED[asked.admitted])
        rows.append((*told, f"{RHYTHMS[asked.rhythm]} {due_words(asked)}", share, cells))
    whole = sum(each.cells for each in saved.values())
    lead = f"{year}年，登记报表 {len(rows)} 张，由台账直接填报 {whole} 格，不用再抄录。"
    header = ("报表名称", "要表单位", "依据", "准入清单", "报送时间", "台账已有列", "免抄录（格）")
    sums = ("", "", "", "", "", "", str(whole))
    return ListSheet(
        "报表登记表",
        lead,
        header,
        (170.0, 110.0, 130.0, 90.0, 110.0, 70.0, 80.0),
        tuple(rows),
        frozenset({5, 6}),
        sums,
    )


@reads
def save_register(reading: Reading, year: int, path: Path) -> int:
    """Write the register as PDF and return its pages."""
    return save_pdf(reading, register_sheet(reading, year), path)


def due_words(asked: AskedForm) -> str:
    """By when: 次月 5 日前, 次年 1 月 10 日前."""
    day = asked.due_day or _USUAL_DAY
    if asked.rhythm == "once":
        return f"{asked.begun}年{asked.due_month}月{day}日前"
    if asked.rhythm == "year" and asked.due_month:
        return f"{'当年' if asked.due_month >= 10 else '次年'} {asked.due_month} 月 {day} 日前"
    return f"{'次年 1 月' if asked.rhythm == 'year' else '期末次月'} {day} 日前"
