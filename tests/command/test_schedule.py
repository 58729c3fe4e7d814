"""Schedules on the command line: shared out, told, printed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.services.entry.record import save
from zhengui.services.township.township import WORKING_DAY, open_township


@pytest.fixture
def planned(copy: Path) -> tuple[Path, int]:
    """An office whose villages have people, with an item that is a rate."""
    township = open_township(copy, "李文娟")
    township.keep_setting(WORKING_DAY, "2021-06-30")
    township.working_day = date(2021, 6, 30)
    for village in (1, 2, 3, 4):
        save(township, "village", {"population": 100 * village}, village)
    item = {
        "part": "民生",
        "plan_year": 2021,
        "wording": "参保率达到97%。",
        "department": 1,
        "due_on": date(2021, 12, 31),
        "status": "未开始",
        "operator": "至少",
        "target": Decimal(97),
        "unit": "%",
    }
    number = save(township, "plan_item", item).id
    township.close()
    return copy, number


def test_a_rate_is_shared_out_told_and_printed(cli: Cli, planned: tuple[Path, int], tmp_path: Path) -> None:
    path, item = planned
    assert is_told(cli("schedule", path, "--item", item))
    told = json.loads(cli("schedule", path, "--item", item, "--share", "population", "--json").out)
    assert {Decimal(village["goal"]) for village in told["villages"]} == {97}
    assert "各村（居）同一比率" in cli("schedule", path, "--item", item).out
    sheet = tmp_path / "日程表.pdf"
    assert "已生成日程表" in cli("schedule", path, "--item", item, "--pdf", sheet).out
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "没有“高矮”这种分法" in cli("schedule", path, "--item", item, "--share", "高矮").err


def test_the_targets_are_told(cli: Cli, planned: tuple[Path, int]) -> None:
    path, _item = planned
    told = json.loads(cli("schedule", path, "--targets", "--json").out)
    assert all({"village", "goal", "done", "behind", "daily"} <= set(each) for each in told)
    assert "项任务" in cli("schedule", path, "--targets").out
    assert is_told(cli("schedule", path))


def test_curves_are_told_and_what_is_left_of_targets_is_spread_anew(
    cli: Cli, planned: tuple[Path, int]
) -> None:
    path, item = planned
    cli("schedule", path, "--item", item, "--share", "population")
    told = json.loads(cli("schedule", path, "--item", item, "--curve", "--json").out)
    assert all(Decimal(each["curve"]["planned"][-1][1]) == 97 for each in told["villages"])
    assert "应完成：" in cli("schedule", path, "--item", item, "--curve").out
    township = open_township(path, "李文娟")
    common = {"village": 1, "band": "60岁及以上", "dose": "加强", "people": 1000}
    span = {"set_on": date(2021, 3, 22), "due_on": date(2021, 10, 31)}
    target = save(township, "vaccination_target", {**common, **span}).id
    township.close()
    late = json.loads(cli("schedule", path, "--targets", "--curve", "--json").out)
    (told,) = [each for each in late if each["record"] == target]
    assert told["behind"] > 0
    assert told["curve"]["planned"][-1] == ["2021-10-31", "1000"]
    anew = json.loads(cli("schedule", path, "--targets", "--reshare", "--json").out)
    (told,) = [each for each in anew if each["record"] == target]
    assert told["behind"] == 0
    assert sum(Decimal(value) for _day, value in told["steps"]) == 1000
