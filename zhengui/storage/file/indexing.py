"""Bring the search indexes of a file up to date while others read and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from zhengui.storage.file.database import Database
from zhengui.storage.query import search


def catch_up_all(
    database: Database,
    ledgers: Iterable[str] | None = None,
    stop: Callable[[], bool] | None = None,
    step: int = search.STEP,
) -> None:
    """Bring every index up to date, in short transactions so that others can write in between.

    Meant for the background after opening and after an import; it does nothing where all is up to date.
    """
    for ledger in ledgers or database.tables.catalogue.ledgers:
        with database.reading() as conn:
            behind = search.is_behind(conn, database.tables, ledger)
        while behind and not (stop and stop()):
            with database.writing() as conn:
                behind = search.catch_up(conn, database.tables, ledger, step) > 0
