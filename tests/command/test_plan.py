"""The plan on the command line: how it stands, its sheet as a file, and the turn of the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.command.conftest import Cli
from zhengui.services.entry.record import save
from zhengui.services.plan.report_progress import add_report
from zhengui.services.township.township import WORKING_DAY, open_township
from zhengui.services.township.working_year import working_year


@pytest.fixture
def planned(copy: Path) -> Path:
    """An invented office with one item of 2021, halfway there."""
    township = open_township(copy, "李文娟")
    township.keep_setting(WORKING_DAY, "2021-12-31")
    township.working_day = date(2021, 12, 31)
    department = save(township, "department", {"name": "新农业站", "active": True}).id
    item = {
        "part": "民生",
        "plan_year": 2021,
        "wording": "修路18公里。",
        "department": department,
        "due_on": date(2021, 12, 31),
        "status": "未开始",
        "operator": "至少",
        "target": Decimal(18),
        "unit": "公里",
    }
    number = save(township, "plan_item", item).id
    add_report(township, number, date(2021, 9, 20), "路基完成", Decimal(9))
    township.close()
    return copy


def test_items_are_listed_with_their_state(cli: Cli, planned: Path) -> None:
    answer = cli("plan", planned, "--year", 2021)
    assert answer.status == 0
    assert "修路18公里" in answer.out
    assert "现 9 公里 · 差 9" in answer.out
    assert "2021 年计划 1 项：落后 1" in answer.out


def test_the_sheet_becomes_pages_or_rows(cli: Cli, planned: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "sheet.pdf", tmp_path / "sheet.xlsx"
    answer = cli("plan", planned, "--year", 2021, "--quarter", 3, "--pdf", pdf, "--xlsx", xlsx)
    assert answer.status == 0
    assert "三季度进度表》，共 1 行" in answer.out
    assert pdf.read_bytes().startswith(b"%PDF")
    assert xlsx.stat().st_size > 0


def test_the_year_turns_once_it_is_nearly_over(cli: Cli, planned: Path) -> None:
    answer = cli("next-year", planned)
    assert answer.status == 0
    assert "已开启 2022 年" in answer.out
    assert "2021 年还有 1 项计划没有完成" in answer.out
    township = open_township(planned)
    assert working_year(township) == 2022
    township.close()
    again = cli("next-year", planned)
    assert again.status != 0
    assert "2022 年还没有过完" in again.out + again.err
