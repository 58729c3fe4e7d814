"""A copy of the shipped catalogue in which a test plants one mistake."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue
from zhengui.paths import resource

#: Replaces a text in one file of the copy, once, and loads the copy.
Plant = Callable[[str, str, str], Catalogue]


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    shutil.copytree(resource("catalogue"), folder)
    return folder


@pytest.fixture
def plant(copied: Path) -> Plant:
    def change(file: str, old: str, new: str) -> Catalogue:
        path = copied / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_catalogue(copied)

    return change
