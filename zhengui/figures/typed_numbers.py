"""Numbers that somebody typed by hand: where they stand, what they count, and in which words they are told.

Arabic digits and Chinese numerals, with 万 and 亿, with 余, 近, 约, 超. Years, days, titles, document numbers,
telephone numbers and what is quoted are names, not figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zhengui.catalogue.wording import between_chips
from zhengui.values.chinese_numerals import CHARACTERS, read_numeral
from zhengui.values.clean import one_width

#: In which direction an approximate number is meant.
Word = Literal["", "more", "nearly", "about", "above", "below"]

_DIGITS = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_NUMERAL = re.compile(rf"[{CHARACTERS}]+(?:点[零〇一二三四五六七八九]+)?")
#: What stands for something else than a figure. Titles and quoted names; numbers of documents; telephones;
#: routes, codes and models; days, times and years; what is counted off (一是, 第三, 1.).
_NAMES = re.compile(
    r"“[^”]*”|《[^》]*》|（[^）]*号）|[〔\[［（(][^〕\]］）)]*[〕\]］）)]\s*第?\s*\d+\s*号"
    r"|\d{3,4}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<![\d.])1\d{2,4}(?=(市长|政务服务|便民)?(服务)?(热线|平台|工单|电话|指挥中心))"
    r"|[A-Za-z]+[-/]?\d[\d.]*[A-Za-z]*|\d+[A-Za-z]+(?![A-Za-z0-9])|\d{1,2}[:：]\d{2}"
    r"|(?:公元)?(?:[12][90]\d{2}|二[〇○零][一二三四五六七八九〇○零]{2})\s*(?:[-—–~～至到]\s*(?:[12][90]\d{2}|\d{2}))?\s*(?:年度?|级|版|届)"
    r"|(?:[12][90]\d{2})\s*[-—–~～至到、和]\s*(?=[12][90]\d{2}\s*年)"
    r"|\d{1,2}\s*月\s*份?(?:\s*(?:上旬|中旬|下旬|初|中|底|末|起|以来))?(?:\s*\d{1,2}\s*[日号])?"
    r"(?:\s*[-—–~～至到]\s*(?:\d{1,2}\s*月\s*)?\d{1,2}\s*[日号])?|(?<!\d)\d{1,2}\s*[日号](?=[，。；、上下起前后至到—（]|$)"
    r"|\d{1,2}\s*[时点](?!点)(?:\d{1,2}分)?"
    r"|第\s*(?:\d+|[一二三四五六七八九十百]+)"
    r"|(?<=[。；：\n])\s*\d+[.．、](?!\d)|^\s*\d+[.．、](?!\d)|[（(]\s*[\d一二三四五六七八九十]+\s*[）)]|[①-⑳]"
    r"|十[一二三四五六七八九]五|十四五|(?<![\d一二三四五六七八九十百千万])[一二三四五六七八九十]+(?:是|、(?=[\u4e00-\u9fff])|来(?!自))",
    re.MULTILINE,
)
#: Words that hold a numeral and are no number.
_WORDS_OF_NUMERALS = re.compile(
    "|".join(
        (
            "万一 一万年 千方百计 百姓 百货 百年 千家万户 百日 万家 万无一失 万户 一百零一 十分 十足 十一假 百分点 "
            "一万个 千头万绪 千秋 百花 百强 百佳 百村 千村 万村 万企 千企 双百 百业 百态 亿万 千万"
            " 三百六十 四面八方 五湖四海 七上八下 八项 九三 三十而立 十佳 十大 百尺 百里 万亩方 千亩方"
        ).split()
    )
)
_UNIT = re.compile(
    r"(?P<inner>[余多])?(?P<scale>万亿|[百千]万|[万亿千百])?(?P<outer>[余多])?(?P<unit>个百分点|[%％‰]|[\u4e00-\u9fff]{0,3})"
)
_BEFORE: tuple[tuple[Word, str], ...] = (
    ("nearly", "接近|将近|临近|近|逼近"),
    ("above", "超过了|超过|超出|超|逾|突破|多于|高于|大于|不少于|不低于|至少"),
    ("below", "不足|不到|不满|低于|少于|未达|至多|不超过|不高于|不多于|控制在"),
    ("about", "大约|约为|约|约计|大概|左右|共约|合计约"),
)
_BEFORE_WORD = re.compile("|".join(f"(?P<{word}>(?:{words}))" for word, words in _BEFORE))
_AFTER_WORD = re.compile(r"\s*(?:(?P<about>左右|上下)|(?P<above>以上|之多)|(?P<below>以下|以内))")
_ENDS = "。；！？\n"
_CLAUSE_ENDS = "，。；！？：\n"
#: Figures told one after the other in a clause, each with its own words: 清理垃圾12吨、杂物4吨.
_FIGURE_BEFORE = re.compile(r".*[0-9０-９一二三四五六七八九十百千万余多][^0-9０-９、]{0,6}、", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number typed by hand.

    `text` is it as it stands there, between `start` and `end`; `value` its digits, `scale` what 万 or 亿 makes of
    them; `unit` everything up to three characters behind it, scale and 余 included; `before` the clause up to it,
    `sentence` the whole sentence up to it and `after` what follows it in the sentence. `word` says how it is meant.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    before: str
    sentence: str = ""
    after: str = ""
    scale: int = 1
    measure: str = ""
    word: Word = ""
    numeral: bool = False

    @property
    def number(self) -> Decimal:
        """The number with its scale: 1.2万 is 12000."""
        return self.value * self.scale

    @property
    def places(self) -> int:
        """How many decimals were typed."""
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year, which needs no source."""
        return self.unit.startswith("年") and len(self.text) == 4 and 1900 <= self.value <= 2199


