"""Random use of the window leaves nothing behind; for half an hour: `python -m tests.safety leaks 30`."""

from __future__ import annotations

import time

from tests.safety import leaks
from zhengui.gui.desk.desk import Desk
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background


def test_widgets_do_not_grow(window: MainWindow, desk: Desk, background: Background) -> None:
    hand = leaks.Hand(window, desk, background)
    for page in window.rail.order:
        desk.go(page)
        hand.rest()
    begun = time.monotonic()
    for _round in range(30):
        hand.act()
    first = leaks.seen(hand, begun)
    for _round in range(30):
        hand.act()
    last = leaks.seen(hand, begun)
    hand.stop()
    # A page that is seen for the first time comes in once; what comes with each visit would double.
    assert last.widgets < first.widgets * 1.3, (first, last)
