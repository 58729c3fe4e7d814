"""The words for a table without rows: an empty bin, a filter that finds nothing, or a ledger still to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengui.catalogue.model import FieldType, Ledger
from zhengui.gui.kit.empty_state import Action

if TYPE_CHECKING:
    from zhengui.gui.ledger.view import LedgerView


def tell_empty(view: LedgerView) -> None:
    """Say why the table is empty and what to do."""
    if view.ledger is None or view.last is None:
        return
    wish = view.wish
    if wish.bin and not wish.narrow:
        view.empty.show_plain("回收站是空的", "移到回收站的记录会出现在这里，随时可以恢复。")
    elif view.last.everything and (wish.narrow or view.desk.scope.narrowed):
        verb = "清除筛选" if wish.narrow else "看全年全镇"
        view.empty.show_filtered("没有符合条件的记录", f"现在只看：{_told(view)}", verb, view.clear_filters)
    else:
        _tell_begin(view)


def _told(view: LedgerView) -> str:
    wish = view.wish
    parts = [view.desk.scope.status_words().removeprefix("只统计 "), wish.state]
    parts.append(f"含“{wish.search}”" if wish.search else "")
    parts += [wanted.words for wanted in wish.filters.values()]
    return "；".join(part for part in parts if part)


def _tell_begin(view: LedgerView) -> None:
    ledger = view.ledger
    assert ledger is not None
    span = f"{(view.own_period or view.desk.scope.period).title}的" if ledger.period else ""
    actions = [
        Action(
            f"登记第一{ledger.measure_word}{ledger.noun}",
            "一条一条填写",
            "add",
            view.tools.enter.click,
            "Ctrl+N",
        ),
        Action("从 Excel 导入", "村里报来的表、往年台账都可以", "arrow_import", view.deeds.bring_in),
    ]
    if can_report_zero(ledger):
        text = "零报告与“没有填”不同，会计入完整性"
        actions.append(
            Action(f"确无{ledger.noun}，标记零报告", text, "checkmark_circle", view.deeds.report_zero)
        )
    view.empty.show_actions(f"还没有{span}{ledger.noun}记录", ledger.about, actions)


def can_report_zero(ledger: Ledger) -> bool:
    """Whether villages report the ledger by the month, so that nothing can be reported too."""
    return bool(ledger.period) and not ledger.register and ledger[ledger.period[0]].type is not FieldType.YEAR
