"""How officials write a number in prose: 1200余人次, 120余万元, 98.65%, 3月, 1.2万余米."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Display, Indicator
from zhengui.figures.rounding import NEARLY, ROUNDED_FROM, WAN, YI, cut_off, is_nearly, nearly

#: A figure that nothing was reported for, on screen.
UNKNOWN = "未知"
#: The same in the document, where someone has to fill it in.
PENDING = "〔待补〕"

_MORE, _NEARLY = "余", "近"
_HUNDRED = Decimal(100)
_TWO_PLACES, _MOST_PLACES = 2, 6
#: Units of money that are themselves scaled, and what they are worth.
MONEY = {"元": 1, "万元": WAN, "亿元": YI}


def display(indicator: Indicator, value: int | Decimal | None) -> str:
    """The figure as it is printed, with its unit; `value` is in the indicator's unit, None where unknown.

    余 and 近 are written only where something was cut off or is missing, and never together: exactly 1200 stays
    1200, 86 stays 86. Something is never printed as nothing.
    """
    if value is None:
        return UNKNOWN
    number, shown, unit = Decimal(value), indicator.display, indicator.unit
    if shown.style == "month":
        return f"{int(number)}月"
    if shown.style == "day":
        return f"{int(number)}日"
    if shown.style == "percent":
        return percent(number, shown) + "%"
    if shown.style == "exact" or number <= 0:
        return _exact(number, shown, unit)
    return _approximate(number, shown, unit)


def in_document(indicator: Indicator, value: int | Decimal | None) -> str:
    """As `display`, with a gap to be filled where the figure is unknown."""
    return PENDING if value is None else display(indicator, value)


def exactly(indicator: Indicator, value: int | Decimal) -> str:
    """The figure with all its digits and its unit, where the printed words are the same for two figures."""
    return f"{_plain(Decimal(value))}{indicator.unit}"


def printed_value(indicator: Indicator, value: int | Decimal) -> Decimal:
    """The number that stands on the page for an exact figure, to compare what is printed with what is printed."""
    number, shown = Decimal(value), indicator.display
    if shown.style == "percent":
        return Decimal(percent(number, shown).removeprefix("不足"))
    if shown.style != "exact" or shown.scale > 1:
        return number
    return _kept(number, _places_in(indicator.unit, number, shown.decimals))


def _plain(number: Decimal) -> str:
    """Digits without an exponent and without zeros at the end of the fraction."""
    return _trimmed(f"{number:f}")


def _trimmed(text: str) -> str:
    """The digits without zeros at the end of the fraction."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _kept(number: Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), rounding)


def _whole_or_kept(number: Decimal) -> str:
    """60.0 is written 60, but 98.60 keeps its places, for they tell how exact it is."""
    return f"{int(number)}" if number == number.to_integral_value() else f"{number:f}"


def percent(number: Decimal, shown: Display) -> str:
    """A share as its digits without the sign: not quite all never reads as all, a little never as nothing."""
    kept = _kept(number, shown.decimals)
    if kept == _HUNDRED and number < _HUNDRED:
        kept = _kept(number, max(shown.decimals, 1), ROUND_FLOOR)
    if _is_far(kept, number):
        kept = _kept(number, _places_of(number))
        if not kept:
            return f"不足{Decimal(1).scaleb(-_MOST_PLACES):f}"
        return _plain(kept)
    written = _whole_or_kept(kept)
    return _trimmed(written) if shown.trim else written


def _is_far(kept: Decimal, number: Decimal) -> bool:
    """Whether rounding has made another number of it: 0.04 → 0.0, 0.5 → 1."""
    return abs(kept - number) > abs(number) * NEARLY


def _places_of(number: Decimal) -> int:
    """How many places a number needs to be told with two significant digits, within reason."""
    return min(max(1 - number.adjusted(), 1), _MOST_PLACES)


