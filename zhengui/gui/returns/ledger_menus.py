"""The menus of areas and of their ledgers, with what each lacks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from zhengui.catalogue.model import Ledger
from zhengui.gui.kit.menu import Menu
from zhengui.gui.returns.shown import ReturnsShown

Show = Callable[[Ledger], None]


def area_menu(shown: ReturnsShown, show: Show) -> QMenu:
    """The areas; one opens with the first ledger whose months are owed."""
    menu = Menu(shown.host)
    for area, ledgers in shown.areas:
        first = next((ledger for ledger in ledgers if _owed(shown, ledger)), ledgers[0])
        missing = sum(_missing(shown, ledger) for ledger in ledgers)
        menu.addAction(_told(area.short, missing), partial(show, first))
    return menu


def ledger_menu(shown: ReturnsShown, show: Show) -> QMenu:
    """The ledgers of the area in hand."""
    menu = Menu(shown.host)
    for ledger in next(found for area, found in shown.areas if area.key == shown.ledger.area):
        quiet = "" if _owed(shown, ledger) else "　不要求"
        menu.addAction(_told(ledger.title, _missing(shown, ledger)) + quiet, partial(show, ledger))
    return menu


def _owed(shown: ReturnsShown, ledger: Ledger) -> bool:
    return shown.year_facts is not None and ledger.key in shown.year_facts.statuses


def _missing(shown: ReturnsShown, ledger: Ledger) -> int:
    return shown.year_facts.missing(ledger.key) if shown.year_facts is not None else 0


def _told(title: str, missing: int) -> str:
    return f"{title}　未报 {missing}" if missing else title
