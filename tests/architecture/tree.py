"""The repository as the architecture tests read it: its files, its modules and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "zhengui"
TEXT_SUFFIXES = frozenset(
    ".py .toml .md .txt .in .spec .sql .json .svg .qss .yml .cfg .nsi .sh .c .rc .manifest .html .mako".split()
)


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the program."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """The path from the root, with forward slashes, for messages and test ids."""
    return path.relative_to(ROOT).as_posix()


@cache
def repository_files() -> tuple[Path, ...]:
    """What the repository holds; where there is no git, what lies in its folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        hidden = {".git", ".venv", "build", "dist", "node_modules", "demo-township"}
        found = [path for path in ROOT.rglob("*") if not hidden & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def text_files() -> list[Path]:
    """Files of the repository that are read as text."""
    return [p for p in repository_files() if p.suffix in TEXT_SUFFIXES or not p.suffix]
