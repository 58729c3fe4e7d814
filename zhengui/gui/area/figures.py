"""What stands over an area's table: counts on the tabs, and figures with their change."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zhengui.catalogue.model import Indicator
from zhengui.figures.period import Period
from zhengui.figures.trend import change
from zhengui.gui.area.figure_strip import StripFigure
from zhengui.gui.figure.words import change_text, number_and_unit, reason_words
from zhengui.services.counting import compute_figures
from zhengui.services.entry import browse_records
from zhengui.services.township.township import Township

Villages = tuple[int, ...]


def read_figures(
    township: Township,
    ledgers: Sequence[str],
    indicators: Sequence[Indicator],
    period: Period,
    villages: Villages,
    compared: Period | None,
) -> tuple[dict[str, int], dict[str, int], list[StripFigure]]:
    """Counts by ledger, overdue counts by ledger, and the strip; for a worker."""
    counts = browse_records.counts(township, ledgers, period, villages)
    late = browse_records.overdue(township, ledgers, period, villages)
    measured = {i.measure.ledger for i in indicators if i.measure is not None}
    ever = browse_records.counts(township, measured)
    begun = {key for key, count in ever.items() if count}
    return counts, late, strip(township, indicators, period, villages, compared, begun)


def strip(
    township: Township,
    indicators: Sequence[Indicator],
    period: Period,
    villages: Villages,
    compared: Period | None,
    begun: Collection[str],
) -> list[StripFigure]:
    """The figures of an area ready to be shown; `begun` are the ledgers that ever had a record.

    A figure of a ledger not begun is no riddle: it shows — instead of 未知.
    """
    keys = [i.key for i in indicators]
    if not keys:
        return []
    now = compute_figures.compute(township, period, villages, keys)
    before = compute_figures.compute(township, compared, villages, keys) if compared else {}
    against = "上年" if period.is_year else "上年同期" if compared == period.previous() else "上期"
    found = []
    for indicator in indicators:
        figure = now[indicator.key]
        number, unit = number_and_unit(indicator, figure.value)
        unit += figure.mark
        old = before.get(indicator.key)
        changed = change(figure.value, old.value, indicator) if old is not None else None
        words, more = change_text(indicator, changed, old, against)
        ledger = township.catalogue.ledgers[indicator.measure.ledger].title if indicator.measure else ""
        note = "" if figure.known else reason_words(figure, ledger)
        waiting = not figure.known and indicator.measure is not None and indicator.measure.ledger not in begun
        if waiting:
            number, note = "—", "尚无记录"
        title = indicator.short or indicator.title
        tip = f"{indicator.title}：{figure.marked}\n{figure.how}" + (
            f"\n{figure.reason}" if figure.reason else ""
        )
        found.append(
            StripFigure(indicator.key, title, number, unit, words, more, note, figure.known or waiting, tip)
        )
    return found
