"""The parts of a form and how one moves through them: head, tabs, pages, foot, Enter and F8."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.form.footer import FormFooter
from zhengui.gui.form.header import FormHeader
from zhengui.gui.form.mistake_book import MistakeBook
from zhengui.gui.form.notice_bar import NoticeBar
from zhengui.gui.form.sheet import RecordSheet
from zhengui.gui.form.tab_row import TabRow
from zhengui.gui.form.told_pages import HistoryPage, UsesPage

_TABS = {"content": "内容", "flow": "流转", "history": "历史", "uses": "用于"}
#: Going through a table with the arrows should not ask for history and figures of every row passed.
_LATER = 250


class FormFrame(QWidget):
    """The form without what it does: `save`, `save_and_new` and `step_on` are its heirs' work."""

    saved = Signal(str, int)
    deleted = Signal(str, int)
    closing = Signal()
    figure_wanted = Signal(str)
    document_wanted = Signal(int)
    previous_wanted = Signal()
    next_wanted = Signal()
    dirty_changed = Signal(bool)
    about_wanted = Signal(str, int)
    wide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: RecordSheet | None = None
        self.record_id: int | None = None
        self._columns = 2
        self._sheets: dict[str, RecordSheet] = {}
        self.book = MistakeBook()
        self._make_parts()
        self._connect_parts()
        self._make_keys()

    def _make_parts(self) -> None:
        self.header, self.bar, self.tabs = FormHeader(), NoticeBar(), TabRow(_TABS)
        self.footer, self.history, self.uses = FormFooter(), HistoryPage(), UsesPage()
        self._stack = QStackedWidget()
        self._areas = {key: _scrolling() for key in _TABS}
        for area in self._areas.values():
            self._stack.addWidget(area)
        for key in ("history", "uses"):
            self._areas[key].setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that the arrows scroll them
            self._areas[key].setAccessibleName(_TABS[key])
        self._areas["history"].setWidget(self.history)
        self._areas["uses"].setWidget(self.uses)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.tabs, self.bar):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self.footer)
        self._telling = QTimer(self, singleShot=True, interval=_LATER)

    def _connect_parts(self) -> None:
        self.header.previous.connect(self.previous_wanted)
        self.header.next.connect(self.next_wanted)
        self.header.closing.connect(self.closing)
        self.footer.saving.connect(self.save)
        self.footer.saving_and_new.connect(self.save_and_new)
        self.footer.stepping.connect(self.step_on)
        self.footer.other_steps.connect(self.choose_step)
        self.tabs.chosen.connect(self._show_tab)
        self.uses.figure_wanted.connect(self.figure_wanted)
        self.uses.document_wanted.connect(self.document_wanted)
        self._telling.timeout.connect(self.tell_more)

    def _make_keys(self) -> None:
        keys = {
            "Ctrl+S": self.save, "Ctrl+Return": self.save_and_new, "Ctrl+Enter": self.save_and_new,
            "F8": self.next_mistake, "Esc": self.closing.emit,
        }  # fmt: skip
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def save(self) -> bool:
        """Keep the record."""
        raise NotImplementedError

    def save_and_new(self) -> bool:
        """Keep the record and begin the next."""
        raise NotImplementedError

    def step_on(self) -> None:
        """Take the next step of the loop."""
        raise NotImplementedError

    def choose_step(self) -> None:
        """Choose another step of the loop."""
        raise NotImplementedError

    def tell_more(self) -> None:
        """Fill 历史 and 用于."""
        raise NotImplementedError

    def show_sheet(self, sheet: RecordSheet) -> None:
        """Put the pages of a ledger into the tabs."""
        if sheet is self.sheet:
            return
        for key, page in (("content", sheet.content), ("flow", sheet.flow)):
            old = self._areas[key].takeWidget()
            if old is not None:
                old.setParent(self)
                old.hide()
            if page is not None:
                self._areas[key].setWidget(page)
                page.show()
        self.sheet = sheet
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab goes through the fields from top to bottom and then to the foot."""
        sheet = self.open_sheet()
        fields = [part for row in sheet.rows.values() for part in row.findChildren(QWidget)]
        foot = [self.footer.step, self.footer.other, self.footer.save_and_new, self.footer.save]
        stops = [part for part in [*fields, *foot] if part.focusPolicy() != Qt.FocusPolicy.NoFocus]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def scroll_up(self) -> None:
        """Show the beginning of the fields."""
        self._areas["content"].verticalScrollBar().setValue(0)

    def open_sheet(self) -> RecordSheet:
        """The sheet of the record that is open."""
        if self.sheet is None:
            raise LookupError("no record is open")
        return self.sheet

    # Moving

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is still empty."""
        sheet = self.open_sheet()
        order = sheet.order(flow=self.tabs.current == "flow")
        empty = [key for key in order if not sheet.rows[key].editor.state()]
        if order:
            self.go_to((empty if self.record_id is None and empty else order)[0])

    def go_to(self, key: str) -> None:
        """Put the keyboard into a field and bring it into view."""
        sheet = self.open_sheet()
        self.tabs.choose("flow" if sheet.in_flow(key) else "content")
        row = sheet.rows[key]
        row.editor.input().setFocus(Qt.FocusReason.TabFocusReason)
        area = self._areas[self.tabs.current]
        area.ensureWidgetVisible(row, 0, 24)
        # Once more when a sentence that has just appeared under a field has found its place.
        QTimer.singleShot(0, row, lambda: area.ensureWidgetVisible(row, 0, 24))

    def _go_on(self, key: str, step: int) -> None:
        """Enter to the next field and from the last to 保存; Shift+Enter back."""
        order = self.open_sheet().order(flow=self.open_sheet().in_flow(key))
        place = order.index(key) + step
        if 0 <= place < len(order):
            self.go_to(order[place])
        elif step > 0:
            self.footer.save.setFocus(Qt.FocusReason.TabFocusReason)

    def next_mistake(self) -> None:
        """Go to the next field that has to be changed, round and round."""
        sheet = self.open_sheet()
        wrong = [key for key in sheet.rows if key in self.book.errors]
        if not wrong:
            return
        order = list(sheet.rows)
        here = next((n for n, key in enumerate(order) if sheet.rows[key].isAncestorOf(self._focused())), -1)
        later = [key for key in wrong if order.index(key) > here]
        self.go_to((later or wrong)[0])

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self

    def set_columns(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        self._columns = columns
        for sheet in self._sheets.values():
            sheet.set_columns(columns)

    # The other tabs

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._areas[key])
        if key in ("history", "uses") and self._telling.isActive():
            self._telling.stop()
            self.tell_more()


def _scrolling() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
