"""The rail of vertical tabs: groups, current tab, badges, folded to icons with Ctrl+B."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from zhengui.gui.desk.tabs import Group, Tab
from zhengui.gui.kit import icons
from zhengui.gui.kit.painted import PaintedButton, draw_box, draw_count, draw_text
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.scrolled import Scrolled
from zhengui.gui.kit.style import size

#: Badges have room beside titles up to this length; a longer one takes the last place.
#: So much lower a tab may be where the screen is low.
CLOSER = 5
LOGO = 22


class RailTab(PaintedButton):
    """One vertical tab."""

    def __init__(self, tab: Tab, number: int, parent: QWidget) -> None:
        super().__init__(tab.title, parent)
        self.tab = tab
        self.setCheckable(True)
        self.badge = 0
        #: The height where there are more tabs than room; 0 for the usual one.
        self.height_given = 0
        self.folded = False
        self._key = f"Ctrl+{number}" if number < 10 else ""
        self._describe()

    def _describe(self) -> None:
        name = self.tab.full or self.tab.title
        told = f"未报 {self.badge} 村（居）次" if self.tab.page == "reporting" else f"逾期 {self.badge} 项"
        late = f"，{told}" if self.badge else ""
        self.setAccessibleName(name + late)
        self.setToolTip(plain(name + late + (f"（{self._key}）" if self._key else "")))

    def set_badge(self, count: int) -> None:
        """Show how many records are overdue."""
        self.badge = count
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            size("rail_folded") if self.folded else size("rail") - 1, self.height_given or size("rail_item")
        )

    def focus_rect(self) -> QRect:
        return self.rect().adjusted(8, 1, -8, -1)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        box = self.focus_rect()
        current = self.isChecked()
        if current:
            draw_box(painter, box, "surf", "line")
            draw_box(painter, QRect(8, rect.center().y() - 7, 3, 16), "brand", radius=1.5)
        elif self.hovered:
            draw_box(painter, box, "hover")
        top = (rect.height() - 18) / 2
        left = (rect.width() - 18) / 2 if self.folded else 18
        icons.paint(painter, self.tab.icon, left, top, 18, "brand" if current else "ink2", current)
        middle = rect.center().y() + 1
        if self.folded:
            if self.badge:
                draw_box(painter, QRect(rect.width() - 17, 5, 8, 8), "over", "bg", radius=4)
            return
        end = box.right() - 4
        if self.badge:
            end -= round(draw_count(painter, end, middle, self.badge)) + 2
        draw_text(painter, QRect(44, 0, end - 44, rect.height()), self.tab.title, "ink1", bold=current)


class _Head(QWidget):
    """The office's name beside the program's mark."""

    painted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = "政规"
        self.folded = False
        self.setFixedHeight(size("context_bar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = (self.width() - LOGO) // 2 if self.folded else 16
        top = (self.height() - LOGO) // 2 + 1
        draw_box(painter, QRect(left, top, LOGO, LOGO), "brand", radius=5)
        for row, width in enumerate((12, 12, 8)):
            draw_box(painter, QRect(left + 5, top + 6 + row * 4, width, 2), "onfill", radius=1)
        if not self.folded:
            rect = QRect(left + LOGO + 8, 0, self.width() - left - LOGO - 14, self.height())
            draw_text(painter, rect, self.name, bold=True)
        painter.end()
        self.painted.emit()


class _Heading(QWidget):
    """The title of a group, a hairline when folded."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.folded = title, False
        self.setFixedHeight(size("rail_heading"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.folded:
            draw_box(painter, QRect(12, self.height() // 2, self.width() - 24, 1), "line2", radius=0)
        else:
            draw_text(
                painter, QRect(16, 4, self.width() - 24, self.height() - 4), self.title, "ink3", "caption"
            )
        painter.end()


class Rail(QFrame):
    """All tabs; `chosen` tells the page of the one that was clicked, `painted` that the rail was drawn."""

    chosen = Signal(str)
    painted = Signal()

    def __init__(self, groups: Sequence[Group], pinned: Sequence[Tab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("导航")
        self.folded = False
        self.tabs: dict[str, RailTab] = {}
        self._headings: list[_Heading] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = _Head(self)
        self._head.painted.connect(self.painted)
        column.addWidget(self._head)
        self._middle = Scrolled(self)
        self._middle.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._middle, 1)
        foot = QFrame(self)
        foot.setObjectName("railfoot")
        self._foot_column = QVBoxLayout(foot)
        self._foot_column.setContentsMargins(0, 4, 0, 4)
        self._foot_column.setSpacing(0)
        column.addWidget(foot)
        self._foot = foot
        self._fill(groups, pinned)
        self.fold(False)

    def _fill(self, groups: Sequence[Group], pinned: Sequence[Tab]) -> None:
        self.groups = list(groups)
        inside = QWidget(self._middle)
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for group in groups:
            if group.title:
                heading = _Heading(group.title, inside)
                self._headings.append(heading)
                column.addWidget(heading)
            for tab in group.tabs:
                column.addWidget(self._add(tab, inside))
        column.addStretch(1)
        self._middle.setWidget(inside)
        for tab in pinned:
            self._foot_column.addWidget(self._add(tab, self._foot))

    def show_groups(self, groups: Sequence[Group], pinned: Sequence[Tab]) -> None:
        """Show other tabs, where the catalogue is not what it was at the last start."""
        if list(groups) == self.groups:
            return
        for tab in self.tabs.values():
            self._group.removeButton(tab)
            self._foot_column.removeWidget(tab)
            tab.deleteLater()
        self.tabs.clear()
        self._headings.clear()
        self._fill(groups, pinned)
        self.fold(self.folded)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Let the tabs be a little lower rather than the last one be cut off."""
        tabs = [tab for tab in self.tabs.values() if self._middle.isAncestorOf(tab)]
        if not tabs:
            return
        usual = size("rail_item")
        room = self._middle.maximumViewportSize().height() - sum(
            heading.height() for heading in self._headings
        )
        height = min(usual, max(usual - CLOSER, room // len(tabs)))
        for tab in tabs:
            tab.height_given = height
            tab.updateGeometry()

    def _add(self, tab: Tab, parent: QWidget) -> RailTab:
        made = RailTab(tab, len(self.tabs) + 1, parent)
        made.clicked.connect(lambda: self.chosen.emit(tab.page))
        self._group.addButton(made)
        self.tabs[tab.page] = made
        return made

    @property
    def order(self) -> list[str]:
        """The pages from top to bottom."""
        return list(self.tabs)

    def set_name(self, name: str) -> None:
        """Show the office's name on top."""
        self._head.name = name
        self._head.setToolTip(plain(name))
        self._head.update()

    def show_current(self, page: str) -> None:
        """Mark the tab of the page that is shown, none where it has none."""
        tab = self.tabs.get(page)
        if tab is None:
            self._group.setExclusive(False)
            for other in self.tabs.values():
                other.setChecked(False)
            self._group.setExclusive(True)
            return
        tab.setChecked(True)
        if self._middle.isAncestorOf(tab):
            self._middle.ensureWidgetVisible(tab, 0, 4)

    def set_badges(self, counts: Mapping[str, int]) -> None:
        """Show the overdue counts by page."""
        for page, tab in self.tabs.items():
            tab.set_badge(counts.get(page, 0))

    def fold(self, folded: bool) -> None:
        """Show icons alone, or icons and titles."""
        self.folded = folded
        self.setFixedWidth(size("rail_folded") if folded else size("rail"))
        self._head.folded = folded
        for heading in self._headings:
            heading.folded = folded
        for tab in self.tabs.values():
            tab.folded = folded
            tab.updateGeometry()
        self.update()
