"""What wording can tell of a figure beside its value, each with the right words; and averages and edges of fields."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.written_office import add
from zhengui.catalogue.wording import SHAPES, Chip, chip_fault, chips
from zhengui.figures.period import Period, half, year
from zhengui.services.counting.compute_figures import Villages, compute
from zhengui.services.counting.fill_wording import FilledWords
from zhengui.services.counting.tell_shape import TELLERS
from zhengui.services.counting.trace_figure import trace
from zhengui.services.township.own_catalogue import add_entries
from zhengui.services.township.township import Township, create_township, open_township

FOREST = (Path(__file__).parent / "forest.toml").read_text(encoding="utf-8")
MORE = """
[[field]]
ledger = 'forest_patrol'
key = 'cost'
title = '花费'
type = 'money'

[[indicator]]
area = 'forest'
key = 'patrol_people_mean'
title = '每次巡查平均出动'
unit = '人'
how = '护林巡查台账里，日期在{period}内的出动人数的平均。'
measure = { kind = 'average', ledger = 'forest_patrol', fields = ['people'], during = 'date' }
display = { decimals = 1 }

[[indicator]]
area = 'forest'
key = 'patrol_people_least'
title = '一次巡查最少出动'
unit = '人'
how = '护林巡查台账里，日期在{period}内的出动人数的最小。'
measure = { kind = 'minimum', ledger = 'forest_patrol', fields = ['people'], during = 'date' }

[[indicator]]
area = 'forest'
key = 'patrol_cost_most'
title = '一次巡查最多花费'
unit = '万元'
how = '护林巡查台账里，日期在{period}内的花费的最大。'
measure = { kind = 'maximum', ledger = 'forest_patrol', fields = ['cost'], during = 'date' }

