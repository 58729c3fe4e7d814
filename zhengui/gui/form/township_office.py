"""The open township as the form's office: every question goes to one service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QMenu, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.gui.fields.context import Attached, AttachmentProblem, Candidate
from zhengui.gui.form.office import Draft, Entry, MistakesFound, NotSaved, Overtaken, Use, Values
from zhengui.gui.form.step_dialog import ask_step, fill_step_menu, onward, words_for
from zhengui.services.counting import trace_figure
from zhengui.services.document import trace_document
from zhengui.services.entry import attach, drafts, find_reference, record, steps
from zhengui.services.entry.referring import StillReferredTo
from zhengui.services.entry.steps import Step
from zhengui.services.loops import take_step
from zhengui.services.loops.take_step import Course, Deed
from zhengui.services.problem import RecordChanged, RecordMissing, StorageProblem
from zhengui.services.township import personal
from zhengui.services.township.township import Township
from zhengui.values.check import Mistake
from zhengui.values.lookup import Lookup, Particulars

_ACTIONS = {"create": "登记", "update": "修改", "delete": "移到回收站", "restore": "从回收站找回"}
_MOST = 51


def _use(counted: trace_document.CountedIn) -> str:
    """In which state a document is that a record counts in."""
    if counted.issue is None:
        return "起草"
    changed = "，签发以后这条记录改过" if counted.changed else ""
    return f"{counted.at:%Y-%m-%d} 签发{changed}"


class _Registers:
    """Names of the registers, each question on a connection of its own."""

    def __init__(self, township: Township) -> None:
        self._township = township

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        with self._township.reading() as reading:
            return reading.lookup().find(register, text)

    def label(self, register: str, id: int) -> str | None:
        with self._township.reading() as reading:
            return reading.lookup().label(register, id)

    def names(self, register: str) -> list[str]:
        with self._township.reading() as reading:
            return reading.lookup().names(register)

    def particulars(self, register: str, ids: Sequence[int]) -> Mapping[int, Particulars]:
        with self._township.reading() as reading:
            return reading.lookup().particulars(register, ids)


class TownshipOffice:
    """Answers the form from the township; `period` is what figures are counted for."""

    def __init__(self, township: Township, period: Period | None = None) -> None:
        self.township = township
        self.period = period or periods.year(township.today().year)
        self._registers = _Registers(township)
        self._seen: set[tuple[str, int, str]] = set()
        #: Hears what was done to a record, so that it can be taken back.
        self.noted: Callable[[str, Step], None] = lambda _words, _step: None
        #: Hears of a step of the closed loop: in words, the ledger, the items, the step.
        self.stepped: Callable[[str, str, tuple[int, ...], Deed], None] = lambda *_told: None

    @property
    def lookup(self) -> Lookup:
        """The registers."""
        return self._registers

    def today(self) -> date:
        """The township's day."""
        return self.township.today()

    def now(self) -> datetime:
        """The time."""
        return datetime.combine(self.township.today(), datetime.now().time())

    def year(self) -> int:
        """The year of the period."""
        return self.period.year

    def candidates(self, register: str, text: str) -> Sequence[Candidate]:
        """Records of a register that fit the text."""
        found = find_reference.find(self.township, register, text, _MOST)
        return [Candidate(one.id, one.label, one.note) for one in found]

    def indicators(self) -> Mapping[str, str]:
        """Titles of all figures by key."""
        return {key: one.title for key, one in self.township.catalogue.indicators.items()}

    def keep_file(self, name: str, content: bytes) -> Attached:
        """Keep a file in the township's file."""
        try:
            number = attach.add(self.township, name, content)
        except StorageProblem as problem:
            raise AttachmentProblem(problem.message) from problem
        return self.attached([number])[0]

    def attached(self, ids: Sequence[int]) -> Sequence[Attached]:
        """What is known about attachments."""
        return [
            Attached(one.id, one.name, one.is_photo, one.thumbnail or b"")
            for one in attach.about(self.township, ids)
        ]

    def content(self, attachment_id: int) -> bytes:
        """The content of an attachment."""
        return attach.content(self.township, attachment_id)

    def ledger(self, key: str) -> Ledger:
        """A ledger by its key."""
        return self.township.catalogue.in_years(self.period.year).ledgers[key]

    def load(self, ledger_key: str, record_id: int) -> tuple[Values, int]:
        """A record's values and version."""
        try:
            return record.load(self.township, ledger_key, record_id)
        except RecordMissing as missing:
            raise KeyError(record_id) from missing

    def note_seen(self, ledger_key: str, record_id: int, field: str) -> None:
        """Note who looked at a whole number, where the office has people with passwords."""
        seen = (ledger_key, record_id, field)
        if self.township.account is None or seen in self._seen or not self._may_see():
            return
        self._seen.add(seen)
        if self.township.database.held_by is None:
            personal.note_seen(self.township, *seen)

    def _may_see(self) -> bool:
        with self.township.reading() as reading:
            return personal.may_see(reading)

    def check(self, ledger_key: str, values: Values, record_id: int | None) -> Sequence[Mistake]:
        """All mistakes and remarks of the values."""
        return record.check(self.township, ledger_key, values, record_id)

    def save(
        self, ledger_key: str, values: Values, record_id: int | None, version: int | None
    ) -> tuple[int, int]:
        """Keep the record."""
        try:
            with self.township.writing() as writing:
                before = None if record_id is None else record.load(writing, ledger_key, record_id)[0]
                saved = record.save(writing, ledger_key, values, record_id, version)
        except record.Mistakes as mistakes:
            raise MistakesFound(mistakes.found) from mistakes
        except RecordChanged as changed:
            raise Overtaken(changed.message) from changed
        except StorageProblem as problem:
            raise NotSaved(problem.message) from problem
        self.noted("保存一条记录", steps.of_saved(ledger_key, saved.id, before, values))
        return saved.id, saved.version

    def course(self, ledger_key: str, record_id: int) -> Course | None:
        """The steps that were taken with an item of a closed loop."""
        return take_step.course(self.township, ledger_key, record_id)

    def take_step(self, parent: QWidget, ledger_key: str, record_id: int, deed: Deed | None) -> bool:
        """Ask for a step with the item and take it."""
        ledger = self.ledger(ledger_key)
        chosen = deed or onward(self.township, ledger, [record_id])
        if chosen is None:
            return False
        taken = ask_step(parent, self, self.township, ledger, [record_id], chosen)
        if taken is None or not taken.done:
            return False
        self.stepped(words_for(ledger, chosen, taken), ledger_key, (record_id,), chosen)
        return True

    def step_menu(self, menu: QMenu, ledger_key: str, record_id: int, chosen: Callable[[Deed], None]) -> None:
        """Fill a menu with the steps that the item can take."""
        fill_step_menu(menu, self.township, self.ledger(ledger_key), [record_id], chosen)

    def remove(self, ledger_key: str, record_id: int) -> None:
        """Move a record to the recycle bin."""
        try:
            removed = record.delete(self.township, ledger_key, [record_id])
        except StillReferredTo as problem:
            raise NotSaved(str(problem)) from problem
        self.noted("移到回收站一条记录", steps.of_removed(removed))

    def copied(self, ledger_key: str, record_id: int) -> Values:
        """The values a copy of the record starts with."""
        return record.copy_values(self.township, ledger_key, record_id)

    def carried(self, ledger_key: str, values: Values) -> Values:
        """The values the next record starts with."""
        return record.carried_values(self.ledger(ledger_key), values)

    def history(self, ledger_key: str, record_id: int) -> Sequence[Entry]:
        """What happened to the record."""
        return [
            Entry(change.at, change.who, _ACTIONS.get(change.action, change.action), change.changes)
            for change in record.history(self.township, ledger_key, record_id)
        ]

    def figures_of(self, ledger_key: str, record_id: int) -> Sequence[tuple[str, str]]:
        """The figures the record counts in, for the period and the whole township."""
        return trace_figure.figures_of(self.township, ledger_key, record_id, self.period)

    def documents_of(self, ledger_key: str, record_id: int) -> Sequence[Use]:
        """The documents and issues that print figures of the record."""
        return [
            Use(each.document, each.title, _use(each), [title for _key, title in each.figures])
            for each in trace_document.documents_of_record(self.township, ledger_key, record_id)
        ]

    def period_title(self) -> str:
        """The period in words."""
        return self.period.title

    def keep_draft(self, ledger_key: str, record_id: int | None, texts: Mapping[str, str]) -> None:
        """Keep what was typed."""
        try:
            drafts.keep(self.township, ledger_key, record_id, texts)
        except StorageProblem as problem:
            raise NotSaved(problem.message) from problem

    def find_draft(self, ledger_key: str, record_id: int | None) -> Draft | None:
        """What was typed and never saved."""
        found = drafts.find(self.township, ledger_key, record_id)
        return Draft(found.at, {key: str(text) for key, text in found.texts.items()}) if found else None

    def drop_draft(self, ledger_key: str, record_id: int | None) -> None:
        """Forget what was typed."""
        drafts.drop(self.township, ledger_key, record_id)
