"""The first start founds an office; later starts remember."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.gui.desk import tabs
from zhengui.gui.frame import front, rescue, start
from zhengui.gui.frame.opening import free_path, working_year
from zhengui.gui.frame.start import Session, after_first_frame
from zhengui.gui.kit import memory, trouble
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.memory import Memory
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.opening import opening_card
from zhengui.gui.opening.first_start import FirstStart, StartChoice
from zhengui.gui.opening.login import Login
from zhengui.gui.opening.opening_card import OpeningCard
from zhengui.gui.opening.recovery import Recovery, WayBack
from zhengui.gui.system.data_panel import DataPanel
from zhengui.services.entry.record import save
from zhengui.services.township import keep_backup, login, people
from zhengui.services.township.township import Township, open_township
from zhengui.services.whole.found_office import NewOffice, NewVillage
from zhengui.storage.file import place, slots, vault
from zhengui.storage.file.lock import Lock
from zhengui.storage.problem import NewerFile, StorageProblem
from zhengui.storage.records import log

OFFICE = NewOffice(
    "云岭镇", "镇", "云岭镇人民政府", "中共云岭镇委员会", "李试", (NewVillage("白沙村", "村"),), 202111
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
    qapp.aboutToQuit.disconnect(made.remember)
    made.background.close()
    if made.desk is not None:
        made.desk.township.close()


def test_a_new_township_opens_and_is_remembered(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: FirstStart) -> int:
        dialog.choice = StartChoice(office=OFFICE)
        return 1

    monkeypatch.setattr(FirstStart, "exec", answer)
    session.begin(None)
    qtbot.waitUntil(lambda: session.desk is not None and session.background.resting, timeout=60_000)
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
    answers = [StartChoice(path=copy)]
    monkeypatch.setattr(rescue, "ask", lambda *_words, **_named: True)
    monkeypatch.setattr(FirstStart, "exec", lambda dialog: setattr(dialog, "choice", answers.pop()) or 1)
    session.ask()
    qtbot.waitUntil(lambda: session.desk is not None and session.background.resting, timeout=60_000)
    assert session.desk is not None
    assert session.desk.township.path == home / "云岭镇.zgdb"
    assert copy.read_bytes() == before


def test_a_backup_without_its_key_is_told_and_asked_again(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(rescue, "tell", lambda _parent, _what, then: told.append(then))
    monkeypatch.setattr(rescue, "ask", lambda *_words, **_named: True)
    monkeypatch.setattr(Recovery, "exec", lambda _page: 0)
    spoilt = tmp_path / "云岭镇-2021-12-30.zgdb"
    spoilt.write_text("no database", encoding="utf-8")
    monkeypatch.setattr(
        FirstStart, "exec", lambda dialog: setattr(dialog, "choice", StartChoice(path=spoilt)) or 1
    )
    session.ask()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "钥匙文件" in told[0]
    assert not session.window.isVisible()


class Answers:
    """Answers the recovery page as a person would, and remembers what it showed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
        self.seen: list[tuple[str, list[str]]] = []
        self.heads: list[str] = []
        self.deeds: list[str] = []
        monkeypatch.setattr(Recovery, "exec", lambda page: self.answer(page))
        self._qtbot = qtbot

    def answer(self, page: Recovery) -> int:
        self._qtbot.waitUntil(lambda: page.told.text() != "正在查看备份…", timeout=60_000)
        self.heads.append(page.findChildren(QLabel)[0].text())
        rows = [page.list.topLevelItem(row) for row in range(page.list.topLevelItemCount())]
        self.seen.append((page.told.text(), [row.text(2) for row in rows if row is not None]))
        deed = self.deeds.pop(0) if self.deeds else ""
        if deed == "take":
            page.deed.click()
        elif deed:
            page._accept(WayBack(deed))
        return int(page.choice is not None)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Answers:
    return Answers(monkeypatch, qtbot)


def test_a_file_that_cannot_be_opened_is_told_in_words(
    session: Session, qtbot: QtBot, home: Path, answers: Answers
) -> None:
    spoilt = home / "坏的.zgdb"
    spoilt.write_text("no database", encoding="utf-8")
    session.open(spoilt)
    qtbot.waitUntil(lambda: bool(answers.seen), timeout=60_000)
    assert answers.seen[0] == (
        "旁边没有能用的备份。请插上备份用的 U 盘，点“打开其他数据文件…”选里面的备份。",
        [],
    )


