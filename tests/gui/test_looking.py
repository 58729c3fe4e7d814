"""Nothing on a page is cut, covered, off the screen or shortened without a tooltip, at the sizes that offices have."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from tests.gui.looking import faults, room_of
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow

#: What stands for the others in the suite; `python -m tests.gui.looking` sees every page of the demo.
PAGES = (
    Place("area:safety", "hazard", 1),
    Place("registers", "village"),
    Place("about", "village", 1),
    Place("figure", "hazards_removed"),
    Place("reporting"),
    Place("system", "words"),
    Place("system", "earlier"),
)


#: The tightest ones; the command sees all seven.
TIGHT = ("1366x768@125", "1366x768@150", "1920x1080@200")


@pytest.mark.parametrize("screen", TIGHT)
def test_pages_fit_every_screen(window: MainWindow, settle: Settle, screen: str) -> None:
    room, _scale = room_of(screen)
    window.resize(room)
    found = []
    for place in PAGES:
        window.go(place)
        settle()
        found += [f"{place.page}: {fault}" for fault in faults(window, room)]
    assert found == []


def test_the_rail_gives_way_and_comes_back(window: MainWindow) -> None:
    window.resize(960, 480)
    assert window.rail.folded
    window.resize(1366, 700)
    assert not window.rail.folded
    window.fold_rail()
    window.resize(960, 480)
    window.resize(1366, 700)
    assert window.rail.folded, "folded by hand, it stays so"


def test_what_is_wrong_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    cut, off = QLabel("这一行文字比它的位置长得多", window), QPushButton("看不见的", window)
    cut.setGeometry(10, 10, 40, 20)
    off.setGeometry(280, 60, 120, 30)
    over, under = QLabel("压在上面", window), QLabel("压在下面", window)
    over.setGeometry(10, 100, 120, 20)
    under.setGeometry(20, 104, 120, 20)
    window.show()
    kinds = {fault.kind for fault in faults(window, window.size())}
    assert kinds == {"cut", "off the screen", "covered"}
    assert faults(window, window.size() / 2)[0].kind == "wider than the screen"