[[indicator]]
area = 'forest'
key = 'lookouts'
title = '瞭望点'
unit = '处'
how = '瞭望点名册里的记录数。'
measure = { kind = 'count', ledger = 'lookout' }
"""
#: Village, day, kind, people, 分.
PATROLS = (
    (1, date(2021, 3, 5), "未见火情", 4, 1_200_000),
    (1, date(2021, 5, 6), "野外用火", 6, 500_000),
    (1, date(2021, 5, 9), "未见火情", 2, None),
    (2, date(2021, 6, 1), "未见火情", 12, 3_000_000),
    (3, date(2021, 9, 20), "火情", 1, 100_000),
    (1, date(2020, 7, 1), "未见火情", 10, None),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    path = tmp_path_factory.mktemp("shapes") / "试验镇.zgdb"
    made = create_township(path, "试验镇", "甲")
    add_entries(made, "forest.toml", FOREST)
    add_entries(made, "more.toml", MORE)
    made.close()
    made = open_township(path, "甲")
    made.working_day = date(2021, 9, 30)
    for place, name in enumerate(("白沙村", "青石村", "云门社区"), 1):
        kind = "居" if name.endswith("社区") else "村"
        add(made, "village", {"name": name, "kind": kind, "active": True, "sort_order": place})
    for name, village in (("北山瞭望点", 1), ("东岭瞭望点", 2), ("南坡瞭望点", 3)):
        add(made, "lookout", {"name": name, "village": village})
    for village, day, kind, people, cost in PATROLS:
        row = {"village": village, "date": day, "kind": kind, "people": people, "cost": cost}
        add(made, "forest_patrol", row)
    add(
        made,
        "plan_item",
        {
            "plan_year": 2021,
            "indicator": "forest_patrols",
            "operator": "至少",
            "target": 8,
            "due_on": date(2021, 12, 31),
        },
    )
    yield made
    made.close()


def told(office: Township, text: str, period: Period | None = None, villages: Villages = ()) -> str:
    with office.reading() as reading:
        return FilledWords(reading, period or year(2021), villages, [text]).line(text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{forest_patrols}", "5次"),
        ("{forest_people.villages|和}", "白沙村、青石村和云门社区"),
        ("{forest_people.top2|值}", "白沙村（12人次）、青石村（12人次）"),
        ("{forest_people.bottom1}", "云门社区"),
        ("{forest_people.band|10-}", "白沙村、青石村"),
        ("{forest_people.band|-10+值}", "云门社区（1人次）"),
        ("{forest_people.band|1-12}", "云门社区"),
        ("出动10人次以上的村（居）{forest_people.band_count|10-}个", "出动10人次以上的村（居）2个"),
        ("{forest_patrols.average|1}", "1.7次"),
        ("{forest_patrols.highest}", "3次"),
        ("{forest_patrols.lowest}", "1次"),
        ("{forest_people.rank|青石村}", "第1位"),
        ("{forest_people.rank|云门社区}", "第3位"),
        ("{forest_people.rank|没有这个村}", "〔待补〕"),
        ("{forest_people.rank}", "〔待补〕"),
        ("{forest_patrols.last}", "1次"),
        ("{forest_patrols.expected}", "7次"),
        ("{forest_patrols.target}", "8次"),
        ("{forest_patrols.target_share}", "62.5%"),
        ("{forest_people.target}", "〔待补〕"),
        ("{forest_patrols.among|kind}", "其中未见火情3次、野外用火1次、火情1次"),
        ("{forest_people.among|kind}", "其中未见火情18人次、野外用火6人次、火情1人次"),
        ("{lookouts.items2|village}", "北山瞭望点（白沙村）、东岭瞭望点（青石村）等"),
        ("{lookouts.names2}", "北山瞭望点、东岭瞭望点等"),
        ("{forest_patrols.values|village}", "白沙村、青石村、云门社区"),
        ("{forest_patrols.values|cost}", "1.2万元、0.5万元、3万元、0.1万元"),
        ("{forest_patrols.first_day}", "3月5日"),
        ("{forest_patrols.last_day}", "9月20日"),
        ("{patrol_people_mean}", "5人"),
        ("{patrol_people_mean|2}", "5人"),
        ("{patrol_people_least}", "1人"),
        ("{patrol_cost_most}", "3万元"),
    ],
)
def test_a_chip_prints(office: Township, text: str, printed: str) -> None:
    assert told(office, text) == printed


def test_one_village_knows_its_rank_and_a_half_year_its_days(office: Township) -> None:
    assert told(office, "{forest_people.rank}", villages=(3,)) == "第3位"
    assert told(office, "{forest_patrols.target}", villages=(3,)) == "〔待补〕", "the plan is the township's"
    assert told(office, "{forest_patrols.last_day}", half(2021, 1)) == "6月1日"
    assert told(office, "{forest_patrols.last_day}", year(2019)) == "〔待补〕"


@pytest.mark.parametrize(
    ("key", "records"), [("patrol_people_mean", 5), ("patrol_people_least", 1), ("patrol_cost_most", 1)]
)
def test_an_average_and_an_edge_lead_to_their_records(office: Township, key: str, records: int) -> None:
    assert compute(office, year(2021), (), [key])[key].records == records
    assert trace(office, key, year(2021)).records == records


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{forest_patrols.towns}", "只能写"),
        ("{forest_patrols.top}", "只能写"),
        ("{forest_patrols.band3|1-}", "只能写"),
        ("{forest_patrols.band}", "数值的范围"),
        ("{forest_patrols.band|多}", "数值的范围"),
        ("{forest_patrols.band_count|1-+和}", "写法不对"),
        ("{forest_patrols.top3|多}", "只能写 和 或 值"),
        ("{forest_patrols|约}", "不是已有的写法"),
        ("{forest_patrols.among}", "写台账的一个字段"),
        ("{forest_patrols.among|people}", "不是单选"),
        ("{forest_patrols.items|price}", "没有可以列举的名称"),
        ("{lookouts.items|price}", "没有字段 price"),
        ("{lookouts.first_day}", "没有日期"),
        ("{patrol_people_mean.average}", "不是可以累计的数"),
        ("{hazard_rate.expected}", "不是可以累计的数"),
        ("{nothing.top3}", "不是已有的指标"),
        ("{claim.nothing}", "不是已有的论断"),
        ("{year|余}", "后面不能再写"),
    ],
)
def test_a_chip_that_cannot_be_told_says_why(office: Township, text: str, said: str) -> None:
    assert said in chip_fault(chips(text)[0], office.catalogue)


def test_every_shape_is_told_and_documented() -> None:
    plain = {"", "villages", "names", "change", "last"}
    assert set(SHAPES) - plain == set(TELLERS)
    for shape in SHAPES.values():
        assert Chip("x", shape.example.strip(".").partition("|")[0]).shape == shape.name
