"""Each font of the computer is looked into once, also where the system does not tell capitals apart."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from zhengui.reports.gb9704 import installed
from zhengui.reports.gb9704.faces import FONTS, Faces, face
from zhengui.reports.gb9704.items import FaceRole


def test_each_font_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("simfang.ttf", "SIMKAI.TTF", "simsun.ttc", "readme.txt"):
        (tmp_path / name).write_bytes(b"")
    read: list[str] = []
    monkeypatch.setattr(installed, "face_names", lambda path: read.append(path.name) or [])
    whole = Path.rglob

    def as_windows(folder: Path, pattern: str) -> Iterator[Path]:
        """Windows finds a name whatever the capitals of the pattern."""
        for path in whole(folder, "*"):
            if path.match(pattern) or Path(path.name.lower()).match(pattern.lower()):
                yield path

    monkeypatch.setattr(Path, "rglob", as_windows)
    installed.installed_faces.cache_clear()
    installed.installed_faces((tmp_path,))
    assert sorted(read) == ["SIMKAI.TTF", "simfang.ttf", "simsun.ttc"]


@pytest.mark.parametrize("content", [None, b"", b"\0" * 500])
def test_a_shipped_face_that_is_gone_or_damaged_is_told_in_words(
    content: bytes | None, tmp_path: Path
) -> None:
    from zhengui.reports.gb9704.faces import Faces, SpoiltFace
    from zhengui.services.problem import own_sentence

    if content is not None:
        (tmp_path / "latin.ttf").write_bytes(content)
    with pytest.raises(SpoiltFace) as caught:
        Faces(tmp_path, {})
    told = own_sentence(caught.value)
    assert told is not None
    assert "latin.ttf" in told
    assert "请重新运行一次安装程序" in told


def test_a_face_that_is_named_in_chinese_alone_is_used(tmp_path: Path) -> None:
    """Its name for the PDF is made of its file's name, which may be Chinese, too."""
    spec = importlib.util.spec_from_file_location(
        "named_face", ROOT / "packaging" / "windows" / "wine" / "named_face.py"
    )
    assert spec is not None
    assert spec.loader is not None
    named_face = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(named_face)
    path = tmp_path / "仿宋.ttf"
    path.write_bytes(named_face.renamed((FONTS / "fang.ttf").read_bytes(), "仿宋"))
    installed.installed_faces.cache_clear()
    found = installed.installed_faces((tmp_path,))
    assert found == {FaceRole.FANG: (path, 0)}
    first = Faces(FONTS, found).first(FaceRole.FANG)
    assert first.key == "仿宋.ttf#0"
    assert first.ttf.name.startswith(b"Face-")


def test_a_damaged_face_of_the_computer_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "simfang.ttf"
    whole = (FONTS / "fang.ttf").read_bytes()
    for content in (b"", whole[:300], whole[:20] + b"\0" * 5000, whole[: len(whole) // 2]):
        path.write_bytes(content)
        face.cache_clear()
        assert Faces(FONTS, {FaceRole.FANG: (path, 0)}).first(FaceRole.FANG).key == "fang.ttf#0"
