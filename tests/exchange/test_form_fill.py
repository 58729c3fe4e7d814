"""Cells of a form are filled and nothing else of it changes, whatever it is built of."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.five_forms import FORMS, parts_of
from zhengui.exchange.form_fill import CellValue, fill_form
from zhengui.exchange.package import Package
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.sheet_grid import Place, place_of, read_grid

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VALUES: dict[str, tuple[str, dict[str, CellValue]]] = {
    "merged": (
        "附件1 情况统计表",
        {
            "B2": "云岭镇人民政府",
            "F2": "2021年3月",
            "C6": 12,
            "D6": Decimal("9.5"),
            "H7": "新格",
            "B30": "新行",
        },
    ),
    "formulas": ("月报", {"B2": 3, "B3": 4, "C2": 30, "C4": 12}),
    "validation": (
        "人员名册",
        {"A2": 1, "B2": "王 小明 ", "C2": "13800000000", "D2": date(2021, 3, 5), "E2": "男"},
    ),
    "pictures": ("公示表", {"B4": Decimal("12.34"), "B5": 1287, "A2": "=1+1 <甲>&乙"}),
    "conditional": ("督办表", {"B3": 4, "B4": None, "C3": Decimal("0.5"), "A12": "末行"}),
}


def by_place(given: dict[str, CellValue]) -> dict[Place, CellValue]:
    return {place_of(name): value for name, value in given.items()}


def bare(xml: bytes, filled: set[str]) -> str:
    """The sheet without the filled cells, the rows made for them, and what formulas came to before."""
    root = ET.fromstring(xml)
    for data in root.iter(f"{MAIN}sheetData"):
        for row in list(data):
            for cell in list(row):
                if cell.get("r") in filled:
                    row.remove(cell)
                elif cell.find(f"{MAIN}f") is not None:
                    cell.attrib.pop("t", None)
                    for value in cell.findall(f"{MAIN}v"):
                        cell.remove(value)
            if not len(row) and set(row.attrib) <= {"r", "spans"}:
                data.remove(row)
    return ET.canonicalize(ET.tostring(root, encoding="unicode"))


@pytest.mark.parametrize("kind", FORMS)
def test_every_part_without_a_filled_cell_stays_as_it_was(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    FORMS[kind](path)
    sheet, given = VALUES[kind]
    before = path.read_bytes()
    after = fill_form(before, {sheet: by_place(given)})
    old, new = parts_of(before), parts_of(after)
    assert list(old) == list(new)
    part = Package(before).part_of(sheet)
    has_formulas = any(b"<f>" in data for name, data in old.items() if "worksheets" in name)
    for name in old:
        if name == part:
            assert bare(old[name], set(given)) == bare(new[name], set(given))
        elif name == "xl/workbook.xml" and has_formulas:
            assert b'fullCalcOnLoad="1"' in new[name]
            assert re.sub(rb' fullCalcOnLoad="1"', b"", new[name]) == re.sub(
                rb' fullCalcOnLoad="1"', b"", old[name]
            )
        else:
            assert old[name] == new[name], name


@pytest.mark.parametrize("kind", FORMS)
def test_the_values_stand_in_their_cells_with_the_styles_these_had(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    FORMS[kind](path)
    sheet, given = VALUES[kind]
    filled = fill_form(path.read_bytes(), {sheet: by_place(given)})
    was, now = load_workbook(path)[sheet], load_workbook(io.BytesIO(filled))[sheet]
    for name, value in given.items():
        found = now[name].value
        found = found.date() if hasattr(found, "date") else found
        assert found == (float(value) if isinstance(value, Decimal) else value)
        assert now[name].data_type != "f"
        assert now[name].number_format == was[name].number_format
        assert now[name].border.left.style == was[name].border.left.style
    grid = read_grid(Package(filled), sheet)
    texts = {cell.text for cell in grid.cells.values()}
    assert {value for value in given.values() if isinstance(value, str)} <= texts


def test_filling_again_fills_over_and_empties(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FORMS["merged"](path)
    once = fill_form(path.read_bytes(), {"附件1 情况统计表": {(6, 3): 12, (40, 1): "甲"}})
    twice = fill_form(once, {"附件1 情况统计表": {(6, 3): None, (40, 1): "乙"}})
    sheet = load_workbook(io.BytesIO(twice)).active
    assert (sheet["C6"].value, sheet["A40"].value) == (None, "乙")


def test_a_formula_is_not_filled_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FORMS["formulas"](path)
    with pytest.raises(ExchangeProblem, match="B5 是公式"):
        fill_form(path.read_bytes(), {"月报": {(5, 2): 1}})
    with pytest.raises(ExchangeProblem, match="没有工作表"):
        fill_form(path.read_bytes(), {"没有": {(1, 1): 1}})


def test_old_results_of_formulas_go(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FORMS["formulas"](path)
    filled = fill_form(path.read_bytes(), {"月报": {(2, 2): 100}})
    assert load_workbook(io.BytesIO(filled), data_only=True)["月报"]["B5"].value != 21
    assert load_workbook(io.BytesIO(filled))["月报"]["B5"].value == "=SUM(B2:B4)"


def hostile(kind: str) -> bytes:
    entity = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]><worksheet><sheetData/></worksheet>'
    book = b'<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    links = b'<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    sheet = {"entities": entity, "broken": b"<worksheet><sheetData><row", "none": b"<worksheet/>"}.get(
        kind, b""
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", links)
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 90_000_000 if kind == "bomb" else sheet)
    return buffer.getvalue()[: 200 if kind == "cut" else None]


@pytest.mark.parametrize("kind", ["entities", "broken", "none", "bomb", "cut"])
def test_a_hostile_form_ends_in_a_sentence(kind: str) -> None:
    with pytest.raises(ExchangeProblem, match="。"):
        fill_form(hostile(kind), {"a": {(1, 1): 1}})


def test_what_is_no_form_is_said() -> None:
    for data in (b"", b"<html>", b"\xd0\xcf\x11\xe0" + b"0" * 100):
        with pytest.raises(ExchangeProblem, match=r"另存为 \.xlsx"):
            Package(data)


def test_a_cell_at_the_far_corner_does_not_make_the_sheet_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    FORMS["merged"](path)
    far = fill_form(path.read_bytes(), {"附件1 情况统计表": {(1_048_576, 16_384): "远"}})
    grid = read_grid(Package(far), "附件1 情况统计表")
    assert (grid.rows, grid.columns) == (12, 6)


def test_cells_and_rows_without_places_are_seen_and_filled_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    FORMS["formulas"](path)
    bare_places = edited(
        path.read_bytes(),
        lambda sheet: re.sub(rb'(<row) r="\d+"', rb"\1", re.sub(rb' r="[A-Z]+\d+"', b"", sheet)),
    )
    grid = read_grid(Package(bare_places), "月报")
    assert grid.cells[2, 1].text == "白沙村"
    assert grid.cells[5, 2].formula == "SUM(B2:B4)"
    filled = read_grid(Package(fill_form(bare_places, {"月报": {(2, 2): 3}})), "月报")
    assert filled.cells[2, 2].number == 3


def test_an_encoding_that_is_not_known_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    FORMS["formulas"](path)
    other = edited(path.read_bytes(), lambda sheet: sheet.replace(b'encoding="UTF-8"', b'encoding="GB2312"'))
    with pytest.raises(ExchangeProblem, match="另存为"):
        read_grid(Package(other), "月报")


def edited(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return made.getvalue()
