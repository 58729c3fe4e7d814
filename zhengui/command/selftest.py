"""`selftest`: prove in a folder that this copy of the program works: database, figures, PDF, window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def declare(commands: Any) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "selftest", help="检查程序是否完好", description="在一个文件夹里检查程序是否完好。"
    )
    parser.add_argument("folder", metavar="文件夹", type=Path, help="放检查结果的文件夹")
    parser.add_argument("--no-window", action="store_true", help="不检查窗口")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Run every check and print a line each; the status is 1 if one did not pass."""
    from zhengui.services.whole.selftest import checks

    passed = True
    for name, check in checks(given.folder):
        try:
            print(f"通过　{name}：{check()}")
        except Exception as problem:  # noqa: BLE001 - a check may stop in any way, and the others still run
            passed = False
            print(f"没通过　{name}：{type(problem).__name__} {problem}")
    if not given.no_window:
        passed = _window(given.folder) and passed
    print("全部通过" if passed else "有没通过的检查，请把上面的内容发给维护人员")
    return 0 if passed else 1


def _window(folder: Path) -> bool:
    try:
        from zhengui.gui.frame.start import selftest

        print(f"通过　窗口：{selftest(folder)}")
    except Exception as problem:  # noqa: BLE001 - whatever keeps the window shut belongs in the report
        print(f"没通过　窗口：{type(problem).__name__} {problem}")
        return False
    return True
