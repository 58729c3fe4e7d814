"""Which pages there are: their tabs in the rail, and how each is made when it is first visited."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from zhengui.gui.rail import Group, Tab

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue
    from zhengui.gui.desk import Desk
    from zhengui.gui.place import Page

PINNED = (Tab("registers", "基础信息", "database"), Tab("system", "系统", "settings"))


def groups(catalogue: Catalogue) -> list[Group]:
    """The tabs of the rail from top to bottom, without the pinned ones."""
    areas = tuple(Tab(f"area:{a.key}", a.short, a.icon, a.title) for a in catalogue.work_areas())
    reports = (Tab("reporting", "报送情况", "grid"),)
    documents = (Tab("plan", "年度计划", "target"), Tab("report", "总结报告", "document_text"))
    first = (Tab("home", "总览", "home"),)
    return [
        Group("", first),
        Group("工作领域", areas),
        Group("督办报送", reports),
        Group("年度文稿", documents),
    ]


def title_of(page: str, catalogue: Catalogue) -> str:
    """What a page is called in the rail; empty for one that has no tab."""
    tabs = [*PINNED, *(tab for group in groups(catalogue) for tab in group.tabs)]
    return next((tab.title for tab in tabs if tab.page == page), "")


def to_text(found: Sequence[Group]) -> str:
    """Tabs as text, so that the next start can paint them before it reads the catalogue."""
    return json.dumps([[g.title, [[t.page, t.title, t.icon, t.full] for t in g.tabs]] for g in found])


def from_text(text: str) -> list[Group]:
    """Tabs from text; none where it makes no sense."""
    try:
        return [
            Group(str(title), tuple(Tab(*map(str, tab)) for tab in tabs)) for title, tabs in json.loads(text)
        ]
    except (ValueError, TypeError):
        return []


def make(page: str, desk: Desk) -> Page:
    """Make a page; its modules are imported only now."""
    if page.startswith("area:"):
        from zhengui.gui.area_page import AreaPage

        return AreaPage(desk, desk.catalogue.by_area[page.removeprefix("area:")])
    return _MAKERS[page](desk)


def _home(desk: Desk) -> Page:
    from zhengui.gui.home_page import HomePage

    return HomePage(desk)


def _registers(desk: Desk) -> Page:
    from zhengui.gui.registers_page import RegistersPage

    return RegistersPage(desk)


def _system(desk: Desk) -> Page:
    from zhengui.gui.system_page import SystemPage

    return SystemPage(desk)


def _figure(desk: Desk) -> Page:
    from zhengui.gui.figure_page import FigurePage

    return FigurePage(desk)


def _reporting(desk: Desk) -> Page:
    from zhengui.gui.reporting.reporting_page import ReportingPage

    return ReportingPage(desk)


def _plan(desk: Desk) -> Page:
    from zhengui.gui.plan.plan_page import PlanPage

    return PlanPage(desk)


def _report(desk: Desk) -> Page:
    from zhengui.gui.report.report_page import ReportPage

    return ReportPage(desk)


_MAKERS: dict[str, Callable[[Desk], Page]] = {
    "home": _home,
    "registers": _registers,
    "system": _system,
    "figure": _figure,
    "reporting": _reporting,
    "plan": _plan,
    "report": _report,
}
