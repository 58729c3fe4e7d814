"""`verify`, `backup`, `restore`: whether a data file is whole, a copy of it, and a copy put in its place."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the commands to the parser."""
    verify = commands.add_parser(
        "verify",
        help="检查数据文件或备份是否完整、有没有被改过",
        description="读出每一页，检查数据文件或备份是否完整；再核对操作记录，指出不经过程序被改过的记录。不改动文件。",
    )
    opened.add_database(verify)
    verify.add_argument("--code", metavar="核对码", default="", help="再看签发的文稿上印的核对码对不对得上")
    verify.set_defaults(run=run_verify)
    backup = commands.add_parser(
        "backup", help="备份数据文件", description="写一份核对过的备份，程序开着也可以。"
    )
    opened.add_database(backup)
    backup.add_argument(
        "target", metavar="目标", type=Path, nargs="?", help="写到哪个文件；不写就放进备份文件夹"
    )
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser(
        "restore",
        help="从备份恢复数据文件",
        description="用备份替换数据文件，原来的文件另存在旁边。不写备份就列出有哪些。",
    )
    restore.add_argument(
        "database", metavar="数据文件", type=Path, help="政规的数据文件（.zgdb），可以已经没有了"
    )
    restore.add_argument("backup", metavar="备份", type=Path, nargs="?", help="用哪一份备份")
    opened.add_password(restore)
    restore.set_defaults(run=run_restore)


def run_verify(given: argparse.Namespace) -> int:
    """Say whether the file is whole; the status is 1 where it isn't."""
    from zhengui.services.township.check_file import check_file

    _unlock_if_whole(given)
    verdict = check_file(given.database)
    for words in verdict.told:
        print(words)
    for words in verdict.troubles:
        print(words, file=sys.stderr)
    followed = True
    if verdict.told:
        followed = _tell_log(given.database)
        if given.code:
            followed = _tell_code(given.database, given.code) and followed
    if verdict.ways:
        print(
            "可以用来恢复的备份（main.py restore 数据文件 备份）：", *verdict.ways, sep="\n", file=sys.stderr
        )
    return 0 if followed and not verdict.troubles else 1


def _unlock_if_whole(given: argparse.Namespace) -> None:
    """Give the password of the file; one whose vault is spoilt opens for nobody, and needs a way back all the more."""
    from zhengui.services.problem import Damaged

    with suppress(Damaged):
        opened.unlock(given, given.database)


def _tell_log(path: Path) -> bool:
    """Say whether the log follows and the records are what it last saw; True where they are."""
    from zhengui.services.township.check_log import check_log_of

    checked = check_log_of(path)
    if checked is None:
        print("还没有操作记录，或文件由较早的版本保存：用这个版本打开一次以后再核对。")
        return True
    print(checked.words())
    print(f"最后一行的核对码：{checked.head}")
    for each in checked.found:
        print(each.sentence, file=sys.stderr)
    return not checked.found


def _tell_code(path: Path, code: str) -> bool:
    """Say whether a printed code is the log's; True where it is."""
    from zhengui.services.township.check_log import code_of_closed

    told = code_of_closed(path, code)
    print(told)
    return told.startswith("对得上")


def run_backup(given: argparse.Namespace) -> int:
    """Write a proved copy and say where it is."""
    from zhengui.services.township import keep_backup

    if given.target is not None:
        opened.check_place(given.target)
    with opened.township(given) as township:
        made = keep_backup.back_up_now(township, given.target)
    print(f"已备份并核对：{made}（{made.stat().st_size / 1e6:.1f} MB）。旁边的 {_key_of(made)}，要一起保存。")
    return 0


def _key_of(made: Path) -> str:
    from zhengui.services.township import login

    return ".vault 里是它的密码" if login.is_protected(made) else ".key 是它的钥匙"


def run_restore(given: argparse.Namespace) -> int:
    """Put a backup in the place of the file, or list the backups."""
    from zhengui.services.township import keep_backup

    if given.database.is_file():
        _unlock_if_whole(given)
    if given.backup is not None and given.backup.is_file():
        opened.unlock(given, given.backup)
    if given.backup is None:
        kept = keep_backup.standing(given.database)
        if not kept:
            raise CommandProblem(f"“{given.database.stem}-备份”文件夹里没有备份。请写上备份文件的位置。")
        for each in kept:
            print(f"{each.backup.made_at:%Y-%m-%d %H:%M}　{each.backup.path}　{each.missing}")
        return 0
    if not given.backup.is_file():
        raise CommandProblem(f"没有找到备份“{given.backup}”。请检查文件名和文件夹。")
    opened.check_place(given.database)
    aside = keep_backup.restore_backup(given.backup, given.database)
    print(f"已从“{given.backup.name}”恢复：{given.database}")
    if aside is not None:
        print(f"原来的文件另存为：{aside}")
    return 0
