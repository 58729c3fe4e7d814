"""The look: tokens filled in, text that can be read, drawings that exist."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk import tabs as rail_tabs
from zhengui.gui.home.trend_chart import grid_step
from zhengui.gui.kit import icons, style
from zhengui.gui.kit.loop_ring import QUARTERS
from zhengui.paths import resource

READABLE = 4.5
PAIRS = [
    ("ink1", "surf"), ("ink2", "surf"), ("ink2", "bg"), ("ink3", "surf"), ("ink3", "bg"), ("ink3", "surf2"),
    ("ink3", "hover"), ("ink3", "actbg"), ("onfill", "act"), ("act", "surf"), ("act", "actbg"), ("act", "bg"),
    ("onfill", "brand"), ("over", "surf"), ("over", "overbg"), ("over", "actbg"), ("warn", "surf"),
    ("warn", "warnbg"), ("ok", "surf"), ("ok", "okbg"), ("rev", "revbg"), ("toast", "ink1"),
]  # fmt: skip


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    lighter, darker = sorted((luminance(style.colour(c)) for c in (text, ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= READABLE


@pytest.mark.parametrize("large", [False, True])
def test_style_sheet_is_filled_in(large: bool) -> None:
    sheet = style.sheet(large)
    assert not re.search(r"@\w|#\w+#|\$style", sheet.partition("*/")[2])
    for path in re.findall(r"url\(([^)]+)\)", sheet):
        assert resource("style").as_posix() in path
    assert ("16px" if large else "12px") in sheet


def test_nothing_is_set_under_twelve_pixels(qapp: QApplication) -> None:
    assert min(style.text_size(role) for role in style.tokens()["text"]) >= 12


def test_every_tab_has_its_own_drawing(qapp: QApplication, catalogue: Catalogue) -> None:
    tabs = [tab for group in rail_tabs.groups(catalogue) for tab in group.tabs] + list(rail_tabs.PINNED)
    for tab in tabs:
        assert list(resource("icons").glob(f"{tab.icon}_*_regular.svg")), tab.icon
        assert len(tab.title) <= 6


def test_drawings_take_the_colour_asked_for(qapp: QApplication) -> None:
    image = icons.pixmap("home", 20, "over", ratio=2.0).toImage()
    assert (image.width(), image.height()) == (40, 40)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {style.colour("over").name()}
    assert not QPixmap(icons.pixmap("no_such_drawing", 16)).isNull()


def test_every_state_of_the_loop_has_its_ring() -> None:
    from zhengui.catalogue.closed_loop import LOOP_STATES

    assert set(QUARTERS) == set(LOOP_STATES)
    assert list(QUARTERS.values()) == sorted(QUARTERS.values())


@pytest.mark.parametrize(("highest", "step"), [(132, 50), (3, 1), (0, 1), (28, 10), (8640, 5000)])
def test_grid_lines_are_round_numbers(highest: float, step: float) -> None:
    assert grid_step(highest) == step
    assert 2 <= -(-highest // step) <= 4 or highest == 0
