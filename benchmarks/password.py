"""#13: from a typed password to the open township."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import Measured, best
from benchmarks.prepared import copy_of
from zhengui.services.township import login, people
from zhengui.services.township.township import open_township

WHO, PASSWORD = "周敏", "青石 柳塘 白沙"


def measure(database: Path, work: Path) -> Iterator[Measured]:
    """Seconds of the clock, the best of five: the password is proved, the file unlocked and opened."""
    copy = copy_of(database, work / "password", "guarded")
    township = open_township(copy, WHO)
    people.begin_with_passwords(township, WHO, PASSWORD)
    township.close()

    def opened() -> None:
        login.log_in(copy, WHO, PASSWORD)
        open_township(copy).close()
        login.log_out(copy)

    login.log_out(copy)
    yield Measured(13, "opening with a password, after typing", best(opened), 0.6)
