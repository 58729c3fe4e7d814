"""Invented papers of the office: what it issued, put up and disclosed, and its lists of powers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.demo.chance import Chance
from db.demo.world import Area, Row, World

#: Area, kind and title; with the year they are different papers.
ISSUED = (
    ("党建治理", "方案", "基层党建工作要点实施方案"),
    ("党建治理", "制度", "村级后备干部管理办法"),
    ("疫情防控", "方案", "常态化疫情防控工作方案"),
    ("巡视整改", "方案", "反馈问题整改工作方案"),
    ("巡视整改", "制度", "机关财务管理制度"),
    ("巡视整改", "制度", "小型工程建设管理办法"),
    ("巡视整改", "制度", "公务接待管理办法"),
    ("巡视整改", "制度", "村级“三资”管理办法"),
    ("巡视整改", "制度", "镇村干部联系群众制度"),
    ("人居环境", "方案", "农村人居环境整治行动方案"),
    ("人居环境", "方案", "秸秆禁烧和综合利用工作方案"),
    ("防返贫监测", "方案", "防止返贫动态监测和帮扶工作方案"),
    ("安全稳定", "方案", "安全生产专项整治方案"),
    ("安全稳定", "预案", "防汛抗旱应急预案"),
    ("安全稳定", "方案", "信访积案化解工作方案"),
    ("民生事业", "方案", "城乡居民基本医疗保险参保缴费工作方案"),
    ("政府建设", "意见", "加强机关效能建设的意见"),
    ("政府建设", "通知", "节假日值班安排"),
)
#: How many of the list were issued in each year; the inspection of 2021 asked for all its rules.
SHARES = {2019: 9, 2020: 12, 2021: 18}
THEMES = ("秸秆禁烧", "移风易俗", "安全生产", "惠民政策", "巡视整改")
#: Theme, kind, how many times, how much altogether, by year.
POSTS = (
    ("疫情防控", "宣传牌", {2020: (14, 96), 2021: (14, 64)}),
    ("疫情防控", "微信群推送", {2020: (18, 260), 2021: (24, 318)}),
    ("党史学习", "宣传牌", {2021: (16, 58)}),
    ("党史学习", "宣传手册", {2021: (12, 2460)}),
    ("党史学习", "微信群推送", {2021: (18, 204)}),
)
SUBJECTS = (
    ("财政资金", "部门预算"),
    ("财政资金", "衔接资金项目安排"),
    ("惠民政策", "耕地地力保护补贴发放结果"),
    ("惠民政策", "低保对象审核确认结果"),
    ("惠民政策", "医疗救助对象名单（已隐去个人信息）"),
    ("重大决策", "重大行政决策事项目录"),
    ("项目建设", "中心村建设项目进展"),
    ("项目建设", "农村公路项目招标结果"),
    ("权责清单", "权力清单和责任清单调整情况"),
    ("人事任免", "机构职能和领导分工"),
    ("其他", "政府信息公开工作年度报告"),
)
DISCLOSED = {2019: 96, 2020: 124, 2021: 158}
#: List, then items, added and removed by year.
POWERS = {
    "权力清单": {2019: (112, 4, 6), 2020: (108, 3, 7), 2021: (104, 5, 9)},
    "责任清单": {2019: (112, 4, 6), 2020: (108, 3, 7), 2021: (104, 5, 9)},
    "公共服务清单": {2019: (78, 6, 2), 2020: (83, 7, 2), 2021: (91, 9, 1)},
}


def ledgers(world: World) -> Area:
    """Papers, posts, disclosed matters and lists of powers."""
    yield "issued_document", _issued(world)
    yield "publicity_post", _posts(world)
    yield "disclosure", _disclosed(world)
    yield "power_list", _powers()


def _issued(world: World) -> Iterator[Row]:
    chance = world.chance("issued_document")
    for year, count in SHARES.items():
        days = chance.distinct_days(year, count, (1, 10), (11, 30))
        # The papers that every year brings come first; the others are those that the inspection asked for.
        chosen = [paper for place, paper in enumerate(ISSUED) if place % 6 not in (1, 4) or year == 2021]
        for number, ((area, kind, title), day) in enumerate(zip(chosen, days, strict=False), 1):
            row: Row = {"title": f"云岭镇{year}年{title}", "kind": kind, "area": area, "issued_on": day}
            yield row | {"number": f"云政〔{year}〕{number * 2 + 5}号"}


def _posts(world: World) -> Iterator[Row]:
    chance = world.chance("publicity_post")
    for theme, kind, years in POSTS:
        for year, (count, total) in years.items():
            yield from _spread(world, chance, theme, kind, year, count, total)
    for year, growth in ((2019, 2), (2020, 3), (2021, 4)):
        for theme in THEMES:
            yield from _spread(world, chance, theme, "宣传牌", year, growth * 2, growth * 9)
            yield from _spread(world, chance, theme, "标语横幅", year, growth * 3, growth * 24)
        yield from _spread(world, chance, "惠民政策", "宣传手册", year, growth * 3, growth * 430)
        yield from _spread(world, chance, "安全生产", "微信群推送", year, growth * 4, growth * 36)


def _spread(
    world: World, chance: Chance, theme: str, kind: str, year: int, count: int, total: int
) -> Iterator[Row]:
    parts = chance.spread(total, count)
    for day, part in zip(chance.days(year, count, (1, 15), (12, 20)), parts, strict=True):
        row: Row = {"theme": theme, "kind": kind, "date": day, "quantity": part}
        if chance.odds(0.8):
            row["village"] = chance.pick(world.villages)
        yield row


def _disclosed(world: World) -> Iterator[Row]:
    chance = world.chance("disclosure")
    channels = (("政府网站",), ("政府网站", "公开栏"), ("公开栏",), ("微信公众号", "公开栏"))
    office = world.department("党政办")
    for year, count in DISCLOSED.items():
        for number, day in enumerate(chance.distinct_days(year, count, (1, 5), (12, 28))):
            kind, title = SUBJECTS[number % len(SUBJECTS)]
            row: Row = {"title": f"{day.month}月{title}（{year}年）", "kind": kind, "date": day}
            yield row | {"channel": chance.pick(channels), "department": office}


def _powers() -> Iterator[Row]:
    for kind, years in POWERS.items():
        for year, (items, added, removed) in years.items():
            row: Row = {"kind": kind, "edition": f"{year}年版", "issued_on": date(year, 6, 18)}
            yield row | {"items": items, "added": added, "removed": removed}
