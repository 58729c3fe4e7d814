"""What is noted in the user's folder is kept whichever programs note at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from zhengui.storage.file import heads, own_notes
from zhengui.storage.records.log import LogHead

NOTE = """
import sys
from zhengui.storage.file import own_notes
for n in range(15):
    own_notes.note("trial.json", f"{sys.argv[1]}-{n}", n)
"""


def test_two_programs_lose_nothing_of_each_other() -> None:
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    running = [subprocess.Popen([sys.executable, "-c", NOTE, who], env=environment) for who in "abc"]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    assert len(own_notes.read("trial.json")) == 45


def test_a_head_that_a_restore_expects_stands_beside_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "office.zgdb"
    first, second, third = (LogHead(n, bytes([n]) * 4) for n in (1, 2, 3))
    heads.keep(path, "f", first)
    heads.keep(path, "f", second, expected=True)
    heads.keep(path, "f", third, expected=True)
    assert heads.read(path, "f") == [first, third, second]
    heads.keep(path, "f", third)
    assert heads.read(path, "f") == [third]
