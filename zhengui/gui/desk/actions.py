"""Everything that can be done by a key or a menu, once: its words, its keys, its drawing, and where it is done.

Menus, tool bars, shortcuts, the command search and the manual's table of keys come from this list. A page
binds a deed to an action; `Bound.when` says whether it can be done now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from zhengui.gui.kit import icons

EVERYWHERE, TABLE, FORM, DOCUMENT, PLAN, RETURNS = (
    "到处可用",
    "表格",
    "登记表",
    "总结报告",
    "年度计划",
    "报送情况",
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done. `own_keys`: the widget in front handles the keys itself."""

    id: str
    title: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    where: str = EVERYWHERE
    own_keys: bool = False

    @property
    def key(self) -> str:
        """The first of its keys, empty without one."""
        return self.keys[0] if self.keys else ""


def _at(where: str, *given: tuple[object, ...], own: bool = False) -> list[Action]:
    made = []
    for id, title, keys, icon in given:
        assert isinstance(keys, str)
        made.append(Action(str(id), str(title), tuple(keys.split()), str(icon), where, own))
    return made


_ALL = [
    *_at(
        EVERYWHERE,
        ("help", "打开与当前页面有关的帮助", "F1", "question_circle"),
        ("commands", "查找功能和去处", "Ctrl+Shift+P", "search"),
        ("recent", "最近的文稿和文件", "Ctrl+Shift+O", "history"),
        ("search", "在所有台账里搜索", "Ctrl+K", "search"),
        ("undo", "撤销刚才的一步", "Ctrl+Z", "arrow_undo"),
        ("redo", "重做撤销的一步", "Ctrl+Y Ctrl+Shift+Z", "arrow_sync"),
        ("steps", "撤销和重做的清单", "Ctrl+Shift+H", "history"),
        ("tour", "跟着演示镇做一遍", "", "book"),
        ("fold", "收起或展开左边的导航", "Ctrl+B", "chevron_left"),
        ("next_page", "下一个页面", "Ctrl+Tab", "arrow_down"),
        ("previous_page", "上一个页面", "Ctrl+Shift+Tab", "arrow_up"),
        ("back", "退回刚才的地方", "Alt+Left", "arrow_left"),
        ("on", "再前进", "Alt+Right", "arrow_right"),
        ("next_region", "到下一个区域", "F6", "arrow_right"),
        ("previous_region", "到上一个区域", "Shift+F6", "arrow_left"),
        ("weekly", "打印本周工作提醒", "", "print"),
        ("favourite", "收藏这里，或不再收藏", "Ctrl+Shift+D", "star"),
    ),
    *_at(
        TABLE,
        ("new", "登记新的一条", "Ctrl+N", "add"),
        ("find", "在这本台账里查找", "Ctrl+F", "search"),
        ("columns", "选择显示的列", "", "text_column_three"),
        ("import", "从 Excel 导入", "", "arrow_import"),
        ("paste_new", "把复制的表格导入为记录", "Ctrl+Shift+V", "arrow_import"),
        ("matches", "记住的配法", "", "settings"),
        ("imports", "导入记录", "", "history"),
        ("export", "导出到 Excel", "", "arrow_export"),
        ("template", "生成空白填报表", "", "arrow_download"),
        ("print", "打印表中的记录", "Ctrl+P", "print"),
        ("many", "修改选中的多行", "Ctrl+E", "edit"),
        ("copy_record", "复制为新的一条", "Ctrl+Shift+N", "copy"),
        ("about", "这个村（居）、户、人的全部情况", "Ctrl+I", "notebook"),
        ("remove", "移到回收站", "Ctrl+-", "delete"),
        ("fill_down", "向下填充", "Ctrl+D", "arrow_down"),
        ("step", "办理选中事项的下一步", "Ctrl+J", "arrow_right"),
        ("other_step", "退回、延期、撤回选中的事项", "Ctrl+Shift+J", "arrow_undo"),
        ("zero", "标记零报告", "", "checkmark_circle"),
        ("approve", "审核通过选中的记录", "", "shield_checkmark"),
        ("send_back", "退回选中的记录", "", "arrow_undo"),
        ("requirements", "报送和审核要求", "", "settings"),
        ("bin", "打开回收站", "", "history"),
        ("previous_ledger", "上一本台账", "Ctrl+PgUp", "arrow_up"),
        ("next_ledger", "下一本台账", "Ctrl+PgDown", "arrow_down"),
    ),
    *_at(
        TABLE,
        ("edit_cell", "修改这一格", "F2", "edit"),
        ("open_record", "打开选中的记录", "Ctrl+Return Space", "open"),
        ("copy_cells", "连同标题复制选中的格", "Ctrl+C", "copy"),
        ("cut_cells", "剪切选中的格", "Ctrl+X", "copy"),
        ("paste_cells", "粘贴到选中的格", "Ctrl+V", "copy"),
        ("clear_cells", "清空选中的格", "Delete", "dismiss"),
        ("filter", "筛选当前这一列", "Alt+Down", "filter"),
        ("to_start", "到第一格", "Ctrl+Home", "arrow_up"),
        ("to_end", "到最后一格", "Ctrl+End", "arrow_down"),
        own=True,
    ),
    *_at(
        DOCUMENT,
        ("submit", "送审这份文稿", "", "arrow_right"),
        ("back_to_draft", "把文稿退回起草", "", "arrow_undo"),
        ("issue", "签发这份文稿", "", "lock_closed"),
        ("revise", "修订签发过的文稿", "", "edit"),
        ("sign_off", "各部门会签", "", "checkmark_circle"),
        ("lay_out", "重新排版", "F5", "arrow_sync"),
        ("page_settings", "版面设置：红头、会议稿、封面、目录、附件", "", "settings"),
        ("save_pdf", "保存 PDF", "Ctrl+S", "save"),
        ("save_word", "保存 Word", "", "arrow_export"),
        ("save_ofd", "保存 OFD", "", "arrow_export"),
        ("evidence", "装订佐证材料", "", "book"),
        ("print_pages", "打印文稿", "Ctrl+P", "print"),
        own=True,
    ),
    *_at(
        PLAN,
        ("plan_report", "登记进展", "Ctrl+R", "edit"),
        ("plan_sheet", "进度表", "Ctrl+P", "print"),
        ("plan_targets", "接种日程", "", "calendar_month"),
    ),
]
ACTIONS: dict[str, Action] = {action.id: action for action in _ALL}


