"""What speaks of nothing but the retired is not printed, and the rest of a text stands as it was written."""

from __future__ import annotations

import random

import pytest

from zhengui.catalogue.wording import Chip
from zhengui.figures.retired_wording import printed, stretches


def gone(chip: Chip) -> str:
    return f"{chip.key}停用" if chip.key.startswith("x") or chip.part.startswith("x") else ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("清运垃圾{x}。", ""),
        ("加强管护。清运垃圾{x}。", "加强管护。"),
        ("清运垃圾{x}。加强管护。", "加强管护。"),
        ("清运垃圾{x}，整治沟塘{y}。", "清运垃圾{x}，整治沟塘{y}。"),
        ("{year}年清运垃圾{x}、{xa.change}。整治沟塘{y}。", "整治沟塘{y}。"),
        ("整治沟塘{y}；清运垃圾{x}。", "整治沟塘{y}。"),
        ("清运垃圾{x}；整治沟塘{y}。", "整治沟塘{y}。"),
        ("整治沟塘{y}；清运垃圾{x}；拆除残垣{z}。", "整治沟塘{y}；拆除残垣{z}。"),
        ("整治沟塘{y}；清运垃圾{x}；拆除残垣{xb}！", "整治沟塘{y}！"),
        ("整治沟塘{y}；清运垃圾{x}", "整治沟塘{y}"),
        ("问题厕所{x}。{claim.xclosed}。修路{y}。", "修路{y}。"),
        ("做到“早发现{x}；早处置{y}。”并且公示。", "做到“早发现{x}；早处置{y}。”并且公示。"),
        ("一是清运垃圾{x}；二是整治沟塘{y}。", "一是清运垃圾{x}；二是整治沟塘{y}。"),
        ("一是清运垃圾{x}。二是整治沟塘{xa}。全年向好。", "全年向好。"),
        ("{nothing_known}。", "{nothing_known}。"),
        ("没有数的话。", "没有数的话。"),
        ("", ""),
    ],
)
def test_what_is_printed(text: str, shown: str) -> None:
    assert printed(text, gone) == shown


def test_the_stretches_are_the_text_and_say_why() -> None:
    cut = stretches("整治沟塘{y}；清运垃圾{x}、{xa}；。", gone)
    assert [each.gone for each in cut if each.gone] == [("x停用", "xa停用")]
    chance = random.Random(8)
    pieces = [
        "{x}",
        "{y}",
        "{claim.xa}",
        "{year}",
        "清运",
        "，",
        "；",
        "。",
        "！",
        "“",
        "”",
        "（",
        "）",
        "一是",
        "\n",
    ]
    for _ in range(3000):
        text = "".join(chance.choices(pieces, k=chance.randint(0, 14)))
        cut = stretches(text, gone)
        assert "".join(each.written for each in cut) == text
        assert all(not each.printed for each in cut if each.gone)
        if "{x}" not in text and "{claim.xa}" not in text:
            assert printed(text, gone) == text
        if "{y}" in text:
            assert printed(text, gone).count("{y}") == text.count("{y}")
