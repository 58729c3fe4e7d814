"""The open township as the fields see it: its registers, its day, its attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from zhengui.catalogue.model import Ledger
from zhengui.figures import period as periods
from zhengui.figures.period import Period
from zhengui.gui.fields.context import Attached, AttachmentProblem, Candidate
from zhengui.services.entry import attach, find_reference
from zhengui.services.problem import StorageProblem
from zhengui.services.township.township import Township
from zhengui.values.lookup import Lookup, Particulars

_MOST = 51


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


class TownshipContext:
    """Answers editors from the township; the year of `period` completes dates typed without one."""

    def __init__(self, township: Township, period: Period | None = None) -> None:
        self.township = township
        self.period = period or periods.year(township.today().year)
        self._registers = _Registers(township)

    @property
    def lookup(self) -> Lookup:
        """The registers."""
        return self._registers

    def today(self) -> date:
        """The township's day."""
        return self.township.today()

    def now(self) -> datetime:
        """The time, for 已保存 14:31."""
        return datetime.combine(self.township.today(), datetime.now().time())

    def year(self) -> int:
        """The year of the period."""
        return self.period.year

    def ledger(self, key: str) -> Ledger:
        """A ledger as the year of the period knows it."""
        return self.township.catalogue.in_years(self.period.year).ledgers[key]

    def candidates(self, register: str, text: str) -> Sequence[Candidate]:
        """Records of a register that fit the text."""
        found = find_reference.find(self.township, register, text, _MOST)
        return [Candidate(one.id, one.label, one.note) for one in found]

    def indicators(self) -> Mapping[str, str]:
        """Titles of the figures that the year of the period knows, by key."""
        known = self.township.catalogue.in_years(self.period.year).live_indicators
        return {key: one.title for key, one in known.items()}

    def indicator_title(self, key: str) -> str:
        """What a figure of whatever year is called."""
        known = self.township.catalogue.indicators.get(key)
        return known.title if known is not None else key

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
