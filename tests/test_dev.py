"""The chores of whoever changes the program can be asked for by one word each."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import dev
from zhengui.gui.kit import background

ROOT = Path(dev.__file__).parent


def test_every_chore_is_described() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for chore in ("check", "test", "long", "all", "shot", "profile", "demo"):
        assert f"dev.py {chore}" in str(dev.__doc__)
        assert f"dev.py {chore}" in told


def test_the_tests_of_a_change_are_found() -> None:
    found = dev.tests_of([ROOT / "zhengui" / "services" / "counting" / "compute_figures.py"])
    assert "tests/services/test_figures.py" in found
    assert len(found) <= dev.MOST_TESTS
    own = ROOT / "tests" / "test_dev.py"
    assert dev.tests_of([own]) == ["tests/test_dev.py"]


def test_what_is_tried_at_length_is_what_asks_how_much() -> None:
    asking = {
        str(path.relative_to(ROOT)).replace("\\", "/")
        for path in (ROOT / "tests").rglob("test_*.py")
        if "from tests.long " + "import" in path.read_text(encoding="utf-8")
    }
    assert asking == set(dev.LONG)


def test_an_unknown_chore_is_refused() -> None:
    for words in (["paint"], ["check", "--fast"]):
        with pytest.raises(SystemExit):
            dev.main(words)


def test_whatever_follows_test_goes_to_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "python", lambda *words: run.append(words) or 0)
    for words in (["-k", "clock"], ["tests/test_dev.py", "-x"], ["--help"], []):
        assert dev.main(["test", *words]) == 0
        assert run.pop() == ("-m", "pytest", "-n", "auto", *words)


def test_a_profile_holds_what_workers_did(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_do", background._do)
    profiles, answers = dev.watch_workers(), list[int]()
    at_work = background.Background()
    at_work.run(lambda _progress: sum(range(9)), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    at_work.close()
    (profile,) = profiles
    assert any("work" in str(entry.code) or "sum" in str(entry.code) for entry in profile.getstats())


def test_the_clock_lets_no_further_test_begin() -> None:
    class Session:
        items = (1, 2, 3)
        shouldstop = ""

    class Item:
        session = Session()

    clock = dev.Clock(0)
    clock.pytest_collection_finish(Session())
    clock.begun -= 1
    clock.pytest_runtest_protocol(Item(), None)
    clock.pytest_runtest_logfinish("a", None)
    assert Item.session.shouldstop
    assert clock.left == 2


def test_what_is_profiled_are_commands_of_the_program() -> None:
    from zhengui.cli import parser

    for words in dev.PROFILED.values():
        filled = [word.format(demo="a.zgdb", out="b") for word in words]
        parser().parse_args(filled)


def test_what_judges_one_file_runs_where_that_file_was_changed() -> None:
    class Params:
        def __init__(self, path: Path) -> None:
            self.params = {"path": path}

    class Judging:
        def __init__(self, path: Path) -> None:
            self.callspec = Params(path)

    clock = dev.Clock(1, [ROOT / "dev.py"])
    assert clock.concerns(Judging(ROOT / "dev.py"))
    assert not clock.concerns(Judging(ROOT / "main.py"))
    assert clock.concerns(Judging(Path("/elsewhere/a.py")))
    assert clock.concerns(object()), "a test of no file at all"
