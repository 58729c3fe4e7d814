"""Five county forms of very different build: merged headings, formulas, validation, pictures, conditional formats."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import xlsxwriter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def merged_headings(path: Path) -> None:
    """Headings of three rows over merged cells, a title, widths, a hidden column, cells that are not there yet."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("附件1 情况统计表")
        centre = book.add_format({"align": "center", "border": 1, "bold": True, "text_wrap": True})
        cell = book.add_format({"border": 1, "num_format": "0.00"})
        sheet.merge_range("A1:F1", "××县安全生产情况统计表", centre)
        sheet.write("A2", "填报单位：")
        sheet.write("E2", "时间：")
        sheet.merge_range("A3:A5", "序号", centre)
        sheet.merge_range("B3:B5", "村（居）", centre)
        sheet.merge_range("C3:F3", "排查治理", centre)
        sheet.merge_range("C4:D4", "隐患", centre)
        sheet.merge_range("E4:F4", "检查", centre)
        for place, title in (("C5", "发现"), ("D5", "销号"), ("E5", "次数"), ("F5", "家数")):
            sheet.write(place, title, centre)
        for row in range(5, 12):
            for column in range(6):
                sheet.write_blank(row, column, None, cell)
        sheet.set_column("B:B", 18)
        sheet.set_column("H:H", None, None, {"hidden": True})
        sheet.set_row(0, 32)
        sheet.set_landscape()


def formulas(path: Path) -> None:
    """Sums down and across, a share, another sheet, and a chain of calculation with old results in it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, other = book.add_worksheet("月报"), book.add_worksheet("汇总")
        whole = book.add_format({"num_format": "#,##0"})
        sheet.write_row("A1", ["村（居）", "本月", "累计", "占比"])
        for row, name in enumerate(("白沙村", "石桥村", "青石村"), 2):
            sheet.write(f"A{row}", name)
            sheet.write_number(f"B{row}", 7, whole)
            sheet.write_formula(f"D{row}", f"=IF(B$5=0,0,B{row}/B$5)", None, 0.3333)
        sheet.write("A5", "合计")
        sheet.write_formula("B5", "=SUM(B2:B4)", whole, 21)
        sheet.write_formula("C5", "=SUM(C2:C4)", whole, 0)
        other.write("A1", "全镇本月")
        other.write_formula("B1", "=月报!B5", None, 21)
        book.define_name("本月合计", "=月报!$B$5")
    chain = f'<?xml version="1.0"?><calcChain xmlns="{_MAIN}"><c r="B5" i="1"/></calcChain>'
    _add_part(path, "xl/calcChain.xml", chain.encode())


def validation(path: Path) -> None:
    """Lists to choose from, limits, comments, protection, a link, a filter."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, lists = book.add_worksheet("人员名册"), book.add_worksheet("选项")
        lists.write_column("A1", ["男", "女"])
        lists.hide()
        text = book.add_format({"num_format": "@", "locked": False})
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row("A1", ["序号", "姓名", "电话", "登记日期", "性别"])
        for row in range(1, 21):
            sheet.write_blank(row, 2, None, text)
            sheet.write_blank(row, 3, None, day)
        sheet.data_validation("E2:E21", {"validate": "list", "source": "=选项!$A$1:$A$2"})
        sheet.data_validation("D2:D21", {"validate": "date", "criteria": ">", "value": date(2000, 1, 1)})
        sheet.write_comment("B1", "姓名要与身份证一致")
        sheet.write_url("G1", "internal:'选项'!A1", None, "选项")
        sheet.autofilter("A1:E21")
        sheet.protect("", {"sort": True})


def pictures(path: Path) -> None:
    """A seal as a picture, a chart, a header and footer, settings of the printer, breaks."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("公示表")
        sheet.write("A1", "公示表")
        sheet.write_row("A3", ["项目", "数量"])
        sheet.write_column("A4", ["筹资（万元）", "信件"])
        sheet.insert_image("D1", "印章.png", {"image_data": io.BytesIO(_picture()), "x_scale": 0.5})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=公示表!$A$4:$A$5", "values": "=公示表!$B$4:$B$5"})
        sheet.insert_chart("D8", chart)
        sheet.set_header("&C县纪委")
        sheet.set_h_pagebreaks([20])
        sheet.repeat_rows(2)


def conditional(path: Path) -> None:
    """Conditional formats, frozen panes, outlines, text of several faces, and every name with a prefix of its own."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("督办表")
        red, bold = book.add_format({"bg_color": "#FFC7CE"}), book.add_format({"bold": True})
        sheet.write_rich_string("A1", "督办", bold, "事项", "表")
        sheet.write_row("A2", ["村（居）", "余额", "进度"])
        sheet.write_column("A3", ["白沙村", "石桥村"])
        sheet.conditional_format("B3:B10", {"type": "cell", "criteria": "<", "value": 5, "format": red})
        sheet.conditional_format("C3:C10", {"type": "data_bar", "data_bar_2010": True})
        sheet.freeze_panes(2, 1)
        sheet.set_row(3, None, None, {"level": 1})
        sheet.ignore_errors({"number_stored_as_text": "A1:C10"})
    _with_prefix(path, "xl/worksheets/sheet1.xml")


FORMS: dict[str, Callable[[Path], None]] = {
    "merged": merged_headings,
    "formulas": formulas,
    "validation": validation,
    "pictures": pictures,
    "conditional": conditional,
}


def _picture() -> bytes:
    """A red square of 8 by 8 points as PNG."""
    rows = b"".join(b"\0" + b"\xc8\x10\x20" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _add_part(path: Path, name: str, data: bytes) -> None:
    _write(path, {**parts_of(path.read_bytes()), name: data})


def _with_prefix(path: Path, name: str) -> None:
    """The sheet with its main names written with a prefix, as some programs write them."""
    parts = parts_of(path.read_bytes())
    text = parts[name].decode()
    text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", text)
    parts[name] = text.replace('xmlns="http', 'xmlns:x="http', 1).encode()
    _write(path, parts)
