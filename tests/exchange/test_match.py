"""Titles of a workbook and the fields they mean."""

from __future__ import annotations

from zhengui.catalogue.life import Life
from zhengui.catalogue.model import Field, FieldType
from zhengui.exchange.match import match_columns

T = FieldType
FIELDS = (
    Field("name", "姓名", T.TEXT, required=True),
    Field("phone", "联系电话", T.PHONE, required=True),
    Field("amount", "金额（元）", T.MONEY),
    Field("mu", "面积（亩）", T.DECIMAL),
    Field("metres", "面积（平方米）", T.DECIMAL),
    Field("old", "旧栏目", T.TEXT, life=Life(retired=2020)),
    Field("photo", "照片", T.ATTACHMENT),
)


def test_titles_are_read_with_goodwill() -> None:
    found = match_columns(["序号", "* 姓　名", "联系电话：", "金额(元)", "面积(亩)", "照片", ""], FIELDS)
    assert [(place, field.key) for place, field in found.columns] == [
        (1, "name"),
        (2, "phone"),
        (3, "amount"),
        (4, "mu"),
    ]
    assert (found.unknown, found.repeated, found.problem) == ((), (), "")
    assert [field.key for field in found.missing] == ["metres"]


def test_a_title_that_could_mean_two_fields_means_none() -> None:
    assert match_columns(["面积"], FIELDS).unknown == ("面积",)


def test_what_is_missing_is_named_with_a_guess() -> None:
    found = match_columns(["姓名", "联系电活", "旧栏目"], FIELDS)
    assert found.unknown == ("联系电活", "旧栏目")
    assert found.problem == (
        "缺少栏目“联系电话”，请在表中加上这些列。“联系电活”如果就是“联系电话”，请改成这个名称。"
    )


def test_a_title_given_twice_and_a_sheet_of_another_kind() -> None:
    assert match_columns(["姓名", "联系电话", "姓名"], FIELDS).problem == "栏目“姓名”出现了两次，请只留一列。"
    assert "没有一个栏目名称" in match_columns(["甲", "乙"], FIELDS).problem
