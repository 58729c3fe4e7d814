"""Slow work never blocks the window, and only the newest answer counts."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhengui.gui.kit.background import Background, JobProgress, Task


@pytest.fixture
def worker() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_answers_arrive_in_the_windows_thread(worker: Background, qtbot: QtBot) -> None:
    got: list[tuple[int, int]] = []
    worker.run(
        lambda _progress: threading.get_ident(), lambda other: got.append((other, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != got[0][1] == threading.get_ident()


def test_only_the_newest_work_of_a_key_answers(worker: Background, qtbot: QtBot) -> None:
    gate, got = threading.Event(), []

    def slow(_progress: JobProgress) -> str:
        gate.wait(5)
        return "old"

    worker.run(slow, got.append, key="table")
    worker.run(lambda _progress: "new", got.append, key="table")
    qtbot.waitUntil(lambda: got == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: worker.resting)
    assert got == ["new"]


def test_trouble_reaches_whoever_listens(worker: Background, qtbot: QtBot) -> None:
    told: list[Exception] = []
    heard: list[Exception] = []
    worker.troubled.connect(heard.append)

    def wrong(_progress: JobProgress) -> None:
        raise ValueError("坏了")

    worker.run(wrong, lambda _nothing: None, told.append)
    worker.run(wrong, lambda _nothing: None)
    qtbot.waitUntil(lambda: bool(told) and bool(heard))
    assert [str(error) for error in (*told, *heard)] == ["坏了", "坏了"]


def test_cancelled_work_stops_at_its_next_step(worker: Background, qtbot: QtBot) -> None:
    started, go_on, steps, got = threading.Event(), threading.Event(), [], []

    def long(progress: JobProgress) -> str:
        for step in range(10):
            steps.append(step)
            started.set()
            go_on.wait(5)
            progress(step, 10)
        return "done"

    task = worker.run(long, got.append)
    started.wait(5)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: worker.resting)
    assert steps == [0]
    assert got == []


def test_busy_is_told_once_for_overlapping_work(worker: Background, qtbot: QtBot) -> None:
    told: list[bool] = []
    worker.busy.connect(told.append)
    worker.run(lambda _progress: 1, lambda _one: None)
    worker.run(lambda _progress: 2, lambda _two: None)
    qtbot.waitUntil(lambda: worker.resting)
    assert told == [True, False]


def _look_at(_held: object, _progress: JobProgress) -> None:
    """Some work that holds something."""


def test_work_that_is_done_is_let_go(worker: Background, qtbot: QtBot) -> None:
    """What a piece of work holds goes with it, however soon it ended, and in the window's thread."""

    class Held:
        def __del__(self) -> None:
            gone.append(threading.get_ident())

    others = {id(each) for each in gc.get_objects() if type(each) is Task}  # windows of other tests
    gone: list[int] = []
    for _ in range(400):
        worker.run(partial(_look_at, Held()), lambda _nothing: None)
    qtbot.waitUntil(lambda: worker.resting)
    worker.wait()
    gc.collect()
    assert gone == [threading.get_ident()] * 400
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert worker.findChildren(Task) == []
    assert not [each for each in gc.get_objects() if type(each) is Task and id(each) not in others]