@dataclass(frozen=True, slots=True)
class Bound:
    """An action with its deed; `words` take the place of the title where they tell more, such as a count."""

    action: Action
    deed: Callable[[], object]
    when: Callable[[], bool] = lambda: True
    words: str = ""
    in_bar: bool = False

    @property
    def text(self) -> str:
        """What a menu says."""
        return self.words or self.action.title


def bound(
    id: str,
    deed: Callable[[], object],
    when: Callable[[], bool] = lambda: True,
    words: str = "",
    in_bar: bool = False,
) -> Bound:
    """Bind a deed to the action of this id."""
    return Bound(ACTIONS[id], deed, when, words, in_bar)


def bind_keys(host: QWidget, given: Iterable[Bound], whole_window: bool = False) -> None:
    """Let the keys do the deeds while `host` is seen, or anywhere in its window."""
    for each in given:
        if each.action.own_keys:
            continue
        for keys in each.action.keys:
            shortcut = QShortcut(QKeySequence(keys), host)
            shortcut.activated.connect(partial(_press, host, each, whole_window))


def _press(host: QWidget, each: Bound, always: bool) -> None:
    if (always or host.isVisible()) and each.when():
        each.deed()


def fill_menu(menu: QMenu, given: Sequence[Bound]) -> None:
    """Add the actions that can be done now, with their keys."""
    for each in given:
        action = QAction(icons.icon(each.action.icon), each.text, menu)
        if each.action.key:
            action.setShortcut(QKeySequence(each.action.key))
            action.setShortcutVisibleInContextMenu(True)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(each.when())
        action.triggered.connect(partial(_trigger, each))
        menu.addAction(action)


def _trigger(each: Bound, _checked: bool = False) -> None:
    each.deed()
