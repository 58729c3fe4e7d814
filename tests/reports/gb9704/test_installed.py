"""Each font of the computer is looked into once, also where the system does not tell capitals apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengui.reports.gb9704 import installed


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
