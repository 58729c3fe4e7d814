"""Give a password for a file: the pauses after wrong ones, who it was, and what each person may do."""

from __future__ import annotations

import time
import unicodedata
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from zhengui.services.township import rights
from zhengui.services.township.rights import Right, Role
from zhengui.storage.file import own_notes, protect, remembered, vault
from zhengui.storage.file.connection import connect
from zhengui.storage.file.seals import account_of
from zhengui.storage.file.slots import RECOVERER, SlotRefused
from zhengui.storage.problem import Damaged, NotAllowed, StorageProblem
from zhengui.storage.records.accounts import Account
from zhengui.values.recovery_key import read_recovery_key

#: So many wrong passwords are taken without a pause; then it doubles from the first one on, in seconds.
FREE, FIRST_PAUSE, LONGEST_PAUSE = 4, 10, 900
#: Doubling so often is beyond the longest pause.
_MOST_DOUBLED = 20
_ATTEMPTS, _COUNT, _AT = "attempts", "count", "at"


#: The name that was given with the password of each vault in this run, as it was typed.
_names: dict[str, str] = {}


class WrongPassword(StorageProblem):
    """Name and password don't fit; which of the two is not said."""


def is_protected(path: Path) -> bool:
    """Whether passwords protect the file."""
    return vault.has_vault(path)


def is_open(path: Path) -> bool:
    """Whether a password was given for the file in this run of the program, or none is needed."""
    return not vault.has_vault(path) or bool(vault.opened_by(path))


def log_in(path: Path, name: str, password: str, now: float | None = None) -> None:
    """Open the file for a person until `log_out`. Raises WrongPassword; after several, only once a pause is over."""
    file = vault.read_vault(path).id
    _expect_no_pause(file, now)
    try:
        vault.unlock(path, name, password)
    except SlotRefused:
        _count(file, now)
        raise WrongPassword(
            "姓名或密码不对。请检查大小写和输入法，再试一次；忘了密码，请用恢复密钥。"
        ) from None
    _names[file] = unicodedata.normalize("NFKC", "".join(name.split()))
    protect.remove_plain_keys(path)


def log_in_with_recovery_key(path: Path, text: str, now: float | None = None) -> None:
    """The same with the recovery key, as it was printed; whoever has it may do what a manager may."""
    key = read_recovery_key(text)
    if key is None:
        raise WrongPassword("恢复密钥没有输对：应是 32 个字母和数字。请对照打印的那一页，逐组核对。")
    file = vault.read_vault(path).id
    _expect_no_pause(file, now)
    try:
        vault.unlock_recovery(path, key)
    except SlotRefused:
        _count(file, now)
        raise WrongPassword(
            "这个恢复密钥不是这个数据文件的，或后来已经换过。请找最近打印的那一页。"
        ) from None


def can_remember() -> bool:
    """Whether this computer can open a file without a password for who logs in to it."""
    return remembered.possible()


def remember_here(path: Path) -> None:
    """Let who just gave his password open the file here without one, in his account of this computer."""
    try:
        remembered.remember(path)
    except OSError:
        raise StorageProblem(
            "密码对了，但没有在这台电脑上记住：文件夹不能写入，或空间不够。请去掉“记住”再打开，以后再试。"
        ) from None


def is_remembered(path: Path) -> bool:
    """Whether the file opens here without a password."""
    return remembered.possible() and remembered.is_remembered(path)


def log_in_remembered(path: Path) -> bool:
    """Open the file by what this computer remembers; False where it asks for a password."""
    return vault.has_vault(path) and remembered.unlock(path)


def forget_here(path: Path) -> None:
    """Ask for a password here again."""
    try:
        remembered.forget(path)
    except OSError:
        raise StorageProblem(
            "这台电脑仍然记着密码：用户文件夹不能写入，或空间不够。请清理磁盘后再试。"
        ) from None


def log_out(path: Path) -> None:
    """Forget the password; the file must be closed."""
    vault.lock(path)


def failures(path: Path) -> int:
    """How many wrong passwords were given on this computer since the last right one; they are then forgotten."""
    file = vault.read_vault(path).id
    count = 0
    with suppress(OSError), own_notes.changing(_ATTEMPTS, file) as known:
        count = _counted(known)[0]
        known.clear()
    return count


def who_is_in(path: Path, found: list[Account]) -> Account | None:
    """The account of who gave the password; None without passwords. Raises NotAllowed for one who left."""
    if not vault.has_vault(path):
        return None
    user = vault.opened_by(path)
    if user == RECOVERER:
        return Account(0, RECOVERER, "恢复密钥", Role.MANAGER)
    account = next((each for each in found if each.user == user), None)
    if account is None:
        vault.lock(path)
        raise NotAllowed("您已不在这个数据文件的人员里，不能打开。请联系管理员。")
    return account


def first_person(path: Path, found: list[Account], operator: str) -> Account | None:
    """Who becomes the manager of a file in which nobody has a password for it; None where somebody has, or none is needed.

    Such a file was put back from before there were passwords. Without this its vault would open it for people whom it
    does not know. `operator` is the name that the file itself was kept under.
    """
    if not vault.has_vault(path):
        return None
    present, user = vault.read_vault(path), vault.opened_by(path)
    having = {slot.user for slot in present.slots}
    name = _names.get(present.id) or "".join(operator.split())
    if not user or user == RECOVERER or not name or any(each.user in having for each in found):
        return None
    return Account(0, user, name, Role.MANAGER)


def expect_right(path: Path, right: Right) -> None:
    """Raise NotAllowed where the one who gave the password of a closed file has not the right.

    A file that can't be read is nobody's: then any of its passwords is enough, for it has to be brought back.
    """
    if not vault.has_vault(path) or not path.is_file():
        return
    try:
        with closing(connect(path, vault.read_key(path), untouched=True)) as connection:
            found = account_of(connection, vault.opened_by(path))
    except (Damaged, OSError):
        return
    if found is not None:
        rights.expect(Account(0, "", found[0], found[1]), right)


def _expect_no_pause(file: str, now: float | None) -> None:
    left = _pause(file, now)
    if left:
        raise WrongPassword(f"已经输错多次，请等 {left} 秒再试。忘了密码，请用恢复密钥或联系管理员。")


def _pause(file: str, now: float | None) -> int:
    count, at = _counted(own_notes.read(_ATTEMPTS, file))
    if count < FREE:
        return 0
    whole = min(FIRST_PAUSE * 2 ** min(count - FREE, _MOST_DOUBLED), LONGEST_PAUSE)
    left = at + whole - (now or time.time())
    # A clock that was set back must not lock anybody out for good.
    return 0 if left > whole else max(0, round(left))


def _count(file: str, now: float | None) -> None:
    with suppress(OSError), own_notes.changing(_ATTEMPTS, file) as known:
        known |= {_COUNT: _counted(known)[0] + 1, _AT: now or time.time()}


def _counted(known: dict[str, Any]) -> tuple[int, float]:
    """How many wrong passwords were noted, and when the last was; none where somebody wrote something else there."""
    count, at = known.get(_COUNT), known.get(_AT)
    if isinstance(count, int) and isinstance(at, int | float):
        return count, at
    return 0, 0.0
