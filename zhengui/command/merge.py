"""`merge`: a folder of the villages' workbooks into the ledgers, looked at first, and taken back whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "merge",
        help="合并各村报来的表",
        description="把一个文件夹里各村的表并入台账，先核对，全部写入或者都不写入。",
    )
    opened.add_database(parser)
    parser.add_argument("folder", metavar="文件夹", nargs="?", type=Path, help="放着各村表格的文件夹")
    parser.add_argument("--ledger", metavar="台账", action="append", help="只并入这本台账，可以写几次")
    parser.add_argument("--year", metavar="年", type=int, help="没有写年份的日期算哪一年，不写就是工作年度")
    parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    parser.add_argument(
        "--back", metavar="文件夹", type=Path, help="要改的行标在各村自己的表里，存到这个文件夹，退回各村"
    )
    parser.add_argument("--list", action="store_true", help="列出做过的合并")
    parser.add_argument("--undo", metavar="编号", type=int, help="撤回一次合并")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look at the folder, tell what is in it, and merge it."""
    from zhengui.services.sheets import merge_files

    if (given.folder is None) != (given.list or given.undo is not None):
        raise CommandProblem("请写明放着各村表格的文件夹，或者写 --list、--undo 编号。")
    back = given.back
    if back is not None and (not back.parent.is_dir() or (back.exists() and not back.is_dir())):
        raise CommandProblem(f"“{back}”不是能存放文件的文件夹。请换一个。")
    with opened.township(given) as township:
        if given.undo is not None:
            restored, left = merge_files.undo_merge(township, given.undo)
            rest = f"，{left} 条合并以后又改过，没有动" if left else ""
            print(f"已撤回，{restored} 条记录回到合并以前{rest}。")
            return 0
        if given.list:
            return _list(merge_files.all_merges(township))
        return _merge(given, township)


def _list(found: Any) -> int:
    for one in found:
        state = f"，{one.undone_at:%Y-%m-%d} 由{one.undone_by}撤回" if one.undone_at else ""
        told = f"{one.files} 个文件，新增 {one.added} 条，改动 {one.changed} 条"
        print(f"{one.id}　{one.at:%Y-%m-%d %H:%M}　{one.who}　{one.folder}　{told}{state}")
    if not found:
        print("还没有合并过。")
    return 0


def _merge(given: argparse.Namespace, township: Township) -> int:
    from zhengui.services.sheets import merge_files
    from zhengui.services.township import keep_backup
    from zhengui.services.township.working_year import working_year

    year = given.year or working_year(township)
    ledgers = [opened.ledger(township, each).key for each in given.ledger or ()]
    books = merge_files.read_folder(given.folder)
    preview = merge_files.look_at(township, given.folder, books, year, ledgers)
    counts = preview.counts
    for file in preview.files:
        _tell_file(file, counts)
    if preview.missing:
        print(f"没有交表的：{'、'.join(preview.missing)}。")
    for line in preview.lines:
        if line.told and line.kind != merge_files.CHANGED:
            where = f"{line.file} 第 {line.row} 行：" if line.row else f"{line.file}："
            print(f"{where}{line.told}", file=sys.stderr)
    if given.back is not None:
        _return(given.back, township, preview, books)
    if given.dry_run:
        print("只核对了，什么也没有写入。")
        return 0
    keep_backup.back_up_before(township, "合并")
    done = merge_files.merge(township, given.folder, books, year, ledgers, preview)
    left = f"，{done.left} 行没有并入" if done.left else ""
    print(f"已并入：新增 {done.added} 条，改动 {done.changed} 条{left}。编号 {done.number}，可以撤回。")
    return 0


def _return(target: Path, township: Township, preview: Any, books: Any) -> None:
    from zhengui.services.sheets.return_files import return_files

    made = return_files(township, preview, books, target)
    for path in made:
        print(f"要改的地方标在：{path.resolve()}")
    if not made:
        print("没有要退回的表。")


def _tell_file(file: Any, counted: Mapping[tuple[str, str], int]) -> None:
    from zhengui.services.sheets.merge_files import KINDS

    if file.problem:
        print(f"{file.name}：{file.problem}", file=sys.stderr)
        return
    counts = [f"{words} {n}" for kind, words in KINDS.items() if (n := counted.get((file.name, kind)))]
    print(
        f"{file.name}　{file.village_name or '？'}　{'、'.join(file.ledgers)}　{'，'.join(counts) or '没有记录'}"
    )
    for note in file.unused:
        print(f"{file.name}：{note}。", file=sys.stderr)
