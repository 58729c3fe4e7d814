"""After how many minutes without a key or the mouse a window is locked, where people log in."""

from __future__ import annotations

from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem

#: The setting, and what holds where it was never set; 0 is never.
SETTING, USUAL, LONGEST = "lock.minutes", 15, 240


@reads
def minutes(reading: Reading) -> int:
    """The minutes; 0 for never."""
    told = reading.setting(SETTING)
    return int(told) if told.isdecimal() else USUAL


@writes(Right.MANAGE)
def set_minutes(writing: Writing, count: int) -> None:
    """Let windows lock after so many minutes; 0 for never."""
    if not 0 <= count <= LONGEST:
        raise StorageProblem(f"自动锁定的分钟数请写 0 到 {LONGEST} 之间，0 是不自动锁定。")
    writing.keep_setting(SETTING, str(count))
