"""An office begins with its names, its villages and its first month, or it does not begin at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhengui.services.returns.report_status import report_status, set_start_month, start_month
from zhengui.services.returns.report_year import missing_count, monthly_ledgers
from zhengui.services.township import office
from zhengui.services.whole import found_office as service
from zhengui.services.whole.found_office import NewOffice, Village, found_office, villages_in

OFFICE = NewOffice(
    "河东街道",
    "街道",
    "河东街道办事处",
    "中共河东街道工作委员会",
    "李试",
    (Village("白沙村", "村"), Village("河东社区", "居")),
    202110,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("白沙村\n清溪村", ["白沙村", "清溪村"]),
        ("1.白沙村\n2、清溪村\n（3）云岭社区\n4 石桥村", ["白沙村", "清溪村", "云岭社区", "石桥村"]),
        ("白沙村、清溪村，云岭社区", ["白沙村", "清溪村", "云岭社区"]),
        ("村名\n白沙村\n白沙村\n\n  清 溪 村 ", ["白沙村", "清溪村"]),
        ("", []),
    ],
)
def test_lists_are_read_as_they_are_pasted(text: str, names: list[str]) -> None:
    assert [village.name for village in villages_in(text)] == names


def test_communities_are_told_from_villages() -> None:
    kinds = {village.name: village.kind for village in villages_in("白沙村\n云岭社区\n桥头居委会\n城关居")}
    assert kinds == {"白沙村": "村", "云岭社区": "居", "桥头居委会": "居", "城关居": "居"}


def test_an_office_is_founded_whole(tmp_path: Path) -> None:
    township = found_office(tmp_path / "河东街道.zgdb", OFFICE)
    try:
        assert township.profile().office == "河东街道办事处"
        assert township.setting(office.KIND) == "街道"
        assert township.setting(office.COMMITTEE) == "中共河东街道工作委员会"
        assert start_month(township) == 202110
        assert township.operator == "李试"
        with township.reading() as reading:
            from zhengui.storage.query import references

            assert list(references.labels(reading.conn, reading.tables, "village").values()) == [
                "白沙村",
                "河东社区",
            ]
    finally:
        township.close()


def test_nothing_is_owed_for_the_months_before(tmp_path: Path) -> None:
    township = found_office(tmp_path / "河东街道.zgdb", OFFICE)
    township.working_day = date(2021, 12, 31)
    try:
        ledger = monthly_ledgers(township)[0][1][0].key
        cells = report_status(township, ledger, 2021).rows[0].cells
        assert [cell.state for cell in cells] == ["not_owed"] * 9 + ["missing"] * 2 + ["not_due"]
        begun = missing_count(township, 2021)
        set_start_month(township, 0)
        assert missing_count(township, 2021) > begun > 0
    finally:
        township.close()


def test_nothing_stays_behind_where_it_does_not_come_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(service, "_enter", stop)
    with pytest.raises(OSError, match="disk"):
        found_office(tmp_path / "河东街道.zgdb", OFFICE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026年3月", 202603), ("2026-03", 202603), ("2026.12", 202612), ("2026年13月", None), ("三月", None)],
)
def test_months_are_read_as_they_are_typed(text: str, month: int | None) -> None:
    assert office.read_month(text) == month
