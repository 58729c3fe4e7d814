"""Rankings on the command line: listed, told, issued once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.services.township.township import WORKING_DAY, open_township


@pytest.fixture
def year_end(copy: Path) -> Path:
    """The invented office on the last day of its year."""
    township = open_township(copy, "李文娟")
    township.keep_setting(WORKING_DAY, "2021-12-31")
    township.close()
    return copy


def test_a_month_is_told_issued_once_and_printed(cli: Cli, year_end: Path, tmp_path: Path) -> None:
    assert "vaccination_ranking  疫苗接种" in cli("ranking", year_end).out
    told = json.loads(cli("ranking", year_end, "疫苗接种", "--month", "2021-12", "--json").out)
    assert told["issued"] is None
    assert told["items"][0]["title"] == "全程接种率"
    ranks = [each["rank"] for each in told["villages"] if each["rank"]]
    assert ranks == sorted(ranks)
    assert "已签发2021年12月" in cli("ranking", year_end, "疫苗接种", "--month", "2021-12", "--issue").out
    again = cli("ranking", year_end, "疫苗接种", "--month", "2021-12", "--issue")
    assert is_told(again)
    assert "不再改动" in again.err
    path = tmp_path / "通报.pdf"
    assert "已生成通报" in cli("ranking", year_end, "疫苗接种", "--month", "2021-12", "--pdf", path).out
    assert path.read_bytes().startswith(b"%PDF")


def test_an_unknown_ranking_is_refused(cli: Cli, year_end: Path) -> None:
    assert "没有叫" in cli("ranking", year_end, "天气").err
