"""How values reach the registers: by protocols that storage, services and tests fill in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from zhengui.catalogue.model import FieldType
from zhengui.values.clean import plain
from zhengui.values.pinyin import initials, syllables
from zhengui.values.value import Value

__all__ = [
    "IndicatorLookup",
    "Lookup",
    "NameLookup",
    "ParticularLookup",
    "Particulars",
    "exact",
    "names_of",
    "nearest",
    "plain",
]

#: Endings that people leave out when they write a village: 白沙 for 白沙村.
_ENDINGS = ("村委会", "居委会", "社区", "村", "居")
_BREAKS = re.compile(r"[（(\s]")
_ALIKE = 0.6
_MANY = 300
_LONGEST_SOUND = 30


class Lookup(Protocol):
    """The registers as far as one value needs them; `register` is a ledger key such as `village`."""

    def find(self, register: str, text: str) -> list[tuple[int, str]]:
        """Records that `text` may mean, as (id, label), best first; near ones may follow the exact ones."""
        ...

    def label(self, register: str, id: int) -> str | None:
        """The text that stands for a record, or None where there is no such record."""
        ...


@runtime_checkable
class NameLookup(Protocol):
    """A lookup that can also list names, so that a mistyped one gets a suggestion."""

    def names(self, register: str) -> Iterable[str]:
        """Labels worth suggesting; may be empty for a register that is too long to list."""
        ...


@runtime_checkable
class IndicatorLookup(Protocol):
    """A lookup that knows indicators by title and by key."""

    def indicator_key(self, text: str) -> str | None:
        """The key of the indicator with this title or key."""
        ...

    def indicator_title(self, key: str) -> str | None:
        """The title of an indicator."""
        ...


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a record of a register beyond its label, for telling records of one name apart.

    `values` are its fields by type, `marks` the same in words (village, address, masked numbers, …), those that
    people would name first at the front.
    """

    values: tuple[tuple[FieldType, Value], ...] = ()
    marks: tuple[str, ...] = ()
    address: str = ""

    def has(self, word: str) -> bool:
        """Whether a word that was added to the name is true of the record."""
        wanted = plain(word)
        return any(wanted in plain(mark) for mark in self.marks)


@runtime_checkable
class ParticularLookup(Protocol):
    """A lookup that can tell records of one name apart."""

    def particulars(self, register: str, ids: Sequence[int]) -> Mapping[int, Particulars]:
        """What is known of the records; ids that are gone are left out."""
        ...


def exact(text: str, candidates: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The candidates that `text` names outright; a village may be named without its ending.

    A label may carry more than the name, such as 王小明（白沙村） or 王小明 白沙村; what stands before a blank or
    a bracket will do, never what stands before the dot of 买买提·艾力.
    """
    wanted = plain(text)
    if not wanted:
        return []
    same = [c for c in candidates if plain(c[1]) == wanted]
    if same:
        return same
    named = [c for c in candidates if wanted in _beginnings(c[1])]
    if named:
        return named
    return [c for c in candidates if any(plain(c[1]) == wanted + ending for ending in _ENDINGS)]


def names_of(label: str) -> set[str]:
    """Every text, compared as `plain` has it, by which `exact` would find a record of this label."""
    whole = plain(label)
    short = {whole.removesuffix(ending) for ending in _ENDINGS if whole.endswith(ending)}
    return {name for name in {whole, *_beginnings(label), *short} if name}


def _beginnings(label: str) -> list[str]:
    """The label up to each blank or bracket in it."""
    return [plain(label[: found.start()]) for found in _BREAKS.finditer(label) if found.start()]


def nearest(text: str, names: Iterable[str]) -> str | None:
    """The name that was most likely meant, or None; names that sound the same come first."""
    pool = list(dict.fromkeys(names))
    if len(pool) > _MANY:
        # Comparing takes long; among very many names the one that was meant shares most of its characters.
        wanted = set(text)
        pool.sort(key=lambda name: len(wanted.intersection(name)), reverse=True)
        del pool[_MANY:]
    close = difflib.get_close_matches(text, pool, n=5, cutoff=_ALIKE)
    if len(text) <= _LONGEST_SOUND:
        sound, letters = syllables(text), initials(text)
        for name in close:
            if syllables(name) == sound:
                return name
        alike = [name for name in pool if sound and syllables(name) == sound]
        if alike:
            return alike[0]
        close.sort(key=lambda name: initials(name) != letters)
    return close[0] if close else None
