"""An error that nobody caught is told in Chinese once, and its report holds nothing that a person typed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from zhengui.gui.kit import crash
from zhengui.gui.kit.crash import LAST_WORDS, REPORTS, Watch, keep_report

SECRET = "张三 330127198001011234"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(
        "zhengui.gui.kit.dialogs.tell", lambda _parent, what, then: heard.append(f"{what}\n{then}")
    )
    return heard


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def watch(qtbot: QtBot, home: Path) -> Iterator[Watch]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Watch(window)
    yield made
    made.stop()


def stumble() -> None:
    raise KeyError(SECRET)


def test_an_error_in_a_click_is_told_once_and_the_window_goes_on(
    qtbot: QtBot, watch: Watch, told: list[str], home: Path
) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    clicks: list[int] = []
    button.clicked.connect(lambda: stumble())
    button.clicked.connect(lambda: clicks.append(1))
    for _again in range(2):
        button.click()
    assert clicks == [1, 1]
    assert len(told) == 1
    assert "已保存的数据不受影响" in told[0]
    (report,) = (home / REPORTS).glob("*.txt")
    text = report.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "stumble" in text
    assert "张三" not in text
    assert "330127" not in text
    assert str(Path.home()) not in text


def test_an_error_in_a_thread_arrives_in_the_window(qtbot: QtBot, watch: Watch, told: list[str]) -> None:
    worker = threading.Thread(target=stumble)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "程序出了问题" in told[0]


def test_the_last_words_of_a_crash_are_told_at_the_next_start(
    watch: Watch, told: list[str], home: Path
) -> None:
    words = 'Fatal Python error: Segmentation fault\n  File "C:\\Users\\张三\\zhengui\\gui\\start.py", line 7 in go\n'
    (home / LAST_WORDS).write_text(words, encoding="utf-8")
    watch.watch_for_the_end()
    assert "上次政规没有正常关闭" in told[0]
    (report,) = (home / REPORTS).glob("*.txt")
    text = report.read_text(encoding="utf-8")
    assert "start.py" in text
    assert "张三" not in text
    watch.stop()
    assert not (home / LAST_WORDS).exists(), "a proper end leaves no words behind"


def test_a_proper_end_is_not_told(watch: Watch, told: list[str], home: Path) -> None:
    (home / LAST_WORDS).write_text("", encoding="utf-8")
    watch.watch_for_the_end()
    assert not told


def test_old_reports_are_cleared_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / REPORTS).mkdir()
    for number in range(15):
        (home / REPORTS / f"20200101-0000{number:02}.txt").write_text("", encoding="utf-8")
    assert keep_report("x") is not None
    assert len(list((home / REPORTS).glob("*.txt"))) == crash.KEPT


def test_a_report_that_cannot_be_written_stops_nothing(home: Path) -> None:
    (home / REPORTS).write_text("a file where the folder should be", encoding="utf-8")
    assert keep_report("x") is None


def test_hooks_are_handed_back(qtbot: QtBot, home: Path) -> None:
    before = sys.excepthook
    window = QWidget()
    qtbot.addWidget(window)
    watch = Watch(window)
    assert sys.excepthook is not before
    watch.stop()
    assert sys.excepthook is before
