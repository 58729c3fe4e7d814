"""`import` with wishes: which sheet, which heading, which columns; shown first, with changes, or only what is right."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhengui.catalogue.model import Ledger
    from zhengui.services.entry.incoming import ImportPreview, RowPlan
    from zhengui.services.entry.read_sources import Picked
    from zhengui.services.township.township import Township

#: So many changed rows and so many mistakes are told one by one.
_TOLD = 200


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options to `import`."""
    parser.add_argument(
        "--sheet", metavar="工作表", action="append", help="读哪张工作表，可以写几次；不写就读最合适的一张"
    )
    parser.add_argument(
        "--heading", metavar="行", help="表头在第几行，例如 3；两三行的写 3-4；不写就由程序找"
    )
    parser.add_argument("--match", metavar="文件", type=Path, help="列的配法，写明表里的列对应哪个字段")
    parser.add_argument("--update", action="store_true", help="已经登记过的按表里的改，空白的格不改")
    parser.add_argument("--dry-run", action="store_true", help="只说将会怎样，不写入")
    parser.add_argument("--partial", action="store_true", help="先导入正确的行，其余的连同原因存成一份表退回")


def is_wished(given: argparse.Namespace) -> bool:
    """Whether any of the options was given."""
    return bool(given.sheet or given.heading or given.match or given.update or given.dry_run or given.partial)


def run(township: Township, ledger: Ledger, given: argparse.Namespace) -> int:
    """Preview the import and, unless only that was asked for, do it."""
    from zhengui.services.entry.apply_import import apply_import, remarks_of
    from zhengui.services.entry.import_matches import ImportMatch, match_for, read_match
    from zhengui.services.entry.incoming import RowDeed, Wishes
    from zhengui.services.entry.preview_import import preview_import
    from zhengui.services.entry.read_sources import file_source, read_sheets
    from zhengui.services.entry.return_rows import return_rows, returned_path

    source = file_source(given.file)
    sheets, others = read_sheets(township.catalogue, ledger, source, _picked(given))
    titles = [title for sheet in sheets for title in sheet.look.heading.titles]
    match: ImportMatch | None = (
        read_match(given.match, ledger) if given.match else match_for(township, ledger.key, titles)
    )
    known = match or ImportMatch(0, "", ledger.key, ())
    wishes = Wishes(
        known.columns, known.values, known.fixed, given.update, again=given.again, year=given.year
    )
    preview = preview_import(township, ledger.key, sheets, wishes, others)
    for line in remarks_of(preview):
        print(line, file=sys.stderr)
    if given.dry_run:
        for sheet in sheets:
            print(f"工作表“{sheet.name}”，表头在{sheet.look.heading.words}。")
        _tell_all(township, preview)
        return 1 if preview.count(RowDeed.REFUSED) else 0
    refused = preview.count(RowDeed.REFUSED)
    if refused:
        count = _tell_mistakes(preview)
        if not given.partial:
            print(
                f"共 {count} 处要改，没有写入任何一行。改好后再导入，或加 --partial 先导入其余的行。",
                file=sys.stderr,
            )
            return 1
    done = apply_import(township, preview, source, partial=given.partial)
    told = [f"更新 {done.changed} 条"] if done.changed else []
    told += [f"相同的 {done.same} 条没有动"] if done.same else []
    print("，".join([f"已导入{ledger.noun} {done.added} 条", *told]) + "。")
    if refused:
        back = return_rows(preview, source, sheets, returned_path(source), taken=True)
        print(f"{refused} 行没有导入，原因写在：{back.resolve()}")
        return 1
    return 0


def _picked(given: argparse.Namespace) -> list[Picked]:
    heading = None
    if given.heading:
        rows = re.fullmatch(r"(\d{1,7})(?:\s*[-—~到]\s*(\d{1,7}))?", given.heading.strip())
        first, last = (int(rows[1]), int(rows[2] or rows[1])) if rows else (0, 0)
        if not 1 <= first <= last <= first + 4:
            raise CommandProblem("--heading 请写表头的行号，例如 3；两三行的写 3-4。")
        heading = (first, last)
    names: list[str] = given.sheet or ([""] if heading else [])
    return [(name, heading) for name in names]


def _tell_all(township: Township, preview: ImportPreview) -> None:
    """What the import would do, column by column and row by row."""
    from zhengui.services.entry.incoming import RowDeed

    for match in preview.columns:
        field = preview.ledger.by_key.get(match.field)
        print(f"“{match.title}” → {f'{field.title}（{match.ground}）' if field else match.ground}")
    changed = preview.of(RowDeed.UPDATE)
    for row in changed[:_TOLD]:
        print(f"第 {row.row} 行，更新{_changes(township, preview, row)}")
    if len(changed) > _TOLD:
        print(f"……另有 {len(changed) - _TOLD} 行更新")
    for bad in preview.bad_values:
        rows = "、".join(str(row) for _sheet, row in bad.rows[:8])
        print(
            f"{bad.field.title}“{bad.shown}”认不出来，第 {rows} 行，共 {len(bad.rows)} 行。", file=sys.stderr
        )
    if preview.count(RowDeed.REFUSED):
        _tell_mistakes(preview)
    counts = "，".join(f"{deed} {preview.count(deed)} 行" for deed in RowDeed if preview.count(deed))
    print(f"{counts or '没有要导入的行'}。没有写入任何内容。")


def _changes(township: Township, preview: ImportPreview, row: RowPlan) -> str:
    with township.reading() as reading:
        label = reading.label(preview.ledger, row.record)
        told = [
            f"{title} {old or '（空）'} → {new}"
            for title, old, new in reading.told(preview.ledger, row.changes)
        ]
    return f"“{label}”：{'；'.join(told)}"


def _tell_mistakes(preview: ImportPreview) -> int:
    """Tell the first mistakes; returns how many there are."""
    found = list(_mistakes(preview))
    several = len({row.sheet for row in preview.rows}) > 1
    for row, column, message in found[:_TOLD]:
        sheet = f"“{row.sheet}”" if several else ""
        print(f"{sheet}第 {row.row} 行，{column}：{message}", file=sys.stderr)
    return len(found)


def _mistakes(preview: ImportPreview) -> Iterator[tuple[RowPlan, str, str]]:
    from zhengui.services.entry.incoming import RowDeed

    for row in preview.of(RowDeed.REFUSED):
        for mistake in row.mistakes:
            if mistake.severity == "error":
                yield row, mistake.column, mistake.message
