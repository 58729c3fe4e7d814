"""The log for whoever looks for a fault: by area, with times, and without anything that was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from zhengui import app, debug_log
from zhengui.services.entry import record
from zhengui.services.township.township import create_township


@pytest.fixture(autouse=True)
def _silent_again() -> Iterator[None]:
    yield
    debug_log.switch_off()


def test_the_option_is_taken_out_wherever_it_stands() -> None:
    assert debug_log.asked(["figures", "--debug", "a.zgdb"]) == (["figures", "a.zgdb"], [])
    assert debug_log.asked(["--debug=file,page"]) == ([], ["file", "page"])
    assert debug_log.asked(["figures"]) == (["figures"], None)


def test_what_was_typed_cannot_come_into_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = debug_log.switch_on(["window"], tmp_path)
    debug_log.note("window", "saved 王小明 110101198003051234 13800000000 hazard 12")
    debug_log.note("file", "not asked for")
    told = path.read_text(encoding="utf-8")
    assert re.fullmatch(r" +\d+\.\d{3} window   saved ~ ~ ~ hazard 12\n", told)
    assert capsys.readouterr().err == told


def test_work_is_told_with_its_time_and_its_trouble(tmp_path: Path) -> None:
    path = debug_log.switch_on([], tmp_path)
    township = create_township(tmp_path / "office.zgdb", "试验镇", "王小明")
    township.working_day = date(2021, 3, 1)
    saved = {"name": "白沙村", "kind": "村", "active": True}
    record.save(township, "village", saved)
    with pytest.raises(record.Mistakes):
        record.save(township, "village", {"kind": "村"})
    township.close()
    told = path.read_text(encoding="utf-8")
    assert re.search(r"service  entry\.record\.save \d+\.\d ms\n", told)
    assert re.search(r"service  entry\.record\.save \d+\.\d ms left by Mistakes\n", told)
    assert re.search(r"file     writing \d+\.\d ms\n", told)
    assert not re.search(r"[\u4e00-\u9fff]", told)


def test_it_is_asked_for_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    assert app.main(["catalogue", "--debug=command"]) == 0
    assert re.search(
        r"command  catalogue \d+\.\d ms\n", (tmp_path / debug_log.FILE_NAME).read_text(encoding="utf-8")
    )
    assert app.main(["catalogue", "--debug=paint"]) == 2
    assert "可以写：command、file" in capsys.readouterr().err


def test_without_it_nothing_is_written(tmp_path: Path) -> None:
    with debug_log.Timed("file", "reading"):
        debug_log.note("file", "anything")
    assert list(tmp_path.iterdir()) == []
