"""Passwords, people and recovery keys change wholly or not at all: what was said is what the next start finds.

Each deed is done again and again on a fresh copy, and each time the disk fails at another of its steps: once, or from
there on, or the program ends there. Afterwards it starts anew on a disk that works.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine.default import DefaultDialect

from tests.long import as_many
from tests.storage.small import small_catalogue
from zhengui import whole_file
from zhengui.services.problem import StorageProblem
from zhengui.services.township import keep_backup, login, people
from zhengui.services.township import township as townships
from zhengui.services.township.check_log import check_log, log_entries
from zhengui.services.township.rights import Role
from zhengui.services.township.township import Township, create_township
from zhengui.storage.file import slots, vault
from zhengui.storage.problem import DiskFull

MANAGER, PASSWORD = "周敏", "青石 柳塘 白沙"
CLERK, OLD, NEW = "李四", "河口 渡口 春风", "山高 水长 春风"
ADDED = "何平"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords of tests need not withstand anybody."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)
    # Nor does what refuses a rename here let go of it after a while.
    monkeypatch.setattr(whole_file, "WAITS", ())


@dataclass
class Office:
    """A folder with an office behind passwords, and one without."""

    protected: Path
    plain: Path
    recovery: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    plain = create_township(
        tmp_path_factory.mktemp("plain") / "office.zgdb", "试验镇", "甲", small_catalogue()
    )
    path = tmp_path_factory.mktemp("protected") / "office.zgdb"
    plain.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "MEMORY", 64)
        patch.setattr(slots, "PASSES", 1)
        for ending in ("", ".key"):
            shutil.copyfile(f"{plain.path}{ending}", f"{path}{ending}")
        recovery = people.begin_with_passwords(open_township(path), MANAGER, PASSWORD)
        township = opened(path, MANAGER, PASSWORD)
        people.add_person(township, path, CLERK, Role.CLERK, OLD)
        township.close()
    return Office(path, plain.path, recovery)


def open_township(path: Path) -> Township:
    return townships.open_township(path, catalogue=small_catalogue())


def forget_this_run() -> None:
    """Everything that a program knows of passwords is gone with its end."""
    for known in (vault._known, vault._users, vault._opened_by, vault._instead, vault._settled):
        known.clear()


def opened(path: Path, name: str, password: str) -> Township:
    forget_this_run()
    login.log_in(path, name, password)
    return open_township(path)


def lets_in(path: Path, name: str, password: str) -> bool:
    """Whether the next start opens for a person; what it opens follows its log, and says nothing of an older file."""
    try:
        township = opened(path, name, password)
    except StorageProblem:
        return False
    try:
        assert township.database.remarks == []
        with township.database.reading() as conn:
            assert township.database.log.judge(conn).findings == ()
    finally:
        township.close()
        forget_this_run()
    return True


def recovers(path: Path, key: str) -> bool:
    forget_this_run()
    try:
        login.log_in_with_recovery_key(path, key)
        open_township(path).close()
    except StorageProblem:
        return False
    return True


def clerk_in(township: Township) -> people.Account:
    return next(each for each in people.people(township) if each.name == CLERK)


@dataclass
class Change:
    """`do` changes an opened office; `old` and `new` say whether the next start is as before, or as wanted."""

    do: Callable[[Township], object]
    old: Callable[[Path], bool]
    new: Callable[[Path], bool]
    who: tuple[str, str] = (MANAGER, PASSWORD)
    protected: bool = True
    told: dict[str, str] = field(default_factory=dict)


def _named(path: Path, name: str) -> bool:
    """Whether a person is in the list of the next start."""
    township = opened(path, MANAGER, PASSWORD)
    found = name in {each.name for each in people.people(township)}
    township.close()
    return found


def _open_without(path: Path) -> bool:
    """Whether the next start asks nobody for a password, and finds nothing amiss."""
    forget_this_run()
    if login.is_protected(path):
        return False
    try:
        township = open_township(path)
    except StorageProblem:
        return False
    assert township.account is None
    assert check_log(township).found == ()
    township.close()
    return True


KEYS: dict[str, str] = {}


def _renew(township: Township) -> None:
    KEYS["new"] = people.renew_recovery_key(township, township.path)


CHANGES = {
    "add": Change(
        lambda t: people.add_person(t, t.path, ADDED, Role.READER, NEW),
        lambda path: not lets_in(path, ADDED, NEW) and not _named(path, ADDED),
        lambda path: lets_in(path, ADDED, NEW) and _named(path, ADDED),
    ),
    "set": Change(
        lambda t: people.set_password(t, t.path, clerk_in(t), NEW),
        lambda path: lets_in(path, CLERK, OLD) and not lets_in(path, CLERK, NEW),
        lambda path: lets_in(path, CLERK, NEW) and not lets_in(path, CLERK, OLD),
    ),
    "own": Change(
        lambda t: people.change_own_password(t, t.path, OLD, NEW),
        lambda path: lets_in(path, CLERK, OLD) and not lets_in(path, CLERK, NEW),
        lambda path: lets_in(path, CLERK, NEW) and not lets_in(path, CLERK, OLD),
        who=(CLERK, OLD),
    ),
    "remove": Change(
        lambda t: people.remove_person(t, t.path, clerk_in(t)),
        lambda path: lets_in(path, CLERK, OLD) and _named(path, CLERK),
        lambda path: not lets_in(path, CLERK, OLD) and not _named(path, CLERK),
    ),
    "key": Change(
        people.renew_key,
        lambda path: lets_in(path, CLERK, OLD) and lets_in(path, MANAGER, PASSWORD),
        lambda path: lets_in(path, CLERK, OLD) and lets_in(path, MANAGER, PASSWORD),
    ),
    "recovery": Change(
        _renew,
        lambda path: recovers(path, KEYS["old"]) and not ("new" in KEYS and recovers(path, KEYS["new"])),
        lambda path: not recovers(path, KEYS["old"]) and ("new" not in KEYS or recovers(path, KEYS["new"])),
    ),
    "begin": Change(
        lambda t: people.begin_with_passwords(t, MANAGER, NEW),
        _open_without,
        lambda path: not _open_without(path) and lets_in(path, MANAGER, NEW),
        protected=False,
    ),
    "give_up": Change(
        people.give_up_passwords,
        lambda path: lets_in(path, MANAGER, PASSWORD) and lets_in(path, CLERK, OLD),
        _open_without,
    ),
}


class Faults:
    """Lets the disk fail at the `at`-th change of it: `once`, from there on, or by ending the program (`kill`)."""

    def __init__(self, at: int, kind: str) -> None:
        self.at, self.kind, self.count = at, kind, 0

    def fails(self) -> bool:
        self.count += 1
        if self.count == self.at and self.kind == "kill":
            os._exit(7)
        return self.count == self.at or (self.kind == "on" and self.count > self.at)

    def plant(self, patch: pytest.MonkeyPatch) -> None:
        trouble = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "disk")
        refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "disk")
        # Names are changed last of all, so in the suite the disk fails where it matters most.
        for name in ("replace", "unlink", "fsync", "open")[: as_many(2, 4)]:
            real = getattr(os, name)

            def call(*args: Any, real: Any = real, name: str = name, **named: Any) -> Any:
                writes = name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR)
                if writes and self.fails():
                    raise refused if name in ("unlink", "replace") else trouble
                return real(*args, **named)

            patch.setattr(os, name, call)
        commit = DefaultDialect.do_commit

        def do_commit(dialect: DefaultDialect, connection: Any) -> None:
            if self.fails():
                raise DiskFull("磁盘空间不够，刚才的修改没有保存。请清理磁盘后再试。")
            commit(dialect, connection)
            # The end of the program just after it.
            self.kind == "kill" and self.fails()

        patch.setattr(DefaultDialect, "do_commit", do_commit)


def attempt(change: Change, path: Path, faults: Faults) -> bool:
    """Do it on a failing disk; whether it was said to be done."""
    with ExitStack() as stack:
        if change.protected:
            township = opened(path, *change.who)
        else:
            forget_this_run()
            township = open_township(path)
        stack.callback(lambda: suppressed(township.close))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        faults.plant(patch)
        try:
            change.do(township)
        except StorageProblem:
            # Anything else would be no sentence.
            return False
        return True


def suppressed(deed: Callable[[], object]) -> None:
    with suppress(StorageProblem, OSError):
        deed()


def copied(office: Office, change: Change, folder: Path) -> Path:
    shutil.copytree((office.protected if change.protected else office.plain).parent, folder)
    KEYS.clear()
    KEYS["old"] = office.recovery
    return folder / "office.zgdb"


@pytest.mark.parametrize("kind", ["once", "on"])
@pytest.mark.parametrize("deed", list(CHANGES))
def test_what_was_said_of_a_failing_disk_is_what_the_next_start_finds(
    office: Office, tmp_path: Path, deed: str, kind: str
) -> None:
    change, step = CHANGES[deed], 0
    wrong = []
    while True:
        step += 1
        path = copied(office, change, tmp_path / f"{step}")
        faults = Faults(step, kind)
        done = attempt(change, path, faults)
        if not (change.new if done else change.old)(path):
            wrong.append((step, done))
        shutil.rmtree(path.parent)
        if faults.count < step:
            break
    assert not wrong
    assert done
    assert step > 2


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("deed", list(CHANGES))
def test_who_ends_the_program_finds_the_old_or_the_new(office: Office, tmp_path: Path, deed: str) -> None:
    """Killed at each step, the next start knows the old password or the new one, never both, never neither."""
    change, step, seen = CHANGES[deed], 0, []
    while True:
        step += 1
        path = copied(office, change, tmp_path / f"{step}")
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                attempt(change, path, Faults(step, "kill"))
            os._exit(0)
        _process, status = os.waitpid(child, 0)
        old, new = change.old(path), change.new(path)
        assert old or new, step
        seen.append(new)
        shutil.rmtree(path.parent)
        if os.waitstatus_to_exitcode(status) == 0:
            break
    assert seen[-1]
    assert deed == "key" or not seen[0]
    # Once it holds, it holds.
    assert seen == sorted(seen)


def test_a_vault_of_before_is_told_beside_newer_data(office: Office, tmp_path: Path) -> None:
    """Put back by hand, it would let in who left, and nobody would know."""
    path = copied(office, CHANGES["set"], tmp_path / "office")
    opened(path, MANAGER, PASSWORD).close()
    before = vault.vault_path(path).read_bytes()
    township = opened(path, MANAGER, PASSWORD)
    people.set_password(township, path, clerk_in(township), NEW)
    township.close()
    vault.vault_path(path).write_bytes(before)
    township = opened(path, CLERK, OLD)
    assert "是以前的" in "".join(township.database.remarks)
    assert "重设密码" in "".join(township.database.remarks)
    township.database.heard()
    township.close()
    township = opened(path, MANAGER, PASSWORD)
    assert township.database.remarks == []
    assert "打开了旧的密码文件" in {each.deed for each in log_entries(township)}
    # Data of before beside a newer vault, as of a backup put back by hand, is no alarm of this kind.
    older = tmp_path / "older.zgdb"
    shutil.copyfile(path, older)
    people.set_password(township, path, clerk_in(township), "又是 新的 密码")
    township.close()
    shutil.copyfile(vault.vault_path(path), vault.vault_path(older))
    assert lets_in(older, CLERK, "又是 新的 密码")


def test_a_restore_brings_no_word_of_an_older_vault(office: Office, tmp_path: Path) -> None:
    path = copied(office, CHANGES["set"], tmp_path / "office")
    township = opened(path, MANAGER, PASSWORD)
    copy = keep_backup.back_up_now(township)
    people.set_password(township, path, clerk_in(township), NEW)
    township.close()
    keep_backup.restore_backup(copy, path)
    assert lets_in(path, CLERK, NEW)
    assert not lets_in(path, CLERK, OLD)


def test_a_restore_that_waits_for_its_last_step_says_so_and_is_finished(
    office: Office, tmp_path: Path
) -> None:
    """Once the note stands, “现在的数据没有动过” would be wrong: the next start puts the backup there."""
    path = copied(office, CHANGES["begin"], tmp_path / "office")
    township = open_township(path)
    copy = keep_backup.back_up_now(township)
    township.keep_setting("later", "x")
    township.close()
    real = os.replace

    def held(source: Any, target: Any) -> None:
        if Path(target) == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        real(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", held)
        for deed in (lambda: keep_backup.restore_backup(copy, path), lambda: open_township(path)):
            with pytest.raises(StorageProblem, match=r"还差最后一步.*接着做完"):
                deed()
    township = open_township(path)
    assert township.setting("later") == ""
    township.close()


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    forget_this_run()
