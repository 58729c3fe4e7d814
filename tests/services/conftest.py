"""The small written office, made once and fresh for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.written_office import make_office
from zhengui.services.township.township import Township, open_township


@pytest.fixture(scope="session")
def written_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """The file of an office with records of 2020 and 2021, for tests to have copies of, and its working day."""
    township = make_office(tmp_path_factory.mktemp("written"))
    path, day = township.path, township.working_day
    township.close()
    assert day is not None
    return path, day


@pytest.fixture
def written(written_file: tuple[Path, date], tmp_path: Path) -> Iterator[Township]:
    """An office with records of 2020 and 2021."""
    path, day = written_file
    for each in path.parent.iterdir():
        if each.is_file():
            shutil.copy2(each, tmp_path)
    township = open_township(tmp_path / path.name, "甲")
    township.working_day = day
    yield township
    township.close()
