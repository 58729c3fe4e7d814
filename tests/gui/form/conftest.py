"""A small invented township and the form panel over it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.fresh import fresh_township
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.kit import style
from zhengui.services.entry import record

TODAY = date(2021, 12, 6)


@pytest.fixture(scope="session")
def look(qapp):
    style.put_on(qapp)


@pytest.fixture
def township(tmp_path):
    made = fresh_township(tmp_path / "invented.zgdb", "云岭镇", "李文娟")
    made.working_day = TODAY
    for name in ("青石村", "白沙村"):
        record.save(made, "village", {"name": name, "kind": "村", "active": True})
    record.save(made, "official", {"name": "刘晓梅", "active": True})
    yield made
    made.close()


@pytest.fixture
def hazard(township):
    """An invented hazard, assigned and overdue."""
    values = {
        "found_on": date(2021, 11, 2), "village": 2, "field": "交通", "grade": "较大", "place": "白沙市场",
        "detail": "消防通道被占用", "cost": 1860000, "assigned_on": date(2021, 11, 3), "due_on": date(2021, 11, 30),
    }  # fmt: skip
    return record.save(township, "hazard", values).id


@pytest.fixture
def panel(qtbot, township, look):
    made = FormPanel(township)
    qtbot.addWidget(made)
    made.resize(364, 620)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.form.drafts.rest()
