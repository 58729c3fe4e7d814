"""What builds and proves the installed program is whole: scripts that a shell can read, pins with hashes, and true lists.

The builds themselves take minutes and are commands of their own: packaging/windows/prove, packaging/linux/build.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import files, packages_distributions
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

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


#: What each lock file ships in place of the Qt of run.txt.
OLDER_QT = {"requirements/kylin.txt": "6.9.3", "requirements/kylin-arm64.txt": "6.7.3"}
QT = {"pyside6-essentials", "pyside6-addons", "shiboken6"}

components = load("components.py")
windows_requirements = load("windows/windows_requirements.py")
glibc_floor = load("linux/glibc_floor.py")
release_notes = load("release_notes.py")
portable_zip = load("windows/portable_zip.py")
side_picture = load("windows/side_picture.py")
named_face = load("windows/wine/named_face.py")
screenshots = load("screenshots.py")


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to read them with")
@pytest.mark.parametrize("path", SHELL, ids=name_of)
def test_scripts_can_be_read_by_the_shell(path: Path) -> None:
    told = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    if path.suffix != ".sh":
        assert path.stat().st_mode & 0o100, "it is called by its name"
    # What others source goes by their settings.
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Source this") is (path.name in {"environment.sh", "screen.sh"})
    assert "set -euo pipefail" in text or text.startswith("# Source this")


def test_the_scripts_are_there() -> None:
    names = {name_of(path) for path in SHELL}
    wanted = {
        "windows/system_packages",
        "windows/build",
        "windows/prove",
        "windows/test",
        "windows/start_times",
        "windows/sign",
        "windows/assemble_python.sh",
        "linux/build",
        "release",
    }
    assert {f"packaging/{name}" for name in wanted} <= names


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash to run it with")
@pytest.mark.parametrize("works", [True, False])
def test_a_file_is_signed_in_its_place_or_left_as_it_was(tmp_path: Path, works: bool) -> None:
    """The signing program is stood in for: it takes -in and writes -out, or ends badly halfway."""
    stand_in = tmp_path / "bin" / "osslsigncode"
    stand_in.parent.mkdir()
    stand_in.write_text(
        "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in -in) in=$2;; -out) out=$2;; -certs) certs=$2;; esac; shift; done\n"
        f'{{ cat "$in"; printf " signed with %s" "$certs"; }} > "$out"\nexit {0 if works else 1}\n'
    )
    stand_in.chmod(0o755)
    program = tmp_path / "政规 一.exe"
    program.write_text("a program")
    program.chmod(0o751)
    done = subprocess.run(
        ["bash", str(ROOT / "packaging" / "windows" / "sign"), str(program)],
        env=os.environ
        | {
            "PATH": f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}",
            "CERTIFICATE": "mine.pem",
            "KEY": "key.pem",
        },
        capture_output=True,
        check=False,
    )
    assert (done.returncode == 0) is works
    assert program.read_text() == ("a program signed with mine.pem" if works else "a program")
    assert program.stat().st_mode & 0o777 == 0o751
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "政规 一.exe"]


@pytest.mark.parametrize("path", ["packaging/windows/python.txt", *OLDER_QT])
def test_what_is_fetched_is_pinned_with_its_hash(path: str) -> None:
    entries = components.pinned(text_of(path))
    assert entries
    assert all(version and hashes for _name, version, hashes in entries)
    assert "://" not in text_of(path)


def versions(path: str) -> dict[str, str]:
    """The versions that a lock file pins, by names."""
    return {name: version for name, version, _hashes in components.pinned(text_of(path))}


def asked(path: str) -> set[str]:
    """The names that a file of wishes asks for, without versions."""
    lines = (line.partition("#")[0].strip() for line in text_of(path).splitlines())
    return {re.split(r"[=~<>\[]", line)[0].lower() for line in lines if line and not line.startswith("-")}


@pytest.mark.parametrize("path", OLDER_QT)
def test_the_lock_files_for_kylin_pin_what_the_first_does_but_qt(path: str) -> None:
    """Where this does not hold, compile it again as CONTRIBUTING.md says."""
    first, other = versions("requirements/run.txt"), versions(path)
    assert {name: other.get(name) for name in first.keys() - QT} == {
        name: version for name, version in first.items() if name not in QT
    }
    assert {other[name] for name in QT} == {OLDER_QT[path]}
    wanted = asked("requirements/run.in") | {"pyinstaller"}
    assert asked(path.replace(".txt", ".in")) == wanted


def test_developing_uses_what_ships() -> None:
    first, more = versions("requirements/run.txt"), versions("requirements/dev.txt")
    assert {name: more.get(name) for name in first} == first
    for path in OLDER_QT:
        freezing = versions(path).keys() - first.keys()
        assert {name: versions(path)[name] for name in freezing} == {name: more[name] for name in freezing}


def imported_by_the_program() -> set[str]:
    """Every module that the shipped source names in an import, with its packages."""
    found = set()
    for folder in ("zhengui", "db"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def left_out_of_the_frozen_program() -> set[str]:
    """EXCLUDED of build.spec."""
    tree = ast.parse(text_of("build.spec"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EXCLUDED"
    )
    return set(eval(compile(ast.Expression(value), "build.spec", "eval")))


def test_the_frozen_program_holds_what_is_imported() -> None:
    """What is left out is nowhere imported, and all that is imported from outside is pinned to ship."""
    imported, left_out = imported_by_the_program(), left_out_of_the_frozen_program()
    assert "PySide6.QtSvg" in imported
    assert "sqlite3" in left_out
    assert not {name for name in imported for each in left_out if f"{name}.".startswith(f"{each}.")}
    providers = packages_distributions()
    outside = {name.split(".")[0] for name in imported} - sys.stdlib_module_names - {"zhengui", "db"}
    shipped = versions("requirements/run.txt")
    homeless = {
        name
        for name in outside
        if not {each.lower().replace("_", "-") for each in providers.get(name, ())} & shipped.keys()
    }
    # What runs in the frozen program alone comes from PyInstaller itself.
    assert not homeless


def dropped_from_the_frozen_program() -> re.Pattern[str]:
    """DROPPED of build.spec."""
    tree = ast.parse(text_of("build.spec"))
    (value,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DROPPED"
    )
    made: re.Pattern[str] = eval(compile(ast.Expression(value), "build.spec", "eval"), {"re": re})
    return made


#: Binaries of shipped libraries that may be left out: Qt's parts that nobody uses, formats of pictures, other builds of the same.
MAY_GO = re.compile(
    r"PySide6/|PIL/_(avif|webp|imagingcms|imagingft|imagingtk)|lxml/(objectify|html)|rapidfuzz/(.*_avx2|distance/metrics_cpp|process_cpp_impl)"
)


def test_no_library_loses_what_it_needs() -> None:
    dropped = dropped_from_the_frozen_program()
    assert dropped.search("lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so")
    assert dropped.search("_sqlite3.pyd")
    names = [
        file.as_posix()
        for name in versions("requirements/run.txt")
        for file in files(name) or []
        if file.suffix in (".so", ".pyd", ".dll")
    ]
    assert any(name.startswith("sqlcipher3/_sqlite3.") for name in names)
    assert not [name for name in names if dropped.search(name) and not MAY_GO.match(name)]
    for windows in (
        "sqlcipher3/_sqlite3.cp311-win_amd64.pyd",
        "cryptography/hazmat/bindings/_rust.pyd",
        "PySide6/Qt6Network.dll",
    ):
        assert not dropped.search(windows)


#: A Python without what is left out of the frozen program, still doing what might have needed it.
WITHOUT = """
import re, sys
from importlib import import_module
from datetime import date
from importlib.machinery import PathFinder

