"""What builds and proves the installed program is whole: scripts that a shell can read, pins with hashes, and true lists.

The builds themselves take minutes and are commands of their own: packaging/windows/prove, packaging/linux/build.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.tree import ROOT, name_of, repository_files

PACKAGING = ROOT / "packaging"
SHELL = [
    path
    for path in repository_files()
    if PACKAGING in path.parents
    and (path.suffix == ".sh" or path.read_bytes()[:20].startswith(b"#!/usr/bin/env bash"))
]


def load(path: str) -> ModuleType:
    """A script of packaging, which is no package."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, PACKAGING / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


components = load("components.py")
windows_requirements = load("windows/windows_requirements.py")
glibc_floor = load("linux/glibc_floor.py")
release_notes = load("release_notes.py")


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to read them with")
@pytest.mark.parametrize("path", SHELL, ids=name_of)
def test_scripts_can_be_read_by_the_shell(path: Path) -> None:
    told = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    if path.suffix != ".sh":
        assert path.stat().st_mode & 0o100, "it is called by its name"
    assert "set -euo pipefail" in path.read_text(encoding="utf-8") or path.name == "environment.sh"


def test_the_scripts_are_there() -> None:
    names = {name_of(path) for path in SHELL}
    wanted = {"windows/build", "windows/prove", "windows/assemble_python.sh", "linux/build", "release"}
    assert {f"packaging/{name}" for name in wanted} <= names


@pytest.mark.parametrize("path", ["packaging/windows/python.txt", "requirements/kylin.txt"])
def test_what_is_fetched_is_pinned_with_its_hash(path: str) -> None:
    entries = components.pinned(text_of(path))
    assert entries
    assert all(version and hashes for _name, version, hashes in entries)
    assert "://" not in text_of(path)


def test_the_second_lock_file_pins_what_the_first_does_but_qt() -> None:
    """Where this does not hold, compile kylin.txt again as CONTRIBUTING.md says."""
    first = {name: version for name, version, _hashes in components.pinned(text_of("requirements/run.txt"))}
    second = {
        name: version for name, version, _hashes in components.pinned(text_of("requirements/kylin.txt"))
    }
    older = {"pyside6-essentials", "pyside6-addons", "shiboken6"}
    assert {name: second.get(name) for name in first if name not in older} == {
        name: version for name, version in first.items() if name not in older
    }
    assert {second[name] for name in older} == {"6.9.3"}


def test_windows_gets_its_own_packages_and_no_others() -> None:
    made = windows_requirements.for_windows(text_of("requirements/dev.txt"))
    names = {name for name, _version, _hashes in components.pinned(made)}
    assert {"pefile", "pywin32-ctypes", "colorama", "pyinstaller"} <= names
    assert "macholib" not in names
    assert "sys_platform" not in made
    assert all(hashes for _name, _version, hashes in components.pinned(made))
    some = windows_requirements.for_windows(text_of("requirements/dev.txt"), {"pefile"})
    assert [name for name, _version, _hashes in components.pinned(some)] == ["pefile"]


def test_an_entry_that_cannot_be_read_stops_the_build() -> None:
    with pytest.raises(ValueError, match="cannot read"):
        windows_requirements.for_windows("pefile>=1 \\\n    --hash=sha256:00\n")


@pytest.mark.parametrize("requirements", ["requirements/run.txt", "requirements/kylin.txt"])
def test_the_list_of_components_is_whole_and_the_same_each_time(requirements: str) -> None:
    text, python = text_of(requirements), text_of("packaging/windows/python.txt")
    made = components.components("1.2.3", text, python)
    assert made["bomFormat"] == "CycloneDX"
    assert json.dumps(made) == json.dumps(components.components("1.2.3", text, python))
    names = {part["name"] for part in made["components"]}
    shipped = {name for name, _version, _hashes in components.pinned(text)} - components._BUILDING
    assert shipped <= names
    assert "cpython" in names
    assert {f"resources/fonts/{path.name}" for path in (ROOT / "resources" / "fonts").glob("*.ttf")} <= names
    assert all(part["licenses"][0]["license"]["name"] for part in made["components"])


def test_a_library_without_a_licence_stops_the_list() -> None:
    with pytest.raises(KeyError):
        components.components("1.2.3", "unknown-library==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")


def test_the_glibc_that_a_library_asks_for_is_read_from_its_imports() -> None:
    told = """
0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.2.5) free
0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.28) fcntl64
0000000000000000 g    DF .text  0000000000000000  GLIBC_2.34  its_own
"""
    assert glibc_floor.newest(told) == (2, 28)
    assert glibc_floor.newest(told.replace("2.28", "2.30")) == (2, 30)
    assert glibc_floor.newest("") == (0, 0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux binaries")
def test_binaries_are_found_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "lib.so").write_bytes(b"\x7fELF" + b"\0" * 60)
    (tmp_path / "text.so").write_text("no library", encoding="utf-8")
    assert [path.name for path in glibc_floor.binaries(tmp_path)] == ["lib.so"]


def test_the_notes_of_this_version_are_for_the_office() -> None:
    from zhengui import __version__

    made = release_notes.notes(__version__, text_of("CHANGELOG.md"))
    assert f"Zhengui-Setup-{__version__}.exe" in made
    assert "### For developers" not in made
    with pytest.raises(ValueError, match="says nothing"):
        release_notes.notes("0.0.0", text_of("CHANGELOG.md"))


def test_the_installer_speaks_plain_chinese() -> None:
    text = text_of("packaging/windows/setup.nsi")
    spoken = re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', text)
    assert len(spoken) > 15
    hard = [each for each in spoken if re.search("失败|异常|非法|无效|！", each)]
    assert not hard
    assert "SimpChinese" in text
    assert "RequestExecutionLevel user" in text
    assert re.search(r"OLDEST_BUILD 17763", text), "Windows 10 1809"


def test_menu_entry_and_file_type_belong_together() -> None:
    entry, kind = text_of("packaging/linux/zhengui.desktop"), text_of("packaging/linux/zhengui.xml")
    assert "MimeType=application/x-zhengui;" in entry
    assert 'type="application/x-zhengui"' in kind
    assert 'pattern="*.zgdb"' in kind
    assert "Exec=/opt/zhengui/zhengui %f" in entry


def test_the_starters_carry_only_what_finds_the_archive() -> None:
    text = text_of("build.spec")
    assert "shared_archive.py" in text
    assert text_of("packaging/shared_archive.py").count("zhengui.pyz") == 2
    assert "upx=False" in text
    assert "X utf8=1" in text
