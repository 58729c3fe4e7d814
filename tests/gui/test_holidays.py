"""节假日: a pasted notice is kept and told in a sentence, one that can't be read says why and is not lost."""

from __future__ import annotations

import pytest

from tests.gui.conftest import Settle
from zhengui.gui.desk.place import Place
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.system.holiday_panel import HolidayPanel
from zhengui.services.township.township import Township
from zhengui.services.township.work_calendar import notice_of


@pytest.fixture
def panel(window: MainWindow, settle: Settle) -> HolidayPanel:
    window.go(Place("system", "holidays"))
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert page is not None
    return page.findChildren(HolidayPanel)[0]


def test_a_pasted_notice_is_kept(panel: HolidayPanel, township: Township) -> None:
    year = max(panel.boxes)
    panel.boxes[year].setPlainText("1月1日至3日放假。1月4日上班。")
    panel.keep(year)
    assert panel.told[year].text() == "按填入的通知：放假 3 天，调休上班 1 天。"
    assert notice_of(township, year).startswith("1月1日")
    panel.refresh()
    assert panel.boxes[year].toPlainText().startswith("1月1日")


def test_what_cannot_be_read_stays_in_the_box(
    panel: HolidayPanel, township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = min(panel.boxes)
    panel.boxes[year].setPlainText("2月30日放假")
    panel.keep(year)
    assert "没有2月30日这一天" in panel.told[year].text()
    assert panel.told[year].property("role") == "err"
    assert panel.boxes[year].toPlainText() == "2月30日放假"
    assert not notice_of(township, year)
    asked: list[str] = []
    monkeypatch.setattr(
        "zhengui.gui.system.holiday_panel.ask", lambda _panel, what, *_rest: bool(asked.append(what))
    )
    assert not panel.can_leave()
    assert str(year) in asked[0]
