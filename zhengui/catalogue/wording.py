"""The one language of the wording: what may stand between braces, in the catalogue's files and in the editor alike.

{figure}, {figure|余}, {figure.villages}, {figure.top3|值}, {figure.items|investment+begun_on}, {claim.key}, {year}.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zhengui.catalogue.check_ledgers import resolve
from zhengui.catalogue.model import Catalogue, FieldType, Indicator, Ledger
from zhengui.catalogue.source import of_claim, of_figure

#: Names that stand for no figure: they come from the period, the township, the scope and the outline.
PLAIN = {
    "year": "年份",
    "next_year": "下一年份",
    "township": "乡镇名称",
    "place": "范围名称",
    "period": "时段",
    "summary_sections": "总结的方面数",
    "plan_sections": "计划的方面数",
}
CLAIM = "claim"
#: The last two of an enumeration are joined with 和 where the chip asks for it.
AND = "和"
#: Villages are followed by their values where the chip asks for it.
VALUES = "值"
#: Stands between the codes after the bar.
JOIN = "+"

VILLAGES, TOP, BOTTOM, CHANGE, LAST, NAMES = "villages", "top", "bottom", "change", "last", "names"
BAND, BAND_COUNT, AVERAGE, HIGHEST, LOWEST, RANK = (
    "band",
    "band_count",
    "average",
    "highest",
    "lowest",
    "rank",
)
EXPECTED, TARGET, TARGET_SHARE = "expected", "target", "target_share"
AMONG, ITEMS, FIELD_VALUES, FIRST_DAY, LAST_DAY = "among", "items", "values", "first_day", "last_day"

#: Ways to write a number that may follow the bar.
ROUNDINGS = frozenset({"exact", "余", "近", "近余"})
SCALES = {"万": 10_000, "亿": 100_000_000}
PLACES = ("0", "1", "2", "3", "4")
CHINESE = "汉字"

_CHIP = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*?)([1-9]?))?(?:\|([^{}|]*))?\}")
_BRACES = re.compile(r"\{[^{}]*\}")
_BAND = re.compile(r"(\d+(?:\.\d+)?)?-(\d+(?:\.\d+)?)?")
_DATED = (FieldType.DATE,)
_ADDED_UP = frozenset({"count", "sum", "distinct"})


@dataclass(frozen=True, slots=True)
class Chip:
    """A placeholder in a text: `key`, `part` and `shown` as in {key.part|shown}; it stands from `start` to `end`."""

    key: str
    part: str = ""
    shown: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_claim(self) -> bool:
        """Whether it stands for a claim's sentence; `part` is then the claim's key."""
        return self.key == CLAIM

    @property
    def is_plain(self) -> bool:
        """Whether it stands for no figure and no claim."""
        return self.key in PLAIN

    @property
    def source(self) -> str:
        """What a printed run of it leads back to: `figure:key`, `claim:key`, or nothing."""
        if self.is_claim:
            return of_claim(self.part)
        return "" if self.is_plain else of_figure(self.key)

    @property
    def shape(self) -> str:
        """The part without its number: top of top3."""
        return self.part.rstrip("123456789")

    @property
    def most(self) -> int:
        """How many it lists at most: 3 of top3; 0 where it sets no limit."""
        digits = self.part[len(self.shape) :]
        return int(digits) if digits else 0

    @property
    def codes(self) -> tuple[str, ...]:
        """What follows the bar, told apart."""
        return tuple(self.shown.split(JOIN)) if self.shown else ()

    @property
    def text(self) -> str:
        """The chip as it is written."""
        part = f".{self.part}" if self.part else ""
        return "{" + self.key + part + (f"|{self.shown}" if self.shown else "") + "}"


#: Says what is wrong with the codes of a chip, or nothing: (chip, indicator, its ledger, catalogue) → Chinese, or "".
Judge = Callable[[Chip, Indicator, Ledger | None, Catalogue], str]


@dataclass(frozen=True, slots=True)
class FigureShape:
    """Something that can be told of a figure.

    `title` is what a menu calls it, `meaning` explains it in the documentation, `example` follows the figure's key,
    as in .top3|值. `number`: whether a number may (1) or must (2) follow the name. `needs` says what the figure must
    have: village, names, field, sum, or nothing. `judge` looks at the codes after the bar.
    """

    name: str
    title: str
    meaning: str
    example: str
    prints: str
    judge: Judge
    needs: str = ""
    number: int = 0


def _no_codes(chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    return f"“|{chip.shown}”在这里没有意思，请去掉" if chip.shown else ""


def _display(chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    known = "、".join((*sorted(ROUNDINGS), *SCALES, *PLACES, CHINESE))
    return "" if is_display(chip.shown) else f"“|{chip.shown}”不是已有的写法，可用的有：{known}"


def _joined(chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    return "" if chip.shown in ("", AND) else f"“|”后面只能写 {AND}，请改正"


def _listed(chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    return "" if set(chip.codes) <= {AND, VALUES} else f"“|”后面只能写 {AND} 或 {VALUES}，请改正"


def _band(chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    codes = list(chip.codes)
    if not codes or band(chip) is None:
        return "“|”后面要写数值的范围，如 100-（100及以上）、-10（不到10）、10-50（10到不满50），请补上"
    extra = {AND, VALUES} if chip.part == BAND else set()
    return "" if set(codes[1:]) <= extra else "范围后面的写法不对，请核对"


def _one_field(*types: FieldType) -> Judge:
    def judge(chip: Chip, _i: Indicator, ledger: Ledger | None, catalogue: Catalogue) -> str:
        field = resolve(ledger, chip.shown, catalogue.ledgers) if ledger is not None and chip.shown else None
        if field is None:
            return "“|”后面要写台账的一个字段，请补上"
        return "" if not types or field.type in types else f"字段 {chip.shown} 不是单选，不能这样列，请核对"

    return judge


def _fields(chip: Chip, _i: Indicator, ledger: Ledger | None, catalogue: Catalogue) -> str:
    if ledger is None:
        return ""
    lost = [path for path in chip.codes if resolve(ledger, path, catalogue.ledgers) is None]
    return f"台账 {ledger.key} 没有字段 {'、'.join(lost)}，请核对" if lost else ""


def _anything(_chip: Chip, _i: Indicator, _l: Ledger | None, _c: Catalogue) -> str:
    return ""


#: Everything that can be told of a figure, by name; the empty name is its own value.
SHAPES = {
    shape.name: shape
    for shape in (
        FigureShape("", "本期的数", "the value; `|余` `|近` `|exact` `|万` `|亿` `|0` to `|4` places `|汉字`, joined by `+`, "
              "say how it is written", "|万+余", "1.2万余米", _display),
        FigureShape(VILLAGES, "涉及的村（居）", "the villages of its records, in the office's order; `|和` joins the last two", "."
              + VILLAGES, "白沙村、石桥村", _joined, "village"),
        FigureShape(NAMES, "列出名称", "what its records are called, all or the first three", f".{NAMES}3", "甲项目、乙项目等",
              _joined, "names", 1),
        FigureShape(TOP, "前几名", "the villages with the highest value; `|值` adds what they come to", f".{TOP}3|{VALUES}",
              "白沙村（12次）、石桥村（9次）", _listed, "village", 2),
        FigureShape(BOTTOM, "后几名", "the villages with the lowest value, the lowest first", f".{BOTTOM}2", "南河村、柳湾村",
              _listed, "village", 2),
        FigureShape(BAND, "达到某个范围的村（居）", "the villages whose value lies from the first number up to below the second; "
              "either may be left out", f".{BAND}|100-", "白沙村、石桥村", _band, "village"),
        FigureShape(BAND_COUNT, "达到某个范围的村（居）个数", "how many villages those are", f".{BAND_COUNT}|100-", "2", _band,
              "village"),
        FigureShape(AVERAGE, "村（居）平均", "its value divided by the villages that have one", f".{AVERAGE}|1", "10.5次",
              _display, "added village"),
        FigureShape(HIGHEST, "村（居）最高", "the highest value of a village", f".{HIGHEST}", "24次", _display, "village"),
        FigureShape(LOWEST, "村（居）最低", "the lowest value of a village", f".{LOWEST}", "2次", _display, "village"),
        FigureShape(RANK, "在各村（居）中的位次", "the place of the document's one village among all, or of the village named "
              "after the bar; equals share a place", f".{RANK}|白沙村", "第3位", _anything, "village"),
        FigureShape(CHANGE, "比上年", "the change against the same span of the year before, in words", f".{CHANGE}",
              "比上年增长9.4%", _no_codes),
        FigureShape(LAST, "上年数", "the value of the same span of the year before", f".{LAST}", "79次", _display),
        FigureShape(EXPECTED, "预计到年底", "what it will come to by the year's end at the pace so far", f".{EXPECTED}",
              "1250次", _display, "added"),
        FigureShape(TARGET, "年度目标", "the year's target in the work plan", f".{TARGET}", "1500次", _display),
        FigureShape(TARGET_SHARE, "完成年度目标的比例", "how much of that target is reached", f".{TARGET_SHARE}", "80.5%",
              _no_codes),
        FigureShape(AMONG, "其中各类", "its records told apart by a choice of their ledger, the most first", f".{AMONG}|kind",
              "其中道路交通30处、消防12处", _one_field(FieldType.CHOICE, FieldType.YES_NO), "field"),
        FigureShape(ITEMS, "逐项列出", "its records by name, each with the fields after the bar, all or the first three",
              f".{ITEMS}3|investment+begun_on", "甲项目（投资1200万元，3月5日开工）", _fields, "names", 1),
        FigureShape(FIELD_VALUES, "列出某个字段", "the different values of a field, in the order in which they were entered",
              f".{FIELD_VALUES}|film", "《甲》《乙》", _one_field(), "field"),
        FigureShape(FIRST_DAY, "最早的一天", "the first day of its records", f".{FIRST_DAY}", "3月5日", _no_codes, "days"),
        FigureShape(LAST_DAY, "最近的一天", "the last day of its records", f".{LAST_DAY}", "11月20日", _no_codes, "days"),
    )
}  # fmt: skip


def chips(text: str) -> list[Chip]:
    """The chips of a text in reading order."""
    return [
        Chip(
            found.group(1),
            (found.group(2) or "") + (found.group(3) or ""),
            found.group(4) or "",
            found.start(),
            found.end(),
        )
        for found in _CHIP.finditer(text)
    ]


def between_chips(text: str) -> list[tuple[int, str]]:
    """What was written by hand: the stretches between the chips, each with where it begins."""
    found, at = [], 0
    for chip in chips(text):
        if chip.start > at:
            found.append((at, text[at : chip.start]))
        at = chip.end
    return [*found, (at, text[at:])] if at < len(text) else found


def is_display(code: str) -> bool:
    """Whether a number may be written by this code."""
    parts = code.split(JOIN)
    known = all(part in ROUNDINGS or part in SCALES or part in PLACES or part == CHINESE for part in parts)
    return not code or (known and len(set(parts)) == len(parts))


def band(chip: Chip) -> tuple[str, str] | None:
    """From and up to (not with) of a chip such as {x.band|10-50}, each empty where it is open; None where none is said."""
    found = _BAND.fullmatch(chip.codes[0]) if chip.codes else None
    if found is None or not (found.group(1) or found.group(2)):
        return None
    return found.group(1) or "", found.group(2) or ""


def wording_faults(text: str, catalogue: Catalogue, own: Iterable[str] = ()) -> Iterator[str]:
    """What is wrong with a text: braces that don't pair, and chips that stand for nothing.

    `own` names numbers of a claim that its own sentences may say, as in {claim.count}.
    """
    if re.search(r"[{}]", _BRACES.sub("", text)):
        yield "花括号没有成对，请核对"
    for written in _BRACES.findall(text):
        found = chips(written)
        if not found:
            yield f"{written} 看不懂，请核对"
        elif not (found[0].is_claim and found[0].part in own):
            fault = chip_fault(found[0], catalogue)
            if fault:
                yield f"{written} {fault}"


def chip_fault(chip: Chip, catalogue: Catalogue) -> str:
    """What is wrong with a chip, in Chinese and without the chip itself; nothing where it can be told."""
    if chip.is_plain:
        return "后面不能再写别的，请去掉" if chip.part or chip.shown else ""
    if chip.is_claim:
        known = chip.part in catalogue.claims and not chip.shown
        return "" if known else "不是已有的论断，请核对"
    indicator = catalogue.indicators.get(chip.key)
    if indicator is None:
        return "不是已有的指标，请核对"
    shape = SHAPES.get(chip.part, SHAPES.get(chip.shape))
    if shape is None or (chip.most and not shape.number) or (shape.number == 2 and not chip.most):
        return f"不是已有的说法，只能写{'、'.join(' .' + name for name in SHAPES if name)}，请改正"
    measure = indicator.measure
    ledger = catalogue.ledgers.get(measure.ledger) if measure is not None else None
    return _lacking(shape, indicator, ledger) or shape.judge(chip, indicator, ledger, catalogue)


def _lacking(shape: FigureShape, indicator: Indicator, ledger: Ledger | None) -> str:
    """What the figure must have for this shape and hasn't."""
    measure = indicator.measure
    for need in shape.needs.split():
        if need == "village" and (ledger is None or not ledger.village):
            return "的台账没有村（居），列不出村名，请改正"
        if need == "names" and (ledger is None or not ledger.named_by):
            return "的台账没有可以列举的名称，请改正"
        if need in ("field", "days") and ledger is None:
            return "没有台账，列不出来，请改正"
        if need == "days" and (measure is None or not days_field(measure.timing.fields, ledger)):
            return "的记录没有日期，请改正"
        if need == "added" and (
            measure is None or measure.kind not in _ADDED_UP or indicator.over is not None
        ):
            return "不是可以累计的数，请改正"
    return ""


