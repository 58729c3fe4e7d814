"""Export a ledger's records to a workbook: plain columns under the fields' titles, ready to be imported again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.exchange.workbook_out import WrittenColumn, column_of, write_workbook
from zhengui.services.township import personal
from zhengui.services.township.reading import Reading, reads
from zhengui.services.township.rights import Right
from zhengui.services.township.working_year import ledger_in
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.query.references import labels
from zhengui.storage.records import record as records
from zhengui.values.clean import plain
from zhengui.values.naming import apart
from zhengui.values.show import AND
from zhengui.values.value import Value
from zhengui.work import Progress

#: Records read at a time, so that a large ledger needs little memory.
_PAGE = 5_000


@reads(Right.EXPORT)
def export_workbook(
    reading: Reading,
    ledger_key: str,
    path: Path,
    selection: Selection | None = None,
    progress: Progress | None = None,
) -> int:
    """Write the selected records (all live ones without a selection) and return their count.

    References are written as their names. Attachments stay in the township's file.
    Raises ExchangeProblem where the file can't be written, Cancelled where it was stopped.
    """
    span = selection.period if selection is not None else None
    known = reading.living(span).ledgers[ledger_key] if span is not None else ledger_in(reading, ledger_key)
    ledger, fields = known, exported_fields(known)
    columns: list[WrittenColumn] = [column_of(field) for field in fields]
    ids = browse.ids_of(
        reading.conn, reading.tables, selection or Selection(ledger_key, sort="", descending=False)
    )
    rows = _rows(reading, ledger, fields, ids)
    return write_workbook(path, columns, rows, title=ledger.title, whole=len(ids), progress=progress)


def exported_fields(ledger: Ledger) -> list[Field]:
    """The fields a workbook has columns for: all but attachments."""
    return [field for field in ledger.live_fields if field.type is not FieldType.ATTACHMENT]


def _rows(
    reading: Reading, ledger: Ledger, fields: Sequence[Field], ids: Sequence[int]
) -> Iterator[list[Value]]:
    names = NamedRecords(reading)
    titles = Titles((key, indicator.title) for key, indicator in reading.catalogue.indicators.items())
    keys = [field.key for field in fields]
    told: list[tuple[int, Mapping[Any, str]]] = [
        (place, names.of(field) if field.register else titles)
        for place, field in enumerate(fields)
        if field.register or field.type is FieldType.INDICATOR
    ]
    spoken = [(place, field) for place, field in enumerate(fields) if field.spoken]
    for start in range(0, len(ids), _PAGE):
        for record in records.fetch(reading.conn, reading.tables, ledger.key, ids[start : start + _PAGE]):
            values = personal.covered(reading, ledger, record.values)
            row: list[Any] = [values.get(key) for key in keys]
            for place, words in told:
                if row[place] is not None:
                    row[place] = words[row[place]]
            for place, field in spoken:
                value = row[place]
                if value is not None:
                    row[place] = (
                        tuple(map(field.said, value)) if isinstance(value, tuple) else field.said(value)
                    )
            yield row


class NamedRecords:
    """What stands in a workbook for the records that fields name; each register is read once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_register: dict[str, Names] = {}

    def of(self, field: Field) -> Mapping[Any, str]:
        """The words by the value of a field that names one record or several."""
        register = field.register
        if register not in self._by_register:
            self._by_register[register] = Names(self._reading, register)
        names = self._by_register[register]
        return Several(names) if field.many else names


class Several(dict[tuple[int, ...], str]):
    """The names of several records in one cell, which an import reads back one by one."""

    def __init__(self, names: Mapping[int, str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, ids: tuple[int, ...]) -> str:
        self[ids] = AND.join(self._names[id_] for id_ in ids)
        return self[ids]


class Names(dict[int, str]):
    """The names of a register's records, those of one name told apart, so that an import finds them again.

    Records in the recycle bin are asked for when one is needed.
    """

    def __init__(self, reading: Reading, register: str) -> None:
        super().__init__(labels(reading.conn, reading.tables, register))
        groups: dict[str, list[int]] = {}
        for id_, label in self.items():
            groups.setdefault(plain(label), []).append(id_)
        alike = [ids for ids in groups.values() if len(ids) > 1]
        known = reading.lookup().particulars(register, [id_ for ids in alike for id_ in ids])
        for ids in alike:
            told = apart({id_: known[id_] for id_ in ids if id_ in known})
            self.update({id_: f"{self[id_]}（{words}）" for id_, words in told.items() if words})
        self._reading, self._register = reading, register

    def __missing__(self, id_: int) -> str:
        name = labels(self._reading.conn, self._reading.tables, self._register, [id_]).get(id_, "")
        self[id_] = name
        return name


class Titles(dict[str, str]):
    """The titles of indicators; one that is gone still has its key."""

    def __missing__(self, key: str) -> str:
        return key
