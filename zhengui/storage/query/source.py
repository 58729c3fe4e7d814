"""A ledger as the source of a query: paths become columns, and the registers they lead through are joined."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import sqlalchemy as sa

from zhengui.catalogue.model import REFERENCE_TYPES, Field, FieldType, Ledger
from zhengui.storage.schema.sql_types import Column
from zhengui.storage.schema.tables import Tables

#: Labels lead through at most this many registers: a toilet's household, the household's head.
_LABEL_DEPTH = 2
_REGISTERS = frozenset(str(kind) for kind in REFERENCE_TYPES)


class LedgerSource:
    """One use of a ledger in a statement; each use has its own alias, so a ledger can be matched with itself.

    One of them may go without (`alias` false): making an alias takes longer than asking a small ledger.
    """

    def __init__(self, tables: Tables, key: str, alias: bool = True) -> None:
        self.tables = tables
        self.ledger: Ledger = tables.catalogue.ledgers[key]
        self._alias = alias
        self._from: sa.FromClause | None = None
        self._joined: dict[str, tuple[sa.FromClause, Ledger]] = {}

    @cached_property
    def table(self) -> sa.FromClause:
        """The ledger's table under the name of this use; many a use only asks what a field is."""
        table = self.tables.ledger(self.ledger.key)
        return table.alias() if self._alias else table

    @property
    def from_clause(self) -> sa.FromClause:
        """The ledger with every register that was asked for so far."""
        return self.table if self._from is None else self._from

    @property
    def id(self) -> sa.ColumnElement[int]:
        """The record's id."""
        return self.table.c.id

    @property
    def live(self) -> sa.ColumnElement[bool]:
        """Whether the record isn't in the recycle bin."""
        return self.table.c.deleted_at.is_(None)

    def field(self, path: str) -> Field:
        """The field at the end of `path`; `id` stands for the record itself."""
        return path_field(self.tables, self.ledger, path)

    def field_owner(self, path: str) -> Ledger:
        """The ledger that has the field at the end of `path`."""
        ledger = self.ledger
        for hop in path.split(".")[:-1]:
            ledger = self.tables.catalogue.ledgers[ledger[hop].register]
        return ledger

    def column(self, path: str) -> Column:
        """The column at the end of `path`, joining registers on the way."""
        *hops, last = path.split(".")
        if last == "id" and hops:
            return self.column(".".join(hops))
        table, _ = self._reach(hops)
        column: Column = table.c[last]
        return column

    def village(self) -> sa.ColumnElement[int] | None:
        """The column of the record's village, or None where the ledger isn't kept by village."""
        path = village_path(self.ledger)
        return self.column(path) if path else None

    def label(self, path: str = "") -> sa.ColumnElement[str]:
        """The text that stands for the record, or for the one that `path` refers to."""
        table, ledger = self._reach(path.split(".") if path else [])
        return self._label(path, table, ledger, _LABEL_DEPTH)

    def order(self) -> list[Column]:
        """What to sort the records of a register by so that their labels come in the office's order."""
        place = place_field(self.ledger)
        first = [] if place is None else [self.table.c[place.key]]
        return [*first, self.table.c["initials"], self.label()]

    def _label(self, path: str, table: sa.FromClause, ledger: Ledger, depth: int) -> sa.ColumnElement[str]:
        parts: list[sa.ColumnElement[str]] = []
        for key in ledger.label:
            field = ledger[key]
            if not field.is_reference:
                parts.append(sa.func.coalesce(_shown(field, table.c[key]), ""))
            elif depth and field.register in self.tables:
                further = f"{path}.{key}" if path else key
                reached, register = self._reach(further.split("."))
                parts.append(sa.func.coalesce(self._label(further, reached, register, depth - 1), ""))
        if not parts:
            return sa.cast(table.c.id, sa.Text)
        if len(parts) == 1:
            return parts[0]
        joined = parts[0]
        for part in parts[1:]:
            joined = joined + sa.literal(" ", sa.Text) + part
        return sa.func.trim(joined)

    def _reach(self, hops: list[str]) -> tuple[sa.FromClause, Ledger]:
        """The table at the end of `hops`, joined once however often it is asked for."""
        table: sa.FromClause = self.table
        ledger = self.ledger
        for depth, hop in enumerate(hops, 1):
            done = ".".join(hops[:depth])
            if done not in self._joined:
                register = ledger[hop].register
                joined = self.tables.ledger(register).alias()
                self._from = self.from_clause.outerjoin(joined, joined.c.id == table.c[hop])
                self._joined[done] = (joined, self.tables.catalogue.ledgers[register])
            table, ledger = self._joined[done]
        return table, ledger


def _shown(field: Field, column: Column) -> sa.ColumnElement[str]:
    """A stored value as people read it, as far as labels need it."""
    text = sa.cast(column, sa.Text)
    year_month = sa.func.substr(text, 1, 4) + "-" + sa.func.substr(text, 5, 2)
    if field.type is FieldType.DATE:
        return year_month + "-" + sa.func.substr(text, 7, 2)
    if field.type is FieldType.MONTH:
        return year_month
    if field.type is FieldType.CHOICES:
        return sa.func.replace(sa.func.trim(text, "|"), "|", "、")
    return text


def unindexed(column: Column) -> Column:
    """The same column, but SQLite won't look it up in an index.

    For tests that many records pass: reading the ledger from end to end is then faster, many times where the
    file isn't in memory, than going to the records one by one.
    """
    plus: Any = sa.sql.operators.custom_op("+")
    return sa.UnaryExpression(column, operator=plus, type_=column.type)


def path_field(tables: Tables, ledger: Ledger, path: str) -> Field:
    """The field at the end of `path`; KeyError where there is none."""
    *hops, last = path.split(".")
    for hop in hops:
        if last == "id" and hop == hops[-1]:
            return ledger[hop]
        ledger = tables.catalogue.ledgers[ledger[hop].register]
    if last == "id":
        if not ledger.register:
            return Field("id", ledger.title, FieldType.INTEGER)
        if ledger.key in _REGISTERS:
            return Field("id", ledger.title, FieldType(ledger.key))
        return Field("id", ledger.title, FieldType.REF, to=ledger.key)
    return ledger[last]


def registers_on(tables: Tables, ledger: Ledger, path: str) -> set[str]:
    """The keys of the registers whose records `path` looks at."""
    *hops, last = path.split(".") if path else [""]
    if last == "id":
        hops = hops[:-1]
    found = set()
    for hop in hops:
        ledger = tables.catalogue.ledgers[ledger[hop].register]
        found.add(ledger.key)
    return found


def village_path(ledger: Ledger) -> str:
    """The path to a record's village; the village register's own records are their village."""
    return ledger.village or ("id" if ledger.key == "village" else "")


def in_main_index(ledger: Ledger) -> frozenset[str]:
    """The fields that the index in order of time has; see `tables`."""
    village = (ledger.village,) if ledger.village in ledger.by_key else ()
    return frozenset((*ledger.period, *village))


def place_field(ledger: Ledger) -> Field | None:
    """The field that puts a register's records in the office's own order, if it has one."""
    for key in ("sort_order", "position", "sort"):
        if key in ledger.by_key and ledger[key].type is FieldType.INTEGER:
            return ledger[key]
    return None
