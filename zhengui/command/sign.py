"""`sign`: which departments have signed the draft of a year, and signing for one."""

from __future__ import annotations

import argparse
import json

from zhengui.command import Commands, opened
from zhengui.command.problem import CommandProblem


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "sign",
        help="文稿会签：看哪些部门签了，或者替一个部门签",
        description="文稿会签：看哪些部门签了，或者替一个部门签。",
    )
    opened.add_database(parser)
    opened.add_scope(parser)
    parser.add_argument("--department", metavar="部门", help="会签这个部门的数字和段落")
    parser.add_argument("--undo", action="store_true", help="撤回这个部门的会签")
    parser.add_argument("--operator", metavar="姓名", default="", help="谁会签的")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the departments, or sign for one."""
    from zhengui.command.documents import document_of
    from zhengui.services.issue.sign_off import sheets, sign, take_back

    with opened.township(given, given.operator) as township:
        document = document_of(township, opened.scope(given, township))
        if given.department is not None:
            if given.undo:
                take_back(township, document, given.department)
                print(f"已撤回“{given.department}”的会签")
            else:
                sheet = sign(township, document, given.department)
                print(f"“{sheet.department}”{sheet.state}：{sheet.who}，{len(sheet.pieces)} 处")
            return 0
        if given.undo:
            raise CommandProblem("--undo 要和 --department 一起写，写明撤回哪个部门的会签。")
        found = sheets(township, document)
        if given.json:
            told = [
                {
                    "department": each.department,
                    "state": each.state,
                    "who": each.who,
                    "at": each.at.isoformat(sep=" ") if each.at else "",
                    "taken_back": list(each.taken_back),
                    "pieces": [{"key": p.key, "title": p.title, "shown": p.shown} for p in each.pieces],
                }
                for each in found
            ]
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return 0
        for each in found:
            who = f"，{each.who} {each.at:%Y-%m-%d %H:%M}" if each.at else ""
            print(f"{each.department}：{each.state}{who}（{len(each.pieces)} 处）")
            for change in each.taken_back:
                print(f"  {change}")
    return 0
