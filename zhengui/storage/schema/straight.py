"""Small statements sent straight to SQLite, within the same transaction.

SQLAlchemy makes a context and a result for each statement, which takes longer than to insert one row or to find it by
its number. Saving one record is a handful of such statements; whatever reads or writes more goes the usual way.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhengui.storage.schema.bare import BareCursor, bare_of
from zhengui.values.value import Value
from zhengui.work import give_way

if TYPE_CHECKING:
    import sqlalchemy as sa

#: So many statements are remembered, a few megabytes; a township asks for some hundred different ones.
MOST_MADE = 2000
#: What the names of values begin with that are given each time a made statement is sent.
_LATE = "late_"
#: So many rows are taken at a time.
_PART = 5_000


def run(conn: sa.Connection, statement: str, given: Sequence[object] = ()) -> BareCursor:
    """SQLite's own cursor after one statement; its rows are plain tuples."""
    give_way()
    return bare_of(conn).execute(statement, given)


def first_of(conn: sa.Connection, statement: str, given: Sequence[Value] = ()) -> Any:
    """The first value of the first row; None where there is none."""
    row = run(conn, statement, given).fetchone()
    return row[0] if row is not None else None


def late(name: str, value: object) -> sa.BindParameter[Any]:
    """A number or text within a statement that another one may take the place of when the statement is sent again."""
    import sqlalchemy as sa

    return sa.bindparam(f"{_LATE}{name}", value, unique=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A statement put together once and sent many times: its text, its values in order, and which of them are late.

    SQLAlchemy puts a statement together in a thousand steps; where the same is asked of every month, that takes longer
    than SQLite's answer. `late` names the places of the values that are given anew each time.
    """

    text: str
    values: tuple[Any, ...]
    late: tuple[tuple[int, str], ...]

    def rows(self, conn: sa.Connection, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows as SQLite has them; KeyError where a late value is not given."""
        values = list(self.values)
        for place, name in self.late:
            values[place] = given[name]
        return run(conn, self.text, values).fetchall()


def made(conn: sa.Connection, statement: sa.ClauseElement) -> Made:
    """The statement, ready to be sent straight to SQLite."""
    compiled = statement.compile(dialect=conn.dialect, compile_kwargs={"render_postcompile": True})
    given = compiled.params
    names = list(getattr(compiled, "positiontup", None) or ())
    places = tuple(
        (place, name.removeprefix(_LATE).rpartition("_")[0])
        for place, name in enumerate(names)
        if name.startswith(_LATE)
    )
    return Made(str(compiled), tuple(given[name] for name in names), places)


def first_column(conn: sa.Connection, query: sa.Select[Any]) -> list[Any]:
    """The first value of each row, in order; taken by the thousand, for row by row takes three times as long."""
    found: list[Any] = []
    for part in conn.scalars(query).partitions(_PART):
        found += part
    return found


def made_once(
    conn: sa.Connection, kept: dict[Hashable, Made], key: Hashable, build: Callable[[], sa.ClauseElement]
) -> Made:
    """The statement that `build` puts together, made the first time its key is asked for."""
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST_MADE:
            kept.clear()
        found = kept[key] = made(conn, build())
    return found
