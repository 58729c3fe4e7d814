"""The people of an office: their passwords, roles, areas and villages, and the recovery key."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from zhengui.services.township import keep_backup, rights
from zhengui.services.township.login import WrongPassword
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right, Role
from zhengui.services.township.township import NAME, Township
from zhengui.storage.file import protect, slot_change, slots, vault
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import accounts, log
from zhengui.storage.records.accounts import Account as Account
from zhengui.storage.schema.bare import bare_of
from zhengui.values.clean import plain
from zhengui.values.passwords import wrong_with
from zhengui.values.pinyin import initials
from zhengui.values.recovery_key import new_recovery_key
from zhengui.work import Progress

LONGEST_NAME = 30


@reads
def people(reading: Reading, removed: bool = False) -> list[Account]:
    """Who may work here, in the order in which they were added."""
    return accounts.accounts(reading.conn, reading.tables, removed)


def begin_with_passwords(township: Township, name: str, password: str) -> str:
    """Put an office without passwords behind one: this person becomes its manager. Returns the recovery key.

    The township is closed and has to be opened again, by `login.log_in`. Backups still have plain keys until
    `take_backups_along`.
    """
    path = township.path
    if vault.has_vault(path):
        raise StorageProblem("这个数据文件已经设了密码。")
    told = _checked_name(name)
    _expect_good(password, told, township.setting(NAME))
    user = secrets.token_hex(8)
    with township.writing() as writing:
        for left in accounts.accounts(writing.conn, writing.tables):
            # Those of a time with passwords that was given up.
            accounts.remove(writing.conn, writing.tables, left.id, told)
        accounts.add(writing.conn, writing.tables, Account(0, user, told, Role.MANAGER), told)
        log.note(writing.conn, "protect")
        slot_change.note(bare_of(writing.conn), slot_change.BEGUN)
    township.close()
    recovery = new_recovery_key()
    protect.protect(path, user, told, password, recovery)
    return recovery


def give_up_passwords(township: Township) -> None:
    """Let the file open without a password again; the township is closed."""
    rights.expect(township.account, Right.MANAGE)
    with township.writing() as writing:
        log.note(writing.conn, "unprotect")
        slot_change.note(bare_of(writing.conn), slot_change.WITHOUT)
    path, elsewhere = township.path, keep_backup.second_place(township)
    township.close()
    protect.unprotect(path)
    protect.take_along(path, elsewhere)
    vault.lock(path)


def take_backups_along(
    path: Path, elsewhere: Path | None = None, progress: Progress | None = None
) -> list[Path]:
    """Let the backups open as the file does now; returns those that could not be changed."""
    return protect.take_along(path, elsewhere, progress)


def plain_keys(path: Path, elsewhere: Path | None = None) -> list[Path]:
    """The plain keys that still lie about."""
    return protect.plain_keys(path, elsewhere)


@writes(Right.MANAGE)
def add_person(
    writing: Writing,
    path: Path,
    name: str,
    role: Role,
    password: str,
    areas: Iterable[str] = (),
    villages: Iterable[int] = (),
) -> Account:
    """Add a person with a first password, which he should change."""
    told = _checked_name(name)
    known = accounts.accounts(writing.conn, writing.tables, removed=True)
    if any(plain(each.name) == plain(told) for each in known):
        raise StorageProblem(
            f"已经有叫“{told}”的人员，离开的也算。同名的请加上部门或数字，以便分清是谁做的。"
        )
    _expect_good(password, told, writing.setting(NAME))
    account = Account(0, secrets.token_hex(8), told, role, frozenset(areas), frozenset(villages))
    number = accounts.add(writing.conn, writing.tables, account, writing.operator)
    protect.set_slot(bare_of(writing.conn), path, account.user, password, told)
    return replace(account, id=number)


@writes(Right.MANAGE)
def change_person(writing: Writing, account: Account) -> None:
    """Give a person another role, other areas or villages; there is always a manager.

    The name stays: what he did stands under it, and another one would let him judge his own work.
    """
    known = accounts.accounts(writing.conn, writing.tables)
    before = next((each for each in known if each.id == account.id), None)
    if before is None or before.name != account.name:
        raise StorageProblem("人员的姓名不能改，因为他登记的都记在这个姓名下。请移除后另加一位。")
    if account.role != Role.MANAGER:
        _expect_another_manager(writing, account.id)
    accounts.change(writing.conn, writing.tables, account)


@writes(Right.MANAGE)
def remove_person(writing: Writing, path: Path, account: Account) -> None:
    """A person leaves: the password opens nothing any more. `renew_key` has to follow, for he may have a copy."""
    _expect_another_manager(writing, account.id)
    accounts.remove(writing.conn, writing.tables, account.id, writing.operator)
    protect.remove_slot(bare_of(writing.conn), path, account.user)


def renew_key(township: Township) -> None:
    """Encrypt the file anew under another data key; the township is closed and opens again without a password."""
    rights.expect(township.account, Right.MANAGE)
    path = township.path
    township.close()
    protect.change_key(path)


@writes(Right.MANAGE)
def set_password(writing: Writing, path: Path, account: Account, password: str) -> None:
    """Give a person another password, as when he forgot his."""
    _expect_good(password, account.name, writing.setting(NAME))
    protect.set_slot(bare_of(writing.conn), path, account.user, password, account.name)
    log.note(writing.conn, "password", person=account.name)


@writes(Right.OWN)
def change_own_password(writing: Writing, path: Path, before: str, password: str) -> None:
    """Change one's own password, giving the present one."""
    account = writing.account
    if account is None:
        raise StorageProblem("这个数据文件没有设密码。")
    try:
        slots.open_slot(vault.read_vault(path), account.name, before)
    except slots.SlotRefused:
        raise WrongPassword("现在的密码不对。请检查大小写和输入法，再试一次。") from None
    _expect_good(password, account.name, writing.setting(NAME))
    protect.set_slot(bare_of(writing.conn), path, account.user, password, account.name)
    log.note(writing.conn, "password", person=account.name)


@writes(Right.MANAGE)
def renew_recovery_key(writing: Writing, path: Path) -> str:
    """Another recovery key in the place of the printed one, which opens nothing any more."""
    recovery = new_recovery_key()
    protect.set_slot(bare_of(writing.conn), path, slots.RECOVERER, recovery, recovery=True)
    log.note(writing.conn, "recovery")
    return recovery


def password_trouble(password: str, name: str, office: str = "") -> str:
    """What is wrong with a new password, as a sentence; empty where it may be used."""
    return wrong_with(password, name, office, *_spelt(name))


def others_may(reading: Reading, right: Right) -> bool:
    """Whether somebody besides the person who works here has a right, so that he need not judge his own work."""
    here = reading.account
    return here is not None and any(
        each.id != here.id and rights.may(each, right)
        for each in accounts.accounts(reading.conn, reading.tables)
    )


def _spelt(name: str) -> tuple[str, ...]:
    return (initials(name),)


def _expect_good(password: str, name: str, office: str) -> None:
    trouble = password_trouble(password, name, office)
    if trouble:
        raise StorageProblem(trouble)


def _checked_name(name: str) -> str:
    told = "".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise StorageProblem(f"请写姓名，不超过 {LONGEST_NAME} 个字。")
    return told


def _expect_another_manager(reading: Reading, number: int) -> None:
    left = [
        each
        for each in accounts.accounts(reading.conn, reading.tables)
        if each.role == Role.MANAGER and each.id != number
    ]
    if not left:
        raise StorageProblem("至少要有一位管理员。请先把另一个人设为管理员。")
