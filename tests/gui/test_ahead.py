"""What pages need is imported before somebody asks for them."""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from zhengui.gui.frame import garbage, pages
from zhengui.gui.frame.ahead import Ahead


def test_one_after_another_until_all_are_there(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    frozen: list[bool] = []
    monkeypatch.setattr(garbage, "_settled", set())
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    for name, way in pages.CLASSES.items():
        monkeypatch.setitem(pages.CLASSES, name, lambda name=name, way=way: asked.append(name) or way())
    parent = QObject()
    made = Ahead(parent)
    assert not made.done
    qtbot.waitUntil(lambda: made.done, timeout=60_000)
    assert asked == list(pages.CLASSES)
    assert "zhengui.gui.area.page" in sys.modules
    assert frozen == [True]
