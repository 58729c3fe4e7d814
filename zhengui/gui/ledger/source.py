"""Where a ledger's table gets its records: ids, sums and counts in a worker, a page of rows when it is seen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengui.catalogue.closed_loop import CLOSED, DUE, OVERDUE, RECTIFIED, is_overdue, state_of
from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.gui.ledger.column_filter import WantedValues
from zhengui.gui.ledger.columns import DELETED, STATE, Column
from zhengui.gui.ledger.model import LedgerRow
from zhengui.services.entry import browse_records, review_rows
from zhengui.services.entry.browse_records import ColumnValue, Filter, Record, Selection
from zhengui.services.entry.review_rows import Reviewing
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.township import Township
from zhengui.values.parted import told_total
from zhengui.values.show import show
from zhengui.values.value import Value

#: A due date so near gets a label.
SOON = 7


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a table shows for a selection: ids in order, sums in words by field, counts by state.

    `everything` counts the live records of the ledger, whatever is selected; `undated` those that the
    period leaves out only because they have no date.
    """

    selection: Selection
    ids: array[int]
    sums: Mapping[str, str]
    states: Mapping[str, int]
    everything: int
    undated: int
    reviewing: Reviewing | None = None
    review_counts: Mapping[str, int] | None = None


@reads
def load(reading: Reading, selection: Selection) -> Loaded:
    """Everything a table needs before its first page."""
    ledger = reading.catalogue.ledgers[selection.ledger]
    reviewing = None if selection.bin else review_rows.reviewing(reading, ledger.key)
    asked = review_rows.resolved(reading, selection, reviewing)
    found = browse_records.select(reading, asked)
    everything = found.everything
    if asked is not selection and selection.ids is None:
        everything = browse_records.counts(reading, [ledger.key])[ledger.key]
    counts = None if reviewing is None else review_rows.counts(reading, selection, reviewing)
    told = {
        key: told_total(ledger[key], value) for key, value in found.sums.items() if value not in (None, ())
    }
    return Loaded(selection, found.ids, told, found.states, everything, found.undated, reviewing, counts)


def load_until(township: Township, selection: Selection, cancelled: Callable[[], bool]) -> Loaded:
    """The same; Cancelled as soon as nobody waits for it any more."""
    with township.reading(cancelled) as reading:
        return load(reading, selection)


def load_first(township: Township, selection: Selection, cancelled: Callable[[], bool]) -> array[int] | None:
    """The ids that a search or a sort begins with, where they are told sooner than all of it; else None."""
    with township.reading(cancelled) as reading:
        asked = review_rows.resolved(reading, selection)
        return browse_records.first_ids(reading, asked)


@reads
def fetch(reading: Reading, ledger: Ledger, ids: Sequence[int], columns: Sequence[Column]) -> list[LedgerRow]:
    """Rows of a ledger ready to be shown, in the order of `ids`."""
    page = browse_records.page(reading, ledger.key, ids)
    lookup = _Labels(page.labels, reading)
    today = reading.today
    return [_row(ledger, record, columns, lookup, today) for record in page.records]


@reads
def choices(reading: Reading, selection: Selection, key: str) -> list[tuple[Value, str]]:
    """The values that occur in a column, as (value, text with count); None for empty ones."""
    field = reading.catalogue.ledgers[selection.ledger][key]
    asked = review_rows.resolved(reading, selection)
    found = browse_records.distinct_values(reading, asked, key)
    return [(c.value, f"{_choice_text(field, c)}　{c.count}") for c in found]


def _choice_text(field: Field, choice: ColumnValue) -> str:
    if choice.value is None:
        return "（没填）"
    if field.type is FieldType.YES_NO:
        return "是" if choice.value else "否"
    return field.said(choice.label)


def filter_of(key: str, wanted: WantedValues) -> Filter:
    """What a column's panel asked, as storage understands it."""
    values = (None,) if wanted.empty else wanted.values or None
    return Filter(key, wanted.contains, values, wanted.low, wanted.high)


class _Labels:
    """Names for `show`, from one page."""

    def __init__(self, labels: Mapping[str, Mapping[int, str]], reading: Reading) -> None:
        self._labels, self._indicators = labels, reading.catalogue.indicators

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Nothing: a table only shows."""
        return []

    def label(self, register: str, id: int) -> str | None:
        """A record's name."""
        return self._labels.get(register, {}).get(id)

    def indicator_key(self, text: str) -> str | None:
        """Nothing: a table only shows."""
        return None

    def indicator_title(self, key: str) -> str | None:
        """A figure's title."""
        found = self._indicators.get(key)
        return found.title if found else None


def _row(
    ledger: Ledger, record: Record, columns: Sequence[Column], lookup: _Labels, today: date
) -> LedgerRow:
    values = record.values
    texts: dict[str, str] = {}
    for column in columns:
        if column.field is not None:
            value = values.get(column.key)
            texts[column.key] = show(column.field, value, lookup) if value is not None else ""
            if column.is_number and value is None:
                texts[column.key] = "—"
    if record.deleted_at is not None:
        texts[DELETED] = f"{record.deleted_at:%Y-%m-%d %H:%M} {record.deleted_by or ''}"
    if not ledger.closed_loop:
        return LedgerRow(record.id, texts, values)
    state, late = state_of(values), is_overdue(values, today)
    texts[STATE] = state
    return LedgerRow(record.id, texts, values, state, late, _labels(values, late, today))


def _labels(values: Mapping[str, Value], late: bool, today: date) -> dict[str, tuple[str, str]]:
    due = values.get(DUE)
    done = values.get(RECTIFIED) is not None or values.get(CLOSED) is not None
    if not isinstance(due, date) or done:
        return {}
    days = (due - today).days
    if late:
        return {DUE: (f"{OVERDUE} {-days} 天", "over")}
    return {DUE: ("今天到期" if days == 0 else f"余 {days} 天", "warn")} if days <= SOON else {}
