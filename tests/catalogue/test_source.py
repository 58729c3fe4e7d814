"""What a printed word leads back to is written and read at one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import zhengui
from zhengui.catalogue import source
from zhengui.catalogue.source import Source, is_of, keys_of, of_claim, of_figure, of_part, of_text, source_of

ROOT = Path(zhengui.__file__).parent
_WRITTEN = re.compile(r'"(figure|claim|part|text|outline|report|review|issue):')


@pytest.mark.parametrize(
    ("written", "kind", "key"),
    [
        (of_figure("letters"), source.FIGURE, "letters"),
        (of_claim("no_accident"), source.CLAIM, "no_accident"),
        (of_part(12), source.PART, "12"),
        (of_text("summary_lead"), source.TEXT, "summary_lead"),
        (str(Source(source.PLAN)), source.PLAN, ""),
        ("", "", ""),
    ],
)
def test_what_is_written_is_read_back(written: str, kind: str, key: str) -> None:
    assert source_of(written, 3) == Source(kind, key, 3)
    assert str(source_of(written)) == written


def test_sources_are_kept_as_ever() -> None:
    """Documents and issues of every version hold these texts."""
    kept = [of_figure("a"), of_claim("b"), of_part(1), of_text("c"), str(Source(source.OUTLINE, "d"))]
    assert kept == ["figure:a", "claim:b", "part:1", "text:c", "outline:d"]


def test_keys_are_picked_by_their_kind() -> None:
    assert keys_of(source.FIGURE, ["figure:a", "claim:b", "", "figure:c", "figures:d"]) == {"a", "c"}
    assert is_of(source.CLAIM, "claim:b")
    assert not is_of(source.CLAIM, "claims")


def test_nowhere_else_a_source_is_written_by_hand() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ROOT.rglob("*.py")
        if path.name != "source.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if _WRITTEN.search(line)
    ]
    assert found == []
