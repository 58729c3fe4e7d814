"""Blocks of cells on the clipboard, as Excel and WPS write and read them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from zhengui.exchange.text_tables import cells_of

Block = list[list[str]]


def read_block(text: str) -> Block:
    """The rows of a tab-separated text; a cell in quotes may hold tabs and several lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [row or [""] for row in cells_of(text, "\t")] or [[""]]


def without_headings(block: Block, headings: Sequence[str]) -> Block:
    """The block without its first row where that repeats the headings of the columns it goes to."""
    if len(block) > 1 and block[0] == list(headings)[: len(block[0])]:
        return block[1:]
    return block


def html_of(text: str, headed: bool) -> str:
    """The same block as a table, so that a word processor gets one; every cell is text."""
    lines = [line.split("\t") for line in text.split("\n")]
    rows = []
    for number, line in enumerate(lines):
        tag = "th" if headed and not number else "td"
        cells = "".join(f"<{tag} style=\"mso-number-format:'\\@'\">{escape(cell)}</{tag}>" for cell in line)
        rows.append(f"<tr>{cells}</tr>")
    return f'<table border="1" cellspacing="0">{"".join(rows)}</table>'


def put_on_clipboard(text: str, headed: bool) -> None:
    """Put a block on the clipboard as text and as a table."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html_of(text, headed))
    QApplication.clipboard().setMimeData(data)
