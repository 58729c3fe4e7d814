"""Find the characters that no face has before anything is printed, and say where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhengui.reports.document import Block, Chart, Document, Heading, Paragraph, Pictures, Table
from zhengui.reports.gb9704.faces import Faces, clean, faces
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.paragraphs import LEVEL_ROLES

AROUND = 8


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that can't be printed: where it is, and the words around it."""

    character: str
    place: str
    around: str


def check_characters(document: Document, system_faces: bool = True) -> list[MissingCharacter]:
    """Every character of the document that no face has, once for each place."""
    found = faces(system_faces)
    missing: list[MissingCharacter] = []
    for place, role, text in _texts(document):
        missing += _missing(found, place, role, clean(text))
    return missing


def _missing(found: Faces, place: str, role: FaceRole, text: str) -> Iterator[MissingCharacter]:
    unusual = set(text) - found.plain(role)
    for char in sorted(unusual):
        if char != " " and found.find(role, char) is None:
            at = text.index(char)
            yield MissingCharacter(char, place, text[max(0, at - AROUND) : at + AROUND + 1])


def _texts(document: Document) -> Iterator[tuple[str, FaceRole, str]]:
    """Every printed text with its place and its face."""
    yield "标题", FaceRole.TITLE, document.title_text
    yield "主送机关", FaceRole.FANG, document.addressee
    yield from _blocks("正文", document.blocks)
    yield "署名", FaceRole.FANG, document.office + "".join(document.joint) + document.date
    yield "附注", FaceRole.FANG, document.remark
    for number, attachment in enumerate(document.attachments, 1):
        name = f"附件{number}"
        yield f"{name}标题", FaceRole.TITLE, attachment.title
        yield from _blocks(name, attachment.blocks)
    if document.imprint is not None:
        imprint = document.imprint
        yield "版记", FaceRole.FANG, imprint.copies_to + imprint.printer + imprint.printed_on
    if document.head is not None:
        head = document.head
        yield "红头", FaceRole.TITLE, head.mark + "".join(head.joint)
        yield (
            "红头",
            FaceRole.FANG,
            head.number + head.signer + head.secrecy + head.urgency + head.copy_number,
        )


def _blocks(where: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, FaceRole, str]]:
    for number, block in enumerate(blocks, 1):
        if isinstance(block, Heading):
            text = "".join(run.text for run in block.runs)
            yield f"{where}的小标题“{block.number}{text[:12]}”", LEVEL_ROLES[block.level], block.number + text
        elif isinstance(block, Paragraph):
            yield (
                f"{where}第{number}段",
                FaceRole.FANG,
                "".join(run.text for run in (*block.lead, *block.runs)),
            )
        elif isinstance(block, Table):
            yield from _table(where, block)
        elif isinstance(block, Pictures):
            for order, picture in enumerate(block.pictures, 1):
                yield f"{where}第{order}张照片的说明", FaceRole.KAI, picture.caption
        else:
            yield from _chart(where, block)


def _table(where: str, table: Table) -> Iterator[tuple[str, FaceRole, str]]:
    name = f"{where}的表格"
    yield f"{name}表头", FaceRole.HEI, table.caption + "".join(table.header)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells, 1):
            yield f"{name}第{row}行第{column}列", FaceRole.FANG, cell.text
    for cell in table.totals:
        yield f"{name}合计行", FaceRole.HEI, cell.text


def _chart(where: str, chart: Chart) -> Iterator[tuple[str, FaceRole, str]]:
    words = chart.caption + chart.unit + "".join(chart.categories) + "".join(one.name for one in chart.series)
    yield f"{where}的图", FaceRole.FANG, words
