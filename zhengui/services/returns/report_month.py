"""Say for a ledger and a month that it was reported, or that there was nothing to report (零报告)."""

from __future__ import annotations

from collections.abc import Iterable

from zhengui.services.township.township import Township
from zhengui.storage.records import reporting


def mark(township: Township, ledger_key: str, villages: Iterable[int], month: int, zero: bool) -> None:
    """Mark a month (yyyymm) of a ledger for some villages; none stands for the township itself."""
    chosen: list[int | None] = list(villages) or [None]
    with township.database.writing() as conn:
        for village in chosen:
            reporting.mark(conn, township.tables, ledger_key, village, month, zero, township.operator)


def unmark(township: Township, ledger_key: str, villages: Iterable[int], month: int) -> None:
    """Take marks back."""
    chosen: list[int | None] = list(villages) or [None]
    with township.database.writing() as conn:
        for village in chosen:
            reporting.unmark(conn, township.tables, ledger_key, village, month)
