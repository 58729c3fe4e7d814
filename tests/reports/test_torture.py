"""A few of the torture documents in the suite; `python -m tests.reports.torture` judges them all."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.reports.gb9704.documents import SHIPPED, drawn, full_document, laid_out, pdf
from tests.reports.second_ruler import measure
from tests.reports.torture import Maker, judged
from zhengui.reports.document import Document, Paragraph, Run
from zhengui.reports.gb9704 import render
from zhengui.reports.gb9704.items import Text


@pytest.mark.parametrize("number", [1, 4, 9, 17, 23, 31, 34, 114, 194, 208, 268, 293, 314])
def test_two_judges_find_no_fault_with_a_torture_document(number):
    assert judged(number)[0] == []


def test_the_same_number_makes_the_same_document():
    first, second = (BytesIO(), BytesIO())
    for target in (first, second):
        maker = Maker(5)
        settings = maker.settings()
        render(maker.document(), target, settings)
    assert first.getvalue() == second.getvalue()


def lines_of(pages):
    return [item for page in pages for item in page.items if isinstance(item, Text) and item.pieces]


def test_the_second_ruler_sees_what_is_planted():
    document = full_document(4, attachments=(), imprint=None)
    assert measure(pdf(document), document) == []
    plants = {
        "outside the type area": lambda line: setattr(line, "x", line.x + 20),
        "on top of each other": lambda line: setattr(line, "cell", 4.0),
        "loose": lambda line: setattr(line, "gap", 5.0),
        "lost": lambda line: setattr(line, "pieces", ()),
    }
    for fault, plant in plants.items():
        pages = laid_out(document)
        line = next(
            one for one in lines_of(pages[1:]) if len(one.pieces) == 1 and len(one.pieces[0].text) == 28
        )
        plant(line)
        assert any(found.startswith(fault) for found in measure(drawn(pages), document)), fault


def test_no_reader_finds_a_space_that_nobody_wrote():
    import pypdfium2
    from pdfminer.high_level import extract_text

    text = "坚持党建引领，全年整改问题98.65%，投入12.36万元（含自筹），“两个责任”压实；于2021年12月31日完成PM2.5监测。"
    document = Document(("报告",), (Paragraph((Run(text * 20),)),), "某某镇", "2021年12月31日")
    data = pdf(document, SHIPPED)
    opened = pypdfium2.PdfDocument(data)
    read = {
        "pdfium": "".join(page.get_textpage().get_text_range() for page in opened),
        "pdfminer": extract_text(BytesIO(data)),
    }
    for reader, found in read.items():
        body = found.replace("\r", "").replace("\n", "")
        assert text * 3 in body, reader
