"""Workbooks of the binary kind (.xlsb): percentages, errors and what is hidden, as in the other kinds."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from zhengui.exchange.workbook_in import look_at_workbook, read_workbook
from zhengui.exchange.xlsb_marks import marks_of
from zhengui.values.cells import Fault, Percentage

_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.ms-excel"


def record(kind: int, data: bytes = b"") -> bytes:
    """A record as [MS-XLSB] packs it: kind and length seven bits at a time."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while length > 127:
        size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
    return head + size + bytes([length]) + data


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(number: int, hidden: bool = False) -> bytes:
    flags = 0x10 if hidden else 0
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))


def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def real(column: int, number: float, style: int = 0, formula: bool = False) -> bytes:
    more = struct.pack("<HII", 0, 0, 0) if formula else b""
    return cell(9 if formula else 5, column, style, struct.pack("<d", number) + more)


def words(column: int, shown: str) -> bytes:
    return cell(6, column, 0, text(shown))


def error(column: int, code: int) -> bytes:
    return cell(3, column, 0, bytes([code]))


def workbook(path: Path) -> Path:
    """率: a heading, 85 % as a value and 97.5 % of a formula, a plain number, an error, a hidden row and column."""
    rows = (
        row(0) + words(0, "村（居）") + words(1, "参保率") + words(2, "人数") + words(3, "备注")
        + row(1) + words(0, "白沙村") + real(1, 0.85, 1) + real(2, 12.0)
        + row(2, hidden=True) + words(0, "青石村") + real(1, 0.975, 2, formula=True) + error(2, 0x07)
        + row(3) + words(0, "柳湾村") + real(1, 1.0, 1) + real(2, 0.5)
    )  # fmt: skip
    column = struct.pack("<IIIIH", 3, 3, 2304, 0, 1)
    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 0, 3, 0, 3))
        + record(390) + record(60, column) + record(391)
        + record(145) + rows + record(146)
        + record(130)
    )  # fmt: skip
    formats = (
        record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 176) + text("0.0%")) + record(616)
    )
    styles = b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 9, 176))
    outside = record(626) + record(47, struct.pack("<HH", 0xFFFF, 9) + bytes(12)) + record(627)
    style_part = (
        record(278)
        + formats
        + outside
        + record(617, struct.pack("<I", 3))
        + styles
        + record(618)
        + record(279)
    )
    bundle = record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("率")) + record(144)
    book = record(131) + bundle + record(132)
    links = f'<Relationship Id="rId1" Type="{_MAIN}/worksheet" Target="worksheets/sheet1.bin"/>'
    links += f'<Relationship Id="rId2" Type="{_MAIN}/styles" Target="styles.bin"/>'
    space = "http://schemas.openxmlformats.org/package/2006"
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_KIND}.{kind}"/>'
        for part, kind in (
            ("workbook.bin", "sheet.binary.macroEnabled.main"),
            ("worksheets/sheet1.bin", "worksheet"),
            ("styles.bin", "styles"),
        )
    )
    first = f'<Relationship Id="rId1" Type="{_MAIN}/officeDocument" Target="xl/workbook.bin"/>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels", f'<Relationships xmlns="{space}/relationships">{first}</Relationships>'
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{space}/relationships">{links}</Relationships>',
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", style_part)
    return path


def test_percentages_and_errors_are_told_from_numbers(tmp_path: Path) -> None:
    with read_workbook(workbook(tmp_path / "in.xlsb"), titles=["参保率"]) as sheet:
        assert sheet.header[:3] == ["村（居）", "参保率", "人数"]
        rows = [cells[:3] for _number, cells in sheet.rows]
    assert rows == [
        ["白沙村", Percentage(0.85), 12.0],
        ["青石村", Percentage(0.975), Fault("#DIV/0!", "C3")],
        ["柳湾村", Percentage(1.0), 0.5],
    ]


def test_what_is_hidden_is_known(tmp_path: Path) -> None:
    (look,) = look_at_workbook(workbook(tmp_path / "in.xlsb"))
    assert (look.hidden_rows, look.hidden_columns) == ({3}, {4})


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin"])
@pytest.mark.parametrize("kept", [0, 1, 7, 40])
def test_what_is_cut_off_finds_nothing_and_ends(tmp_path: Path, part: str, kept: int) -> None:
    good, path = workbook(tmp_path / "good.xlsb"), tmp_path / "in.xlsb"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:kept] if name == part else data)
    found, active = marks_of(path)
    assert active == 0
    assert set(found) <= {"率"}
