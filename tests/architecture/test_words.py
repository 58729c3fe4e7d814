"""What the office reads is plain Chinese: no hard words, no exclamation marks, full-width marks between characters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, name_of, syntax

CHINESE = re.compile(r"[\u3400-\u9fff]")
HARD_WORDS = re.compile("失败|异常|非法|无效|！")
HALF_WIDTH = re.compile(r"[\u3400-\u9fff](?:[,;:!?]|\.(?:\s|$))")
PATTERN = re.compile(r"\\[dsw.]|\(\?|\[.+\]")  # a regular expression is no sentence
STRAIGHT_QUOTES = re.compile(r'"[\u3400-\u9fff]+"')


def documentation(tree: ast.Module) -> set[int]:
    """Ids of the docstrings' nodes."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            found |= {
                id(s.value) for s in body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)
            }
    return found


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each Chinese string in the code, with what is filled in left out."""
    tree = syntax(path)
    skipped = documentation(tree)
    for node in ast.walk(tree):
        text = getattr(node, "value", None)
        if not isinstance(node, ast.Constant) or not isinstance(text, str) or id(node) in skipped:
            continue
        if CHINESE.search(text) and not PATTERN.search(text):
            yield node.lineno, text


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_messages_are_plain_and_polite(path: Path) -> None:
    hard = [f"line {line}: {text}" for line, text in sentences(path) if HARD_WORDS.search(text)]
    assert not hard


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_messages_use_full_width_marks(path: Path) -> None:
    wrong = [
        f"line {line}: {text}"
        for line, text in sentences(path)
        if HALF_WIDTH.search(text) or STRAIGHT_QUOTES.search(text)
    ]
    assert not wrong


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "catalogue").glob("*.toml")), ids=name_of)
def test_the_catalogue_s_words_are_plain_too(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    # 非法 is the law's own word for what is closed down, so here it may stand.
    hard = [
        f"line {n}: {line}" for n, line in enumerate(lines, 1) if HARD_WORDS.search(line.replace("非法", ""))
    ]
    assert not hard
