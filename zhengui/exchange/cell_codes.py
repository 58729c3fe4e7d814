"""The short codes of a sheet: how its columns are called, and what a number format says of the number itself."""

from __future__ import annotations

import re

_BESIDE = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def column_number(letters: str) -> int:
    """C → 3, AB → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """3 → C, 28 → AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def bare_code(code: str) -> str:
    """A number format without what is only shown beside the number."""
    return _BESIDE.sub("", code)
