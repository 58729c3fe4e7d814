"""The code keeps the project's habits: short files, documented modules, names from the office, nothing half done."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, modules, name_of, repository_files, syntax

#: Three hundred is the rule of thumb; a file may be longer rather than be cut in two that know each other.
LONGEST_FILE = 400
LONGEST_MAIN_WINDOW = 200
LONGEST_FUNCTION = 60  # thirty is the rule of thumb; a table of cases may be longer, never twice as long
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}
HALF_DONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_file_is_short_enough_to_read(path: Path) -> None:
    limit = LONGEST_MAIN_WINDOW if path.name == "main_window.py" else LONGEST_FILE
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= limit


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_functions_are_short(path: Path) -> None:
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_module_says_its_purpose(path: Path) -> None:
    purpose = ast.get_docstring(syntax(path))
    assert purpose
    assert purpose.isascii() or re.search(r"[a-z]{3}", purpose), "comments and docstrings are in English"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_is_half_done(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not HALF_DONE.search(source)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_error_is_swallowed(path: Path) -> None:
    swallowed = [
        node.lineno
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert not swallowed


def test_names_come_from_the_office() -> None:
    vague = [name_of(path) for path in PACKAGE.rglob("*") if path.stem in VAGUE_NAMES]
    assert not vague


def test_main_starts_the_program_and_does_nothing_else() -> None:
    main = next(
        path for path in repository_files() if path.name == "main.py" and path.parent == PACKAGE.parent
    )
    statements = syntax(main).body
    assert len(statements) <= 4


def test_a_class_has_a_name_of_its_own() -> None:
    """What a reader meets under one name is one thing; names with an underscore are seen by their module alone."""
    found: dict[str, list[str]] = {}
    for path in modules():
        for node in syntax(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name_of(path))
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_progress_and_stopping_have_one_shape() -> None:
    """How far a work is, is told in one way; nobody counts for himself or makes a second end of a work."""
    others = []
    for path in modules():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.arg) and node.arg == "progress" and node.annotation is not None:
                told = ast.unparse(node.annotation).removesuffix(" | None")
                if "Callable" in told:
                    others.append(f"{name_of(path)}:{node.lineno} {told}")
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("Progress", "Cancelled"):
                others.append(f"{name_of(path)}:{node.lineno} {ast.unparse(node)}")
    assert not others


#: What may be lost when the power fails: notes of the program to itself, and what is made anew at once.
NOT_KEPT = {
    "zhengui/app.py",
    "zhengui/debug_log.py",
    "zhengui/gui/frame/front.py",
    "zhengui/gui/kit/crash.py",
    "zhengui/gui/kit/memory.py",
    "zhengui/services/whole/selftest.py",
}


def test_files_are_written_whole() -> None:
    """Whatever the office keeps is written beside and put in its place; `part` is such a name (`whole_file.replacing`)."""
    by_itself = []
    for path in modules():
        if name_of(path) in NOT_KEPT or path.name == "whole_file.py":
            continue
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                to = ast.unparse(node.func.value)
                if node.func.attr in ("write_text", "write_bytes") and "replacing" not in to and to != "part":
                    by_itself.append(f"{name_of(path)}:{node.lineno} {ast.unparse(node)}")
    assert not by_itself
