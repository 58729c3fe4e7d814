"""The tables of what is watched: decisions of warnings, issued months of rankings, signatures under drafts."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.schema.columns import SeenText


@dataclass(frozen=True, slots=True)
class WatchTables:
    """The tables by name."""

    decision: sa.Table
    ranking: sa.Table
    signature: sa.Table
    issue_signature: sa.Table


def watch_tables(metadata: sa.MetaData) -> WatchTables:
    """Define the tables; a decision is never changed, the last one of a warning holds."""
    decision = sa.Table(
        "warning_decision",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        # What the warning is of: its rule and its subject.
        sa.Column("warning", SeenText, nullable=False),
        # What it rested on when it was decided.
        sa.Column("ground", SeenText, nullable=False),
        sa.Column("what", SeenText, nullable=False),
        sa.Column("reason", SeenText, nullable=False, server_default=""),
        sa.Column("until", sa.Integer),
        sa.Column("at", SeenText, nullable=False),
        sa.Column("who", SeenText, nullable=False),
        sa.Index("ix_warning_decision_warning", "warning"),
        sqlite_autoincrement=True,
    )
    ranking = sa.Table(
        "ranking_month",
        metadata,
        sa.Column("ranking", SeenText, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True),
        # The settings it was made by and the marks as they were printed.
        sa.Column("content", SeenText, nullable=False),
        sa.Column("at", SeenText, nullable=False),
        sa.Column("who", SeenText, nullable=False),
    )
    return WatchTables(decision, ranking, *_signatures(metadata))


def _signatures(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """What departments signed of a draft, and who had signed what was issued."""
    signature = sa.Table(
        "document_signature",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        sa.Column("department", SeenText, nullable=False),
        sa.Column("who", SeenText, nullable=False),
        sa.Column("at", SeenText, nullable=False),
        sa.Column("pieces", SeenText, nullable=False),
        sa.Index("ix_document_signature", "document"),
        sqlite_autoincrement=True,
    )
    kept = sa.Table(
        "issue_signature",
        metadata,
        sa.Column("issue", sa.Integer, sa.ForeignKey("issue.id"), primary_key=True),
        sa.Column("department", SeenText, primary_key=True),
        sa.Column("who", SeenText, nullable=False),
        sa.Column("at", SeenText, nullable=False),
    )
    return signature, kept
