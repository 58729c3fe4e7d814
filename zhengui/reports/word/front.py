"""What stands before and after the text: red head, cover, contents, imprint, page numbers, watermark."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from zhengui.reports.document import Document, Head, Imprint
from zhengui.reports.gb9704.furniture import DASH_HEIGHT, FOLIO
from zhengui.reports.gb9704.grid import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    WIDTH,
)
from zhengui.reports.gb9704.imprint import CELL, IMPRINT, IMPRINT_PITCH, MOST_LINES, THICK, THIN
from zhengui.reports.gb9704.red_head import (
    CLOSE_STACK,
    MARK_SIZE,
    STACKED_SIZE,
    Tight,
    head_rows,
    mark_top,
    signers_a_row,
    signers_of,
)
from zhengui.reports.word.layout import Layout
from zhengui.reports.word.markup import field, indent, paragraph, run, spacing, tab, twips
from zhengui.reports.word.styles import (
    CONTENTS,
    CONTENTS_TITLE,
    COVER_FOOT,
    COVER_TITLE,
    GAP,
    HEAD_LINE,
    HEAD_NUMBER,
    IMPRINT_TEXT,
    MARK,
    RULE_ROOM,
)

PALE = "E0E0E0"
"""The grey of a watermark, as on the printed page."""
_FOLIO_ROOM = 90.0
"""How long the line is on which a turned page's number stands."""


def red_head(head: Head, layout: Layout, title_row: int, tight: Tight) -> tuple[list[str], float]:
    """The red head, and the space that is left above a title on a row of the page."""
    # Secrecy stands on row 2 also where no copy has a number.
    numbered = [head.copy_number or " "] if head.secrecy else [head.copy_number] if head.copy_number else []
    marks = [*numbered, *(text for text in (head.secrecy, head.urgency) if text)]
    found = [paragraph(HEAD_LINE, run(text)) for text in marks]
    top = mark_top(head, layout.grid, tight)
    above = max(0.0, top - len(marks) * layout.pitch)
    if head.joint:
        stack, high = _stacked(head, above, CLOSE_STACK if tight >= Tight.STACKED else 1.0)
        found.append(stack)
    else:
        size, high = min(MARK_SIZE, int(2 * WIDTH / (len(head.mark) + 0.5)) / 2), MARK_SIZE * 1.25
        found.append(paragraph(MARK, run(head.mark, size=size), spacing(high, before=above)))
    rows = _signers(head, layout, tight)
    first = head_rows(head, layout.grid, tight) - 2 - max(1, len(rows))
    reached = max(top, len(marks) * layout.pitch) + high
    gap = max(0.5 * layout.pitch, first * layout.pitch - reached)
    # The rule under the paragraph would begin at an indent of its left side, not at one of its first line.
    side = indent(first=layout.cell) if rows else '<w:jc w:val="center"/>'
    for number, row in enumerate(rows[:-1]):
        words = tab() + run(("签发人：" if number == 0 else "") + row)
        found.append(paragraph(HEAD_NUMBER, words, spacing(layout.pitch, before=0 if number else gap) + side))
    last = tab() + run(("签发人：" if len(rows) == 1 else "") + rows[-1]) if rows else ""
    before = spacing(layout.pitch, before=0 if len(rows) > 1 else gap)
    found.append(paragraph(HEAD_NUMBER, run(head.number) + last, before + side))
    used = reached + gap + layout.pitch * max(1, len(rows)) + RULE_ROOM
    return found, max(0.5 * layout.pitch, title_row * layout.pitch - used)


def _signers(head: Head, layout: Layout, tight: Tight) -> list[str]:
    """The rows of signers' names, in columns as on the printed page."""
    names, each = signers_of(head), signers_a_row(head, layout.grid, tight)
    widest, each = max(map(len, names), default=0), min(each, max(1, len(names)))
    rows = [names[start : start + each] for start in range(0, len(names), each)]
    filled = [[*row, *[""] * (each - len(row))] for row in rows]
    return ["\u3000".join(name.ljust(widest, "\u3000") for name in row) for row in filled]


