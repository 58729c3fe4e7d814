"""An .xlsx file as its parts, read within limits: which sheets there are, which part holds each.

Forms that come from outside are opened here without a library that would write them anew. Nothing of them is
run: parts are bytes, XML is read by expat with document types refused, so neither entities nor links reach out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from zhengui.exchange.archive import BROKEN
from zhengui.exchange.problem import ExchangeProblem

#: A form has a few sheets; what unpacks to more than this is none. Bytes.
MOST_FILE, MOST_UNPACKED, MOST_PARTS = 20_000_000, 80_000_000, 2000
_NOT_A_FORM = "这个文件不是 .xlsx 表格。请用 WPS 或 Excel 打开后另存为 .xlsx，再选它。"
_DAMAGED = "这个表格不完整或已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx，再选它。"
_LOCKED = "这个表格设了打开密码。请先在 WPS 或 Excel 中取消密码，再选它。"
_TOO_LARGE = "这个表格展开后太大，不像一张报表。请删去多余的工作表、图片和空白行列，再选它。"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    visible: bool


class Package:
    """The parts of a workbook; raises ExchangeProblem with a sentence where it is none or too large."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_FILE:
            raise ExchangeProblem(_TOO_LARGE)
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise ExchangeProblem(_LOCKED if b"E\0n\0c\0r\0y\0p\0t\0e\0d" in data else _NOT_A_FORM)
        if not data.startswith(b"PK"):
            raise ExchangeProblem(_NOT_A_FORM)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
                if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                    raise ExchangeProblem(_TOO_LARGE)
                self.infos = infos
                self.parts: dict[str, bytes] = {info.filename: archive.read(info) for info in infos}
        except BROKEN as error:
            raise ExchangeProblem(_DAMAGED) from error
        if "xl/workbook.xml" not in self.parts:
            raise ExchangeProblem(_NOT_A_FORM)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in their order."""
        links = self._links()
        found: list[SheetPart] = []

        def begin(name: str, attributes: dict[str, str]) -> None:
            if local(name) != "sheet":
                return
            link = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            part = links.get(link, "")
            if part in self.parts and part.startswith("xl/worksheets"):
                visible = attributes.get("state", "visible") == "visible"
                found.append(SheetPart(attributes.get("name", ""), part, visible))

        walk(self.parts["xl/workbook.xml"], begin)
        if not found:
            raise ExchangeProblem(_DAMAGED)
        return tuple(found)

    def part_of(self, sheet: str) -> str:
        """The part of a sheet by its name; ExchangeProblem where it is not there."""
        for each in self.sheets:
            if each.name == sheet:
                return each.part
        raise ExchangeProblem(f"表格里没有工作表“{sheet}”。请核对是不是另一个版本的表。")

    def _links(self) -> dict[str, str]:
        found: dict[str, str] = {}

        def begin(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship":
                target = attributes.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                found[attributes.get("Id", "")] = posixpath.normpath(whole)

        walk(self.parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), begin)
        return found

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The file again with some parts changed, every other one byte for byte and in the same order."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for info in self.infos:
                again = zipfile.ZipInfo(info.filename, info.date_time)
                again.compress_type = zipfile.ZIP_DEFLATED if info.compress_type else zipfile.ZIP_STORED
                again.external_attr = info.external_attr
                archive.writestr(again, changed.get(info.filename, self.parts[info.filename]))
        return buffer.getvalue()


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def walk(
    data: bytes,
    begin: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    parser: expat.XMLParserType | None = None,
) -> None:
    """Read XML from its first to its last element; a document type, bad XML and UTF-16 end in ExchangeProblem."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ExchangeProblem(_DAMAGED)
    reader = parser if parser is not None else expat.ParserCreate()
    reader.buffer_text = True
    reader.StartElementHandler = begin
    reader.EndElementHandler = end
    reader.CharacterDataHandler = text
    reader.StartDoctypeDeclHandler = _refuse
    try:
        reader.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # also of encodings that it doesn't know
        raise ExchangeProblem(_DAMAGED) from error


def _refuse(*_given: object) -> None:
    raise ExchangeProblem(_DAMAGED)
