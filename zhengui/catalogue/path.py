"""A name of two parts with a dot between: a ledger's field seen from outside (`hazard.found_on`), or through a register."""

from __future__ import annotations

from typing import NamedTuple


class DottedPath(NamedTuple):
    """`first` is a ledger or a field that names a register's record, `then` the field there, empty where there is none."""

    first: str
    then: str = ""


def choice_path(written: str) -> tuple[str, str]:
    """The field (ledger.field) and the choice of a choice written as ledger.field.choice."""
    ledger, field = dotted(written)
    field, choice = dotted(field)
    return f"{ledger}.{field}", choice


def dotted(written: str) -> DottedPath:
    """The two parts of a path."""
    first, _, then = written.partition(".")
    return DottedPath(first, then)
