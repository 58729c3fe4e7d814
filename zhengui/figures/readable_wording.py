"""Wording as people read it in a plain field: 〔消除隐患·余〕 where the stored text has a {placeholder}."""

from __future__ import annotations

import re

from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.wording import CLAIM, PLAIN, SHAPES, Chip, chips, shape_title

_NAMED = re.compile(r"〔([^〔〕·|]+)((?:·[^〔〕·|]+)*)〕")
#: The titles of all shapes by which {key.part} is read, and back.
_PARTS = {
    shape.name + number: shape_title(Chip("", shape.name + number))
    for shape in SHAPES.values()
    for number in ("", *"123456789")
    if shape.name and (shape.number == 2) <= bool(number) <= bool(shape.number)
}


def readable(text: str, catalogue: Catalogue) -> str:
    """The text with names in place of placeholders."""
    for chip in chips(text):
        text = text.replace(chip.text, f"〔{_name(chip, catalogue)}〕")
    return text


def stored(text: str, catalogue: Catalogue) -> str:
    """The same back again; a name that nothing has stays as it was typed."""
    return _NAMED.sub(lambda found: _code(found, catalogue), text)


def _name(chip: Chip, catalogue: Catalogue) -> str:
    if chip.is_plain:
        return PLAIN[chip.key]
    if chip.is_claim:
        claim = catalogue.claims.get(chip.part)
        return claim.title if claim else chip.text[1:-1]
    indicator = catalogue.indicators.get(chip.key)
    if indicator is None:
        return chip.text[1:-1]
    part = _PARTS.get(chip.part, chip.part)
    return "·".join(word for word in (indicator.title, part, chip.shown) if word)


def _code(found: re.Match[str], catalogue: Catalogue) -> str:
    title, rest = found.group(1), [word for word in found.group(2).split("·") if word]
    plain = next((key for key, words in PLAIN.items() if words == title), "")
    if plain and not rest:
        return f"{{{plain}}}"
    claim = next((key for key, each in catalogue.claims.items() if each.title == title), "")
    if claim and not rest:
        return f"{{{CLAIM}.{claim}}}"
    key = next((key for key, each in catalogue.indicators.items() if each.title == title), "")
    if not key:
        return found.group()
    part = ""
    for word in list(rest):
        known = next((part for part, title in _PARTS.items() if title == word), "")
        if known:
            part = known
            rest.remove(word)
    return Chip(key, part, "+".join(rest)).text
