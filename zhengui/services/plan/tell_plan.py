"""A tracked plan item in words: its goal, its progress, its state, and what has to be done to be in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from zhengui.figures.plan_pace import INCREASE, Aim, Light
from zhengui.services.plan.plan_values import Goal
from zhengui.services.plan.track_plan import CARRIED, Tracked
from zhengui.services.township.reading import Reading, reads

_SIGNS = {Aim.AT_LEAST: "≥", Aim.AT_MOST: "≤", Aim.EXACTLY: "="}
_PERCENT = "%"
#: Up to this goal progress is told as 21 / 24 and not in percent.
_SMALL = 60
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item in the words of the table; `percent` and `expected` (0 to 100) draw the bar, None without one."""

    brief: str
    below: str
    goal: str
    now: str
    progress: str
    state: str
    percent: float | None = None
    expected: float | None = None


def number(value: Decimal) -> str:
    """Digits with up to two places, a long whole part without separators as in the documents."""
    kept = value.quantize(Decimal("0.01") if abs(value) < 1000 else Decimal("0.1"), ROUND_HALF_UP)
    text = f"{kept:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: 96.2%, 2760 亩."""
    return number(value) + (unit if unit == _PERCENT or not unit else f" {unit}")


def gap(value: Decimal, unit: str) -> str:
    """A difference with its unit; shares differ by 个百分点."""
    return f"{number(value)} 个百分点" if unit == _PERCENT else amount(value, unit)


def _short_gap(value: Decimal, unit: str) -> str:
    return number(value) if unit == _PERCENT else amount(value, unit)


@reads
def tell(reading: Reading, item: Tracked) -> ToldItem:
    """The words of one item."""
    below = [f"第 {item.number} 项"]
    if item.budget:
        below.append(f"预算 {number(Decimal(item.budget) / 1_000_000)} 万元")
    if item.origin:
        below.append(item.origin)
    goal, now = _goal(reading, item)
    percent, expected = _shares(item)
    brief = item.wording.rstrip("。；;")
    return ToldItem(brief, " · ".join(below), goal, now, _progress(item), state(item), percent, expected)


def state(item: Tracked) -> str:
    """How the item stands: 落后 9 天, 预计 97.1%, 待报进展, 按期, 已完成."""
    standing, goal = item.standing, item.goal
    if item.status == CARRIED and item.light is not Light.DONE:
        return "已结转"
    if item.light is Light.DONE:
        return "已达标" if goal is not None and not item.told_done else "已完成"
    if standing is None or goal is None:
        return _unmeasured_state(item)
    if standing.missing < 0:
        return f"超出 {_short_gap(-standing.missing, goal.unit)}"
    if item.light is Light.BEHIND:
        return _late_state(item)
    if item.light is Light.NEAR:
        if item.told_done:
            return f"尚差 {_short_gap(standing.missing, goal.unit)}"
        if standing.forecast is None:
            return f"差 {_short_gap(standing.missing, goal.unit)}"
        return f"预计 {amount(_foretold(standing.forecast, goal), goal.unit)}"
    return "按期"


def _late_state(item: Tracked) -> str:
    assert item.standing is not None
    assert item.course is not None
    assert item.goal is not None
    if not item.days:
        return f"差 {_short_gap(item.standing.missing, item.goal.unit)}"
    return f"{'逾期' if item.standing.forecast is None else '落后'} {item.days} 天"


def _unmeasured_state(item: Tracked) -> str:
    if item.light is Light.BEHIND:
        return f"逾期 {item.days} 天"
    if item.goal is not None:
        return "未知"
    return "待报进展" if item.light is Light.NEAR else "按期"


def sentence(item: Tracked) -> str:
    """What the present pace leads to and what would be in time, in a sentence or two."""
    standing, goal = item.standing, item.goal
    if standing is None or goal is None:
        return _unmeasured_sentence(item)
    if item.told_done and standing.missing > 0:
        return f"已经登记完成，但照记录还差 {gap(standing.missing, goal.unit)}，请核对。"
    if not goal.grows:
        return _level_sentence(item)
    if goal.aim is Aim.AT_MOST:
        return _limit_sentence(item)
    if standing.missing < 0:
        return f"比目标多 {gap(-standing.missing, goal.unit)}，请核对记录，或者说明原因。"
    if not standing.missing:
        return "目标已经达到。"
    left = gap(standing.missing, goal.unit)
    if standing.forecast is None and standing.needed is None:
        return f"期限已过 {item.days} 天，还差 {left}。" if item.days else f"今天到期，还差 {left}。"
    if standing.needed is None:
        return f"期限前没有工作日了，还差 {left}。"
    needed = _each(standing.needed, goal)
    if standing.pace is None:
        return f"年初刚起步，照每个工作日 {needed} 推进就能按期完成。"
    if standing.forecast_on is None:
        return f"近来没有新增，还差 {left}。要按期完成，每个工作日须新增 {needed}。"
    year = "" if standing.forecast_on.year == item.due.year else f"{standing.forecast_on.year} 年 "
    reached = f"照目前进度，{year}{_day(standing.forecast_on)}完成"
    pace = _each(standing.pace, goal)
    if standing.forecast_on > item.due:
        late = (standing.forecast_on - item.due).days
        return f"{reached}，晚 {late} 天。要按期完成，每个工作日须新增 {needed}（现为 {pace}）。"
    return f"{reached}，期限是{_day(item.due)}。现在每个工作日新增 {pace}，至少要 {needed}。"


