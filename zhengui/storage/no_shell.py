"""Ask Windows itself for its version: Python 3.11 starts the command interpreter for it, and reads what `ver` prints.

SQLAlchemy asks for the processor and a lock for the computer's name, and either makes Python find out all there is to
know of the system. To start another program takes longer than to import SQLAlchemy, and in a Chinese Windows what it
prints is not even understood.
"""

from __future__ import annotations

import platform


def _not_asked(
    system: str = "", release: str = "", version: str = "", supported_platforms: object = ()
) -> tuple[str, str, str]:
    """What is known already; where nothing is, `platform` takes what Windows says when it is called."""
    return system, release, version


def ask_no_shell() -> None:
    """Let `platform` start no program, from now on."""
    if hasattr(platform, "_syscmd_ver"):
        platform._syscmd_ver = _not_asked
