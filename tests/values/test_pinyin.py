"""Pinyin for searching, and names that were nearly right."""

from __future__ import annotations

from zhengui.values.lookup import nearest
from zhengui.values.pinyin import initials, syllables


def test_initials_keep_letters_and_digits() -> None:
    assert initials("白沙村") == "bsc"
    assert initials("白沙村A1 号") == "bsca1h"
    assert initials("ABC-1") == "abc1"
    assert syllables("白沙村") == "baishacun"


def test_a_name_that_sounds_the_same_is_preferred() -> None:
    assert nearest("白纱村", ["白水村", "白沙村"]) == "白沙村"
    assert nearest("青实", ["柳河", "青石"]) == "青石"
    assert nearest("某某", ["柳河", "青石"]) is None


def test_a_name_is_found_among_very_many() -> None:
    names = [f"第{n}号院" for n in range(20_000)] + ["白沙村"]
    assert nearest("白纱村", names) == "白沙村"
