"""Where Tab halts in a layout, in the order in which things stand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QWidget


def stops_in(layout: QLayout | None) -> Iterator[QWidget]:
    """The widgets that take the keyboard, as they stand in a layout."""
    for place in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(place) if layout is not None else None
        if item is None:
            continue
        widget = item.widget()
        if widget is None:
            yield from stops_in(item.layout())
        elif not widget.isHidden():
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                yield widget
            elif widget.layout() is not None:
                yield from stops_in(widget.layout())


def excluded(each: QWidget) -> bool:
    """Whether it is one of several that exclude each other, and not the chosen one."""
    if not isinstance(each, QAbstractButton) or not each.isCheckable() or each.isChecked():
        return False
    return each.autoExclusive() or each.group() is not None
