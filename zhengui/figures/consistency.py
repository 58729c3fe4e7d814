"""Whether a typed number says what the ledgers say: exactly, or truly with 余, 近, 约, 超, and in which scope."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from zhengui.catalogue.model import Indicator
from zhengui.figures.display import printed_value
from zhengui.figures.display_choices import shown
from zhengui.figures.rounding import is_more_than, is_nearly
from zhengui.figures.spoken_of import NamedIndicator, clause_after, has_verb, in_unit_of, named
from zhengui.figures.typed_numbers import TypedNumber, all_numbers

Verdict = Literal["agrees", "contradicts", "no_source"]
#: Rounding changes a number by at most this; 99% is no other way to write 98.65%.
_ROUNDING = Decimal("0.001")
_ABOUT = Decimal("0.05")

_PAST = re.compile(
    r"上年|去年|上一年|往年|前年|上年同期|去年同期|年初|改革前|此前|过去|原来|原有|以往|历年|近[三四五两]年|五年来"
)
_PLANNED = re.compile(
    r"力争|计划(?!事项|生育)|目标|预计|拟|明年|下一年|下年|规划|有望|任务(?:数|指标)|下达|不得|应当|十四五"
)
_WILL = re.compile(r"(?:^|[，；。])[^，；。]{0,8}(?:将|要)(?:再|新|继续|投|建|完|发|开|组|实|铺|改|清)")
_OTHER_SPAN = re.compile(
    r"上半年|下半年|[一二三四]季度|[前首]三季度|季度|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|当月|本月|当日|当天|单日|本周|每周|首批|第[一二三四]批|汛期|期间|春节|国庆|集中行动|专项行动|行动中|日前"
)
_OTHER_SPAN_BEFORE = re.compile(r"上半年|下半年|季度|截[至止](?!目前|年底)")
_PART_HEADING = re.compile(r"^\s*(?:第[一二三四]部分|[一二三四五]、)")
_PLAN_HEADING = re.compile(r"计划|打算|安排|重点工作|思路|展望")
_LONGEST_HEADING = 40
_TO_NOW = re.compile(r"截[至止](?:目前|年底|(?:今年)?12月(?:底|31日)?|十二月底)|1[—\-至]12月|全年|今年以来")
_CHANGE = re.compile(
    r"(?:增加|增长|提高|上升|下降|减少|降低|压减|压降|下调|上调|净增|多|少|增|降|升)了?(?:约|近|超|超过)?$"
)
_REACHING = re.compile(
    r"(?:增加|增长|提高|上升|下降|减少|降低|压减|扩大|上涨)?(?:到|至)了?(?:约|近|超|超过)?$"
)
_REACHED = re.compile(r"(?:增|提高|上升|下降|减|降|扩大|上涨)[^，。；]{0,4}[到至]")
#: A number right before this one (4大类16个), and an addition to what there is.
_CHAINED = re.compile(r"\d[余多]?[\u4e00-\u9fff]{1,3}$")
_UNDONE = re.compile(r"[\u4e00-\u9fff]{1,2}?(?:正在|正|尚|仍|还|未|待)")
_NEW = re.compile(r"新增|净增|新培育|新发展|新成立|新认定")
_FROM = re.compile(r"[从由](?:[^，。；]{0,12})$")
_EACH = re.compile(
    r"每[^，。；]{0,4}|平均|人均|户均|日均|月均|村均|亩均|单价|最[高多大]|最[低少小]|其余|另有|剩余|尚有|还有|仍有|未"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_PART = re.compile(r"其中|包括|分别")


@dataclass(frozen=True)
class LedgerBook:
    """What the ledgers say, as far as a text is judged by it.

    `values` are the figures of `year` by key, None where unknown; `of_year` and `of_village` answer for another
    year and for one village. `own_span` are the words for a span that is less than a year, `words` further names
    of indicators, `narrower` the words that make less of one (交通 of all hazards).
    """

    year: int
    indicators: Mapping[str, Indicator]
    values: Mapping[str, Decimal | int | None]
    villages: Mapping[str, int] = field(default_factory=dict)
    of_year: Callable[[str, int], Decimal | int | None] = lambda _key, _year: None
    of_village: Callable[[str, int], Decimal | int | None] = lambda _key, _village: None
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    narrower: Mapping[str, frozenset[str]] = field(default_factory=dict)
    own_span: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A typed number with the verdict; `indicator` and `value` are what it was held against, `scope` says of what."""

    typed: TypedNumber
    verdict: Verdict
    indicator: Indicator | None = None
    value: Decimal | None = None
    scope: str = ""

    @property
    def told(self) -> str:
        """What the ledgers say, as the document would print it; empty without a source."""
        return shown(self.indicator, self.value) if self.indicator and self.value is not None else ""