def _stacked(head: Head, above: float, scale: float) -> tuple[str, float]:
    """Names of offices that issue together one under the other, 文件 beside their middle; and how high that is."""
    widest = max(map(len, head.joint))
    size = int(2 * min(STACKED_SIZE * scale, WIDTH / (widest + 1 + len(head.mark) * 1.4))) / 2
    names = int((widest + 0.6) * size * 20)
    beside = int(WIDTH * 20) - names
    cells = "".join(
        paragraph(MARK, run(name, size=size), spacing(size * 1.3) + '<w:jc w:val="distribute"/>')
        for name in head.joint
    )
    word = paragraph(MARK, run(head.mark, size=size * 1.33), spacing(size * 1.7) + '<w:jc w:val="left"/>')
    found = (
        paragraph(GAP, "", spacing(max(1.0, above)))
        + '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        + f'<w:tblGrid><w:gridCol w:w="{names}"/><w:gridCol w:w="{beside}"/></w:tblGrid><w:tr>'
        + f'<w:tc><w:tcPr><w:tcW w:w="{names}" w:type="dxa"/></w:tcPr>{cells}</w:tc>'
        + f'<w:tc><w:tcPr><w:tcW w:w="{beside}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{word}</w:tc>'
        + "</w:tr></w:tbl>"
    )
    return found, max(len(head.joint) * size * 1.3, size * 1.7)


def cover(document: Document, title: str, layout: Layout) -> list[str]:
    """The cover: the title in large type, office and date at the foot."""
    above = PAGE_HEIGHT * 0.3 - TOP - layout.settings.title_size
    line = (layout.settings.title_size + 6) * 1.7
    found = [paragraph(COVER_TITLE, run(title), spacing(line, before=above))]
    foot = [text for text in (document.office, document.date) if text]
    used = above + line * (title.count("\n") + 1)
    room = layout.pitch * layout.settings.rows - used - layout.pitch * len(foot) - 1
    for index, text in enumerate(foot):
        own = "" if index else spacing(layout.pitch, before=max(0.0, room))
        found.append(paragraph(COVER_FOOT, run(text), own))
    return found


def contents(entries: Sequence[tuple[int, str, int]]) -> list[str]:
    """The table of contents as a field: (level, text, page) are what it shows until Word works it out."""
    found = [paragraph(CONTENTS_TITLE, run("目　录"))]
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    # The field ends in its last line: a paragraph of its own might be the first on a further page.
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for index, (level, text, page) in enumerate(entries):
        line = (begin if not index else "") + run(text) + tab() + run(str(page))
        found.append(paragraph(CONTENTS[min(level, 1)], line + (end if index == len(entries) - 1 else "")))
    return found


