"""Which figure a typed number speaks of: by its unit and by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zhengui.catalogue.model import Indicator
from zhengui.figures.typed_numbers import TypedNumber

#: What else may stand for a unit; the first of each row is not special.
_ALIKE = (
    ("处", "个", "起", "项", "条"),
    ("个", "家", "处", "项", "类", "名", "件", "起", "所", "座"),
    ("名", "人", "位", "个"),
    ("人", "名", "位", "个"),
    ("人次", "人", "名", "余人次"),
    ("次", "场次", "场", "期", "轮", "回", "批次"),
    ("场次", "次", "场", "期"),
    ("起", "件", "宗", "个", "例", "次"),
    ("宗", "件", "起", "例", "个"),
    ("件", "起", "个", "条", "项"),
    ("条", "项", "件", "个", "处"),
    ("项", "条", "个", "件"),
    ("份", "张", "册", "封", "本"),
    ("册", "本", "份", "套"),
    ("本", "册", "份"),
    ("户", "家", "个", "座", "处"),
    ("家", "个", "户", "处"),
    ("米", "公里", "千米", "里"),
    ("亩", "公顷"),
    ("吨", "公斤"),
    ("辆", "台", "部"),
    ("周岁", "岁"),
    ("岁", "周岁"),
    ("%",),
    ("元",),
    ("万元",),
    ("亿元",),
)
_MEASURES = {row[0]: row for row in _ALIKE}
_WORTH = {("米", "公里"): 1000, ("米", "千米"): 1000, ("米", "里"): 500, ("亩", "公顷"): 15}
_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
#: Words of one meaning, as the catalogue and as other hands write them; each row is read as its first.
_SAME = (
    ("消除", "整改", "治理", "排除", "销号", "整治完成", "处置", "整治到位"),
    ("发放", "印发", "分发", "派发", "散发", "配发", "发出", "张贴", "印制"),
    ("调处", "化解", "调解", "处理", "解决", "办结"),
    ("清理", "清运", "清除", "转运", "处置"),
    ("建成", "建设", "新建", "打造", "建起"),
    ("铺设", "修建", "新修", "硬化", "敷设", "埋设", "新铺"),
    ("投放", "配备", "购置", "添置", "新增", "配置"),
    ("取缔", "关停", "查处", "捣毁"),
    ("检查", "巡查", "督查"),
    ("排查", "摸排", "排摸", "查出", "发现"),
    ("开展", "举办", "组织", "召开", "举行"),
    ("隐患", "安全隐患", "风险隐患", "事故隐患", "问题隐患"),
    ("矛盾纠纷", "矛盾", "纠纷", "各类纠纷", "邻里纠纷"),
    ("宣传资料", "宣传单", "宣传页", "宣传册", "宣传手册", "宣传品", "明白纸", "宣传材料"),
    ("户厕", "厕所", "旱厕", "卫生厕所", "农厕"),
    ("生活垃圾", "垃圾", "陈年垃圾"),
    ("沟塘", "沟渠", "坑塘", "河塘", "沟渠河塘", "当家塘"),
    ("保洁队伍", "保洁员", "保洁人员"),
    ("公开信", "致父老乡亲的公开信", "一封信"),
    ("筹资", "筹集资金", "筹措资金", "募集资金", "集资", "捐资", "筹款"),
    ("班子成员接访", "接待来访群众", "接待群众来访", "公开接访", "接访群众", "接访"),
    ("意见", "意见建议", "建议", "意见和建议"),
    ("学习研讨", "研讨", "中心组学习研讨"),
    ("警示教育", "警示教育片"),
    ("培训班", "培训"),
    ("纪念章", "“光荣在党50年”纪念章"),
    ("后备干部", "村级后备干部", "后备力量"),
    ("排查整治", "专项整治", "安全检查"),
    ("场所", "各类场所", "生产经营单位", "经营场所", "企业和场所"),
    ("液化气点", "燃气点", "黑气点", "液化石油气点"),
    ("合作社", "农民专业合作社", "专业合作社"),
    ("土地流转", "流转土地", "流转耕地", "流转面积", "土地流转面积"),
    ("固定资产投资", "固投"),
    ("规上工业总产值", "规模以上工业总产值", "工业总产值", "规上工业产值", "规模工业产值"),
    ("信访事项", "信访件", "信访案件", "来信来访", "信访"),
    ("帮扶干部", "包保干部", "包保责任人"),
    ("全程接种率", "全程疫苗接种率", "完成全程接种", "疫苗接种率", "接种率"),
    ("小菜园", "菜园"),
    ("小广场", "文化广场", "休闲广场"),
    ("下水道", "下水管道", "排水管道", "管网"),
    ("砖铺道路", "砖铺路", "铺砖道路", "砖路"),
    ("泳池", "泡池"),
    ("储物柜", "更衣柜"),
    ("走访", "入户走访"),
    ("红色教育", "红色教育基地"),
    ("学习用书", "党史学习用书", "书籍", "读本"),
    ("实事", "好事", "民生实事"),
    ("参保率",),
    ("集中排查", "大排查"),
    ("立案调解", "立卷调解"),
)
_CANON = {word: row[0] for row in _SAME for word in row}
#: Said of what is shut down as often as not.
_UNLAWFUL = re.compile("非[法]")
_SAME_WORD = re.compile("|".join(sorted(map(re.escape, _CANON), key=len, reverse=True)))
_VERBS = sorted(
    {row[0] for row in _SAME[:11]}
    | {"改造", "落实", "收回", "征集", "表彰", "颁发", "发展", "参加", "受理", "登记"},
    key=len,
    reverse=True,
)
_FILLING = re.compile(
    r"[了的共已均各类全年今年一年来全镇镇村（居）、“”\s]|全乡|全街道|累计|合计|总计|共计|先后|及时|有效|成功|完成|达到?|为$|(?:接近|将近|近|大约|约|超过|超|突破|逾|不足)$"
)
_NEAR_BEFORE, _NEAR_AFTER, _GAP = 10, 3, 4
_MARGIN, _RATE, _LEAST, _TOO_COMMON, _SHORT, _MEASURE = 6, 3, 3, 2, 3, 2


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """An indicator that a number may speak of; `own` where the number's own clause names it."""

    indicator: Indicator
    score: int
    own: bool = True


