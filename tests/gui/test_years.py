"""The window shows each year's areas, ledgers and fields: an own area from its year on, a retired one before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from zhengui.figures.period import year
from zhengui.gui.area.page import AreaPage
from zhengui.gui.desk import tabs
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.frame.opening import desk_for
from zhengui.gui.kit.background import Background
from zhengui.gui.system.catalogue_panel import CataloguePanel
from zhengui.services.township.own_catalogue import add_entries, own_entries, retire
from zhengui.services.township.township import Township, create_township, open_township

FOREST = Path(__file__).parents[1] / "services" / "forest.toml"


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    path = tmp_path / "甲.zgdb"
    made = create_township(path, "甲镇", "李文")
    add_entries(made, "forest.toml", FOREST.read_text(encoding="utf-8"))
    retire(made, "party_history", 2022)
    retire(made, "letter", 2022)
    made.close()
    again = open_township(path)
    again.working_day = date(2022, 5, 1)
    yield again
    again.close()


@pytest.fixture
def window(township: Township, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(tabs.groups(township.catalogue))
    qtbot.addWidget(made)
    background = Background()
    desk = desk_for(township, made, background)
    made.attach(desk)
    made.show()
    yield made
    background.close()


def test_the_rail_and_the_pages_follow_the_year(window: MainWindow, township: Township, qtbot: QtBot) -> None:
    desk = window.desk
    assert desk is not None
    desk.scope.set_period(year(2022))
    assert "area:forest" in window.rail.order
    assert "area:party_history" not in window.rail.order
    desk.go("area:rectification")
    page = window.navigation.current if window.navigation else None
    assert isinstance(page, AreaPage)
    assert "letter" not in page._ledgers
    desk.scope.set_period(year(2020))
    assert "area:forest" not in window.rail.order
    assert "area:party_history" in window.rail.order
    assert "letter" in page._ledgers
    assert "forest_note" in {field.key for field in desk.catalogue.ledgers["letter"].live_fields}


def test_flaws_are_told_with_what_to_do(window: MainWindow, township: Township, qtbot: QtBot) -> None:
    desk = window.desk
    assert desk is not None
    panel = CataloguePanel(desk)
    qtbot.addWidget(panel)
    panel._show((["own.toml：台账 x：缺少 title，请补上"], [], ["forest.toml"]))
    told = [each.text() for each in panel.findChildren(QLabel) if not each.isHidden()]
    assert "own.toml：台账 x：缺少 title，请补上" in told
    assert "forest.toml" in told


def test_an_area_is_switched_off_and_on_in_one_place(
    window: MainWindow, township: Township, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window.desk
    assert desk is not None
    panel = CataloguePanel(desk)
    qtbot.addWidget(panel)
    panel.refresh()
    opened: list[object] = []
    desk.opened.connect(opened.append)
    monkeypatch.setattr("zhengui.gui.system.catalogue_panel.ask", lambda *_: False)
    panel.switches["epidemic"].click()
    assert opened == []
    monkeypatch.setattr("zhengui.gui.system.catalogue_panel.ask", lambda *_: True)
    panel.switches["epidemic"].click()
    assert opened == [township.path]
    assert "epidemic" in "".join(own_entries(township).values())