def imprint(given: Imprint, apart: bool) -> list[str]:
    """The imprint at the foot of the type area: of the text's last page, or `apart` on a page of its own.

    It is a frame around its paragraphs, and its rules are shaded lines: LibreOffice holds neither a table nor a frame
    with borders at a place of the page. One longer than a page is text like any other.
    """
    lists = [
        (label, names.rstrip("。：:"))
        for label, names in (("主送", given.sent_to), ("抄送", given.copies_to))
    ]
    copies = [(label, names) for label, names in lists if names]
    fit = int((WIDTH - 2 * CELL) / IMPRINT)
    # Turn-over lines stand three characters in.
    lines = 1 + sum(1 + max(0, -(-(len(names) + 4 - fit) // (fit - 3))) for _, names in copies)
    held = _held(lines, apart) if lines <= MOST_LINES else ""
    found = [_rule(THICK, held)]
    for label, names in copies:
        text = names if names.startswith(label) else f"{label}：{names}"
        hang = indent(CELL + 3 * IMPRINT, CELL, -3 * IMPRINT)
        found.append(paragraph(IMPRINT_TEXT, run(f"{text}。"), f'{held}{hang}<w:jc w:val="both"/>'))
    if copies:
        found.append(_rule(THIN, held))
    printed = given.printed_on if given.printed_on.endswith("印发") else f"{given.printed_on}印发"
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(WIDTH - CELL)}"/></w:tabs>'
    last = run(given.printer) + tab() + run(printed)
    # A frame is held by the paragraph behind it.
    return [*found, paragraph(IMPRINT_TEXT, last, held + stop), _rule(THICK, held), paragraph(GAP, "")]


def _held(lines: int, apart: bool) -> str:
    """A frame that ends where the type area does, however many lines it gets while it is edited.

    On a page without text LibreOffice takes the foot of that area too low; there the frame's upper edge is given.
    """
    foot = 'w:vAnchor="margin" w:yAlign="bottom"'
    if apart:
        foot = f'w:vAnchor="page" w:y="{twips(BOTTOM - lines * IMPRINT_PITCH - 2 * THICK - THIN)}"'
    return f'<w:framePr w:w="{twips(WIDTH)}" w:wrap="around" w:hAnchor="page" w:x="{twips(LEFT)}" {foot}/>'


def _rule(thickness: float, held: str) -> str:
    """A rule over the whole width: a line as high as the rule is thick, shaded black."""
    shaded = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    return paragraph(GAP, "", held + shaded + spacing(thickness))


def folio(style: str) -> str:
    """The page number between its dashes."""
    return paragraph(style, run("— ") + field("PAGE", "1") + run(" —"))


def turned_folio(style: str, odd: bool) -> str:
    """The page number of a turned page, upright for whoever holds the page upright, where other pages have theirs."""
    near = PAGE_HEIGHT - DASH_HEIGHT - FOLIO * 0.6
    far = (PAGE_WIDTH - RIGHT) + CELL if odd else LEFT + CELL
    top = PAGE_WIDTH - far - _FOLIO_ROOM if odd else far
    place = (
        f"position:absolute;margin-left:{near:.1f}pt;margin-top:{top:.1f}pt;width:{FOLIO * 1.2:.1f}pt;"
        f"height:{_FOLIO_ROOM:.1f}pt;z-index:1;mso-position-horizontal-relative:page;"
        "mso-position-vertical-relative:page"
    )
    number = paragraph(style, run("— ") + field("PAGE", "1") + run(" —"), '<w:ind w:left="0" w:right="0"/>')
    return paragraph(
        GAP,
        '<w:r><w:pict><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>'
        f'<v:shape id="TurnedFolio{style}" type="#_x0000_t202" style="{place}" filled="f" stroked="f">'
        f'<v:textbox style="layout-flow:vertical" inset="0,0,0,0"><w:txbxContent>{number}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>",
    )


def watermark(text: str, number: int) -> str:
    """Word's own kind of watermark behind the page."""
    size = min(80.0, 600 / max(len(text), 1))
    wide, high = round(size * len(text)), round(size)
    formulas = (
        "sum #0 0 10800,prod #0 2 1,sum 21600 0 @1,sum 0 0 @2,sum 21600 0 @3,if @0 @3 0,if @0 21600 @1,"
        "if @0 0 @2,if @0 @4 21600,mid @5 @6,mid @8 @5,mid @7 @8,mid @6 @7,sum @6 0 @5"
    )
    worked = "".join(f'<v:f eqn="{one}"/>' for one in formulas.split(","))
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{high}pt;"
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        f'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{worked}</v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{1024 + number}" type="#_x0000_t136" '
        f'style="{place}" o:allowincell="f" fillcolor="#{PALE}" stroked="f">'
        f'<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={quoteattr(text)}/></v:shape>'
        "</w:pict></w:r>"
    )
