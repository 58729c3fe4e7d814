"""Keep what is typed into a form until it is saved, so that a power cut costs nothing."""

from __future__ import annotations

from collections.abc import Mapping

from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import drafts
from zhengui.storage.records.drafts import Draft

__all__ = ["Draft", "drop", "find", "keep", "left"]


@writes(Right.OWN)
def keep(writing: Writing, ledger_key: str, record_id: int | None, texts: Mapping[str, str]) -> None:
    """Keep what the operator has typed for a record (None: a new one)."""
    drafts.keep(writing.conn, writing.tables, ledger_key, record_id, texts, writing.operator)


@reads
def find(reading: Reading, ledger_key: str, record_id: int | None) -> Draft | None:
    """What the operator typed for a record and never saved."""
    return drafts.find(reading.conn, reading.tables, ledger_key, record_id, reading.operator)


@writes(Right.OWN)
def drop(writing: Writing, ledger_key: str, record_id: int | None) -> None:
    """Forget a draft, after it was saved or given up."""
    drafts.drop(writing.conn, writing.tables, ledger_key, record_id, writing.operator)


@reads
def left(reading: Reading) -> list[Draft]:
    """Every draft the operator has left, the newest first."""
    return drafts.left_by(reading.conn, reading.tables, reading.operator)
