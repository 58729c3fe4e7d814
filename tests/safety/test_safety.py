"""The trials of `tests.safety` in small."""

from __future__ import annotations

from pathlib import Path

from tests.safety import damage, kills


def test_kills_lose_nothing(tmp_path: Path) -> None:
    assert kills.run(len(kills.KINDS), tmp_path) == []


def test_damage_never_passes_without_a_word(tmp_path: Path) -> None:
    answers, wrong = damage.run(20, tmp_path)
    assert wrong == []
    assert answers["refused"] + answers["said"] > 5
