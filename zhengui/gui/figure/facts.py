"""What the drill-down of a figure shows, read in a worker: value, years, steps, completeness, records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import FieldType, Indicator
from zhengui.figures import period as periods
from zhengui.figures.figure import ENTERED, Figure
from zhengui.figures.period import Period
from zhengui.figures.trend import change
from zhengui.gui.figure.words import number_and_unit
from zhengui.gui.kit.year_bars import YearValue
from zhengui.services.counting import compute_figures, trace_figure
from zhengui.services.counting.split_figure import Split, split
from zhengui.services.counting.trace_figure import CountStep
from zhengui.services.issue.issue_document import issued_content
from zhengui.services.returns.report_status import missing_reports
from zhengui.services.township.reading import Reading, reads

Villages = tuple[int, ...]
YEARS = 4


@dataclass(frozen=True, slots=True)
class RecordsSheet:
    """Records of one ledger: those that count, or those that do not."""

    key: str
    title: str
    ledger: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """Everything about one figure in one scope."""

    indicator: Indicator
    figure: Figure
    number: str
    unit: str
    change: str
    against: str
    years: Sequence[YearValue]
    steps: Sequence[CountStep]
    sheets: Sequence[RecordsSheet]
    reports: Sequence[tuple[bool, str]]
    split: Split
    issued: str = ""


@dataclass(frozen=True, slots=True)
class First:
    """What is seen of a figure at once: its value and its latest records; all else follows as `FigureFacts`."""

    indicator: Indicator
    figure: Figure
    number: str
    unit: str
    sheet: RecordsSheet


@reads
def read_first(reading: Reading, key: str, period: Period, villages: Villages) -> First | None:
    """The beginning of a figure's records, where it is found sooner than all of them; for a worker."""
    indicator = reading.catalogue.indicators[key]
    found = trace_figure.first_rows(reading, key, period, villages)
    if found is None:
        return None
    number, unit = number_and_unit(indicator, found.figure.value)
    return First(indicator, found.figure, number, unit, _sheets(reading, found.parts, ())[0])


@reads
def read_facts(
    reading: Reading,
    key: str,
    period: Period,
    villages: Villages,
    compared: Period | None,
    issue: int = 0,
) -> FigureFacts:
    """Trace a figure; for a worker. `issue` is the issued document it was clicked in, or 0."""
    indicator = reading.catalogue.indicators[key]
    traced = trace_figure.trace(reading, key, period, villages)
    number, unit = number_and_unit(indicator, traced.figure.value)
    steps = trace_figure.steps(reading, key, period, villages)
    told, against = "", ""
    if compared is not None:
        before = compute_figures.compute(reading, compared, villages, [key])[key]
        told = change(traced.figure.value, before.value, indicator).text
        told += ENTERED if before.entered and told else ""
        same_year_before = compared == period.previous()
        against = ("比上年" if period.is_year else "比上年同期") if same_year_before else "比上期"
    return FigureFacts(
        indicator,
        traced.figure,
        number,
        unit + traced.figure.mark,
        told,
        against,
        _years(reading, indicator, period, villages),
        steps,
        _sheets(reading, traced.parts, steps),
        _reports(reading, indicator, period, villages),
        split(reading, traced, period, villages),
        _issued(reading, issue, traced.figure) if issue else "",
    )


def _issued(reading: Reading, issue: int, now: Figure) -> str:
    """What the issued document says, where the records say something else by now."""
    frozen = next((f for f in issued_content(reading, issue).figures if f.key == now.key), None)
    if frozen is None or frozen.value == (None if now.value is None else Decimal(now.value)):
        return ""
    return f"签发的文稿写作 {frozen.display}，当时 {frozen.records} 条记录；签发以后台账改过，下面是现在的数和记录。"


def _years(reading: Reading, indicator: Indicator, period: Period, villages: Villages) -> list[YearValue]:
    if not period.is_year or indicator.display.style in ("month", "day"):
        return []
    found = []
    for year in range(period.year - YEARS + 1, period.year + 1):
        figure = compute_figures.compute(reading, periods.year(year), villages, [indicator.key])[
            indicator.key
        ]
        number, unit = number_and_unit(indicator, figure.value)
        found.append(
            YearValue(
                year,
                figure.value,
                number + (unit if unit == "%" else "") + figure.mark,
            )
        )
    while len(found) > 2 and found[0].value is None:
        del found[0]
    return found


def _sheets(
    reading: Reading, parts: Sequence[trace_figure.TracedPart], steps: Sequence[CountStep]
) -> list[RecordsSheet]:
    """The records that count, by ledger; then those that do not, where a subtraction tells them."""
    titles = {"value": "计入的记录", "whole": "作为总数的记录"}
    ledgers = {part.ledger for part in parts}
    found = []
    for part in parts:
        title = titles[part.role]
        if len(ledgers) > 1:
            title = reading.catalogue.ledgers[part.ledger].title
        found.append(RecordsSheet(f"{part.role}:{part.ledger}", title, part.ledger, part.ids))
    out = [step for step in steps if step.count < 0]
    if out and parts:
        found.append(RecordsSheet("out", "未计入", parts[0].ledger, out[0].ids))
    return found


def _reports(
    reading: Reading, indicator: Indicator, period: Period, villages: Villages
) -> list[tuple[bool, str]]:
    """Whether every village has reported the months that are over, and which months are not over yet."""
    measure = indicator.measure
    ledger = reading.catalogue.ledgers[measure.ledger] if measure is not None else None
    if (
        ledger is None
        or ledger.register
        or not ledger.period
        or ledger[ledger.period[0]].type is FieldType.YEAR
    ):
        return []
    today = reading.today
    over = [m for m in period.months() if m < today.year * 100 + today.month]
    if not over:
        return [(False, "这段时间还没有到报送期")]
    missing = missing_reports(reading, ledger.key, tuple(over), villages)
    if not missing:
        return [(True, f"{_months(over)}均已报送")]
    by_month = Counter(month for _village, months in missing for month in months)
    lines = []
    for month, count in sorted(by_month.items(), reverse=True)[:3]:
        where = reading.speech(f"{count} 个村（居）" if ledger.village else "全镇")
        lines.append((False, f"{month % 100}月有{where}没有记录，也没有零报告"))
    if len(by_month) > len(lines):
        lines.append((False, f"另有 {len(by_month) - len(lines)} 个月没有报齐"))
    return lines


def _months(months: Sequence[int]) -> str:
    first, last = months[0] % 100, months[-1] % 100
    return f"{first}月" if first == last else f"{first}—{last}月"
