"""The ledgers of an area as sheet tabs: title, count, overdue; what does not fit goes into 更多."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.menu import Menu
from zhengui.gui.kit.painted import CENTRE, PaintedButton, draw_box, draw_count, draw_text, width_of
from zhengui.gui.kit.style import size

GAP, EDGE, MORE_WIDTH = 2, 10, 72


@dataclass(frozen=True, slots=True)
class TabSheet:
    """One tab: the key it stands for, its title, and its counts (None while they are not known)."""

    key: str
    title: str
    count: int | None = None
    overdue: int = 0


class SheetTab(PaintedButton):
    """A tab with an underline while it is the current one."""

    def __init__(self, sheet: TabSheet, parent: QWidget) -> None:
        super().__init__(sheet.title, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.sheet = sheet
        self.show_sheet(sheet)

    def show_sheet(self, sheet: TabSheet) -> None:
        """Show other counts."""
        self.sheet = sheet
        late = f"，逾期 {sheet.overdue} 条" if sheet.overdue else ""
        told = "" if sheet.count is None else f"，{sheet.count} 条"
        self.setAccessibleName(sheet.title + told + late)
        self.updateGeometry()
        self.update()

    def _count(self) -> str:
        return "" if self.sheet.count is None else f"{self.sheet.count}"

    def sizeHint(self) -> QSize:
        # Always as wide as the bold title, so that nothing moves when another tab is chosen.
        width = 2 * EDGE + width_of(self.sheet.title, bold=True)
        if self._count():
            width += 7 + width_of(self._count(), "caption")
        if self.sheet.overdue:
            width += 7 + max(18, width_of(str(self.sheet.overdue), "caption") + 11)
        return QSize(width, size("tab_bar") - 1)

    def focus_rect(self) -> QRect:
        return self.rect().adjusted(1, 4, -1, -6)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        current = self.isChecked()
        if self.hovered and not current:
            draw_box(painter, self.focus_rect(), "hover")
        middle = rect.center().y() + 1
        width = width_of(self.sheet.title, bold=current)
        draw_text(painter, QRect(EDGE, 0, width + 2, rect.height()), self.sheet.title, bold=current)
        x = EDGE + width + 7
        if self._count():
            draw_text(painter, QRect(x, 1, 100, rect.height()), self._count(), "ink3", "caption")
            x += width_of(self._count(), "caption") + 7
        if self.sheet.overdue:
            right = x + max(18, width_of(str(self.sheet.overdue), "caption") + 11)
            draw_count(painter, right, middle, self.sheet.overdue)
        if current:
            draw_box(
                painter,
                QRect(EDGE - 6, rect.bottom() - 2, rect.width() - 2 * EDGE + 12, 3),
                "brand",
                radius=1,
            )


class SheetTabs(QFrame):
    """`chosen` tells the key of the tab that was clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, name: str = "台账") -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName(name)
        self.setFixedHeight(size("tab_bar"))
        self._tabs: list[SheetTab] = []
        self._more = button("更多", self, "ghost")
        self._more.setIcon(icons.icon("chevron_down"))
        self._more.setAccessibleName("更多台账")
        self._more.clicked.connect(self._open_more)
        self._more.hide()
        self.end: QWidget | None = None
        self.current = ""

    def show_sheets(self, sheets: Sequence[TabSheet]) -> None:
        """Show these tabs; tabs that stay keep their place and the focus."""
        if [t.sheet.key for t in self._tabs] == [s.key for s in sheets]:
            for tab, sheet in zip(self._tabs, sheets, strict=True):
                tab.show_sheet(sheet)
        else:
            for tab in self._tabs:
                tab.deleteLater()
            self._tabs = [self._make(sheet) for sheet in sheets]
        self.choose(self.current)

    def _make(self, sheet: TabSheet) -> SheetTab:
        tab = SheetTab(sheet, self)
        tab.clicked.connect(lambda: self._clicked(tab))
        tab.show()
        return tab

    def _clicked(self, tab: SheetTab) -> None:
        if tab.sheet.key != self.current:
            self.chosen.emit(tab.sheet.key)
        self.choose(self.current)

    @property
    def keys(self) -> list[str]:
        """The tabs from left to right."""
        return [tab.sheet.key for tab in self._tabs]

    def choose(self, key: str) -> None:
        """Mark a tab as the current one."""
        self.current = key
        for tab in self._tabs:
            tab.setChecked(tab.sheet.key == key)
        self._place()

    def neighbour(self, by: int) -> str:
        """The tab before or after the current one, around the ends."""
        keys = self.keys
        return keys[(keys.index(self.current) + by) % len(keys)] if self.current in keys else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Words are wider in 大字."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        room = self.width() - 12 - (self.end.width() + 12 if self.end is not None else 0)
        widths = [tab.sizeHint().width() + GAP for tab in self._tabs]
        fits = sum(widths) <= room - 8
        self._more.setText(f"更多 {len(self._tabs)}")
        wide = max(MORE_WIDTH, self._more.sizeHint().width())
        left = room - 8 - (0 if fits else wide)
        # The current tab is always to be seen; it takes its place from the last one that fits.
        kept = next((w for t, w in zip(self._tabs, widths, strict=True) if t.sheet.key == self.current), 0)
        x, used, hidden = 8, 0, 0
        for tab, width in zip(self._tabs, widths, strict=True):
            current = tab.sheet.key == self.current
            if current:
                kept = 0
            shown = (hidden == 0 and used + width + kept <= left) or current
            tab.setVisible(shown)
            if not shown:
                hidden += 1
                continue
            tab.setGeometry(x, 0, width - GAP, self.height() - 1)
            x, used = x + width, used + width
        self._more.setVisible(hidden > 0)
        self._more.setText(f"更多 {hidden}")
        self._more.setGeometry(x + 2, 6, wide, self._more.sizeHint().height())
        if self.end is not None:
            self.end.move(self.width() - self.end.width() - 12, (self.height() - self.end.height()) // 2)

    def _open_more(self) -> None:
        menu = Menu(self)
        for tab in self._tabs:
            if tab.isVisible():
                continue
            count = "" if tab.sheet.count is None else f"　{tab.sheet.count}"
            late = f"　逾期 {tab.sheet.overdue}" if tab.sheet.overdue else ""
            menu.addAction(f"{tab.sheet.title}{count}{late}", partial(self.chosen.emit, tab.sheet.key))
        menu.exec(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class CountChip(PaintedButton):
    """A choice with a count, such as a state of the closed loop over its table."""

    def __init__(self, text: str, count: int | None, tone: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.count, self.tone = count, tone
        self.tight = False

    def sizeHint(self) -> QSize:
        width = (10 if self.tight else 18) + width_of(self.text(), bold=True)
        if self.count is not None:
            width += 5 + width_of(str(self.count), "caption")
        return QSize(width, size("control") - 2)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        checked = self.isChecked()
        if checked:
            draw_box(painter, rect, "actbg", "act")
        elif self.hovered:
            draw_box(painter, rect, "hover")
        tone = "act" if checked else self.tone
        width = width_of(self.text(), bold=checked)
        number = "" if self.count is None else str(self.count)
        whole = width + (5 + width_of(number, "caption") if number else 0)
        x = (rect.width() - whole) // 2
        draw_text(painter, QRect(x, 0, width + 2, rect.height()), self.text(), tone, bold=checked)
        if number:
            faint = tone if checked or tone == "over" else "ink3"
            draw_text(painter, QRect(x + width + 5, 1, 80, rect.height()), number, faint, "caption")


class SegmentChoice(PaintedButton):
    """A round choice on the home page: 全部 64, 逾期 18."""

    def __init__(self, text: str, count: int, tone: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.count, self.tone = count, tone

    def sizeHint(self) -> QSize:
        return QSize(18 + width_of(f"{self.text()} {self.count}", bold=True), 26)

    def draw(self, painter: QPainter, rect: QRect) -> None:
        checked = self.isChecked()
        draw_box(painter, rect, "actbg" if checked else "surf", "act" if checked else "line2", radius=13)
        name, number = width_of(self.text(), bold=checked), width_of(str(self.count), bold=True)
        x = (rect.width() - name - number - 5) // 2
        draw_text(
            painter,
            QRect(x, 0, name + 2, rect.height()),
            self.text(),
            "act" if checked else "ink1",
            bold=checked,
        )
        tone = "act" if checked else self.tone
        draw_text(
            painter,
            QRect(x + name + 5, 0, number + 2, rect.height()),
            str(self.count),
            tone,
            bold=True,
            align=CENTRE,
        )
