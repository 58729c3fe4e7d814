"""The PDF is one that can be kept (PDF/A-2b) and read aloud (PDF/UA-1), judged by two judges and by reading it back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page as validation
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from pikepdf import pdfa

from tests.reports.gb9704.documents import CHART, SHIPPED, documents, full_document, pdf, table
from tests.reports.gb9704.test_tables_and_figures import photo
from tests.reports.torture import Maker
from zhengui.reports.document import (
    Attachment,
    Document,
    Head,
    Heading,
    Level,
    Paragraph,
    Picture,
    Pictures,
    Run,
)
from zhengui.reports.gb9704 import linked, render
from zhengui.reports.gb9704.colour_profile import profile
from zhengui.reports.page_settings import PageSettings

#: A PDF/UA judge asks besides for the claim itself, which a judge of PDF/A refuses; see `about_file`.
CLAIM = {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}
EVERYTHING = PageSettings(
    system_faces=False, cover=True, contents=True, red_head=True, watermark="征求意见稿"
)
HEAD = Head("某某镇人民政府文件", "某政〔2025〕1号", "某某某", secrecy="秘密★1年", urgency="特急")


def against(data: bytes, read_aloud: bool = True) -> list[str]:
    """What either judge of PDF/A-2b has against a file, and the judge of PDF/UA-1 but for the claim.

    The last one refuses to look at tables of more than a thousand rows, as books of evidence have them.
    """
    found = [
        f"{one.rule_id} {one.message}" for one in validation.validate_pdf_bytes(data, profile="2b").failures
    ]
    found += [str(one) for one in pdfa.validate_written(BytesIO(data), "2b").findings]
    aloud = validation.validate_pdf_bytes(data, profile="ua1").failures if read_aloud else ()
    return found + [f"{one.rule_id} {one.message}" for one in aloud if one.rule_id not in CLAIM]


def rich() -> Document:
    """Every kind of block there is, in the text and in attachments."""
    photos = Pictures(tuple(Picture(photo(400, 300), words) for words in ("整改前", "整改后", "")))
    full = full_document(3, head=HEAD)
    more = Attachment("整改照片", (Heading(Level.FIRST, "一、", (Run("路面"),)), photos))
    return Document(**{**_fields(full), "attachments": (*full.attachments, more)})


def _fields(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


@pytest.mark.parametrize("page", [SHIPPED, EVERYTHING], ids=["plain", "everything"])
def test_both_judges_accept_a_document_with_everything(page: PageSettings) -> None:
    assert against(pdf(rich(), page)) == []


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(documents)
def test_both_judges_accept_any_document(document: Document) -> None:
    assert against(pdf(document)) == []


@pytest.mark.parametrize("number", range(40, 60))
def test_both_judges_accept_a_torture_document(number: int) -> None:
    maker = Maker(number)
    page, buffer = maker.settings(), BytesIO()
    render(maker.document(), buffer, page)
    assert against(buffer.getvalue()) == []


def test_nothing_but_the_claim_is_lacking_to_be_read_aloud() -> None:
    told = "http://www.aiim.org/pdfua/ns/id/"
    with pikepdf.open(BytesIO(pdf(rich(), EVERYTHING))) as opened:
        packet = opened.Root.Metadata.read_bytes().decode()
        claimed = packet.replace("</rdf:Description>", "<pdfuaid:part>1</pdfuaid:part></rdf:Description>", 1)
        claimed = claimed.replace('rdf:about=""', f'rdf:about="" xmlns:pdfuaid="{told}"', 1)
        opened.Root.Metadata.write(claimed.encode())
        buffer = BytesIO()
        opened.save(buffer)
    assert [
        one.rule_id for one in validation.validate_pdf_bytes(buffer.getvalue(), profile="ua1").failures
    ] == []


def test_the_judges_see_a_fault() -> None:
    data = pdf(full_document(1))
    assert against(data.replace(b"/OutputIntents", b"/OutputIntentz"))
    assert against(data.replace(b"<pdfaid:part>2", b"<pdfaid:part>7"))


def test_a_document_with_links_can_be_kept_too() -> None:
    buffer = BytesIO()
    rendered = render(full_document(2), buffer, SHIPPED)
    data = linked(buffer.getvalue(), rendered.spots, {"figure:talks": ("佐证材料.pdf", 3)})
    judged = validation.validate_pdf_bytes(data, profile="2b")
    assert judged.is_compliant, [one.message for one in judged.failures]
    # The second judge knows no file specification with a Unicode name, and says so of each; it finds no fault.
    found = pdfa.validate_written(BytesIO(data), "2b").findings
    assert {(one.rule, one.kind) for one in found} == {("pikepdf:schema-Action", "unsupported")}


def test_the_file_says_its_title_its_office_and_its_own_date() -> None:
    with pikepdf.open(BytesIO(pdf(full_document(1)))) as opened:
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert str(opened.Root.Lang) == "zh-CN"
        title = "中共某某镇委员会关于2025年度全面从严治党主体责任落实情况的报告"
        assert str(opened.docinfo["/Title"]) == title
        assert str(opened.docinfo["/CreationDate"]) == "D:20251231000000+08'00'"
        with opened.open_metadata() as told:
            assert told["dc:title"] == title
            assert told["dc:creator"] == ["中共某某镇委员会"]
            assert told["xmp:CreateDate"] == "2025-12-31T00:00:00+08:00"
        assert not any("/Trans" in page for page in opened.pages)
    with pikepdf.open(BytesIO(pdf(full_document(1, date="某日")))) as opened:
        assert "/CreationDate" not in opened.docinfo


def test_equal_content_gives_equal_bytes_and_other_content_another_name() -> None:
    first, again, other = (pdf(full_document(1, date=f"2025年12月{day}日")) for day in (30, 30, 31))
    assert first == again != other
    names = []
    for data in (first, other):
        with pikepdf.open(BytesIO(data)) as opened:
            names.append(bytes(opened.trailer.ID[0]))
    assert names[0] != names[1]


def test_the_colour_profile_is_whole() -> None:
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(BytesIO(profile()))
    assert int.from_bytes(profile()[:4], "big") == len(profile())
    same = ImageCms.buildTransform(made, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    from PIL import Image

    shades = Image.linear_gradient("L").convert("RGB")
    turned = ImageCms.applyTransform(shades, same)
    assert turned is not None
    worst = max(abs(one - two) for one, two in zip(shades.tobytes(), turned.tobytes(), strict=True))
    assert worst <= 1


# reading the structure back


class Aloud:
    """A file read by its structure: each element as (kind, its text or its words)."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.texts: dict[tuple[int, int], str] = {}
        numbers = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        for index, page in enumerate(self.pdf.pages):
            self._read(index, page)
        self.numbers = numbers

    def _read(self, index: int, page: pikepdf.Page) -> None:
        maps = {name: _to_text(font) for name, font in page.resources.Font.items()}
        mark, font = -1, ""
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                mark = int(operands[1]["/MCID"])
            elif name == "BMC":
                mark = -1
            elif name == "Tf":
                font = str(operands[0])
            elif name == "Tj":
                codes = bytes(operands[0])
                words = "".join(maps[font][codes[at : at + 2]] for at in range(0, len(codes), 2))
                self.texts[index, mark] = self.texts.get((index, mark), "") + words

    def elements(self) -> Iterator[tuple[str, str, int]]:
        """Kind, text, depth of each element in reading order."""
        for kid in self.pdf.Root.StructTreeRoot.K:
            yield from self._walk(kid, 0)

    def _walk(self, element: Any, depth: int) -> Iterator[tuple[str, str, int]]:
        kids = element.get("/K", pikepdf.Array([]))
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        own, below = "", []
        for kid in kids:
            if isinstance(kid, int):
                own += self.texts.get((self.numbers[element.Pg.objgen], kid), "")
            elif kid.get("/Type") == "/MCR":
                own += self.texts.get((self.numbers[kid.Pg.objgen], int(kid.MCID)), "")
            elif kid.get("/Type") != "/OBJR":
                below.append(kid)
        yield str(element.S)[1:], str(element.get("/Alt", own)), depth
        for kid in below:
            yield from self._walk(kid, depth + 1)


