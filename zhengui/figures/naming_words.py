"""What the catalogue itself calls a figure in its sentences, and the words that make less of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengui.catalogue.model import Catalogue, FieldType, Indicator

_CHIP = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|[^}]*)?\}")
_CLAUSE = re.compile(r"[，。；！？：、{}]")
_FILLING = re.compile(r"^(?:全年|全镇|全乡|全街道|目前|共有?|现有|新|共|各类|每日|实现|完成|组织|其中)+")
_SHORTEST, _LONGEST = 2, 18


def wording_words(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """By indicator, the words right before it in the document's sentences: 消除安全隐患, 面向群众发放公开信."""
    found: dict[str, tuple[str, ...]] = {}
    sections = [area.section for area in catalogue.areas if area.section]
    sections += catalogue.outline.plan if catalogue.outline else ()
    for section in sections:
        for paragraph in section.paragraphs:
            for match in _CHIP.finditer(paragraph.text):
                if match[1] in catalogue.indicators:
                    lead = _CLAUSE.split(paragraph.text[: match.start()])[-1]
                    words = _FILLING.sub("", lead).removesuffix("为").removesuffix("占")
                    if _SHORTEST <= len(words) <= _LONGEST:
                        found[match[1]] = (*found.get(match[1], ()), words)
    return found


def narrower_words(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """By indicator, the choices of its ledger that it doesn't ask for itself: 交通 counts less than all hazards."""
    return {key: frozenset(_narrower(catalogue, one)) for key, one in catalogue.indicators.items()}


def _narrower(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    if indicator.measure is None:
        return
    ledger = catalogue.ledgers.get(indicator.measure.ledger)
    asked = {condition.path for condition in indicator.measure.where}
    for field in ledger.live_fields if ledger else ():
        if field.type in (FieldType.CHOICE, FieldType.CHOICES) and field.key not in asked:
            for choice in field.choices:
                if len(choice) > 1 and choice not in indicator.title and choice not in ("其他", "以上"):
                    yield choice
