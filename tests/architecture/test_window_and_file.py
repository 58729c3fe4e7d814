"""The window reaches the file through services alone, and nobody reaches behind a room's public names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import PACKAGE, modules, name_of, syntax

WIDGETS = tuple(path for path in modules() if path.is_relative_to(PACKAGE / "gui"))
#: Of the storage the window may know values and problems, which are named like Part and DRAFT; these are no values.
HANDLES = frozenset({"Database", "Tables", "LedgerSource"})
#: What a state of the file is read and written by.
BEHIND = frozenset({"conn", "tables", "engine"})


def storage_verbs(tree: ast.Module) -> Iterator[str]:
    """What a module takes from the storage beside values, and where it goes past the services."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("zhengui.storage"))
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for each in node.names:
                whole = f"{module}.{each.name}"
                if whole == "zhengui.storage" or (
                    module.startswith("zhengui.storage") and (each.name[0].islower() or each.name in HANDLES)
                ):
                    yield whole
        if isinstance(node, ast.Attribute) and node.attr in BEHIND:
            yield ast.unparse(node)


def private_names(tree: ast.Module) -> Iterator[str]:
    """What a module takes that another one keeps to itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhengui"):
            yield from (each.name for each in node.names if each.name[0] == "_" and each.name[1] != "_")
        if isinstance(node, ast.Attribute) and node.attr[0] == "_" and node.attr[1] != "_":
            owner = ast.unparse(node.value)
            if owner not in ("self", "cls", "super()") and node.attr not in ("_replace", "_asdict"):
                yield ast.unparse(node)


@pytest.mark.parametrize("path", WIDGETS, ids=name_of)
def test_a_widget_calls_no_verb_of_the_storage(path):
    assert list(storage_verbs(syntax(path))) == []


@pytest.mark.parametrize("path", WIDGETS, ids=name_of)
def test_a_widget_takes_no_private_name_of_another(path):
    assert list(private_names(syntax(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "from zhengui.storage.records import record",
        "from zhengui.storage.records.record import insert",
        "from zhengui.storage.file.database import Database",
        "from zhengui import storage",
        "import zhengui.storage.records.record",
        "township.database.engine.connect()",
        "insert(reading.conn, 'hazard')",
    ],
)
def test_a_planted_verb_is_seen(line):
    assert list(storage_verbs(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["from zhengui.gui.form.sheet import _kept", "desk.township._opened", "page.records._ids[0]"]
)
def test_a_planted_private_name_is_seen(line):
    assert list(private_names(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "from zhengui.storage.writing.documents import DRAFT, Part",
        "self._rows",
        "super()._show(1)",
        "a.__doc__",
    ],
)
def test_what_is_allowed_is_let_through(line):
    tree = ast.parse(line)
    assert not [*storage_verbs(tree), *private_names(tree)]