def as_written(typed: TypedNumber) -> str:
    """A number with its word and unit as a message quotes it: 近1300家, 140余处."""
    if typed.measure == "%" and not typed.after.startswith(("%", "％")):
        return f"百分之{typed.text}"
    lead = _LEAD.search(typed.before)
    known = next((word for word in _UNITS if typed.measure.startswith(word)), typed.measure[:1])
    return f"{lead.group() if lead else ''}{typed.text}{typed.unit.removesuffix(typed.measure)}{known}"


_LEAD = re.compile(r"(?:近|超过?|约|大约|不足|突破|逾|百分之)$")
_UNITS = ("个百分点", "人次", "场次", "户次", "周年", "周岁", "公里", "平方米", "立方米", "工作日", "小时")


def judge_text(text: str, book: LedgerBook, planned: bool = False) -> list[JudgedNumber]:
    """Every number of a text held against the ledgers; `planned` for what stands under next year's plan."""
    return [judged for typed in all_numbers(text) if (judged := judge(typed, book, planned)) is not None]


def is_plan_heading(line: str) -> bool | None:
    """Whether a line begins the part on next year's plan, or another part; None for what is no such heading."""
    if not _PART_HEADING.match(line) or len(line) > _LONGEST_HEADING:
        return None
    return bool(_PLAN_HEADING.search(line))


def judge(typed: TypedNumber, book: LedgerBook, planned: bool = False) -> JudgedNumber | None:
    """The verdict on one number; None for a single numeral that speaks of no figure."""
    against = list(_held_against(typed, book, planned))
    if not against:
        return None if typed.numeral and len(typed.text) == 1 else JudgedNumber(typed, "no_source")
    for indicator, value, scope in against:
        if agrees(typed, indicator, value):
            return JudgedNumber(typed, "agrees", indicator, value, scope)
    indicator, value, scope = against[0]
    return JudgedNumber(typed, "contradicts", indicator, value, scope)


def agrees(typed: TypedNumber, indicator: Indicator, value: Decimal) -> bool:
    """Whether what was typed is true of the value: an approximate number only by its word, in its direction."""
    told = in_unit_of(typed, indicator)
    if typed.word == "more":
        scale = told / typed.value if typed.value else Decimal(1)
        return is_more_than(value / scale, typed.value)
    if typed.word == "nearly":
        return is_nearly(value, told)
    if typed.word == "about":
        return abs(value - told) <= abs(value) * _ABOUT
    if typed.word == "above":
        return value >= told
    if typed.word == "below":
        return value <= told
    if told in (value, printed_value(indicator, value)):
        return True
    scale = told / typed.value if typed.value else Decimal(1)
    rounded = (value / scale).quantize(Decimal(1).scaleb(-typed.places), ROUND_HALF_UP)
    return rounded == typed.value and abs(value - told) <= abs(value) * _ROUNDING