def in_unit_of(typed: TypedNumber, indicator: Indicator) -> Decimal:
    """The typed number in the indicator's unit: 1.2万米 is 12000米, 3.5亿元 is 35000万元."""
    if indicator.unit in _MONEY:
        return typed.number / _MONEY[indicator.unit]
    for measure in sorted(_MEASURES.get(indicator.unit, ()), key=len, reverse=True):
        if typed.measure.startswith(measure):
            return typed.number * _WORTH.get((indicator.unit, measure), 1)
    return typed.number


def fits(typed: TypedNumber, indicator: Indicator) -> bool:
    """Whether the number is told in the indicator's unit or one that stands for it."""
    unit = indicator.unit
    if unit in _MONEY:
        return typed.measure.startswith("元") or (
            typed.scale >= 10_000 and not typed.measure[:1].strip("，。；、")
        )
    if unit == "%":
        return typed.measure.startswith(("%", "百分点")) and not typed.measure.startswith("个百分点")
    longer = _LONGER.get(unit, ())
    if typed.measure.startswith(longer):
        return False
    return typed.measure.startswith(_MEASURES.get(unit, (unit,))) if unit else False


#: A unit that begins like another: 12个百分点 are no 12个, 12人次 no 12人.
_LONGER: dict[str, tuple[str, ...]] = {
    "个": ("个百分点", "个月", "个小时", "个工作日", "个多", "个半"),
    "人": ("人次", "人民"),
    "名": ("名次",),
    "家": ("家庭", "家长"),
    "次": ("次年", "次日"),
    "户": ("户次", "户均"),
    "起": ("起步",),
    "处": ("处理", "处置", "处级"),
    "条": ("条件", "条例"),
    "项": ("项目部",),
    "件": ("件套",),
}


def told_of(
    typed: TypedNumber, indicators: Iterable[Indicator], words: Mapping[str, Sequence[str]] | None = None
) -> Indicator | None:
    """The indicator that a number speaks of most likely, or None."""
    found = named(typed, indicators, words or {})
    return found[0].indicator if found else None


def named(
    typed: TypedNumber, indicators: Iterable[Indicator], words: Mapping[str, Sequence[str]]
) -> list[NamedIndicator]:
    """The indicators that a number may speak of, the likeliest first, those far behind it left out.

    `words` are further ways in which the catalogue's own sentences name an indicator, by key.
    """
    found = []
    for indicator in indicators:
        if not fits(typed, indicator):
            continue
        known = words.get(indicator.key, ())
        before = _FILLING.sub("", typed.before)
        # A short lead of a sentence (参训, 受教育) names a figure only right before the number.
        names = {
            indicator.title,
            indicator.short,
            *(w for w in known if len(w) > _SHORT or before.endswith(w)),
        }
        best = max(
            (score for name in names for score in _scores(name, typed)), default=None, key=lambda s: s[0]
        )
        if best is not None and best[0] >= _LEAST:
            found.append(
                NamedIndicator(
                    indicator,
                    best[0] + (typed.measure.startswith(indicator.unit) or indicator.unit in _MONEY),
                    best[1],
                )
            )
    found.sort(key=lambda each: -each.score)
    return [each for each in found if each.score > found[0].score - _MARGIN]


