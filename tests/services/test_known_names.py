"""Names of a list, as branches: offered and asked about in form, import and command, and never refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from zhengui.catalogue.load import load_catalogue
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.entry.record import check, save
from zhengui.services.township.township import Township, create_township

CATALOGUE = load_catalogue()
BOOKS = {"title": "简史", "date": date(2021, 4, 1), "copies": 30}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = create_township(tmp_path / "office.zgdb", "试验镇", "甲", CATALOGUE)
    township.working_day = date(2021, 12, 31)
    yield township
    township.close()


def branch(office: Township, name: str) -> None:
    values = {"name": name, "kind": "村（居）", "members": 40, "founded_on": date(2000, 7, 1)}
    save(office, "party_branch", values)


def test_a_branch_that_nobody_registered_is_asked_about(office: Township) -> None:
    assert check(office, "study_material", BOOKS | {"branch": "白沙支部"}) == [], (
        "no branch is registered yet"
    )
    branch(office, "白沙村党支部")
    (remark,) = check(office, "study_material", BOOKS | {"branch": "白沙支部"})
    assert (remark.field, remark.severity) == ("branch", "check")
    assert "“党支部”台账里没有“白沙支部”" in remark.message
    assert check(office, "study_material", BOOKS | {"branch": "白沙村 党支部"}) == []
    assert save(office, "study_material", BOOKS | {"branch": "白沙支部"}).id == 1
    with office.reading() as reading:
        assert reading.lookup().names("party_branch") == ["白沙村党支部"]


def test_every_branch_of_the_catalogue_is_of_that_list() -> None:
    named = [
        (ledger.key, field.known_in)
        for ledger in CATALOGUE.ledgers.values()
        for field in ledger.live_fields
        if field.key == "branch"
    ]
    assert {known for _ledger, known in named} == {"party_branch"}
    assert len(named) == 5


def test_an_import_says_so_and_goes_on(office: Township, tmp_path: Path) -> None:
    branch(office, "白沙村党支部")
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, ["支部", "书名", "发放日期", "册数"])
    page.write_row(1, 0, ["白沙村党支部", "简史", "2021-4-1", 30])
    page.write_row(2, 0, ["白沙支部", "简史", "2021-4-2", 30])
    book.close()
    outcome = import_workbook(office, "study_material", path)
    assert outcome.inserted == 2
