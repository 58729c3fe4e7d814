"""Wire the program together: a command on the command line, or the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zhengui import debug_log
from zhengui.paths import command_name, is_frozen, user_folder

_STOP = 0x10  # MB_ICONSTOP
_SET_DUMPABLE = 4  # PR_SET_DUMPABLE
_A_BLOCK = 4096  # bytes
_MUCH_GARBAGE = 400_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments say; returns the exit status."""
    if getattr(sys, "frozen", False) and is_helper(sys.argv):
        # A frozen program starts its reading child as itself; this call is where such a child turns off.
        import multiprocessing

        multiprocessing.freeze_support()
    # The tables, the catalogue and a document are many things that stay: seldom looking for garbage saves a sixth.
    gc.set_threshold(50_000, 20, 20)
    leave_no_core()
    _give_streams()
    given, areas = debug_log.asked(list(sys.argv[1:] if arguments is None else arguments))
    if areas is not None:
        unknown = [area for area in areas if area not in debug_log.AREAS]
        if unknown:
            print(f"--debug 没有“{unknown[0]}”，可以写：{'、'.join(debug_log.AREAS)}。", file=sys.stderr)
            return 2
        debug_log.switch_on(areas, user_folder())
    try:
        return _begin(given)
    finally:
        debug_log.switch_off()


def is_helper(line: Sequence[str]) -> bool:
    """Whether this command line is one by which Python starts a child, or on Linux what looks after children."""
    return line[1:2] == ["--multiprocessing-fork"] or "-c" in line[1:]


def whole_program() -> int:
    """As `main`, in a process that has nothing else to do and ends with it."""
    status = main()
    if "PySide6" not in sys.modules:
        # What a command leaves goes with its process: looking through it all for garbage takes a tenth of a second.
        gc.freeze()
    return status


def _begin(given: Sequence[str]) -> int:
    """Run the command, or open the window where there is none."""
    if given and not _is_database(given[0]):
        from zhengui.cli import run

        # A command ends soon, and its memory with it: looking for garbage pays only where there is very much of it.
        gc.set_threshold(_MUCH_GARBAGE, 20, 20)
        return run(given)
    return open_window(Path(given[0]) if given else None)


def leave_no_core() -> None:
    """Let a crash write no image of the memory to the disk: it would hold the data and their key."""
    if sys.platform != "linux":
        return
    import ctypes
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    # A limit does not hold where the system pipes cores to a program of its own; this does.
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def open_window(path: Path | None) -> int:
    """Show the window on a database, on the last one used, or on the first-day page."""
    trouble = _no_place_for_data()
    if trouble:
        tell_without_qt(trouble)
        return 1
    # What is made before the first frame stays; looking through it for garbage would only take time.
    gc.disable()
    try:
        from zhengui.gui.frame.start import start
    except ImportError as missing:
        # Qt's own libraries need a few of the system's, which a bare server lacks; or a shipped one is gone.
        tell_without_qt(_why_no_window(missing))
        return 1
    return start(path)


def _no_place_for_data() -> str:
    """What to tell where the folder of settings and data can be neither made nor written to; empty if it can."""
    try:
        probe = user_folder() / f".place-{os.getpid()}"
        try:
            # An empty file finds room on a full disk, too.
            probe.write_bytes(bytes(_A_BLOCK))
        finally:
            probe.unlink(missing_ok=True)
        return ""
    except OSError as trouble:
        where = f"“{Path(str(trouble.filename)).parent}”" if trouble.filename else ""
        return (
            f"政规打不开：存放数据和设置的文件夹{where}不能写入，或磁盘已满。"
            "请检查这个文件夹的权限，清理磁盘，再打开政规；便携版请换到能写入的文件夹。"
        )


def _why_no_window(missing: ImportError) -> str:
    what = missing.name or "系统的图形库"
    if is_frozen():
        return (
            f"政规的窗口打不开：程序文件缺了一部分（{what}），可能被删除，或被杀毒软件隔离。台账数据不受影响。"
            "请重新安装一次，再打开政规；如果还是这样，请让杀毒软件信任政规，或请维护人员检查系统的图形库。"
        )
    return f"这台电脑不能显示窗口（缺少 {what}）。命令行仍可使用：{command_name()} --help"


def tell_without_qt(sentence: str) -> None:
    """Say something where Qt cannot: in a box of Windows' own, elsewhere on standard error."""
    if sys.platform == "win32" and is_frozen():
        import ctypes

        ctypes.WinDLL("user32").MessageBoxW(None, sentence, "政规", _STOP)
    else:
        print(sentence, file=sys.stderr)


def _give_streams() -> None:
    """Let prints go nowhere where there is no output: Windows gives the window's starter none."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it lasts as long as the program
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _is_database(argument: str) -> bool:
    # Windows does not tell capitals apart, and a file may come from a stick that wrote them.
    return argument.lower().endswith(".zgdb")
