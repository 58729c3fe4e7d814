"""The OFD has the pages of the PDF: read back by another's reader, drawn by a viewer that knows only the standard."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import ofdkit
import pdfplumber
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from PIL import ImageChops, ImageFont, ImageStat

from tests.pictures import keep_difference
from tests.reports.gb9704.documents import RARE, SHIPPED, documents, full_document, pdf
from tests.reports.gb9704.test_archive import EVERYTHING, rich
from tests.reports.ofd.viewer import Viewer
from tests.reports.torture import Maker
from zhengui.reports.document import Document, Paragraph, Run
from zhengui.reports.ofd import ofd_bytes
from zhengui.reports.page_settings import PageSettings

POINT = 25.4 / 72
#: Not both judge a watermark alike: in the OFD it is an annotation.
PLAIN = PageSettings(system_faces=False, cover=True, contents=True, red_head=True)


def agree(document: Document, page: PageSettings = SHIPPED) -> int:
    """Compare text and places of every page of both files; how many places were compared."""
    compared = 0
    with (
        pdfplumber.open(BytesIO(pdf(document, page))) as paper,
        ofdkit.open(ofd_bytes(document, page)) as opened,
    ):
        assert not opened.warnings
        assert len(opened.pages) == len(paper.pages)
        for one, other in zip(opened.pages, paper.pages, strict=True):
            assert (one.width, one.height) == (210, 297)
            chars = other.chars
            assert "".join(run.text for run in one.runs) == "".join(char["text"] for char in chars)
            at = 0
            for run in one.runs:
                x, y = chars[at]["matrix"][4], float(other.height) - chars[at]["matrix"][5]
                assert abs(run.x - x * POINT) < 0.1, run
                assert abs(run.y - y * POINT) < 0.1, run
                at += len(run.text)
                compared += 1
    return compared


def steps(document: Document, page: PageSettings = SHIPPED) -> list[tuple[str, float]]:
    """Each character of the OFD with the step to the next one of its run, in millimetres."""
    found = []
    with ZipFile(BytesIO(ofd_bytes(document, page))) as archive:
        names = sorted(n for n in archive.namelist() if n.endswith("Content.xml"))
        for name in sorted(names, key=lambda name: int(re.findall(r"\d+", name)[1])):
            for code in ET.fromstring(archive.read(name)).iter("{http://www.ofdspec.org/2016}TextCode"):
                text = code.text or ""
                told = (code.get("DeltaX") or "").split()
                if told[:1] == ["g"]:
                    told = [told[2]] * int(told[1])
                found += list(zip(text, [*map(float, told), 0.0], strict=True))
    return found


@pytest.mark.parametrize("page", [SHIPPED, PLAIN], ids=["plain", "everything"])
def test_every_run_of_every_page_stands_where_the_pdf_has_it(page: PageSettings) -> None:
    assert agree(rich(), page) > 300


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(documents)
def test_any_document_agrees(document: Document) -> None:
    agree(document)


@pytest.mark.parametrize("number", [3, 12, 44, 58])
def test_a_torture_document_agrees(number: int) -> None:
    maker = Maker(number)
    page = replace(maker.settings(), watermark="")  # in the OFD it is an annotation
    assert agree(maker.document(), page) > 50


def test_characters_inside_a_run_stand_where_the_pdf_has_them() -> None:
    document = full_document(2)
    with pdfplumber.open(BytesIO(pdf(document))) as paper:
        printed = [
            (char["text"], char["matrix"][4], char["matrix"][5])
            for page in paper.pages
            for char in page.chars
        ]
    told = steps(document)
    assert [char for char, _ in told] == [char for char, _, _ in printed]
    for (_, step), (_, x, y), (_, after, below) in zip(told, printed, printed[1:], strict=False):
        if step and abs(y - below) < 0.01:
            assert abs(step - (after - x) * POINT) < 0.02


def test_drawn_by_a_viewer_a_page_looks_like_the_pdf_s() -> None:
    document = rich()
    viewer, paper = Viewer(ofd_bytes(document, PLAIN)), pypdfium2.PdfDocument(pdf(document, PLAIN))
    assert len(viewer.pages) == len(paper)
    for index in range(len(paper)):
        drawn = viewer.draw(index)
        wanted = paper[index].render(scale=4 * POINT).to_pil().convert("L").resize(drawn.size)
        # Coarse dots forgive what two programs smooth differently, but not a character that is another or elsewhere.
        coarse = [image.resize((105, 149)) for image in (drawn, wanted)]
        differ = ImageStat.Stat(ImageChops.difference(*coarse)).mean[0]
        assert differ < 4, keep_difference(f"ofd-page-{index}", drawn, wanted)
        moved = ImageChops.offset(coarse[0], 3, 0)
        if ImageStat.Stat(ImageChops.invert(wanted)).mean[0] > 4:
            assert ImageStat.Stat(ImageChops.difference(moved, coarse[1])).mean[0] > 1.5 * differ


def test_rare_characters_are_embedded_and_copied_as_themselves() -> None:
    document = Document(("报告",), (Paragraph((Run(f"村民{RARE}𠮷等参加。"),)),), "某某镇", "2025年1月2日")
    data = ofd_bytes(document, SHIPPED)
    with ofdkit.open(data) as opened:
        assert f"村民{RARE}𠮷等参加。" in opened.text().replace("\n", "")
    viewer = Viewer(data)
    wanted = set(document.text().replace("\n", ""))
    faces = [ImageFont.truetype(BytesIO(file), 40) for file in viewer.fonts.values()]
    for char in wanted:
        # A character that no face has would be drawn as each face's box for what is missing.
        assert any(face.getmask(char).getbbox() != face.getmask("\U000f0000").getbbox() for face in faces), (
            char
        )


def test_the_outline_leads_to_the_pages_of_the_headings() -> None:
    space = "{http://www.ofdspec.org/2016}"
    with ZipFile(BytesIO(ofd_bytes(full_document(2), SHIPPED))) as archive:
        root = ET.fromstring(archive.read("Doc_0/Document.xml"))
    pages = [page.get("ID") for page in root.iter(f"{space}Page")]
    top = root.findall(f"{space}Outlines/{space}OutlineElem")
    titles = [each.get("Title") for each in top]
    assert titles[:2] == ["一、夯实基层治理根基", "二、夯实基层治理根基"]
    assert titles[-1] == "附件3　近年情况图"
    places = [each.find(f".//{space}Dest").get("PageID") for each in top]  # type: ignore[union-attr]
    assert all(place in pages for place in places)
    assert places == sorted(places, key=pages.index)
    assert top[0].find(f"{space}OutlineElem") is not None


def test_a_watermark_is_an_annotation_of_each_page_and_no_text() -> None:
    data = ofd_bytes(rich(), EVERYTHING)
    with ofdkit.open(data) as opened:
        assert "征求意见稿" not in opened.text()
        pages = len(opened.pages)
    with ZipFile(BytesIO(data)) as archive:
        marks = [name for name in archive.namelist() if name.endswith("Annotation.xml")]
        assert "征求意见稿" in archive.read(marks[0]).decode()
    assert 0 < len(marks) < pages  # cover and contents have none


def test_equal_content_gives_equal_bytes_and_every_number_is_given_once() -> None:
    data = ofd_bytes(rich(), PLAIN)
    assert data == ofd_bytes(rich(), PLAIN)
    with ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        last = int(re.search(r"<ofd:MaxUnitID>(\d+)<", archive.read("Doc_0/Document.xml").decode())[1])  # type: ignore[index]
    given_out = [int(number) for part in parts for number in re.findall(r' ID="(\d+)"', part)]
    assert len(given_out) == len(set(given_out))
    assert max(given_out) <= last
