"""Numbers that somebody typed by hand between the chips, and whether they say what a figure says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.figures.chips import between_chips

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*[0-9０-９]|[0-9０-９]")
#: What officials quote is a name: “光荣在党50年”, 《…2020年…》, “12345”热线.
_NAMES = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*号）|〔[^〕]*〕\s*\d+\s*号")
_UNIT = re.compile(r"[万亿]?余?[万亿]?(个百分点|[%％\u4e00-\u9fff]{1,2})")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")
_SHORTEST_NAME, _WORDS_BETWEEN = 4, 4
_CLAUSE_ENDS = "，。；！？：、\n"


@dataclass(frozen=True, slots=True)
class Typed:
    """A number typed by hand: where it stands, its value, the unit behind it and the words before it."""

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    before: str

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year, which needs no source."""
        return self.unit.startswith("年") and len(self.text) == 4 and 1900 <= self.value <= 2199


def typed_numbers(text: str) -> list[Typed]:
    """Every number of a text outside its chips and outside what is quoted, years left out."""
    names = [found.span() for found in _NAMES.finditer(text)]
    found = []
    for at, stretch in between_chips(text):
        for match in _NUMBER.finditer(stretch):
            start = at + match.start()
            if any(low <= start < high for low, high in names):
                continue
            typed = _typed(text, stretch, match, at)
            if not typed.is_year:
                found.append(typed)
    return found


def _typed(text: str, stretch: str, match: re.Match[str], at: int) -> Typed:
    digits = match.group().translate(_PLAIN_DIGITS).replace(",", "")
    value = Decimal(digits) if re.fullmatch(r"\d+(\.\d+)?", digits) else Decimal(re.sub(r"\D", "", digits))
    unit = _UNIT.match(stretch, match.end())
    start = match.start()
    clause = start
    while clause and stretch[clause - 1] not in _CLAUSE_ENDS:
        clause -= 1
    return Typed(
        match.group(),
        at + start,
        at + match.end(),
        value,
        unit.group().translate(_PLAIN_DIGITS) if unit else "",
        stretch[clause:start],
    )


def told_of(typed: Typed, indicators: Iterable[Indicator]) -> Indicator | None:
    """The indicator that a typed number speaks of: the same unit, and its title right before the number.

    A few words may stand between the characters of the title: 消除安全隐患 speaks of 消除隐患.
    """
    best: tuple[int, Indicator] | None = None
    for indicator in indicators:
        if not indicator.unit or indicator.unit not in typed.unit:
            continue
        for name in (indicator.title, indicator.short):
            if len(name) >= _SHORTEST_NAME and _named(name, typed.before):
                score = len(name) * 2 + (name in typed.before)
                if best is None or score > best[0]:
                    best = (score, indicator)
    return best[1] if best else None


def _named(name: str, before: str) -> bool:
    """Whether the words end with the name, its characters in order and not far apart."""
    tail = iter(before[-(len(name) + _WORDS_BETWEEN) :])
    return name in before or all(character in tail for character in name)


def in_unit_of(typed: Typed, indicator: Indicator) -> Decimal:
    """The typed number in the indicator's unit: 1.2万米 is 12000米."""
    before_unit = typed.unit.partition(indicator.unit)[0]
    factor = 10_000 if "万" in before_unit else 100_000_000 if "亿" in before_unit else 1
    return typed.value * factor