def unknown_chips(text: str, catalogue: Catalogue) -> list[Chip]:
    """The chips that name nothing in the catalogue, or ask for something that can't be told."""
    return [chip for chip in chips(text) if chip_fault(chip, catalogue)]


def days_field(fields: tuple[str, ...], ledger: Ledger | None) -> str:
    """The date that places the records of a figure in time, or nothing."""
    field = ledger.by_key.get(fields[0]) if ledger is not None and fields else None
    return field.key if field is not None and field.type in _DATED else ""


#: How a shape with a number after its name is called.
_NUMBERED = {NAMES: "名称前几个", ITEMS: "逐项列出前几个"}


def shape_title(chip: Chip) -> str:
    """What a menu calls this chip's shape: 前3名."""
    shape = SHAPES[chip.shape]
    title = _NUMBERED.get(chip.shape, shape.title) if chip.most else shape.title
    return title.replace("几", str(chip.most)) if chip.most else title


def shapes_of(indicator: Indicator, catalogue: Catalogue) -> list[Chip]:
    """A chip for each thing that can be told of this figure without naming fields, villages or limits."""
    found = []
    for shape in SHAPES.values():
        numbers = {0: ("",), 1: ("", "3"), 2: ("3",)}[shape.number]
        for number in numbers:
            chip = Chip(indicator.key, shape.name + number)
            if not chip_fault(chip, catalogue):
                found.append(chip)
    return found
