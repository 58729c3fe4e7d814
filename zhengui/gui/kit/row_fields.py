"""What can stand in a row of a dialog: a line, some sentences, one of several, a tick, several ticks, a day, a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from zhengui.gui.kit.labels import label
from zhengui.gui.kit.plain import plain

T = TypeVar("T")
_THING = int(Qt.ItemDataRole.UserRole)


def line_field(parent: QWidget, text: str = "", hint: str = "", most: int = 0) -> QLineEdit:
    """A field for one line of text, of at most so many characters."""
    made = QLineEdit(text, parent)
    made.setPlaceholderText(hint)
    if most:
        made.setMaxLength(most)
    return made


def text_field(parent: QWidget, text: str = "", hint: str = "", height: int = 76) -> QPlainTextEdit:
    """A box for some sentences; Tab leaves it. A height of 0 lets it grow."""
    made = QPlainTextEdit(text, parent)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    if height:
        made.setFixedHeight(height)
    return made


def choice_field(parent: QWidget, choices: Iterable[tuple[str, object]], value: object = None) -> QComboBox:
    """A list of (words, value) of which one is chosen."""
    made = QComboBox(parent)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for words, each in choices:
        made.addItem(words, each)
    if value is not None:
        made.setCurrentIndex(max(0, made.findData(value)))
    return made


class DayField(QDateEdit):
    """A day, chosen from a calendar or typed."""

    def __init__(self, parent: QWidget, day: date, least: date | None = None) -> None:
        super().__init__(_as_qt(day), parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        if least is not None:
            self.setMinimumDate(_as_qt(least))

    def day(self) -> date:
        """The day that stands in it."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())


def _as_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


class TickedList(QListWidget, Generic[T]):
    """Things of which any number can be ticked; `offered` are (thing, words)."""

    def __init__(
        self, parent: QWidget, offered: Iterable[tuple[T, str]], ticked: Collection[T], height: int
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(height)
        self.setUniformItemSizes(True)
        for thing, words in offered:
            item = QListWidgetItem(words, self)
            item.setData(_THING, thing)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if thing in ticked else Qt.CheckState.Unchecked)

    def ticked(self) -> list[T]:
        """What is ticked, in order; nothing while the list is out of reach."""
        items = [self.item(row) for row in range(self.count())] if self.isEnabled() else []
        return [item.data(_THING) for item in items if item.checkState() is Qt.CheckState.Checked]


class ThingList(QListWidget, Generic[T]):
    """Things of which one is chosen, each told in words; `name` is what a screen reader calls the list."""

    def __init__(self, parent: QWidget, name: str, width: int = 0) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        if width:
            self.setFixedWidth(width)
            self.setWordWrap(True)

    def show_things(
        self,
        things: Sequence[T],
        words: Callable[[T], str],
        tip: Callable[[T], str] | None = None,
        empty: str = "",
        row: int = 0,
    ) -> None:
        """Show things in place of those before; `empty` is told where there are none, `row` is chosen."""
        self.clear()
        for thing in things:
            item = QListWidgetItem(words(thing), self)
            item.setData(_THING, thing)
            item.setToolTip(plain((tip or words)(thing)))
        if not things and empty:
            self.addItem(QListWidgetItem(empty))
        self.setCurrentRow(min(row, self.count() - 1))

    def put_for_chosen(self, thing: T) -> None:
        """Let another thing stand for the chosen one, called as before."""
        self.currentItem().setData(_THING, thing)

    def chosen(self) -> T | None:
        """The thing that is chosen; None where there is none."""
        item = self.currentItem()
        return item.data(_THING) if item is not None else None


def title_of_field(parent: QWidget, title: str, made: QWidget) -> QLabel:
    """The title of a field, which a screen reader tells, too."""
    told = label(title, parent, "fld")
    told.setBuddy(made)
    made.setAccessibleName(title)
    return told


def fields_beside(parent: QWidget, titled: Sequence[tuple[str, QWidget]]) -> tuple[QGridLayout, list[QLabel]]:
    """Fields beside each other, each under its title; the titles."""
    grid, told = QGridLayout(), []
    grid.setHorizontalSpacing(12)
    for place, (title, made) in enumerate(titled):
        told.append(title_of_field(parent, title, made))
        grid.addWidget(told[-1], 0, place)
        grid.addWidget(made, 1, place)
    return grid, told


def sentence_line(parent: QWidget, pieces: Iterable[str | QWidget]) -> QHBoxLayout:
    """Words with fields among them, in one line."""
    line = QHBoxLayout()
    for piece in pieces:
        line.addWidget(label(piece, parent, "sec") if isinstance(piece, str) else piece)
    line.addStretch(1)
    return line


def list_beside(chosen_from: QWidget, view: QWidget | QLayout) -> QHBoxLayout:
    """A list at the left, and at its right what it tells of the chosen one."""
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(chosen_from)
    if isinstance(view, QLayout):
        line.addLayout(view, 1)
    else:
        line.addWidget(view, 1)
    return line