def _unmeasured_sentence(item: Tracked) -> str:
    if item.light is Light.DONE:
        return "已经完成。"
    if item.goal is not None and item.goal.indicator:
        return "指标现在算不出来：台账里还没有记录，也没有零报告。请先登记，再看进度。"
    if item.goal is not None:
        return "还没有报过完成数。请点“登记进展”填写累计完成数。"
    late = f"期限已过 {item.days} 天，还没有登记完成。" if item.light is Light.BEHIND else ""
    if item.last_report is None:
        return f"{late}这一项不设量化目标，还没有报过进展。"
    return f"{late}这一项不设量化目标，最近一次进展是{_day(item.last_report)}报的。"


def _level_sentence(item: Tracked) -> str:
    assert item.standing is not None
    assert item.goal is not None
    assert item.course is not None
    now = amount(item.course.value, item.goal.unit)
    if not item.standing.missing:
        return f"现为 {now}，达到要求，请保持到{_day(item.due)}。"
    return f"现为 {now}，还差 {gap(item.standing.missing, item.goal.unit)}。"


def _limit_sentence(item: Tracked) -> str:
    assert item.standing is not None
    assert item.goal is not None
    assert item.course is not None
    standing, goal = item.standing, item.goal
    if standing.missing < 0:
        return f"已经超出 {gap(-standing.missing, goal.unit)}，这一项今年完不成了，年底须说明原因。"
    left = gap(item.course.goal - item.course.value, goal.unit)
    if standing.light is Light.NEAR and standing.forecast is not None:
        return f"照目前速度，到期会有 {amount(standing.forecast, goal.unit)}，超出目标。余量还有 {left}。"
    return f"没有超出，余量还有 {left}。"


def _goal(reading: Reading, item: Tracked) -> tuple[str, str]:
    goal = item.goal
    if goal is None:
        return "不设量化目标", ""
    indicator = reading.catalogue.indicators.get(goal.indicator)
    name = (indicator.short or indicator.title) if indicator else _short(goal.name)
    if goal.operator == INCREASE and goal.indicator:
        unit = goal.unit if goal.value is None else ""
        asked = f"{name} 比上年增 {number(goal.target)}{'%' if goal.unit != '%' else ' 个点'}"
        told = f"须 {amount(goal.value, goal.unit)}" if goal.value is not None else f"上年数未知{unit}"
    else:
        assert goal.value is not None
        asked, told = f"{name} {_SIGNS[goal.aim]} {amount(goal.value, goal.unit)}", ""
    if item.value is None:
        return asked, told or "现在未知"
    now = f"现 {amount(item.value, goal.unit)}"
    if told:
        return asked, f"{now} · {told}"
    missing = item.standing.missing if item.standing is not None else Decimal(0)
    return asked, f"{now} · 差 {number(missing)}" if missing > 0 else now


def _short(name: str) -> str:
    """What is measured, in a word: of a long name ending in 率 the last three characters."""
    if len(name) > _LONGEST_NAME:
        return name[-3:] if name.endswith("率") else "目标"
    return name or "目标"


def _shares(item: Tracked) -> tuple[float | None, float | None]:
    """How full the bar is, and where the mark of what should be reached stands."""
    course, standing = item.course, item.standing
    if course is None or standing is None:
        return None, None
    if course.goal <= 0:
        return (100.0 if standing.missing >= 0 else 0.0), 100.0
    percent = float(course.value / course.goal * 100)
    expected = float(standing.expected / course.goal * 100)
    return max(0.0, min(percent, 100.0)), max(0.0, min(expected, 100.0))


def _progress(item: Tracked) -> str:
    if item.course is None or item.goal is None:
        if item.last_report is None:
            return "还没有进展" if item.light is not Light.DONE else ""
        if item.light is Light.NEAR:
            return f"{item.last_report.month} 月后无进展"
        return f"已报进展 {item.reports} 次"
    course, goal = item.course, item.goal
    if goal.unit == _PERCENT:
        return amount(course.value, goal.unit)
    whole = course.goal == course.goal.to_integral_value() and course.goal <= _SMALL
    if whole or course.goal <= 0:
        return f"{number(course.value)} / {number(course.goal)}"
    share = (course.value / course.goal * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(share)}%" if share in (0, 100) else f"{share}%"


def _foretold(value: Decimal, goal: Goal) -> Decimal:
    if goal.unit == _PERCENT:
        return min(value, Decimal(100)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return value.quantize(Decimal(1), ROUND_HALF_UP) if value >= 10 else value


def _each(value: Decimal, goal: Goal) -> str:
    if value >= 10:
        return amount(value.quantize(Decimal(1), ROUND_CEILING), goal.unit)
    return amount(value, goal.unit) if value >= Decimal("0.01") else f"不到 0.01 {goal.unit}".rstrip()


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def summary(items: Sequence[Tracked]) -> str:
    """The whole plan in a line: 已完成 31 · 按期 15 · 落后 3."""
    names = {Light.DONE: "已完成", Light.ON_TIME: "按期", Light.NEAR: "临近", Light.BEHIND: "落后"}
    counted = ((light, sum(1 for item in items if item.light is light)) for light in names)
    return " · ".join(f"{names[light]} {count}" for light, count in counted if count)
