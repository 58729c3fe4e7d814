"""Plain formulas of a form are worked out for the print; what isn't understood stays empty."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhengui.exchange import formulas
from zhengui.exchange.formulas import Formulas, Value
from zhengui.exchange.sheet_grid import SheetCell, SheetGrid, place_of

CELLS = {"A1": "3", "A2": "4.5", "A3": "", "A4": "文字", "B1": "=A1*2", "B2": "=SUM(A1:A4)", "B3": "=B3"}


def worked(formula: str) -> Value:
    grid, other = SheetGrid("表"), SheetGrid("另 一")
    for name, text in {**CELLS, "Z9": formula}.items():
        is_formula = text.startswith("=")
        number = Decimal(text) if text and not is_formula and text[0].isdigit() else None
        grid.cells[place_of(name)] = SheetCell(
            "" if is_formula else text, text if is_formula else "", number=number
        )
    other.cells[1, 1] = SheetCell("7", number=Decimal(7))
    return Formulas({"表": grid, "另 一": other}).value("表", (9, 26))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)+1", Decimal("8.5")),
        ("=sum(A1:A3)", None),
        ("=B1+B2", Decimal("13.5")),
        ("=IF(A3=0,0,A1/A3)", Decimal(0)),
        ('=IF(A1>2,"多","少")', "多"),
        ("=ROUND(A2/A1,1)", Decimal("1.5")),
        ("=-A1*(2+3)%", Decimal("-0.15")),
        ("=AVERAGE($A$1:A$2)", Decimal("3.75")),
        ("='另 一'!A1*2", Decimal(14)),
        ('=A1&"个"', "3个"),
        ("=MAX(A1:A4)-MIN(A1:A4)", Decimal("1.5")),
        ("=A1/A3", None),
        ("=VLOOKUP(A1,A1:A4,1)", None),
        ("=" + "(" * 2000 + "1" + ")" * 2000, None),
        ("=B3", None),
        ("=A1+", None),
        ("=没有!A1+1", Decimal(1)),
    ],
)
def test_a_formula_comes_to(formula: str, value: Value) -> None:
    assert worked(formula) == value


def test_a_form_that_asks_for_too_much_is_left_to_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "_IN_ALL", 6)
    assert worked("=SUM(A1:A4)") == Decimal("7.5")
    assert worked("=SUM(A1:A4)+SUM(A1:A4)") is None
