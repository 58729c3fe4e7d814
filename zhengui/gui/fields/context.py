"""What an editor asks the rest of the program for: the day, the registers, indicators and attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zhengui.problem import Problem
from zhengui.values.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a typed name may mean; `note` tells apart people of one name."""

    id: int
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file kept with a record; `thumbnail` is a small JPEG or PNG, empty for files that are no pictures."""

    id: int
    name: str
    picture: bool
    thumbnail: bytes = b""


class AttachmentProblem(Problem):
    """A file that can't be kept; the text says in Chinese why and what to do."""


class EditorContext(Protocol):
    """The answers that editors need; the window gives those of the open township, tests give their own."""

    @property
    def lookup(self) -> Lookup:
        """The registers, for reading and showing names."""
        ...

    def today(self) -> date:
        """Today."""
        ...

    def year(self) -> int:
        """The working year, which completes a date typed without one."""
        ...

    def candidates(self, register: str, text: str) -> Sequence[Candidate]:
        """Records of a register that fit the text (name or pinyin), best first; near names where none fits."""
        ...

    def indicator_title(self, key: str) -> str:
        """What a figure is called, also one that the year no longer knows."""
        ...

    def indicators(self) -> Mapping[str, str]:
        """Titles of all figures by key."""
        ...

    def keep_file(self, name: str, content: bytes) -> Attached:
        """Keep a file in the database; raises AttachmentProblem."""
        ...

    def attached(self, ids: Sequence[int]) -> Sequence[Attached]:
        """What is known about attachments, in the order of `ids`; those that are gone are left out."""
        ...

    def content(self, attachment_id: int) -> bytes:
        """The content of an attachment."""
        ...
