"""Whether a sentence without a number may be printed, judged from counts that others took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from zhengui.catalogue.model import Claim

#: `nothing`: there was nothing to judge, so nothing speaks against the claim and nothing for it.
State = Literal["holds", "fails", "unknown", "nothing"]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """The judgement on a claim: `sentence` is the wording to print, still with its placeholders.

    `reason` says in Chinese what the judgement rests on; `count` is the number of records, villages or years
    that stand against the claim, or are missing where it is unknown.
    """

    key: str
    state: State
    sentence: str
    reason: str
    count: int = 0


def judge(
    claim: Claim, fitting: int | None, violating: int = 0, missing: int = 0, complete: bool = True
) -> ClaimVerdict:
    """The verdict on a claim from counts; a record against it always weighs more than what is missing.

    kind none: `fitting` records fit the measure; `missing` monthly reports of villages are outstanding.
    kind all: of `fitting` records `violating` do not meet the second condition; `missing` as above.
    kind covers: of the things to be covered (villages, enterprises) `fitting` are and `missing` are not.
    kind highest: this period is compared with `fitting` complete years before it, `violating` years were as high
    or higher; it is itself not complete where `complete` is false.
    `fitting` is None where nothing at all was recorded; `complete` is whether every report that the claim asks
    for has come in.
    """
    state, reason, count = _JUDGES[claim.kind](fitting, violating, missing, complete)
    neutral = claim.nothing or claim.unknown
    sentence = {"holds": claim.holds, "fails": claim.fails, "unknown": claim.unknown, "nothing": neutral}[
        state
    ]
    return ClaimVerdict(claim.key, state, sentence, reason, count)


_Finding = tuple[State, str, int]


def _outstanding(missing: int) -> _Finding:
    if missing:
        return "unknown", f"还有 {missing} 个村月没有报送，请补报或做零报告后再下结论。", missing
    return "unknown", "所选时段没有登记记录，也没有零报告，请先补报。", 0


def _none(fitting: int | None, violating: int, missing: int, complete: bool) -> _Finding:
    if fitting:
        return "fails", f"有 {fitting} 条记录与这句话不符。", fitting
    if not complete or fitting is None:
        return _outstanding(missing)
    return "holds", "没有与这句话不符的记录，应报的都已报送。", 0


def _all(fitting: int | None, violating: int, missing: int, complete: bool) -> _Finding:
    if violating:
        return "fails", f"共 {fitting or violating} 条记录，其中 {violating} 条不符合。", violating
    if not complete or (not fitting and missing):
        return _outstanding(missing)
    if fitting is None:
        return _outstanding(0)
    if not fitting:
        return "nothing", "没有需要办理的记录，应报的都已报送。", 0
    return "holds", f"{fitting} 条记录全部符合。", 0


def _covers(fitting: int | None, violating: int, missing: int, complete: bool) -> _Finding:
    if fitting is None:
        return _outstanding(0)
    if missing:
        return "fails", f"应有 {fitting + missing} 个，还缺 {missing} 个。", missing
    if not fitting:
        return "unknown", "还没有登记应当覆盖的对象，请先在基础信息中登记。", 0
    if not complete:
        return _outstanding(0)
    return "holds", f"{fitting} 个已全部覆盖。", 0


def _highest(fitting: int | None, violating: int, missing: int, complete: bool) -> _Finding:
    if violating:
        return "fails", f"有 {violating} 个以往年度不低于本年。", violating
    if fitting is None:
        return "unknown", "本年的数据还没有登记，请先补齐。", 0
    if not complete:
        return "unknown", "本期的数据还没有逐月报齐，请先补齐。", missing
    if not fitting:
        return "unknown", "上年的数据没有逐月报齐，也没有录入上年的数，请先补齐。", missing
    return "holds", f"高于以往 {fitting} 个年度。", 0


_JUDGES: dict[str, Callable[[int | None, int, int, bool], _Finding]] = {
    "none": _none,
    "all": _all,
    "covers": _covers,
    "highest": _highest,
}
