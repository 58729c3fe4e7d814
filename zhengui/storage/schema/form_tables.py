"""The tables of what goes out and comes back as workbooks: forms and their filling, forms asked for, merged folders."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.schema.columns import SeenText


@dataclass(frozen=True, slots=True)
class FormTables:
    """The tables by name."""

    form: sa.Table
    mark: sa.Table
    filling: sa.Table
    asked: sa.Table
    column: sa.Table
    merge: sa.Table
    merged: sa.Table
    handed_out: sa.Table


def form_tables(metadata: sa.MetaData) -> FormTables:
    """Define the tables. Days and months are yyyymmdd and yyyymm."""
    return FormTables(*_forms(metadata), *_asked(metadata), *_merges(metadata), _handed_out(metadata))


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, SeenText, nullable=False, server_default=default)


def _whole(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _forms(m: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table]:
    """A form as its file, what its cells stand for, and when it was filled for which period and villages."""
    form = sa.Table(
        "county_form",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("title"), _text("file"), sa.Column("content", sa.LargeBinary, nullable=False)),
        *(_text("at"), _text("who"), sa.Column("removed_at", SeenText), sa.Column("removed_by", SeenText)),
        sqlite_autoincrement=True,
    )
    mark = sa.Table(
        "county_form_mark",
        m,
        sa.Column("form", sa.Integer, sa.ForeignKey("county_form.id"), primary_key=True),
        sa.Column("sheet", SeenText, primary_key=True),
        sa.Column("place", SeenText, primary_key=True),
        *(_text("kind"), _text("of"), _text("span", ""), _text("unit", ""), _whole("decimals", "-1")),
        *(_text("date_style", ""), _text("piece", ""), _whole("masked", "1"), _text("names", "")),
        sa.Column("village", sa.Integer),
    )
    filling = sa.Table(
        "county_form_filling",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("form", sa.Integer, sa.ForeignKey("county_form.id"), nullable=False),
        *(_whole("start"), _whole("end"), _text("villages", ""), _whole("cells"), _text("file", "")),
        *(_text("at"), _text("who"), _whole("personal", "0")),
        sa.Index("ix_county_form_filling_form", "form"),
        sqlite_autoincrement=True,
    )
    return form, mark, filling


def _asked(m: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """A form that somebody asks for, and its columns with the field that holds each, where one does."""
    asked = sa.Table(
        "asked_form",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("title"), _text("asked_by"), _text("ground", ""), _text("admitted", "")),
        *(_text("rhythm"), _whole("due_month", "0"), _whole("due_day", "0"), _text("department", "")),
        *(sa.Column("begun", sa.Integer), sa.Column("ended", sa.Integer), sa.Column("form", sa.Integer)),
        *(_text("remark", ""), _text("at"), _text("who")),
        *(sa.Column("removed_at", SeenText), sa.Column("removed_by", SeenText)),
        sqlite_autoincrement=True,
    )
    column = sa.Table(
        "asked_form_column",
        m,
        sa.Column("asked", sa.Integer, sa.ForeignKey("asked_form.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *(_text("title"), _text("held", "")),
    )
    return asked, column


def _merges(m: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """A folder of village files that was merged, and each record that came of it or was changed by it."""
    merge = sa.Table(
        "merge_run",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("folder"), _whole("files"), _text("at"), _text("who")),
        *(sa.Column("undone_at", SeenText), sa.Column("undone_by", SeenText)),
        sqlite_autoincrement=True,
    )
    merged = sa.Table(
        "merge_record",
        m,
        sa.Column("merge", sa.Integer, sa.ForeignKey("merge_run.id"), primary_key=True),
        sa.Column("ledger", SeenText, primary_key=True),
        sa.Column("record", sa.Integer, primary_key=True),
        # added, changed, or same: stood in the file as it stood here
        *(_text("kind"), _whole("village", "0"), _text("file"), _whole("version")),
        sa.Index("ix_merge_record_village", "ledger", "village", "merge"),
    )
    return merge, merged


def _handed_out(m: sa.MetaData) -> sa.Table:
    """Personal data that left the program unmasked: what, how much, when and by whom."""
    return sa.Table(
        "handed_out",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("what"), _text("fields"), _whole("count"), _text("file"), _text("at"), _text("who")),
        sqlite_autoincrement=True,
    )
