"""Do what a preview said: all of it in one transaction, noted in the history, to be taken back as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sources import FileSource
from zhengui.services.entry.incoming import ImportPreview, RowDeed, RowPlan
from zhengui.services.entry.preview_import import still_holds
from zhengui.services.township import keep_backup, rights
from zhengui.services.township.reading import Reading, Writing, reads
from zhengui.services.township.rights import Right
from zhengui.services.township.township import Township
from zhengui.storage.records import imports, log
from zhengui.storage.records import record as records
from zhengui.storage.records.imports import Import
from zhengui.work import Progress

_STEP = 500
#: So many remarks are kept with an import.
_KEPT = 50


@dataclass(frozen=True, slots=True)
class ImportDone:
    """What came of an import; `number` is the import's, to take it back whole, 0 where nothing was written."""

    ledger: str
    number: int
    added: int
    changed: int
    same: int
    left: int
    refused: int

    @property
    def read(self) -> int:
        """How many rows were read as records."""
        return self.added + self.changed + self.same + self.left + self.refused


class Overtaken(ExchangeProblem):
    """The records were changed since the preview was made; it has to be made anew."""


class NotWhole(ExchangeProblem):
    """Some rows can't come in, and going on without them was not asked for."""


@reads
def imported_before(reading: Reading, ledger: str, source: FileSource) -> Import | None:
    """The last import of the very same content that is still in force, or None."""
    digest = source.digest
    found = imports.of_file(reading.conn, reading.tables, ledger, digest) if digest else None
    if found is None or not (found.changed or imports.live_of(reading.conn, reading.tables, found)):
        return None
    return found


def apply_import(
    township: Township,
    preview: ImportPreview,
    source: FileSource,
    *,
    partial: bool = False,
    progress: Progress | None = None,
) -> ImportDone:
    """Add and change the records as the preview says, all or nothing.

    With `partial` the rows that can't come in are left out; without, NotWhole is raised where there are any. Raises
    Overtaken where the records were changed since the preview. `progress` may raise to end it, and nothing is kept.
    """
    rights.expect(township.account, Right.ENTER)
    refused = preview.count(RowDeed.REFUSED)
    if refused and not partial:
        raise NotWhole(f"有 {refused} 行不能导入，没有写入任何一行。请改好后再导入，或者先导入其余的行。")
    if not preview.changes_anything:
        return _told(preview, 0)
    keep_backup.back_up_before(township, "导入")
    with township.writing() as writing:
        log.name_deed(writing.conn, "entry.import_workbook.import_rows")
        if not still_holds(writing, preview):
            raise Overtaken("核对以后，台账又有人改过。请重新核对一遍再导入。")
        number = _write(writing, preview, source, progress)
    return _told(preview, number)


def _write(writing: Writing, preview: ImportPreview, source: FileSource, progress: Progress | None) -> int:
    ledger = preview.ledger.key
    where = (writing.conn, writing.tables, ledger)
    told = _Telling(progress, preview.count(RowDeed.ADD) + preview.count(RowDeed.UPDATE))
    added = records.insert_many(
        *where, (told(row).values for row in preview.of(RowDeed.ADD)), writing.operator, batch=source.name
    )
    changed = []
    for row in preview.of(RowDeed.UPDATE):
        told(row)
        values = {key: after for key, (_before, after) in row.changes.items()}
        version = records.update(*where, row.record, values, writing.operator, row.version, batch=source.name)
        changed.append((row.record, version))
    return imports.keep(
        *where, source.name, source.digest, added, writing.operator, changed, summary_of(preview)
    )


class _Telling:
    """Tells how many rows have passed."""

    def __init__(self, progress: Progress | None, whole: int) -> None:
        self._progress, self._count, self._whole = progress, 0, whole

    def __call__(self, row: RowPlan) -> RowPlan:
        self._count += 1
        if self._progress is not None and self._count % _STEP == 0:
            self._progress(self._count, self._whole)
        return row


def _told(preview: ImportPreview, number: int) -> ImportDone:
    counts = [
        preview.count(deed)
        for deed in (RowDeed.ADD, RowDeed.UPDATE, RowDeed.SAME, RowDeed.LEFT, RowDeed.REFUSED)
    ]
    return ImportDone(preview.ledger.key, number, *counts)


def summary_of(preview: ImportPreview) -> Mapping[str, object]:
    """What came of the import, as the history keeps it."""
    remarks = remarks_of(preview)
    return {
        "read": len(preview.rows),
        "added": preview.count(RowDeed.ADD),
        "changed": preview.count(RowDeed.UPDATE),
        "same": preview.count(RowDeed.SAME),
        "left": preview.count(RowDeed.LEFT),
        "refused": preview.count(RowDeed.REFUSED),
        "columns": [[match.title, match.field] for match in preview.columns],
        "remarks": remarks[:_KEPT],
    }


def remarks_of(preview: ImportPreview) -> list[str]:
    """What of the file was not used, in sentences."""
    told = []
    if preview.unused:
        told.append(f"“{'”“'.join(preview.unused)}”这{len(preview.unused)}列没有导入。")
    if preview.other_sheets:
        told.append(f"工作表“{'”“'.join(preview.other_sheets)}”没有读。")
    return [*told, *preview.remarks]


def words_of(summary: Mapping[str, object]) -> str:
    """The numbers of a summary in one line; empty for an import that kept none."""
    names = (
        ("added", "新增"),
        ("changed", "更新"),
        ("same", "相同未动"),
        ("left", "未导入"),
        ("refused", "不能导入"),
    )
    told = [f"{word} {summary[key]} 条" for key, word in names if summary.get(key)]
    return f"读到 {summary['read']} 行：{'，'.join(told)}" if summary and told else ""
