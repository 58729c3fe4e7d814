"""The form of one record: saving, leaving, copying and removing it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from zhengui.gui.form.office import MistakesFound, NotSaved, Overtaken
from zhengui.gui.form.open_form import OpenForm
from zhengui.gui.form.questions import Answer, ask_unsaved
from zhengui.gui.form.sheet import RecordSheet
from zhengui.gui.kit.dialogs import ask
from zhengui.services.loops.take_step import Deed


class RecordForm(OpenForm):
    """Shows one record, keeps it, and never loses what was typed without a question."""

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
        if self.sheet is None:
            return False
        sheet = self.open_sheet()
        if not sheet.dirty and self.record_id is not None:
            self.footer.say("没有改动，不用保存")
            return True
        focused = self._focused()
        for row in sheet.rows.values():
            if row.isAncestorOf(focused):
                row.editor.normalise()
        self.book.strict = True
        self.book.judge(self.office, sheet, self.record_id)
        if self.book.errors or self.book.elsewhere:
            return self._refused()
        return self._keep(sheet)

    def _keep(self, sheet: RecordSheet) -> bool:
        values, _unread = sheet.collect()
        try:
            record_id, version = self.office.save(sheet.ledger.key, values, self.record_id, self._version)
        except MistakesFound as trouble:
            self.book.refused(sheet, trouble.found)
            return self._refused()
        except Overtaken:
            self._overtaken()
            return False
        except NotSaved as trouble:
            self.drafts.keep()
            self.bar.say("over", str(trouble))
            return False
        self.drafts.drop()
        self.record_id, self._version = record_id, version
        sheet.settle()
        self._opened()
        self.footer.say(f"已保存 {self.office.now():%H:%M}")
        self.saved.emit(sheet.ledger.key, record_id)
        return True

    def step_on(self) -> None:
        """Take the next step of the loop; what is typed is saved before."""
        self._take_step(None)

    def choose_step(self) -> None:
        """Choose one of the steps that the item can take."""
        if self.record_id is None:
            return
        menu = QMenu(self)
        self.office.step_menu(menu, self.ledger_key, self.record_id, self._take_step)
        if menu.isEmpty():
            self.footer.say("已经销号，没有下一步")
            return
        corner = self.footer.other.mapToGlobal(QPoint(0, 0))
        menu.exec(corner - QPoint(0, menu.sizeHint().height()))

    def _take_step(self, deed: Deed | None) -> None:
        sheet = self.open_sheet()
        if self.record_id is None or (sheet.dirty and not self.save()):
            return
        key, record_id = sheet.ledger.key, self.record_id
        if self.office.take_step(self, key, record_id, deed):
            self.open_record(key, record_id)
            self.saved.emit(key, record_id)

    def _refused(self) -> bool:
        self._count_mistakes()
        sheet = self.open_sheet()
        first = next((key for key in sheet.rows if key in self.book.errors), None)
        if first is not None:
            self.go_to(first)
        self.drafts.keep()
        return False

    def _overtaken(self) -> None:
        """Take the newer record under what was typed here, so that neither is lost."""
        sheet = self.open_sheet()
        values, self._version = self.office.load(sheet.ledger.key, self.record_id or 0)
        sheet.rebase(values)
        self._show_state()
        count = len(sheet.changes())
        self.bar.say("warn", f"这条记录刚被改过，已换上最新内容；这里改的 {count} 处还在，请核对后再保存。")

    def save_and_new(self) -> bool:
        """Keep the record and begin the next with the values that carry over."""
        if not self.save():
            return False
        sheet = self.open_sheet()
        values, _unread = sheet.collect()
        opened = self.open_new(sheet.ledger.key, self.office.carried(sheet.ledger.key, values))
        self.footer.say(f"已保存 {self.office.now():%H:%M}，接着登记下一条")
        return opened

    def copy(self) -> None:
        """Begin a new record with the values of this one."""
        if self.record_id is not None and self.can_leave():
            key = self.ledger_key
            self.open_new(key, self.office.copied(key, self.record_id))

    def remove(self) -> None:
        """Move the record to the recycle bin."""
        sheet, record_id = self.open_sheet(), self.record_id
        if record_id is None:
            return
        figures = self.office.figures_of(sheet.ledger.key, record_id)
        counted = f"它计入“{figures[0][1]}”等 {len(figures)} 个指标，移走后这些数会变。" if figures else ""
        text = f"{counted}在回收站里可以找回。"
        if not ask(self, f"要把这条{sheet.ledger.noun}移到回收站吗？", text, "移到回收站", "不删了"):
            return
        try:
            self.office.remove(sheet.ledger.key, record_id)
        except NotSaved as problem:
            self.bar.say("warn", f"{problem}在台账的表格里选中它再删除，可以停用或并入。")
            return
        self.drafts.drop()
        sheet.settle()
        self._show_state()
        self.deleted.emit(sheet.ledger.key, record_id)
