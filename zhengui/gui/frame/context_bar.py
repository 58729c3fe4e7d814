"""The bar over every page: its title, the period, the villages, and the search over everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.choice_button import Chooser
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.popover import Popover
from zhengui.gui.kit.short_label import ShortLabel
from zhengui.gui.kit.style import colour, size

if TYPE_CHECKING:
    from zhengui.gui.desk.scope import ChosenScope


#: What is left of a title where everything else has taken its room.
TITLE = 90


class SearchField(QLineEdit):
    """Where Ctrl+K types; shows the key while it is empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("搜索")
        self.setAccessibleName("在所有台账里搜索")
        self.setToolTip("在所有台账、指标和页面里搜索（Ctrl+K）")
        self.setFixedWidth(size("search"))
        self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._key = label("Ctrl+K", self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._key.setStyleSheet(
            f"font-size: 11px; color: {colour('ink2').name()}; background: {colour('surf2').name()};"
            f" border: 1px solid {colour('line').name()}; border-radius: 3px; padding: 1px 6px;"
        )
        self.textChanged.connect(lambda text: self._key.setVisible(not text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._key.adjustSize()
        self._key.move(self.width() - self._key.width() - 7, (self.height() - self._key.height()) // 2)


class ContextBar(QFrame):
    """Shows the heading at once; the choosers wake when a township is open."""

    searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ctx")
        self.setFixedHeight(size("context_bar"))
        self._scope: ChosenScope | None = None
        self._today: Callable[[], date] = date.today
        self._popovers: dict[str, Popover] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        self._title, self._more = ShortLabel("ttl", self, TITLE), ShortLabel("cap", self)
        # No wider than its words, so that those after it are seen; where it is tight it goes on before them.
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._back, self._on = self._arrow("chevron_left", "上一期"), self._arrow("chevron_right", "下一期")
        self._back.clicked.connect(lambda: self._step(-1))
        self._on.clicked.connect(lambda: self._step(1))
        self.period = Chooser("选择时段", "calendar_month", self)
        self.villages = Chooser("选择村（居）", "location", self)
        self.period.clicked.connect(self._open_period)
        self.villages.clicked.connect(self._open_villages)
        self.search = SearchField(self)
        self.search.textEdited.connect(self.searched)
        row.addWidget(self._title, 1000)
        row.addWidget(self._more, 1)
        row.addWidget(self._back)
        row.addWidget(self.period)
        row.addWidget(self._on)
        row.addSpacing(4)
        row.addWidget(self.villages)
        row.addWidget(self.search)
        self._choosers = (self._back, self.period, self._on, self.villages)
        self.show_choosers(False)

    def _arrow(self, drawing: str, name: str) -> QPushButton:
        made = button("", self, "icon")
        made.setIcon(icons.icon(drawing))
        made.setAccessibleName(name)
        made.setToolTip(plain(name))
        return made

    def attach(self, scope: ChosenScope, today: Callable[[], date]) -> None:
        """Let the choosers work on a scope."""
        for popover in self._popovers.values():
            popover.deleteLater()
        self._popovers.clear()
        self._scope, self._today = scope, today
        scope.changed.connect(self.refresh)
        self.refresh()

    def set_heading(self, title: str, more: str) -> None:
        """Show the page's title and the small words after it."""
        self._title.setText(title)
        self._more.setText(more)

    def show_choosers(self, shown: bool) -> None:
        """Hide the period and the villages over pages that have none."""
        for widget in self._choosers:
            widget.setVisible(shown and self._scope is not None)

    def refresh(self) -> None:
        """Show the scope as it is, blue where it is narrowed."""
        if self._scope is None:
            return
        self.period.show_choice(self._scope.period_words(), not self._scope.period.is_year)
        self.villages.show_choice(self._scope.village_words(), bool(self._scope.villages))

    def _step(self, by: int) -> None:
        if self._scope is not None:
            self._scope.step(by)

    def _open_period(self) -> None:
        if self._scope is None:
            return
        from zhengui.gui.chooser.period import PeriodPopover

        if "period" not in self._popovers:
            self._popovers["period"] = PeriodPopover(self.window(), self._scope, self._today)
        self._popovers["period"].open_under(self.period)

    def _open_villages(self) -> None:
        if self._scope is None:
            return
        from zhengui.gui.chooser.villages import VillagePopover

        if "villages" not in self._popovers:
            self._popovers["villages"] = VillagePopover(self.window(), self._scope)
        self._popovers["villages"].open_under(self.villages, align_right=True)
