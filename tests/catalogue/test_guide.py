"""The guide to the catalogue is whole, and its example is an area that the program takes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import OPS, WARNING_KINDS, FieldType, RuleKind
from zhengui.catalogue.read_figures import CLAIMS, MEASURES, STYLES, TIMINGS
from zhengui.paths import resource

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
WORDS = sorted(
    {*map(str, FieldType), *map(str, RuleKind), *OPS, *CLAIMS, *MEASURES, *STYLES, *TIMINGS, *WARNING_KINDS}
)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_vocabulary_is_in_the_guide(word: str) -> None:
    assert f"`{word}`" in GUIDE


def test_the_example_is_taken_without_a_flaw(tmp_path: Path) -> None:
    shutil.copy(resource("catalogue/registers.toml"), tmp_path)
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "library.toml").write_text(example, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert [str(flaw) for flaw in catalogue.flaws if flaw.file == "library.toml"] == []
    area = catalogue.by_area["library"]
    assert {indicator.key for indicator in area.indicators} == {"reading_events", "readers"}
    assert area.section is not None
    assert len(area.claims) == len(area.parameters) == 1
