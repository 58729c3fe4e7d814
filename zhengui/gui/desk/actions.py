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
        ("search", "在所有台账里搜索", "Ctrl+K", "search"),
        ("undo", "撤销刚才的一步", "Ctrl+Z", "arrow_undo"),
        ("fold", "收起或展开左边的导航", "Ctrl+B", "chevron_left"),
        ("next_page", "下一个页面", "Ctrl+Tab", "arrow_down"),
        ("previous_page", "上一个页面", "Ctrl+Shift+Tab", "arrow_up"),
        ("back", "退回刚才的地方", "Alt+Left", "arrow_left"),
        ("on", "再前进", "Alt+Right", "arrow_right"),
        ("next_region", "到下一个区域", "F6", "arrow_right"),
        ("previous_region", "到上一个区域", "Shift+F6", "arrow_left"),
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
