"""A small office for the storage tests: registers, events, a span, a closed loop, targets."""

from __future__ import annotations

from decimal import Decimal

from zhengui.catalogue.model import Area, Catalogue, Field, FieldType, Ledger, Parameter
from zhengui.figures import period

T = FieldType


YEAR = period.year(2021)
HALF = period.half(2021, 1)


def ledger(key: str, *fields: Field, **more: object) -> Ledger:
    """A ledger with the least that a ledger needs."""
    title = str(more.pop("title", key))
    return Ledger(key, title, "work", title, "条", "", fields, **more)  # type: ignore[arg-type]


def small_catalogue(*extra: Ledger, without: tuple[str, ...] = ()) -> Catalogue:
    """The catalogue with `extra` ledgers in place of, or besides, its own."""
    ledgers = {each.key: each for each in (*_LEDGERS, *extra) if each.key not in without}
    area = Area("work", "工作", "工作", "icon", "", 1, tuple(ledgers.values()), parameters=PARAMETERS)
    return Catalogue((area,), None)


PARAMETERS = (
    Parameter("age_limit", "年龄", "work", Decimal(35)),
    Parameter("lower_age", "年龄", "work", Decimal(12)),
)

LOOP = tuple(
    Field(key, title, kind)
    for key, title, kind in (
        ("assigned_on", "交办日期", T.DATE),
        ("responsible", "责任人", T.OFFICIAL),
        ("department", "责任部门", T.DEPARTMENT),
        ("due_on", "整改期限", T.DATE),
        ("measure_taken", "整改措施", T.LONG_TEXT),
        ("rectified_on", "整改完成日期", T.DATE),
        ("verified_on", "验收日期", T.DATE),
        ("verifier", "验收人", T.OFFICIAL),
        ("closed_on", "销号日期", T.DATE),
    )
)

_LEDGERS = (
    ledger(
        "village",
        Field("name", "名称", T.TEXT, required=True),
        Field("kind", "类型", T.CHOICE, choices=("村", "居")),
        Field("sort_order", "顺序", T.INTEGER, total=False),
        Field("active", "在用", T.YES_NO),
        register=True,
        label=("name",),
        title="村（居）",
    ),
    ledger("department", Field("name", "名称", T.TEXT), register=True, label=("name",)),
    ledger(
        "official",
        Field("name", "姓名", T.TEXT),
        Field("department", "部门", T.DEPARTMENT),
        Field("phone", "电话", T.PHONE),
        register=True,
        label=("name",),
    ),
    ledger(
        "person",
        Field("name", "姓名", T.TEXT),
        Field("birth_date", "出生日期", T.DATE),
        Field("id_number", "身份证号", T.ID_NUMBER),
        register=True,
        label=("name",),
    ),
    ledger(
        "household",
        Field("village", "村", T.VILLAGE),
        Field("head", "户主", T.PERSON),
        Field("kind", "类别", T.CHOICE, choices=("甲", "乙")),
        register=True,
        village="village",
        label=("head", "village"),
    ),
    ledger(
        "event",
        Field("village", "村", T.VILLAGE),
        Field("kind", "类型", T.CHOICE, choices=("甲", "乙", "丙")),
        Field("held_on", "日期", T.DATE),
        Field("people", "人数", T.INTEGER),
        Field("amount", "金额", T.MONEY),
        Field("quantity", "数量", T.DECIMAL, decimals=3),
        Field("done", "完成", T.YES_NO),
        Field("tags", "标签", T.CHOICES, choices=("东", "西", "南")),
        Field("band", "年龄段", T.CHOICE, choices=("3—11周岁", "12—17周岁", "60周岁以上")),
        Field("person", "人员", T.PERSON),
        Field("helpers", "协助的人", T.OFFICIAL, many=True),
        Field("topic", "主题", T.TEXT),
        Field("note", "备注", T.LONG_TEXT),
        Field("photo", "照片", T.ATTACHMENT),
        period=("held_on",),
        village="village",
        title="活动",
    ),
    ledger(
        "duty",
        Field("household", "农户", T.HOUSEHOLD),
        Field("official", "干部", T.OFFICIAL),
        Field("from", "开始日期", T.DATE),
        Field("to", "结束日期", T.DATE),
        period=("from", "to"),
        village="household.village",
    ),
    ledger(
        "hazard",
        Field("village", "村", T.VILLAGE),
        Field("place", "地点", T.TEXT),
        Field("found_on", "发现日期", T.DATE),
        *LOOP,
        period=("found_on",),
        village="village",
        closed_loop=True,
    ),
    ledger(
        "monthly",
        Field("month", "月份", T.MONTH),
        Field("item", "项目", T.TEXT),
        Field("amount", "金额", T.MONEY),
        period=("month",),
    ),
    ledger("plan", Field("year", "年度", T.YEAR), Field("matter", "事项", T.TEXT), period=("year",)),
)