def _places(number: Decimal, decimals: int) -> int:
    """The places a number is told with: those declared, more where these would make another number of it."""
    if not decimals and number != number.to_integral_value():
        exponent = number.normalize().as_tuple().exponent
        decimals = min(-exponent if isinstance(exponent, int) else 0, _TWO_PLACES)
    return _places_of(number) if _is_far(_kept(number, decimals), number) else decimals


def _places_in(unit: str, number: Decimal, decimals: int) -> int:
    """As `_places`; an amount of hundreds of 元 and more, as an average is, is told without 角 and 分."""
    return 0 if unit == "元" and not decimals and abs(number) >= _HUNDRED else _places(number, decimals)


def _exact(number: Decimal, shown: Display, unit: str) -> str:
    if shown.scale > 1:
        return _scaled(number, shown, unit)
    if unit in ("万元", "亿元"):
        return _money(number, shown, unit)
    places = _places_in(unit, number, shown.decimals)
    kept = _kept(number, places)
    if number and not kept:
        return f"不足{Decimal(1).scaleb(-places):f}{unit}"
    told = _whole_or_kept(kept) if places == shown.decimals else _plain(kept)
    return told + unit


def _money(number: Decimal, shown: Display, unit: str) -> str:
    """Money in its unit, in a smaller one where little would be lost from sight, in 亿 from 10000 round 万 on."""
    kept = _kept(number, shown.decimals)
    if abs(number) < Decimal("0.1") and number and _is_far(kept, number):
        smaller = {"亿元": "万元", "万元": "元"}[unit]
        return _exact(number * MONEY[unit] / MONEY[smaller], Display(decimals=0), smaller)
    in_yi = number / WAN
    if unit == "万元" and abs(number) >= WAN and in_yi == _kept(in_yi, _TWO_PLACES):
        return _plain(in_yi) + "亿元"
    places = _places(number, shown.decimals)
    kept = _kept(number, places)
    return _plain(kept) + unit


def _scaled(number: Decimal, shown: Display, unit: str) -> str:
    """An exact number in 万 or 亿; below that as it is, money in the next smaller scale."""
    scale, word = shown.scale, shown.scale_word
    if abs(number) < scale:
        if unit == "元" and scale == YI and abs(number) >= WAN:
            return _scaled(number, Display("exact", _TWO_PLACES, WAN, "万"), unit)
        return _plain(number) + unit
    kept = _kept(number / scale, shown.decimals)
    if scale == WAN and abs(kept) >= WAN:
        kept, word = _kept(number / YI, max(shown.decimals, _TWO_PLACES)).normalize(), "亿"
        return _plain(kept) + word + unit
    return _whole_or_kept(kept) + word + unit


def _approximate(number: Decimal, shown: Display, unit: str) -> str:
    """The styles that round: floor and ceiling; near_floor, which once wrote both words, is floor."""
    base, word = number * MONEY.get(unit, 1), "元" if unit in MONEY else unit
    if shown.style == "ceiling":
        above = nearly(base)
        if above is not None:
            return _NEARLY + _in_scale(above, "", word)
        whole = number.to_integral_value(ROUND_CEILING)
        if number >= ROUNDED_FROM and is_nearly(number, whole):
            return _NEARLY + _plain(whole) + unit
    told = cut_off(base)
    if told == base:
        return (
            _exact(number, Display(decimals=shown.decimals), unit)
            if base < WAN
            else _in_scale(base, "", word)
        )
    return _in_scale(told, _MORE, word)


def _in_scale(number: Decimal, more: str, unit: str) -> str:
    """A round number in 万 or 亿 with 余 where it belongs: 1.2万余米, 34万余元, but 120余万元."""
    scale, word = (YI, "亿") if number >= YI else (WAN, "万") if number >= WAN else (1, "")
    digits = number / scale
    if more and unit == "元" and word and digits % 10 == 0:
        return _plain(digits) + more + word + unit
    return _plain(digits) + word + more + unit
