"""Say for a ledger and a month that it was reported, or that there was nothing to report (零报告)."""

from __future__ import annotations

from collections.abc import Iterable

from zhengui.services.township.reading import Writing, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import reporting


@writes(Right.ENTER)
def mark(writing: Writing, ledger_key: str, villages: Iterable[int], month: int, zero: bool) -> None:
    """Mark a month (yyyymm) of a ledger for some villages; none stands for the township itself."""
    chosen: list[int | None] = list(villages) or [None]
    for village in chosen:
        reporting.mark(writing.conn, writing.tables, ledger_key, village, month, zero, writing.operator)


@writes(Right.ENTER)
def unmark(writing: Writing, ledger_key: str, villages: Iterable[int], month: int) -> None:
    """Take marks back."""
    chosen: list[int | None] = list(villages) or [None]
    for village in chosen:
        reporting.unmark(writing.conn, writing.tables, ledger_key, village, month)
