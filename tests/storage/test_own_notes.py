"""What is noted in the user's folder is kept whichever programs note at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.paths import user_folder
from zhengui.services.township import login
from zhengui.storage.file import backup, heads, own_notes
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.records import record as records
from zhengui.storage.records.log import LogHead

NOTE = """
import sys
from zhengui.storage.file import own_notes
for n in range(15):
    own_notes.note("trial", f"{sys.argv[1]}-{n}", {"n": n})
    with own_notes.changing("trial", "of all") as known:
        known[f"{sys.argv[1]}-{n}"] = n
"""


def test_two_programs_lose_nothing_of_each_other() -> None:
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    running = [subprocess.Popen([sys.executable, "-c", NOTE, who], env=environment) for who in "abc"]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    assert all(own_notes.read("trial", f"{who}-{n}") == {"n": n} for who in "abc" for n in range(15))
    assert len(own_notes.read("trial", "of all")) == 45


def test_a_head_that_a_restore_expects_stands_beside_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "office.zgdb"
    first, second, third = (LogHead(n, bytes([n]) * 4) for n in (1, 2, 3))
    heads.keep(path, "f", first)
    heads.keep(path, "f", second, expected=True)
    heads.keep(path, "f", third, expected=True)
    assert heads.read(path, "f") == [first, third, second]
    heads.keep(path, "f", third)
    assert heads.read(path, "f") == [third]


def test_what_another_program_is_about_to_note_takes_nothing_away(tmp_path: Path) -> None:
    """One that has read, and writes only after a restore here, made the restored file look like an older one put back."""
    path = tmp_path / "office.zgdb"
    with Database.create(path, small_catalogue()) as database:
        backup.back_up(path, tmp_path / "copies" / "a.zgdb")
        with database.writing() as conn:
            records.insert(conn, database.tables, "event", {"people": 1, "topic": "活动"}, "王明")
    with own_notes.changing("heads", "another file") as other:
        other["line"] = "1"
        restore_backup(tmp_path / "copies" / "a.zgdb", path)
    with Database.open(path, small_catalogue()) as database:
        assert database.remarks == []
    assert own_notes.read("heads", "another file") == {"line": "1"}


def test_what_an_earlier_version_noted_holds_until_it_is_noted_anew() -> None:
    (user_folder() / "earlier.json").write_text(
        json.dumps({"a": {"line": "7"}, "b": "of other shape"}), "ascii"
    )
    assert own_notes.read("earlier", "a") == {"line": "7"}
    assert own_notes.read("earlier", "b") == {}
    with own_notes.changing("earlier", "a") as known:
        known.clear()
    assert own_notes.read("earlier", "a") == {}, "what was taken back stays away"


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_notes, "_MOST", 3)
    for n in range(6):
        own_notes.note("few", f"{n}", {"n": n})
        os.utime(own_notes._place("few", f"{n}"), (n, n))
    own_notes.note("few", "last", {"n": 6})
    assert [n for n in range(6) if own_notes.read("few", f"{n}")] == [4, 5]


WRONG = [
    "",
    "[]",
    "null",
    '{"count": "x"}',
    '{"count": 5, "at": null}',
    "[" * 5000,
    "\x00",
    '{"count": 1e999, "at": 0}',
]


@pytest.mark.parametrize("text", WRONG)
def test_a_note_that_somebody_spoilt_is_none(text: str) -> None:
    place = own_notes._place("attempts", "../../x")
    place.parent.mkdir(exist_ok=True)
    place.write_text(text)
    assert place.parent.parent == user_folder()
    login._expect_no_pause("../../x", None)
    login._count("../../x", None)
    assert own_notes.read("attempts", "../../x")["count"] == 1
