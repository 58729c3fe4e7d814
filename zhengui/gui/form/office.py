"""What the form asks of the program beyond its editors: records, drafts, history and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtWidgets import QMenu, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.fields.context import EditorContext
from zhengui.problem import Problem
from zhengui.services.loops.take_step import Course, Deed
from zhengui.values.check import Mistake
from zhengui.values.parse import Value

Values = Mapping[str, Value]


class NotSaved(Problem):
    """A record that could not be kept for a reason outside of it; the text says what to do."""


class Overtaken(NotSaved):
    """Somebody saved the record after it was opened."""


class MistakesFound(Problem):
    """A record that breaks rules; `found` names each field and what to do."""

    def __init__(self, found: Sequence[Mistake]) -> None:
        super().__init__("；".join(mistake.message for mistake in found))
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class Use:
    """A document, by its id, that prints figures of a record; `note` says in which state it is."""

    document: int
    title: str
    note: str
    figures: Sequence[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form and never saved: editor states by field key, and when."""

    at: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record's history; `changes` are (field title, before, after) as shown."""

    at: datetime
    who: str
    action: str
    changes: Sequence[tuple[str, str, str]]


class FormOffice(EditorContext, Protocol):
    """The services behind a form; a test may be an office too."""

    def ledger(self, key: str) -> Ledger:
        """A ledger by its key."""
        ...

    def now(self) -> datetime:
        """The time, for 已保存 14:31."""
        ...

    def load(self, ledger_key: str, record_id: int) -> tuple[Values, int]:
        """A record's values and version; KeyError where it is gone."""
        ...

    def check(self, ledger_key: str, values: Values, record_id: int | None) -> Sequence[Mistake]:
        """All mistakes and remarks of the values."""
        ...

    def save(
        self, ledger_key: str, values: Values, record_id: int | None, version: int | None
    ) -> tuple[int, int]:
        """Keep the record and give its id and version; raises MistakesFound, Overtaken or NotSaved."""
        ...

    def course(self, ledger_key: str, record_id: int) -> Course | None:
        """The steps that were taken with an item of a closed loop."""
        ...

    def take_step(self, parent: QWidget, ledger_key: str, record_id: int, deed: Deed | None) -> bool:
        """Ask for a step with the item, the one onward where none is named, and take it; whether it was taken."""
        ...

    def step_menu(self, menu: QMenu, ledger_key: str, record_id: int, chosen: Callable[[Deed], None]) -> None:
        """Fill a menu with the steps that the item can take."""
        ...

    def remove(self, ledger_key: str, record_id: int) -> None:
        """Move a record to the recycle bin; raises NotSaved for one that others refer to."""
        ...

    def copied(self, ledger_key: str, record_id: int) -> Values:
        """The values a copy of the record starts with."""
        ...

    def carried(self, ledger_key: str, values: Values) -> Values:
        """The values the next record starts with after this one."""
        ...

    def history(self, ledger_key: str, record_id: int) -> Sequence[Entry]:
        """What happened to the record, the newest first."""
        ...

    def figures_of(self, ledger_key: str, record_id: int) -> Sequence[tuple[str, str]]:
        """The figures the record counts in, as (key, title)."""
        ...

    def documents_of(self, ledger_key: str, record_id: int) -> Sequence[Use]:
        """The documents and issues that print figures of the record, the issued ones first."""
        ...

    def period_title(self) -> str:
        """The period for which `figures_of` answers, in words."""
        ...

    def keep_draft(self, ledger_key: str, record_id: int | None, texts: Mapping[str, str]) -> None:
        """Keep what was typed."""
        ...

    def find_draft(self, ledger_key: str, record_id: int | None) -> Draft | None:
        """What was typed and never saved."""
        ...

    def drop_draft(self, ledger_key: str, record_id: int | None) -> None:
        """Forget what was typed."""
        ...
