"""Whatever is read of a file from outside is read in a process of its own, which a limit or its end turns into a sentence."""

from __future__ import annotations

import ast
import os
import time
from pathlib import Path

import pytest

from tests.exchange.five_forms import FORMS
from zhengui.exchange.apart import done_apart
from zhengui.exchange.books import Limits
from zhengui.exchange.form_book import filled_form, form_book, read_form
from zhengui.exchange.form_fill import fill_form
from zhengui.exchange.problem import ExchangeProblem
from zhengui.work import Cancelled

ROOT = Path(__file__).parents[2] / "zhengui"
#: What opens a workbook, and the modules in which that happens; of these, whoever calls them from outside is in a child.
OPENING = {
    "Package",
    "read_grid",
    "form_book",
    "fill_form",
    "mark_book",
    "open_book",
    "CalamineWorkbook",
    "word_lines",
}
APART = {
    "archive", "apart", "biff_marks", "books", "cell_marks", "form_book", "form_fill", "handed_back", "many_books",
    "ods_marks", "package", "reading_child", "sheet_grid", "xlsb_marks",
}  # fmt: skip


def hog() -> int:
    return len(bytearray(3_000_000_000))


def sleeper() -> None:
    time.sleep(60)


def busy() -> None:
    while True:
        pass


def slow(seconds: float) -> int:
    """Works a little now and then, as on a computer that is busy with something else."""
    until, turns = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        time.sleep(0.1)
        worked = time.process_time()
        while time.process_time() - worked < 0.02:
            turns += 1
    return turns


def dying() -> None:
    os._exit(3)


def whole(number: int) -> int:
    return number * 2


def test_a_value_comes_back() -> None:
    assert done_apart(whole, 21) == 42


@pytest.mark.parametrize(
    ("deed", "seconds", "words"),
    [(hog, 120, "太大"), (sleeper, 1, "太久"), (busy, 2, "太久"), (dying, 120, "没能读完")],
)
def test_limits_and_a_dying_process_end_in_a_sentence(deed: object, seconds: int, words: str) -> None:
    with pytest.raises(ExchangeProblem, match=words):
        done_apart(deed, limits=Limits(seconds=seconds))  # type: ignore[arg-type]


def test_a_slow_computer_ends_no_good_work() -> None:
    """Counted is what the process works, not what passes on the clock."""
    began = time.monotonic()
    assert done_apart(slow, 6.0, limits=Limits(seconds=4)) > 0
    assert time.monotonic() - began > 4


def test_a_large_file_may_take_longer(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(bytes(2_000_000))
    assert Limits(seconds=30, seconds_more=3).for_file(path).seconds == 36
    assert Limits(seconds=30).for_file(tmp_path / "none.xlsx").seconds == 30


def test_it_can_be_stopped() -> None:
    with pytest.raises(Cancelled):
        done_apart(sleeper, cancelled=lambda: True)


def test_a_form_is_read_and_filled_there_as_here(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    FORMS["formulas"](path)
    data = path.read_bytes()
    assert read_form(data) == form_book(data)
    values = {"月报": {(2, 2): 3}}
    assert filled_form(data, values) == fill_form(data, values)


def test_nothing_else_opens_a_workbook() -> None:
    """A module outside of those that run apart would read it with the program's own memory and time."""
    wrong = []
    for path in ROOT.rglob("*.py"):
        if "reports" in path.parts or (path.parent.name == "exchange" and path.stem in APART):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in OPENING:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert wrong == []
