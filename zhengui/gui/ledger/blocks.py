"""Blocks of cells on the clipboard, as Excel and WPS write and read them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QApplication

from zhengui.exchange.text_tables import cells_of
from zhengui.gui.kit.mime import new_mime_data

Block = list[list[str]]
#: A line's end that keeps what follows in the same cell.
_NEXT_LINE = '<br style="mso-data-placement:same-cell">'


def read_block(text: str) -> Block:
    """The rows of a tab-separated text; a cell in quotes may hold tabs and several lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return [row or [""] for row in cells_of(text, "\t")] or [[""]]


def without_headings(block: Block, headings: Sequence[str]) -> Block:
    """The block without its first row where that repeats the headings of the columns it goes to."""
    if len(block) > 1 and block[0] == list(headings)[: len(block[0])]:
        return block[1:]
    return block


def text_of(block: Block) -> str:
    """The rows as tab-separated text; a cell of several lines, or that would be taken for one, stands in quotes."""
    return "\n".join("\t".join(map(_quoted, row)) for row in block)


def _quoted(cell: str) -> str:
    if cell.startswith('"') or "\n" in cell or "\t" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def html_of(block: Block, headed: bool) -> str:
    """The same block as a table, so that a word processor gets one; every cell is text."""
    rows = []
    for number, line in enumerate(block):
        tag = "th" if headed and not number else "td"
        cells = "".join(
            f"<{tag} style=\"mso-number-format:'\\@'\">{escape(cell).replace(chr(10), _NEXT_LINE)}</{tag}>"
            for cell in line
        )
        rows.append(f"<tr>{cells}</tr>")
    return f'<table border="1" cellspacing="0">{"".join(rows)}</table>'


def put_on_clipboard(block: Block, headed: bool) -> None:
    """Put a block on the clipboard as text and as a table."""
    data = new_mime_data()
    data.setText(text_of(block))
    data.setHtml(html_of(block, headed))
    QApplication.clipboard().setMimeData(data)
