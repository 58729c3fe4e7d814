"""A name of two parts with a dot between: a ledger's field seen from outside (`hazard.found_on`), or through a register."""

from __future__ import annotations

from typing import NamedTuple


class DottedPath(NamedTuple):
    """`first` is a ledger or a field that names a register's record, `then` the field there, empty where there is none."""

    first: str
    then: str = ""


def dotted(written: str) -> DottedPath:
    """The two parts of a path."""
    first, _, then = written.partition(".")
    return DottedPath(first, then)
