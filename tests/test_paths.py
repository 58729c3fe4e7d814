"""The program finds its own files and the user's folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zhengui import paths


def test_resources_of_the_source_tree_are_found() -> None:
    assert paths.resource("icons/zhengui.svg").is_file()
    assert paths.resource() == paths.program_folder() / "resources"


def test_frozen_program_looks_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    paths.program_folder.cache_clear()
    try:
        assert paths.resource("fonts/fang.ttf") == tmp_path / "resources" / "fonts" / "fang.ttf"
        assert paths.migrations() == tmp_path / "db" / "migrations"
    finally:
        paths.program_folder.cache_clear()


def test_user_folder_obeys_the_override_and_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGUI_HOME", str(tmp_path / "新 文件夹"))
    assert paths.user_folder() == tmp_path / "新 文件夹"
    assert (tmp_path / "新 文件夹").is_dir()


@pytest.mark.parametrize(
    ("platform", "variable", "name"),
    [("win32", "LOCALAPPDATA", "Zhengui"), ("linux", "XDG_DATA_HOME", "zhengui")],
)
def test_user_folder_follows_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str, name: str
) -> None:
    monkeypatch.delenv("ZHENGUI_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert paths.user_folder() == tmp_path / name
