"""The vault: for each person a slot that gives out the data key for a password, and one for the recovery key.

A slot holds a key pair. Its private half is wrapped by AES-256-GCM under what argon2id makes of the password; the data
key is sealed to its public half. So the data key can be replaced, as when a person leaves, without knowing anybody's
password, and whoever kept the old one learns nothing of the new. Names stand in the vault only as a keyed hash.

argon2id: RFC 9106; AES-GCM: NIST SP 800-38D; X25519: RFC 7748; HKDF: RFC 5869.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from typing import Any

KEY_BYTES = 32
PASSWORD, RECOVERY = "password", "recovery"
#: The user of the slot that the recovery key opens.
RECOVERER = "recovery"
#: What argon2id takes: KiB of memory, passes, lanes.
MEMORY, PASSES, LANES = 64 * 1024, 3, 2
#: More than these is no vault of ours, and would take this computer's memory.
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 16, 16
_FORMAT, _SUM = "zhengui vault 1", "sum"
_NONCE, _SALT, _PUBLIC = 12, 16, 32


class NoVault(ValueError):
    """The text is no vault, or not a whole one."""


class SlotRefused(Exception):
    """No slot is opened by what was given."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key. `who` is the keyed hash of the person's name; bytes are kept as hex.

    `since` is the epoch in which the password was set; `private` is wrapped under it, `sealed` under the present one.
    """

    user: str
    kind: str
    who: str
    since: int
    salt: str
    memory: int
    passes: int
    lanes: int
    public: str
    private: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Vault:
    """All slots of a file. `epoch` counts the data keys it has had; `earlier` holds those under the present one.

    `changes` counts what was changed about the slots, 0 where an earlier version did.
    """

    id: str
    epoch: int
    slots: tuple[Slot, ...] = ()
    earlier: tuple[tuple[int, str], ...] = ()
    changes: int = 0


def new_vault(earlier: bytes | None, key: bytes) -> Vault:
    """A vault without slots for the data key `key`; `earlier` is the one that the file had lain under so far."""
    made = Vault(secrets.token_hex(16), 1)
    if earlier is None:
        return made
    return replace(made, earlier=((0, _wrap(key, earlier, _about(made.id, 0, "earlier"))),))


def with_slot(
    vault: Vault, key: bytes, user: str, secret: str, kind: str = PASSWORD, name: str = ""
) -> Vault:
    """The vault with a slot for `user`, in the place of the one that he had."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    salt = secrets.token_bytes(_SALT)
    pair = X25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    under = _stretched(secret, salt, MEMORY, PASSES, LANES)
    private = _wrap(under, pair.private_bytes_raw(), _about(vault.id, vault.epoch, user))
    sealed = _seal(public, key, _about(vault.id, vault.epoch, user))
    who = _hash_of(vault.id, name) if name else ""
    made = Slot(
        user, kind, who, vault.epoch, salt.hex(), MEMORY, PASSES, LANES, public.hex(), private, sealed
    )
    # Two people never have one name: a slot of the same name is that of somebody the file knows no more.
    others = [slot for slot in vault.slots if slot.user != user and not (who and slot.who == who)]
    return replace(vault, slots=(*others, made))


def without(vault: Vault, user: str) -> Vault:
    """The vault without a person's slot."""
    return replace(vault, slots=tuple(slot for slot in vault.slots if slot.user != user))


def holds(vault: Vault, slot: Slot) -> bool:
    """Whether a slot is still one of the vault's, under whatever data key."""
    return any((each.user, each.public) == (slot.user, slot.public) for each in vault.slots)


def rekeyed(vault: Vault, old: bytes, new: bytes) -> Vault:
    """The vault for another data key: sealed anew to everyone who has a slot, and the old key kept under the new."""
    epoch = vault.epoch + 1
    slots = tuple(
        replace(slot, sealed=_seal(bytes.fromhex(slot.public), new, _about(vault.id, epoch, slot.user)))
        for slot in vault.slots
    )
    known = [*earlier_keys(vault, old).items(), (vault.epoch, old)]
    earlier = tuple(
        (number, _wrap(new, key, _about(vault.id, number, "earlier"))) for number, key in sorted(known)
    )
    return Vault(vault.id, epoch, slots, earlier, vault.changes)


def earlier_keys(vault: Vault, key: bytes) -> dict[int, bytes]:
    """The data keys of earlier epochs, in which older backups lie."""
    return {
        number: _unwrap(key, wrapped, _about(vault.id, number, "earlier"))
        for number, wrapped in vault.earlier
    }


def open_slot(vault: Vault, name: str, secret: str) -> tuple[Slot, bytes]:
    """The slot and the data key for a person's name and password; SlotRefused where they don't fit."""
    wanted = _hash_of(vault.id, name)
    for slot in vault.slots:
        if slot.kind == PASSWORD and slot.who == wanted:
            return slot, _opened(vault, slot, secret)
    # A name that nobody has takes as long as a wrong password, and is told the same.
    _stretched(secret, b"\0" * _SALT, MEMORY, PASSES, LANES)
    raise SlotRefused


def open_named(vault: Vault, user: str, secret: str) -> bytes:
    """The data key for the slot of this user, as a computer remembers it; SlotRefused where it doesn't fit."""
    for slot in vault.slots:
        if slot.user == user:
            return _opened(vault, slot, secret)
    raise SlotRefused


