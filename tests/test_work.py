"""Workers that let the window answer somebody first."""

from __future__ import annotations

from threading import Thread

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from zhengui import work
from zhengui.gui.frame.guard import Guard


class Clock:
    """Stands for the module `time`: to sleep moves it on."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self.while_asleep = lambda: None

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        self.while_asleep()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(work, "time", made)
    monkeypatch.setattr(work._Window, "until", 0.0)
    return made


def in_worker() -> None:
    worker = Thread(target=work.give_way)
    worker.start()
    worker.join(10)
    assert not worker.is_alive()


def test_a_worker_waits_while_the_window_answers(clock: Clock) -> None:
    in_worker()
    assert clock.slept == []
    work.input_came()
    in_worker()
    assert clock.now == pytest.approx(100.05)
    in_worker()
    assert clock.now == pytest.approx(100.05), "nothing came since"


def test_a_worker_is_not_held_up_for_good(clock: Clock) -> None:
    clock.while_asleep = work.input_came
    work.input_came()
    in_worker()
    assert clock.now == pytest.approx(100.15), "somebody who types on and on"


def test_the_window_never_waits_for_itself(clock: Clock) -> None:
    work.input_came()
    work.give_way()
    assert clock.slept == []


def test_keys_and_clicks_go_first_and_the_moving_mouse_does_not(clock: Clock) -> None:
    guard = Guard.__new__(Guard)
    here, none = QPointF(1, 1), Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(
        QEvent.Type.MouseMove, here, here, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, none
    )
    Guard.eventFilter(guard, QObject(), moved)
    assert work._Window.until == 0.0
    Guard.eventFilter(guard, QObject(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none, "a"))
    assert work._Window.until == pytest.approx(100.05)
