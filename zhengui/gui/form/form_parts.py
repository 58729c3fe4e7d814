"""The parts of a form and how one moves through them: head, tabs, pages, foot, Enter and back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.form.flow_page import STEP_WORDS
from zhengui.gui.form.footer import FormFooter
from zhengui.gui.form.header import FormHeader
from zhengui.gui.form.notice_bar import NoticeBar
from zhengui.gui.form.sheet import RecordSheet
from zhengui.gui.form.tab_row import TabRow
from zhengui.gui.form.told_pages import HistoryPage, UsesPage
from zhengui.gui.kit.scrolled import Scrolled

_TABS = {"content": "内容", "flow": "流转", "history": "历史", "uses": "用于"}
#: Going through a table with the arrows should not ask for history and figures of every row passed.
_LATER = 250


class FormParts(QWidget):
    """Head, tabs, pages and foot, with one ledger's sheet in them; what is done with a record is its form's work."""

    telling = Signal()  # 历史 and 用于 are wanted now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: RecordSheet | None = None
        self._make_parts()
        self.tabs.chosen.connect(self._show_tab)
        self._telling.timeout.connect(self.telling)

    def _make_parts(self) -> None:
        self.header, self.bar, self.tabs = FormHeader(), NoticeBar(), TabRow(_TABS)
        self.footer, self.history, self.uses = FormFooter(), HistoryPage(), UsesPage()
        self._stack = QStackedWidget()
        self._areas = {key: Scrolled() for key in _TABS}
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

    def begin(self, new: bool) -> None:
        """The tabs that a record, or a new one, has."""
        flows = self.open_sheet().flow is not None
        self.tabs.set_shown("flow", flows)
        for key in ("history", "uses"):
            self.tabs.set_shown(key, not new)
            self.tabs.set_count(key, -1)
        if new or (self.tabs.current == "flow" and not flows):
            self.tabs.choose("content")

    def show_state(self, new: bool) -> None:
        """The head, the rings and the next step, as the fields have it now."""
        sheet = self.open_sheet()
        state, late = sheet.show_loop()
        title = f"登记{sheet.ledger.noun}" if new else f"{sheet.ledger.noun} {sheet.label()}".strip()
        overdue = (f"逾期 {late} 天", "over") if late and not new else ("", "mute")
        tag, tone = ("未保存", "mute") if sheet.dirty else overdue
        self.header.say(title, tag, tone, beside=not new)
        stage = sheet.rings.now if sheet.rings is not None else 0
        looped = sheet.rings is not None and not new
        self.footer.show_step(STEP_WORDS[stage] if looped and stage < len(STEP_WORDS) else "", looped)
        if state and not new:
            self.tabs.set_count("flow", min(stage, len(STEP_WORDS)))

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

    def focus_first(self, new: bool) -> None:
        """Put the keyboard into the first field, of a new record the first that is still empty."""
        sheet = self.open_sheet()
        order = sheet.order(flow=self.tabs.current == "flow")
        empty = [key for key in order if not sheet.rows[key].editor.state()]
        if order:
            self.go_to((empty if new and empty else order)[0])

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

    def go_on(self, key: str, step: int) -> None:
        """Enter to the next field and from the last to 保存; Shift+Enter back."""
        order = self.open_sheet().order(flow=self.open_sheet().in_flow(key))
        place = order.index(key) + step
        if 0 <= place < len(order):
            self.go_to(order[place])
        elif step > 0:
            self.footer.save.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_next(self, wrong: Sequence[str]) -> None:
        """Go to the next of some fields, round and round."""
        order = list(self.open_sheet().rows)
        rows = self.open_sheet().rows
        here = next((n for n, key in enumerate(order) if rows[key].isAncestorOf(self.focused())), -1)
        later = [key for key in order[here + 1 :] if key in wrong]
        first = next((key for key in order if key in wrong), None)
        if first is not None:
            self.go_to(later[0] if later else first)

    def focused(self) -> QWidget:
        """What has the keyboard."""
        return self.window().focusWidget() or self

    def tell_later(self) -> None:
        """Ask for 历史 and 用于 in a moment, unless another record is opened by then."""
        self._telling.start()

    # The other tabs

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self._areas[key])
        if key in ("history", "uses") and self._telling.isActive():
            self._telling.stop()
            self.telling.emit()
