"""A demo township and its report page, without a window around it."""

from __future__ import annotations

from datetime import date

import pytest

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import Place
from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.kit import style
from zhengui.gui.kit.background import Background
from zhengui.gui.report.report_page import ReportPage
from zhengui.services.township.page_settings import ReportSettings, keep_settings
from zhengui.services.township.township import open_township
from zhengui.services.whole.demo import make_demo

SHIPPED = ReportSettings(system_faces=False)


@pytest.fixture(scope="session")
def look(qapp):
    style.put_on(qapp)


@pytest.fixture(scope="session")
def township(tmp_path_factory):
    """One demo for all tests, so that its figures are computed once."""
    opened = open_township(make_demo(tmp_path_factory.mktemp("demo"), scale=0.1, pdf=False).database)
    opened.working_day = date(2021, 12, 31)
    yield opened
    opened.close()


@pytest.fixture
def desk(township, qapp):
    keep_settings(township, SHIPPED)
    background = Background()
    yield Desk(township, ChosenScope(2021), background)
    background.close()


@pytest.fixture
def page(qtbot, desk, look):
    made = ReportPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    made.arrive(Place("report"))
    rest(qtbot, desk)
    return made


def rest(qtbot, desk):
    """Wait until the worker's answer has arrived."""
    for _ in range(200):
        desk.background.wait(50)
        qtbot.wait(10)
        if desk.background.resting:
            return
    raise AssertionError("the work did not end")
