"""The command line: the same services as the window, for tests, IT staff and scripts."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from zhengui import __version__, debug_log
from zhengui.command import (
    catalogue,
    check,
    claims,
    demo,
    documents,
    draw,
    duty,
    figures,
    form,
    inspect,
    loop,
    merge,
    new,
    next_year,
    plan,
    ranking,
    record,
    report,
    safety,
    schedule,
    selftest,
    setting,
    sign,
    template,
    today,
    value,
    warnings,
    workbook,
)
from zhengui.command.problem import described
from zhengui.paths import command_name, is_frozen

#: What argparse says, in the office's language; the left side is a fragment of its sentence.
SENTENCES = (
    ("the following arguments are required: ", "还缺少："),
    ("unrecognized arguments: ", "不认识："),
    ("expected one argument", "后面要写一个值"),
    ("expected at least one argument", "后面至少要写一个值"),
    ("invalid choice: ", "没有这个选项："),
    ("invalid int value: ", "要写整数，不能写："),
    ("invalid float value: ", "要写数字，不能写："),
    ("ambiguous option: ", "不够明确："),
    (" could match ", " 可以是 "),
    ("ignored explicit argument ", "后面不能写值："),
    ("(choose from ", "（可选："),
    ("argument ", "参数 "),
    ("not allowed with ", "不能同时使用 "),
)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and leave with status 2."""
        for english, chinese in SENTENCES:
            message = message.replace(english, chinese)
        message = re.sub("'([^']*)'", "“\\1”", message)
        if "（" in message:
            message = message.replace("”, “", "”、“").replace(")", "）")
        self.exit(2, f"命令没有写对：{message}\n用法见：{self.prog} --help\n")

    def format_help(self) -> str:
        """The help text with its fixed words in Chinese."""
        text = super().format_help()
        for english, chinese in (
            ("usage: ", "用法："),
            ("positional arguments:", "要写的："),
            ("options:", "选项："),
            ("show this help message and exit", "显示这份说明"),
        ):
            text = text.replace(english, chinese)
        return text


def parser() -> Parser:
    """The parser of all commands."""
    top = Parser(prog=command_name(), description="政规：乡镇台账与年度总结。不带命令时打开窗口。")
    top.add_argument("--version", action="version", version=f"政规 {__version__}", help="显示版本")
    # Taken out of the arguments before they come here, wherever among them it stands; this tells of it.
    top.add_argument(
        "--debug", action="store_true", help="记下程序做了什么、用了多少时间，不记内容；见手册“命令行”"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Parser)
    for module in (
        demo,
        new,
        record,
        figures,
        claims,
        report,
        documents,
        sign,
        plan,
        schedule,
        next_year,
        loop,
        draw,
        duty,
        today,
        warnings,
        ranking,
        workbook,
        template,
        merge,
        form,
        check,
        setting,
        value,
        catalogue,
        inspect,
        safety,
        selftest,
    ):
        module.declare(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command; mistakes go to standard error in Chinese, with a status that is not zero."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are no text; telling of it must not stop the command.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = parser().parse_args(arguments)
    if hasattr(given, "demand"):
        given.demand(given)
    try:
        with debug_log.Timed("command", str(given.command)):
            status = int(given.run(given) or 0)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print("已停止，没有留下做了一半的文件。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read the output has had enough of it, as `head` does; that is no mistake.
        _let_go_of_output()
        return 0
    except Exception as problem:
        sentence = described(problem)
        if sentence is None and not is_frozen():
            raise
        print(sentence or _unforeseen(problem), file=sys.stderr)
        return 1


def _unforeseen(problem: Exception) -> str:
    """What the installed program says where it went wrong itself; the way there goes into a report."""
    told = "这一步没有做完，程序出了问题。已保存的数据不受影响，请再试一次。"
    try:
        from zhengui.gui.kit.crash import keep_report, where_the_report_is
        from zhengui.gui.kit.trouble import where_it_happened
    except ImportError:
        return told
    return told + where_the_report_is(keep_report("\n".join(where_it_happened(problem))))


def _let_go_of_output() -> None:
    """Keep the interpreter from writing the rest to a reader that is gone."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())
