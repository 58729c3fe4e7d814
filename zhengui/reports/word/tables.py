"""Statistical tables and rows of photos as Word tables, as wide and as high as on the printed page."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from zhengui.reports.document import Picture, Pictures, Table
from zhengui.reports.gb9704.faces import Faces, clean
from zhengui.reports.gb9704.items import FaceRole
from zhengui.reports.gb9704.pictures import ASPECT, GUTTER, UNREADABLE, prepare
from zhengui.reports.gb9704.tables import INNER, LEADING, LaidRow, TableLayout
from zhengui.reports.word.markup import paragraph, run, spacing, twips
from zhengui.reports.word.styles import CAPTION, CELL, CELL_HEAD, GAP

_SIDES = {"left": "left", "right": "right", "centre": "center"}
#: Gives a picture's markup for its bytes and its size in points.
Draw = Callable[[bytes, float, float, str], str]


def table_xml(table: Table, width: float, faces: Faces, title: str = "") -> list[str]:
    """The caption, the table with a header that Word repeats on each page, and the gap after it."""
    laid = TableLayout(table, width, faces)
    found = [paragraph(CAPTION, run(table.caption, size=laid.size))] if table.caption else []
    texts = [tuple(cell.text for cell in row) for row in table.rows]
    rows = []
    if laid.header is not None:
        rows.append(_row(laid, laid.header, table.header, "<w:tblHeader/>"))
    if table.totals:
        texts.append(tuple(cell.text for cell in table.totals))
    for number, (row, text) in enumerate(zip(laid.rows, texts, strict=True)):
        # The total goes on with the row above it.
        held = bool(table.totals) and number == len(texts) - 2
        rows.append(_row(laid, row, text, keep=held))
    grid = "".join(f'<w:gridCol w:w="{twips(column)}"/>' for column in laid.columns)
    found.append(
        '<w:tbl><w:tblPr><w:tblStyle w:val="Statistics"/>'
        f'<w:tblW w:w="{twips(width)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{_told(table, title)}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    found.append(paragraph(GAP, ""))
    return found


def _told(table: Table, title: str) -> str:
    """What a table is, for whoever does not see it: its name, its columns, how many rows."""
    name = clean(table.caption or title)
    columns = "、".join(clean(text) for text in table.header)
    words = f"{name}，共{len(table.rows)}行。各列：{columns}。"
    return f"<w:tblCaption w:val={quoteattr(name)}/><w:tblDescription w:val={quoteattr(words)}/>"


def _row(laid: TableLayout, row: LaidRow, texts: tuple[str, ...], mark: str = "", keep: bool = False) -> str:
    """A row of at least the printed height; it is parted only where it is higher than half a page."""
    whole = "" if row.height > 300 else "<w:cantSplit/>"
    style = CELL_HEAD if row.role is FaceRole.HEI else CELL
    line = spacing(laid.size * LEADING)
    cells = []
    for column, width in enumerate(laid.columns):
        text = texts[column] if column < len(texts) else ""
        side = f'<w:jc w:val="{_SIDES.get(row.aligns[column], "left")}"/>'
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            + paragraph(style, run(text, size=laid.size) if text else "", line + side, keep)
            + "</w:tc>"
        )
    # Word adds the line under the row.
    height = f'<w:trHeight w:val="{twips(row.height - INNER)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{whole}{height}{mark}</w:trPr>{''.join(cells)}</w:tr>"


def pictures_xml(block: Pictures, width: float, draw: Draw) -> list[str]:
    """Photos two a row with their captions, in a table without lines."""
    box = (width - GUTTER) / 2
    rows = []
    for start in range(0, len(block.pictures), 2):
        pair = block.pictures[start : start + 2]
        cells = "".join(_photo(picture, width / 2, box, draw) for picture in pair)
        if start and len(pair) == 1:  # the last photo of an odd number stands at the left
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{twips(width / 2)}" w:type="dxa"/></w:tcPr>{paragraph(CELL, "")}</w:tc>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    columns = min(2, len(block.pictures))
    grid = f'<w:gridCol w:w="{twips(width / 2)}"/>' * columns
    return [
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(width / 2 * columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>',
        paragraph(GAP, ""),
    ]


def _photo(picture: Picture, width: float, box: float, draw: Draw) -> str:
    ready = prepare(picture.data)
    if ready is None:
        shown = run(UNREADABLE)
    else:
        data, wide, tall = ready
        scale = min(box / wide, box * ASPECT / tall)
        shown = draw(data, wide * scale, tall * scale, picture.caption)
    centre = '<w:jc w:val="center"/>'
    flowing = '<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/>'
    caption = paragraph(CELL, run(picture.caption) if picture.caption else "", centre)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(CELL, shown, flowing + centre)}{caption}</w:tc>"
    )
