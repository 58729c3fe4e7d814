"""What is asked of many ledgers of a large file at once: shared out to two connections, for SQLite uses one core each."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import sqlalchemy as sa

from zhengui.storage.schema import one_state
from zhengui.storage.schema.bare import breaking_off
from zhengui.storage.schema.straight import first_of, run
from zhengui.storage.schema.versions import ledger_versions

Job = TypeVar("Job")
Found = TypeVar("Found")

#: Files of fewer pages are read through sooner than a second connection is made ready: 64 MB.
FEWEST_PAGES = 16_384
#: Fewer jobs are what one edit made necessary: the connection that looked at these ledgers before still knows their
#: pages, another one would have to decrypt them first.
FEWEST_JOBS = 24


def shared_out(
    conn: sa.Connection,
    versions: Mapping[str, int],
    jobs: Iterable[Job],
    ledger_of: Callable[[Job], str],
    deed: Callable[[sa.Connection, Job], Found],
) -> list[tuple[Job, Found]]:
    """Each job with what `deed` found for it, in no order; it is called from two threads where the file is large.

    The second connection begins with the longest ledger, as `ledger_of` tells them, so that no long one is left at the
    end. It takes part only where it sees the ledgers at the same `versions`, so that all of it is of one state of the
    file. Not for a transaction that writes, whose changes nobody else sees.
    """
    todo = list(jobs)
    if len(todo) < FEWEST_JOBS or not _is_large(conn):
        return [(job, deed(conn, job)) for job in todo]
    numbers: dict[str, int] = dict(run(conn, "SELECT name, seq FROM sqlite_sequence"))
    waiting = deque(sorted(todo, key=lambda job: -numbers.get(f"l_{ledger_of(job)}", 0)))
    found: list[tuple[Job, Found]] = []
    stopped = threading.Event()
    with ThreadPoolExecutor(1, "second reading") as second:
        # Longest first there, shortest first here: most of the long ones' time is SQLite's, which holds up nobody, and
        # most of the short ones' is Python's.
        long_ones = partial(_work_off, next_one=waiting.popleft, found=found, deed=deed)
        other = second.submit(_help, conn.engine, versions, stopped, long_ones)
        try:
            _work_off(conn, waiting.pop, found, deed)
        except BaseException:
            waiting.clear()
            stopped.set()
            raise
        other.result()
    return found


def _is_large(conn: sa.Connection) -> bool:
    pages: int = one_state.once(conn, "pages", lambda: first_of(conn, "PRAGMA page_count"))
    return pages >= FEWEST_PAGES


def _work_off(
    conn: sa.Connection,
    next_one: Callable[[], Job],
    found: list[tuple[Job, Found]],
    deed: Callable[[sa.Connection, Job], Found],
) -> None:
    """Take one job after another until none waits."""
    while True:
        try:
            job = next_one()
        except IndexError:
            return
        found.append((job, deed(conn, job)))


def _help(
    engine: sa.Engine,
    versions: Mapping[str, int],
    stopped: threading.Event,
    work: Callable[[sa.Connection], None],
) -> None:
    """Take part in the work on a connection of its own, until it is done or nobody waits for it any more."""
    with engine.connect() as conn, conn.begin(), breaking_off(conn, stopped.is_set):
        if ledger_versions(conn) == versions:
            work(conn)
        one_state.forget(conn)