def _held_against(
    typed: TypedNumber, book: LedgerBook, planned: bool
) -> Iterator[tuple[Indicator, Decimal, str]]:
    """What a number is to be compared with; nothing where it tells of something the figures don't."""
    found = named(typed, book.indicators.values(), book.words)
    if not found or _is_other(typed, found[0], book, planned):
        return
    village = _village_of(typed, book)
    year = _year_of(typed, book)
    for each in found:
        indicator = each.indicator
        if _is_narrower(typed, book.narrower.get(indicator.key, frozenset())):
            continue
        value: Decimal | int | None
        if village is not None:
            value, scope = book.of_village(indicator.key, book.villages[village]), village
        elif year != book.year:
            value, scope = book.of_year(indicator.key, year), f"{year}年"
        else:
            value, scope = book.values.get(indicator.key), ""
        if value is not None:
            yield indicator, Decimal(value), scope


def _is_other(typed: TypedNumber, best: NamedIndicator, book: LedgerBook, planned: bool) -> bool:
    """Whether a number tells of a change, a plan, a share of the period or a part, so that no figure answers for it."""
    clause, names = typed.before, best.indicator.title + best.indicator.short
    if _UNDONE.match(clause_after(typed)):
        return True
    if _CHAINED.search(clause) or (_NEW.search(clause) and not has_verb(best.indicator)):
        return True
    if _CHANGE.search(clause) and not _REACHING.search(clause):
        return True
    after = typed.after[len(typed.unit) - len(typed.measure) + 1 :]
    if _FROM.search(clause) and re.match(r"[^，。；]{0,6}(?:增|提高|上升|下降|减|降|扩大|到|至)", after):
        return True
    plan = (
        planned or "争取" in clause or _PLANNED.search(typed.sentence[-40:]) or _WILL.search(typed.sentence)
    )
    if plan and "目标" not in names and "计划" not in names:
        return True
    if re.search(r"等[\d一二三四五六七八九十]*个?村|村等$|社区等$", clause):
        return True
    own_clause, own_sentence = _without(clause, book.own_span), _without(typed.sentence, book.own_span)
    spanned = _OTHER_SPAN.search(own_clause) or _OTHER_SPAN_BEFORE.search(own_sentence)
    if spanned and not _TO_NOW.search(typed.sentence):
        return True
    each = _EACH.search(clause)
    if each and each.group() not in names and "户均" not in names and "日最高" not in names:
        return True
    return _in_bracket(typed) or (bool(_PART.search(clause)) and not best.own)


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text


def _in_bracket(typed: TypedNumber) -> bool:
    """Whether the number stands in a bracket that takes apart what was told before it."""
    opened = max(typed.sentence.rfind("（"), typed.sentence.rfind("("))
    return opened > max(typed.sentence.rfind("）"), typed.sentence.rfind(")"))


def _village_of(typed: TypedNumber, book: LedgerBook) -> str | None:
    """The village whose number it is: the last one named in the sentence's clauses up to it."""
    places = [(typed.before.rfind(name), name) for name in book.villages if name in typed.before]
    if len(places) > 1:
        return None
    if not places:
        lead = typed.sentence.removesuffix(typed.before).rstrip("，、")
        last = re.split(r"[，；：]", lead)[-1] if lead else ""
        places = [(0, name) for name in book.villages if last.startswith(name)]
    return max(places)[1] if places else None


def _year_of(typed: TypedNumber, book: LedgerBook) -> int:
    """The year that the clause speaks of."""
    years = [int(year) for year in _YEAR.findall(typed.before)]
    if years:
        return years[-1]
    past = _PAST.search(typed.before)
    if past and not _REACHED.search(typed.before[past.end() :]):
        return book.year - 1
    return book.year


def _is_narrower(typed: TypedNumber, words: frozenset[str]) -> bool:
    """Whether the clause names one kind of what the figure counts, and not several as examples."""
    around = typed.before[-14:] + clause_after(typed)
    said = [word for word in words if re.search(f"{re.escape(word)}(?![和、及与])", around)]
    return bool(said) and "等" not in typed.before and len(said) == 1
