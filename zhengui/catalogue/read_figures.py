"""Reads indicators and claims, with their measures and conditions, out of a catalogue file."""

from __future__ import annotations

from collections.abc import Iterator

from zhengui.catalogue.entry import Entry
from zhengui.catalogue.model import (
    OPS,
    Claim,
    Condition,
    Cover,
    Display,
    Indicator,
    Match,
    Measure,
    Timing,
)

MEASURES = (
    "count",
    "sum",
    "balance",
    "distinct",
    "average",
    "minimum",
    "maximum",
    "first",
    "last",
    "latest",
)
TIMINGS = ("during", "until", "in_force", "year", "next_year")
STYLES = ("exact", "floor", "ceiling", "near_floor", "percent", "month", "day")
CLAIMS = ("none", "all", "covers", "highest")


def read_indicator(entry: Entry, area: str) -> Indicator | None:
    """An indicator; None where it does not hold."""
    title = entry.text("title", required=True)
    indicator = Indicator(
        key=entry.text("key", required=True),
        title=title,
        area=area,
        unit=entry.text("unit"),
        how=entry.text("how", required=True),
        measure=read_measure(entry, "measure"),
        over=read_measure(entry, "over"),
        parameter=entry.text("parameter"),
        function=entry.text("function"),
        part=entry.one_of("part", ("month", "day", ""), default="") if "part" in entry.data else "",
        factor=entry.whole("factor", 1),
        display=_display(entry),
        n=entry.whole_or_none("n"),
        short=entry.text("short") or title,
        good=entry.one_of("good", ("up", "down")) if "good" in entry.data else "",
        strip=entry.flag("strip"),
        life=entry.life(),
    )
    if entry.sound and sum(map(bool, (indicator.measure, indicator.parameter, indicator.function))) != 1:
        entry.flaw("measure、parameter、function 必须写一个，也只能写一个，请改正")
    return indicator if entry.finish() else None


def read_claim(entry: Entry, area: str) -> Claim | None:
    """A claim; None where it does not hold."""
    claim = Claim(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        area=area,
        kind=entry.one_of("kind", CLAIMS),
        holds=entry.text("holds", required=True),
        fails=entry.text("fails", required=True),
        unknown=entry.text("unknown", required=True),
        measure=read_measure(entry, "measure"),
        also=tuple(_conditions(entry, "also")),
        also_matches=tuple(read_matches(entry, "also_matches")),
        covers=tuple(_covers(entry)),
        indicators=entry.texts("indicators"),
        reports=entry.flag("reports"),
        nothing=entry.text("nothing"),
        life=entry.life(),
    )
    if entry.sound:
        _check_claim(entry, claim)
    return claim if entry.finish() else None


def _check_claim(entry: Entry, claim: Claim) -> None:
    """Note where a claim lacks what its kind is judged by."""
    if claim.kind in ("none", "all") and claim.measure is None:
        entry.flaw("缺少 measure，说不清看哪些记录，请补上")
    if claim.kind == "all" and not (claim.also or claim.also_matches):
        entry.flaw("缺少 also 或 also_matches，说不清每条记录要满足什么，请补上")
    if claim.kind == "covers" and not claim.covers:
        entry.flaw("缺少 covers，说不清要覆盖什么，请补上")
    if claim.kind == "highest" and not claim.indicators:
        entry.flaw("缺少 indicators，说不清比较哪些指标，请补上")
    for name in ("holds", "fails", "unknown", "nothing"):
        sentence: str = getattr(claim, name)
        if sentence.endswith(("。", "；", "，")):
            entry.flaw(f"{name} 末尾不要标点，标点写在总结正文里")


def _display(entry: Entry) -> Display:
    inner = entry.table("display")
    if inner is None:
        return Display()
    display = Display(
        style=inner.one_of("style", STYLES, default="exact"),
        decimals=inner.whole("decimals"),
        scale=inner.whole("scale", 1),
        scale_word=inner.text("scale_word"),
        trim=inner.flag("trim"),
    )
    inner.finish()
    entry.take(inner)
    return display


def read_measure(entry: Entry, key: str) -> Measure | None:
    """The measure under a key, or None where it is missing."""
    inner = entry.table(key)
    if inner is None:
        return None
    measure = Measure(
        kind=inner.one_of("kind", MEASURES, default="count"),
        ledger=inner.text("ledger", required=True),
        fields=inner.texts("fields"),
        timing=_timing(inner),
        where=tuple(_conditions(inner, "where")),
        matches=tuple(read_matches(inner, "matches")),
    )
    inner.finish()
    entry.take(inner)
    return measure


def _timing(entry: Entry) -> Timing:
    """Which records a period takes, from the one timing key of a measure or match."""
    found = [kind for kind in TIMINGS if kind in entry.data]
    if not found:
        return Timing()
    if len(found) > 1:
        entry.flaw(f"{'、'.join(found)} 只能写一个，请删去多余的")
    for extra in found[1:]:
        entry.known.add(extra)
    return Timing(found[0], entry.texts(found[0], required=True))


def _conditions(entry: Entry, key: str) -> Iterator[Condition]:
    for inner in entry.tables(key):
        path = inner.text("path", required=True)
        parameter = inner.text("parameter")
        found = [op for op in inner.data if op in OPS]
        op = found[0] if found else ""
        values: tuple[str, ...] = ()
        if len(found) != 1:
            inner.known.update(found)
            inner.flaw(f"{path} 的条件要写一个判断，可用的有：{'、'.join(sorted(OPS))}")
        elif inner.data[op] is True:
            inner.known.add(op)
        else:
            values = _values(inner, op)
        inner.finish()
        entry.take(inner)
        yield Condition(path, op, values, parameter)


def _values(entry: Entry, op: str) -> tuple[str, ...]:
    """The values of a condition; a bare number is taken as its digits."""
    entry.known.add(op)
    given = entry.data[op]
    if isinstance(given, int):
        return (str(given),)
    return entry.texts(op, required=True)


def read_matches(entry: Entry, key: str) -> Iterator[Match]:
    """The matches of a list."""
    for inner in entry.tables(key):
        match = read_match(inner)
        entry.take(inner)
        yield match


def read_match(inner: Entry) -> Match:
    """One match, with what is wrong noted at its own table."""
    match = Match(
        ledger=inner.text("ledger", required=True),
        on=tuple(_pairs(inner)),
        timing=_timing(inner),
        where=tuple(_conditions(inner, "where")),
        absent=inner.flag("absent"),
    )
    inner.finish()
    return match


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    """`on`, written as a list of pairs: this ledger's path, the other's path."""
    entry.known.add("on")
    given = entry.data.get("on")
    if not isinstance(given, list) or not given:
        entry.flaw("缺少 on，请写成 [['本台账字段', '对方字段']]")
        return
    for pair in given:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(path, str) for path in pair):
            yield pair[0], pair[1]
        else:
            entry.flaw("on 的每一项都要有两个字段，请写成 [['本台账字段', '对方字段']]")


def _covers(entry: Entry) -> Iterator[Cover]:
    for inner in entry.tables("covers"):
        measure = read_measure(inner, "measure")
        if measure is None:
            inner.flaw("缺少 measure，说不清看哪些记录，请补上")
            measure = Measure("count", "")
        cover = Cover(
            measure=measure,
            register=inner.text("register"),
            path=inner.text("path"),
            where=tuple(_conditions(inner, "where")),
            together=inner.texts("together"),
        )
        inner.finish()
        entry.take(inner)
        yield cover
