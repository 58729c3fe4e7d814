"""An office begins with its names, its villages and its first month, or it does not begin at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from zhengui.figures.period import year
from zhengui.services.document.compose_document import publish
from zhengui.services.returns.report_status import report_status, set_start_month, start_month
from zhengui.services.returns.report_year import missing_count, monthly_ledgers
from zhengui.services.township import office
from zhengui.services.township.own_catalogue import areas_in_use
from zhengui.services.township.township import open_township
from zhengui.services.whole import found_office as service
from zhengui.services.whole.found_office import NewOffice, NewVillage, found_office, villages_in

OFFICE = NewOffice(
    "河东街道",
    "街道",
    "河东街道办事处",
    "中共河东街道工作委员会",
    "李试",
    (NewVillage("白沙村", "村"), NewVillage("河东社区", "居")),
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


def test_an_area_that_is_left_out_is_nowhere_from_the_first_day(tmp_path: Path) -> None:
    path = tmp_path / "河东街道.zgdb"
    found_office(path, replace(OFFICE, left_out=("epidemic", "environment"))).close()
    township = open_township(path)
    try:
        retired = {area.key: area.retired for area in areas_in_use(township)}
        assert [key for key, year in retired.items() if year] == ["epidemic", "environment"]
        assert retired["epidemic"] == 2021
        used = {area.key for area in township.catalogue.in_years(2021).areas}
        assert {"party", "safety"} <= used
        assert not {"epidemic", "environment"} & used
        assert len(list(tmp_path.glob("*.zgdb"))) == 1
    finally:
        township.close()


@pytest.mark.parametrize(
    ("signed", "issuers"),
    [
        (0, ("河东街道办事处",)),
        (1, ("中共河东街道工作委员会",)),
        (2, ("中共河东街道工作委员会", "河东街道办事处")),
    ],
)
def test_who_signs_is_printed(tmp_path: Path, signed: int, issuers: tuple[str, ...]) -> None:
    township = found_office(tmp_path / "河东街道.zgdb", replace(OFFICE, signed=signed))
    try:
        publish(township, year(2021), tmp_path / "总结.pdf")
    finally:
        township.close()
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "总结.pdf")
    )
    for name in ("中共河东街道工作委员会", "河东街道办事处"):
        assert (name in "".join(text.split())) == (name in issuers)


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
