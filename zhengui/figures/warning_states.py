"""What became of a warning: taken up, put off, closed; and when it speaks again.

A decision holds as long as the ground it was made on: what has not changed is never told as new again, but for a
warning that was put off, which comes back on the day it was put off to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class WarningStanding(StrEnum):
    """Where a warning stands."""

    NEW = "待处理"
    TAKEN = "已受理"
    PUT_OFF = "已延后"
    CLOSED = "已了结"


#: What can be decided; a warning that was put off or closed by mistake is taken up again.
DECISIONS = (WarningStanding.TAKEN, WarningStanding.PUT_OFF, WarningStanding.CLOSED)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of a warning on the ground that it then had."""

    what: WarningStanding
    ground: str
    reason: str = ""
    until: date | None = None
    at: datetime | None = None
    who: str = ""


def standing(ground: str, decisions: Sequence[Decision], today: date) -> WarningStanding:
    """Where a warning stands on a day, by the last decision, given the ground it has now."""
    if not decisions or decisions[-1].ground != ground:
        return WarningStanding.NEW
    last = decisions[-1]
    if last.what is WarningStanding.PUT_OFF and (last.until is None or last.until <= today):
        return WarningStanding.NEW
    return last.what


def fault(what: WarningStanding, reason: str, until: date | None, today: date) -> str:
    """What keeps a decision from being made, in words; empty where nothing does."""
    if what not in DECISIONS:
        return "预警可以受理、延后或者了结，请选一种。"
    if what is WarningStanding.PUT_OFF and (until is None or until <= today):
        return "延后要写到哪一天再提醒，这一天要在今天以后。"
    if what is not WarningStanding.TAKEN and not reason.strip():
        return f"{'延后' if what is WarningStanding.PUT_OFF else '了结'}要写明理由。"
    return ""
