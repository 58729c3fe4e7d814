"""Modules that are read only once somebody uses them."""

from __future__ import annotations

import subprocess
import sys

import pytest

OPENED = """
import sys
import zhengui.storage
from zhengui.storage.file.database import Database
import sqlalchemy, sqlalchemy.dialects.sqlite
for name in ("asyncio.base_events", "email", "ssl"):
    assert name not in sys.modules, name
"""
USES = {
    "a name": "import asyncio; print(asyncio.run(asyncio.sleep(0, 'slept')))",
    "names of it": "from asyncio import run, sleep; print(run(sleep(0, 'slept')))",
    "a part of it": "import asyncio.queues; print('slept' if asyncio.queues.Queue().empty() else '')",
    "the other one": "from importlib import metadata; print('slept' if metadata.version('sqlalchemy') else '')",
    "what SQLAlchemy asks": """
from sqlalchemy.util import concurrency
import asyncio
async def nothing(): pass
one = nothing()
assert concurrency.iscoroutine(one) and not concurrency.iscoroutine(1)
one.close()
assert concurrency.is_exit_exception(asyncio.CancelledError())
assert not concurrency.is_exit_exception(ValueError())
print('slept')
""",
    "two threads": """
import asyncio
from threading import Thread
found = []
threads = [Thread(target=lambda: found.append(asyncio.Queue)) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
assert len(found) == 8 and len(set(found)) == 1
print('slept')
""",
}


@pytest.mark.parametrize("use", USES)
def test_what_sqlalchemy_does_not_use_is_read_when_somebody_does(use: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", OPENED + USES[use]], capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "slept", run.stderr
