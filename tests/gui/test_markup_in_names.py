"""Names that look like markup are shown as they were typed, by every widget of every page, and open no file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Settle, open_window
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.tabs import inner_titles
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.kit.background import Background
from zhengui.gui.system.page import PANELS
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township

MARK = "<img src='偷看.png'>"
#: What may stand behind a name for the eyes: escaped, it is no markup any more.
_READ_AS_MARKUP = "<img"


@pytest.fixture
def window(
    qtbot: QtBot, empty_township: Township, background: Background, settle: Settle
) -> Iterator[MainWindow]:
    township = empty_township
    for number in (1, 2):
        save(township, "village", {"name": f"<b>村{number}</b>", "kind": "村", "active": True})
    save(township, "village", {"name": MARK, "kind": "村", "active": True})
    save(township, "department", {"name": f"{MARK}站", "active": True})
    save(township, "official", {"name": f"{MARK}员", "department": 1, "active": True})
    save(township, "person", {"name": f"{MARK}人", "village": 3, "sex": "男"})
    item = {"village": 3, "found_on": date(2021, 3, 1), "field": "校园", "grade": "一般", "department": 1}
    item |= {"due_on": date(2021, 4, 1), "detail": MARK, "measure_taken": f"{MARK}整改", "responsible": 1}
    save(township, "hazard", {**item, "place": f"{MARK}门口"})
    plan = {"plan_year": 2021, "part": "民生", "wording": f"{MARK}修路。", "due_on": date(2021, 5, 1)}
    save(township, "plan_item", {**plan, "status": "未开始", "department": 1})
    made = open_window(qtbot, township, background)
    settle()
    yield made
    made.close()


def faults(window: QWidget) -> set[str]:
    """The widgets that would draw a name as markup, in their own words or in what the mouse is told."""
    found = set()
    for each in [window, *window.findChildren(QWidget)]:
        where = f"{type(each).__name__} < {type(each.parentWidget()).__name__}"
        if isinstance(each, QLabel) and each.textFormat() != Qt.TextFormat.PlainText and obeyed(each.text()):
            found.add(f"{where} shows {each.text()[:60]}")
        for tip in (each.toolTip(), each.statusTip(), each.whatsThis()):
            if obeyed(tip):
                found.add(f"{where} tells {tip[:60]}")
        model = each.model() if isinstance(each, QAbstractItemView) else None
        if model is not None:
            found |= {f"{where} tells {tip[:60]}" for tip in tips(model) if obeyed(tip)}
    return found


def obeyed(text: str) -> bool:
    """Whether Qt would read a text as markup that holds a name's picture: it goes by the tags of the first line."""
    return _READ_AS_MARKUP in text and "<" in text.split("\n")[0]


def columns(model: QAbstractItemModel) -> int:
    """How many columns of a model are looked at; a list has one and can't be asked."""
    return 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), 40)


def tips(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(), 50)):
        for column in range(columns(model)):
            for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole):
                yield str(model.data(model.index(row, column), role) or "")


def shown(window: QWidget) -> bool:
    """Whether the name stands anywhere, so that a page that hides it is no proof."""
    texts = [each.text() for each in window.findChildren(QLabel)]
    for each in window.findChildren(QAbstractItemView):
        model = each.model()
        if model is not None:
            for row in range(min(model.rowCount(), 20)):
                texts += [str(model.index(row, column).data() or "") for column in range(columns(model))]
    return any(MARK in text for text in texts)


def places(desk: Desk, window: MainWindow) -> Iterator[tuple[str, str, int]]:
    yield from ((page, "", 0) for page in window.rail.order)
    yield from (("system", key, 0) for key in PANELS)
    yield from (("forms", key, 0) for key in inner_titles("forms"))
    yield from (("about", "village", 3), ("about", "person", 1), ("figure", "hazards_found", 0))


def test_no_widget_of_any_page_obeys_a_name(window: MainWindow, settle: Settle) -> None:
    desk = window.desk
    assert desk is not None
    found: set[str] = set()
    showing = []
    for place in places(desk, window):
        desk.go(*place)
        settle()
        found |= {f"{place}: {each}" for each in faults(window)}
        if shown(window):
            showing.append(place)
    for ledger in ("village", "department", "official", "person", "hazard", "plan_item"):
        desk.go_to_ledger(ledger, 3 if ledger == "village" else 1)
        settle()
        found |= {f"{ledger}: {each}" for each in faults(window)}
        assert shown(window), ledger
    assert window.toast is not None
    window.toast.say(f"已保存{MARK}")
    desk.told.emit(MARK)
    window.context.search.setText("img")
    QApplication.processEvents()
    settle()
    for top in QApplication.topLevelWidgets():
        found |= faults(top)
    assert not found, "\n".join(sorted(found))
    assert len(showing) > 5, showing


def test_what_would_be_obeyed_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    label = QLabel(MARK, host)
    assert faults(host)
    label.setTextFormat(Qt.TextFormat.PlainText)
    assert not faults(host)
    label.setToolTip(MARK)
    assert faults(host)
