"""The table model keeps Qt's contract and reads only what is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from zhengui.catalogue.model import Catalogue
from zhengui.gui.ledger.columns import STATE, Arrangement, Column, arranged, read_arrangement
from zhengui.gui.ledger.model import PAGE, LedgerModel, LedgerRow, TableRole

GONE = 7


class Shelf:
    """Gives rows by id and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def fetch(self, ids: Sequence[int], columns: Sequence[Column]) -> list[LedgerRow]:
        self.asked.append(list(ids))
        return [
            LedgerRow(i, {c.key: f"{c.key} {i}" for c in columns}, {"cost": i}, "整改中", i % 2 == 0)
            for i in ids
            if i != GONE
        ]


def made(catalogue: Catalogue, count: int) -> tuple[LedgerModel, Shelf]:
    shelf = Shelf()
    model = LedgerModel(shelf.fetch, arranged(catalogue.ledgers["hazard"], Arrangement()))
    model.set_ids(array("q", range(1, count + 1)))
    return model, shelf


def test_model_keeps_qts_contract(qtmodeltester: ModelTester, catalogue: Catalogue) -> None:
    model, _shelf = made(catalogue, 20)
    qtmodeltester.check(model)
    model.set_ids(array("q", [3, 1]))
    model.set_columns(model.columns[:2])
    qtmodeltester.check(model)


def test_only_the_page_in_view_is_read(catalogue: Catalogue) -> None:
    model, shelf = made(catalogue, 1_000_000)
    assert model.index(999_999, 0).data() == "found_on 1000000"
    assert model.index(999_998, 1).data() == "village 999999"
    assert len(shelf.asked) == 1
    assert len(shelf.asked[0]) <= PAGE
    model.forget()
    assert model.index(999_999, 0).data() == "found_on 1000000"
    assert len(shelf.asked) == 2


def test_a_record_that_is_gone_shows_empty(catalogue: Catalogue) -> None:
    model, _shelf = made(catalogue, 10)
    assert model.index(GONE - 1, 0).data() == ""
    assert model.row_of(GONE) == GONE - 1
    assert model.row_of(99) == -1


def test_numbers_stand_right_and_states_are_told(catalogue: Catalogue) -> None:
    model, _shelf = made(catalogue, 4)
    keys = [c.key for c in model.columns]
    cost, state = keys.index("cost"), keys.index(STATE)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert model.index(0, cost).data(Qt.ItemDataRole.TextAlignmentRole) == int(right)
    assert model.headerData(cost, Qt.Orientation.Horizontal) == "投入资金（元）"
    assert model.index(1, state).data(TableRole.STATE) == ("整改中", True)
    assert model.index(1, cost).data(TableRole.VALUE) == 2


def test_arrangement_survives_and_nonsense_does_no_harm(catalogue: Catalogue) -> None:
    wanted = Arrangement(("place", "cost"), (("place", 300),), "cost", False)
    assert read_arrangement(wanted.to_text()) == wanted
    assert read_arrangement("{") == read_arrangement("[1]") == Arrangement()
    ledger = catalogue.ledgers["hazard"]
    columns = arranged(ledger, Arrangement(("place", "no_such_field"), (("place", 300),)))
    assert [(c.key, c.width) for c in columns] == [("place", 300)]
