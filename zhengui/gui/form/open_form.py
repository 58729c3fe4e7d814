"""Opening a record or a new one, and what happens while one types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget

from zhengui.gui.form.draft_keeper import DraftKeeper
from zhengui.gui.form.flow_page import STEP_WORDS
from zhengui.gui.form.form_frame import FormFrame
from zhengui.gui.form.office import FormOffice, Values
from zhengui.gui.form.sheet import RecordSheet


class OpenForm(FormFrame):
    """A form with a record in it."""

    def __init__(self, office: FormOffice, parent: QWidget | None = None) -> None:
        self.office = office
        super().__init__(parent)
        self._version: int | None = None
        self._was_dirty = False
        self._draft: tuple[datetime, Mapping[str, str]] | None = None
        self.drafts = DraftKeeper(office, lambda: self.sheet.changes() if self.sheet else {}, self)
        self.drafts.kept.connect(lambda at: self.footer.say(f"草稿已暂存 {at:%H:%M}"))
        self.drafts.troubled.connect(lambda words: self.bar.say("warn", f"草稿没有存下。{words}"))

    def can_leave(self) -> bool:
        """Whether the form may show something else."""
        raise NotImplementedError

    def copy(self) -> None:
        """Begin a new record with the values of this one."""
        raise NotImplementedError

    def remove(self) -> None:
        """Move the record to the recycle bin."""
        raise NotImplementedError

    @property
    def ledger_key(self) -> str:
        """The ledger of the record, empty while none is open."""
        return self.sheet.ledger.key if self.sheet else ""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.sheet is not None and self.sheet.dirty

    def open_record(self, ledger_key: str, record_id: int) -> bool:
        """Show a record; false where the person stays with the one that is open."""
        if not self.can_leave():
            return False
        try:
            values, version = self.office.load(ledger_key, record_id)
        except KeyError:
            self.bar.say("warn", "这条记录已经不在了，可能刚被移到回收站，请刷新表格。")
            return False
        self._take_sheet(ledger_key, record_id, version).fill(values)
        self.scroll_up()
        self._opened()
        return True

    def open_new(self, ledger_key: str, values: Values | None = None) -> bool:
        """Begin a record; false where the person stays with the one that is open."""
        if not self.can_leave():
            return False
        self._take_sheet(ledger_key, None, None).fill_new(values or {})
        self.scroll_up()
        self._opened()
        self.focus_first()
        return True

    def _take_sheet(self, ledger_key: str, record_id: int | None, version: int | None) -> RecordSheet:
        """The editors of the ledger, made once and then used again."""
        sheet = self._sheets.get(ledger_key)
        if sheet is None:
            sheet = RecordSheet(self.office.ledger(ledger_key), self.office, self)
            sheet.set_columns(self._columns)
            sheet.changed.connect(self._changed)
            sheet.left.connect(self._field_left)
            sheet.rearranged.connect(lambda: self.order_tabs() if sheet is self.sheet else None)
            sheet.next_wanted.connect(lambda key: self._go_on(key, 1))
            sheet.back_wanted.connect(lambda key: self._go_on(key, -1))
            sheet.seen.connect(self._note_seen)
            self._sheets[ledger_key] = sheet
        self.show_sheet(sheet)
        self.record_id, self._version = record_id, version
        return sheet

    def _note_seen(self, key: str) -> None:
        """Let the log know who looked at a whole number, once for each that is opened."""
        note = getattr(self.office, "note_seen", None)
        if note is not None and self.record_id is not None:
            note(self.open_sheet().ledger.key, self.record_id, key)

    def _opened(self) -> None:
        """What is the same for a record and a new one."""
        sheet = self.open_sheet()
        self.book.forget()
        self.bar.hide()
        self.footer.say("")
        new = self.record_id is None
        self.tabs.set_shown("flow", sheet.flow is not None)
        self.tabs.set_shown("history", not new)
        self.tabs.set_shown("uses", not new)
        for key in ("history", "uses"):
            self.tabs.set_count(key, -1)
        if new or (self.tabs.current == "flow" and sheet.flow is None):
            self.tabs.choose("content")
        self._fill_menu()
        self.drafts.follow(sheet.ledger.key, self.record_id)
        self._offer_draft()
        self._show_state()
        if not new:
            self._telling.start()

    def _offer_draft(self) -> None:
        self._draft = self.drafts.found()
        if self._draft is None:
            return
        at = self._draft[0]
        when = (
            f"{at:%H:%M}" if at.date() == self.office.now().date() else f"{at.month}月{at.day}日 {at:%H:%M}"
        )
        told = f"{when} 有一份没写完的草稿。"
        self.bar.say("act", told, ("接着写", self.take_draft), ("不要了", self._drop_draft))

    def take_draft(self) -> None:
        """Take what a draft that is offered holds, and put the keyboard into the first field left empty."""
        if self._draft is not None:
            at, texts = self._draft
            self._draft = None
            typed = self.open_sheet().changes()
            self.drafts.answered()
            self.open_sheet().restore({**texts, **typed})
            self.bar.hide()
            self._show_state()
            self.footer.say(f"草稿已暂存 {at:%H:%M}")
        self.focus_first()

    def _drop_draft(self) -> None:
        self._draft = None
        self.drafts.answered()
        self.drafts.keep()
        self.bar.hide()
        self.focus_first()

    def _fill_menu(self) -> None:
        menu = self.header.menu
        menu.clear()
        menu.addAction("在大窗口中填写", self.wide_wanted.emit)
        if self.record_id is not None:
            sheet = self.open_sheet()
            if sheet.ledger.register:
                record = self.record_id
                menu.addAction("全部情况", lambda: self.about_wanted.emit(sheet.ledger.key, record))
            menu.addAction("复制为新的一条", self.copy)
            menu.addSeparator()
            menu.addAction("移到回收站…", self.remove)

    def _sheet(self) -> RecordSheet:
        if self.sheet is None:
            raise LookupError("no record is open")
        return self.sheet

    # Typing

    def _changed(self, key: str) -> None:
        self.book.typing(self.open_sheet(), key)
        self.drafts.changed()
        self.footer.say("未保存" if self.dirty else "")
        self._show_state()
        self._count_mistakes()

    def _field_left(self, key: str) -> None:
        if self.sheet is None or not (self.book.strict or key in self.book.touched):
            return
        self.book.judge(self.office, self.sheet, self.record_id)
        self._show_state()
        self._count_mistakes()

    def _count_mistakes(self) -> None:
        if not self.book.strict:
            return
        count = len(self.book.errors) + len(self.book.elsewhere)
        if not count:
            self.bar.hide()
        elif self.book.errors:
            self.bar.say("over", f"还有 {count} 处要改，改好才能保存", ("下一处 F8", self.next_mistake))
        else:
            first = self.book.elsewhere[0]
            self.bar.say("over", f"{first.title}：{first.message}")

    def _show_state(self) -> None:
        """The head, the rings and the next step, after anything changed."""
        sheet = self.open_sheet()
        state, late = sheet.show_loop()
        new, dirty = self.record_id is None, sheet.dirty
        title = f"登记{sheet.ledger.noun}" if new else f"{sheet.ledger.noun} {sheet.label()}".strip()
        tag, tone = (
            ("未保存", "mute") if dirty else (f"逾期 {late} 天", "over") if late and not new else ("", "mute")
        )
        self.header.say(title, tag, tone, beside=not new)
        stage = sheet.rings.now if sheet.rings is not None else 0
        looped = sheet.rings is not None and not new
        self.footer.show_step(STEP_WORDS[stage] if looped and stage < len(STEP_WORDS) else "", looped)
        if state and not new:
            self.tabs.set_count("flow", min(stage, len(STEP_WORDS)))
        if dirty != self._was_dirty:
            self._was_dirty = dirty
            self.dirty_changed.emit(dirty)

    def tell_more(self) -> None:
        """History and figures, a moment after the record was opened."""
        if self.sheet is None or self.record_id is None:
            return
        if self.sheet.flow is not None:
            self.sheet.flow.show_course(
                self.office.course(self.ledger_key, self.record_id), self.office.today()
            )
        entries = self.office.history(self.ledger_key, self.record_id)
        self.history.show_entries(entries)
        self.tabs.set_count("history", len(entries))
        figures = self.office.figures_of(self.ledger_key, self.record_id)
        documents = self.office.documents_of(self.ledger_key, self.record_id)
        self.uses.show_uses(self.office.period_title(), figures, documents)
        self.tabs.set_count("uses", len(figures))
