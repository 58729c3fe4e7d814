"""Something that the check before issuing found: what it is, how grave, why, and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "check"]
Kind = Literal[
    "unknown_figure",
    "retired_figure",
    "nothing",
    "unknown_chip",
    "blank",
    "left_out",
    "false_claim",
    "unknown_claim",
    "typed_claim",
    "missing_report",
    "typed_number",
    "contradiction",
    "different_display",
    "past_contradiction",
    "jump",
    "unchanged",
    "rethink",
    "forgotten",
    "unreviewed",
    "unsettled_plan",
    "retired_goal",
    "unsigned",
    "lacks_section",
    "left_section",
    "missing_character",
]

#: What a jump to a part of the outline begins with.

TITLES: dict[Kind, str] = {
    "unknown_figure": "未知的数",
    "retired_figure": "停用以后还写着的数",
    "nothing": "印成 0 的数",
    "unknown_chip": "没有对应的指标",
    "blank": "空着没写的话",
    "left_out": "停用以后不印的话",
    "false_claim": "不成立的断言",
    "unknown_claim": "没有依据的断言",
    "typed_claim": "手写的断言",
    "missing_report": "没有报送的村（居）",
    "typed_number": "没有出处的数",
    "contradiction": "前后不一致的数",
    "different_display": "写法不一致的数",
    "past_contradiction": "与上年签发稿不一致",
    "jump": "变化过大的数",
    "unchanged": "与上年一字不差的段落",
    "rethink": "沿用上年、还没有看过的段落",
    "forgotten": "忘了填的地方",
    "unreviewed": "等待审核的记录",
    "unsettled_plan": "没有完成也没有写原因的计划",
    "retired_goal": "指标已经停用的计划",
    "unsigned": "没有会签的部门",
    "lacks_section": "提纲有、文稿没有的",
    "left_section": "提纲已经没有的",
    "missing_character": "印不出的字",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`jump` is part:id, figure:key, claim:key, report:ledger, review:ledger, outline:part, plan, sign, or empty; `stop` blocks issuing."""

    kind: Kind
    severity: Severity
    title: str
    reason: str
    jump: str = ""


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """What blocks issuing first, then by kind; each finding once."""
    places = {kind: place for place, kind in enumerate(TITLES)}
    return sorted(dict.fromkeys(found), key=lambda each: (each.severity != "stop", places[each.kind]))


def blocking(found: Iterable[Finding]) -> list[Finding]:
    """What must be settled before the document can be issued."""
    return [finding for finding in found if finding.severity == "stop"]
