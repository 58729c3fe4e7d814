"""The small written office, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.written_office import make_office
from zhengui.services.township.township import Township


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Township]:
    """An office with records of 2020 and 2021."""
    township = make_office(tmp_path)
    yield township
    township.close()
