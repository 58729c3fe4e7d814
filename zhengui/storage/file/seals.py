"""The key of the log: random, kept in the file, wrapped under the data key, so that it goes along with every copy."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from zhengui.storage.file import slots

if TYPE_CHECKING:
    from zhengui.storage.schema.bare import BareConnection

#: The settings that hold the wrapped key and the name by which the file is known outside.
KEY, FILE = "log.key", "log.file"
_FORMAT = "zhengui log 1"


class Sealing:
    """The log's key, and the file's own name, which no copy of another file has.

    The key is unwrapped when a line is first written or checked, for until then nobody waits for what that takes.
    """

    def __init__(self, file: str, unwrapped: Callable[[], bytes]) -> None:
        self.file = file
        self._unwrapped = unwrapped

    @cached_property
    def key(self) -> bytes:
        """32 bytes; empty where the wrapped key doesn't come out."""
        try:
            return self._unwrapped()
        except slots.SlotRefused:
            return b""


def read(connection: BareConnection, data_key: bytes) -> Sealing | None:
    """The sealing of a file; None where it has none yet."""
    held = _settings(connection)
    if KEY not in held or FILE not in held:
        return None
    wrapped, file = held[KEY], held[FILE]
    return Sealing(file, lambda: slots.unwrap(data_key, wrapped, _about(file)))


def make(connection: BareConnection, data_key: bytes) -> Sealing:
    """Give a file a key for its log, in the caller's transaction."""
    key, file = secrets.token_bytes(slots.KEY_BYTES), secrets.token_hex(16)
    keep(connection, FILE, file)
    keep(connection, KEY, slots.wrap(data_key, key, _about(file)))
    return Sealing(file, lambda: key)


def rewrap(connection: BareConnection, before: bytes, after: bytes) -> None:
    """Wrap the log's key for another data key, as the file was just encrypted anew."""
    held = _settings(connection)
    if KEY in held and FILE in held:
        key = slots.unwrap(before, held[KEY], _about(held[FILE]))
        keep(connection, KEY, slots.wrap(after, key, _about(held[FILE])))


def account_of(connection: BareConnection, user: str) -> tuple[str, str] | None:
    """Name and role of the user of a slot, read out of a closed file; None where he is in it no more."""
    row = connection.execute(
        "SELECT name, role FROM account WHERE user = ? AND removed_at IS NULL", (user,)
    ).fetchone()
    return (str(row[0]), str(row[1])) if row is not None else None


def noted(connection: BareConnection, setting: str) -> str | None:
    """A setting that belongs to the file, not to the office; None where there is none."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (setting,)).fetchone()
    return str(json.loads(row[0])) if row is not None else None


def _settings(connection: BareConnection) -> dict[str, str]:
    rows = connection.execute("SELECT key, value FROM setting WHERE key IN (?, ?)", (KEY, FILE)).fetchall()
    return {row[0]: json.loads(row[1]) for row in rows}


def keep(connection: BareConnection, key: str, value: str) -> None:
    """Set one."""
    connection.execute(
        "INSERT OR REPLACE INTO setting (key, value, changed_at, changed_by) VALUES (?, ?, ?, '')",
        (key, json.dumps(value), datetime.now().isoformat(sep=" ", timespec="seconds")),
    )


def _about(file: str) -> str:
    return f"{_FORMAT}|{file}"
