"""The paragraphs of a text or Word file that somebody wants checked; a Word file is opened in a process of its own."""

from __future__ import annotations

import zipfile
from pathlib import Path

from zhengui.exchange.apart import Broken, done_apart
from zhengui.exchange.problem import ExchangeProblem
from zhengui.values.clean import clean

_LARGEST = 20_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def lines_of(path: Path) -> list[str]:
    """The paragraphs of a text file or a Word document; raises ExchangeProblem with a sentence."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ExchangeProblem(f"“{path.name}”超过 20 兆，不能核对。请另存为文本再试。")
        content = path.read_bytes()
    except OSError as error:
        raise ExchangeProblem(f"“{path.name}”打不开。请核对文件是否还在，或关闭正在使用它的程序。") from error
    if content.startswith(b"PK"):
        return done_apart(word_lines, path, broken=_broken(path))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ExchangeProblem(f"“{path.name}”是旧的 .doc 格式。请在 WPS 或 Word 中另存为 .docx，再核对。")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _split(content.decode("utf-16", "replace"))
    for encoding in _ENCODINGS:
        try:
            return _split(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ExchangeProblem(f"“{path.name}”不是文本，也不是 Word 文件。请选择 .txt 或 .docx 文件。")


def _split(text: str) -> list[str]:
    return [clean(line) for line in text.splitlines()]


def _broken(path: Path) -> Broken:
    return Broken(
        f"“{path.name}”没能读完，可能已损坏。请用 WPS 或 Word 另存为 .docx，再核对。",
        f"“{path.name}”读得太久，已经停止。请删去图片和多余的内容，或另存为文本，再核对。",
        f"“{path.name}”展开后太大，不能核对。请删去图片和多余的内容，或另存为文本，再核对。",
    )


def word_lines(path: Path) -> list[str]:
    """The paragraphs and table rows of a Word document in their order; runs apart, for the file is from outside."""
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = Document(str(path))
        found = []
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                found.append(clean(block.text))
            elif isinstance(block, Table):
                found += ["，".join(clean(cell.text) for cell in row.cells) for row in block.rows]
    except (OpcError, KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as error:
        raise ExchangeProblem(
            f"“{path.name}”不是 Word 文件，或已损坏。请用 WPS 或 Word 另存为 .docx，再核对。"
        ) from error
    return found
