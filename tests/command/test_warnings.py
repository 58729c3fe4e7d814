"""Warnings on the command line: told with the reason, decided, and silent afterwards."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.services.entry.record import save
from zhengui.services.township.township import WORKING_DAY, open_township


@pytest.fixture
def warned(copy: Path) -> Path:
    """The invented office after a costly illness."""
    township = open_township(copy, "李文娟")
    township.keep_setting(WORKING_DAY, "2021-12-31")
    township.working_day = date(2021, 12, 31)
    save(
        township,
        "risk_event",
        {"household": 1, "kind": "大病", "date": date(2021, 3, 2), "amount": 1_200_000},
    )
    township.close()
    return copy


def test_a_warning_is_told_taken_up_and_then_silent(cli: Cli, warned: Path) -> None:
    told = json.loads(cli("warnings", warned, "--rule", "medical_outlay", "--json").out)
    assert [each["title"] for each in told] == ["医疗支出过高"]
    assert "12,000 元，超过预警线 10,000 元" in told[0]["why"]
    key = told[0]["key"]
    assert key in cli("warnings", warned, "--rule", "医疗支出过高").out
    answer = cli("warnings", warned, "--close", key)
    assert is_told(answer)
    assert "理由" in answer.err
    assert "已了结" in cli("warnings", warned, "--close", key, "--reason", "已报销").out
    assert "没有要处理的预警" in cli("warnings", warned, "--rule", "medical_outlay").out
    again = json.loads(cli("warnings", warned, "--rule", "medical_outlay", "--all", "--json").out)
    assert (again[0]["standing"], again[0]["reason"]) == ("已了结", "已报销")


def test_what_is_not_there_is_refused(cli: Cli, warned: Path) -> None:
    assert is_told(cli("warnings", warned, "--take", "没有这一条"))
    assert "没有叫" in cli("warnings", warned, "--rule", "天气").err
