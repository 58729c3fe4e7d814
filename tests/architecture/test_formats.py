"""Dates are put into Chinese by hand: on Windows, strftime cannot write what its code page lacks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, name_of, repository_files, syntax

PYTHON = [path for path in repository_files() if path.suffix == ".py" and "tests" not in path.parts]


def spoken_formats(tree: ast.Module) -> list[str]:
    """Formats of dates with anything in them that is not ASCII, given to strftime, strptime or after a colon."""
    found = []
    for node in ast.walk(tree):
        texts: list[ast.expr] = []
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            texts = list(node.format_spec.values)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"strftime", "strptime", "format"}:
                texts = list(node.args)
        found += [
            text.value
            for text in texts
            if isinstance(text, ast.Constant)
            and isinstance(text.value, str)
            and "%" in text.value
            and not text.value.isascii()
        ]
    return found


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_no_date_format_holds_chinese(path: Path) -> None:
    assert not spoken_formats(syntax(path))


@pytest.mark.parametrize("line", ['f"{day:%m月%d日}"', 'day.strftime("%Y年")', 'format(day, "%d日")'])
def test_such_a_format_is_found(line: str) -> None:
    assert spoken_formats(ast.parse(line))
    assert not spoken_formats(ast.parse(line.replace("月", "-").replace("日", "").replace("年", "")))


def test_the_whole_program_is_looked_at() -> None:
    assert {"zhengui", "db", "packaging", "benchmarks"} <= {
        path.relative_to(ROOT).parts[0] for path in PYTHON
    }
