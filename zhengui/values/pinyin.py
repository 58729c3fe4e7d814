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
