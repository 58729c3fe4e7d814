"""The ways in which one figure may be written in a sentence, each with its result to choose by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from zhengui.catalogue.model import Display, Indicator
from zhengui.catalogue.wording import CHINESE, JOIN, PLACES, SCALES, is_display
from zhengui.figures.chinese_numbers import in_chinese, measured_in_chinese
from zhengui.figures.display import MONEY, PENDING, display, in_document, percent

EXACT, FLOOR, CEILING, NEAR_FLOOR, WAN, YI = "exact", "余", "近", "近余", "万", "亿"
#: 近余 is still in older documents; no number is both a little less and a little more, so it is written with 余.
_STYLES = {EXACT: "exact", FLOOR: "floor", CEILING: "ceiling", NEAR_FLOOR: "floor"}
_TITLES = {
    "": "常用写法",
    EXACT: "精确",
    FLOOR: "取整加“余”",
    CEILING: "取整加“近”",
    WAN: "以万计",
    f"{WAN}{JOIN}{FLOOR}": "以万计加“余”",
    YI: "以亿计",
    f"{YI}{JOIN}{FLOOR}": "以亿计加“余”",
    "0": "不留小数",
    "1": "一位小数",
    "2": "两位小数",
    CHINESE: "汉字",
}
_MOST_PLACES, _ALL = 6, 100


@dataclass(frozen=True, slots=True)
class DisplayChoice:
    """A way to write a figure: `code` follows the | in a chip, `preview` is what would be printed."""

    code: str
    title: str
    preview: str


def shown(indicator: Indicator, value: int | Decimal | None, code: str = "") -> str:
    """The figure as the document prints it under `code`; the catalogue's own way where it is empty or unknown."""
    if value is None:
        return PENDING
    if not code or not is_display(code):
        return in_document(indicator, value)
    parts = code.split(JOIN)
    if CHINESE in parts:
        return _chinese(indicator, Decimal(value), _places(parts))
    if indicator.display.style in ("month", "day"):
        return display(indicator, value)
    if indicator.display.style == "percent":
        places = _places(parts)
        kept = _exact_places(Decimal(value)) if places is None else places
        return display(replace(indicator, display=Display("percent", kept)), value)
    return _rewritten(indicator, Decimal(value), parts)


def choices(indicator: Indicator, value: int | Decimal | None) -> list[DisplayChoice]:
    """Every way that gives a result of its own, the catalogue's first."""
    if value is None:
        return [DisplayChoice("", _TITLES[""], PENDING)]
    found: dict[str, DisplayChoice] = {}
    for code, title in _TITLES.items():
        preview = shown(indicator, value, code)
        found.setdefault(preview, DisplayChoice(code, title, preview))
    return list(found.values())


def _rewritten(indicator: Indicator, value: Decimal, parts: list[str]) -> str:
    style = next((_STYLES[part] for part in parts if part in _STYLES), "exact")
    scale_word = next((part for part in parts if part in SCALES), "")
    places = _places(parts)
    unit = indicator.unit
    if not scale_word:
        if places is None:
            places = _exact_places(value) if EXACT in parts else 0 if style != "exact" else None
        kept = indicator.display.decimals if places is None else places
        return display(replace(indicator, display=Display(style, kept)), value)
    if unit in MONEY:
        value, unit = value * MONEY[unit], "元"
    scale = SCALES[scale_word]
    if places is None:
        places = min(_exact_places(value / scale), 2) if style == "exact" else 1
    way = Display(style, places, scale, scale_word)
    return display(replace(indicator, display=way, unit=unit), value)


def _places(parts: list[str]) -> int | None:
    return next((int(part) for part in parts if part in PLACES), None)


def _exact_places(value: Decimal) -> int:
    """How many places the number needs, within reason."""
    exponent = value.normalize().as_tuple().exponent
    return min(max(-int(exponent), 0), _MOST_PLACES)


def _chinese(indicator: Indicator, value: Decimal, places: int | None) -> str:
    style = indicator.display.style
    if style in ("month", "day"):
        return in_chinese(int(value)) + ("月" if style == "month" else "日")
    kept = indicator.display.decimals if places is None and style == "percent" else places
    if kept is None:
        kept = _exact_places(value)
    if style == "percent":
        written = percent(value, Display("percent", kept))
        less = "不足" if written.startswith("不足") else ""
        number = Decimal(written.removeprefix("不足"))
        return f"{less}百分之{'百' if number == _ALL else in_chinese(number)}"
    return measured_in_chinese(value.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP), indicator.unit)
