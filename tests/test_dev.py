"""The chores of whoever changes the program can be asked for by one word each."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent


def test_every_chore_is_described() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for chore in ("check", "test", "all", "shot", "profile", "demo"):
        assert f"dev.py {chore}" in str(dev.__doc__)
        assert f"dev.py {chore}" in told


def test_the_tests_of_a_change_are_found() -> None:
    found = dev.tests_of([ROOT / "zhengui" / "services" / "counting" / "compute_figures.py"])
    assert "tests/services/test_figures.py" in found
    assert len(found) <= dev.MOST_TESTS
    own = ROOT / "tests" / "test_dev.py"
    assert dev.tests_of([own]) == ["tests/test_dev.py"]


def test_an_unknown_chore_is_refused() -> None:
    with pytest.raises(SystemExit):
        dev.main(["paint"])


def test_what_is_profiled_are_commands_of_the_program() -> None:
    from zhengui.cli import parser

    for words in dev.PROFILED.values():
        filled = [word.format(demo="a.zgdb", out="b") for word in words]
        parser().parse_args(filled)
