"""The trials of `tests.safety` in small."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from tests.safety import damage, grown, kills, powercuts, recorded, typed


def test_kills_lose_nothing(tmp_path: Path) -> None:
    assert kills.run(len(kills.KINDS), tmp_path) == []


def test_an_old_file_killed_while_it_is_brought_up_to_date_loses_nothing(tmp_path: Path) -> None:
    assert grown.run(2, tmp_path, records=2_000) == []


def test_damage_never_passes_without_a_word(tmp_path: Path) -> None:
    answers, wrong = damage.run(20, tmp_path)
    assert wrong == []
    assert answers["refused"] + answers["said"] > 5


watched = pytest.mark.skipif(not recorded.POSSIBLE, reason="programs are watched on Linux, x86-64")


@watched
def test_power_cuts_lose_nothing(tmp_path: Path) -> None:
    tried, wrong = powercuts.run(24, tmp_path)
    assert wrong == []
    assert set(tried) == set(powercuts.KINDS)


CARELESS = """
import os, sys
from tests.safety.recorded import let_be_watched
let_be_watched()
with open(sys.argv[1] + ".part", "w") as file:
    file.write("new")
    file.flush()
    if sys.argv[2] == "flush":
        os.fsync(file.fileno())
os.rename(sys.argv[1] + ".part", sys.argv[1])
if sys.argv[2] == "flush":
    folder = os.open(os.path.dirname(sys.argv[1]), os.O_RDONLY)
    os.fsync(folder)
print("done", flush=True)
"""


@watched
@pytest.mark.parametrize(("way", "left"), [("flush", {"new"}), ("trust", {"old", "", "new"})])
def test_a_cut_takes_what_nobody_waited_for(tmp_path: Path, way: str, left: set[str]) -> None:
    """A program that waits for nothing is seen to lose what it said was done."""
    path = tmp_path / "text"
    path.write_text("old")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([*(p for p in sys.path if p), os.getcwd()])}
    made = recorded.record([sys.executable, "-c", CARELESS, str(path), way], tmp_path, environment)
    disk = recorded.Disk(made)
    for event in made.events:
        disk.take(event)
    assert disk.told == ["done"]
    chance = random.Random(1)
    assert {disk.cut(chance)[0][str(path)].decode() for _ in range(40)} == left


def test_nothing_that_was_typed_stands_on_the_disk_in_plain(tmp_path: Path) -> None:
    end, found = typed.run(tmp_path / "root")
    assert end == "crashed", end
    assert found == []
    taken = sorted(each.name for each in typed.taken(tmp_path / "root").iterdir())
    assert [f"人员.{ending}" for ending in ("csv", "pdf", "xlsx")] == taken[:3], (
        "whole, where it was asked for"
    )
    assert typed.id_number() in (typed.taken(tmp_path / "root") / "人员.csv").read_text("utf-8-sig")
    log = (tmp_path / "root" / "home" / "zhengui.log").read_text("utf-8")
    assert "ValueError" in log
    # What is looked for would be found.
    planted = tmp_path / "planted"
    planted.mkdir()
    for number, mark in enumerate(typed.marks().values()):
        (planted / f"{number}.txt").write_text(f"x{mark}", "utf-16-le" if number % 2 else "gb18030")
    assert len(list(typed.found_in(planted))) == len(typed.marks())
