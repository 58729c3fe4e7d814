"""`new`: an empty township in a file of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("new", help="新建一个空的数据文件", description="新建一个空的数据文件。")
    parser.add_argument("file", metavar="数据文件", type=Path, help="新文件的名称，以 .zgdb 结尾")
    parser.add_argument("--name", metavar="名称", required=True, help="乡镇或街道的名称，例如 清河镇")
    parser.add_argument("--operator", metavar="姓名", required=True, help="操作人，记在每次修改上")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Make the file and say where it is."""
    name, operator = given.name.strip(), given.operator.strip()
    if not name or not operator:
        raise CommandProblem("--name 和 --operator 后面是空的。请写乡镇的名称和操作人的姓名。")
    if given.file.suffix.lower() != ".zgdb":
        raise CommandProblem(f"“{given.file.name}”要以 .zgdb 结尾。")
    opened.check_place(given.file)
    if given.file.exists():
        raise CommandProblem(f"“{given.file}”已经存在，没有改动。请换一个文件名。")
    from zhengui.services.township.township import create_township

    create_township(given.file, name, operator).close()
    print(f"已新建“{name}”的数据文件：{given.file.resolve()}")
    return 0
