"""Several records of a register in one field: read one after the other, shown with 、 between them."""

from __future__ import annotations

import pytest

from tests.values.registers import TODAY, Registers, field_of
from zhengui.catalogue.model import FieldType
from zhengui.values.check import check_field
from zhengui.values.parse import parse
from zhengui.values.show import show
from zhengui.values.value import ValueMistake

VILLAGES = field_of(FieldType.VILLAGE, many=True)
PEOPLE = field_of(FieldType.PERSON, many=True, required=True)


class Marked(Registers):
    """A register with a name that has a mark in it."""

    def __init__(self) -> None:
        super().__init__()
        self.people = {1: "王小明", 2: "护林队、消防队", 3: "李秀英（白沙村、一组）"}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("白沙村", (1,)),
        ("青石村、白沙村", (2, 1)),
        ("青石，白沙；柳河社区", (2, 1, 3)),
        ("青石村、青石村", (2,)),
        ("、青石村、", (2,)),
        ("青石村\n白沙村", (2, 1)),
        ("", None),
        ("、", None),
        ("无", None),
    ],
)
def test_names_are_read(text: str, ids: tuple[int, ...] | None) -> None:
    assert parse(VILLAGES, text, Registers(), TODAY) == ids


def test_what_is_shown_is_read_back_also_where_a_name_has_a_mark() -> None:
    for ids in ((2, 1), (1, 2, 3), (3,)):
        assert parse(PEOPLE, show(PEOPLE, ids, Marked()), Marked(), TODAY) == ids


def test_the_name_that_there_is_not_is_told_alone() -> None:
    with pytest.raises(ValueMistake, match="没有“青山村”"):
        parse(VILLAGES, "白沙村、青山村", Registers(), TODAY)


def test_what_is_gone_is_told() -> None:
    assert show(VILLAGES, (1, 9), Registers()) == "白沙村、（查无此项）"


def test_it_is_checked() -> None:
    assert check_field(VILLAGES, (1, 2), TODAY) is None
    assert check_field(VILLAGES, None, TODAY) is None
    assert check_field(PEOPLE, (), TODAY) == "请选择person栏。"
    assert check_field(PEOPLE, 3, TODAY) == "person栏的内容不能识别，请重新填写。"
