"""Empty workbooks to be filled: they come back as they were made, also years later, and a village's name stands in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.services.whole_office import make_office
from zhengui.catalogue.life import Life
from zhengui.catalogue.model import FieldType
from zhengui.exchange.layout import MARK_SHEET
from zhengui.exchange.template_mark import TemplateMark, retired_field
from zhengui.exchange.template_out import HEADING, TemplateSheet, write_template
from zhengui.exchange.workbook_in import read_workbook
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.entry.past_imports import take_back_import
from zhengui.services.sheets import make_templates as templates
from zhengui.services.township.township import Township

FIRST = HEADING + 2


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    township = make_office(tmp_path_factory.mktemp("templates") / "甲.zgdb")
    yield township
    township.close()


def read_mark(path: Path) -> TemplateMark:
    with read_workbook(path) as sheet:
        return sheet.mark


def fill(path: Path, sheet: str, *rows: dict[str, Any]) -> None:
    """Fill rows under the headings, as a clerk would, by the beginning of the heading."""
    book = load_workbook(path)
    page = book[sheet]
    titles = {str(cell.value): cell.column for cell in page[HEADING + 1]}
    for number, row in enumerate(rows, FIRST):
        for wanted, value in row.items():
            column = next(c for title, c in titles.items() if title.startswith(wanted))
            page.cell(number, column, value)
    book.save(path)


def test_a_template_of_a_ledger_is_guarded_hinted_and_comes_back(office: Township, tmp_path: Path) -> None:
    path = tmp_path / "公开信.xlsx"
    templates.template_of_ledger(office, "letter", path, 2021)
    page = load_workbook(path)["致父老乡亲公开信"]
    assert page.protection.sheet
    assert page.cell(HEADING + 1, 1).protection.locked
    assert not page.cell(FIRST, 1).protection.locked
    rules = page.data_validations.dataValidation
    assert all(rule.prompt for rule in rules)
    assert any(rule.type == "list" for rule in rules)
    names = [label for _id, label in office_names(office)]
    fill(path, "致父老乡亲公开信", {"村": names[0], "日期": "2021-03-05", "发放份数": 30, "收回意见": 2})
    outcome = import_workbook(office, "letter", path)
    assert (outcome.inserted, outcome.mistakes) == (1, ())
    take_back_import(office, outcome.number)


def office_names(office: Township) -> list[tuple[int, str]]:
    with office.reading() as reading:
        return reading.lookup().find("village", "")[:4]


def test_an_area_has_a_sheet_for_each_ledger_with_text_on_id_numbers(
    office: Township, tmp_path: Path
) -> None:
    path = tmp_path / "领域.xlsx"
    count = templates.template_of_area(office, "registers", path, 2021)
    book = load_workbook(path)
    assert book[MARK_SHEET].sheet_state == "veryHidden"
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert len(shown) == count > 3
    mark = read_mark(path)
    for sheet in shown:
        ledger = office.catalogue.ledgers[mark.ledgers[sheet.title]]
        fields = [each for each in ledger.live_fields if each.type is not FieldType.ATTACHMENT]
        for column, field in enumerate(fields, 1):
            if field.type in (FieldType.ID_NUMBER, FieldType.PHONE):
                assert sheet.cell(FIRST, column).number_format == "@"


def test_a_village_s_template_carries_its_name_and_only_filled_rows_come_in(
    office: Township, tmp_path: Path
) -> None:
    (village, name), *_ = office_names(office)
    path = tmp_path / "村.xlsx"
    count = templates.template_of_village(office, village, path, 2021, ["letter", "evening_talk"])
    assert count == 2
    assert read_mark(path).village == name
    fill(path, "致父老乡亲公开信", {"日期": "2021-06-05", "发放份数": 40, "收回意见": 0})
    outcome = import_workbook(office, "letter", path)
    assert (outcome.inserted, outcome.mistakes) == (1, ())
    with office.reading() as reading:
        kept = reading.conn.exec_driver_sql("SELECT village FROM l_letter ORDER BY id DESC").scalar()
    assert kept == village


def test_every_village_gets_a_workbook_with_what_it_owes(office: Township, tmp_path: Path) -> None:
    made = templates.templates_of_villages(office, tmp_path / "发", 2021)
    assert len(made) == 4
    owed = {ledger.key for ledger in templates.owed_ledgers(office, 2021)}
    assert owed
    assert set(read_mark(made[0]).ledgers.values()) == owed


def test_an_old_template_still_imports_under_titles_that_have_changed(
    office: Township, tmp_path: Path
) -> None:
    ledger = office.catalogue.ledgers["letter"]
    old = [replace(f, title="印发的份数") if f.key == "copies" else f for f in ledger.live_fields]
    old = [f for f in old if f.required or f.key == "copies"]
    path = tmp_path / "老表.xlsx"
    write_template(path, "甲镇", [TemplateSheet("letter", ledger.title, "", tuple(old))])
    names = office_names(office)
    row = {"村": names[1][1], "日期": "2021-07-05", "印发的份数": 50, "收回意见": 0}
    fill(path, ledger.title, row)
    outcome = import_workbook(office, "letter", path)
    assert (outcome.inserted, outcome.mistakes, outcome.remarks) == (1, (), ())


def test_a_retired_field_of_an_old_template_is_said(office: Township, tmp_path: Path) -> None:
    ledger = office.catalogue.ledgers["letter"]
    gone = replace(ledger["suggestions"], life=Life(None, 2020))
    kept = tuple(gone if f.key == "suggestions" else f for f in ledger.fields)
    assert retired_field(replace(ledger, fields=kept), f"{gone.title}*") == gone
    assert retired_field(ledger, gone.title) is None


def test_no_cell_of_a_template_is_a_formula(office: Township, tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    templates.template_of_ledger(office, "hazard", path, 2021)
    with zipfile.ZipFile(path) as archive:
        assert not [n for n in archive.namelist() if "sheet" in n and b"<f>" in archive.read(n)]
