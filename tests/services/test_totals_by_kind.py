"""Numbers of several kinds are added up kind by kind, wherever a total is told: table, list, selection, evidence."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Measure
from zhengui.gui.ledger import source
from zhengui.gui.ledger.columns import Column
from zhengui.gui.ledger.model import LedgerRow
from zhengui.gui.ledger.selection_sums import sums_of
from zhengui.services.entry import browse_records
from zhengui.services.entry.record import load, save
from zhengui.services.issue.evidence_rows import table_of
from zhengui.services.sheets.export_shown import WantedExport, export_shown
from zhengui.services.township.township import Township, create_township
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.values.parted import told_total

CATALOGUE = load_catalogue()
TOLD = "沟塘 4.00 条、生活垃圾 15.50 吨"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    township = create_township(tmp_path / "office.zgdb", "试验镇", "甲", CATALOGUE)
    township.working_day = date(2021, 12, 31)
    save(township, "village", {"name": "白沙村", "kind": "村", "active": True})
    for kind, unit, quantity in (("生活垃圾", "吨", "12.5"), ("生活垃圾", "吨", "3"), ("沟塘", "条", "4")):
        values = {"village": 1, "date": date(2021, 2, 1), "kind": kind, "unit": unit}
        save(township, "cleanup", values | {"quantity": Decimal(quantity)})
    yield township
    township.close()


def test_every_ledger_that_mixes_kinds_tells_them_apart() -> None:
    """A number without a unit of its own, in a ledger with kinds, is no number to be added up."""
    mixed = [
        f"{ledger.key}.{field.key}"
        for ledger in CATALOGUE.ledgers.values()
        for field in ledger.live_fields
        if field.is_number and not field.unit and field.total and field.type.value != "money"
    ]
    assert mixed == []


def test_a_sheet_and_a_list_tell_each_kind(office: Township, tmp_path: Path) -> None:
    wanted = WantedExport(Selection("cleanup"), ("village", "kind", "quantity", "unit"), "清理整治")
    export_shown(office, wanted, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in list(sheet.rows)[-1]][:3] == ["合计", "", TOLD]
    export_shown(office, wanted, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").stat().st_size > 1000


def test_table_evidence_and_selection_tell_each_kind(office: Township) -> None:
    field = CATALOGUE.ledgers["cleanup"]["quantity"]
    with office.reading() as reading:
        sums = browse.totals(reading.conn, reading.tables, Selection("cleanup")).sums
    assert told_total(field, sums["quantity"]) == TOLD
    ids = list(browse_records.select(office, Selection("cleanup")).ids)
    measure = Measure("sum", "cleanup", ("quantity",))
    table = table_of(office, measure, ids, masked=True)
    told = dict(zip((column.key for column in table.columns), table.totals, strict=True))
    assert told["quantity"] == TOLD, "the evidence"
    columns = [Column("quantity", "数量", field, 80)]
    ledger = CATALOGUE.ledgers["cleanup"]

    def fetch(part: Sequence[int], wanted: Sequence[Column]) -> list[LedgerRow]:
        return source.fetch(office, ledger, part, wanted)

    numbers = array("q", ids)
    assert sums_of(numbers, columns, [(0, 2, 0, 0)], fetch).total is None, "tons and ditches"
    kinds = [load(office, "cleanup", each)[0]["kind"] for each in ids]
    place = kinds.index("生活垃圾")
    assert sums_of(numbers, columns, [(place, place, 0, 0)], fetch).total == Decimal(
        quantity_of(office, ids[place])
    )


def quantity_of(office: Township, record: int) -> Decimal:
    return Decimal(str(load(office, "cleanup", record)[0]["quantity"]))
