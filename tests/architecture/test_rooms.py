"""No circle runs through a package: what a module needs never needs the module."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, modules, syntax

PACKAGES = sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists())


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def arrows() -> dict[str, set[str]]:
    """Which module imports which, within the program, wherever the import stands."""
    known = {dotted(path) for path in modules()}
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                whole = {f"{node.module}.{name.name}" for name in node.names} & known
                found[dotted(path)] |= whole or ({node.module} & known)
            elif isinstance(node, ast.Import):
                found[dotted(path)] |= {name.name for name in node.names} & known
    return found


def reached(start: str, found: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for other in found.get(waiting.pop(), set()) - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def circles(found: dict[str, set[str]]) -> set[frozenset[str]]:
    """The groups of modules that reach each other."""
    reach = {module: reached(module, found) for module in found}
    return {
        frozenset(other for other in reach[module] if module in reach.get(other, ()))
        for module in found
        if module in reach[module]
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_no_circle_runs_through_a_package(package: str) -> None:
    inside = f"zhengui.{package}."
    found = {
        module: {other for other in others if other.startswith(inside)}
        for module, others in arrows().items()
        if module.startswith(inside)
    }
    assert {frozenset(m.removeprefix(inside) for m in circle) for circle in circles(found)} == set()


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {frozenset("abc")}