def _scores(name: str, typed: TypedNumber) -> Iterator[tuple[int, bool]]:
    """How well a name fits, by each way in which it does: before the number, behind it, or carried on."""
    verb, noun = _parts(canonical(name))
    if len(noun) < 2 and len(verb) < 2:
        return
    before, after = canonical(_clause_before(typed)), canonical(clause_after(typed))
    spoken = bool(verb) and (verb in before or verb in after)
    if verb and not spoken and len(noun) <= _TOO_COMMON:
        return  # 党员, 意见, 干部: only with their verb do they name a figure
    if not verb and len(noun) <= _TOO_COMMON and not _FILLING.sub("", before).endswith(noun):
        return
    clash = bool(verb) and not spoken and any(other in before + after for other in _VERBS if other != verb)
    worth = 3 * len(noun or verb) + (9 if spoken else -9 if clash else 0)
    core = noun or verb
    place = before.rfind(core)
    if place >= 0:
        gap = len(_FILLING.sub("", before[place + len(core) :]))
        if gap <= _NEAR_BEFORE:
            yield worth - gap, True
    elif len(core) >= 4 and (loose := _loosely(core, before)) is not None and loose <= _NEAR_BEFORE:
        yield worth - loose - 3, True
    place = after.find(core)
    if place >= 0:
        gap = len(_FILLING.sub("", after[:place]))
        if gap <= _NEAR_AFTER:
            yield worth - gap, True
    whole = canonical(name.removeprefix("下年"))
    if _FILLING.sub("", before).endswith(whole) and len(whole) > _TOO_COMMON:
        yield 3 * len(whole) + 12, True
    for cut in range(2, len(whole) - _RATE):
        head, tail = whole[:cut], whole[cut:]
        if before.endswith(tail) and head not in before and head in canonical(typed.sentence):
            yield 3 * len(tail) + 12, True  # 接访 in the clause before, 化解矛盾 in this one
            break
    if noun.endswith("率") and len(noun) > _RATE:
        place = before.rfind(noun[-_RATE:])
        if (
            place >= 0
            and not _FILLING.sub("", before[place + _RATE :])
            and noun[:-_RATE] in canonical(typed.sentence)
        ):
            yield worth - 2, True
    if spoken and noun and noun not in before and noun in canonical(typed.sentence):
        rest = _FILLING.sub("", before.replace(verb, ""))
        if len(rest) <= 1:
            yield worth - 4, False


def _clause_before(typed: TypedNumber) -> str:
    """The clause up to the number; where it only says 全年累计, the clause before it with it."""
    if _FILLING.sub("", typed.before) or len(clause_after(typed)) > _MEASURE:
        return typed.before
    lead = typed.sentence.removesuffix(typed.before).rstrip("，、：")
    return re.split(r"[，；：]", lead)[-1]


def clause_after(typed: TypedNumber) -> str:
    """What follows the number's unit in its clause."""
    clause = re.split(r"[，；。：、（(]", typed.after, maxsplit=1)[0]
    return clause[len(typed.unit) - len(typed.measure) :] if typed.measure else clause


def _loosely(core: str, text: str) -> int | None:
    """How far before the end a name ends whose characters stand in the text in order, not far apart."""
    end = len(text)
    at = end
    first = last = -1
    for character in reversed(core):
        place = text.rfind(character, 0, at)
        if place < 0 or (first >= 0 and at - place > _GAP + 1):
            return None
        if first < 0:
            first = place
        at = last = place
    return end - first - 1 if first - last < len(core) + _GAP else None


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """The text with words of one meaning written one way."""
    return _SAME_WORD.sub(lambda found: _CANON[found.group()], _UNLAWFUL.sub("", text))


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, str]:
    """A name as its verb and its noun: 消除隐患 → 消除, 隐患; 保洁队伍 has no verb."""
    verb = next((verb for verb in _VERBS if name.startswith(verb) and len(name) > len(verb)), "")
    return verb, name.removeprefix(verb)


def has_verb(indicator: Indicator) -> bool:
    """Whether the figure counts what was done (消除隐患) rather than what there is (合作社)."""
    return any(_parts(canonical(name))[0] for name in (indicator.title, indicator.short))
