"""A second ruler for printed pages: pdfminer's glyphs and numbers taken from the standard's text, nothing of ours.

It knows what the document says, so it also finds what is lost, and it looks for what a reader would see at once:
characters on top of each other, out of the type area, at the wrong end of a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import dropwhile, groupby, pairwise
from typing import Any

import pdfplumber

from zhengui.reports.document import Chart, Document, Heading, Paragraph, Pictures, Table

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
NEVER_FIRST = set("，。、；：？！”’）》】…—·％²³")
NEVER_LAST = set("“‘（《【")
CLOSERS, OPENERS = "，。、；：？！”’）》】〕", "“‘（《【〔"
DAY = re.compile(r"(\d{4}年)?\d{1,2}月\d{1,2}日")
HAN = re.compile("[\u3400-\u9fff]")
HEADING = re.compile(r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
WIDEST_GAP = 0.25

Char = dict[str, Any]


class Line:
    """Characters on one baseline of a page."""

    def __init__(self, page: int, chars: list[Char]) -> None:
        self.page = page
        self.chars = sorted(chars, key=lambda char: char["x0"])
        self.text = "".join(char["text"] for char in self.chars).strip()
        self.size = Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]
        self.x0 = self.chars[0]["x0"]
        self.x1 = max(char["x1"] for char in self.chars)
        self.baseline = self.chars[0]["top"] + 0.88 * self.size

    def __str__(self) -> str:
        return f"page {self.page + 1} “{self.text[:14]}”"


def measure(pdf: bytes, document: Document, headed: bool = False) -> list[str]:
    """Every hard fault of a PDF that should print `document`."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        sheets = [[char for char in page.chars if _dark(char)] for page in opened.pages]
    upright = [[char for char in chars if char["upright"]] for chars in sheets]
    lines = [_lines(page, chars) for page, chars in enumerate(upright)]
    found = [*_outside(sheets), *_on_top(lines), *_lost(sheets, document, headed)]
    body = _body(lines, document)
    addresses = "://" in "".join(run.text for run in document.runs())
    found += [*_ends(body, addresses), *_stranded(body), *_together(lines, body, document)]
    return found


def _dark(char: Char) -> bool:
    colour = char["non_stroking_color"]
    parts = colour if isinstance(colour, (list, tuple)) else [colour]
    return max(float(part or 0) for part in parts) < 0.3


def _lines(page: int, chars: list[Char]) -> list[Line]:
    rows = groupby(sorted(chars, key=lambda c: -c["matrix"][5]), key=lambda char: round(char["matrix"][5], 0))
    return [
        Line(page, found)
        for found in (list(group) for _, group in rows)
        if "".join(c["text"] for c in found).strip()
    ]


def _outside(sheets: list[list[Char]]) -> Iterator[str]:
    for page, chars in enumerate(sheets):
        for char in chars:
            if char["size"] < 14.1 and char["upright"] and 266 * MM < char["bottom"] < 274 * MM:
                continue
            if (
                char["x0"] < LEFT - 1.2
                or char["x1"] > RIGHT + 1.5
                or char["top"] < TOP - 4
                or char["matrix"][5] < 841.89 - BOTTOM - 1
            ):
                yield f"outside the type area: page {page + 1} “{char['text']}” {char['x0'] / MM:.1f} {char['top'] / MM:.1f}"


def _on_top(lines: list[list[Line]]) -> Iterator[str]:
    """Characters printed over each other: far less than half of the first one's width further."""
    for row in (line for page in lines for line in page):
        for before, after in pairwise([char for char in row.chars if char["text"].strip()]):
            if before["text"] in CLOSERS and after["text"] in OPENERS:
                continue  # each may take half a cell, its ink in the other half
            wide = before["x1"] - before["x0"]
            if after["x0"] - before["x0"] < 0.4 * wide:
                yield f"on top of each other: {row} “{before['text']}{after['text']}”"


def _said(document: Document) -> Counter[str]:
    """Every character that must be printed, however often."""
    words = [document.title_text, document.office, *document.joint, document.date, document.remark]
    words.append(document.addressee)
    if document.imprint is not None:
        words += [document.imprint.copies_to, document.imprint.printer, document.imprint.printed_on]
    blocks = [*document.blocks, *(block for one in document.attachments for block in one.blocks)]
    words += [one.title for one in document.attachments for _ in range(2)]
    for block in blocks:
        if isinstance(block, Heading):
            words += [block.number, *(run.text for run in block.runs)]
        elif isinstance(block, Paragraph):
            words += [run.text for run in (*block.lead, *block.runs)]
        elif isinstance(block, Table):
            words += [*block.header, *(cell.text for row in (*block.rows, block.totals) for cell in row)]
        elif isinstance(block, Pictures):
            words += [picture.caption for picture in block.pictures]
        elif isinstance(block, Chart):
            words += [block.caption, *(block.categories if block.kind == "compare" else ())]
    return Counter(char for word in words for char in word if char.strip())


def _lost(sheets: list[list[Char]], document: Document, headed: bool) -> Iterator[str]:
    printed = Counter(char["text"] for chars in sheets for char in chars)
    wanted = _said(document)
    if headed and document.head is not None:
        wanted += Counter(char for char in document.head.number + document.head.secrecy if char.strip())
    for char, count in (wanted - printed).items():
        if char not in "，、；：。（）":  # a list ends in its own mark, a remark has its own brackets
            yield f"lost: “{char}” {count} times"


