"""A ranking of a month: rates, deeds, movement; and what is issued no longer changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fresh import fresh_township
from zhengui.figures.village_marks import Scale
from zhengui.services.counting.compute_figures import compute
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township
from zhengui.services.watch.rank_month import issue_month, month_ranking, months_of
from zhengui.services.watch.ranking_settings import keep_scales, scales_of
from zhengui.services.watch.ranking_sheet import ranking_document, save_ranking
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records

KEY = "vaccination_ranking"


def add(township: Township, ledger: str, **values: object) -> int:
    with township.database.writing() as conn:
        return records.insert(conn, township.tables, ledger, values, "甲")


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Township]:
    """Three villages: a large one with many vaccinated, a small one with nearly all, one that nobody knows of."""
    made = fresh_township(tmp_path / "office.zgdb", "试验镇", "甲")
    made.working_day = date(2021, 12, 6)
    for name, people in (("大村", 5000), ("小村", 500), ("新村", 300)):
        add(made, "village", name=name, kind="村", active=True, population=people, households=people // 3)
    for village, people, october, november in ((1, 4000, 3400, 200), (2, 400, 320, 76)):
        target = {
            "band": "18至59岁",
            "dose": "全程",
            "set_on": date(2021, 3, 1),
            "due_on": date(2021, 10, 31),
        }
        add(made, "vaccination_target", village=village, people=people, **target)
        for month, count in ((10, october), (11, november)):
            done = {"band": "18至59岁", "dose": "全程", "date": date(2021, month, 9), "people": count}
            add(made, "vaccination_progress", village=village, **done)
    yield made
    made.close()


def test_rates_are_compared_and_not_counts(township: Township) -> None:
    found = month_ranking(township, KEY, 202111)
    assert [found.names[each.village] for each in found.marked] == ["小村", "大村", "新村"]
    small, large, new = found.marked
    assert small.values[0] == 99
    assert large.values[0] == 90
    assert (new.total, new.rank) == (None, 0)
    assert small.total == Decimal("95.00")  # 57 of 60 points, the items without a number left out


def test_a_mark_is_the_figure_of_that_village(township: Township) -> None:
    found = month_ranking(township, KEY, 202111)
    for each in found.marked:
        for item, value in zip(found.items, each.values, strict=True):
            figure = compute(township, found.span, (each.village,), [item.indicator])[item.indicator]
            assert figure.value == value


def test_a_village_moves_against_the_month_before(township: Township) -> None:
    assert [e.movement for e in month_ranking(township, KEY, 202110).marked] == [None, None, None]
    found = month_ranking(township, KEY, 202111)
    assert {found.names[e.village]: e.movement for e in found.marked} == {"小村": 1, "大村": -1, "新村": None}


def test_deeds_add_and_take_up_to_the_limit(township: Township) -> None:
    deed = {"village": 1, "ranking": "疫苗接种", "reason": "流动接种车进村"}
    one = add(township, "assessment_item", date=date(2021, 11, 2), kind="加分", points=Decimal(9), **deed)
    add(township, "assessment_item", date=date(2021, 12, 2), kind="扣分", points=Decimal(9), **deed)
    found = month_ranking(township, KEY, 202111)
    assert {each.village: each.bonus for each in found.marked}[1] == 5
    assert found.deeds == {1: (one,)}


def test_an_issued_month_stays_as_it_was(township: Township) -> None:
    with pytest.raises(StorageProblem, match="还没有过完"):
        issue_month(township, KEY, 202112)
    issued = issue_month(township, KEY, 202111)
    assert issued.issued is not None
    done = {"band": "18至59岁", "dose": "全程", "date": date(2021, 11, 20), "people": 300}
    save(township, "vaccination_progress", {"village": 1, **done})
    ranking = township.catalogue.rankings[KEY]
    scales = scales_of(township, ranking)
    keep_scales(township, ranking, [Scale(Decimal(10), Decimal(0), Decimal(50)), *scales[1:]])
    again = month_ranking(township, KEY, 202111)
    assert again == issued
    assert again.items[0].scale.weight == 60
    assert month_ranking(township, KEY, 202112).items[0].scale.weight == 10
    with pytest.raises(StorageProblem, match="已经签发"):
        issue_month(township, KEY, 202111)
    assert (202111, True) in months_of(township, KEY, 2021)


def test_settings_that_rank_nothing_are_refused(township: Township) -> None:
    ranking = township.catalogue.rankings[KEY]
    nothing = Scale(Decimal(0), Decimal(0), Decimal(1))
    with pytest.raises(StorageProblem, match="至少要有一项"):
        keep_scales(township, ranking, [nothing] * 3)
    with pytest.raises(StorageProblem, match="不能是同一个数"):
        keep_scales(township, ranking, [Scale(Decimal(5), Decimal(1), Decimal(1)), nothing, nothing])


def test_the_sheet_names_who_leads_and_who_rose(township: Township, tmp_path: Path) -> None:
    found = month_ranking(township, KEY, 202111)
    text = ranking_document(township, found).text()
    assert "参加排名的村（居）2个" in text
    assert "比上月进位最多的是小村，上升1位" in text
    assert "尚未签发" in text
    assert save_ranking(township, found, tmp_path / "sheet.pdf") >= 1


def test_every_ranking_can_be_chosen_for_a_deed(township: Township) -> None:
    choices = township.catalogue.ledgers["assessment_item"]["ranking"].choices
    assert {each.title for each in township.catalogue.rankings.values()} == set(choices)
