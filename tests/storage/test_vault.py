"""A file behind passwords: who gets in, what stays shut, and what an interruption leaves."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.storage.small import small_catalogue
from tests.storage.test_backup import add, people
from zhengui.storage.file import account_seal, backup, protect, remembered, slots, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.database import Database
from zhengui.storage.file.restore import restore_backup
from zhengui.storage.file.signed import fits, is_plain
from zhengui.storage.problem import Locked, StorageProblem
from zhengui.storage.schema.bare import bare_of
from zhengui.values.recovery_key import new_recovery_key, read_recovery_key, shown

NAME, PASSWORD = "王小明", "青石 柳塘 白沙"


class Killed(BaseException):
    """Stands for the end of the program in the middle of a step."""


#: argon2id as it is in real use: KiB, passes, lanes.
COSTS = (slots.MEMORY, slots.PASSES, slots.LANES)


def test_a_guess_costs_what_was_decided() -> None:
    assert COSTS == (64 * 1024, 3, 2)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords of tests need not withstand anybody."""
    monkeypatch.setattr(slots, "MEMORY", 64)
    monkeypatch.setattr(slots, "PASSES", 1)


@pytest.fixture
def recovery() -> str:
    return new_recovery_key()


@pytest.fixture
def path(database: Database, recovery: str) -> Iterator[Path]:
    """A file with one record and a backup of it, behind a password."""
    add(database)
    backup.back_up(database.path, backup.folder(database.path) / "office-2021-12-06.zgdb")
    database.close()
    protect.protect(database.path, "u1", NAME, PASSWORD, recovery)
    assert protect.take_along(database.path) == []
    yield database.path
    with suppress(StorageProblem):
        vault.lock(database.path)


def set_slot(path: Path, user: str, password: str, name: str) -> None:
    """Give a person a password, in a transaction of its own."""
    with Database.open(path, small_catalogue()) as database, database.writing() as conn:
        protect.set_slot(bare_of(conn), path, user, password, name)


