"""A 街道 of communities prints its own words: title, text, tables, notices, and both signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from zhengui.figures.period import year
from zhengui.services.document.begin_document import begin_document
from zhengui.services.document.compose_document import compose_document
from zhengui.services.entry.export_workbook import export_workbook
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.entry.record import delete, load, save
from zhengui.services.paper.compose_attachments import attachments_of
from zhengui.services.township.own_words import NotOffered, keep_word, signed_by, words_of
from zhengui.services.township.page_settings import dressed, settings_of
from zhengui.services.township.township import Township, open_township
from zhengui.services.whole.found_office import NewOffice, NewVillage, found_office
from zhengui.values.lookup import Lookup
from zhengui.values.parse import parse
from zhengui.values.show import show

COMMUNITIES = (NewVillage("河东社区", "居"), NewVillage("南街社区", "居"))
STREET = NewOffice(
    "城关街道", "街道", "城关街道办事处", "中共城关街道工作委员会", "李试", COMMUNITIES, 202101, signed=2
)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Township]:
    made = found_office(tmp_path / "street.zgdb", STREET)
    made.working_day = date(2021, 12, 31)
    for village in (1, 2):
        cleaned = {
            "village": village,
            "date": date(2021, 3, 5),
            "kind": "生活垃圾",
            "quantity": 7,
            "unit": "吨",
        }
        save(made, "cleanup", cleaned)
    yield made
    made.close()


def test_the_document_of_a_street(street: Township) -> None:
    document = begin_document(street, year(2021))
    made = compose_document(street, document).document
    text = made.text()
    assert made.title_text == "城关街道2021年工作总结及2022年工作计划"
    assert "团结带领全街道广大党员干部群众" in text
    assert "街道、社区两级" in text
    for foreign in ("全镇", "镇村", "镇级", "村（居）"):
        assert foreign not in text
    signed = dressed(made, settings_of(street))
    assert (signed.office, *signed.joint) == ("中共城关街道工作委员会", "城关街道办事处")


def test_its_tables(street: Township) -> None:
    told = repr(attachments_of(street, year(2021)))
    assert "各社区主要指标统计表" in told
    assert "'全街道'" in told
    assert "村（居）" not in told
    assert "全镇" not in told


def test_one_community_s_document(street: Township) -> None:
    text = compose_document(street, begin_document(street, year(2021), (1,))).document.text()
    assert "全社区" in text
    assert "全街道" not in text
    assert "全村" not in text


def test_words_are_chosen_and_last(street: Township) -> None:
    keep_word(street, "evening_talk", "板凳夜话")
    keep_word(street, "plan_word", "工作打算")
    with pytest.raises(NotOffered, match="工作安排"):
        keep_word(street, "plan_word", "想法")
    path = street.path
    street.close()
    again = open_township(path)
    try:
        assert words_of(again)["evening_talk"] == "板凳夜话"
        assert again.catalogue.ledgers["evening_talk"].title == "板凳夜话"
        text = compose_document(again, begin_document(again, year(2021))).document
        assert text.title_text == "城关街道2021年工作总结及2022年工作打算"
        assert "板凳夜话" in text.text()
        assert "工作计划" not in text.text()
    finally:
        again.close()


def test_who_signs_is_known(street: Township, tmp_path: Path) -> None:
    assert signed_by(street) == 2
    alone = found_office(tmp_path / "alone.zgdb", replace(STREET, signed=0))
    assert (signed_by(alone), settings_of(alone).issuers) == (0, "")
    alone.close()


def test_choices_are_said_in_the_office_s_words_and_kept_in_the_catalogue_s(
    street: Township, tmp_path: Path
) -> None:
    field = street.catalogue.ledgers["commendation"]["level"]
    assert field.said_choices[:2] == ("街道级", "县级")
    assert (show(field, "镇级"), field.default) == ("街道级", "镇级")
    assert [
        parse(field, text, street_lookup(street), date(2021, 1, 1)) for text in ("街道级", "镇级", "县级")
    ] == [
        "镇级",
        "镇级",
        "县级",
    ]
    officers = street.catalogue.ledgers["safety_officer"]["level"]
    assert officers.said_choices == ("街道", "社区", "企业")
    values = {"kind": "优秀共产党员", "recipient": "李试", "date": date(2021, 7, 1), "level": "镇级"}
    save(street, "commendation", values)
    export_workbook(street, "commendation", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert "街道级" in {cell.value for row in sheet.rows for cell in row}
    assert "镇级" not in {cell.value for row in sheet.rows for cell in row}
    delete(street, "commendation", [1])
    assert import_workbook(street, "commendation", tmp_path / "out.xlsx", again=True).inserted == 1
    assert load(street, "commendation", 2)[0]["level"] == "镇级"


def street_lookup(street: Township) -> Lookup:
    with street.reading() as reading:
        return reading.lookup()
