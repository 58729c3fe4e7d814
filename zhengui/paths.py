"""Where the program's own files and the user's files are, from the source tree or frozen, on Windows and Linux."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

PROGRAM = "Zhengui"
#: The file that makes a copy portable, and the folder of its data.
PORTABLE_MARK = "便携版.txt"
PORTABLE_DATA = "数据"


def is_frozen() -> bool:
    """Whether this is the installed program, not the source run by a Python."""
    return bool(getattr(sys, "frozen", False))


def is_portable() -> bool:
    """Whether this copy keeps its data beside itself, on a stick or in a folder that was only unpacked."""
    return is_frozen() and Path(sys.executable).with_name(PORTABLE_MARK).is_file()


def command_name() -> str:
    """What to type for the command line, as help and advice call it.

    Windows has two starters, and the one of the window has no output to read.
    """
    if not is_frozen():
        return "main.py"
    return "zhengui-cli.exe" if sys.platform == "win32" else Path(sys.executable).name


def window_starter() -> list[str]:
    """The words that start the window; a data file may stand behind them."""
    if not is_frozen():
        return [sys.executable, "main.py"]
    program = Path(sys.executable)
    return [str(program.with_name("zhengui.exe") if sys.platform == "win32" else program)]


@cache
def program_folder() -> Path:
    """The folder that holds `resources` and `db`: the source tree, or what the frozen program unpacked."""
    bundled: str | None = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parent.parent


def resource(path: str = "") -> Path:
    """A shipped file, named relative to `resources` with forward slashes: `resource("fonts/fang.ttf")`."""
    return program_folder() / "resources" / path


def migrations() -> Path:
    """The folder of numbered database migrations."""
    return program_folder() / "db" / "migrations"


def user_folder() -> Path:
    r"""Where this user's settings and first database live; made on first use.

    A portable copy (便携版.txt lies beside it): its folder 数据. Windows: %LOCALAPPDATA%\Zhengui. Elsewhere:
    $XDG_DATA_HOME/zhengui, or ~/.local/share/zhengui.
    ZHENGUI_HOME overrides both, for a memory stick, a shared computer or a test.
    """
    folder = _chosen_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _chosen_folder() -> Path:
    """The user's folder by the rules of the system, not yet made."""
    if chosen := os.environ.get("ZHENGUI_HOME"):
        return Path(chosen)
    if is_portable():
        return Path(sys.executable).parent / PORTABLE_DATA
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / PROGRAM
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / PROGRAM.lower()
