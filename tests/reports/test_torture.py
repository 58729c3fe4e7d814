"""A few of the torture documents in the suite; `python -m tests.reports.torture` judges them all."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from pypdf import PdfReader

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


def read_by_four(data: bytes, path: Path) -> dict[str, str]:
    """The text of a PDF as four readers that share no code copy it out."""
    path.write_bytes(data)
    read = {
        "pdfium": "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)),
        "pdfminer": extract_text(BytesIO(data)),
        "pypdf": "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages),
    }
    if shutil.which("pdftotext") is not None:
        command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
        read["poppler"] = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return {reader: re.sub(r"[\r\n\f]", "", found) for reader, found in read.items()}


def test_no_reader_finds_a_space_that_nobody_wrote(tmp_path):
    text = "坚持党建引领，全年整改问题98.65%，投入12.36万元（含自筹），“两个责任”压实；于2021年12月31日完成PM2.5监测。"
    document = Document(("报告",), (Paragraph((Run(text * 20),)),), "某某镇", "2021年12月31日")
    for reader, found in read_by_four(pdf(document, SHIPPED), tmp_path / "a.pdf").items():
        assert text * 3 in found, reader


def test_no_reader_finds_a_space_in_a_document_of_all_kinds(tmp_path):
    document = full_document(3)
    words = "".join(
        run.text
        for block in document.blocks
        if isinstance(block, Paragraph)
        for run in (*block.lead, *block.runs)
    )
    assert " " not in words
    for reader, found in read_by_four(pdf(document, SHIPPED), tmp_path / "a.pdf").items():
        body = re.sub(r"— \d+ —", "", found)
        blanks = re.findall(
            r"[\u4e00-\u9fff，、。；：] [\u4e00-\u9fff，、。；：]", body[: body.index("附件：")]
        )
        assert blanks == [], reader
