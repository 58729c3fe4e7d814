"""Where a text may be broken, and at what price: marks, numbers with their units, dates, names, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

SUPERSCRIPTS = "²³¹⁰⁴-⁹₀-₉"
NO_START = "，。、；：？！”’）》】〕〉」』］｝…—·％‰℃°～%,.;:!?)]}"
NO_END = "“‘（《【〔〈「『［｛([{￥¥$№"
LATIN = "!-~\u00b2\u00b3\u00b9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u2070-\u209f\u2212"
WIDEST_CLUSTER = 20
LONGEST_WHOLE = 10
"""A cluster of no more characters has no place inside it at which it may be broken."""

DATE = 1e8
"""What a date that is cut costs: more than a line whose characters stand a quarter of one apart."""
YEAR = 4.8e7
"""A break after the year of a date, where its day can't stay with it; less than gaps of a quarter of a character."""
RUNT = 2e7
UNIT = 4e5
NAME = 3e3
LABEL = 1.5e3
SENSIBLE = 2e4
"""A break in a web address after one of its marks."""
EMERGENCY = 3.5e7
"""A break inside a long word or between the groups of an account number, where a gap in the line would be worse."""
FORBIDDEN = 1e18

_CLOSE = re.escape(NO_START) + " " + SUPERSCRIPTS
_OPEN = re.escape(NO_END)
_CLUSTER = re.compile(rf"[{_OPEN}]*(?:[{LATIN}]+(?<![(\[{{])|.)[{_CLOSE}]*", re.DOTALL)
_LONG = re.compile(rf"[{LATIN}]{{11,}}")
_ADDRESS_MARKS = re.compile(
    r"(?<=[/?&=#@_\-.:])(?![/?&=#@_\-.:,;!)\]}%])(?<!\d[.:\-](?=\d))|(?<=[a-z])(?=[A-Z])"
)
_IDENTIFIER = re.compile(r"\d{11,}[Xx]?")
_LETTERS = re.compile("[A-Za-z]")
_ADDRESS = re.compile(r"://|^www\.|[@/?=]")
_DASHES = re.compile(r"(?<=\d\d)[-~/](?=\d\d)")
_GROUPS = {11: (3, 7), 15: (6, 12), 18: (6, 14)}
"""Where a telephone number, an old and a new identity number are read in groups; others by fours."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房屈"
    "饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗桂全楼单"
)
_MARKS = "，。、；：？！“”‘’（）《》【】 　"
_KEPT = re.compile(
    r"(?P<date>(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{2,4}年度?)"
    r"|(?P<unit>[近约逾超达第]?\d[\d,.]*[余多来]?[十百千万亿]*[余多]?"
    r"(?:平方[米公]里?|立方米|公里|千米|人次|户次|万元|亿元|个百分点|百分点|周岁|周年|个月|小时|分钟|[\u3400-\u9fff])?)"
    rf"|(?<=[{_MARKS}])(?P<name>[{_SURNAMES}][\u3400-\u9fff]{{1,2}})(?=[{_MARKS}]|同志|等)"
    r"|(?P<label>（[^（）：]{2,6}：[^（）]{1,14}）)"
)
_PRICES = {"date": DATE, "unit": UNIT, "name": NAME, "label": LABEL}


@dataclass(slots=True)
class Breaks:
    """The places of a text at which a line may end: `at` counts characters, `prices` says what it costs there.

    `pieces` are what stands between them, one less than there are places.
    """

    at: list[int]
    prices: list[float]
    pieces: list[str]


def clusters(text: str) -> list[str]:
    """The text in pieces which no line break may part, unless a piece is too long for any line."""
    return _CLUSTER.findall(text)


def breaks_of(text: str) -> Breaks:
    """Every place where the text may be broken, its end the last; a place inside what belongs together is dear."""
    pieces = clusters(text)
    priced: dict[int, float] = _dear(text)
    if max(map(len, pieces), default=0) > LONGEST_WHOLE:
        whole, pieces, at = pieces, [], 0
        for cluster in whole:
            start = 0
            for inside, price in _inside(cluster) if len(cluster) > LONGEST_WHOLE else ():
                pieces.append(cluster[start:inside])
                priced[at + inside] = price
                start = inside
            pieces.append(cluster[start:])
            at += len(cluster)
    places = [0, *accumulate(map(len, pieces))]
    prices = [priced.get(place, 0.0) for place in places] if priced else [0.0] * len(places)
    prices[-1] = 0.0
    return Breaks(places, prices, pieces)


def _dear(text: str) -> dict[int, float]:
    """The places inside dates, quantities, names and labels, each with the highest of its prices."""
    dear: dict[int, float] = {}
    for found in _KEPT.finditer(text):
        start, end = found.span()
        price = _PRICES[found.lastgroup or "label"]
        for place in range(start + 1, end):
            dear[place] = YEAR if price == DATE and text[place - 1] == "年" else price
        if found.lastgroup == "label":
            dear |= {start + 1 + place: higher for place, higher in _dear(text[start + 1 : end]).items()}
    return dear


def _inside(cluster: str) -> Iterator[tuple[int, float]]:
    """The places inside a long cluster, in order: sensible ones in addresses, and those for an emergency."""
    places: dict[int, float] = {}
    for found in _LONG.finditer(cluster):
        start, word = found.start(), found[0]
        trimmed = word.rstrip(NO_START)
        if _IDENTIFIER.fullmatch(trimmed):
            groups = _GROUPS.get(len(trimmed)) or range(4, len(trimmed) - 2, 4)
            places |= {start + place: EMERGENCY for place in groups}
        elif _LETTERS.search(trimmed):
            address = bool(_ADDRESS.search(word))
            inner = range(3, len(trimmed) - 2)
            places |= {start + place: EMERGENCY for place in inner if _parted(word, place, address)}
            places |= {start + one.end(): SENSIBLE for one in _ADDRESS_MARKS.finditer(trimmed[:-1])}
        else:
            places |= {start + one.end(): EMERGENCY for one in _DASHES.finditer(trimmed[:-1])}
    if len(cluster) > WIDEST_CLUSTER:
        for place in range(1, len(cluster)):
            places.setdefault(place, FORBIDDEN)
    return iter(sorted(places.items()))


def _parted(word: str, place: int, address: bool) -> bool:
    """Whether a word may be parted here when it must: not before a mark, between digits in an address alone."""
    before, after = word[place - 1], word[place]
    number = not address and after.isdigit() and (before.isdigit() or before in ".,-:")
    return after.isalnum() and not number and before not in NO_END
