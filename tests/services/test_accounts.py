"""An office with passwords: who is in, what a clerk may write, and that nobody judges his own work."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.services.test_issue_document import short_document
from tests.services.written_office import make_office
from zhengui.services.entry import attach, browse_records, record, review_records
from zhengui.services.entry.export_workbook import export_workbook
from zhengui.services.issue import issue_document
from zhengui.services.loops import take_step
from zhengui.services.loops.take_step import Deed
from zhengui.services.township import keep_backup, login, people, personal
from zhengui.services.township.check_log import check_log, log_entries
from zhengui.services.township.rights import Role
from zhengui.services.township.township import Township, open_township
from zhengui.storage.file import slots
from zhengui.storage.problem import NotAllowed, StorageProblem
from zhengui.values.same_person import same_person

MANAGER, PASSWORD = "周敏", "青石 柳塘 白沙"
CLERK, CLERKS_PASSWORD = "李四", "河口 渡口 春风"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords of tests need not withstand anybody."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose first person has a password, made once."""
    township = make_office(tmp_path_factory.mktemp("office"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "MEMORY", 64)
        patch.setattr(slots, "PASSES", 1)
        people.begin_with_passwords(township, MANAGER, PASSWORD)
    return township.path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of it for each test."""
    shutil.copytree(template.parent, tmp_path / "office")
    copy = tmp_path / "office" / template.name
    yield copy
    login.log_out(copy)


def opened(path: Path, name: str = MANAGER, password: str = PASSWORD) -> Township:
    login.log_out(path)
    login.log_in(path, name, password)
    return open_township(path)


def add_clerk(path: Path, role: Role = Role.CLERK, name: str = CLERK, **limits: tuple[object, ...]) -> None:
    township = opened(path)
    people.add_person(township, path, name, role, CLERKS_PASSWORD, **limits)  # type: ignore[arg-type]
    township.close()


def hazard(township: Township, village: int | None, place: str = "村口") -> record.Saved:
    values = {
        "place": place,
        "found_on": date(2021, 3, 1),
        "field": "校园",
        "grade": "一般",
        "village": village,
    }
    return record.save(township, "hazard", {**values, "detail": "栏杆松动"})


def test_the_first_person_is_the_manager_and_works_as_before(path: Path) -> None:
    township = opened(path)
    assert township.account is not None
    assert (township.operator, township.account.role) == (MANAGER, Role.MANAGER)
    saved = hazard(township, 1)
    assert record.history(township, "hazard", saved.id)[0].who == MANAGER
    # Alone, one reviews nothing of one's own, but may issue what one wrote.
    document = short_document(township)
    issue_document.submit(township, document)
    assert issue_document.issue(township, document).who == MANAGER
    township.close()


def test_nobody_gets_in_without_his_password(path: Path) -> None:
    login.log_out(path)
    with pytest.raises(login.WrongPassword, match="姓名或密码不对"):
        login.log_in(path, MANAGER, "青石 柳塘", now=1000.0)
    with pytest.raises(StorageProblem, match="设有密码"):
        open_township(path)
    assert opened(path).close() is None


def test_wrong_passwords_make_growing_pauses(path: Path) -> None:
    login.log_out(path)
    now, pauses = 1000.0, []
    for _ in range(8):
        with pytest.raises(login.WrongPassword):
            login.log_in(path, f"{MANAGER}\ud800", "不对的密码\ud800", now=now)
        left = login._pause(login.vault.read_vault(path).id, now)
        pauses.append(left)
        if left:
            with pytest.raises(login.WrongPassword, match="请等"):
                login.log_in(path, MANAGER, PASSWORD, now=now + left - 1)
        now += left
    assert pauses == [0, 0, 0, 10, 20, 40, 80, 160]
    login.log_in(path, MANAGER, PASSWORD, now=now + 1)
    township = open_township(path)
    # The log tells how often it was tried.
    assert "输错密码 8 次" in log_entries(township)[0].what
    township.close()


def test_another_name_cannot_be_worn(path: Path) -> None:
    opened(path).close()
    with pytest.raises(NotAllowed, match="不能用"):
        open_township(path, "别人")
    open_township(path, MANAGER).close()


def test_a_clerk_writes_only_in_his_areas(path: Path) -> None:
    add_clerk(path, areas=("environment",))
    township = opened(path, CLERK, CLERKS_PASSWORD)
    with pytest.raises(NotAllowed, match="负责的领域"):
        hazard(township, 1)
    with township.reading() as reading:
        assert record.load(reading, "hazard", 1)
    township.close()


def test_a_clerk_writes_only_of_his_villages(path: Path) -> None:
    add_clerk(path, villages=(2,))
    township = opened(path, CLERK, CLERKS_PASSWORD)
    saved = hazard(township, 2)
    with pytest.raises(NotAllowed, match="负责的村"):
        hazard(township, 1, "桥头")
    # Nor may a record be moved to another village, or taken from one.
    with pytest.raises(NotAllowed, match="负责的村"):
        record.save(township, "hazard", {"village": 1}, saved.id, saved.version)
    township.close()
    township = opened(path)
    other = hazard(township, 1, "渡口")
    township.close()
    township = opened(path, CLERK, CLERKS_PASSWORD)
    with pytest.raises(NotAllowed, match="负责的村"):
        record.save(township, "hazard", {"village": 2}, other.id, other.version)
    with pytest.raises(NotAllowed, match="负责的村"):
        record.delete(township, "hazard", [other.id])
    township.close()


def test_nobody_reviews_or_issues_his_own_work_where_another_may(path: Path) -> None:
    add_clerk(path, Role.REVIEWER)
    township = opened(path)
    review_records.require_review(township, "hazard", "hold")
    saved = hazard(township, 1)
    assert review_records.review(township, "hazard", [saved.id]) == []
    document = short_document(township)
    issue_document.submit(township, document)
    with pytest.raises(NotAllowed, match="另一位"):
        issue_document.issue(township, document)
    township.close()
    township = opened(path, CLERK, CLERKS_PASSWORD)
    assert review_records.review(township, "hazard", [saved.id]) == [saved.id]
    assert issue_document.issue(township, document).who == CLERK
    township.close()


def test_nobody_passes_what_he_reported_as_done(path: Path) -> None:
    """Judged by who logged in, whatever name stands in the register."""
    add_clerk(path)
    township = opened(path)
    official = record.save(township, "official", {"name": "刘晓梅", "active": True}).id
    item = hazard(township, 1).id
    files = tuple(attach.add(township, name, b"x") for name in ("a.txt", "b.txt"))
    day = date(2021, 3, 2)
    wanted = {"day": day, "person": official}
    with township.reading() as reading:
        ((department, _name), *_others) = reading.lookup().find("department", "应急所")
    assign = take_step.WantedStep(Deed.ASSIGN, department=department, due=date(2021, 4, 1), **wanted)  # type: ignore[arg-type]
    take_step.take_one(township, "hazard", item, assign)
    report = take_step.WantedStep(Deed.REPORT, day, "已换新栏杆", evidence=files)
    take_step.take_one(township, "hazard", item, report)
    other = record.save(township, "official", {"name": "别的人", "active": True}).id
    passing = take_step.WantedStep(Deed.PASS, day, person=other)
    with pytest.raises(take_step.StepRefused, match="自己申请验收"):
        take_step.take_one(township, "hazard", item, passing)
    township.close()
    township = opened(path, CLERK, CLERKS_PASSWORD)
    take_step.take_one(township, "hazard", item, passing)
    township.close()


def test_who_is_whom_by_his_name() -> None:
    for other in (
        "周 敏",
        "周　敏",
        "周敏主任",
        "周敏 副镇长",
        "应急所周敏",
        "周敏（应急所）3",
        "周\u200b敏同志",
    ):
        assert same_person("周敏", other), other
    for one, other in (("王主任", "王书记"), ("王所", "李所"), ("周敏", "周敏生"), ("何办", "何"), ("", "")):
        assert not same_person(one, other), (one, other)


@pytest.mark.parametrize("spelling", ["周 敏", "周敏（党政办）", "周敏2", "周敏同志", "党政办周敏主任"])
def test_another_spelling_of_a_name_is_the_same_person(path: Path, spelling: str) -> None:
    township = opened(path)
    review_records.require_review(township, "hazard", "hold")
    saved = hazard(township, 1)
    with township.database.writing() as conn:
        conn.exec_driver_sql("UPDATE l_hazard SET created_by = ?", (spelling,))
    assert review_records.review(township, "hazard", [saved.id]) == []
    # Nor is a second account of the same name taken, or a name changed behind which work stands.
    with pytest.raises(StorageProblem, match="已经有叫"):
        people.add_person(township, path, "周　敏", Role.CLERK, CLERKS_PASSWORD)
    me = people.people(township)[0]
    with pytest.raises(StorageProblem, match="姓名不能改"):
        people.change_person(township, replace(me, name=f"{me.name}甲"))
    township.close()


def test_who_is_removed_is_out_at_once_and_the_backups_too(path: Path) -> None:
    add_clerk(path)
    township = opened(path)
    keep_backup.back_up_now(township)
    clerk = next(each for each in people.people(township) if each.name == CLERK)
    people.remove_person(township, path, clerk)
    people.renew_key(township)
    assert people.take_backups_along(path) == []
    with pytest.raises(login.WrongPassword):
        opened(path, CLERK, CLERKS_PASSWORD)
    township = opened(path)
    assert [each.name for each in people.people(township)] == [MANAGER]
    assert check_log(township).found == ()
    # His name is not given to another, under whom his work would stand.
    with pytest.raises(StorageProblem, match="已经有叫"):
        people.add_person(township, path, CLERK, Role.CLERK, CLERKS_PASSWORD)
    township.close()


def test_there_is_always_a_manager(path: Path) -> None:
    township = opened(path)
    only = people.people(township)[0]
    for deed in (
        lambda: people.remove_person(township, path, only),
        lambda: people.change_person(township, replace(only, role=Role.READER)),
    ):
        with pytest.raises(StorageProblem, match="至少要有一位管理员"):
            deed()
    township.close()


def test_a_password_is_changed_by_its_owner_and_given_anew_by_the_manager(path: Path) -> None:
    add_clerk(path, Role.READER)
    township = opened(path, CLERK, CLERKS_PASSWORD)
    with pytest.raises(login.WrongPassword, match="现在的密码不对"):
        people.change_own_password(township, path, "不对", "山高 水长 春风")
    with pytest.raises(StorageProblem, match="太常见"):
        people.change_own_password(township, path, CLERKS_PASSWORD, "password123")
    people.change_own_password(township, path, CLERKS_PASSWORD, "山高 水长 春风")
    with pytest.raises(NotAllowed):
        people.renew_recovery_key(township, path)
    township.close()
    township = opened(path)
    clerk = next(each for each in people.people(township) if each.name == CLERK)
    people.set_password(township, path, clerk, CLERKS_PASSWORD)
    township.close()
    opened(path, CLERK, CLERKS_PASSWORD).close()


def test_the_recovery_key_lets_a_manager_in(path: Path) -> None:
    township = opened(path)
    key = people.renew_recovery_key(township, path)
    township.close()
    login.log_out(path)
    with pytest.raises(login.WrongPassword, match="没有输对"):
        login.log_in_with_recovery_key(path, key[:-1] + ("0" if key[-1] != "0" else "1"))
    login.log_in_with_recovery_key(path, key.lower())
    township = open_township(path)
    people.set_password(township, path, people.people(township)[0], "忘了 又想起来了")
    township.close()
    opened(path, MANAGER, "忘了 又想起来了").close()


def test_passwords_can_be_given_up_and_set_again(path: Path) -> None:
    township = opened(path)
    keep_backup.back_up_now(township)
    people.give_up_passwords(township)
    township = open_township(path)
    assert township.account is None
    people.begin_with_passwords(township, CLERK, CLERKS_PASSWORD)
    township = opened(path, CLERK, CLERKS_PASSWORD)
    assert [each.name for each in people.people(township)] == [CLERK]
    township.close()


@pytest.mark.parametrize("again", [MANAGER, "周 敏", "郑新"])
def test_a_backup_from_before_the_passwords_still_lets_somebody_in(path: Path, again: str) -> None:
    """Its people have no password that the vault knows; the first who gives one becomes its manager."""
    add_clerk(path)
    people.give_up_passwords(opened(path))
    township = open_township(path)
    copy = keep_backup.back_up_now(township)
    people.begin_with_passwords(township, again, PASSWORD)
    township = opened(path, again)
    people.add_person(township, path, "李四二", Role.READER, CLERKS_PASSWORD)
    township.close()
    assert keep_backup.restore_backup(copy, path) is not None
    township = opened(path, again)
    account = township.account
    assert account is not None
    assert (account.name, account.role) == ("".join(again.split()), Role.MANAGER)
    assert "设密码以前" in "".join(township.database.remarks)
    assert log_entries(township, limit=2)[1].deed == "首位登录者成为管理员"
    names = [each.name for each in people.people(township)]
    assert len(names) == len(set(names))
    assert set(names) >= {CLERK, account.name}
    people.add_person(township, path, "李四二", Role.CLERK, "新的 密码 三个")
    (clerk,) = [each for each in people.people(township) if each.name == CLERK]
    people.set_password(township, path, clerk, CLERKS_PASSWORD)
    township.database.heard()
    assert check_log(township).found == ()
    township.close()
    for name, password in ((again, PASSWORD), ("李四二", "新的 密码 三个"), (CLERK, CLERKS_PASSWORD)):
        township = opened(path, name, password)
        assert township.database.remarks == []
        township.close()
    with pytest.raises(StorageProblem, match="姓名或密码不对"):
        opened(path, "李四二", CLERKS_PASSWORD)


def test_only_a_manager_puts_a_backup_back(path: Path) -> None:
    add_clerk(path)
    township = opened(path)
    copy = keep_backup.back_up_now(township)
    township.close()
    opened(path, CLERK, CLERKS_PASSWORD).close()
    with pytest.raises(NotAllowed):
        keep_backup.restore_backup(copy, path)
    opened(path).close()
    assert keep_backup.restore_backup(copy, path) is not None


def test_numbers_are_masked_for_who_may_not_see_them_and_looking_is_noted(path: Path, tmp_path: Path) -> None:
    township = opened(path)
    person = record.save(township, "person", {"name": "孙七", "sex": "男", "phone": "13800001234"}).id
    personal.note_seen(township, "person", person, "phone")
    assert "电话" in log_entries(township, limit=1)[0].what
    people.add_person(township, path, CLERK, Role.READER, CLERKS_PASSWORD)
    township.close()
    township = opened(path, CLERK, CLERKS_PASSWORD)
    told = record.load(township, "person", person)[0]["phone"]
    assert told.startswith("138")
    assert "0000" not in told
    shown = browse_records.page(township, "person", [person]).records[0].values["phone"]
    assert shown == told
    export_workbook(township, "person", tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert all(b"13800001234" not in book.read(name) for name in book.namelist())
    with pytest.raises(NotAllowed):
        personal.note_seen(township, "person", person, "phone")
    township.close()
