"""Garbage is looked for in the window's thread, and found."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from zhengui.gui.frame import garbage as sweeping
from zhengui.gui.frame.garbage import Garbage


class Ring:
    """An object that only a collector can let go."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector_restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sweeping, "_settled", set())
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("collector_restored")
def test_workers_never_collect_and_the_window_does(qtbot: QtBot) -> None:
    parent = QObject()
    garbage = Garbage(parent)
    assert not gc.isenabled()
    ring = weakref.ref(Ring())
    kept: list[list[int]] = []
    worker = threading.Thread(target=lambda: kept.extend([n] for n in range(gc.get_threshold()[0] * 3)))
    worker.start()
    worker.join()
    assert ring() is not None
    garbage.look()
    assert ring() is None


@pytest.mark.usefixtures("collector_restored")
def test_what_stays_is_gone_through_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    garbage = Garbage(parent)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1000))
    ring = weakref.ref(Ring())
    garbage.look()
    assert ring() is None
    kept = gc.get_freeze_count()
    assert kept > 1000
    later = weakref.ref(Ring())
    garbage.look()
    assert later() is None, "what came since is still looked through"
    assert gc.get_freeze_count() == kept


@pytest.mark.usefixtures("collector_restored")
def test_a_second_window_sets_nothing_apart(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = QObject(), QObject()
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1000))
    Garbage(first).look()
    ring = Ring()
    told = weakref.ref(ring)
    later = Garbage(second)
    later.look()
    del ring
    later.look()
    assert told() is None, "what belonged to a window is let go with it"