def typed_numbers(text: str) -> list[TypedNumber]:
    """Every number of a text outside its chips and outside what is a name, years and days left out.

    A Chinese numeral of one character is left to `all_numbers`: 三次 may be a figure, 一体化 isn't.
    """
    return [typed for typed in all_numbers(text) if not typed.numeral or len(typed.text) > 1]


def all_numbers(text: str) -> list[TypedNumber]:
    """As `typed_numbers`, with the single numerals that a measure word follows."""
    names = [found.span() for found in _NAMES.finditer(text)]
    names += [found.span() for found in _WORDS_OF_NUMERALS.finditer(text)]
    found = []
    for at, stretch in between_chips(text):
        for match, value, numeral in _numbers(stretch):
            start = at + match.start()
            if any(low <= start < high for low, high in names):
                continue
            typed = _typed(text, stretch, match, at, value, numeral)
            if not typed.is_year and (not numeral or typed.measure):
                found.append(typed)
    return sorted(found, key=lambda typed: typed.start)


def _numbers(stretch: str) -> Iterator[tuple[re.Match[str], Decimal, bool]]:
    for match in _DIGITS.finditer(stretch):
        yield match, Decimal(re.sub("[,，]", "", one_width(match.group()).replace("，", ","))), False
    for match in _NUMERAL.finditer(stretch):
        if match.start() and stretch[match.start() - 1] in "0123456789０１２３４５６７８９.．%％余多":
            continue  # the 万 of 3.5万
        told = match.group()
        value = read_numeral(told)
        if told == "百" and stretch[: match.start()].endswith("百分之"):
            value = Decimal(100)
        elif value is None or told[0] in "万亿" or told in ("百", "千", "十"):
            continue
        yield match, value, True


def _typed(
    text: str, stretch: str, match: re.Match[str], at: int, value: Decimal, numeral: bool
) -> TypedNumber:
    start, end = match.span()
    unit = _UNIT.match(stretch, end)
    assert unit is not None
    scale = _SCALES.get(unit["scale"] or "", 1)
    measure = one_width(unit["unit"])
    percent = stretch[:start].endswith("百分之")
    clause = start
    while clause and stretch[clause - 1] not in _CLAUSE_ENDS:
        clause -= 1
    sentence = start
    while sentence and stretch[sentence - 1] not in _ENDS:
        sentence -= 1
    rest = end
    while rest < len(stretch) and stretch[rest] not in _ENDS:
        rest += 1
    before = _FIGURE_BEFORE.sub("", stretch[clause:start]).removesuffix("百分之")
    return TypedNumber(
        match.group(),
        at + start,
        at + end,
        value,
        "%" if percent else one_width(unit.group()),
        before,
        stretch[sentence:start],
        stretch[end:rest],
        scale,
        "%" if percent else measure,
        _word(stretch, start, unit, percent),
        numeral,
    )


_SCALES = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100, "百万": 10**6, "千万": 10**7, "万亿": 10**12}


def _word(stretch: str, start: int, unit: re.Match[str], percent: bool) -> Word:
    """How a number is meant, by the word right before it, 余 or 多 inside its unit, 以上 or 左右 behind it."""
    if unit["inner"] or unit["outer"]:
        return "more"
    lead = stretch[max(0, start - 8 - 3 * percent) : start].removesuffix("百分之")
    for found in _BEFORE_WORD.finditer(lead):
        if found.end() == len(lead):
            return next(word for word, _words in _BEFORE if found[word])
    after = _AFTER_WORD.match(stretch, unit.start("unit") + _measure_length(unit["unit"]))
    if after:
        return next(word for word in ("about", "above", "below") if after[word])
    return ""


def _measure_length(unit: str) -> int:
    """How many characters behind a number are its measure word, before 以上, 左右 and the like."""
    words = ("左右", "上下", "以上", "以下", "以内", "之多")
    places = [
        place for place in range(len(unit)) if any(word.startswith(unit[place : place + 2]) for word in words)
    ]
    return min(places, default=len(unit))
