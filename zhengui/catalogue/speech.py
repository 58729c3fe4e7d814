"""How an office speaks of itself: the catalogue is worded for a 镇 with 村（居）, and said in an office's own words."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from zhengui.catalogue.model import Catalogue, Field

T = TypeVar("T")

#: What villages may be called together; the first is the catalogue's.
VILLAGES = ("村（居）", "村（社区）", "村", "社区")
#: What the second part of the document may be called; the first is the catalogue's.
PLANS = ("工作计划", "工作打算", "工作安排")

#: What the catalogue says of a 镇, and what a 乡 and a 街道 say; the longer ones first.
_OF_KIND: tuple[tuple[str, str, str], ...] = (
    ("镇、村（居）、企业", "乡、村（居）、企业", "街道、村（居）、企业"),
    ("镇、村、企业", "乡、村、企业", "街道、村（居）、企业"),
    ("镇统一使用", "乡里统一使用", "街道统一使用"),
    ("镇村两级", "乡村两级", "街道、村（居）两级"),
    ("镇村干部", "乡村干部", "街道和村（居）干部"),
    ("镇村经济", "乡村经济", "街道经济"),
    ("镇村", "乡村", "街道和村（居）"),
    ("镇直单位", "乡直单位", "街道直属单位"),
    ("镇直", "乡直", "街道直属"),
    ("镇区", "集镇", "街道驻地"),
    ("镇级统筹", "乡级统筹", "街道统筹"),
    ("镇转运", "乡转运", "街道转运"),
    ("镇印发", "乡印发", "街道印发"),
    ("镇党委", "乡党委", "街道党工委"),
    ("镇政府", "乡政府", "街道办事处"),
    ("全镇", "全乡", "全街道"),
    ("镇级", "乡级", "街道级"),
    ("镇内", "乡内", "辖区内"),
    ("镇里", "乡里", "街道"),
    ("本镇", "本乡", "本街道"),
    ("我镇", "我乡", "我街道"),
)
_COLUMN = {"乡": 1, "街道": 2}
#: The texts of the catalogue that people read. Choices are kept as they are; see `Field.spoken`.
_TOLD = frozenset(
    {
        "title",
        "short",
        "about",
        "help",
        "how",
        "message",
        "why",
        "advice",
        "text",
        "noun",
        "holds",
        "fails",
        "unknown",
        "nothing",
        "opening",
        "closing",
        "summary_title",
        "summary_lead",
        "plan_title",
        "plan_lead",
    }
)
_HOLD_TEXTS = frozenset(
    {
        "areas",
        "outline",
        "ledgers",
        "fields",
        "rules",
        "indicators",
        "claims",
        "parameters",
        "warnings",
        "rankings",
    }
)
_WORDING = frozenset({"section", "paragraphs", "plan"})


@dataclass(frozen=True)
class Speech:
    """An office's own words; without any the catalogue's texts stay as they are.

    `kind` is 镇, 乡 or 街道; `villages` and `plan` are of VILLAGES and PLANS; `names` are local names of what the
    catalogue calls something else, as 夜话活动 → 板凳夜话.
    """

    kind: str = "镇"
    villages: str = VILLAGES[0]
    plan: str = PLANS[0]
    names: tuple[tuple[str, str], ...] = ()

    @cached_property
    def phrases(self) -> tuple[tuple[str, str], ...]:
        """What is replaced by what, in this order."""
        found: list[tuple[str, str]] = []
        if self.kind in _COLUMN:
            found += [(row[0], row[_COLUMN[self.kind]]) for row in _OF_KIND]
        if self.villages != VILLAGES[0]:
            found.append((VILLAGES[0], self.villages))
            if self.villages in ("村", "社区"):
                found.append(("（不分村）", f"（不分{self.villages}）"))
        if self.plan != PLANS[0]:
            found += [(other, self.plan) for other in PLANS if other != self.plan]
        # Local names come last, so that nothing in them is said otherwise.
        return (*found, *((plain, own) for plain, own in self.names if own and own != plain))

    def __call__(self, text: str) -> str:
        """A text of the program, worded for a 镇 with 村（居）, in the office's words."""
        for plain, own in self.phrases:
            # A local name that holds the plain one, as 板凳夜话活动, must not grow each time.
            text = text.replace(own, plain).replace(plain, own) if plain in own else text.replace(plain, own)
        return text

    def of_catalogue(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue in the office's words: the same object where there is nothing to say otherwise."""
        return self._said(catalogue) if self.phrases else catalogue

    def _said(self, whole: T) -> T:
        """A part of the catalogue with everything in it that people read."""
        if not is_dataclass(whole) or isinstance(whole, type):
            return whole
        changed: dict[str, Any] = {}
        for one in fields(whole):
            value = getattr(whole, one.name)
            if one.name in _TOLD:
                own = self(value) if isinstance(value, str) else tuple(map(self, value))
            elif one.name in _HOLD_TEXTS or one.name in _WORDING:
                own = self._parts(value)
            else:
                continue
            if own != value:
                changed[one.name] = own
        changed |= self._choices(whole)
        return replace(whole, **changed) if changed else whole

    def _choices(self, whole: Any) -> dict[str, Any]:
        """Of a field, the choices that the office calls otherwise, with its own words."""
        if not isinstance(whole, Field):
            return {}
        said = ((choice, self.choice(choice)) for choice in whole.choices)
        spoken = tuple((choice, own) for choice, own in said if own != choice)
        return {"spoken": spoken} if spoken else {}

    def choice(self, text: str) -> str:
        """A choice in the office's words: what is kept in the records stays the catalogue's."""
        if self.kind in _COLUMN:
            text = self.kind if text == "镇" else text
            for row in _OF_KIND:
                text = text.replace(row[0], row[_COLUMN[self.kind]])
        if self.villages == "社区":
            text = {"村": "社区", "村级": "社区级"}.get(text, text)
        return text.replace(VILLAGES[0], self.villages)

    def _parts(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self._said, value))
        return self._said(value)
