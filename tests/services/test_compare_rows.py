"""A row of a file finds the record that agrees with it, whichever way it is looked up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengui.catalogue.load import load_catalogue
from zhengui.services.sheets import compare_rows
from zhengui.services.sheets.compare_rows import _Known

LEDGER = load_catalogue().ledgers["hazard"]
KEYS = ("detail", "village", "level")
CELL = st.sampled_from([None, "甲", "乙"])
ROW = st.fixed_dictionaries(dict.fromkeys(KEYS, CELL))


def _by_hand(stood: dict[int, dict[str, Any]], row: dict[str, Any], given: set[int]) -> int | None:
    filled = [key for key in KEYS if row[key] is not None]
    for id_, values in sorted(stood.items()):
        if id_ not in given and all(values[key] == row[key] for key in filled):
            given.add(id_)
            return id_
    return None


@pytest.mark.parametrize("few", [0, 2, 30])
@given(records=st.lists(ROW, max_size=12), rows=st.lists(ROW, max_size=12))
def test_each_row_finds_one_record_that_agrees_in_its_filled_cells(
    few: int, records: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    stood = dict(enumerate(records, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compare_rows, "FEW", few)
        known = _Known(LEDGER, stood)
        known.begin(KEYS)
        given_: set[int] = set()
        assert [known.same(row) for row in rows] == [_by_hand(stood, row, given_) for row in rows]