class Frozen(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        spec = super().find_spec(name, path, target)
        place = str(spec.origin).replace("\\\\", "/").partition("site-packages/")[2] if spec else ""
        gone = place and dropped.search(place) or any(f"{name}.".startswith(f"{each}.") for each in excluded)
        return None if gone else spec

pattern, *excluded = sys.argv[1:]
asked = sys.stdin.read().split()
dropped = re.compile(pattern, re.VERBOSE | re.IGNORECASE)
sys.meta_path[:] = [each for each in sys.meta_path if each is not PathFinder] + [Frozen]

import alembic.command
from PIL import Image, ImageFont
from rapidfuzz import fuzz

from db.demo.chance import Chance
from db.demo.pictures import sketch

Image.init()
assert "cyfunction" in repr(fuzz.ratio), "the fast way of comparing is gone"
assert fuzz.ratio("公开信", "公开信发放") == 75
try:
    ImageFont.truetype("any.ttf")
except ImportError:
    pass
else:
    raise AssertionError("nothing was left out")
assert sketch(Chance(1), True, date(2021, 9, 25))[:3] == bytes((255, 216, 255))

from zhengui.values.identity import check_id_number

assert "ssl" not in sys.modules
assert check_id_number("360426199101010071") is None
assert check_id_number("360426199101010072") is not None
assert "ssl" not in sys.modules, "what stood in for it is still there"

for name in asked:
    try:
        import_module(name)
    except ModuleNotFoundError as gone:
        owner, _dot, last = name.rpartition(".")
        if gone.name != name and not str(gone).endswith("is not a package"):
            raise
        assert hasattr(import_module(owner), last), name
"""
#: Modules that only Windows has.
OF_WINDOWS = {"msvcrt", "winreg", "ctypes.WinDLL", "ctypes.WinError", "ctypes.windll", "os.startfile"}


def test_nobody_misses_what_is_left_out_of_libraries() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            WITHOUT,
            dropped_from_the_frozen_program().pattern,
            *left_out_of_the_frozen_program(),
        ],
        cwd=ROOT,
        # Late imports, too: whatever the program asks for anywhere.
        input="\n".join(sorted(imported_by_the_program() - OF_WINDOWS)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_frozen_program_holds_every_file_it_reads() -> None:
    """Data files go along as whole folders, so a file that the source names has to lie in one of them."""
    text = text_of("build.spec")
    for folder in ("resources", "migrations"):
        assert f'/ "{folder}"' in text
    for path in (ROOT / "zhengui").rglob("*.py"):
        for name in re.findall(r'\bresource\("([^"{]+)"\)', path.read_text(encoding="utf-8")):
            assert (ROOT / "resources" / name).exists(), f"{path.name} reads {name}"


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


@pytest.mark.parametrize("requirements", ["requirements/run.txt", *OLDER_QT])
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


def test_the_list_names_the_python_that_was_built_in() -> None:
    """On Linux and on Windows itself CPython comes from elsewhere than from the pinned wheel."""
    made = components.components(
        "1.2.3", text_of("requirements/run.txt"), own=("3.11.2", "python.tar.xz", "ab" * 32)
    )
    (cpython,) = [part for part in made["components"] if part["name"] == "cpython"]
    assert (cpython["version"], cpython["description"]) == ("3.11.2", "python.tar.xz")
    assert cpython["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]


def test_the_program_names_what_it_is_made_of() -> None:
    """系统 → 关于 names each library that the office's data goes through; what they bring along is in the list below it."""
    from zhengui.gui.system.about_panel import PARTS

    told = " ".join(PARTS).lower().replace("qt for python", "pyside6-essentials pyside6-addons")
    assert not {name for name in asked("requirements/run.in") if name not in told}
    notices = text_of("THIRD_PARTY.md").lower()
    assert not {name for name in versions("requirements/run.txt") if name not in notices}


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


def test_the_portable_copy_is_the_same_each_time_and_readable(tmp_path: Path) -> None:
    from zhengui.paths import PORTABLE_MARK

    stage = tmp_path / "zhengui"
    (stage / "_internal").mkdir(parents=True)
    (stage / "zhengui.exe").write_bytes(b"program")
    (stage / "_internal" / "a.dll").write_bytes(b"library")
    portable_zip.pack(stage, tmp_path / "one.zip", b"mark")
    os.utime(stage / "zhengui.exe", (0, 0))
    portable_zip.pack(stage, tmp_path / "two.zip", b"mark")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert packed.namelist() == ["政规/_internal/a.dll", "政规/zhengui.exe", f"政规/{PORTABLE_MARK}"]
        assert all(each.flag_bits & 0x800 for each in packed.infolist()), "Windows reads the names as UTF-8"


def test_the_side_picture_has_the_size_that_is_asked_for() -> None:
    made = side_picture.side_picture(ROOT / "resources" / "icons" / "zhengui.ico")
    assert (made.size, made.mode) == ((164, 314), "RGB")
    assert made.getpixel((0, 0)) == side_picture.TOP
    assert made.getpixel((163, 313)) == side_picture.BOTTOM
    assert made.getpixel((82, 96)) != made.getpixel((0, 96)), "the icon is on it"


def test_a_renamed_face_is_found_as_windows_names_it(tmp_path: Path) -> None:
    from zhengui.reports.gb9704.installed import face_names

    face = (ROOT / "resources" / "fonts" / "folio.ttf").read_bytes()
    (tmp_path / "simfang.ttf").write_bytes(named_face.renamed(face, "仿宋", "FangSong"))
    assert sorted(face_names(tmp_path / "simfang.ttf")) == [("FangSong", 0), ("仿宋", 0)]
    (tmp_path / "simfang.ttf").write_bytes(named_face.renamed(face, "仿宋"))
    assert face_names(tmp_path / "simfang.ttf") == [("仿宋", 0)]


def test_a_picture_is_current_until_it_shows_something_else() -> None:
    taken = Image.new("RGB", (400, 300), "white")
    later = taken.copy()
    later.paste("black", (380, 290, 392, 297))  # the time of the last backup
    assert screenshots.differing(taken, taken) == 0
    assert screenshots.differing(taken, later) <= screenshots.SAME
    later.paste("#c00000", (20, 20, 120, 40))
    assert screenshots.differing(taken, later) > screenshots.SAME
    assert screenshots.differing(taken, taken.crop((0, 0, 400, 299))) == 1
    tinted = Image.new("RGB", (400, 300), "#f8fafc")
    assert screenshots.differing(taken, tinted) == 0, "few colours are no news"


def test_the_notes_of_this_version_are_for_the_office() -> None:
    from zhengui import __version__

    made = release_notes.notes(__version__, text_of("CHANGELOG.md"))
    assert f"Zhengui-Setup-{__version__}.exe" in made
    assert "### For developers" not in made
    changes = "## 9.9\n\n- 先写的。\n\n### For developers\n\n- A tool.\n- 后写的。\n\n## 9.8\n\n- 更早的。\n"
    assert release_notes.notes("9.9", changes).endswith("- 先写的。\n- 后写的。\n")
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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the window needs no packages of the system")
def test_every_library_that_the_window_needs_from_the_system_is_named() -> None:
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    needed: set[str] = set()
    for binary in (qt / "plugins" / "platforms" / "libqxcb.so", *qt.glob("lib/libQt6XcbQpa.so*")):
        for name, number in re.findall(
            rb"lib(xcb-[a-z-]+|xkbcommon[a-z0-9-]*)\.so\.(\d+)", binary.read_bytes()
        ):
            # Debian parts a name that ends in a digit from the number.
            part = "-" if name[-1:].isdigit() else ""
            needed.add(f"lib{name.decode()}{part}{number.decode()}")
    assert "libxcb-cursor0" in needed
    assert needed <= set(load("qt_libraries.py").PACKAGES)
