"""F6: the keyboard goes from region to region of the window, and into what is current there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def visit_region(chain: Sequence[QWidget], focused: QWidget | None, by: int) -> None:
    """Put the keyboard into the region after (1) or before (-1) the one it is in: rail, bar, parts of the page."""
    places = [widget for widget in chain if widget.isVisible() and _ways_in(widget)]
    inside = (n for n, w in enumerate(places) if focused and (w is focused or w.isAncestorOf(focused)))
    at = next(inside, -1 if by > 0 else 0)
    enter(places[(at + by) % len(places)])


def _ways_in(region: QWidget) -> list[QWidget]:
    candidates = [region, *region.findChildren(QWidget)]
    return [
        w for w in candidates if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible() and w.isEnabled()
    ]


def enter(region: QWidget) -> None:
    """Put the keyboard on the current thing of a region, or on its first one."""
    able = _ways_in(region)
    checked = [widget for widget in able if widget.property("checked")]
    for widget in (checked or able)[:1]:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
