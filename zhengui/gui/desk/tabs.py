"""Which pages there are: their tabs in the rail, group by group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue


from zhengui.gui.desk.place import area_page


class Tab(NamedTuple):
    """One tab: the page it opens, its short title (up to six characters) and its drawing."""

    page: str
    title: str
    icon: str
    full: str = ""


class Group(NamedTuple):
    """Tabs under one heading; the first group has none."""

    title: str
    tabs: tuple[Tab, ...]


PINNED = (Tab("registers", "基础信息", "database"), Tab("system", "系统", "settings"))


def groups(catalogue: Catalogue) -> list[Group]:
    """The tabs of the rail from top to bottom, without the pinned ones."""
    areas = tuple(Tab(area_page(a.key), a.short, a.icon, a.title) for a in catalogue.work_areas())
    reports = (
        Tab("worklist", "整改销号", "board"),
        Tab("reporting", "报送情况", "grid"),
        Tab("forms", "收发表格", "arrow_swap"),
        Tab("ranking", "绩效考核", "data_trending"),
    )
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
