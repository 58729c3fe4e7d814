"""The first start founds an office; later starts remember."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk import tabs
from zhengui.gui.frame.opening import free_path, working_year
from zhengui.gui.frame.start import Session, after_first_frame
from zhengui.gui.kit import memory
from zhengui.gui.kit.memory import Memory
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.opening.first_start import Choice, FirstStart
from zhengui.services.township.township import Township
from zhengui.services.whole.found_office import NewOffice, Village
from zhengui.storage.problem import StorageProblem

OFFICE = NewOffice(
    "云岭镇", "镇", "云岭镇人民政府", "中共云岭镇委员会", "李试", (Village("白沙村", "村"),), 202111
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def session(home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Session]:
    made = Session(qapp)
    qtbot.addWidget(made.window)
    yield made
    qapp.aboutToQuit.disconnect(made._remember)
    made.background.close()
    if made.desk is not None:
        made.desk.township.close()


def test_a_new_township_opens_and_is_remembered(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: FirstStart) -> int:
        dialog.choice = Choice(office=OFFICE)
        return 1

    monkeypatch.setattr(FirstStart, "exec", answer)
    session.begin(None)
    qtbot.waitUntil(lambda: session.desk is not None and session.background.resting, timeout=20_000)
    assert session.desk is not None
    assert session.desk.township.operator == "李试"
    assert session.window.windowTitle().startswith("云岭镇")
    assert Path(memory.recall().last).name == "云岭镇.zgdb"
    assert free_path("云岭镇").name == "云岭镇2.zgdb"


def test_a_backup_begins_a_file_of_its_own(
    session: Session,
    qtbot: QtBot,
    home: Path,
    tmp_path: Path,
    township: Township,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from zhengui.services.township.keep_backup import back_up_now

    copy = back_up_now(township, tmp_path / "U盘" / "云岭镇-2021-12-30.zgdb")
    before = copy.read_bytes()
    answers = [Choice(backup=copy)]
    monkeypatch.setattr(FirstStart, "exec", lambda dialog: setattr(dialog, "choice", answers.pop()) or 1)
    session.ask()
    qtbot.waitUntil(lambda: session.desk is not None and session.background.resting, timeout=20_000)
    assert session.desk is not None
    assert session.desk.township.path == home / "云岭镇.zgdb"
    assert copy.read_bytes() == before


def test_a_backup_without_its_key_is_told_and_asked_again(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("zhengui.gui.kit.trouble.tell", lambda _parent, _what, then: told.append(then))
    spoilt = tmp_path / "云岭镇-2021-12-30.zgdb"
    spoilt.write_text("no database", encoding="utf-8")
    answers: list[Choice | None] = [None, Choice(backup=spoilt)]
    monkeypatch.setattr(FirstStart, "exec", lambda dialog: setattr(dialog, "choice", answers.pop()) or 1)
    session.ask()
    qtbot.waitUntil(lambda: not answers, timeout=10_000)
    assert "钥匙文件" in told[0]
    assert not session.window.isVisible()


def test_a_file_that_cannot_be_opened_is_told_in_words(
    session: Session, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr("zhengui.gui.kit.dialogs.tell", lambda _parent, what, then: told.append((what, then)))
    monkeypatch.setattr(Session, "ask", lambda _self: None)
    spoilt = home / "坏的.zgdb"
    spoilt.write_text("no database", encoding="utf-8")
    session.open(spoilt)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[0][0] == "没能打开“坏的.zgdb”"
    assert told[0][1]


def test_the_rail_of_the_last_start_is_painted_first(catalogue: Catalogue, home: Path) -> None:
    groups = tabs.groups(catalogue)
    memory.remember(tabs=tabs.to_text(groups))
    assert tabs.from_text(memory.recall().tabs) == groups
    assert tabs.from_text("") == tabs.from_text("[[1]]") == []


def test_spoilt_memory_does_no_harm(home: Path) -> None:
    memory.remember(folded=True)
    assert memory.recall().folded
    (home / "window.json").write_text("{", encoding="utf-8")
    assert memory.recall() == Memory()


def test_unexpected_trouble_gets_a_sentence() -> None:
    assert sentence(StorageProblem("磁盘满了，请腾出空间。")) == "磁盘满了，请腾出空间。"
    assert "再试一次" in sentence(ZeroDivisionError("division by zero"))


def test_the_working_year_is_the_last_one_with_records(township: Township, empty_township: Township) -> None:
    assert working_year(township) == 2021
    assert working_year(empty_township) == empty_township.today().year
    township.working_day = township.today().replace(year=2023)
    assert working_year(township) == 2021


def test_nothing_begins_before_the_window_is_painted(session: Session, qtbot: QtBot) -> None:
    begun: list[bool] = []
    after_first_frame(session.window, lambda: begun.append(True))
    session.window.rail.painted.connect(lambda: begun.append(False))
    session.window.show()
    assert not begun
    qtbot.waitUntil(lambda: True in begun)
    assert begun[0] is False
    assert begun.count(True) == 1
