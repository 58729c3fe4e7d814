"""ID and phone numbers: whole for those who may see them, masked for the others; who looked at one is noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhengui.catalogue.model import Ledger
from zhengui.services.township import rights
from zhengui.services.township.reading import Reading, Writing, writes
from zhengui.services.township.rights import Right
from zhengui.storage.records import log
from zhengui.values.show import show
from zhengui.values.value import Value


def may_see(reading: Reading) -> bool:
    """Whether numbers are told whole to the person who works here."""
    return rights.may(reading.account, Right.OPEN)


def covered(reading: Reading, ledger: Ledger, values: Mapping[str, Value]) -> dict[str, Any]:
    """The values of a record, its numbers masked for who may not see them."""
    told = dict(values)
    if not may_see(reading):
        for each in ledger.fields:
            if each.personal and told.get(each.key) is not None:
                told[each.key] = show(each, told[each.key], masked=True)
    return told


@writes(Right.OPEN)
def note_seen(writing: Writing, ledger: str, record: int, field: str) -> None:
    """Note that somebody looked at a whole number of a record."""
    log.note(
        writing.conn,
        "view",
        ledger=ledger,
        record=record,
        field=writing.catalogue.ledgers[ledger][field].title,
    )
