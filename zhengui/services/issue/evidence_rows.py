"""The records behind a figure as a book shows them: the telling columns, names and photos, as they were or are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhengui.catalogue.model import PEOPLE_TYPES, Field, FieldType, Ledger, Measure
from zhengui.catalogue.path import dotted
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.query.references import labels
from zhengui.storage.records import edits_since, links
from zhengui.storage.records import record as records
from zhengui.storage.records.edits_since import Point
from zhengui.values.parted import parted, told_parts, told_total
from zhengui.values.show import show
from zhengui.values.value import Value

#: So many columns stand side by side on an upright page.
MOST_COLUMNS = 6
_LONGEST = 120
_TITLES_OF_PEOPLE = ("姓名", "户主", "信访人", "当事人", "上报人")
_WIDTHS = {FieldType.LONG_TEXT: 4.0, FieldType.TEXT: 3.0, FieldType.DATE: 2.2, FieldType.CHOICE: 2.0}
_USUAL_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A record in words: one cell a column, and the ids of its files."""

    id: int
    cells: tuple[str, ...]
    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """The records of one ledger behind a figure."""

    ledger: Ledger
    columns: tuple[Field, ...]
    rows: tuple[EvidenceRow, ...]
    totals: tuple[str, ...] = ()

    @property
    def widths(self) -> tuple[float, ...]:
        """Relative widths of the columns."""
        return tuple(_WIDTHS.get(column.type, _USUAL_WIDTH) for column in self.columns)


@dataclass(slots=True)
class KnownNames:
    """The labels of everything that some records refer to, looked up in one go."""

    named: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Records of this label among those looked up."""
        return [pair for pair in self.named.get(register, {}).items() if pair[1] == text]

    def label(self, register: str, id: int) -> str | None:
        """The label of a record."""
        return self.named.get(register, {}).get(id)

    def names(self, register: str) -> list[str]:
        """The labels of a register that were looked up."""
        return list(self.named.get(register, {}).values())


@reads
def table_of(
    reading: Reading,
    measure: Measure,
    ids: Sequence[int],
    masked: bool,
    point: Point | None = None,
) -> EvidenceTable:
    """The records `ids` of the measure's ledger, as they are now or as they were at a point of the history."""
    ledger = reading.catalogue.ledgers[measure.ledger]
    columns = telling_columns(ledger, measure)
    values = _values(reading, ledger, ids, point)
    known = _names(reading, columns, values.values())
    files: dict[int, list[int]] = {}
    for record, _field, attachments in links.of_records(reading.conn, reading.tables, ledger.key, ids):
        files.setdefault(record, []).extend(attachments)
    rows = tuple(
        EvidenceRow(
            record,
            tuple(_cell(column, values[record].get(column.key), known, masked) for column in columns),
            tuple(files.get(record, ())),
        )
        for record in ids
        if record in values
    )
    kept = [values[record] for record in ids if record in values]
    return EvidenceTable(ledger, columns, rows, tuple(_total(column, kept) for column in columns))


def _total(column: Field, rows: Sequence[Mapping[str, Any]]) -> str:
    """What the records come to in a column; kind by kind where it has several."""
    if not column.is_number or len(rows) < 2:  # one record is its own total
        return ""
    if column.total_by:
        return told_parts(column, parted(column, rows))
    numbers = [row[column.key] for row in rows if row.get(column.key) is not None]
    return told_total(column, sum(numbers)) if column.total and numbers else ""


def telling_columns(ledger: Ledger, measure: Measure) -> tuple[Field, ...]:
    """The columns that say when, where and what, and those that the figure itself looks at."""
    asked = [path for each in measure.where for path in [each.path]] + list(measure.fields)
    asked += [*measure.timing.fields, *ledger.period, ledger.village, *ledger.label]
    wanted = dict.fromkeys(dotted(path).first for path in asked)
    wanted |= dict.fromkeys(f.key for f in ledger.live_fields if f.in_table)
    kinds = (FieldType.ATTACHMENT, FieldType.LONG_TEXT)
    found = [key for key in wanted if key in ledger.by_key and ledger[key].type not in kinds][:MOST_COLUMNS]
    return tuple(f for f in ledger.fields if f.key in found)


def mask_name(label: str) -> str:
    """张三丰 becomes 张**; what stands behind the name, such as a village, stays."""
    name, space, rest = label.partition(" ")
    return name[:1] + "*" * max(1, len(name) - 1) + space + rest if name else label


def _names_a_person(column: Field) -> bool:
    return column.type in PEOPLE_TYPES or any(word in column.title for word in _TITLES_OF_PEOPLE)


def _values(
    reading: Reading, ledger: Ledger, ids: Sequence[int], point: Point | None
) -> Mapping[int, Mapping[str, Value]]:
    if point is not None:
        return edits_since.values_at(reading.conn, reading.tables, ledger.key, ids, point)
    return {
        record.id: record.values for record in records.fetch(reading.conn, reading.tables, ledger.key, ids)
    }


def _names(reading: Reading, columns: Iterable[Field], rows: Iterable[Mapping[str, Value]]) -> KnownNames:
    wanted: dict[str, set[int]] = {}
    references = [column for column in columns if column.register]
    for row in rows:
        for column in references:
            wanted.setdefault(column.register, set()).update(column.ids_of(row.get(column.key)))
    return KnownNames({key: labels(reading.conn, reading.tables, key, ids) for key, ids in wanted.items()})


def _cell(column: Field, value: Value, known: KnownNames, masked: bool) -> str:
    text = show(column, value, known, masked)
    if masked and text and _names_a_person(column):
        text = mask_name(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
