"""The shipped catalogue, said by a 乡, a 街道 and an office of communities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.catalogue.speech import Speech

#: Values that records hold; what they are called on paper does not change them.
_VALUES = ("choices", "default", "values", "kinds", "spoken")


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def texts(part: object, name: str = "") -> Iterator[tuple[str, str]]:
    if is_dataclass(part):
        for each in fields(part):
            if each.name != "every":
                yield from texts(getattr(part, each.name), each.name)
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one, name)
    elif isinstance(part, str):
        yield name, part


def values(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        each
        for each in texts(catalogue)
        if each[0] in ("choices", "default", "values", "kinds", "key", "path", "items")
    ]


def test_a_town_with_villages_says_what_is_written(shipped: Catalogue) -> None:
    assert Speech().of_catalogue(shipped) is shipped


@pytest.mark.parametrize("kind", ["乡", "街道"])
def test_no_word_of_a_town_is_left(shipped: Catalogue, kind: str) -> None:
    said = Speech(kind).of_catalogue(shipped)
    left = [
        text
        for name, text in texts(said)
        if name not in _VALUES and re.search("镇", re.sub("乡镇|城镇|集镇", "", text))
    ]
    assert left == []
    assert values(said) == values(shipped)
    offered = [
        choice
        for ledger in said.ledgers.values()
        for field in ledger.fields
        for choice in field.said_choices
        if "镇" in re.sub("乡镇|城镇|集镇", "", choice)
    ]
    assert offered == [], "what may be chosen"


def test_communities_are_called_so(shipped: Catalogue) -> None:
    said = Speech("街道", "社区").of_catalogue(shipped)
    told = [text for name, text in texts(said) if name not in _VALUES]
    assert not any("村（居）" in text for text in told)
    assert said.ledgers["letter"]["village"].title == "社区"
    # The plan's paragraphs are found by their titles, which records hold.
    assert said.outline is not None
    assert shipped.outline is not None
    assert [p.title for s in said.outline.plan for p in s.paragraphs] == [
        p.title for s in shipped.outline.plan for p in s.paragraphs
    ]


def test_local_names_stand_wherever_the_activity_is_told(shipped: Catalogue) -> None:
    names = (
        ("夜话活动", "板凳夜话活动"),
        ("致父老乡亲公开信", "致全镇居民的一封信"),
        ("公开信", "致全镇居民的一封信"),
    )
    said = Speech("乡", names=names).of_catalogue(shipped)
    assert said.ledgers["evening_talk"].title == "板凳夜话活动"
    assert said.ledgers["letter"].title == "致全镇居民的一封信"
    assert "板凳板凳" not in "".join(text for _name, text in texts(said))
    assert Speech(names=names)(Speech(names=names)("组织夜话活动")) == "组织板凳夜话活动"


def test_the_plan_has_one_word(shipped: Catalogue) -> None:
    said = Speech(plan="工作打算").of_catalogue(shipped)
    assert said.outline is not None
    assert said.outline.title.endswith("{next_year}年工作打算")
    assert said.outline.plan_title == "{next_year}年工作打算"
