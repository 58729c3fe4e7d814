"""The commands of the command line, one module each; they only read arguments, call services and print."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import argparse

#: Where a command declares itself; each parser there speaks Chinese (`zhengui.cli.Parser`).
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
