"""Reads rules of warning out of a catalogue file."""

from __future__ import annotations

from zhengui.catalogue.entry import Entry
from zhengui.catalogue.model import WARNING_KINDS, Match, WarningRule
from zhengui.catalogue.read_figures import read_match, read_measure

#: What a rule of a kind can't do without besides what every rule has.
_NEEDS = {
    "sum_above": ("measure", "subject", "amount", "day"),
    "latest_below": ("measure", "subject", "amount", "day"),
    "happened": ("measure", "day"),
    "not_since": ("measure", "subject", "day", "other"),
    "without": ("measure", "subject", "day", "other"),
    "ends_soon": ("measure", "day", "end"),
    "raised": ("measure", "subject", "amount", "day", "order"),
    "unreported": (),
    "jumped": (),
}


def read_warning(entry: Entry, area: str) -> WarningRule | None:
    """A rule of warning; None where it does not hold."""
    rule = WarningRule(
        key=entry.text("key", required=True),
        title=entry.text("title", required=True),
        area=area,
        kind=entry.one_of("kind", WARNING_KINDS),
        why=entry.text("why", required=True),
        advice=entry.text("advice", required=True),
        limit=entry.text("limit", required=True),
        measure=read_measure(entry, "measure"),
        subject=entry.text("subject"),
        amount=entry.text("amount"),
        day=entry.text("day"),
        end=entry.text("end"),
        other=_other(entry),
        order=entry.texts("order"),
        leads=entry.texts("leads"),
        life=entry.life(),
    )
    for needed in _NEEDS.get(rule.kind, ()) if entry.sound else ():
        if not getattr(rule, needed):
            entry.flaw(f"{rule.kind} 缺少 {needed}，请补上")
    return rule if entry.finish() else None


def _other(entry: Entry) -> Match | None:
    inner = entry.table("other")
    if inner is None:
        return None
    match = read_match(inner)
    entry.take(inner)
    return match
