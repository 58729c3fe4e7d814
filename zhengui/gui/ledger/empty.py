"""The words for a table without rows: an empty bin, a filter that finds nothing, or a ledger still to begin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.gui.kit.empty_state import EmptyAction, EmptyState
from zhengui.gui.ledger.shown import Shown


@dataclass(frozen=True, slots=True)
class EmptyWays:
    """What can be done about it."""

    enter: Callable[[], None]
    bring_in: Callable[[], None]
    report_zero: Callable[[], None]
    clear: Callable[[], None]


def tell_empty(empty: EmptyState, shown: Shown, ways: EmptyWays) -> None:
    """Say why the table is empty and what to do."""
    if shown.ledger is None or shown.last is None:
        return
    wish = shown.wish
    if wish.bin and not wish.narrow:
        empty.show_plain("回收站是空的", "移到回收站的记录会出现在这里，随时可以恢复。")
    elif shown.last.everything and (wish.narrow or shown.desk.scope.narrowed):
        verb = "清除筛选" if wish.narrow else shown.desk.words("看全年全镇")
        empty.show_filtered("没有符合条件的记录", f"现在只看：{_told(shown)}", verb, ways.clear)
    else:
        _tell_begin(empty, shown, ways)


def _told(shown: Shown) -> str:
    wish = shown.wish
    parts = [shown.desk.scope.status_words().removeprefix("只统计 "), wish.state]
    parts.append(f"含“{wish.search}”" if wish.search else "")
    parts += [wanted.words for wanted in wish.filters.values()]
    return "；".join(part for part in parts if part)


def _tell_begin(empty: EmptyState, shown: Shown, ways: EmptyWays) -> None:
    ledger = shown.open_ledger
    span = f"{shown.period.title}的" if ledger.period else ""
    first = f"登记第一{ledger.measure_word}{ledger.noun}"
    actions = [
        EmptyAction(first, "一条一条填写", "add", ways.enter, "Ctrl+N"),
        EmptyAction("从 Excel 导入", "村（居）报来的表、往年台账都可以", "arrow_import", ways.bring_in),
    ]
    if can_report_zero(ledger):
        text = "零报告与“没有填”不同，会计入完整性"
        actions.append(
            EmptyAction(f"确无{ledger.noun}，标记零报告", text, "checkmark_circle", ways.report_zero)
        )
    empty.show_actions(f"还没有{span}{ledger.noun}记录", ledger.about, actions)


def can_report_zero(ledger: Ledger) -> bool:
    """Whether villages report the ledger by the month, so that nothing can be reported too."""
    return bool(ledger.period) and not ledger.register and ledger[ledger.period[0]].type is not FieldType.YEAR
