"""How each page is made when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhengui.gui.area.page import AreaPage
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.desk.page import Page


from zhengui.gui.desk.place import area_of


def make(page: str, desk: Desk) -> Page:
    """Make a page; its modules are imported only now, where `ahead` was not sooner."""
    if area := area_of(page):
        return area_page_class()(desk, desk.catalogue.by_area[area])
    return CLASSES[page]()(desk)


def area_page_class() -> type[AreaPage]:
    """The class of an area's page."""
    from zhengui.gui.area.page import AreaPage

    return AreaPage


def _home() -> Callable[[Desk], Page]:
    from zhengui.gui.home.page import HomePage

    return HomePage


def _registers() -> Callable[[Desk], Page]:
    from zhengui.gui.area.registers_page import RegistersPage

    return RegistersPage


def _system() -> Callable[[Desk], Page]:
    from zhengui.gui.system.page import SystemPage

    return SystemPage


def _figure() -> Callable[[Desk], Page]:
    from zhengui.gui.figure.page import FigurePage

    return FigurePage


def _reporting() -> Callable[[Desk], Page]:
    from zhengui.gui.returns.reporting_page import ReportingPage

    return ReportingPage


def _worklist() -> Callable[[Desk], Page]:
    from zhengui.gui.worklist.page import WorklistPage

    return WorklistPage


def _ranking() -> Callable[[Desk], Page]:
    from zhengui.gui.ranking.page import RankingPage

    return RankingPage


def _plan() -> Callable[[Desk], Page]:
    from zhengui.gui.plan.page import PlanPage

    return PlanPage


def _forms() -> Callable[[Desk], Page]:
    from zhengui.gui.sheets.page import FormsPage

    return FormsPage


def _report() -> Callable[[Desk], Page]:
    from zhengui.gui.report.report_page import ReportPage

    return ReportPage


def _about() -> Callable[[Desk], Page]:
    from zhengui.gui.area.about_page import AboutPage

    return AboutPage


#: How the class of each page is imported.
CLASSES: dict[str, Callable[[], Callable[[Desk], Page]]] = {
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
