"""The keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.place import Place

if TYPE_CHECKING:
    from zhengui.gui.frame.main_window import MainWindow


def bind_keys(window: MainWindow) -> None:
    """Give the window its shortcuts."""
    keys: dict[str, Callable[[], object]] = {
        "Ctrl+B": window.fold_rail,
        "Ctrl+Tab": lambda: turn(window, 1),
        "Ctrl+Shift+Tab": lambda: turn(window, -1),
        "Alt+Left": lambda: step(window, -1),
        "Alt+Right": lambda: step(window, 1),
        "Ctrl+K": window.start_search,
        "Ctrl+Z": window.undo,
        "F1": window.ask_help,
        "F6": lambda: visit_region(window, 1),
        "Shift+F6": lambda: visit_region(window, -1),
    }
    for number in range(1, 10):
        keys[f"Ctrl+{number}"] = partial(open_tab, window, number)
    for sequence, call in keys.items():
        QShortcut(QKeySequence(sequence), window).activated.connect(call)


def open_tab(window: MainWindow, number: int) -> None:
    """Open a tab of the rail by its place from the top, beginning with 1."""
    if number <= len(window.rail.order):
        window.go(Place(window.rail.order[number - 1]))


def turn(window: MainWindow, by: int) -> None:
    """Open the tab under (1) or over (-1) the current one."""
    order = window.rail.order
    current = next((n for n, page in enumerate(order) if window.rail.tabs[page].isChecked()), 0)
    window.go(Place(order[(current + by) % len(order)]))


def step(window: MainWindow, by: int) -> None:
    """Go back (-1) or on (1) the way one came."""
    if window.navigation is not None:
        window.navigation.step(by)


def visit_region(window: MainWindow, by: int) -> None:
    """Put the keyboard into the next region: rail, context bar, the parts of the page."""
    page = window.navigation.current if window.navigation else None
    chain: list[QWidget] = [window.rail, window.context, *(page.regions() if page else [])]
    places = [widget for widget in chain if widget.isVisible() and _ways_in(widget)]
    focused = window.focusWidget()
    inside = (n for n, w in enumerate(places) if focused and (w is focused or w.isAncestorOf(focused)))
    at = next(inside, -1 if by > 0 else 0)
    _enter(places[(at + by) % len(places)])


def _ways_in(region: QWidget) -> list[QWidget]:
    candidates = [region, *region.findChildren(QWidget)]
    return [
        w for w in candidates if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()
    ]


def _enter(region: QWidget) -> None:
    """Put the keyboard on the current thing of a region, or on its first one."""
    able = _ways_in(region)
    checked = [widget for widget in able if widget.property("checked")]
    for widget in (checked or able)[:1]:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
