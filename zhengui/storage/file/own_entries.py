"""The office's own catalogue entries, read out of a file before its tables are known."""

from __future__ import annotations

import json
from pathlib import Path

from zhengui.storage.file import vault
from zhengui.storage.file.connection import connect
from zhengui.storage.problem import StorageProblem

#: The settings that hold them; the name of the file they came from follows.
OWN = "catalogue.own."


def own_texts(path: Path) -> dict[str, str]:
    """The TOML texts by name, without touching the file; none where it can't be read, which opening it will say."""
    import sqlcipher3.dbapi2 as sqlcipher

    if not path.is_file():
        return {}
    try:
        connection = connect(path, vault.read_key(path))
    except (StorageProblem, OSError):
        return {}
    try:
        rows = connection.execute(
            "SELECT key, value FROM setting WHERE substr(key, 1, ?) = ? ORDER BY key", (len(OWN), OWN)
        ).fetchall()
        return {key.removeprefix(OWN): json.loads(value) for key, value in rows}
    except (StorageProblem, sqlcipher.Error, ValueError):
        return {}
    finally:
        connection.close()
