"""The menus of areas and of their ledgers, with what each lacks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from zhengui.catalogue.model import Ledger

if TYPE_CHECKING:
    from zhengui.gui.returns.reporting_page import ReportingPage


def area_menu(page: ReportingPage) -> QMenu:
    """The areas; one opens with the first ledger whose months are owed."""
    menu = QMenu(page)
    for area, ledgers in page.areas:
        first = next((ledger for ledger in ledgers if _owed(page, ledger)), ledgers[0])
        missing = sum(_missing(page, ledger) for ledger in ledgers)
        menu.addAction(_told(area.short, missing), partial(page.show_ledger, first))
    return menu


def ledger_menu(page: ReportingPage) -> QMenu:
    """The ledgers of the area in hand."""
    menu = QMenu(page)
    for ledger in next(found for area, found in page.areas if area.key == page.ledger.area):
        quiet = "" if _owed(page, ledger) else "　不要求"
        menu.addAction(_told(ledger.title, _missing(page, ledger)) + quiet, partial(page.show_ledger, ledger))
    return menu


def _owed(page: ReportingPage, ledger: Ledger) -> bool:
    return page.year_facts is not None and ledger.key in page.year_facts.statuses


def _missing(page: ReportingPage, ledger: Ledger) -> int:
    return page.year_facts.missing(ledger.key) if page.year_facts is not None else 0


def _told(title: str, missing: int) -> str:
    return f"{title}　未报 {missing}" if missing else title
