"""Links: figures lead to pages of another file without a byte of the pages changing, contents lead to headings."""

from __future__ import annotations

import ctypes
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
from pypdfium2 import raw

from tests.reports.gb9704.documents import SHIPPED
from zhengui.reports.document import Attachment, Cell, Document, Heading, Level, Paragraph, Run, Table
from zhengui.reports.gb9704 import Rendered, linked, render
from zhengui.reports.page_settings import PageSettings

BOOK = "佐证材料 (一).pdf"
LINKS = {f"figure:f{number}": (BOOK, number + 2) for number in range(1, 40)}


def paged(settings: PageSettings = SHIPPED, turned: bool = True) -> tuple[bytes, Rendered]:
    """Invented pages: each paragraph prints one figure, and a turned table prints one again."""
    blocks: list[Heading | Paragraph] = []
    for number in range(1, 40):
        blocks.append(Heading(Level.FIRST, f"{number}、", (Run(f"第{number}项工作"),), f"h{number}"))
        runs = (Run("全年共开展督查"), Run(f"{number * 37}次", f"figure:f{number}"), Run("。"))
        blocks.append(Paragraph(runs))
    rows = ((Cell("督查"), Cell("74", source="figure:f2")),)
    table = Table(("项目", "数"), rows, (3.0, 1.0), landscape=turned)
    document = Document(
        ("试验镇工作总结",),
        blocks=tuple(blocks),
        office="试验镇人民政府",
        date="2021年12月31日",
        attachments=(Attachment("统计表", (table,)),),
    )
    buffer = BytesIO()
    rendered = render(document, buffer, settings)
    return buffer.getvalue(), rendered


def annotations(pdf: bytes) -> list[tuple[int, dict[str, Any]]]:  # type: ignore[no-redef]
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [(index, found) for index, page in enumerate(opened.pages) for found in page.annots]


def test_every_figure_leads_to_its_page_of_the_book() -> None:
    pdf, rendered = paged()
    spots = [spot for spot in rendered.spots if spot.source in LINKS]
    found = annotations(linked(pdf, rendered.spots, LINKS))
    assert len(found) == len(spots) == 40
    for (index, annotation), spot in zip(found, spots, strict=True):
        assert index == spot.page
        for told, wanted in zip(
            (annotation["x0"], annotation["top"], annotation["width"], annotation["height"]),
            (spot.x, spot.y, spot.width, spot.height),
            strict=True,
        ):
            assert abs(float(told) - wanted) < 0.02
        action = annotation["data"]["A"]
        assert action["S"].name == "GoToR"
        assert action["F"]["UF"].decode("utf-16") == BOOK
        assert action["D"][0] == LINKS[spot.source][1] - 1


def test_the_pages_themselves_stay_byte_for_byte() -> None:
    pdf, rendered = paged()
    made = linked(pdf, rendered.spots, LINKS)
    assert made.startswith(pdf)
    assert linked(pdf, rendered.spots, {}) == pdf
    assert linked(pdf, rendered.spots, LINKS) == made, "the same links, the same bytes"
    before, after = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(made)
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert one.get_textpage().get_text_range() == other.get_textpage().get_text_range()
        assert one.render(scale=0.5).to_pil().tobytes() == other.render(scale=0.5).to_pil().tobytes()


def test_another_reader_finds_the_book_s_name_and_page() -> None:
    pdf, rendered = paged()
    spot = next(spot for spot in rendered.spots if spot.source == "figure:f5")
    document = pypdfium2.PdfDocument(linked(pdf, rendered.spots, LINKS))
    page = document[spot.page]
    middle = (spot.x + spot.width / 2, page.get_height() - spot.y - spot.height / 2)
    action = raw.FPDFLink_GetAction(raw.FPDFLink_GetLinkAtPoint(page, *middle))
    assert raw.FPDFAction_GetType(action) == raw.PDFACTION_REMOTEGOTO
    size = raw.FPDFAction_GetFilePath(action, None, 0)
    name = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetFilePath(action, name, size)
    assert name.raw.rstrip(b"\0").decode() == BOOK
    target = raw.FPDFAction_GetDest(document, action)
    assert raw.FPDFDest_GetDestPageIndex(document, target) == 6


def test_contents_lead_to_their_headings_and_may_be_linked_further() -> None:
    pdf, rendered = paged(PageSettings(system_faces=False, cover=True, contents=True), turned=False)
    with pdfplumber.open(BytesIO(pdf)) as opened:
        inside = [(index, found) for index, page in enumerate(opened.pages) for found in page.annots]
        assert len(inside) == 40, "39 headings and the attachment"
        texts = [(page.extract_text() or "").replace("\u3000", "").replace("\n", "") for page in opened.pages]
    document = pypdfium2.PdfDocument(pdf)
    for index, annotation in inside:
        page = document[index]
        middle = (annotation["x0"] + 20, page.get_height() - annotation["top"] - annotation["height"] / 2)
        target = raw.FPDFLink_GetDest(document, raw.FPDFLink_GetLinkAtPoint(page, *middle))
        title = annotation["data"]["Contents"].decode("utf-16").replace("\u3000", "")
        assert title in texts[raw.FPDFDest_GetDestPageIndex(document, target)]
    spots = [spot for spot in rendered.spots if spot.source in LINKS]
    assert len(annotations(linked(pdf, spots, LINKS))) == 80
