"""What the system is, on Windows without starting another program to ask it."""

from __future__ import annotations

import json
import subprocess
import sys

# Everywhere but on Windows a Windows is played: Python finds out the same way what it is.
PLAYED = """
import os, sys
from types import SimpleNamespace
if sys.platform != "win32":
    class Version(tuple):
        service_pack_major, product_type, platform_version = 0, 1, (10, 0, 19045)
    sys.platform, sys.getwindowsversion = "win32", lambda: Version((6, 2, 9200))
    del os.uname
    os.environ["PROCESSOR_ARCHITECTURE"] = "AMD64"
import platform, subprocess
started = []
subprocess.check_output = lambda *words, **more: started.append(words) or ""
"""
ASKS = """
import json
found = [platform.system(), platform.release(), platform.version(), platform.machine(), platform.node()]
print(json.dumps([started, found]))
"""


def _found(between: str) -> tuple[list[str], list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", PLAYED + between + ASKS], capture_output=True, text=True, check=True
    )
    started, found = json.loads(run.stdout)
    return started, found


def test_the_system_is_known_without_starting_a_program() -> None:
    assert _found("")[0], "Python asks the command interpreter no more, so this module can go"
    started, found = _found("from zhengui.storage.no_shell import ask_no_shell; ask_no_shell()")
    assert started == []
    assert found[0] == "Windows"
    assert found[1] in ("10", "11")
    assert found[2].startswith("10.0.")
    assert all(found)


def test_storage_sees_to_it_before_sqlalchemy_asks() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import zhengui.storage, platform; print(platform._syscmd_ver.__module__)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "zhengui.storage.no_shell"
