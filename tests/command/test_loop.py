"""`loop`: list, take steps with several items, tell the course of one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command.conftest import Cli
from zhengui.storage.file.vault import key_path


@pytest.fixture
def written(office: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office.zgdb"
    shutil.copy(office, path)
    shutil.copy(key_path(office), key_path(path))
    return path


def test_items_are_listed_moved_and_told_of(cli: Cli, written: Path) -> None:
    for name in ("李甲", "王乙"):
        assert cli("record", written, "official", f"姓名={name}").status == 0
    ids = [
        cli(
            "record", written, "rectification_item", "问题大类=党建", "具体问题=制度", "整改内容=修订",
            f"整改任务=任务{number}", "列入日期=2021-03-01",
        ).out.strip()
        for number in (1, 2)
    ]  # fmt: skip
    given = cli(
        "loop", written, "整改清单", *ids, "--do", "交办", "--day", "2021-03-02", "--to", "李甲",
        "--due", "2021-04-01",
    )  # fmt: skip
    assert given.out == "已交办 2 项。\n"
    again = cli("loop", written, "整改清单", ids[0], "--do", "销号")
    assert again.status == 1
    assert "不能销号" in again.out
    back = cli(
        "loop",
        written,
        "整改清单",
        ids[0],
        "--do",
        "退回",
        "--day",
        "2021-03-03",
        "--words",
        "不归我办",
        "--json",
    )
    assert json.loads(back.out) == {"done": [int(ids[0])], "refused": {}}

    told = cli("loop", written, "整改清单", ids[0])
    assert told.out.startswith("待交办，退回 1 次\n")
    assert "不归我办" in told.out
    listed = json.loads(cli("loop", written, "--year", "2021", "--state", "整改中", "--json").out)
    assert [(item["id"], item["responsible"]) for item in listed] == [(int(ids[1]), "李甲")]
    tree = cli("loop", written, "整改清单", "--tree", "--year", "2021").out
    assert "党建  0/2 已销号，逾期 2" in tree


def test_what_is_missing_is_said(cli: Cli, written: Path) -> None:
    assert "请写明台账和编号" in cli("loop", written, "--do", "销号").err
    assert "没有“赵丙”" in cli("loop", written, "hazard", "1", "--do", "交办", "--to", "赵丙").err
    assert "没有这个选项" in cli("loop", written, "hazard", "1", "--do", "做完").err


def test_draws_sheets_and_duties_by_command(cli: Cli, written: Path, tmp_path: Path) -> None:
    for name in ("李甲", "王乙"):
        cli("record", written, "official", f"姓名={name}")
    days = [f"{field}=2021-03-05" for field in ("交办日期", "整改完成日期", "验收日期", "销号日期")]
    for number in range(4):
        given = cli(
            "record", written, "rectification_item", "问题大类=党建", "具体问题=制度", "整改内容=修订",
            f"整改任务=任务{number}", "列入日期=2021-03-01", *days, "验收人=王乙",
        )  # fmt: skip
        assert given.status == 0, given.err
    drawn = json.loads(cli("draw", written, "整改清单", "--size", "2", "--seed", "7", "--json").out)
    assert drawn["repeats"]
    first, second = (item["record"] for item in drawn["items"])
    assert (
        "不合格，已退回"
        in cli("draw", written, "--check", drawn["id"], "--item", first, "--failed", "仍不公开").out
    )
    assert (
        cli("draw", written, "--check", drawn["id"], "--item", second, "--by", "王乙").out
        == "已登记：合格。\n"
    )
    shown = cli("draw", written, "--show", drawn["id"]).out
    assert "结果一致" in shown
    assert "不合格：仍不公开" in shown
    assert "合格率 100.0%" in shown
    pdf = tmp_path / "通报.pdf"
    assert "抽查通报〔" in cli("draw", written, "--circular", drawn["id"], "--pdf", pdf).out
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "整改中" in cli("loop", written, "整改清单", first).out
    assert "督办单〔" in cli("loop", written, "整改清单", first, "--sheet", "督办单").out
    assert "通报〔" in cli("loop", written, "整改清单", "--sheet", "通报", "--year", "2021").out
    assert len(cli("loop", written, "--sheets").out.splitlines()) == 3
    assert "请写明台账和编号" in cli("loop", written, "--sheet", "交办单").err
    assert "抽取 2 项，已查 2 项" in cli("draw", written).out
    assert cli("duty", written, "--days", "0").out.splitlines()[-1].startswith("0 天以内该走访的")
    for load in json.loads(cli("duty", written, "--loads", "--json").out):
        assert load["households"] >= 1
    assert "--official" in cli("duty", written, "--card", tmp_path / "卡.pdf").err
