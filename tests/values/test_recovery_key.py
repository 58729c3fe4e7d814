"""The recovery key: what is mistyped is mended or refused, never taken for another key."""

from __future__ import annotations

import unicodedata

from zhengui.values.recovery_key import (
    ALPHABET,
    LENGTH,
    new_recovery_key,
    read_recovery_key,
    shown,
    with_checks,
)


def test_a_key_is_read_as_it_is_printed_and_typed() -> None:
    key = with_checks("0123456789ABCDEFGHJKMNPQRSTVWX")
    assert len(key) == LENGTH
    assert shown(key).count("-") == 7
    wide = "".join(chr(ord(each) + 0xFEE0) for each in shown(key))
    assert unicodedata.normalize("NFKC", wide) == shown(key)
    alike = key.lower().replace("0", "o").replace("1", "l")
    marked = (shown(key).replace("-", mark) for mark in "—－_、　\n")
    unseen = f"\ufeff\u202a{key[:16]}\u200b{key[16:]}\u202c"
    labelled = f"恢复密钥：{shown(key)}。"
    for typed in (
        key,
        shown(key),
        wide,
        alike,
        f"  {shown(key).replace('-', ' ')} ",
        *marked,
        unseen,
        labelled,
    ):
        assert read_recovery_key(typed) == key


def test_every_single_wrong_character_is_refused() -> None:
    key = new_recovery_key()
    for place in range(LENGTH):
        for other in ALPHABET:
            if other != key[place]:
                assert read_recovery_key(key[:place] + other + key[place + 1 :]) is None


def test_swapped_neighbours_and_other_lengths_are_refused() -> None:
    key = with_checks("7K3MZ0Q9RT5VB2CXD8FHGJ4N6PWSY1")
    for place in range(LENGTH - 1):
        swapped = key[:place] + key[place + 1] + key[place] + key[place + 2 :]
        assert swapped == key or read_recovery_key(swapped) is None
    assert read_recovery_key(key[:-1]) is None
    assert read_recovery_key(key + "0") is None
    assert read_recovery_key("") is None


def test_no_two_keys_are_alike() -> None:
    assert len({new_recovery_key() for _ in range(200)}) == 200
