"""What a page draws is read back from its PDF as it was drawn: places, colours, faces, photos."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.reports.gb9704.documents import SHIPPED, full_document, laid_out, pdf
from zhengui.reports.document import Attachment, Head, Picture, Pictures
from zhengui.reports.gb9704 import Lines, NotOurs, ReadGlyphs, ReadImage, read_back
from zhengui.reports.gb9704.grid import PAGE_HEIGHT
from zhengui.reports.gb9704.items import RuledLine, Text


def test_every_line_of_text_is_read_back_at_its_place():
    document = full_document(2)
    pages = laid_out(document)
    for page, drawn in zip(pages, read_back(pdf(document)), strict=True):
        if page.turned:
            continue
        begun = {
            (round(words.matrix[4]), round(words.matrix[5]))
            for words in drawn
            if isinstance(words, ReadGlyphs)
        }
        lines = [item for item in page.items if isinstance(item, Text) and item.pieces and not item.squeeze]
        assert lines
        # A narrow mark stands in the middle of its cell, a hair from where its line begins.
        missing = [
            line
            for line in lines
            if not any((round(line.x) + aside, round(PAGE_HEIGHT - line.y)) in begun for aside in (-1, 0, 1))
        ]
        assert missing == []
        rules = [item for item in page.items if isinstance(item, RuledLine)]
        assert len(rules) <= sum(isinstance(one, Lines) for one in drawn)


def test_a_turned_page_a_red_head_a_watermark_and_bold_are_read_back():
    head = Head("某某镇人民政府文件", "某政〔2025〕3号")
    settings = replace(SHIPPED, red_head=True, watermark="征求意见稿", bold_third=True)
    pages = read_back(pdf(full_document(2, head=head), settings))
    words = [one for page in pages for one in page if isinstance(one, ReadGlyphs)]
    assert any(one.colour[0] > 0.8 and one.colour[1] < 0.1 for one in words)
    assert any(min(one.colour) > 0.8 and abs(one.matrix[1]) > 0.5 for one in words)
    assert any(one.bold for one in words)
    assert any(one.matrix[:4] == (0, 1, -1, 0) for one in words)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photos_are_read_back(kind):
    buffer = BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(buffer, kind)
    attachment = Attachment("照片", (Pictures((Picture(buffer.getvalue(), "整改后"),)),))
    pages = read_back(pdf(full_document(0, attachments=(attachment,))))
    (photo,) = [one for page in pages for one in page if isinstance(one, ReadImage)]
    assert (photo.width, photo.height, photo.jpeg) == (40, 30, kind == "JPEG")
    assert photo.matrix[0] / photo.matrix[3] == pytest.approx(40 / 30, abs=0.01)


def test_what_another_program_wrote_is_told_from_ours():
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 500, "Report")
    canvas.save()
    with pytest.raises(NotOurs):
        read_back(buffer.getvalue())
    with pytest.raises(NotOurs):
        read_back(b"no PDF at all")
