"""A figure told apart by village and by month: nothing is lost, nothing twice, and each part is the figure there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.written_office import VILLAGES, add
from zhengui.figures.period import month, quarter, year
from zhengui.services.counting.compute_figures import VALUE, compute
from zhengui.services.counting.split_figure import ELSEWHERE, Share, Split, split
from zhengui.services.counting.trace_figure import Trace, trace
from zhengui.services.township.township import Township

YEAR = year(2021)


def told(township: Township, key: str) -> tuple[Trace, Split]:
    found = trace(township, key, YEAR)
    return found, split(township, found, YEAR)


def counted(found: Trace) -> list[int]:
    return sorted(id for part in found.parts if part.role == VALUE for id in part.ids)


def ids_in(shares: tuple[Share, ...]) -> list[int]:
    return sorted(id for share in shares for id in share.ids)


def test_every_figure_comes_out_whole_by_village_and_by_month(written: Township) -> None:
    split_up = 0
    for key, indicator in written.catalogue.indicators.items():
        found, parts = told(written, key)
        for shares in (parts.by_village, parts.by_month):
            if not shares:
                continue
            split_up += 1
            assert ids_in(shares) == counted(found), key
            measure = indicator.measure
            assert measure is not None
            if found.figure.value is None or indicator.over is not None:
                continue
            if measure.kind == "count":
                assert sum(share.records for share in shares) == found.figure.value, key
            if measure.kind == "sum":
                assert sum(share.amount or 0 for share in shares) == found.figure.value, key
    assert split_up > 100


@pytest.mark.parametrize("key", ["letters", "hazards_found", "hazards_removed", "hazard_rate"])
def test_a_part_is_the_figure_of_that_village_and_of_that_month(written: Township, key: str) -> None:
    _found, parts = told(written, key)
    assert [share.title for share in parts.by_village] == list(VILLAGES)
    for village, share in enumerate(parts.by_village, 1):
        assert ids_in((share,)) == counted(trace(written, key, YEAR, (village,)))
        there = compute(written, YEAR, (village,), [key])[key]
        if share.amount is not None:
            assert share.amount == there.value
    if key == "hazard_rate":
        return  # what it is a part of goes back to years before
    assert [share.title for share in parts.by_month] == [f"{number}月" for number in range(1, 13)]
    for number, share in enumerate(parts.by_month, 1):
        assert ids_in((share,)) == counted(trace(written, key, month(2021, number)))


def test_a_share_tells_what_it_is_taken_of(written: Township) -> None:
    found, parts = told(written, "hazard_rate")
    whole = next(part for part in found.parts if part.role != VALUE)
    assert sum(share.whole or 0 for share in parts.by_village) == len(whole.ids) == 30
    assert sum(share.records for share in parts.by_village) == 20


def test_records_without_a_village_are_not_lost(written: Township) -> None:
    before = [share.title for share in told(written, "inspection_rounds")[1].by_village]
    row = {"field": "交通", "date": date(2021, 3, 3), "level": "镇", "places": 1, "faulty": 0}
    add(written, "inspection", row)
    found, parts = told(written, "inspection_rounds")
    assert ELSEWHERE not in before
    assert parts.by_village[-1].title == ELSEWHERE
    assert parts.by_village[-1].records == 1
    assert ids_in(parts.by_village) == counted(found)


def test_only_the_chosen_villages_and_months_are_listed(written: Township) -> None:
    found = trace(written, "letters", quarter(2021, 2), (2,))
    parts = split(written, found, quarter(2021, 2), (2,))
    assert [share.title for share in parts.by_village] == [VILLAGES[1]]
    assert [share.title for share in parts.by_month] == ["4月", "5月", "6月"]


def test_what_began_earlier_and_still_counts_stands_before_the_months(written: Township) -> None:
    for key, indicator in written.catalogue.indicators.items():
        measure = indicator.measure
        if measure is None or measure.timing.kind not in ("until", "in_force"):
            continue
        found, parts = told(written, key)
        earlier = [share for share in parts.by_month if share.title.endswith("以前")]
        assert len(earlier) <= 1
        if earlier:
            assert parts.by_month[0] is earlier[0]
        assert not parts.by_month or ids_in(parts.by_month) == counted(found)


def test_a_figure_of_a_rule_has_no_parts(written: Township) -> None:
    key = next(key for key, each in written.catalogue.indicators.items() if each.measure is None)
    assert told(written, key)[1] == Split()
