"""The imports that were made, and taking one back whole, also later."""

from __future__ import annotations

from dataclasses import dataclass

from zhengui.services.entry.record import Removed
from zhengui.services.entry.steps import same
from zhengui.services.problem import StorageProblem
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import imports
from zhengui.storage.records import record as records
from zhengui.storage.records.imports import Import

__all__ = ["Import", "TakenBack", "all_imports", "take_back_import"]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import whose records went to the recycle bin; `changed` of them had been edited since.

    `restored` records that it had changed are as they were before it; in `kept` of them a value was edited since
    and stays.
    """

    one: Import
    removed: Removed
    changed: int
    restored: int = 0
    kept: int = 0


@reads
def all_imports(reading: Reading, ledger: str = "") -> list[Import]:
    """The imports of a ledger, or of all, the newest first."""
    return imports.all_imports(reading.conn, reading.tables, ledger)


@writes(Right.ENTER)
def take_back_import(writing: Writing, number: int) -> TakenBack:
    """Move every record of an import to the recycle bin, and give the records that it changed back what they had.

    A value that somebody edited since stays as it is. StorageProblem where there is no such import, or it was taken back already.
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
    restored, kept = _give_back(writing, found)
    imports.mark_undone(writing.conn, writing.tables, number, writing.operator)
    return TakenBack(found, Removed(found.ledger, tuple(ids)), changed, restored, kept)


def _give_back(writing: Writing, one: Import) -> tuple[int, int]:
    """Put back the values that the import changed; how many records got theirs, and how many kept a later one."""
    where = (writing.conn, writing.tables, one.ledger)
    restored = kept = 0
    for change in imports.changes_of(writing.conn, writing.tables, one):
        (now,) = records.fetch(*where, [change.record]) or (None,)
        if now is None or now.deleted_at is not None:
            continue
        before = {key: old for key, (old, new) in change.changes.items() if same(now.values.get(key), new)}
        kept += len(before) < len(change.changes)
        if before:
            records.update(*where, change.record, before, writing.operator)
            restored += 1
    return restored, kept
