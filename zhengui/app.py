"""Wire the program together: a command on the command line, or the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments say; returns the exit status."""
    if getattr(sys, "frozen", False):
        # A frozen program starts its reading child as itself; this call is where such a child turns off.
        import multiprocessing

        multiprocessing.freeze_support()
    # The tables, the catalogue and a document are many things that stay: seldom looking for garbage saves a sixth.
    gc.set_threshold(50_000, 20, 20)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and not _is_database(given[0]):
        from zhengui.cli import run

        return run(given)
    return open_window(Path(given[0]) if given else None)


def open_window(path: Path | None) -> int:
    """Show the window on a database, on the last one used, or on the first-day page."""
    # What is made before the first frame stays; looking through it for garbage would only take time.
    gc.disable()
    try:
        from zhengui.gui.frame.start import start
    except ImportError as missing:
        # Qt's own libraries need a few of the system's; a bare server has none.
        print(
            f"这台电脑不能显示窗口（缺少 {missing.name or missing}）。命令行仍可使用：main.py --help",
            file=sys.stderr,
        )
        return 1
    return start(path)


def _is_database(argument: str) -> bool:
    return argument.endswith(".zgdb")
