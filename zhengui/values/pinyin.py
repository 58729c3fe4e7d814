"""Pinyin of Chinese text, for searching by initials and for telling names that sound alike."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """The first letters of the syllables, lower case: 白沙村 gives `bsc`; letters and digits stay."""
    return "".join(_letters(text, full=False))


@lru_cache(maxsize=4096)
def syllables(text: str) -> str:
    """The pinyin without tones, run together: 白沙村 gives `baishacun`."""
    return "".join(_letters(text, full=True))


def spells(typed: str, label: str) -> bool:
    """Whether letters spell the beginning of a label: `baisha`, `bsc`, `baishac` and `bsha` all spell 白沙村.

    Each character may be typed in full, by the beginning of its syllable or, at the end, in part; a character
    that is read in several ways is met by each of them.
    """
    reached = {0}
    for character in label:
        if not character.isalnum():
            continue
        following: set[int] = set()
        for at in reached:
            rest = typed[at:]
            for reading in _readings(character):
                if reading.startswith(rest):
                    return True
                following.update(at + length for length in _lengths(reading, rest))
        if len(typed) in following:
            return True
        reached = following
    return False


def _lengths(reading: str, rest: str) -> list[int]:
    """How many of the letters one character may take: its syllable, or the consonant that it begins with."""
    lengths = [len(reading)] if rest.startswith(reading) else []
    if rest[0] == reading[0]:
        lengths.append(1)
    if reading[1:2] == "h" and rest.startswith(reading[:2]):
        lengths.append(2)
    return lengths


@lru_cache(maxsize=32768)
def _readings(character: str) -> tuple[str, ...]:
    """The ways to read a character, without tones, ü written as v or u; a letter or digit is read as itself."""
    if character.isascii():
        return (character.lower(),)
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors=_as_they_are)[0]
    plain = [reading.lower().replace("ü", "v") for reading in found if reading]
    return tuple(dict.fromkeys([*plain, *(reading.replace("v", "u") for reading in plain)]))


def _as_they_are(text: str) -> str:
    return text


def _letters(text: str, full: bool) -> list[str]:
    if text.isascii():
        return [c.lower() for c in text if c.isalnum()]
    # The dictionary takes a tenth of a second to load, so it waits until a name is first searched.
    from pypinyin import Style, lazy_pinyin

    style = Style.NORMAL if full else Style.FIRST_LETTER
    found = lazy_pinyin(text, style=style, errors=_as_they_are)
    return [c for part in found for c in part.lower() if c.isalnum()]
