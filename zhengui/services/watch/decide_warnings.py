"""Take a warning up, put it off, close it; what was decided is kept and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhengui.figures.warning_states import WarningStanding, fault
from zhengui.services.township.reading import Writing, writes
from zhengui.services.township.rights import Right
from zhengui.services.watch.find_warnings import Warned, find_warnings
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing import warning_decisions


@writes(Right.ENTER)
def decide(
    writing: Writing,
    warnings: Sequence[Warned],
    what: WarningStanding,
    reason: str = "",
    until: date | None = None,
) -> int:
    """Decide warnings on the ground that they have now; returns how many there were.

    StorageProblem where the decision can't be made so, or where a warning's ground is another by now.
    """
    wrong = fault(what, reason, until, writing.today)
    if wrong:
        raise StorageProblem(wrong)
    rules = {each.rule.key for each in warnings}
    now = {each.key: each.ground for each in find_warnings(writing, (), rules)} if warnings else {}
    gone = [each for each in warnings if now.get(each.key) != each.ground]
    if gone:
        raise StorageProblem(f"“{gone[0].label}”的情况刚才有了变化，这条预警要重新看过再定。请刷新以后再办。")
    for each in warnings:
        warning_decisions.add(
            writing.conn,
            writing.tables,
            each.key,
            each.ground,
            str(what),
            reason.strip(),
            until if what is WarningStanding.PUT_OFF else None,
            writing.operator,
        )
    return len(warnings)


@writes(Right.ENTER)
def take_back(writing: Writing, keys: Sequence[str]) -> None:
    """Take back the last decision of each of these warnings."""
    for key in keys:
        warning_decisions.take_back(writing.conn, writing.tables, key)
