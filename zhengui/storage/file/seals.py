"""The key of the log: random, kept in the file, wrapped under the data key, so that it goes along with every copy."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zhengui.storage.file import slots

if TYPE_CHECKING:
    from zhengui.storage.schema.bare import BareConnection

#: The settings that hold the wrapped key and the name by which the file is known outside.
KEY, FILE = "log.key", "log.file"
_FORMAT = "zhengui log 1"


@dataclass(frozen=True, slots=True)
class Sealing:
    """The log's key, and the file's own name, which no copy of another file has."""

    key: bytes
    file: str


def read(connection: BareConnection, data_key: bytes) -> Sealing | None:
    """The sealing of a file; None where it has none yet. The key is empty where it doesn't come out."""
    held = _settings(connection)
    if KEY not in held or FILE not in held:
        return None
    try:
        return Sealing(slots.unwrap(data_key, held[KEY], _about(held[FILE])), held[FILE])
    except slots.SlotRefused:
        return Sealing(b"", held[FILE])


def make(connection: BareConnection, data_key: bytes) -> Sealing:
    """Give a file a key for its log, in the caller's transaction."""
    made = Sealing(secrets.token_bytes(slots.KEY_BYTES), secrets.token_hex(16))
    _keep(connection, FILE, made.file)
    _keep(connection, KEY, slots.wrap(data_key, made.key, _about(made.file)))
    return made


def rewrap(connection: BareConnection, before: bytes, after: bytes) -> None:
    """Wrap the log's key for another data key, as the file was just encrypted anew."""
    held = _settings(connection)
    if KEY in held and FILE in held:
        key = slots.unwrap(before, held[KEY], _about(held[FILE]))
        _keep(connection, KEY, slots.wrap(after, key, _about(held[FILE])))


def account_of(connection: BareConnection, user: str) -> tuple[str, str] | None:
    """Name and role of the user of a slot, read out of a closed file; None where he is in it no more."""
    row = connection.execute(
        "SELECT name, role FROM account WHERE user = ? AND removed_at IS NULL", (user,)
    ).fetchone()
    return (str(row[0]), str(row[1])) if row is not None else None


def _settings(connection: BareConnection) -> dict[str, str]:
    rows = connection.execute("SELECT key, value FROM setting WHERE key IN (?, ?)", (KEY, FILE)).fetchall()
    return {row[0]: json.loads(row[1]) for row in rows}


def _keep(connection: BareConnection, key: str, value: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO setting (key, value, changed_at, changed_by) VALUES (?, ?, ?, '')",
        (key, json.dumps(value), datetime.now().isoformat(sep=" ", timespec="seconds")),
    )


def _about(file: str) -> str:
    return f"{_FORMAT}|{file}"
