"""Dialogs made of rows: the title is a question, the buttons are verbs, Enter presses what is ringed, Esc changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.row_fields import (
    DayField,
    TickedList,
    choice_field,
    fields_beside,
    line_field,
    list_beside,
    sentence_line,
    text_field,
    title_of_field,
)
from zhengui.gui.kit.style import mark
from zhengui.gui.kit.tab_stops import excluded, stops_in
from zhengui.problem import Problem

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: What stays free around a dialog for its frame and the edge of the screen, across and down.
_AROUND = QSize(16, 44)


def room_for(widget: QWidget) -> QSize:
    """What the screen of a widget has room for, in device-independent pixels, the window's frame taken off."""
    return widget.screen().availableSize() - _AROUND


class Window(QDialog):
    """A window beside the main one: never larger than the screen, and Enter presses what is ringed, else the default."""

    def __init__(self, parent: QWidget | None = None, title: str = "政规") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            self.fit()
        super().setVisible(visible)

    def exec(self) -> int:
        """Ask, and be let go once what follows the answer is done: its parent would keep every window ever opened."""
        answer = super().exec()
        self.deleteLater()
        return answer

    def fit(self) -> None:
        """Shrink to the screen."""
        room = room_for(self)
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self.resize(self.size().boundedTo(room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ringed = self.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and isinstance(ringed, QPushButton) and ringed.isEnabled():
            ringed.click()
            return
        super().keyPressEvent(event)


class Dialog(Window):
    """A question, rows under it, a line for what is wrong, and the verbs; heirs add rows and say what is wrong.

    `keep` leaves everything as it was, `verb` does it. What cannot be taken back begins on the safe side
    (`undoable` false): there Enter keeps, unless the person rings the verb.
    Rows scroll where the screen is too small for them; the verbs are always in sight. Tab goes through the
    rows from top to bottom and then to the verbs, in whatever order they were made.
    """

    def __init__(
        self,
        parent: QWidget | None,
        question: str = "",
        told: str = "",
        verb: str = "",
        keep: str = "",
        width: int = 420,
        height: int = 0,
        undoable: bool = True,
        title: str = "政规",
    ) -> None:
        super().__init__(parent, title)
        self._width, self._height = width, height
        self._wrong_field: QWidget | None = None
        self._inside = QWidget(self)
        self._inside.setObjectName("clear")
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(20, 18, 20, 4)
        self.rows.setSpacing(8)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self._foot = QWidget(self)
        self._foot.setObjectName("clear")
        self._verbs = QHBoxLayout()
        self._wrong = label("", self._foot, "err", wrap=True)
        self._wrong.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._foot)
        if question:
            self.rows.addWidget(label(question, self._inside, "ttl", wrap=True))
        if told:
            self.add_words(told).setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.leaving: QPushButton | None = None
        self.deed: QPushButton | None = None
        self._make_verbs(verb, keep, undoable)
        self._inside.installEventFilter(self)

    def _make_verbs(self, verb: str, keep: str, undoable: bool) -> None:
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(20, 4, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self._wrong)
        foot.addLayout(self._verbs)
        self._verbs.setSpacing(8)
        self._verbs.addStretch(1)
        if keep:
            self.leaving = button(keep, self._foot)
            self.leaving.clicked.connect(self.reject)
            self._verbs.addWidget(self.leaving)
        if verb:
            self.deed = button(verb, self._foot, "primary")
            self.deed.clicked.connect(self._try)
            self._verbs.addWidget(self.deed)
        safe = self.leaving is not None and not undoable
        for chosen in (self.leaving,) if safe else (self.deed, self.leaving):
            if chosen is not None:
                chosen.setDefault(True)
                break

    # Rows

    def add_under(self, title: str, made: QWidget) -> None:
        """Add a field under its title."""
        self.rows.addWidget(title_of_field(self._inside, title, made))
        self.rows.addWidget(made)

    def add_line(self, title: str, text: str = "", hint: str = "", most: int = 0) -> QLineEdit:
        """A field for one line of text, of at most so many characters."""
        return self._added(title, line_field(self._inside, text, hint, most))

    def add_text(self, title: str, hint: str = "", text: str = "", height: int = 76) -> QPlainTextEdit:
        """A box for some sentences."""
        return self._added(title, text_field(self._inside, text, hint, height))

    def add_choice(
        self, title: str, choices: Iterable[tuple[str, object]], value: object = None
    ) -> QComboBox:
        """A list of (words, value) of which one is chosen."""
        return self._added(title, choice_field(self._inside, choices, value))

    def add_day(self, title: str, day: date, least: date | None = None) -> DayField:
        """A day, not before the least one."""
        return self._added(title, DayField(self._inside, day, least))

    def add_ticked(
        self, title: str, offered: Iterable[tuple[T, str]], ticked: Collection[T] = (), height: int = 104
    ) -> TickedList[T]:
        """A list of (thing, words) of which any number can be ticked."""
        return self._added(title, TickedList(self._inside, offered, ticked, height))

    def add_tick(self, words: str, on: bool = False) -> QCheckBox:
        """Something that holds or not."""
        made = QCheckBox(words, self._inside)
        made.setChecked(on)
        self.rows.addWidget(made)
        return made

    def add_beside(self, titled: Sequence[tuple[str, QWidget]]) -> list[QLabel]:
        """Fields beside each other, each under its title; the titles."""
        line, told = fields_beside(self._inside, titled)
        self.rows.addLayout(line)
        return told

    def add_sentence(self, *pieces: str | QWidget) -> None:
        """Words with fields among them, in one line."""
        self.rows.addLayout(sentence_line(self._inside, pieces))

    def add_list_beside(self, chosen_from: QWidget, view: QWidget | QLayout) -> None:
        """A list at the left, and at its right what it tells of the chosen one, as high as there is room."""
        self.rows.addLayout(list_beside(chosen_from, view), 1)

    def _added(self, title: str, made: W) -> W:
        self.add_under(title, made)
        return made

    def add_words(self, text: str, role: str = "sec") -> QLabel:
        """Add a sentence."""
        made = label(text, self._inside, role, wrap=True)
        self.rows.addWidget(made)
        return made

    def add_verb(
        self, text: str, call: Callable[[], object], before: QPushButton | None = None
    ) -> QPushButton:
        """Another button: at the left end of the verbs, or right before one of them."""
        made = button(text, self._foot)
        made.clicked.connect(lambda _checked=False: call())
        self._verbs.insertWidget(0 if before is None else self._verbs.indexOf(before), made)
        return made

    # Taking

    def mistake(self) -> str:
        """What is wrong with the rows, empty where nothing is."""
        return ""

    def wrong(self, field: QWidget, words: str) -> str:
        """The words of a mistake, once it is known in which field: there it is marked, and the keyboard goes there."""
        self._wrong_field = field if words else None
        return words

    def take(self) -> None:
        """Do what the verb says; without more, the dialog is accepted. A Problem that it raises is told over the verbs."""
        self.accept()

    def complain(self, text: str) -> None:
        """Say over the verbs what is wrong; empty takes it back."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        following = self._not_reached() if event.key() in _ENTER and not event.modifiers() else None
        if following is None:
            super().keyPressEvent(event)
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def _not_reached(self) -> QLineEdit | None:
        """The next empty line under a filled one, while something lacks: Enter leads there instead of scolding it."""
        line, stops = self.focusWidget(), self.stops()
        if self.deed is None or not isinstance(line, QLineEdit) or not line.text() or line not in stops:
            return None
        below = (each for each in stops[stops.index(line) + 1 :] if isinstance(each, QLineEdit))
        empty = next((each for each in below if not each.text() and not each.isReadOnly()), None)
        return empty if empty is not None and self.mistake() else None

    def _try(self) -> None:
        self._mark_wrong("")
        wrong = self.mistake()
        self.complain(wrong)
        if wrong:
            self._mark_wrong("error")
            return
        try:
            self.take()
        except Problem as refused:
            self.complain(refused.message)

    def _mark_wrong(self, look: str) -> None:
        """Show which field is wrong and let it be typed into, or as `look` is empty forget it."""
        field = self._wrong_field
        if field is None:
            return
        if look:  # a field's own editor puts its mark aside on being entered
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        mark(field, look=look)
        if not look:
            self._wrong_field = None
            return
        typed = field.textEdited if isinstance(field, QLineEdit) else None
        if typed is None and isinstance(field, QPlainTextEdit):
            typed = field.textChanged
        if typed is not None:
            typed.connect(lambda *_typed: self._mark_wrong(""), Qt.ConnectionType.SingleShotConnection)

    # Size and order

    def fit(self) -> None:
        """Be as large as the rows need, and no larger than the screen."""
        for each in self.findChildren(QWidget):
            each.ensurePolished()
        for made in filter(None, (self._inside.layout(), self._foot.layout())):
            made.invalidate()
        self._fit_rows()

    def _fit_rows(self) -> None:
        """The same where a layout asks: told once more to forget its sizes it would ask again, and never rest."""
        room = room_for(self)
        inside = self._inside.layout()
        assert inside is not None
        width = min(max(self._width, inside.totalMinimumSize().width()), room.width())
        rows = max(_height(self._inside, width), self._height)
        foot = _height(self._foot, width)
        size = QSize(width, min(rows + foot, room.height()))
        if rows + foot > room.height():  # the bar takes its own room
            size.setWidth(min(width + self._scroll.verticalScrollBar().sizeHint().width(), room.width()))
        if self._height:
            self.setMinimumSize(size.boundedTo(QSize(480, 320)))
            if not self.isVisible():
                self.resize(size)
        else:
            self.setFixedSize(size)

    def stops(self) -> list[QWidget]:
        """Where Tab halts: as the rows stand, and then at the verbs. Of things that exclude each other, the chosen one."""
        found = [*stops_in(self._inside.layout()), *stops_in(self._foot.layout())]
        return [each for each in found if each.isEnabled() and not excluded(each)]

    def focusNextPrevChild(self, next: bool) -> bool:
        stops, now = self.stops(), self.focusWidget()
        if not stops:
            return super().focusNextPrevChild(next)
        here = -1 if next else 0
        for place, each in enumerate(stops):
            if now is not None and (each is now or each.isAncestorOf(now)):
                here = place
        next_to = (here + (1 if next else -1)) % len(stops)
        stops[next_to].setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def setVisible(self, visible: bool) -> None:
        first = visible and not self.isVisible()
        if first and self.focusWidget() is None:
            self._ring_first()
        super().setVisible(visible)

    def _ring_first(self) -> None:
        """Typing begins in the first row that takes it; without one the default is ringed."""
        fields = [each for each in stops_in(self._inside.layout()) if not isinstance(each, QAbstractButton)]
        default = next(
            (each for each in (self.deed, self.leaving) if each is not None and each.isDefault()), None
        )
        chosen = next(iter(fields), default)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible() and not self._height:
            self._fit_rows()
        return super().eventFilter(watched, event)


def _height(part: QWidget, width: int) -> int:
    layout = part.layout()
    assert layout is not None
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )


class Question(Dialog):
    """One decision: the safe way and the deed, or only one way on."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        text: str,
        verb: str,
        keep: str = "",
        undoable: bool = True,
    ) -> None:
        super().__init__(parent, question, text, verb, keep, undoable=undoable)


def ask(parent: QWidget, question: str, text: str, verb: str, keep: str, undoable: bool = True) -> bool:
    """Ask whether to do it; Enter does it only where it can be undone."""
    return Question(parent, question, text, verb, keep, undoable).exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget, what: str, then: str, verb: str = "知道了") -> None:
    """Say what is wrong and what to do."""
    Question(parent, what, then, verb).exec()
