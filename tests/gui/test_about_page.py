"""全部情况: a village's page and a household's, from its record to its printed card, in a real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle
from zhengui.figures.period import year
from zhengui.gui.area.about_page import FIGURES, AboutPage
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township
from zhengui.services.whole.record_card import card_of, document_of


@pytest.fixture
def household(township: Township) -> int:
    """A household with a member, a toilet of its own and a visit to the member's household."""
    made = save(township, "household", {"village": 1, "head": "周虚构", "members": 2, "active": True}).id
    person = {"name": "周小虚", "sex": "女", "household": made, "village": 1}
    save(township, "person", person)
    found = {"household": made, "problem": "无法使用", "found_on": date(2021, 5, 6)}
    save(township, "toilet_problem", found)
    watched = {"household": made, "class": "脱贫户", "from_on": date(2020, 1, 5), "members": 2}
    save(township, "monitored_household", watched)
    return made


def shown(window: MainWindow) -> AboutPage:
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, AboutPage)
    return page


def test_a_household_has_one_line_of_time(township: Township, household: int) -> None:
    card = card_of(township, "household", household, year(2021))
    assert [(each.when, each.ledger) for each in card.happenings] == [
        ("2021-05-06", "toilet_problem"),
        ("2020-01-05", "monitored_household"),
    ]
    assert card.happenings[0].state == "未销号"
    assert ("person", "人员", 1) in card.counts
    assert "农户情况卡" in document_of(township, card).title_text


def test_a_village_s_card_prints_figures_and_what_is_open(township: Township) -> None:
    card = card_of(township, "village", 1, year(2021))
    assert card.kind == "村情卡"
    assert {each.key for each in card.figures} >= {"hazards_removed", "hazards_found"}
    told = document_of(township, card)
    assert told.title_text == "青石村村情卡"
    printed = repr(told)
    assert "河口渡口救生设备" in printed
    assert "青石小学校门口" not in printed, "it was closed"


def test_the_page_opens_from_the_row_and_leads_on(
    window: MainWindow, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    window.go(Place("registers", "village"))
    settle()
    assert window.navigation is not None
    registers = window.navigation.current
    assert registers is not None
    registers.view.deeds.show_about()  # type: ignore[attr-defined]
    settle()
    page = shown(window)
    assert page.card is not None
    assert (page.card.name, page.printing.text()) == ("青石村", "打印村情卡…")
    assert page.tabs.keys == ["happened", FIGURES]
    page.save(tmp_path / "card.pdf")
    settle()
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    links = [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]
    assert "隐患 2 条" in links
    page._choose(FIGURES)
    page._open(0)
    settle()
    assert window.navigation.place == Place("figure", page.card.figures[0].key)
    window.navigation.step(-1)
    settle()
    page = shown(window)
    page._choose("happened")
    page._open(0)
    settle()
    first = page.card.happenings[0] if page.card is not None else None
    assert first is not None
    assert window.navigation.place == Place("area:safety", first.ledger, first.record)


def test_the_form_leads_there_too(window: MainWindow, settle: Settle) -> None:
    window.go(Place("registers", "village", 2))
    settle()
    assert window.navigation is not None
    registers = window.navigation.current
    assert registers is not None
    menu = registers.form.form.header.menu  # type: ignore[attr-defined]
    next(each for each in menu.actions() if each.text() == "全部情况").trigger()
    settle()
    page = shown(window)
    assert page.card is not None
    assert page.card.name == "柳塘村"
