"""A person's account on a Windows computer as one more slot of the vault: remembered here, no password is asked.

A random secret opens the slot. It lies in the user's own folder, sealed by Windows (DPAPI) for his account on this
computer; elsewhere, or for anybody else, it is of no use. Taking the person or his password away takes this slot, too.
"""

from __future__ import annotations

import secrets
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from zhengui.storage.file import account_seal, own_notes, slots, vault

KIND = "windows"
_NOTED = "remembered"
#: Between the user and the computer in the name of a slot.
_AT = "@"


def possible() -> bool:
    """Whether this system seals secrets for one account."""
    return sys.platform == "win32"


def remember(path: Path) -> None:
    """Let who gave his password for the file open it on this computer, in this account, without one."""
    user, present = vault.opened_by(path), vault.read_vault(path)
    if not possible() or not user or user == slots.RECOVERER:
        return
    forget(path)
    present = vault.read_vault(path)
    secret, here = secrets.token_hex(slots.KEY_BYTES), f"{user}{_AT}{secrets.token_hex(8)}"
    sealed = account_seal.seal(secret.encode("ascii"))
    made = slots.with_slot(present, vault.current_key(path), here, secret, KIND)
    with own_notes.changing(_NOTED, present.id) as known:
        known |= {"slot": here, "secret": sealed.hex()}
    vault.write_vault(path, made)


def is_remembered(path: Path) -> bool:
    """Whether the file opens here without a password."""
    if not vault.has_vault(path):
        return False
    present = vault.read_vault(path)
    told = own_notes.read(_NOTED, present.id).get("slot")
    return any(slot.user == told for slot in present.slots)


def unlock(path: Path) -> bool:
    """Open the file by what is remembered; False where nothing is, or it does not fit any more."""
    present = vault.read_vault(path)
    told = own_notes.read(_NOTED, present.id)
    if not told or not possible():
        return False
    with suppress(slots.SlotRefused, ValueError, KeyError, TypeError, AttributeError):
        secret = account_seal.unseal(bytes.fromhex(told["secret"]))
        if secret is not None:
            key = slots.open_named(present, told["slot"], secret.decode("ascii"))
            vault.remember(present, key, told["slot"].partition(_AT)[0])
            return True
    return False


def forget(path: Path) -> None:
    """Take back what is remembered of a file on this computer."""
    present = vault.read_vault(path)
    with own_notes.changing(_NOTED, present.id) as known:
        told = dict(known)
        known.clear()
    if told and any(slot.user == told.get("slot") for slot in present.slots):
        # Without its secret, which is gone, the slot opens for nobody; it may stay where the disk takes nothing.
        with suppress(OSError):
            vault.write_vault(path, slots.without(present, told["slot"]))


def without_person(present: slots.Vault, user: str) -> slots.Vault:
    """The vault without a person's slot and what computers remember of him."""
    return replace(
        present, slots=tuple(each for each in present.slots if each.user.partition(_AT)[0] != user)
    )
