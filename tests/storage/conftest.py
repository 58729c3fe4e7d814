"""A fresh encrypted file with the small office in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.small import small_catalogue
from zhengui.storage.file.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open file without records."""
    with Database.create(tmp_path / "office.zgdb", small_catalogue()) as opened:
        yield opened
