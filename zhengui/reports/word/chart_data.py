"""The table behind a chart, as the small workbook that Word opens when somebody edits the chart's numbers."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhengui.reports.document import Chart
from zhengui.reports.gb9704.faces import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
SHEET = "数据"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def names_at(series: int) -> str:
    """Where the name of a series (from 0) stands."""
    return f"{SHEET}!${_column(series + 1)}$1"


def categories_at(chart: Chart) -> str:
    """Where the categories stand, one a row."""
    return f"{SHEET}!$A$2:$A${len(chart.categories) + 1}"


def values_at(chart: Chart, series: int) -> str:
    """Where the values of a series stand."""
    column = _column(series + 1)
    return f"{SHEET}!${column}$2:${column}${len(chart.categories) + 1}"


def workbook_of(chart: Chart) -> bytes:
    """The workbook: categories down, a column for each series, an unknown value an empty cell."""
    buffer = BytesIO()
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEETS}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _sheet(chart),
    }
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _HEAD + xml)
    return buffer.getvalue()


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _sheet(chart: Chart) -> str:
    rows = [["", *(series.name for series in chart.series)]]
    for number, name in enumerate(chart.categories):
        rows.append([name, *(_number(series.values[number]) for series in chart.series)])
    told = "".join(
        f'<row r="{row}">{"".join(_cell(row, column, value) for column, value in enumerate(values))}</row>'
        for row, values in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{told}</sheetData></worksheet>'


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _cell(row: int, column: int, value: str) -> str:
    place = f"{_column(column)}{row}"
    if not value:
        return ""
    if row > 1 and column:
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(clean(value))}</t></is></c>'


def _column(number: int) -> str:
    """The letters of a column, from A for 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
