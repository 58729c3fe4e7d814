"""What is to be done today on the command line: the same lines as in the window, and the week's sheet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.command.conftest import Cli
from zhengui.figures.period import year
from zhengui.services.township.township import WORKING_DAY, open_township
from zhengui.services.watch.today import counts, today_lines


@pytest.fixture
def office_day(copy: Path) -> Path:
    """The invented office on the last day of its year."""
    township = open_township(copy, "李文娟")
    township.keep_setting(WORKING_DAY, "2021-12-31")
    township.close()
    return copy


def test_the_lines_are_those_of_the_window(cli: Cli, office_day: Path) -> None:
    told = json.loads(cli("today", office_day, "--json").out)
    township = open_township(office_day)
    township.working_day = date(2021, 12, 31)
    lines = today_lines(township, year(2021))
    township.close()
    assert told["counts"] == counts(lines)
    assert [each["title"] for each in told["lines"]] == [line.title for line in lines]
    words = cli("today", office_day).out
    for group, count in told["counts"].items():
        assert f"{group} {count} 项" in words


def test_the_week_s_sheet_is_written(cli: Cli, office_day: Path, tmp_path: Path) -> None:
    path = tmp_path / "提醒.pdf"
    assert "已生成本周工作提醒" in cli("today", office_day, "--pdf", path).out
    assert path.read_bytes().startswith(b"%PDF")
