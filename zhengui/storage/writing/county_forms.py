"""The county's own forms: the file as it came, what its cells stand for, and when it was filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

import sqlalchemy as sa

from zhengui.figures.period import Period
from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables


@dataclass(frozen=True, slots=True)
class FormMark:
    """What a cell, or a block of cells in one column, of a form is filled with.

    `kind` is `figure` (one cell: the figure `of`), `villages` (a column: the figure `of` for the village that is named in
    the same row, in the column `names`), `column` (a column: the field `ledger.field` of the records, one a row; the
    field # numbers them) or `words` (one cell: `of` is period, year, month, office, today or villages).
    `span`: empty for the period asked for, `to_date` from the year's first day to its end, `before` the same span a
    year earlier. `unit` is 元, 万元 or 亿元, empty for the figure's own. `decimals` below 0 leaves the places as they
    are. `piece` takes year, month or day of a date, or `characters`: one for each cell to the right. `village`
    limits one figure to a village.
    """

    sheet: str
    place: str
    kind: str
    of: str
    span: str = ""
    unit: str = ""
    decimals: int = -1
    date_style: str = ""
    piece: str = ""
    masked: bool = True
    names: str = ""
    village: int | None = None


@dataclass(frozen=True, slots=True)
class FormAbout:
    """A form without its file."""

    id: int
    title: str
    file: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Filling:
    """One filling of a form: the period and villages (none: all), how many cells, into which file, when, by whom."""

    id: int
    form: int
    period: Period
    villages: tuple[int, ...]
    cells: int
    file: str
    at: datetime
    who: str


_MARK = tuple(each.name for each in fields(FormMark))


def add(conn: sa.Connection, tables: Tables, title: str, file: str, content: bytes, who: str) -> int:
    """Keep a form and return its number."""
    stamp = columns.moment_text(datetime.now())
    done = conn.execute(
        sa.insert(tables.forms.form).values(title=title, file=file, content=content, at=stamp, who=who)
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def all_forms(conn: sa.Connection, tables: Tables) -> list[FormAbout]:
    """The forms that were not removed, in the order in which they came."""
    table = tables.forms.form
    query = sa.select(table.c.id, table.c.title, table.c.file, table.c.at, table.c.who)
    found = conn.execute(query.where(table.c.removed_at.is_(None)).order_by(table.c.id))
    return [FormAbout(row.id, row.title, row.file, columns.moment_of(row.at), row.who) for row in found]


def content(conn: sa.Connection, tables: Tables, form: int) -> bytes:
    """The file of a form; StorageProblem where there is none of this number."""
    table = tables.forms.form
    found = conn.execute(sa.select(table.c.content).where(table.c.id == form)).scalar()
    if found is None:
        raise StorageProblem("这张表样已经不在了。请在“收发表格”里重新选择。")
    return bytes(found)


def replace_content(conn: sa.Connection, tables: Tables, form: int, file: str, data: bytes) -> None:
    """Put another version of the file in the place of the old one; the marks stay."""
    table = tables.forms.form
    conn.execute(sa.update(table).where(table.c.id == form).values(content=data, file=file))


def rename(conn: sa.Connection, tables: Tables, form: int, title: str) -> None:
    """Call a form something else."""
    table = tables.forms.form
    conn.execute(sa.update(table).where(table.c.id == form).values(title=title))


def remove(conn: sa.Connection, tables: Tables, form: int, who: str) -> None:
    """Put a form aside; its fillings stay counted."""
    table = tables.forms.form
    stamp = columns.moment_text(datetime.now())
    conn.execute(sa.update(table).where(table.c.id == form).values(removed_at=stamp, removed_by=who))


def marks(conn: sa.Connection, tables: Tables, form: int) -> list[FormMark]:
    """What the cells of a form stand for."""
    table = tables.forms.mark
    query = sa.select(table).where(table.c.form == form).order_by(table.c.sheet, table.c.place)
    return [
        FormMark(**{name: getattr(row, name) for name in _MARK if name != "masked"}, masked=bool(row.masked))
        for row in conn.execute(query)
    ]


def set_marks(conn: sa.Connection, tables: Tables, form: int, given: Iterable[FormMark]) -> None:
    """Let the cells of a form stand for these, and for nothing else."""
    table = tables.forms.mark
    conn.execute(sa.delete(table).where(table.c.form == form))
    rows = [{"form": form, **{name: getattr(mark, name) for name in _MARK}} for mark in given]
    for row in rows:
        row["masked"] = int(bool(row["masked"]))
    if rows:
        conn.execute(sa.insert(table), rows)


def note_filling(
    conn: sa.Connection,
    tables: Tables,
    form: int,
    period: Period,
    villages: Iterable[int],
    cells: int,
    file: str,
    who: str,
    personal: bool = False,
) -> int:
    """Note that a form was filled and return the filling's number."""
    done = conn.execute(
        sa.insert(tables.forms.filling).values(
            form=form,
            start=columns.day_number(period.start),
            end=columns.day_number(period.end),
            villages=",".join(map(str, villages)),
            cells=cells,
            file=file,
            at=columns.moment_text(datetime.now()),
            who=who,
            personal=int(personal),
        )
    )
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def fillings(conn: sa.Connection, tables: Tables, form: int = 0) -> list[Filling]:
    """The fillings of a form, or of all, the newest first."""
    table = tables.forms.filling
    query = sa.select(table).order_by(table.c.id.desc())
    if form:
        query = query.where(table.c.form == form)
    return [
        Filling(
            row.id,
            row.form,
            Period(_day(row.start), _day(row.end)),
            tuple(int(each) for each in row.villages.split(",") if each),
            row.cells,
            row.file,
            columns.moment_of(row.at),
            row.who,
        )
        for row in conn.execute(query)
    ]


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
