"""A small invented office as a file, and the command line run inside the tests' own process."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.whole_office import make_office
from zhengui.cli import run
from zhengui.services.entry import record
from zhengui.storage.file.vault import key_path


@dataclass(frozen=True)
class Answer:
    """What a command said and the status it left with."""

    status: int
    out: str
    err: str


Cli = Callable[..., Answer]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command; anything that is not foreseen comes out as the exception it is."""

    def call(*arguments: Any) -> Answer:
        capsys.readouterr()
        try:
            status = run([str(each) for each in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return call


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that is only read: three letters of two villages."""
    path = tmp_path_factory.mktemp("command") / "office.zgdb"
    township = make_office(path)
    for day, village, copies in (
        (date(2021, 3, 5), 1, 700),
        (date(2021, 9, 1), 1, 87),
        (date(2021, 5, 6), 2, 500),
    ):
        record.save(township, "letter", {"village": village, "date": day, "copies": copies, "suggestions": 1})
    township.close()
    return path


@pytest.fixture
def copy(office: Path, tmp_path: Path) -> Iterator[Path]:
    """The office as a file that may be changed."""
    path = tmp_path / "copy.zgdb"
    shutil.copy(office, path)
    shutil.copy(key_path(office), key_path(path))
    yield path
    assert not list(tmp_path.glob("*.part"))


def is_told(answer: Answer) -> bool:
    """A refusal in Chinese with something to do, without the system's own words."""
    foreign = re.sub(r"[“’'\"(（][^”’'\")）]*[”’'\")）]", "", answer.err)
    foreign = re.sub(
        r"--?[a-z-]+|main\.py( [a-z]+)?|(figures|catalogue) 命令|\.[a-z]{3,4}|Excel|WPS|PDF|[\w:/\\.-]*[/\\][\w/\\.-]*",
        "",
        foreign,
    )
    wrong = re.search(r"[A-Za-z]{3,}", foreign)
    return answer.status != 0 and not answer.out and bool(answer.err.strip()) and wrong is None
