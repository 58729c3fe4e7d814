"""A test that fails leaves pictures of its windows, and of a page that is not the one that was wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests import pictures


def test_open_windows_are_kept(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGUI_PICTURES", str(tmp_path / "kept"))
    window = QLabel("排查整治")
    qtbot.addWidget(window)
    assert pictures.keep_windows("tests/gui/test_x.py::test_y[1]") == []
    window.show()
    (kept,) = pictures.keep_windows("tests/gui/test_x.py::test_y[1]")
    assert kept.name == "gui-test_x-py-test_y-1-0.png"
    assert Image.open(kept).size == (window.width(), window.height())


def test_a_difference_shows_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGUI_PICTURES", str(tmp_path))
    wanted = Image.new("RGB", (20, 10), "white")
    seen = wanted.copy()
    seen.putpixel((7, 3), (0, 0, 0))
    *_both, where = pictures.keep_difference("tests/a.py::b", seen, wanted)
    differing = Image.open(where)
    assert differing.getbbox() == (7, 3, 8, 4)