def _body(lines: list[list[Line]], document: Document) -> list[Line]:
    """The lines of the text between the title and the note of attachments or the signature."""
    numbered = [
        index
        for index, page in enumerate(lines)
        if any(re.fullmatch(r"—\s*\d+\s*—", one.text) for one in page)
    ]
    found: list[Line] = []
    for index in numbered:
        page = [one for one in lines[index] if one.baseline < BOTTOM + 2]
        if page and re.fullmatch(r"附件\d*", page[0].text):
            break
        found += page
    sizes = Counter(one.size for one in found if one.size > 15)
    usual = sizes.most_common(1)[0][0] if sizes else 16.0
    large = max((number for number, one in enumerate(found) if one.size > usual + 2), default=-1)
    rows = [one for one in found[large + 1 :] if abs(one.size - usual) < 0.6]
    ends = [
        number
        for number, one in enumerate(rows)
        if one.text.startswith("附件：") or one.text == document.date
    ]
    cut = min(ends, default=len(rows))
    if cut < len(rows) and rows[cut].text == document.date:
        while cut and not _flush(rows[cut - 1]):
            cut -= 1
    return rows[:cut]


def _flush(line: Line) -> bool:
    """Whether a line begins where text begins: at the margin or two characters in."""
    cell = 156 * MM / (28 if line.size < 18 else 22)
    return abs(line.x0 - LEFT) < 1.5 or abs(line.x0 - LEFT - 2 * cell) < 1.5


def _ends(body: list[Line], addresses: bool) -> Iterator[str]:
    for line in body:
        if line.text[0] in NEVER_FIRST:
            yield f"begins with a mark: {line}"
        if line.text[-1] in NEVER_LAST:
            yield f"ends with an opening mark: {line}"
    for line, after in pairwise(body):
        if abs(after.x0 - LEFT) > 1.5 or line.x1 < RIGHT - 3:
            continue
        if re.search(r"\d[.,]?$", line.text) and re.match(r"[.,]?\d|[%％‰]", after.text):
            whole = (re.findall(r"[\d.,]+$", line.text) or [""])[0] + (
                re.findall(r"^[\d.,Xx]+", after.text) or [""]
            )[0]
            address = re.search(r"[A-Za-z_/@?=:-][!-~]*$", line.text)
            if not address and (len(whole) < 11 or "." in whole or "," in whole):
                yield f"a number is cut: {line} | {after}"
        joined, at = line.text[-11:] + after.text[:11], len(line.text[-11:])
        short = line.text[-1] == "年" and (line.size > 18 or _hollow(line))  # a line may end after the year
        if not short and any(found.start() < at < found.end() for found in DAY.finditer(joined)):
            yield f"a date is cut: {line} | {after}"
        if not addresses:
            yield from _loose(line)


def _hollow(line: Line) -> bool:
    """Whether more than a quarter of a character would lie between those of a line without its last five."""
    kept = [char for char in line.chars if char["text"].strip()][:-5]
    cell = 156 * MM / (28 if line.size < 18 else 22)
    wide = sum(cell if ord(char["text"]) > 255 else char["x1"] - char["x0"] for char in kept)
    units = len(re.findall(r"[!-~]+|[^!-~]", "".join(char["text"] for char in kept)))
    return units > 1 and (RIGHT - line.x0 - wide) / (units - 1) > WIDEST_GAP * line.size


def _loose(line: Line) -> Iterator[str]:
    for before, after in pairwise(line.chars):
        if before["text"] in CLOSERS or after["text"] in OPENERS or not HAN.match(before["text"]):
            continue
        cell = 156 * MM / (28 if line.size < 18 else 22)
        gap = (after["x0"] - before["x0"] - cell) / line.size
        if gap > WIDEST_GAP * (1 if line.size < 18 else 28 / 22) + 0.02 and after["text"].strip():
            yield f"loose by {gap:.2f}: {line}"
            return


def _stranded(body: list[Line]) -> Iterator[str]:
    for line, after in pairwise(body):
        heading = HEADING.match(line.text) and line.text[-1] not in "。；！？"
        if heading and after.page != line.page and abs(after.x0 - LEFT) > 1.5:
            yield f"a heading is last on its page: {line}"


def _together(lines: list[list[Line]], body: list[Line], document: Document) -> Iterator[str]:
    """The first page and the page of the date show text; the date is there."""
    dated = [one for page in lines for one in page if one.text == document.date]
    if document.date and not dated:
        yield "no date"
        return
    words = "".join(run.text for run in document.runs())
    if not words or not body:
        return
    first = next(
        index for index, page in enumerate(lines) if any(re.fullmatch(r"—\s*1\s*—", one.text) for one in page)
    )
    text = list(dropwhile(lambda line: line.x0 < LEFT + 1.5, body))  # the addressees stand at the margin
    if not text or text[0].page != first:
        yield "the first page shows no text"
    signed = next(one for one in dated if one.page >= first)
    notes = len(document.attachments)
    if notes < 14 and len(text) != 1 and body[-1].page != signed.page:
        yield f"the signature stands without text: page {signed.page + 1}"