@pytest.fixture
def work(home: Path, full_file: Path, catalogue: Catalogue) -> Path:
    """A township with a backup beside it, closed."""
    shutil.copytree(full_file, home / "work")
    path = home / "work" / "试验镇.zgdb"
    township = open_township(path, catalogue=catalogue)
    keep_backup.back_up_now(township)
    save(township, "department", {"name": "应急所", "active": True})
    township.close()
    return path


def opened(session: Session, qtbot: QtBot) -> Township:
    qtbot.waitUntil(
        lambda: (
            session.desk is not None
            and session.background.resting
            and not session.desk.township.database.closed
        ),
        timeout=60_000,
    )
    assert session.desk is not None
    return session.desk.township


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(len(data) // 4096):
        data[page * 4096 + 2000] ^= 1
    path.write_bytes(data)


def spoil_where_it_still_opens(path: Path) -> None:
    """Damage one page that opening the file does not read."""
    sound = path.read_bytes()
    for page in range(len(sound) // 4096 - 1, 0, -len(sound) // 4096 // 12 - 1):
        data = bytearray(sound)
        data[page * 4096 + 2000] ^= 1
        path.write_bytes(data)
        try:
            open_township(path).close()
            return
        except StorageProblem:
            continue
    raise AssertionError("every page is read")


def test_a_damaged_file_is_restored_from_its_backup(
    session: Session, qtbot: QtBot, work: Path, answers: Answers
) -> None:
    spoil(work)
    answers.deeds = ["take"]
    session.begin(work)
    township = opened(session, qtbot)
    assert township.path == work
    assert answers.seen[0][1] == ["到那一刻为止的全部登记"]
    assert list(work.parent.glob("试验镇-恢复前-*.zgdb"))


@pytest.mark.parametrize("lost", [".vault", ""])
def test_backups_behind_a_password_are_a_way_back_before_it_was_given(
    session: Session, qtbot: QtBot, work: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)
    password, asked = "青石 柳塘 白沙", []
    people.begin_with_passwords(open_township(work), "李试", password)
    login.log_in(work, "李试", password)
    people.take_backups_along(work)
    login.log_out(work)
    Path(f"{work}{lost}").unlink()

    def given(dialog: Login) -> int:
        asked.append(dialog._path)
        login.log_in(dialog._path, "李试", password)
        return 1

    said: list[str] = []
    monkeypatch.setattr(rescue, "tell", lambda _window, _what, then: said.append(then))
    monkeypatch.setattr(Login, "exec", given)
    answers.deeds = ["take"]
    session.begin(work)
    assert opened(session, qtbot).path == work
    assert answers.seen[0] == ("可以这样接着用：", ["要先输密码"])
    assert asked == [keep_backup.backups(work)[-1].path]
    assert "“李试”现在是管理员" in said[0], "the backup is of a time before there were people"
    assert session.desk is not None
    session.desk.township.close()
    login.log_out(work)


def test_a_lost_file_is_missed_and_found(
    session: Session, qtbot: QtBot, work: Path, answers: Answers
) -> None:
    memory.remember(last=str(work))
    elsewhere = work.parent / "挪走的"
    elsewhere.mkdir()
    for ending in ("", ".key"):
        work.with_name(work.name + ending).rename(elsewhere / (work.name + ending))
    answers.deeds = ["take"]
    session.begin(None)
    assert opened(session, qtbot).path == elsewhere / work.name
    assert answers.seen[0][1][0] == "可能就是它，被移到了这里"
    assert memory.recall().last == str(elsewhere / work.name)


def test_a_backup_opened_by_hand_is_restored_and_stays_what_it_is(
    session: Session, qtbot: QtBot, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        rescue, "ask", lambda _window, question, *_rest, **_named: asked.append(question) or True
    )
    (kept,) = keep_backup.backups(work)
    before = kept.path.read_bytes()
    session.open(kept.path)
    assert opened(session, qtbot).path == work
    assert "是一份备份" in asked[0]
    assert kept.path.read_bytes() == before


def test_damage_found_behind_the_first_frame_leads_to_the_recovery_page(
    session: Session, qtbot: QtBot, work: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil_where_it_still_opens(work)
    answers.deeds = ["take"]
    told: list[Exception] = []
    monkeypatch.setattr(trouble, "show_trouble", lambda _window, error: told.append(error))
    session.begin(work)
    qtbot.waitUntil(lambda: bool(answers.seen), timeout=60_000)
    township = opened(session, qtbot)
    assert township.database.soundness.check() is None
    assert answers.heads == [f"“{work.name}”有损坏"]
    assert told == [], "the recovery page says it; a second window over it would say it once more"


def test_a_damaged_backup_chosen_in_the_window_is_told_and_changes_nothing(
    session: Session, qtbot: QtBot, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(rescue, "tell", lambda _window, _what, then: told.append(then))
    session.begin(work)
    township = opened(session, qtbot)
    (kept,) = keep_backup.backups(work)[-1:]
    spoil(kept.path)
    assert session.desk is not None
    session.desk.restore_asked.emit(kept.path)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert "现在的数据没有动过" in told[0]
    again = opened(session, qtbot)
    assert again is not township
    assert again.path == work


def test_a_file_that_is_in_use_elsewhere_is_opened_to_be_read(
    session: Session, qtbot: QtBot, work: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(rescue, "tell", lambda _window, what, _then: told.append(what))
    monkeypatch.setattr(front, "PATIENCE", 0.1)
    other = open_township(work, "王试", catalogue)
    try:
        session.begin(work)
        township = opened(session, qtbot)
        assert told == ["只能查看"]
        with pytest.raises(StorageProblem, match="“王试”在这台电脑"):
            save(township, "department", {"name": "党政办", "active": True})
    finally:
        other.close()


def test_a_file_on_a_stick_is_warned_of_once_and_always_in_its_panel(
    session: Session, qtbot: QtBot, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(rescue, "tell", lambda _window, what, _then: told.append(what))
    monkeypatch.setattr(place, "is_on_stick", lambda path: path == work)
    session.begin(work)
    township = opened(session, qtbot)
    assert told == ["数据放在 U 盘上，请注意"]
    session.rescue.tell_findings(township)
    assert len(told) == 1, "the second start says nothing more"
    assert session.desk is not None
    panel = DataPanel(session.desk)
    qtbot.addWidget(panel)
    panel.refresh()
    assert "拔下前请先关闭政规" in panel.stick.text()
    assert not panel.stick.isHidden()


def test_a_clock_that_was_set_back_is_told_on_opening(
    session: Session, qtbot: QtBot, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(rescue, "tell", lambda _window, what, then: told.append((what, then)))
    monkeypatch.setattr(log, "latest", lambda _conn: datetime.now() + timedelta(days=400))
    session.begin(work)
    opened(session, qtbot)
    ((what, then),) = told
    assert what == "这台电脑的日期不对"
    assert "请先在系统里把日期和时间调对" in then


def test_a_second_start_brings_the_first_window_to_the_front(
    session: Session, qtbot: QtBot, home: Path
) -> None:
    kept = front.Front(session.window)
    session.window.show()
    answered: list[bool] = []
    session.background.run(lambda _progress: front.bring_to_front(os.getpid(), 5), answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=60_000)
    assert answered == [True]
    assert session.window.isVisible()
    assert kept.parent() is session.window
    assert not front.bring_to_front(999_999_999, 0.1)
    assert not list(home.glob("front-*"))


def test_a_second_start_never_shows_what_is_locked(session: Session, qtbot: QtBot, home: Path) -> None:
    """A note in the user's folder is easily left by hand."""
    kept = front.Front(session.window)
    session.window.show()
    session.window.hide()
    answered: list[bool] = []
    session.background.run(lambda _progress: front.bring_to_front(os.getpid(), 5), answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=60_000)
    assert answered == [True]
    assert not session.window.isVisible()
    assert kept.parent() is session.window


def test_a_second_start_asks_for_no_password(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window that is there has been given one; it comes to the front."""
    asked: list[int] = []
    monkeypatch.setattr(front, "bring_to_front", lambda process: asked.append(process) or True)
    held = Lock.take(work)
    assert isinstance(held, Lock)
    vault.key_path(work).unlink()
    with pytest.raises(start._InFront):
        start._open(work, None, starting=True)
    assert asked == [os.getpid()]
    held.release()
    with pytest.raises(StorageProblem, match="钥匙"):
        start._open(work, None, starting=True)
    assert asked == [os.getpid()]


def test_a_save_that_has_to_wait_leaves_the_window_alive(session: Session, qtbot: QtBot, work: Path) -> None:
    session.begin(work)
    township = opened(session, qtbot)
    writing, go = threading.Event(), threading.Event()
    ticks: list[int] = []

    def long_work(_progress: JobProgress) -> None:
        with township.database.writing():
            writing.set()
            go.wait(10)

    session.background.run(long_work, lambda _done: None)
    assert writing.wait(10)
    ticking = QTimer()
    ticking.timeout.connect(lambda: (ticks.append(1), go.set() if len(ticks) > 20 else None))
    ticking.start(5)
    save(township, "department", {"name": "党政办", "active": True})
    ticking.stop()
    assert len(ticks) > 20


@pytest.mark.parametrize("opens", [True, False])
def test_a_file_that_takes_long_to_open_is_told_of_and_the_window_goes_on(
    session: Session, qtbot: QtBot, work: Path, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    gate = threading.Event()
    really = start._open

    def slow(path: Path, catalogue: Catalogue, starting: bool) -> Township:
        assert gate.wait(30), "the window waits for the file"
        if not opens:
            raise NewerFile("这个数据文件由更新版本的程序保存，请先升级程序。")
        return really(path, catalogue, starting)

    told: list[str] = []
    monkeypatch.setattr(start, "_open", slow)
    monkeypatch.setattr(opening_card, "LONG", 900)
    monkeypatch.setattr(rescue, "tell", lambda _parent, what, _then: told.append(what))
    monkeypatch.setattr(session, "ask", lambda: None)
    session.window.show()
    session.open(work)
    stack = session.window.stack
    qtbot.waitUntil(lambda: isinstance(stack.currentWidget(), OpeningCard), timeout=30_000)
    card = stack.currentWidget()
    assert isinstance(card, OpeningCard)
    assert card.isVisible()
    assert work.name in card.told.text()
    qtbot.waitUntil(lambda: "数据不会坏" in card.why.text(), timeout=30_000)
    gate.set()
    qtbot.waitUntil(lambda: session.background.resting, timeout=60_000)
    assert stack.findChildren(OpeningCard) == []
    assert (session.desk is not None) == opens
    assert bool(told) != opens


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


def test_the_same_file_is_opened_anew_where_what_it_says_of_the_office_changed(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengui.services.township.own_catalogue import retire

    monkeypatch.setattr(
        FirstStart, "exec", lambda dialog: setattr(dialog, "choice", StartChoice(office=OFFICE)) or 1
    )
    session.begin(None)
    qtbot.waitUntil(lambda: session.desk is not None and session.background.resting, timeout=60_000)
    before = session.desk
    assert before is not None
    assert "area:epidemic" in session.window.rail.order
    retire(before.township, "epidemic", before.scope.year)
    before.opened.emit(before.township.path)
    qtbot.waitUntil(lambda: session.desk is not before and session.background.resting, timeout=60_000)
    assert "area:epidemic" not in session.window.rail.order


#: What opens a file, judges it or lays it out comes behind the first frame: each of these costs as much as the frame.
BEHIND_THE_FRAME = (
    "sqlalchemy",
    "reportlab",
    "cryptography",
    "pypinyin",
    "zhengui.services",
    "zhengui.storage",
)
FIRST_FRAME = """
import sys
from PySide6.QtWidgets import QApplication
from zhengui.gui.frame.start import Session, application
session = Session(application(["zhengui", "-platform", "offscreen"]))
session.window.show()
QApplication.processEvents()
print(",".join(sorted(name for name in sys.argv[1:] if name in sys.modules)))
"""


def test_nothing_that_opens_a_file_is_loaded_before_the_first_frame(home: Path) -> None:
    memory.remember(tabs=tabs.to_text(tabs.groups(load_catalogue())))
    run = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, *BEHIND_THE_FRAME], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