def open_recovery(vault: Vault, key: str) -> tuple[Slot, bytes]:
    """Slot and data key for the recovery key as `values.recovery_key` reads it; SlotRefused where it is another's."""
    for slot in vault.slots:
        if slot.kind == RECOVERY:
            return slot, _opened(vault, slot, key)
    raise SlotRefused


def as_text(vault: Vault) -> str:
    """As it lies beside the file."""
    told = {"format": _FORMAT, **asdict(vault)}
    return json.dumps({**told, _SUM: _sum_of(told)}, indent=1)


def from_text(text: str) -> Vault:
    """The vault in a text; NoVault where it isn't a whole one.

    Nothing secret guards the sum: it only tells a damaged vault from a wrong password.
    """
    try:
        read: dict[str, Any] = json.loads(text)
        # Earlier versions wrote none.
        if read.pop("format") != _FORMAT or read.pop(_SUM, None) not in (
            None,
            _sum_of({"format": _FORMAT, **read}),
        ):
            raise NoVault
        slots = tuple(_slot(each) for each in read.pop("slots"))
        earlier = tuple((_number(number), _bytes(wrapped)) for number, wrapped in read.pop("earlier"))
        changes = _number(read.get("changes", 0))
        return Vault(_bytes(read["id"]), _number(read["epoch"]), slots, earlier, changes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NoVault from None


def _slot(read: dict[str, Any]) -> Slot:
    """One slot of a text; ValueError, KeyError or TypeError where it is none of ours."""
    slot = Slot(**read)
    for told in (slot.who, slot.salt, slot.public, slot.private, slot.sealed):
        _bytes(told)
    _number(slot.since)
    for number, most in ((slot.memory, _MOST_MEMORY), (slot.passes, _MOST_PASSES), (slot.lanes, _MOST_LANES)):
        if not 0 < _number(number) <= most:
            raise NoVault
    if not (isinstance(slot.user, str) and isinstance(slot.kind, str) and slot.memory >= 8 * slot.lanes):
        raise NoVault
    return slot


def _number(told: object) -> int:
    """A whole number of a text, from 0 on; NoVault where it is something else."""
    if type(told) is int and told >= 0:
        return told
    raise NoVault


def _bytes(told: object) -> str:
    """Bytes as a text holds them; NoVault where it is something else."""
    if isinstance(told, str):
        bytes.fromhex(told)
        return told
    raise NoVault


def _sum_of(told: dict[str, Any]) -> str:
    """What a vault's text is known to be whole by."""
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=8).hexdigest()


def wrap(key: bytes, data: bytes, about: str) -> str:
    """Bytes under a key, with what they are about bound to them."""
    return _wrap(key, data, about.encode())


def unwrap(key: bytes, wrapped: str, about: str) -> bytes:
    """The same back; SlotRefused where key, bytes or subject are others."""
    return _unwrap(key, wrapped, about.encode())


def plain_password(text: str) -> str:
    """A password as it is meant: full-width and composed characters are those of any other keyboard."""
    return unicodedata.normalize("NFKC", text)


def _opened(vault: Vault, slot: Slot, secret: str) -> bytes:
    try:
        salt = bytes.fromhex(slot.salt)
        under = _stretched(secret, salt, slot.memory, slot.passes, slot.lanes)
        private = _unwrap(under, slot.private, _about(vault.id, slot.since, slot.user))
        return _unseal(private, slot.sealed, _about(vault.id, vault.epoch, slot.user))
    except ValueError:
        raise SlotRefused from None


def _stretched(secret: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    made = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory)
    return bytes(made.derive(plain_password(secret).encode("utf-8", "surrogatepass")))


def _about(id_: str, epoch: int, user: str) -> bytes:
    """What a wrapped key belongs to; bound to it, so that no slot can be moved to another file, time or person."""
    return f"{_FORMAT}|{id_}|{epoch}|{user}".encode()


def _hash_of(id_: str, name: str) -> str:
    plain = unicodedata.normalize("NFKC", "".join(name.split()))
    return hashlib.blake2b(
        plain.encode("utf-8", "surrogatepass"), key=bytes.fromhex(id_), digest_size=16
    ).hexdigest()


def _wrap(key: bytes, data: bytes, about: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return (nonce + AESGCM(key).encrypt(nonce, data, about)).hex()


def _unwrap(key: bytes, wrapped: str, about: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        data = bytes.fromhex(wrapped)
        return bytes(AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], about))
    except (InvalidTag, ValueError):
        raise SlotRefused from None


def _seal(public: bytes, data: bytes, about: bytes) -> str:
    """Bytes for whoever has the private half: a key pair of their own, agreed with the public one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    passing = X25519PrivateKey.generate()
    shared = passing.exchange(X25519PublicKey.from_public_bytes(public))
    own = passing.public_key().public_bytes_raw()
    return own.hex() + _wrap(_agreed(shared, own + public), data, about)


def _unseal(private: bytes, sealed: str, about: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    pair = X25519PrivateKey.from_private_bytes(private)
    own = bytes.fromhex(sealed[: 2 * _PUBLIC])
    shared = pair.exchange(X25519PublicKey.from_public_bytes(own))
    return _unwrap(_agreed(shared, own + pair.public_key().public_bytes_raw()), sealed[2 * _PUBLIC :], about)


def _agreed(shared: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return bytes(HKDF(SHA256(), KEY_BYTES, public, _FORMAT.encode()).derive(shared))
