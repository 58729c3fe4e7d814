"""How officials write a number in prose: 1200余人次, 近120余万元, 98.65%, 3月, 1.2万余米."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Display, Indicator

#: A figure that nothing was reported for, on screen.
UNKNOWN = "未知"
#: The same in the document, where someone has to fill it in.
PENDING = "〔待补〕"

_MORE, _NEARLY = "余", "近"
_ROUNDED_FROM = 100
_HUNDRED = Decimal(100)


def display(indicator: Indicator, value: int | Decimal | None) -> str:
    """The figure as it is printed, with its unit; `value` is in the indicator's unit, None where unknown.

    余 and 近 are written only where something was cut off: exactly 1200 stays 1200.
    """
    if value is None:
        return UNKNOWN
    number, shown, unit = Decimal(value), indicator.display, indicator.unit
    if shown.style == "month":
        return f"{int(number)}月"
    if shown.style == "day":
        return f"{int(number)}日"
    if shown.style == "percent":
        written = _percent(number, shown.decimals)
        return (_trimmed(written) if shown.trim else written) + "%"
    if shown.style == "exact" or number < 0:
        return _exact(number, shown) + unit
    return _rounded(number, shown) + unit


def in_document(indicator: Indicator, value: int | Decimal | None) -> str:
    """As `display`, with a gap to be filled where the figure is unknown."""
    return PENDING if value is None else display(indicator, value)


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


def _percent(number: Decimal, decimals: int) -> str:
    kept = _kept(number, decimals)
    if kept == _HUNDRED and number < _HUNDRED:
        kept = _kept(number, max(decimals, 1), ROUND_FLOOR)  # not quite all must never read as all
    return _whole_or_kept(kept)


def _exact(number: Decimal, shown: Display) -> str:
    if shown.scale > 1 and abs(number) >= shown.scale:
        return _whole_or_kept(_kept(number / shown.scale, shown.decimals)) + shown.scale_word
    if shown.scale > 1:
        return _plain(number)
    return _whole_or_kept(_kept(number, shown.decimals))


def _rounded(number: Decimal, shown: Display) -> str:
    """The styles that cut off: floor, near_floor and ceiling."""
    up = shown.style == "ceiling"
    scaled, word, decimals = number, "", shown.decimals
    if shown.scale > 1:
        decimals = 0
        if number >= shown.scale:
            scaled, word, decimals = number / shown.scale, shown.scale_word, shown.decimals
    kept = _two_digits(scaled, decimals, ROUND_CEILING if up else ROUND_FLOOR)
    text = _plain(kept) + word
    if kept == scaled:
        return text
    if up:
        return _NEARLY + text
    return (_NEARLY if shown.style == "near_floor" else "") + text + _MORE


def _two_digits(number: Decimal, decimals: int, rounding: str) -> Decimal:
    """Two significant digits from a hundred on; below that the number with its decimals."""
    if number < _ROUNDED_FROM:
        return _kept(number, decimals, rounding)
    step = Decimal(1).scaleb(number.adjusted() - 1)
    return (number / step).to_integral_value(rounding) * step
