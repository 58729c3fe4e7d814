"""The tables of the plan: what was reported of its items, how they were shared out, what was proposed for it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.schema.columns import SeenText


@dataclass(frozen=True, slots=True)
class PlanTables:
    """The tables by name."""

    progress: sa.Table
    schedule: sa.Table
    share: sa.Table
    step: sa.Table
    proposal: sa.Table
    restart: sa.Table


def plan_tables(metadata: sa.MetaData) -> PlanTables:
    """Define the tables. Days are yyyymmdd; amounts are decimals as text, for their places are the user's."""
    return PlanTables(_progress(metadata), *_schedule(metadata), _proposal(metadata), _restart(metadata))


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, SeenText, nullable=False, server_default=default)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _progress(m: sa.MetaData) -> sa.Table:
    """What was reported of an item; a corrected report stays and is named by the one that replaces it."""
    return sa.Table(
        "plan_progress",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_whole("item"), _whole("day"), _text("who"), _text("words", "")),
        # What has been reached altogether by that day: of one village, or of the whole township.
        *(sa.Column("value", SeenText), sa.Column("village", sa.Integer)),
        *(_text("at"), _text("entered_by"), sa.Column("replaces", sa.Integer)),
        *(sa.Column("removed_at", SeenText), sa.Column("removed_by", SeenText)),
        sa.Index("ix_plan_progress_item", "item", "day"),
        sqlite_autoincrement=True,
    )


def _schedule(m: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table]:
    """Who does how much of an item by when; sharing out anew adds a schedule and keeps the old one."""
    schedule = sa.Table(
        "plan_schedule",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_whole("item"), _whole("start"), _whole("due"), _text("step"), _text("by"), _text("unit", "")),
        *(_text("at"), _text("who")),
        sa.Index("ix_plan_schedule_item", "item"),
        sqlite_autoincrement=True,
    )
    share = sa.Table(
        "plan_share",
        m,
        sa.Column("schedule", sa.Integer, sa.ForeignKey("plan_schedule.id"), primary_key=True),
        sa.Column("village", sa.Integer, primary_key=True),
        *(_text("weight"), _text("goal"), _text("done")),
    )
    step = sa.Table(
        "plan_step",
        m,
        sa.Column("schedule", sa.Integer, sa.ForeignKey("plan_schedule.id"), primary_key=True),
        sa.Column("village", sa.Integer, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True),
        _text("amount"),
    )
    return schedule, share, step


def _proposal(m: sa.MetaData) -> sa.Table:
    """What became of a proposal for a year: the item it was taken over as, or no item where it was set aside."""
    return sa.Table(
        "plan_proposal",
        m,
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("key", SeenText, primary_key=True),
        *(sa.Column("item", sa.Integer), _text("at"), _text("who")),
    )


def _restart(m: sa.MetaData) -> sa.Table:
    """What was left of a target of a ledger, spread anew from a day on; the last restart of a record holds."""
    return sa.Table(
        "target_restart",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        # The target's record, the day from which its rest is spread, and what was done by then.
        *(_text("ledger"), _whole("record"), _whole("day"), _text("done"), _text("at"), _text("who")),
        sa.Index("ix_target_restart_record", "ledger", "record"),
        sqlite_autoincrement=True,
    )
