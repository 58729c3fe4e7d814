"""The tables of documents: their parts, every edit of them, their versions, what was issued, and what was reviewed."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from zhengui.storage.schema.columns import SeenText


@dataclass(frozen=True, slots=True)
class DocumentTables:
    """The tables by name."""

    document: sa.Table
    part: sa.Table
    edit: sa.Table
    version: sa.Table
    source: sa.Table
    issue: sa.Table
    issue_pdf: sa.Table
    issue_kept: sa.Table
    issue_block: sa.Table
    issue_figure: sa.Table
    issue_claim: sa.Table
    issue_records: sa.Table
    review: sa.Table
    outcome: sa.Table


def document_tables(metadata: sa.MetaData) -> DocumentTables:
    """Define the tables."""
    return DocumentTables(*_written(metadata), *_issued(metadata), _review(metadata), _outcome(metadata))


def _text(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, SeenText, nullable=False, server_default=default)


def _whole(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def _written(m: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table, sa.Table, sa.Table]:
    """A document while it is being written. Days are yyyymmdd, villages and page settings JSON."""
    document = sa.Table(
        "document",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text("title"), _text("addressee", ""), _whole("start"), _whole("end"), _text("villages", "[]")),
        *(_text("area", ""), _text("state", "draft"), _text("state_reason", ""), _text("settings", "{}")),
        *(sa.Column("signed_on", sa.Integer), sa.Column("based_on", sa.Integer)),
        *(_whole("version", "1"), _whole("removed", "0")),
        *(_text("created_at"), _text("created_by"), _text("changed_at"), _text("changed_by")),
        sqlite_autoincrement=True,
    )
    part = sa.Table(
        "document_part",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        *(_text("key"), _text("kind"), _whole("level", "0"), _text("title", ""), _text("text", "")),
        *(_whole("on", "1"), sa.Column("position", sa.Float, nullable=False), _text("switch", "")),
        *(_text("variants", "{}"), _whole("rethink", "0"), _whole("removed", "0")),
        sa.Index("ix_document_part", "document", "position"),
        sqlite_autoincrement=True,
    )
    edit = sa.Table(
        "document_edit",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        *(_text("action"), _text("at"), _text("who"), _text("steps")),
        sa.Index("ix_document_edit", "document"),
        sqlite_autoincrement=True,
    )
    version = sa.Table(
        "document_version",
        m,
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *(_text("at"), _text("who"), _text("note", ""), _whole("last_edit"), _text("content")),
    )
    source = sa.Table(
        "document_source",
        m,
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("number", SeenText, primary_key=True),
        *(_text("note"), _text("at"), _text("who")),
    )
    return document, part, edit, version, source


def _issued(m: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table, sa.Table, sa.Table, sa.Table, sa.Table]:
    """What was issued: only ever added to."""
    issue = sa.Table(
        "issue",
        m,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
        *(_whole("number"), _text("title"), _whole("start"), _whole("end"), _text("villages"), _text("area")),
        *(_text("at"), _text("who"), _text("reason"), _text("settings"), _text("parameters")),
        *(_whole("last_history"), _text("last_ids"), _text("marks"), _whole("pages"), _text("digest")),
        sa.Index("ix_issue_document", "document"),
        sqlite_autoincrement=True,
    )

    def own(name: str, *columns: sa.Column) -> sa.Table:
        key = sa.Column("issue", sa.Integer, sa.ForeignKey("issue.id"), primary_key=True)
        return sa.Table(name, m, key, *columns)

    pdf = own("issue_pdf", sa.Column("content", sa.LargeBinary, nullable=False), _text("spots"))
    kept = own("issue_kept", sa.Column("content", sa.LargeBinary, nullable=False))
    block = own(
        "issue_block",
        sa.Column("position", sa.Integer, primary_key=True),
        *(_text("key"), _text("kind"), _text("number"), _text("text"), _text("runs")),
    )
    figure = own(
        "issue_figure",
        sa.Column("key", SeenText, primary_key=True),
        *(_text("title"), _text("unit"), sa.Column("value", SeenText), _text("display"), _text("how")),
        *(_whole("records"), _text("definition"), _whole("position", "0")),
    )
    claim = own(
        "issue_claim",
        sa.Column("key", SeenText, primary_key=True),
        *(_text("title"), _text("state"), _text("sentence"), _text("reason"), _whole("position", "0")),
    )
    records = own(
        "issue_records",
        sa.Column("figure", SeenText, primary_key=True),
        sa.Column("role", SeenText, primary_key=True),
        *(_text("ledger"), _text("ids"), _text("versions"), _whole("position", "0")),
    )
    return issue, pdf, kept, block, figure, claim, records


def _review(m: sa.MetaData) -> sa.Table:
    """Which version of a record a second person has looked at."""
    return sa.Table(
        "review",
        m,
        sa.Column("ledger", SeenText, primary_key=True),
        sa.Column("record", sa.Integer, primary_key=True),
        *(_whole("version"), _text("at"), _text("who")),
    )


def _outcome(m: sa.MetaData) -> sa.Table:
    """What became of a plan item at the end of its year; `carried` is the item that goes on with it."""
    return sa.Table(
        "plan_outcome",
        m,
        sa.Column("item", sa.Integer, primary_key=True),
        sa.Column("value", SeenText),
        *(_whole("reached"), _text("reason"), sa.Column("carried", sa.Integer), _text("at"), _text("who")),
    )
