"""Every export is noted in the log, masked or whole: asked of all services that need the right to export, at one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from zhengui.services.township import rights
from zhengui.services.township.rights import Right

#: What each service that exports writes, as the log calls it; another is a 表 or 文件 of its own.
_TITLES = {
    "bind_issue": "佐证材料",
    "bind_document": "佐证材料",
    "bind_figures": "佐证材料",
    "bind_with_document": "佐证材料",
    "export_calendar": "日历",
    "save_reminder": "提醒单",
    "save_ranking": "考核通报",
    "export_status": "报送情况表",
}


def note_export(
    opens: Any, service: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> None:
    """Note that a service has exported; `opens` is the township it was called with.

    What is told: the ledger, or what it is called, and whether numbers of persons stood in it whole.
    """
    note = getattr(opens, "note", None)
    if note is None:
        return
    given = inspect.signature(service).bind(None, *args, **kwargs).arguments
    wanted = given.get("wanted")
    ledger = given.get("ledger_key") or (wanted.selection.ledger if wanted is not None else "")
    told: dict[str, object] = {"ledger": ledger} if ledger else {}
    if not ledger:
        told["field"] = _TITLES.get(service.__name__, "打印的表")
    if _is_whole(opens, given, ledger):
        told["whole"] = True
    note("export", **told)


def _is_whole(opens: Any, given: dict[str, Any], ledger: str) -> bool:
    """Whether numbers were written whole: only for who may see them."""
    if not rights.may(opens.account, Right.OPEN):
        return False
    if "wanted" in given:
        return bool(given["wanted"].personal)
    if ledger:
        return any(field.personal for field in opens.catalogue.ledgers[ledger].fields)
    return given.get("masked") is False
