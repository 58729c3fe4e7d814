"""Which new passwords are taken."""

from __future__ import annotations

import pytest

from zhengui.values.passwords import COMMON, wrong_with


@pytest.mark.parametrize(
    "password",
    [
        "",
        "短",
        "abc1234",
        "19900101",
        "13812345678",
        "password1",
        "Passw0rd",
        "１２３４５６７８",
        "qwertyuiop",
        "87654321a",
        "aaaaaaaa1a",
        "zhengui123",
        "1qaz2wsx",
        "abcdabcd",
        "张三123456",
        "云岭镇12345",
        "x" * 129,
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert wrong_with(password, "张三", "云岭镇", "zs")


@pytest.mark.parametrize(
    "password", ["青石 柳塘 白沙 河口", "correct horse battery", "k7#mQ2vX", "山高水长2026春"]
)
def test_a_long_or_strange_one_is_taken(password: str) -> None:
    assert wrong_with(password, "张三", "云岭镇", "zs") == ""


def test_the_common_ones_are_all_refused() -> None:
    assert len(COMMON) > 140
    assert [each for each in COMMON if not wrong_with(each)] == []
