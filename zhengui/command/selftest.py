"""`selftest`: prove in a folder that this copy of the program works: database, figures, PDF, window."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengui.services.whole.selftest import CheckOutcome


from zhengui.command import Commands


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "selftest",
        help="检查程序是否完好",
        description="在一个文件夹里检查程序是否完好；结果同时写在那里的“自检结果.txt”里。",
    )
    parser.add_argument("folder", metavar="文件夹", type=Path, help="放检查结果的文件夹")
    parser.add_argument("--no-window", action="store_true", help="不检查窗口")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Run every check and print a line each; the status is 1 if one did not pass."""
    from zhengui.services.whole.selftest import verdict, write_result

    outcomes = []
    for outcome in _outcomes(given.folder, not given.no_window):
        outcomes.append(outcome)
        print(outcome.line(), flush=True)
    print(verdict(outcomes))
    write_result(given.folder, outcomes)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _outcomes(folder: Path, window: bool) -> Iterator[CheckOutcome]:
    from zhengui.services.whole.selftest import CheckOutcome, checks, tried

    for name, check in checks(folder):
        yield tried(name, check)
    if not window:
        return
    try:
        from zhengui.gui.frame.selftest import checks as window_checks
    except ImportError as missing:
        yield CheckOutcome("窗口", False, f"缺少 {missing.name or '系统的图形库'}，请重新运行一次安装程序。")
        return
    for name, check in window_checks(folder):
        yield tried(name, check)
