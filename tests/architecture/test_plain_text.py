"""What people typed is shown as it is: no label and no tool tip takes a name for markup."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, syntax
from zhengui.gui.kit.plain import plain

WINDOW = sorted((PACKAGE / "gui").rglob("*.py"))
#: Where labels are made: plain ones for everybody, and a field's title with its star, each part escaped.
LABELS = {"kit/dialogs.py", "form/field_row.py"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE / "gui").as_posix()


def is_plain(text: ast.expr) -> bool:
    """Whether a text is written in the program, or made plain."""
    if isinstance(text, ast.IfExp):
        return is_plain(text.body) and is_plain(text.orelse)
    if isinstance(text, ast.Call):
        return isinstance(text.func, ast.Name) and text.func.id == "plain"
    return isinstance(text, ast.Constant)


def offences(tree: ast.AST, labels: bool) -> list[int]:
    """Lines where a label is made without saying how it reads its text, or a tip may be read as markup."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "QLabel" and not labels:
            found.append(node.lineno)
        if isinstance(node.func, ast.Attribute):
            told = {"setToolTip": -1, "showText": 1}.get(node.func.attr)
            if told is not None and len(node.args) > max(told, 0) and not is_plain(node.args[told]):
                found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", WINDOW, ids=name)
def test_no_widget_reads_markup(path: Path) -> None:
    assert offences(syntax(path), name(path) in LABELS) == []


@pytest.mark.parametrize(
    "code",
    [
        "QLabel(name)",
        "widget.setToolTip(name)",
        "item.setToolTip(3, str(path))",
        "QToolTip.showText(at, name)",
    ],
)
def test_an_offence_is_seen(code: str) -> None:
    assert offences(ast.parse(code), labels=False) == [1]


def test_markup_is_shown_and_not_obeyed() -> None:
    assert plain("白沙村") == "白沙村"
    assert plain("<b>白沙</b>") == "<qt>&lt;b&gt;白沙&lt;/b&gt;</qt>"
    assert "<img" not in plain("<img src='file:///etc/passwd'>")
