"""Whatever a figure is, what is written of it is true: 余 and 近 in their direction, never nothing for something."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhengui.catalogue.model import Display, Indicator
from zhengui.figures.display import MONEY, display
from zhengui.figures.display_choices import choices
from zhengui.figures.rounding import is_more_than, is_nearly
from zhengui.figures.trend import change
from zhengui.values.chinese_numerals import read_numeral

NUMBER = re.compile(r"(不足)?(近)?([\d.]+)(余)?([万亿]?)(余)?(元|次|%)")
VALUES = st.one_of(
    st.integers(0, 10**10).map(Decimal),
    st.decimals(0, 10**7, places=2, allow_nan=False),
    st.decimals(0, 1, places=6, allow_nan=False),
)


def indicator(style: str, unit: str, decimals: int = 0) -> Indicator:
    return Indicator("k", "指标", "a", unit, "", display=Display(style, decimals))


def told(text: str, unit: str) -> tuple[Decimal, str]:
    """The number that stands in the text, in the indicator's unit, and its word."""
    found = NUMBER.fullmatch(text)
    assert found, text
    less, near, digits, inner, scale, outer, _unit = found.groups()
    words = [word for word in (less, near, inner or outer) if word]
    assert len(words) <= 1, text
    times = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    return Decimal(digits) * times / MONEY.get(unit, 1), words[0] if words else ""


@given(
    VALUES,
    st.sampled_from(["floor", "ceiling", "near_floor", "exact"]),
    st.sampled_from(["次", "元", "万元", "亿元"]),
)
def test_every_wording_is_true(value: Decimal, style: str, unit: str) -> None:
    text = display(indicator(style, unit), value)
    number, word = told(text, unit)
    if word == "余":
        assert is_more_than(value, number), (value, text)
        assert number * MONEY.get(unit, 1) >= 100, text
    elif word == "近":
        assert is_nearly(value, number), (value, text)
    elif word == "不足":
        assert 0 < value < number
    else:
        assert abs(number - value) <= abs(value) * Decimal("0.05"), (value, text)
    assert bool(number) == bool(value), (value, text)


@given(VALUES, st.integers(0, 3))
def test_shares(value: Decimal, decimals: int) -> None:
    text = display(indicator("percent", "%", decimals), value)
    number, _word = told(text, "%")
    assert bool(number) == bool(value)
    assert (number == 100) <= (value >= 100)


@given(VALUES, st.sampled_from(["次", "万元", "%"]))
def test_numerals_say_what_digits_say(value: Decimal, unit: str) -> None:
    about = indicator("percent" if unit == "%" else "exact", unit, 2 if unit == "%" else 0)
    for choice in choices(about, value):
        assert not ("近" in choice.preview and "余" in choice.preview), choice.preview
        if choice.code == "汉字" and unit == "%" and not choice.preview.startswith("不足"):
            numeral = choice.preview.removeprefix("百分之").removesuffix(unit)
            read = Decimal(100) if numeral == "百" else read_numeral(numeral)
            assert read == Decimal(display(about, value).removesuffix("%"))


@given(VALUES, VALUES, st.integers(0, 2))
def test_what_is_printed_alike_is_level(now: Decimal, before: Decimal, decimals: int) -> None:
    about = indicator("percent", "%", decimals)
    found = change(now, before, about)
    assert (found.direction == "level") == (display(about, now) == display(about, before))
