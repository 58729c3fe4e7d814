"""A register's record that others refer to: the window says who does, and ends or merges it."""

from __future__ import annotations

from datetime import date

from zhengui.gui.ledger.still_used import END, MERGE, StillUsed
from zhengui.services.entry.record import load, save
from zhengui.services.entry.referring import StillReferredTo, refuse_if_referred_to


def refused(township, ledger: str, record: int) -> StillReferredTo:
    declared = township.catalogue.ledgers[ledger]
    try:
        with township.reading() as reading:
            refuse_if_referred_to(reading, declared, [record])
    except StillReferredTo as problem:
        return problem
    raise AssertionError("nothing refers to it")


def test_a_village_in_use_is_ended_or_merged(window) -> None:
    township = window.desk.township
    twin = save(township, "village", {"name": "又一个村", "kind": "村", "active": True}).id
    other = save(township, "village", {"name": "正确的村", "kind": "村", "active": True}).id
    home = save(township, "household", {"village": twin, "head": "赵一", "members": 3, "active": True}).id
    dialog = StillUsed(window, window.desk, refused(township, "village", twin))
    assert dialog.way.currentData() == END
    assert not dialog.other.isEnabled()
    dialog.day.setText("随便")
    assert "最后一天" in dialog.mistake()
    dialog.day.setText("2021年6月30日")
    assert dialog.mistake() == ""
    dialog.take()
    assert load(township, "village", twin)[0]["until_on"] == date(2021, 6, 30)
    dialog.undo()
    assert load(township, "village", twin)[0]["until_on"] is None

    dialog = StillUsed(window, window.desk, refused(township, "village", twin))
    dialog.way.setCurrentIndex(dialog.way.findData(MERGE))
    assert dialog.other.isEnabled()
    assert dialog.other.findData(twin) == -1
    dialog.other.setCurrentIndex(dialog.other.findData(other))
    dialog.take()
    assert load(township, "household", home)[0]["village"] == other
    assert "改了 1 条记录" in dialog.told
    dialog.undo()
    assert load(township, "household", home)[0]["village"] == twin
