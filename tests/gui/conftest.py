"""A real window on a real, small, invented township."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk import tabs
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.form import record_form
from zhengui.gui.form.questions import Answer
from zhengui.gui.frame.main_window import MainWindow
from zhengui.gui.frame.opening import desk_for
from zhengui.gui.kit import style
from zhengui.gui.kit.background import Background
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.storage.records import record as records

P = TypeVar("P", bound=Page)
TODAY = date(2021, 12, 6)
VILLAGES = ("青石村", "柳塘村", "白沙村")
GRADES = ("一般", "较大", "重大")
#: Hazards by place: month found, village, cost in 分, how far the loop has come, due date.
HAZARDS = (
    ("青石小学校门口", 3, 1, 320_000, 4, date(2021, 4, 1)),
    ("白沙综合市场消防通道", 11, 3, 1_860_000, 1, date(2021, 11, 30)),
    ("柳塘砖厂用电线路", 11, 2, None, 1, date(2021, 12, 10)),
    ("河口渡口救生设备", 10, 1, 645_000, 2, date(2021, 12, 30)),
    ("龙潭水库溢洪道护栏", 9, 3, 2_200_000, 3, date(2021, 12, 8)),
    ("桃园幼儿园厨房燃气", 5, 2, 138_000, 0, date(2022, 1, 9)),
)
STEPS = ("assigned_on", "rectified_on", "verified_on", "closed_on")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    style.put_on(qapp)


def fill(township: Township) -> None:
    """Villages and hazards, invented."""
    with township.database.writing() as conn:
        villages = [
            {"name": n, "kind": "村", "active": True, "sort_order": i} for i, n in enumerate(VILLAGES)
        ]
        records.insert_many(conn, township.tables, "village", villages, "试验员")
        rows = []
        for number, (place, month, village, cost, steps, due) in enumerate(HAZARDS):
            row = {"found_on": date(2021, month, 2), "village": village, "place": place, "cost": cost}
            row |= {"field": "校园", "grade": GRADES[number % 3], "detail": "需要整改", "due_on": due}
            row |= {key: date(2021, month, 3 + n) for n, key in enumerate(STEPS[:steps])}
            rows.append(row)
        records.insert_many(conn, township.tables, "hazard", rows, "试验员")


def _template(folder: Path, catalogue: Catalogue, full: bool) -> Path:
    """A township's file made once, for every test to have a copy of."""
    made = create_township(folder / "试验镇.zgdb", "试验镇", "试验员", catalogue)
    if full:
        fill(made)
    made.close()
    return folder


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    return _template(tmp_path_factory.mktemp("empty"), catalogue, full=False)


@pytest.fixture(scope="session")
def full_file(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    return _template(tmp_path_factory.mktemp("full"), catalogue, full=True)


def _copied(source: Path, target: Path, catalogue: Catalogue) -> Township:
    shutil.copytree(source, target)
    township = open_township(target / "试验镇.zgdb", catalogue=catalogue)
    township.working_day = TODAY
    return township


@pytest.fixture
def empty_township(empty_file: Path, tmp_path: Path, catalogue: Catalogue) -> Iterator[Township]:
    township = _copied(empty_file, tmp_path / "empty", catalogue)
    yield township
    township.close()


@pytest.fixture
def township(full_file: Path, tmp_path: Path, catalogue: Catalogue) -> Iterator[Township]:
    township = _copied(full_file, tmp_path / "full", catalogue)
    yield township
    township.close()


Settle = Callable[[], None]
#: What is done before a test's windows are closed.
ENDING = pytest.StashKey[Callable[[], None]]()


@pytest.fixture
def troubles() -> list[Exception]:
    return []


@pytest.fixture
def background(troubles: list[Exception]) -> Iterator[Background]:
    made = Background()
    made.troubled.connect(troubles.append)
    yield made
    made.close()
    assert troubles == []


@pytest.fixture
def settle(qtbot: QtBot, background: Background) -> Settle:
    """Wait until nothing is under way, timers that come to rest included."""

    def wait() -> None:
        for _round in range(2):
            qtbot.wait(30)
            qtbot.waitUntil(lambda: background.resting, timeout=60_000)
        # What an answer has just put on a page is laid out by the events that wait behind it.
        QApplication.processEvents()

    return wait


def open_window(qtbot: QtBot, township: Township, background: Background) -> MainWindow:
    window = MainWindow(tabs.groups(township.catalogue))
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 704)
    window.attach(desk_for(township, window, background))
    return window


@pytest.fixture(autouse=True)
def _ends_without_a_question(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may leave something typed in a form: its window closes at the end without asking, or nobody would answer."""

    def ending() -> None:
        monkeypatch.setattr(record_form, "ask_unsaved", lambda *_told: Answer.DISCARD)

    request.node.stash[ENDING] = ending


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Before the windows are closed, which is the first thing that pytest-qt does here."""
    item.stash.get(ENDING, lambda: None)()
    yield


@pytest.fixture
def window(qtbot: QtBot, township: Township, background: Background, settle: Settle) -> MainWindow:
    made = open_window(qtbot, township, background)
    settle()
    return made


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def page_at(window: MainWindow, settle: Settle, kind: type[P], place: Place | None = None) -> P:
    """The page in front, of this kind, once it has come to rest; gone to first where a place is given."""
    if place is not None:
        window.go(place)
    settle()
    assert window.navigation is not None
    page = window.navigation.current
    assert isinstance(page, kind)
    return page
