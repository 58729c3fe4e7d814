"""Find the record of a register that a typed name or its pinyin initials may mean."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.catalogue.model import FieldType
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.query import references
from zhengui.storage.records import record as records
from zhengui.values.lookup import nearest
from zhengui.values.show import show


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A record with its label; `note` tells apart people of one name by their masked ID number."""

    id: int
    label: str
    note: str = ""


@reads
def find(reading: Reading, register: str, text: str, limit: int = 50) -> list[FoundReference]:
    """Live records that fit the text, best first, all for an empty one; near names where none fits."""
    tables = reading.tables
    found = references.find_reference(reading.conn, tables, register, text, limit)
    if not found and text.strip():
        near = nearest(text, reading.lookup().names(register))
        found = references.find_reference(reading.conn, tables, register, near, limit) if near else []
    numbers = [f for f in reading.catalogue.ledgers[register].live_fields if f.type is FieldType.ID_NUMBER]
    notes = {}
    if numbers and found:
        kept = records.fetch(reading.conn, tables, register, [id for id, _label in found])
        notes = {record.id: show(numbers[0], record.values.get(numbers[0].key)) for record in kept}
    return [FoundReference(id, label, notes.get(id, "")) for id, label in found]
