"""The recovery key: 30 characters of Crockford's base 32 and two that check them, as it is printed and typed.

150 random bits. What is easily taken for another character (O and 0, I and l and 1), small letters and full-width
ones are read as they are meant. The two check characters are the number modulo 1021, a prime: whichever single
character is wrong, the remainder is another (https://www.crockford.com/base32.html for the alphabet).
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHARACTERS, CHECKS = 30, 2
LENGTH = CHARACTERS + CHECKS
#: The greatest prime that two characters can tell the remainder of.
_PRIME = 1021
_GROUP = 4
_ALIKE = str.maketrans("OIL", "011")


def new_recovery_key() -> str:
    """A random key with its check characters, 32 characters without spaces."""
    return with_checks("".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS)))


def with_checks(characters: str) -> str:
    """Put the two check characters behind the thirty."""
    number = 0
    for each in characters:
        number = number * 32 + ALPHABET.index(each)
    high, low = divmod(number % _PRIME, 32)
    return characters + ALPHABET[high] + ALPHABET[low]


def shown(key: str) -> str:
    """As it is printed: groups of four, AB12-CD34-…"""
    return "-".join(key[start : start + _GROUP] for start in range(0, len(key), _GROUP))


def read_recovery_key(text: str) -> str | None:
    """The key that was typed, in whatever width and case, with or without the strokes; None where it isn't one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(each for each in plain if each.isascii() and each.isalnum()).translate(_ALIKE)
    if len(kept) != LENGTH or any(each not in ALPHABET for each in kept):
        return None
    return kept if with_checks(kept[:CHARACTERS]) == kept else None
