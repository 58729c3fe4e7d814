"""How each page is made when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.desk.page import Page


from zhengui.gui.desk.place import area_of


def make(page: str, desk: Desk) -> Page:
    """Make a page; its modules are imported only now."""
    if area := area_of(page):
        from zhengui.gui.area.page import AreaPage

        return AreaPage(desk, desk.catalogue.by_area[area])
    return _MAKERS[page](desk)


def _home(desk: Desk) -> Page:
    from zhengui.gui.home.page import HomePage

    return HomePage(desk)


def _registers(desk: Desk) -> Page:
    from zhengui.gui.area.registers_page import RegistersPage

    return RegistersPage(desk)


def _system(desk: Desk) -> Page:
    from zhengui.gui.system.page import SystemPage

    return SystemPage(desk)


def _figure(desk: Desk) -> Page:
    from zhengui.gui.figure.page import FigurePage

    return FigurePage(desk)


def _reporting(desk: Desk) -> Page:
    from zhengui.gui.returns.reporting_page import ReportingPage

    return ReportingPage(desk)


def _worklist(desk: Desk) -> Page:
    from zhengui.gui.worklist.page import WorklistPage

    return WorklistPage(desk)


def _ranking(desk: Desk) -> Page:
    from zhengui.gui.ranking.page import RankingPage

    return RankingPage(desk)


def _plan(desk: Desk) -> Page:
    from zhengui.gui.plan.page import PlanPage

    return PlanPage(desk)


def _forms(desk: Desk) -> Page:
    from zhengui.gui.sheets.page import FormsPage

    return FormsPage(desk)


def _report(desk: Desk) -> Page:
    from zhengui.gui.report.report_page import ReportPage

    return ReportPage(desk)


def _about(desk: Desk) -> Page:
    from zhengui.gui.area.about_page import AboutPage

    return AboutPage(desk)


_MAKERS: dict[str, Callable[[Desk], Page]] = {
    "home": _home,
    "registers": _registers,
    "system": _system,
    "figure": _figure,
    "worklist": _worklist,
    "about": _about,
    "reporting": _reporting,
    "ranking": _ranking,
    "plan": _plan,
    "report": _report,
    "forms": _forms,
}
