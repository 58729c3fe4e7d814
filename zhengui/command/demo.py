"""`demo`: make the demo township with three years of invented records, and print its yearly document."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zhengui.command import Commands


def declare(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "demo",
        help="生成演示镇和它的年度总结",
        description="生成演示镇的数据和年度总结。镇、村和人物均为虚构。",
    )
    parser.add_argument("folder", metavar="文件夹", type=Path, help="放在哪个文件夹")
    parser.add_argument("--scale", metavar="倍数", type=float, default=1.0, help="记录数的倍数，1 约为三万条")
    parser.add_argument("--seed", metavar="种子", type=int, default=2021, help="同一个种子生成同样的数据")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Make the demo and say where it is."""
    from zhengui.services.whole.demo import make_demo

    def tell(done: int, whole: int, what: str = "", /) -> None:
        if sys.stderr.isatty():
            print(f"\r{what} {done}/{whole}　　", end="", file=sys.stderr, flush=True)

    made = make_demo(given.folder, scale=given.scale, seed=given.seed, progress=tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"演示数据（镇、村和人物均为虚构）：{made.database.resolve()}，共 {made.records} 条记录")
    if made.pdf is not None:
        print(f"年度文稿：{made.pdf.resolve()}，共 {made.pages} 页，83 个指标中 {made.known} 个有数")
    print(f"打开窗口：{_opening(made.database)}")
    return 0


def _opening(database: Path) -> str:
    """The command that opens the window, as it can be pasted where this one was typed."""
    from zhengui.paths import window_starter

    words = [*window_starter(), str(database)]
    program = Path(words[0])
    if program.is_relative_to(Path.cwd()):
        words[0] = str(program.relative_to(Path.cwd()))
    return " ".join(f'"{word}"' if " " in word else word for word in words)
