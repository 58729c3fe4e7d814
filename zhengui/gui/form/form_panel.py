"""The panel at the right of a table that holds the form, and the wide window it can move to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.figures.period import Period
from zhengui.gui.form.record_form import RecordForm
from zhengui.gui.form.sheet import Values
from zhengui.gui.kit.dialogs import Window
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import named, size
from zhengui.services.entry.steps import EntryStep
from zhengui.services.loops.take_step import Deed
from zhengui.services.township.township import Township

_WIDE = (720, 600)
_WIDE_COLUMNS = 3
#: A panel pressed narrower than this opens new records in the wide window at once.
_NARROW = 320


class WideWindow(Window):
    """The form in a window of its own; closing it brings the form back to the panel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.resize(*_WIDE)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)


class FormPanel(QFrame):
    """One record of any ledger beside the table it stands in."""

    saved = Signal(str, int)
    deleted = Signal(str, int)
    closed = Signal()
    figure_requested = Signal(str)
    document_requested = Signal(int)
    about_requested = Signal(str, int)
    previous_requested = Signal()
    next_requested = Signal()
    dirty_changed = Signal(bool)

    def __init__(self, township: Township, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "side")
        self.setAccessibleName("登记表")
        self.setMinimumWidth(280)
        self._wide: WideWindow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._away = self._placeholder()
        self.form = RecordForm(township, self)
        self._column.addWidget(self._away)
        self._column.addWidget(self.form)
        self._away.hide()
        self._connect()

    def sizeHint(self):  # type: ignore[no-untyped-def]
        hint = super().sizeHint()
        hint.setWidth(size("form_panel"))
        return hint

    def _placeholder(self) -> QWidget:
        """What the panel says while the form is in its own window."""
        away = QWidget()
        column = QVBoxLayout(away)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(label("正在大窗口中填写。", role="sec", wrap=True))
        row = QHBoxLayout()
        back = button("收回到这里")
        back.clicked.connect(self.narrow)
        row.addWidget(back)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return away

    def _connect(self) -> None:
        self.form.saved.connect(self.saved)
        self.form.deleted.connect(self._deleted)
        self.form.closing.connect(self._close)
        self.form.figure_wanted.connect(self.figure_requested)
        self.form.document_wanted.connect(self.document_requested)
        self.form.previous_wanted.connect(self.previous_requested)
        self.form.next_wanted.connect(self.next_requested)
        self.form.dirty_changed.connect(self.dirty_changed)
        self.form.about_wanted.connect(self.about_requested)
        self.form.wide_wanted.connect(self.widen)

    # For the window

    @property
    def ledger_key(self) -> str:
        """The ledger of the record that is open."""
        return self.form.ledger_key

    @property
    def record_id(self) -> int | None:
        """The record that is open; None for a new one."""
        return self.form.record_id

    def set_period(self, period: Period) -> None:
        """Count figures for this period; its year completes dates typed without one."""
        self.form.context.period = period

    def note_steps(self, noted: Callable[[str, EntryStep], None]) -> None:
        """Tell what is saved and removed here, so that it can be taken back."""
        self.form.noted = noted

    def note_loop(self, stepped: Callable[[str, str, tuple[int, ...], Deed], None]) -> None:
        """Tell of the steps of the closed loop that are taken here."""
        self.form.stepped = stepped

    def follow(self, ledger_key: str) -> None:
        """Show the open record as it is now, where it was changed elsewhere and nothing is typed here."""
        if (
            self.isVisible()
            and self.ledger_key == ledger_key
            and self.record_id is not None
            and not self.form.dirty
        ):
            self.form.open_record(ledger_key, self.record_id)

    def open_record(self, ledger_key: str, record_id: int) -> bool:
        """Show a record; false where the person stays with what is not saved yet."""
        return self.form.open_record(ledger_key, record_id)

    def open_new(self, ledger_key: str, values: Values | None = None) -> bool:
        """Begin a record; false where the person stays with what is not saved yet."""
        opened = self.form.open_new(ledger_key, values)
        if opened and self.isVisible() and self.width() < _NARROW and self._wide is None:
            self.widen()
        return opened

    def can_leave(self) -> bool:
        """Whether nothing typed would be lost; asks where something would."""
        return self.form.can_leave()

    def focus_first(self) -> None:
        """Put the keyboard into the form."""
        if self.form.sheet is not None:
            self.form.focus_first()

    def take_draft(self) -> None:
        """Go on with the draft that the form offers, if it does."""
        self.form.take_draft()

    # The wide window

    def widen(self) -> None:
        """Move the form to a window of its own, in more columns."""
        if self._wide is not None:
            return
        self._wide = WideWindow(self.window())
        self._wide.column.addWidget(self.form)
        self.form.set_columns(_WIDE_COLUMNS)
        self._wide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._wide.finished.connect(self.narrow)
        self._away.show()
        self._wide.open()
        self.form.parts.scroll_up()
        self.form.focus_first()

    def narrow(self) -> None:
        """Bring the form back to the panel."""
        wide, self._wide = self._wide, None
        if wide is None:
            return
        self._away.hide()
        self._column.addWidget(self.form)
        self.form.set_columns(2)
        self.form.show()
        wide.hide()
        wide.deleteLater()

    def _close(self) -> None:
        """Esc leaves the wide window first, then the form."""
        if self._wide is not None:
            self.narrow()
        elif self.form.can_leave():
            self.closed.emit()

    def _deleted(self, ledger_key: str, record_id: int) -> None:
        self.narrow()
        self.deleted.emit(ledger_key, record_id)
