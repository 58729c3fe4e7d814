"""Claims are printed only where the counts carry them."""

from __future__ import annotations

import pytest

from zhengui.catalogue.model import Claim
from zhengui.figures.claims import judge


@pytest.mark.parametrize(
    ("kind", "counts", "state", "count"),
    [
        ("none", {"fitting": 0}, "holds", 0),
        ("none", {"fitting": 2}, "fails", 2),
        ("none", {"fitting": 0, "missing": 5, "complete": False}, "unknown", 5),
        ("none", {"fitting": 1, "missing": 5, "complete": False}, "fails", 1),
        ("none", {"fitting": None, "complete": False}, "unknown", 0),
        ("all", {"fitting": 9}, "holds", 0),
        ("all", {"fitting": 9, "violating": 1}, "fails", 1),
        ("all", {"fitting": 9, "missing": 3, "complete": False}, "unknown", 3),
        ("all", {"fitting": 0}, "nothing", 0),
        ("all", {"fitting": None}, "unknown", 0),
        ("covers", {"fitting": 24}, "holds", 0),
        ("covers", {"fitting": 23, "missing": 1}, "fails", 1),
        ("covers", {"fitting": 0}, "unknown", 0),
        ("covers", {"fitting": None}, "unknown", 0),
        ("covers", {"fitting": 24, "complete": False}, "unknown", 0),
        ("highest", {"fitting": 2}, "holds", 0),
        ("highest", {"fitting": 2, "violating": 1}, "fails", 1),
        ("highest", {"fitting": 1, "complete": False}, "unknown", 0),
        ("highest", {"fitting": 0}, "unknown", 0),
        ("highest", {"fitting": None}, "unknown", 0),
    ],
)
def test_verdicts(kind: str, counts: dict[str, object], state: str, count: int) -> None:
    claim = Claim("c", "断言", "a", kind, holds="成立", fails="不成立", unknown="不清楚", nothing="没有")
    verdict = judge(claim, **counts)  # type: ignore[arg-type]
    assert (verdict.state, verdict.count) == (state, count)
    assert (
        verdict.sentence
        == {"holds": "成立", "fails": "不成立", "unknown": "不清楚", "nothing": "没有"}[state]
    )
    assert verdict.reason.endswith("。")