def _to_text(font: Any) -> dict[bytes, str]:
    found = {}
    for line in bytes(font.ToUnicode.read_bytes()).decode().splitlines():
        parts = line.split()
        if len(parts) == 2 and parts[0].startswith("<") and parts[1].startswith("<"):
            code, char = (bytes.fromhex(part.strip("<>")) for part in parts)
            if len(code) == 2:
                found[code] = char.decode("utf-16-be")
    return found


def test_headings_and_paragraphs_read_back_in_order_and_whole() -> None:
    document = full_document(2)
    read = [(kind, words) for kind, words, _ in Aloud(pdf(document)).elements()]
    assert read[0][0] == "Document"
    assert read[1] == ("H1", document.title_text)
    wanted: list[tuple[str, str]] = [("P", "县委：")]
    levels = {Level.FIRST: "H2", Level.SECOND: "H3", Level.THIRD: "H4", Level.FOURTH: "H5"}
    for block in document.blocks:
        if isinstance(block, Heading):
            wanted.append((levels[block.level], block.number + "".join(run.text for run in block.runs)))
        elif isinstance(block, Paragraph):
            wanted.append(("P", "".join(run.text for run in (*block.lead, *block.runs))))
    assert read[2 : 2 + len(wanted)] == wanted
    after = read[2 + len(wanted) :]
    assert after[:4] == [
        ("P", "附件：1.事项明细表"),
        ("P", "2.各村指标表"),
        ("P", "3.近年情况图"),
        ("P", "中共某某镇委员会2025年12月31日"),
    ]
    assert ("H2", "事项明细表") in after


def test_a_table_reads_back_with_its_headers_and_its_cells_in_rows() -> None:
    made = table(120, 4)
    document = full_document(1, attachments=(Attachment("明细", (made,)),), imprint=None)
    read = list(Aloud(pdf(document)).elements())
    start = next(at for at, (kind, _, _) in enumerate(read) if kind == "Table")
    rows: list[list[tuple[str, str]]] = []
    for kind, words, _ in read[start + 1 :]:
        if kind == "TR":
            rows.append([])
        else:
            rows[-1].append((kind, words))
    assert rows[0] == [("TH", text) for text in made.header]
    assert rows[1:] == [[("TD", cell.text) for cell in row] for row in made.rows]


def test_a_chart_is_told_in_words_and_page_numbers_are_not_read() -> None:
    aloud = Aloud(pdf(full_document(1, attachments=(Attachment("图", (CHART,)),))))
    read = list(aloud.elements())
    told = [words for kind, words, _ in read if kind == "Figure"]
    assert told == ["折线图：近三年学习次数（次）。2022年12，2023年暂缺，2024年30。"]
    assert not any("— 1 —" in words for _, words, _ in read)
    assert any("— 1 —" in words for (_, mark), words in aloud.texts.items() if mark == -1)


def test_pages_are_called_by_their_printed_numbers() -> None:
    with pikepdf.open(BytesIO(pdf(full_document(1), EVERYTHING))) as opened:
        labels = [page.label for page in opened.pages]
    printed = [label for label in labels if label]
    assert printed == [str(number) for number in range(1, len(printed) + 1)]
    assert labels[0] == ""
