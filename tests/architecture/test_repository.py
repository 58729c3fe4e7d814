"""The repository is fit for strangers: pinned, licensed, the same commands everywhere, no traces of a machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, name_of, repository_files, text_files

# Spelled in pieces, or this file would be the first to offend.
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(?:wor" r"k|roo" r"t|hom" r"e/[a-z]+|tm" r"p)/(?!\.)\w+")
REGISTRY_HOSTS = re.compile(
    r"pyth" r"onhosted|py" r"pi\.org|npm" r"js\.(?:org|com)|deb\.deb" r"ian\.org", re.I
)
IMPORT_NAMES = {"pillow": "PIL", "python-docx": "docx", "python-stdnum": "stdnum", "pyside6": "PySide6"}


def pinned(name: str) -> list[str]:
    """Names of the packages in a compiled requirements file."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("==")[0] for line in lines if re.match(r"[a-z0-9-]+==", line)]


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in text_files()
        for pattern in (MACHINE_PATHS, REGISTRY_HOSTS)
        if path.parent.name != "fonts" or path.suffix == ".py"
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not found


def test_nothing_private_or_built_is_in_the_repository() -> None:
    allowed = ROOT / "tests" / "old_databases"
    kinds = {".pyc", ".zgdb", ".key", ".log", ".exe", ".dll", ".so", ".whl", ".zip"}
    found = [name_of(p) for p in repository_files() if p.suffix in kinds and allowed not in p.parents]
    assert not found


def test_the_repository_stays_small_enough_to_clone() -> None:
    heavy = [name_of(path) for path in repository_files() if path.stat().st_size > 10_000_000]
    assert not heavy


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_requirements_are_pinned_and_hashed(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = [
        entry for entry in re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text)) if entry.strip()
    ]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_development_pins_the_same_versions_as_the_program() -> None:
    def versions(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return set(re.findall(r"(?m)^[a-z0-9-]+==\S+", text))

    assert versions("run.txt") <= versions("dev.txt")


def test_every_shipped_library_has_its_licence_named() -> None:
    stated = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    assert [name for name in pinned("run.txt") if name not in stated] == []


def test_every_shipped_font_has_its_licence_named() -> None:
    stated = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    fonts = ROOT / "resources" / "fonts"
    assert [path.name for path in fonts.glob("*.ttf") if f"`{path.name}`" not in stated] == []
    named = re.findall(r"\(`([\w.-]+\.txt)`\)", stated)
    assert {path.name for path in fonts.glob("*.txt")} <= set(named)


def test_every_library_asked_for_is_used() -> None:
    wanted = re.findall(
        r"(?m)^([A-Za-z0-9-]+)", (ROOT / "requirements" / "run.in").read_text(encoding="utf-8")
    )
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    unused = []
    for name in wanted:
        short = re.sub(r"-(essentials|addons)$", "", name.lower())
        module = IMPORT_NAMES.get(short, short.replace("-", "_"))
        if not re.search(rf"(?m)^\s*(?:import|from) {module}\b", source):
            unused.append(name)
    assert not unused


def test_ci_runs_the_readme_s_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [line for line in readme.splitlines() if "pytest" in line and ".venv/bin/" in line]
    assert len(commands) == 1
    command = commands[0].strip()
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace(" >/dev/null", "")


def test_every_file_a_document_points_to_exists() -> None:
    missing = [
        f"{name_of(document)}: {target}"
        for document in text_files()
        if document.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not missing


def test_the_map_names_what_is_there() -> None:
    """What stands between backticks in ARCHITECTURE.md and looks like a file or a folder is one, here or in the package."""
    told = re.findall(r"`([\w./*]+)`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    paths = [each for each in told if each.endswith((".py", "/")) or "/" in each]
    assert len(paths) > 20
    assert not [each for each in paths if not [*ROOT.glob(each), *PACKAGE.glob(each)]]


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    version = re.search(r'__version__ = "([\d.]+)"', (PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert version
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {version.group(1)}" in changes


def test_documents_stand_at_the_top() -> None:
    for name in (
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "THIRD_PARTY.md",
    ):
        assert (ROOT / name).is_file(), name
    assert Path(ROOT / ".ci" / "run").stat().st_mode & 0o100
