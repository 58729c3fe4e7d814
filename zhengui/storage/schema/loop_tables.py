"""The tables of the closed loop: its steps, the sheets that were printed, draws for spot checks."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.schema.columns import SeenText


@dataclass(frozen=True, slots=True)
class LoopTables:
    """The tables by name."""

    step: sa.Table
    sheet: sa.Table
    draw: sa.Table
    drawn: sa.Table


def loop_tables(metadata: sa.MetaData) -> LoopTables:
    """Define the tables. Days are yyyymmdd; none of their rows is ever changed or taken out, but results are added."""
    return LoopTables(_step(metadata), _sheet(metadata), *_draw(metadata))


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, SeenText, nullable=False, server_default=default)


def _whole(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _maybe(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer) for name in names]


def _step(m: sa.MetaData) -> sa.Table:
    """What was done with an item, and where the item stood after it (the columns named like the ledger's fields)."""
    return sa.Table(
        "loop_step",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("ledger"), _whole("record"), _text("deed"), _whole("day"), _text("words", "")),
        *_maybe("person", "given_to", "due"),
        *(_whole("fraud", "0"), _text("evidence", "[]"), _text("at"), _text("who")),
        *_maybe("listed_on", "assigned_on", "department", "responsible", "due_on"),
        sa.Column("measure_taken", SeenText),
        *_maybe("rectified_on", "verified_on", "verifier", "closed_on"),
        sa.Index("ix_loop_step_record", "ledger", "record"),
        sqlite_autoincrement=True,
    )


def _sheet(m: sa.MetaData) -> sa.Table:
    """A sheet that was printed, numbered through the year for each kind; `items` is JSON: [[ledger, record], …]."""
    return sa.Table(
        "loop_sheet",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("kind"), _whole("year"), _whole("number"), _whole("day"), _text("title"), _text("items")),
        *(_whole("attachment"), _text("at"), _text("who")),
        sa.UniqueConstraint("kind", "year", "number"),
        sqlite_autoincrement=True,
    )


def _draw(m: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """A draw with all it takes to repeat it: `pool` is what was drawn from, JSON {village: [record, …]}."""
    draw = sa.Table(
        "spot_draw",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("ledger"), _whole("month"), _whole("day"), _whole("seed"), _text("size"), _text("pool")),
        *(_whole("again", "0"), _text("at"), _text("who")),
        sa.Index("ix_spot_draw_ledger", "ledger", "month"),
        sqlite_autoincrement=True,
    )
    drawn = sa.Table(
        "spot_drawn",
        m,
        sa.Column("draw", sa.Integer, sa.ForeignKey("spot_draw.id"), primary_key=True),
        sa.Column("record", sa.Integer, primary_key=True),
        _whole("village", "0"),
        *_maybe("passed", "checked_on", "checker"),
        _text("words", ""),
        *(_text("photos", "[]"), _text("at", ""), _text("who", "")),
    )
    return draw, drawn
