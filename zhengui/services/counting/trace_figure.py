"""Lead a figure back to its records, and a record on to its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhengui.figures.figure import Figure
from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages, compute, measures_of
from zhengui.services.township import personal
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.browse.pages import Selection, ids_of
from zhengui.storage.counting.measured_rows import latest_ids, row_ids, takes_record
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import record as records
from zhengui.values.show import show


@dataclass(frozen=True, slots=True)
class TracedPart:
    """Records of one ledger behind a figure; `role` is value, or whole for what a share is taken of."""

    role: str
    ledger: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure with the records that make it."""

    figure: Figure
    parts: tuple[TracedPart, ...]

    @property
    def records(self) -> int:
        """How many different records there are in all parts."""
        return len({(part.ledger, record_id) for part in self.parts for record_id in part.ids})


@dataclass(frozen=True, slots=True)
class CountStep:
    """A line of the subtraction that explains a count: what it is, and how many records."""

    title: str
    count: int
    ids: tuple[int, ...]


@reads
def trace(reading: Reading, key: str, period: Period, villages: Villages = ()) -> Trace:
    """The records behind a figure, by the same conditions that compute it."""
    indicator = reading.catalogue.indicators[key]
    figure = compute(reading, period, villages, [key])[key]
    parameters = reading.parameters
    parts = []
    for role, measure in measures_of(indicator):
        found = row_ids(reading.conn, reading.tables, measure, Scope(period, villages), parameters)
        parts.append(TracedPart(role, measure.ledger, tuple(found)))
    return Trace(figure, tuple(parts))


@reads
def first_rows(
    reading: Reading, key: str, period: Period, villages: Villages = (), count: int = 60
) -> Trace | None:
    """As `trace`, with the latest records alone, at most `count` of the first ledger; None where they take as long."""
    indicator = reading.catalogue.indicators[key]
    measures = measures_of(indicator)
    if not measures:
        return None
    role, measure = measures[0]
    scope = Scope(period, villages)
    found = latest_ids(reading.conn, reading.tables, measure, scope, reading.parameters, count)
    if not found:
        return None
    figure = compute(reading, period, villages, [key])[key]
    return Trace(figure, (TracedPart(role, measure.ledger, tuple(found)),))


@reads
def rows(reading: Reading, found: Trace, masked: bool = True) -> list[dict[str, Any]]:
    """The records of a trace as plain data, each once: ledger, id, roles, values by field title."""
    told: dict[tuple[str, int], dict[str, Any]] = {}
    masked = masked or not personal.may_see(reading)
    lookup = reading.lookup()
    for part in found.parts:
        ledger = reading.catalogue.ledgers[part.ledger]
        for record in records.fetch(reading.conn, reading.tables, part.ledger, part.ids):
            row = told.setdefault(
                (part.ledger, record.id),
                {
                    "ledger": part.ledger,
                    "ledger_title": ledger.title,
                    "id": record.id,
                    "roles": [],
                    "values": {
                        f.title: show(f, record.values.get(f.key), lookup, masked) for f in ledger.live_fields
                    },
                },
            )
            row["roles"].append(part.role)
    return list(told.values())


@reads
def steps(reading: Reading, key: str, period: Period, villages: Villages = ()) -> list[CountStep]:
    """From all records of the ledger in the period to those that count, for a figure of one measure."""
    indicator = reading.catalogue.indicators[key]
    if indicator.measure is None or indicator.over is not None:
        return []
    ledger = reading.catalogue.ledgers[indicator.measure.ledger]
    everything = set(ids_of(reading.conn, reading.tables, Selection(ledger.key, period, villages)))
    counted = row_ids(
        reading.conn, reading.tables, indicator.measure, Scope(period, villages), reading.parameters
    )
    chosen = set(counted)
    left_out = tuple(sorted(everything - chosen))
    earlier = tuple(sorted(chosen - everything))
    told = [
        CountStep(f"台账“{ledger.title}”{period.title}的记录", len(everything), tuple(sorted(everything)))
    ]
    if left_out:
        told.append(CountStep("不符合条件，没有计入", -len(left_out), left_out))
    if earlier:
        told.append(CountStep("其他时间登记，这段时间计入", len(earlier), earlier))
    told.append(CountStep("计入本指标", len(chosen), tuple(counted)))
    return told


@reads
def figures_of(reading: Reading, ledger_key: str, record_id: int, period: Period) -> list[tuple[str, str]]:
    """The figures a record counts in, as (key, title), for the whole township and the period."""
    found = []
    parameters = reading.parameters
    for key, indicator in reading.living(period).live_indicators.items():
        for _role, measure in measures_of(indicator):
            if measure.ledger == ledger_key and takes_record(
                reading.conn, reading.tables, measure, Scope(period), parameters, record_id
            ):
                found.append((key, indicator.title))
                break
    return found
