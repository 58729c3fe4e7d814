"""Set up what every test needs before the first import of Qt: no screen, and a user folder of its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pictures import keep_windows
from zhengui.storage.file import connection

if TYPE_CHECKING:
    from zhengui.services.township.township import Township

_HOME = tempfile.mkdtemp(prefix="zhengui-tests-")

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["ZHENGUI_HOME"] = _HOME
# What tests write need not survive a power cut.
connection.SYNCHRONOUS = "OFF"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave a picture of every window that was open when a test failed."""
    report = yield
    if report.when == "call" and report.failed:
        for path in keep_windows(item.nodeid):
            report.sections.append(("picture", str(path)))
    return report


@pytest.fixture(scope="session")
def written_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """The file of an office with records of 2020 and 2021, for tests to have copies of, and its working day."""
    from tests.services.written_office import make_office

    township = make_office(tmp_path_factory.mktemp("written"))
    path, day = township.path, township.working_day
    township.close()
    assert day is not None
    return path, day


@pytest.fixture
def written(written_file: tuple[Path, date], tmp_path: Path) -> Iterator[Township]:
    """An office with records of 2020 and 2021, in a copy of the test's own."""
    from tests.fresh import copied
    from zhengui.services.township.township import open_township

    path, day = written_file
    township = open_township(copied(path, tmp_path), "甲")
    township.working_day = day
    yield township
    township.close()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the user folder that this process made."""
    shutil.rmtree(_HOME, ignore_errors=True)
