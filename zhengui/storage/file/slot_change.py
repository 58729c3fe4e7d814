"""A change of passwords comes to hold together with the transaction that takes it down: wholly, or not at all.

While the transaction is under way, the vault as it is to be lies beside the present one (`.vault.next`), and the file
notes in the same transaction which vault is its own. Once that is kept, a rename puts the one in the place of the
other. Whatever comes between, the next opening goes by what the file notes.

The same note tells whether a vault is older than the data it lies beside, and whether the first password, or giving
passwords up, was begun and never done.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import disk, seals, slots, vault
from zhengui.storage.file.slots import Vault
from zhengui.storage.problem import StorageProblem

if TYPE_CHECKING:
    from zhengui.storage.schema.bare import BareConnection

#: The setting that says which vault belongs to the file, as `number:hash`, or one of the words below.
NOTE = "log.vault"
#: No passwords; a first one is about to be set.
WITHOUT, BEGUN = "none", "begun"

#: Vaults whose transaction is under way, by file.
_under_way: dict[Path, Vault] = {}


class VaultStanding(Enum):
    """How vault and file go together; the log tells of all but the first two by these names."""

    FITS = "fits"
    #: Nothing is noted yet, or the vault is newer, as beside a backup that was put back by hand.
    UNKNOWN = "unknown"
    #: Passwords were about to be set, and are not; or to be given up, and are still there.
    NOT_SET = "not_set"
    NOT_GIVEN_UP = "not_given_up"
    #: The vault is one of before: passwords changed since hold no more, who left since has his again.
    OLDER = "older_vault"


def stamp_of(made: Vault) -> str:
    """What tells one state of the slots from another. What computers remember, and the data key, make no difference."""
    held = sorted(
        (slot.user, slot.kind, slot.public)
        for slot in made.slots
        if slot.kind in (slots.PASSWORD, slots.RECOVERY)
    )
    return f"{made.changes}:{hashlib.blake2b(repr((made.id, held)).encode(), digest_size=16).hexdigest()}"


def present(path: Path) -> str:
    """The note for a file as vault or key lie beside it now."""
    return stamp_of(vault.read_vault(path)) if vault.has_vault(path) else WITHOUT


def prepare(connection: BareConnection, path: Path, made: Vault) -> None:
    """Let `made` be the file's vault once the transaction of `connection` is kept; `kept` or `undone` has to follow."""
    made = replace(made, changes=made.changes + 1)
    try:
        disk.write_whole(vault.next_path(path), slots.as_text(made).encode("ascii"))
    except OSError:
        raise StorageProblem(
            f"“{path.parent}”不能写入，或空间不够，密码和人员都没有改，原来的仍然有效。请检查文件夹的权限和空间，再试一次。"
        ) from None
    _under_way[path] = made
    seals.keep(connection, NOTE, stamp_of(made))


def note(connection: BareConnection, stamp: str) -> None:
    """Note in the file which vault is its own, or that it has none."""
    seals.keep(connection, NOTE, stamp)


def kept(path: Path) -> None:
    """The transaction is on the disk: what was prepared holds, whether or not the disk takes the rename now."""
    made = _under_way.pop(path, None)
    if made is not None:
        vault.hold_instead(path, made)
        take_place(path)


def undone(path: Path) -> None:
    """The transaction was not kept. What was prepared is of no use; where it can't be unlinked, the note tells so."""
    if _under_way.pop(path, None) is not None:
        with suppress(OSError):
            vault.next_path(path).unlink(missing_ok=True)


def take_place(path: Path) -> None:
    """Put the vault that holds in its place; a disk that takes nothing now is asked again at the next opening."""
    with suppress(OSError):
        disk.rename(vault.next_path(path), vault.vault_path(path))
        disk.flush_folder(path.parent)
        vault.hold_instead(path, None)


def settle(connection: BareConnection, path: Path, writer: bool) -> VaultStanding:
    """Let the vault hold that the file notes; how they go together. Only the `writer` changes what lies there."""
    noted, following = seals.noted(connection, NOTE), _following(path)
    if following is not None and noted == stamp_of(following):
        vault.hold_instead(path, following)
        if writer:
            take_place(path)
    elif writer:
        with suppress(OSError):
            vault.next_path(path).unlink(missing_ok=True)
    vault.settled(path)
    return _standing(path, noted)


def _following(path: Path) -> Vault | None:
    """The vault that was prepared for the present one's place."""
    if not vault.has_vault(path):
        return None
    found = vault.read_next(path)
    return found if found is not None and stamp_of(found) != stamp_of(vault.read_vault(path)) else None


def _standing(path: Path, noted: str | None) -> VaultStanding:
    if not vault.has_vault(path):
        return VaultStanding.FITS if noted in (None, WITHOUT) else VaultStanding.NOT_SET
    if noted == WITHOUT:
        return VaultStanding.NOT_GIVEN_UP
    if noted in (None, BEGUN):
        return VaultStanding.UNKNOWN
    here = vault.read_vault(path)
    if noted == stamp_of(here):
        return VaultStanding.FITS
    number = noted.partition(":")[0] if noted is not None else ""
    # Earlier versions counted nothing.
    older = here.changes and number.isdecimal() and here.changes < int(number)
    return VaultStanding.OLDER if older else VaultStanding.UNKNOWN
