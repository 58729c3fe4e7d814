"""The archive that both starters share: read whole or not at all."""

from __future__ import annotations

import runpy
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from PyInstaller.archive.writers import ZlibArchiveWriter
from PyInstaller.loader import pyimod01_archive

from tests.architecture.tree import ROOT

MODULES = {name: f"said = '{name}' * 50" for name in ("one", "two", "three")}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program, with an archive of three modules and its sum."""
    entries = [(name, f"{name}.py", "PYMODULE") for name in MODULES]
    codes = {name: compile(text, name, "exec") for name, text in MODULES.items()}
    ZlibArchiveWriter(str(tmp_path / "zhengui.pyz"), entries, codes)
    held = (tmp_path / "zhengui.pyz").read_bytes()
    (tmp_path / "zhengui.sum").write_text(f"{zlib.crc32(held):08x}", encoding="ascii")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setitem(sys.modules, "pyimod01_archive", pyimod01_archive)
    monkeypatch.setitem(sys.modules, "pyimod02_importers", SimpleNamespace())  # type: ignore[arg-type]
    # A box would wait for somebody.
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def begin() -> object:
    """What a starter runs first; the archive that Python's imports are then given."""
    runpy.run_path(str(ROOT / "packaging" / "shared_archive.py"))
    return sys.modules["pyimod02_importers"].pyz_archive


@pytest.mark.usefixtures("program")
def test_a_whole_archive_gives_its_modules() -> None:
    archive = begin()
    for name, text in MODULES.items():
        told: dict[str, object] = {}
        exec(archive.extract(name), told)  # type: ignore[attr-defined]
        assert told["said"] == name * 50, text


def test_a_byte_that_is_another_anywhere_is_told_before_the_program_begins(
    program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (program / "zhengui.pyz").read_bytes()
    for place in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1
        (program / "zhengui.pyz").write_bytes(spoilt)
        with pytest.raises(SystemExit) as ended:
            begin()
        assert ended.value.code == 1
        assert "请重新运行一次安装程序" in capsys.readouterr().err


@pytest.mark.parametrize("sum_there", ["", "nothing like a sum", None])
def test_an_archive_without_its_sum_is_told(
    program: Path, capsys: pytest.CaptureFixture[str], sum_there: str | None
) -> None:
    (program / "zhengui.sum").unlink()
    if sum_there is not None:
        (program / "zhengui.sum").write_text(sum_there, encoding="utf-8")
    with pytest.raises(SystemExit):
        begin()
    assert "请重新运行一次安装程序" in capsys.readouterr().err
