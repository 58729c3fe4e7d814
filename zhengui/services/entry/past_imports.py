"""The imports that were made, and taking one back whole, also later."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.services.entry.record import Removed
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.storage.records import imports
from zhengui.storage.records import record as records
from zhengui.storage.records.imports import Import

__all__ = ["Import", "TakenBack", "all_imports", "take_back_import"]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import whose records went to the recycle bin; `changed` of them had been edited since."""

    one: Import
    removed: Removed
    changed: int


@reads
def all_imports(reading: Reading, ledger: str = "") -> list[Import]:
    """The imports of a ledger, or of all, the newest first."""
    return imports.all_imports(reading.conn, reading.tables, ledger)


@writes
def take_back_import(writing: Writing, number: int) -> TakenBack:
    """Move every record of an import to the recycle bin, from where they can be brought back.

    StorageProblem where there is no such import, or it was taken back already.
    """
    found = next((one for one in all_imports(writing) if one.id == number), None)
    if found is None:
        raise StorageProblem(f"没有编号是 {number} 的导入。请在导入记录里核对。")
    if found.undone_at is not None:
        raise StorageProblem(f"“{found.file}”的这次导入已经撤回过了。")
    ids = imports.live_of(writing.conn, writing.tables, found)
    changed = imports.changed_of(writing.conn, writing.tables, found.ledger, ids)
    if ids:
        records.delete(writing.conn, writing.tables, found.ledger, ids, writing.operator)
    imports.mark_undone(writing.conn, writing.tables, number, writing.operator)
    return TakenBack(found, Removed(found.ledger, tuple(ids)), changed)
