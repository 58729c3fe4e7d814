"""What pages need is imported before somebody asks for them."""

from __future__ import annotations

import ast
import inspect
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from zhengui.gui.frame import ahead, pages
from zhengui.gui.frame.ahead import Ahead, modules_of


def test_every_page_is_imported_ahead() -> None:
    found = list(modules_of())
    imports = [
        node for node in ast.walk(ast.parse(inspect.getsource(pages))) if isinstance(node, ast.ImportFrom)
    ]
    made = {f"{node.module}" for node in imports if node.module and node.module.startswith("zhengui.gui.")}
    assert len(made) > 10
    assert made <= set(found)
    assert len(found) == len(set(found))


def test_one_after_another_until_all_are_there(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead.gc, "freeze", lambda: None)
    monkeypatch.delitem(sys.modules, "zhengui.gui.kit.plain")
    parent = QObject()
    made = Ahead(parent)
    qtbot.waitUntil(lambda: made.done, timeout=60_000)
    assert "zhengui.gui.kit.plain" in sys.modules
    assert all(name in sys.modules for name in modules_of())
