"""The tour of the demo: ten steps, each with a place that exists, told done when it was done, ended at any time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.gui.conftest import Settle
from tests.gui.looking import faults
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.frame.tour import STEPS, Tour
from zhengui.services.entry.record import save
from zhengui.services.township.township import WORKING_DAY, Township


@pytest.fixture
def tour(window: MainWindow, settle: Settle) -> Tour:
    window.commands.begin_tour()
    settle()
    made = window.commands.tour
    assert made is not None
    return made


@pytest.fixture(autouse=True)
def _demo(township: Township) -> None:
    """A file that stands still on a day, as the demo's does."""
    township.keep_setting(WORKING_DAY, "2021-12-06")


def test_it_is_offered_where_the_file_is_a_demo(window: MainWindow) -> None:
    assert window.toast is not None
    assert "演示镇" in window.toast.text
    assert "tour" in {each.action.id for each in window.commands.actions() if each.when()}


def test_ten_steps_lead_from_place_to_place(tour: Tour, window: MainWindow, settle: Settle) -> None:
    assert len(STEPS) == 10
    assert 0 in tour._done, "the overview is where one begins"
    assert not tour.before.isEnabled()
    for step in range(1, len(STEPS)):
        tour.on.click()
        settle()
        told = STEPS[step]
        assert tour.at == step
        assert tour.title.text() == told.title
        assert window.navigation is not None
        assert told.place is not None
        assert window.navigation.place == told.place
        assert (step in tour._done) is not bool(told.saved)
    assert [fault for fault in faults(tour) if fault.kind != "covered"] == []
    tour.on.click()
    assert window.commands.tour is None
    assert not tour.isVisible()


def test_a_step_is_done_by_saving(tour: Tour, township: Township, window: MainWindow, settle: Settle) -> None:
    tour.show_step(2)
    assert tour.state.text() == "保存以后就算做完"
    values = {"found_on": date(2021, 5, 6), "village": 1, "field": "校园", "grade": "一般", "place": "学校"}
    save(township, "hazard", {**values, "detail": "线路老化"})
    window.desk.saved.emit("letter")  # type: ignore[union-attr]
    assert 2 not in tour._done
    window.desk.saved.emit("hazard")  # type: ignore[union-attr]
    assert tour.state.text() == "这一步做完了"


def test_it_ends_at_any_time_and_begins_again(tour: Tour, window: MainWindow) -> None:
    tour.end.click()
    assert window.commands.tour is None
    window.commands.begin_tour()
    assert window.commands.tour is not None
    assert window.commands.tour.at == 0
