"""Let some of the demo's warnings have been decided, so that each way to decide one is seen."""

from __future__ import annotations

from datetime import timedelta

from zhengui.figures.warning_states import WarningStanding
from zhengui.services.township.township import Township
from zhengui.services.watch.decide_warnings import decide
from zhengui.services.watch.find_warnings import find_warnings

#: The rule that warns most, and what an office says where it decides one of its warnings.
_RULE = "unvisited"
_AWAY, _TOGETHER = "全家在外地务工，春节返乡后入户。", "已同结对干部一起入户，走访情况另行补登。"


def decide_some(township: Township) -> None:
    """Take two warnings up, put one off, and close one; the others wait."""
    found = find_warnings(township, (), [_RULE])
    if len(found) < 6:
        return
    decide(township, found[:2], WarningStanding.TAKEN)
    decide(township, found[2:3], WarningStanding.PUT_OFF, _AWAY, township.today() + timedelta(days=20))
    decide(township, found[3:4], WarningStanding.CLOSED, _TOGETHER)
