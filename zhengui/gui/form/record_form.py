"""The form of one record: opening, typing, saving, leaving, its steps, copying and removing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhengui.gui.form.draft_keeper import DraftKeeper
from zhengui.gui.form.field_context import TownshipContext
from zhengui.gui.form.form_parts import FormParts
from zhengui.gui.form.mistake_book import MistakeBook
from zhengui.gui.form.personal_seen import SeenNumbers
from zhengui.gui.form.questions import Answer, ask_unsaved
from zhengui.gui.form.sheet import RecordSheet, Values
from zhengui.gui.form.step_dialog import ask_step, fill_step_menu, onward, words_for
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.menu import Menu
from zhengui.services.counting.trace_figure import figures_of
from zhengui.services.document.trace_document import documents_of_record
from zhengui.services.entry import record, steps
from zhengui.services.entry.referring import StillReferredTo
from zhengui.services.entry.steps import EntryStep
from zhengui.services.loops import take_step
from zhengui.services.loops.take_step import Deed
from zhengui.services.problem import RecordChanged, RecordMissing, StorageProblem
from zhengui.services.township.township import Township


class RecordForm(QWidget):
    """Shows one record, keeps it, and never loses what was typed without a question."""

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

    def __init__(self, township: Township, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.township, self.context = township, TownshipContext(township)
        self.record_id: int | None = None
        self._version: int | None = None
        self._was_dirty = False
        self._columns = 2
        self._sheets: dict[str, RecordSheet] = {}
        self._seen = SeenNumbers(township)
        #: Hears what was done to a record, so that it can be taken back.
        self.noted: Callable[[str, EntryStep], None] = lambda _words, _step: None
        #: Hears of a step of the closed loop: in words, the ledger, the items, the step.
        self.stepped: Callable[[str, str, tuple[int, ...], Deed], None] = lambda *_told: None
        self.book = MistakeBook()
        self.parts = FormParts(self)
        self.header, self.bar, self.tabs = self.parts.header, self.parts.bar, self.parts.tabs
        self.footer, self.history, self.uses = self.parts.footer, self.parts.history, self.parts.uses
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)
        self.drafts = DraftKeeper(township, self.context.now, self._changes, self)
        self.drafts.kept.connect(lambda at: self.footer.say(f"草稿已暂存 {at:%H:%M}"))
        self.drafts.troubled.connect(lambda words: self.bar.say("warn", f"草稿没有存下。{words}"))
        self._connect_parts()
        self._make_keys()

    def _connect_parts(self) -> None:
        self.header.previous.connect(self.previous_wanted)
        self.header.next.connect(self.next_wanted)
        self.header.closing.connect(self.closing)
        self.footer.saving.connect(self.save)
        self.footer.saving_and_new.connect(self.save_and_new)
        self.footer.stepping.connect(lambda: self._take_step(None))
        self.footer.other_steps.connect(self.choose_step)
        self.uses.figure_wanted.connect(self.figure_wanted)
        self.uses.document_wanted.connect(self.document_wanted)
        self.parts.telling.connect(self.tell_more)

    def _make_keys(self) -> None:
        keys = {
            "Ctrl+S": self.save, "Ctrl+Return": self.save_and_new, "Ctrl+Enter": self.save_and_new,
            "F8": self.next_mistake, "Esc": self.closing.emit,
        }  # fmt: skip
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def sheet(self) -> RecordSheet | None:
        """The sheet of the record that is open."""
        return self.parts.sheet

    def _changes(self) -> Mapping[str, str]:
        return self.sheet.changes() if self.sheet else {}

    def open_sheet(self) -> RecordSheet:
        """The same; LookupError where none is open."""
        return self.parts.open_sheet()

    @property
    def ledger_key(self) -> str:
        """The ledger of the record, empty while none is open."""
        return self.sheet.ledger.key if self.sheet else ""

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self.sheet is not None and self.sheet.dirty

    def set_columns(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        self._columns = columns
        for sheet in self._sheets.values():
            sheet.set_columns(columns)

    # Moving

    def go_to(self, key: str) -> None:
        """Put the keyboard into a field and bring it into view."""
        self.parts.go_to(key)

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        self.parts.focus_first(new=self.record_id is None)

    def next_mistake(self) -> None:
        """Go to the next field that has to be changed, round and round."""
        self.parts.go_to_next(self.book.errors)

    # Opening

    def open_record(self, ledger_key: str, record_id: int) -> bool:
        """Show a record; false where the person stays with the one that is open."""
        if not self.can_leave():
            return False
        try:
            values, version = record.load(self.township, ledger_key, record_id)
        except RecordMissing:
            self.bar.say("warn", "这条记录已经不在了，可能刚被移到回收站，请刷新表格。")
            return False
        self._take_sheet(ledger_key, record_id, version).fill(values)
        self.parts.scroll_up()
        self._opened()
        return True

    def open_new(self, ledger_key: str, values: Values | None = None) -> bool:
        """Begin a record; false where the person stays with the one that is open."""
        if not self.can_leave():
            return False
        self._take_sheet(ledger_key, None, None).fill_new(values or {})
        self.parts.scroll_up()
        self._opened()
        self.focus_first()
        return True

    def _take_sheet(self, ledger_key: str, record_id: int | None, version: int | None) -> RecordSheet:
        """The editors of the ledger, made once and then used again."""
        sheet = self._sheets.get(ledger_key)
        if sheet is None:
            sheet = RecordSheet(self.context.ledger(ledger_key), self.context, self)
            sheet.set_columns(self._columns)
            sheet.changed.connect(self._changed)
            sheet.left.connect(self._field_left)
            sheet.rearranged.connect(lambda: self.parts.order_tabs() if sheet is self.sheet else None)
            sheet.next_wanted.connect(lambda key: self.parts.go_on(key, 1))
            sheet.back_wanted.connect(lambda key: self.parts.go_on(key, -1))
            sheet.seen.connect(lambda key: self._seen.note(ledger_key, self.record_id, key))
            self._sheets[ledger_key] = sheet
        self.parts.show_sheet(sheet)
        self.record_id, self._version = record_id, version
        return sheet

    def _opened(self) -> None:
        """What is the same for a record and a new one."""
        sheet = self.open_sheet()
        self.book.forget()
        self.bar.hide()
        self.footer.say("")
        new = self.record_id is None
        self.parts.begin(new)
        self._fill_menu()
        self.drafts.follow(sheet.ledger.key, self.record_id)
        self.drafts.offer(self.bar, self.take_draft, self._give_up_draft)
        self._show_state()
        if not new:
            self.parts.tell_later()

    def take_draft(self) -> None:
        """Take what a draft that is offered holds, and put the keyboard into the first field left empty."""
        taken = self.drafts.take()
        if taken is not None:
            sheet, (at, texts) = self.open_sheet(), taken
            sheet.restore({**texts, **sheet.changes()})
            self.bar.hide()
            self._show_state()
            self.footer.say(f"草稿已暂存 {at:%H:%M}")
        self.focus_first()

    def _give_up_draft(self) -> None:
        self.drafts.give_up()
        self.bar.hide()
        self.focus_first()

    def _fill_menu(self) -> None:
        menu = self.header.menu
        menu.clear()
        menu.addAction("在大窗口中填写", self.wide_wanted.emit)
        if self.record_id is not None:
            sheet = self.open_sheet()
            if sheet.ledger.register:
                number = self.record_id
                menu.addAction("全部情况", lambda: self.about_wanted.emit(sheet.ledger.key, number))
            menu.addAction("复制为新的一条", self.copy)
            menu.addSeparator()
            menu.addAction("移到回收站…", self.remove)

    # Typing

    def _changed(self, key: str) -> None:
        self.book.typing(self.open_sheet(), key)
        self.drafts.changed()
        self.footer.say("未保存" if self.dirty else "")
        self._show_state()
        self.book.tell_count(self.bar, self.next_mistake)

    def _field_left(self, key: str) -> None:
        if self.sheet is None or not (self.book.strict or key in self.book.touched):
            return
        self.book.judge(self.township, self.sheet, self.record_id)
        self._show_state()
        self.book.tell_count(self.bar, self.next_mistake)

    def _show_state(self) -> None:
        """The head, the rings and the next step, after anything changed."""
        self.parts.show_state(new=self.record_id is None)
        if self.dirty != self._was_dirty:
            self._was_dirty = self.dirty
            self.dirty_changed.emit(self.dirty)

    def tell_more(self) -> None:
        """History and figures, a moment after the record was opened."""
        if self.sheet is None or self.record_id is None:
            return
        asked = (self.township, self.ledger_key, self.record_id)
        if self.sheet.flow is not None:
            self.sheet.flow.show_course(take_step.course(*asked), self.context.today())
        entries = record.history(*asked)
        self.history.show_entries(entries)
        self.tabs.set_count("history", len(entries))
        figures = figures_of(*asked, self.context.period)
        self.uses.show_uses(self.context.period.title, figures, documents_of_record(*asked))
        self.tabs.set_count("uses", len(figures))

    # Keeping

    def can_leave(self) -> bool:
        """Whether the form may show something else; asks where something typed is not saved."""
        if self.sheet is None or not self.sheet.dirty:
            return True
        answer = ask_unsaved(self, self.sheet.ledger.noun, len(self.sheet.changes()))
        if answer is Answer.SAVE:
            return self.save()
        if answer is Answer.DISCARD:
            self.drafts.drop()
            self.sheet.settle()
            self._show_state()
            return True
        return False

    def save(self) -> bool:
        """Keep the record; false where something has to be changed first, or none is open any more."""
        sheet = self.sheet
        if sheet is None:
            return False
        if not sheet.dirty and self.record_id is not None:
            self.footer.say("没有改动，不用保存")
            return True
        focused = self.parts.focused()
        for row in sheet.rows.values():
            if row.isAncestorOf(focused):
                row.editor.normalise()
        self.book.strict = True
        self.book.judge(self.township, sheet, self.record_id)
        if self.book.errors or self.book.elsewhere:
            return self._refused()
        return self._keep(sheet)

    def _keep(self, sheet: RecordSheet) -> bool:
        values, _unread = sheet.collect()
        key, number = sheet.ledger.key, self.record_id
        try:
            with self.township.writing() as writing:
                before = None if number is None else record.load(writing, key, number)[0]
                kept = record.save(writing, key, values, number, self._version)
        except record.Mistakes as trouble:
            self.book.refused(sheet, trouble.found)
            return self._refused()
        except RecordChanged:
            return self._overtaken()
        except StorageProblem as trouble:
            self.drafts.keep()
            self.bar.say("over", trouble.message)
            return False
        self.noted("保存一条记录", steps.of_saved(key, kept.id, before, values))
        self.drafts.drop()
        self.record_id, self._version = kept.id, kept.version
        sheet.settle()
        self._opened()
        self.footer.say(f"已保存 {self.context.now():%H:%M}")
        self.saved.emit(key, kept.id)
        return True

    def _refused(self) -> bool:
        self.book.tell_count(self.bar, self.next_mistake)
        sheet = self.open_sheet()
        for key in [key for key in sheet.rows if key in self.book.errors][:1]:
            self.go_to(key)
        self.drafts.keep()
        return False

    def _overtaken(self) -> bool:
        """Take the newer record under what was typed here, so that neither is lost."""
        sheet = self.open_sheet()
        values, self._version = record.load(self.township, sheet.ledger.key, self.record_id or 0)
        sheet.rebase(values)
        self._show_state()
        told = f"这条记录刚被改过，已换上最新内容；这里改的 {len(sheet.changes())} 处还在，请核对后再保存。"
        self.bar.say("warn", told)
        return False

    def save_and_new(self) -> bool:
        """Keep the record and begin the next with the values that carry over."""
        if not self.save():
            return False
        sheet = self.open_sheet()
        values, _unread = sheet.collect()
        opened = self.open_new(sheet.ledger.key, record.carried_values(sheet.ledger, values))
        self.footer.say(f"已保存 {self.context.now():%H:%M}，接着登记下一条")
        return opened

    def copy(self) -> None:
        """Begin a new record with the values of this one."""
        if self.record_id is not None and self.can_leave():
            key = self.ledger_key
            self.open_new(key, record.copy_values(self.township, key, self.record_id))

    def remove(self) -> None:
        """Move the record to the recycle bin."""
        sheet, number = self.open_sheet(), self.record_id
        if number is None:
            return
        figures = figures_of(self.township, sheet.ledger.key, number, self.context.period)
        counted = f"它计入“{figures[0][1]}”等 {len(figures)} 个指标，移走后这些数会变。" if figures else ""
        asked = f"要把这条{sheet.ledger.noun}移到回收站吗？"
        if not ask(self, asked, f"{counted}在回收站里可以找回。", "移到回收站", "不删了"):
            return
        try:
            removed = record.delete(self.township, sheet.ledger.key, [number])
        except StillReferredTo as problem:
            self.bar.say("warn", f"{problem}在台账的表格里选中它再删除，可以停用或并入。")
            return
        self.noted("移到回收站一条记录", steps.of_removed(removed))
        self.drafts.drop()
        sheet.settle()
        self._show_state()
        self.deleted.emit(sheet.ledger.key, number)

    # The closed loop

    def choose_step(self) -> None:
        """Choose one of the steps that the item can take."""
        if self.record_id is None:
            return
        menu = Menu(self)
        fill_step_menu(menu, self.township, self.open_sheet().ledger, [self.record_id], self._take_step)
        if menu.isEmpty():
            self.footer.say("已经销号，没有下一步")
            return
        corner = self.footer.other.mapToGlobal(QPoint(0, 0))
        menu.exec(corner - QPoint(0, menu.sizeHint().height()))

    def _take_step(self, deed: Deed | None) -> None:
        """Take a step of the loop, the next one where none is named; what is typed is saved before."""
        sheet = self.open_sheet()
        if self.record_id is None or (sheet.dirty and not self.save()):
            return
        ledger, number = sheet.ledger, self.record_id
        chosen = deed or onward(self.township, ledger, [number])
        taken = chosen and ask_step(self, self.context, self.township, ledger, [number], chosen)
        if not chosen or not taken or not taken.done:
            return
        self.stepped(words_for(ledger, chosen, taken), ledger.key, (number,), chosen)
        self.open_record(ledger.key, number)
        self.saved.emit(ledger.key, number)
