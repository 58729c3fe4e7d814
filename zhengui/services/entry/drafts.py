"""Keep what is typed into a form until it is saved, so that a power cut costs nothing."""

from __future__ import annotations

from collections.abc import Mapping

from zhengui.services.township.township import Township
from zhengui.storage.records import drafts
from zhengui.storage.records.drafts import Draft

__all__ = ["Draft", "drop", "find", "keep", "left"]


def keep(township: Township, ledger_key: str, record_id: int | None, texts: Mapping[str, str]) -> None:
    """Keep what the operator has typed for a record (None: a new one)."""
    with township.database.writing() as conn:
        drafts.keep(conn, township.tables, ledger_key, record_id, texts, township.operator)


def find(township: Township, ledger_key: str, record_id: int | None) -> Draft | None:
    """What the operator typed for a record and never saved."""
    with township.database.reading() as conn:
        return drafts.find(conn, township.tables, ledger_key, record_id, township.operator)


def drop(township: Township, ledger_key: str, record_id: int | None) -> None:
    """Forget a draft, after it was saved or given up."""
    with township.database.writing() as conn:
        drafts.drop(conn, township.tables, ledger_key, record_id, township.operator)


def left(township: Township) -> list[Draft]:
    """Every draft the operator has left, the newest first."""
    with township.database.reading() as conn:
        return drafts.left_by(conn, township.tables, township.operator)