def test_a_stolen_folder_opens_for_nobody(path: Path) -> None:
    assert protect.plain_keys(path) == []
    vault.lock(path)
    with pytest.raises(Locked, match="设有密码"):
        Database.open(path, small_catalogue())
    for wrong in ((NAME, "青石 柳塘"), ("别人", PASSWORD), ("", "")):
        with pytest.raises(slots.SlotRefused):
            vault.unlock(path, *wrong)
    copy = backup.backups(path)[0].path
    with pytest.raises(Locked):
        restore_backup(copy, path.with_name("elsewhere.zgdb"))
    # Neither key nor name lies there, nor a file that is not encrypted.
    lying = b"".join(each.read_bytes() for each in path.parent.rglob("*") if each.is_file())
    assert NAME.encode() not in lying
    assert not is_plain(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_only_the_owner_can_read_a_vault(path: Path) -> None:
    assert {each.stat().st_mode & 0o077 for each in path.parent.rglob("*.vault")} == {0}


def test_a_password_and_the_recovery_key_open_it(path: Path, recovery: str) -> None:
    vault.lock(path)
    assert vault.unlock(path, " 王 小明", PASSWORD) == "u1"
    assert people(path) == [1]
    vault.lock(path)
    typed = read_recovery_key(shown(recovery).lower())
    assert typed is not None
    vault.unlock_recovery(path, typed)
    assert people(path) == [1]
    assert people(backup.backups(path)[0].path) == [1]


def test_another_password_takes_the_place_of_the_old(path: Path) -> None:
    before = vault.read_key(path)
    set_slot(path, "u1", "山高 水长", NAME)
    vault.lock(path)
    with pytest.raises(slots.SlotRefused):
        vault.unlock(path, NAME, PASSWORD)
    vault.unlock(path, NAME, "山高 水长")
    assert vault.read_key(path) == before


def test_who_leaves_opens_nothing_that_is_written_after(path: Path) -> None:
    set_slot(path, "u2", "河口 渡口", "李四")
    old, old_vault = vault.read_key(path), vault.read_vault(path)
    protect.change_key(path, without="u2")
    assert protect.take_along(path) == []
    assert not fits(path, old)
    assert not fits(backup.backups(path)[0].path, old)
    vault.lock(path)
    with pytest.raises(slots.SlotRefused):
        vault.unlock(path, "李四", "河口 渡口")
    # What he kept of the vault, and the key that came out of it, open no slot of the new one.
    _slot, kept = slots.open_slot(old_vault, "李四", "河口 渡口")
    assert kept == old
    with pytest.raises(slots.SlotRefused):
        slots.earlier_keys(vault.read_vault(path), old)
    vault.unlock(path, NAME, PASSWORD)
    assert people(path) == [1]


def test_a_slot_fits_no_other_vault_time_or_person(path: Path) -> None:
    made = vault.read_vault(path)
    for other in (
        slots.Vault("0" * 32, made.epoch, made.slots, made.earlier),
        slots.Vault(made.id, made.epoch + 1, made.slots, made.earlier),
    ):
        with pytest.raises(slots.SlotRefused):
            slots.open_recovery(other, "x")
        with pytest.raises(slots.SlotRefused):
            slots.open_slot(other, NAME, PASSWORD)


@pytest.mark.parametrize("deed", ["protect", "change"])
def test_whatever_interrupts_it_the_file_opens(
    database: Database, recovery: str, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    add(database)
    database.close()
    path = database.path
    if deed == "change":
        protect.protect(path, "u1", NAME, PASSWORD, recovery)
    steps = 0
    while True:
        steps += 1
        finished = _until(steps, path, recovery, monkeypatch, deed)
        if vault.has_vault(path):
            vault.lock(path)
            vault.unlock(path, NAME, PASSWORD)
        assert people(path) == [1], f"after {steps} steps"
        if finished:
            break
        if deed == "protect" and vault.has_vault(path):
            protect.unprotect(path)
    assert steps > 8


def _until(step: int, path: Path, recovery: str, monkeypatch: pytest.MonkeyPatch, deed: str) -> bool:
    """Do it, killed at its `step`-th change of names on the disk; whether it came to its end before."""
    left = [step]

    def counted(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            # The system lets go of a killed program's lock.
            if not str(args[0]).endswith(".lock"):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", counted(os.replace))
        patch.setattr(Path, "replace", counted(Path.replace))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        try:
            if deed == "protect":
                protect.protect(path, "u1", NAME, PASSWORD, recovery)
            else:
                protect.change_key(path)
        except Killed:
            return False
    return True


#: Windows seals by itself; elsewhere it is acted out only.
SEALED_BY = ("acted out", "Windows") if sys.platform == "win32" else ("acted out",)


@pytest.fixture(params=SEALED_BY)
def remembering(path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A computer that seals for one account, and remembers the person here."""
    if request.param == "acted out":
        monkeypatch.setattr(remembered, "possible", lambda: True)
        monkeypatch.setattr(account_seal, "seal", lambda data: b"mine" + data[::-1])
        monkeypatch.setattr(
            account_seal, "unseal", lambda data: data[4:][::-1] if data[:4] == b"mine" else None
        )
    vault.unlock(path, NAME, PASSWORD)
    remembered.remember(path)
    vault.lock(path)
    return path


def test_a_computer_remembers_one_account(remembering: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remembered.unlock(remembering)
    assert (vault.opened_by(remembering), people(remembering)) == ("u1", [1])
    vault.lock(remembering)
    # In another account, or on a computer that seals nothing, it is of no use.
    monkeypatch.setattr(account_seal, "unseal", lambda _data: None)
    assert not remembered.unlock(remembering)
    monkeypatch.setattr(remembered, "possible", lambda: False)
    assert not remembered.unlock(remembering)
    with pytest.raises(Locked):
        vault.read_key(remembering)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows seals for an account")
def test_windows_gives_out_what_it_sealed_and_nothing_else() -> None:
    secret = bytes(range(256)) * 2
    sealed = account_seal.seal(secret)
    assert secret not in sealed
    assert account_seal.seal(secret) != sealed
    assert account_seal.unseal(sealed) == secret
    for spoilt in (b"", sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), bytes(len(sealed))):
        assert account_seal.unseal(spoilt) is None


def test_what_is_remembered_goes_with_the_password_and_the_person(remembering: Path) -> None:
    assert remembered.unlock(remembering)
    set_slot(remembering, "u1", "别的 口令 一个", NAME)
    vault.lock(remembering)
    assert not remembered.unlock(remembering)
    vault.unlock(remembering, NAME, "别的 口令 一个")
    remembered.remember(remembering)
    vault.write_vault(remembering, remembered.without_person(vault.read_vault(remembering), "u1"))
    vault.lock(remembering)
    assert not remembered.unlock(remembering)


def test_another_key_of_the_file_is_remembered_too(remembering: Path) -> None:
    assert remembered.unlock(remembering)
    protect.change_key(remembering)
    vault.lock(remembering)
    assert remembered.unlock(remembering)
    assert people(remembering) == [1]
    remembered.forget(remembering)
    vault.lock(remembering)
    assert not remembered.unlock(remembering)
    assert not remembered.is_remembered(remembering)


def test_passwords_can_be_given_up(path: Path) -> None:
    protect.unprotect(path)
    assert protect.take_along(path) == []
    vault.lock(path)
    assert people(path) == [1]
    assert people(backup.backups(path)[0].path) == [1]


def test_a_backup_of_before_is_put_back_under_the_password(path: Path, recovery: str) -> None:
    vault.lock(path)
    vault.unlock(path, NAME, PASSWORD)
    with Database.open(path, small_catalogue()) as database:
        add(database, 2)
    restore_backup(backup.backups(path)[0].path, path)
    assert people(path) == [1]
    assert vault.has_vault(path)
    with Database.open(path, small_catalogue()) as database, database.reading() as conn:
        assert database.log.judge(conn).findings == ()


def test_a_vault_that_is_none_is_told(path: Path) -> None:
    vault.vault_path(path).write_text("{}")
    with pytest.raises(StorageProblem, match="密码文件"):
        vault.read_key(path)
    vault.vault_path(path).write_text(
        '{"format": "zhengui vault 1", "id": "x", "epoch": 1, "slots": [{}], "earlier": []}'
    )
    with pytest.raises(StorageProblem, match="密码文件"):
        vault.read_key(path)


@pytest.mark.parametrize("at", [0.1, 0.4, 0.6, 0.9])
def test_a_damaged_vault_is_no_wrong_password(path: Path, at: float) -> None:
    """Whoever types the right password must not be told that it is wrong."""
    text = vault.vault_path(path).read_text()
    digits = [place for place, each in enumerate(text) if each in "0123456789"]
    place = digits[int(len(digits) * at)]
    vault.vault_path(path).write_text(text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :])
    with pytest.raises(StorageProblem, match="不完整"):
        vault.unlock(path, "王明", "不管是什么")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memory", [1]),
        ("memory", "\0"),
        ("memory", 1),
        ("passes", None),
        ("passes", 10**30),
        ("lanes", 0),
        ("lanes", True),
        ("since", "x"),
        ("salt", "zz"),
        ("salt", None),
        ("public", 5),
        ("private", {}),
        ("sealed", "é"),
        ("user", []),
        ("kind", None),
        ("id", "../../x"),
        ("id", None),
        ("epoch", -1),
        ("epoch", "9" * 5000),
        ("earlier", [1]),
        ("earlier", [[1, 2, 3]]),
        ("slots", None),
        ("slots", [[]]),
        ("slots", "x"),
    ],
)
def test_a_vault_of_other_shape_is_told(path: Path, field: str, value: object) -> None:
    """One of an earlier version holds no sum; whatever else is wrong with it is seen all the same."""
    told = json.loads(vault.vault_path(path).read_text())
    del told["sum"]
    vault.vault_path(path).write_text(json.dumps(told))
    vault.read_vault(path)
    (told["slots"][0] if field in told["slots"][0] else told)[field] = value
    vault.vault_path(path).write_text(json.dumps(told))
    with pytest.raises(StorageProblem, match="密码文件"):
        vault.read_vault(path)


def test_a_wrong_key_reads_nothing(path: Path) -> None:
    with pytest.raises(StorageProblem):
        connect(path, bytes(32)).execute("SELECT count(*) FROM history").fetchone()
