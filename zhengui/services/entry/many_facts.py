"""What the rules ask of the file, answered for many rows with few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhengui.catalogue.model import Ledger
from zhengui.services.township.reading import Reading, StoredFacts
from zhengui.storage.records.keys import existing_keys, plain_key, plain_keys
from zhengui.storage.records.record import overlapping
from zhengui.values.mistake import Overlap
from zhengui.values.value import Value


class ManyStoredFacts(StoredFacts):
    """Answers for many rows: the business keys of the ledger are read once, birth dates once each."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading, None)
        self._keys: dict[tuple[str, ...], dict[tuple[Value, ...], int]] = {}
        self._births: dict[int, date | None] = {}
        self._spans: dict[tuple[Value, ...], list[tuple[int, date, date | None]]] = {}

    def birth_date(self, person_id: int) -> date | None:
        """A person's birth date, if known."""
        if person_id not in self._births:
            self._births[person_id] = super().birth_date(person_id)
        return self._births[person_id]

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        """The id of another live record with the same values in `fields`."""
        asked = tuple(fields)
        if asked not in self._keys:
            self._keys[asked] = existing_keys(self.reading.conn, self.reading.tables, ledger.key, asked)
        return self._keys[asked].get(plain_key(ledger, asked, values))

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> Overlap | None:
        """As for a single record, but nothing gives way: a workbook says itself what has ended when.

        Also seen are the rows that came before in the workbook.
        """
        what: Value = values.get(fields[0])
        begun: Any = values.get(fields[1])
        ended: Any = values.get(fields[2])
        spans = self._spans.get((*fields, what))
        if spans is None:
            where = (self.reading.conn, self.reading.tables, ledger.key, fields)
            spans = self._spans[*fields, what] = overlapping(*where, {fields[0]: what, fields[1]: date.min})
        for record, first, last in spans:
            if (last is None or last >= begun) and (ended is None or first <= ended):
                label = self.reading.label(ledger, record) if record else "本表前面的一行"
                return Overlap(record, label, first, gives_way=False)
        spans.append((0, begun, ended))
        return None

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Value]]) -> bool:
        """Whether a live record has the values of any of `keys`."""
        asked = tuple(fields)
        if asked not in self._keys:
            self._keys[asked] = existing_keys(self.reading.conn, self.reading.tables, ledger.key, asked)
        known = self._keys[asked]
        return bool(known) and any(key in known for key in plain_keys(ledger, asked, keys))
