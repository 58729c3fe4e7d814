"""What pages need is imported before somebody asks for them."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from zhengui.gui.frame import garbage, pages
from zhengui.gui.frame.ahead import Ahead

ROOT = Path(__file__).resolve().parents[2]


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


def test_importing_a_module_does_not_read_its_source() -> None:
    """PySide would, for a spelling of Qt's names that nothing here asks for."""
    code = (
        "import linecache, zhengui.gui.frame.main_window\n"
        "assert not [name for name in linecache.cache if 'zhengui' in name], list(linecache.cache)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    own = list((ROOT / "zhengui").rglob("*.py"))
    assert own
    assert not [path for path in own if "__feature__" in path.read_text(encoding="utf-8")]
