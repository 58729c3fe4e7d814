"""Read the paragraphs of a Word file that somebody edited: what each one is, and its words; tables and frames aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from zhengui.problem import Problem
from zhengui.reports.gb9704.faces import clean

TITLE, ADDRESSEE, HEADING, BODY, OFFICE, DATE = "title", "addressee", "heading", "body", "office", "date"
_LARGEST = 64 * 1024 * 1024
_HEADING = re.compile(r"(?:heading|标题)\s*([1-4])$")
_KINDS = {"title": TITLE, "标题": TITLE, "主送机关": ADDRESSEE, "发文机关署名": OFFICE, "成文日期": DATE}
#: What stands around the text and is made anew with every print.
_ASIDE = (
    "附件说明",
    "红头",
    "发文字号",
    "封面",
    "目录",
    "版记",
    "toc",
    "表格",
    "表后",
    "caption",
    "题注",
    "页码",
)
_ATTACHMENTS = "附件标号"
_LABEL = re.compile(r"附件\d*$")
_SIGNED = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日$")


class NotAWordFile(Problem):
    """A file that is no Word file, or one that can't be read."""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of the text: `kind` says what it is, a heading has a `level` from 1 to 4."""

    kind: str
    text: str
    level: int = 0


def read_paragraphs(data: bytes) -> list[WordParagraph]:
    """The paragraphs from the title to the signature, in order; what tracked changes took out is left out.

    Raises NotAWordFile.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if (
                sizes.get("word/document.xml", _LARGEST + 1) > _LARGEST
                or sizes.get("word/styles.xml", 0) > _LARGEST
            ):
                raise NotAWordFile
            body = parse_xml(archive.read("word/document.xml")).find(qn("w:body"))
            names = _style_names(archive) if "word/styles.xml" in sizes else {}
    except (BadZipFile, SyntaxError, KeyError, ValueError, NotImplementedError, OSError, EOFError) as problem:
        raise NotAWordFile from problem
    if body is None:
        raise NotAWordFile
    return list(_paragraphs(body, names))


def _style_names(archive: ZipFile) -> dict[str, str]:
    root = parse_xml(archive.read("word/styles.xml"))
    found = {}
    for style in root.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[style.get(qn("w:styleId"), "")] = str(name.get(qn("w:val"), "")).lower()
    return found


def _paragraphs(body: Any, names: dict[str, str]) -> Iterator[WordParagraph]:
    for element in _top(body):
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = names.get(style.get(qn("w:val"), ""), "") if style is not None else ""
        text = clean("".join(_words(element))).replace("\n", "").strip(" 　")
        if name == _ATTACHMENTS or _LABEL.fullmatch(text):
            return
        if not text or name.startswith(_ASIDE):
            continue
        heading = _HEADING.match(name)
        if heading:
            yield WordParagraph(HEADING, text, int(heading[1]))
        else:
            yield WordParagraph(_KINDS.get(name, BODY), text)


def _top(body: Any) -> Iterator[Any]:
    """Paragraphs outside tables; those inside a content control count."""
    for child in body:
        if child.tag == qn("w:p"):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from _top(content)


_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pict", "w:drawing", "w:txbxContent", "w:instrText")))


def _words(element: Any) -> Iterator[str]:
    """The text of a paragraph with all proposed changes accepted."""
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        else:
            yield from _words(child)
