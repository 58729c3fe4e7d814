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


class Inner(NamedTuple):
    """A tab on a page: the page and what is seen of it (`of`, or `state`), its title, and other words it is sought by."""

    page: str
    of: str
    title: str
    words: str = ""
    state: str = ""


#: What stands behind the tabs of pages: the pages take their titles from here, and the search for places finds them.
INNER = (
    Inner("home", "warnings", "预警"),
    Inner("home", "calendar", "日历", "日程 会议 期限"),
    Inner("home", "changes", "最近改动", "谁改了什么"),
    Inner("worklist", "", "看板", "整改 销号", "看板"),
    Inner("worklist", "", "列表", "整改 销号", "列表"),
    Inner("worklist", "", "树", "整改清单 大类", "树"),
    Inner("worklist", "", "抽查", "抽签 复查", "抽查"),
    Inner("worklist", "", "包保", "联系 走访 移交", "包保"),
    Inner("forms", "merge", "收村（居）的表", "汇总 合并"),
    Inner("forms", "send", "发空表", "模板 下发"),
    Inner("forms", "forms", "县里的表", "上级 表样 填报"),
    Inner("forms", "asked", "报表登记", "减负 要报的报表"),
    Inner("system", "office", "单位与操作人", "乡镇名称 姓名 党委 大字 显示"),
    Inner("system", "words", "称呼与落款", "署名 叫法 全镇 全乡"),
    Inner("system", "parameters", "参数", "限额 标准 设置"),
    Inner("system", "earlier", "以前年度", "上年 历史数据"),
    Inner("system", "holidays", "节假日", "放假 调休 上班"),
    Inner("system", "catalogue", "目录", "台账 字段 指标 领域 停用"),
    Inner("system", "people", "人员", "密码 账号 登录 权限 恢复码"),
    Inner("system", "data", "数据与备份", "恢复 备份 文件 位置"),
    Inner("system", "check", "核对", "留痕 日志 篡改 审计"),
    Inner("system", "bin", "回收站", "删除 清空 找回"),
    Inner("system", "about", "关于", "版本 许可 自检"),
)


def inner_titles(page: str) -> dict[str, str]:
    """The titles of a page's own tabs by key, from left to right."""
    return {each.of or each.state: each.title for each in INNER if each.page == page}


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
