"""What kind of office it is and who signs beside it, as a name proposes it; months as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from zhengui.catalogue.speech import PLANS, VILLAGES, Speech

Kind = Literal["镇", "乡", "街道"]
KINDS: tuple[Kind, ...] = ("镇", "乡", "街道")
KIND = "office.kind"
COMMITTEE = "office.committee"
#: How the villages are called together, and the second part of the document.
VILLAGE_WORD = "office.villages"
PLAN_WORD = "office.plan_word"
#: What an office may have a name of its own for: the setting, and what the catalogue calls it, the whole name first.
LOCAL_NAMES: dict[str, tuple[str, ...]] = {
    "office.name.evening_talk": ("夜话活动",),
    "office.name.letter": ("致父老乡亲的公开信", "致父老乡亲公开信", "公开信"),
}
_MONTH = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*月?")


def kind_of(name: str) -> Kind:
    """What an office is by its name: 云岭镇, 清水乡, 河东街道."""
    return next((kind for kind in KINDS if name.endswith(kind)), "镇")


def speech_of(setting: Callable[[str], str], name: str) -> Speech:
    """How an office speaks of itself, by its settings; one that never said what it is, by its name."""
    kind = setting(KIND)
    villages, plan = setting(VILLAGE_WORD), setting(PLAN_WORD)
    return Speech(
        kind if kind in KINDS else kind_of(name),
        villages if villages in VILLAGES else VILLAGES[0],
        plan if plan in PLANS else PLANS[0],
        tuple(
            (plain, setting(key)) for key, plains in LOCAL_NAMES.items() for plain in plains if setting(key)
        ),
    )


def whole_name(name: str, kind: Kind) -> str:
    """The name with its kind: 云岭 is 云岭镇, 云岭镇 stays."""
    return name if name.endswith(kind) else f"{name}{kind}"


def office_name(name: str) -> str:
    """Who signs: a town's or township's government, a street's office."""
    return f"{name}办事处" if kind_of(name) == "街道" else f"{name}人民政府"


def committee_name(name: str) -> str:
    """The Party committee beside it; a street has a working committee."""
    return f"中共{name}工作委员会" if kind_of(name) == "街道" else f"中共{name}委员会"


def read_month(text: str) -> int | None:
    """A month as it is typed, 2026年3月 or 2026-03, as yyyymm; None where it isn't one."""
    found = _MONTH.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found.group(1)), int(found.group(2))
    return year * 100 + month if 1 <= month <= 12 and 1990 <= year <= 2200 else None


def show_month(month: int) -> str:
    """A month as it is read: 2026年3月."""
    return f"{month // 100}年{month % 100}月"
