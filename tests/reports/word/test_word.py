"""The Word file: the office's page in real styles, with the same text as the PDF, opened by another program."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.reports.gb9704.documents import CHART, SHIPPED, documents, full_document, laid_out, pdf, table
from zhengui.reports.document import (
    Attachment,
    Cell,
    Chart,
    Head,
    Imprint,
    Paragraph,
    Picture,
    Pictures,
    Run,
    Series,
)
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.word import word_bytes
from zhengui.reports.word.layout import layout_of

MM = 36000
BARE = {"attachments": (), "imprint": None}


def opened(document, page=SHIPPED):
    return docx.Document(BytesIO(word_bytes(document, page)))


def squeezed(text):
    return re.sub(r"\s", "", text)


def word_text(file):
    """Everything in the text's order; fields show what they showed last."""
    return squeezed("".join(each.text or "" for each in file.element.body.iter(qn("w:t"))))


def printed_text(data):
    """The PDF's text without its page numbers, in the order in which it was set."""
    with pdfplumber.open(BytesIO(data)) as paper:
        pages = ["".join(char["text"] for char in page.chars) for page in paper.pages]
    return squeezed("".join(re.sub(r"—\s*\d+\s*—\s*$", "", page) for page in pages))


def photo(shade):
    buffer = BytesIO()
    Image.new("RGB", (400, 300), (shade, shade, shade)).save(buffer, "PNG")
    return buffer.getvalue()


def test_page_and_grid_are_the_printed_page_s():
    section = opened(full_document(**BARE)).sections[0]
    sides = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(side / MM) for side in sides] == [37, 35, 28, 26]
    assert (round(section.page_width / MM), round(section.page_height / MM)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch, space = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    assert grid.get(qn("w:type")) == "linesAndChars"
    high = section.page_height - section.top_margin - section.bottom_margin
    wide = section.page_width - section.left_margin - section.right_margin
    assert high // (pitch * 635) == 22
    assert int(wide / 12700 / (16 + space / 4096)) == 28


def test_odd_and_even_pages_carry_a_number_field_on_their_outer_side():
    file = opened(full_document(**BARE))
    assert file.settings.odd_and_even_pages_header_footer
    for part, side in ((file.sections[0].footer, "right"), (file.sections[0].even_page_footer, "left")):
        line = part.paragraphs[0]
        assert squeezed(line.text) == "—1—"
        assert "PAGE" in "".join(each.text for each in line._p.iter(qn("w:instrText")))
        assert file.styles[line.style.name].element.pPr.find(qn("w:jc")).get(qn("w:val")) == side


def test_headings_are_word_s_own_and_nothing_stands_in_a_text_box():
    document = full_document()
    file = opened(document)
    names = Counter(line.style.name for line in file.paragraphs)
    assert {f"Heading {level}" for level in (1, 2, 3, 4)} <= set(names)
    assert names["Title"] == 1
    xml = file.element.xml
    assert "txbxContent" not in xml
    framed = [line for line in file.paragraphs if line._p.pPr.find(qn("w:framePr")) is not None]
    assert {line.style.name for line in framed} == {"版记", "表后间隔"}, (
        "the imprint alone is held at a place of the page"
    )
    assert {style.name for style in file.styles} >= {"附件标号", "附件标题", "附件说明", "成文日期"}


def test_faces_and_sizes_are_the_standard_s():
    file = opened(full_document())
    for name, face, size in (
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
    ):
        style = file.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == face
        assert style.font.size.pt == size
        assert not style.font.bold


@settings(max_examples=40, deadline=None)
@given(documents)
def test_its_text_is_the_pdf_s(document):
    plain = replace(document, attachments=(), imprint=None)
    assert word_text(opened(plain)) == printed_text(pdf(plain))
    lines = [squeezed(clean(line)) for line in plain.text().split("\n")]
    assert "".join(lines[1:]) in word_text(opened(plain))


def test_tables_have_the_pdf_s_text_and_repeat_their_header():
    document = full_document(attachments=(Attachment("事项明细表", (table(12),)),), imprint=None)
    file = opened(document)
    assert word_text(file) == printed_text(pdf(document))
    first = file.tables[0].rows[0]._tr
    assert first.trPr.find(qn("w:tblHeader")) is not None
    long = opened(full_document(attachments=(Attachment("长表", (table(500),)),)))
    assert len(long.tables[0].rows) == 501


def test_a_turned_table_gets_a_turned_page_of_its_own():
    document = full_document(imprint=None)
    sections = opened(document).sections
    turned = [section.page_width > section.page_height for section in sections]
    assert turned == [False, True, False]
    assert round(sections[1].top_margin / MM) == 28
    for part, odd in ((sections[1].footer, True), (sections[1].even_page_footer, False)):
        [shape] = part._element.iter("{urn:schemas-microsoft-com:vml}shape")
        place = dict(each.split(":") for each in shape.get("style").split(";"))
        low = (float(place["margin-top"][:-2]) + float(place["height"][:-2])) / 72 * 25.4
        # Held upright, the left side is the page's head: odd pages are numbered one cell from the right margin.
        assert abs(low - (184 - 5.57)) < 0.2 if odd else abs(low - (28 + 5.57 + 31.75)) < 0.2
        assert "PAGE" in "".join(each.text for each in part._element.iter(qn("w:instrText")))
    for upright in (sections[0], sections[2]):
        assert not list(upright.footer._element.iter("{urn:schemas-microsoft-com:vml}shape"))
        assert "PAGE" in "".join(each.text for each in upright.footer._element.iter(qn("w:instrText")))


def test_photos_and_charts_are_inline_and_drawn_by_word():
    pictures = Pictures(tuple(Picture(photo(shade), f"第{shade}张") for shade in (10, 90, 200)))
    bars = Chart("compare", ("白沙村", "青石村"), (Series("次数", (3.0, None)),), "次", "各村次数")
    document = full_document(attachments=(Attachment("照片和图", (pictures, CHART, bars)),))
    data = word_bytes(document, SHIPPED)
    file = docx.Document(BytesIO(data))
    assert len(file.inline_shapes) == 5
    with ZipFile(BytesIO(data)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "/charts/chart" in name]
    assert len(charts) == 2
    assert "lineChart" in charts[0]
    assert charts[0].count("<c:pt ") == 1 + 3 + 2  # the unknown year has no point
    assert "barChart" in charts[1]
    assert all('<c:min val="0"/>' in chart for chart in charts)


def test_behind_each_chart_lies_the_table_of_its_numbers():
    bars = Chart("compare", ("白沙村", "青石村"), (Series("次数", (3.0, None)),), "次", "各村次数")
    data = word_bytes(full_document(attachments=(Attachment("图", (CHART, bars)),)), SHIPPED)
    with ZipFile(BytesIO(data)) as parts:
        chart = parts.read("word/charts/chart2.xml").decode()
        relation = parts.read("word/charts/_rels/chart2.xml.rels").decode()
        table = CalamineWorkbook.from_filelike(BytesIO(parts.read("word/embeddings/chart2.xlsx")))
    assert 'Id="rId1"' in relation
    assert "../embeddings/chart2.xlsx" in relation
    assert '<c:externalData r:id="rId1">' in chart
    assert re.findall("<c:f>(.*?)</c:f>", chart) == ["数据!$B$1", "数据!$A$2:$A$3", "数据!$B$2:$B$3"]
    assert table.get_sheet_by_name("数据").to_python() == [["", "次数"], ["白沙村", 3.0], ["青石村", ""]]


def test_on_pages_of_more_rows_word_s_lines_stand_as_close_as_the_printed_ones():
    for lines in range(2, 24):
        body = (*(Paragraph((Run("严" * (26 + 28 * 20)),)),) * 2, Paragraph((Run("实" * 28 * lines),)))
        document = full_document(blocks=body, attachments=(), imprint=None)
        rows = {page.rows for page in laid_out(document)} - {0}
        if rows:
            break
    told = {
        int(own.get(qn("w:line")))
        for one in opened(document).paragraphs
        if one.style.name == "Body Text" and (own := one._p.pPr.find(qn("w:spacing"))) is not None
    }
    assert {22 * 579 // count for count in rows} <= told


def test_a_total_goes_on_with_the_row_above_it():
    made = replace(table(4), totals=tuple(Cell(text) for text in ("合计", "1", "2", "3")))
    rows = opened(full_document(blocks=(made,), **BARE)).tables[0].rows
    held = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in rows]
    assert held == [False, False, False, False, True, False]


def test_variants_of_the_page_are_there():
    head = Head("某某镇人民政府文件", "某政发〔2026〕1号", "李某某", "秘密★1年", "特急")
    page = replace(SHIPPED, red_head=True, cover=True, contents=True, watermark="征求意见稿", bold_third=True)
    file = opened(full_document(head=head), page)
    text = word_text(file)
    for wanted in (
        "某某镇人民政府文件",
        "某政发〔2026〕1号",
        "签发人：李某某",
        "秘密★1年",
        "特急",
        "目录",
        "抄送：",
    ):
        assert wanted in text
    assert "TOC" in "".join(each.text for each in file.element.body.iter(qn("w:instrText")))
    assert file.sections[2]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert "征求意见稿" in file.sections[2].header._element.xml
    assert not squeezed(
        file.sections[0].footer.paragraphs[0].text if file.sections[0].footer.paragraphs else ""
    )
    assert file.styles["Heading 3"].font.bold


def test_the_same_document_gives_the_same_bytes():
    assert word_bytes(full_document(), SHIPPED) == word_bytes(full_document(), SHIPPED)


def test_particulars_are_the_document_s():
    told = opened(full_document()).core_properties
    assert told.title == full_document().title_text
    assert told.author == "中共某某镇委员会"
    assert (told.created.year, told.comments) == (2025, "")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
@pytest.mark.parametrize("pages", [2, 14])
def test_another_program_sets_the_same_text_on_as_many_pages(tmp_path: Path, pages: int):
    document = full_document(pages, imprint=None)
    path = tmp_path / "a.docx"
    path.write_bytes(word_bytes(document, SHIPPED))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    ours = pdf(document)
    theirs = (tmp_path / "a.pdf").read_bytes()
    with pdfplumber.open(BytesIO(ours)) as one, pdfplumber.open(BytesIO(theirs)) as other:
        assert len(one.pages) == len(other.pages)
    body = replace(document, attachments=())
    wanted = Counter(squeezed("".join(line for line in body.text().split("\n"))))
    found = Counter(printed_text(theirs))
    assert not {char: count for char, count in wanted.items() if found[char] < count}


def line_ends(data: bytes) -> tuple[set[int], int]:
    """After how many characters of the running text a printed line ends; and how many characters there are."""
    ends, count = set(), 0
    with pdfplumber.open(BytesIO(data)) as paper:
        for page in paper.pages:
            rows: dict[float, list] = {}
            for char in page.chars:
                if char["text"].strip():
                    rows.setdefault(round(char["matrix"][5] / 4), []).append(char["text"])
            for _, row in sorted(rows.items(), reverse=True):
                if not re.fullmatch(r"—\d+—", "".join(row)):
                    count += len(row)
                    ends.add(count)
    return ends, count


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
def test_lines_end_in_another_program_where_they_are_printed(tmp_path: Path):
    body = []
    for number in range(40):
        text = (
            f"全年召开专题会议{number + 3}次，走访群众{number * 37 + 120}人次，坚持“一村一策”、分类指导，"
            f"投入资金{number}.5万元，整改问题{90 + number / 10:.1f}%，切实把各项政策落实到村、到户、到人"
            + "，逐条逐项抓好整改" * (number % 5)
            + "。"
        )
        body.append(Paragraph((Run(text),)))
    document = full_document(blocks=tuple(body), **BARE)
    path = tmp_path / "a.docx"
    path.write_bytes(word_bytes(document, SHIPPED))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    ours, length = line_ends(pdf(document))
    theirs, same_length = line_ends((tmp_path / "a.pdf").read_bytes())
    assert length == same_length
    assert len(ours & theirs) / len(ours) >= 0.95


def test_the_file_names_the_program_and_no_face_that_the_page_lacks():
    with ZipFile(BytesIO(word_bytes(full_document(), SHIPPED))) as archive:
        assert "<Application>政规</Application>" in archive.read("docProps/app.xml").decode()
        theme = archive.read("word/theme/theme1.xml").decode()
    assert not re.search("Calibri|Cambria", theme)


def test_two_characters_are_two_characters_whatever_the_size():
    style = opened(full_document()).styles["Body Text"].element.pPr
    assert style.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_the_number_of_an_attachment_is_in_its_label_s_face():
    fonts = opened(full_document()).styles["附件标号"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia")} == {"黑体"}


def test_a_table_says_what_it_is_and_which_row_is_its_header():
    file = opened(full_document(attachments=(Attachment("事项明细表", (table(3),)),), imprint=None))
    found = file.tables[0]._tbl
    told = found.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
    assert told == "事项明细表，共3行。各列：列0、列1、列2、列3。"
    assert found.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "事项明细表"
    heads = [row.trPr.find(qn("w:tblHeader")) for row in found.tr_lst]
    assert heads[0] is not None
    assert heads[0].get(qn("w:val")) is None
    assert not any(head is not None for head in heads[1:])


def test_an_imprint_behind_a_blank_page_carries_no_number():
    found = set()
    for pages in range(1, 8):
        document = full_document(pages, attachments=())
        last = opened(document).sections[-1]
        counts = [len(laid_out(replace(document, imprint=None))), len(laid_out(document))]
        code = "".join(each.text for each in last.footer._element.iter(qn("w:instrText")))
        assert ("PAGE" in code) == (counts[1] - counts[0] != 2), pages
        found.add("PAGE" in code)
    assert True in found


def test_text_behind_a_cover_begins_on_a_front_side():
    sections = opened(full_document(**BARE), replace(SHIPPED, cover=True, contents=True)).sections
    kinds = [each._sectPr.find(qn("w:type")).get(qn("w:val")) for each in sections]
    assert kinds == ["nextPage", "nextPage", "oddPage"]


def test_cover_and_contents_carry_no_watermark_and_the_text_does():
    page = replace(SHIPPED, cover=True, contents=True, watermark="征求意见稿")
    sections = opened(full_document(**BARE), page).sections
    marks = [
        "征求意见稿" in docx.oxml.xmlchemy.serialize_for_reading(each.header._element) for each in sections
    ]
    assert marks == [False, False, True]


def test_an_odd_photo_stands_at_the_left():
    pictures = Pictures(tuple(Picture(photo(shade), "") for shade in (10, 90, 200)))
    rows = opened(full_document(blocks=(pictures,), **BARE)).tables[0].rows
    assert [len(row._tr.tc_lst) for row in rows] == [2, 2]


def test_offices_that_issue_together_signers_and_the_remark_are_in_the_word_file():
    names = ("中共云岭镇委员会", "云岭镇人民政府", "云岭镇人大主席团")
    head = Head("文件", "云发〔2025〕3号", "张三丰、李四光、王五一", "机密★1年", "", "", names)
    document = full_document(
        2, attachments=(), head=head, office=names[0], joint=names[1:], remark="此件公开发布", sealed=True
    )
    text = word_text(opened(document, replace(SHIPPED, red_head=True)))
    assert text.index("".join(names) + "文件") < text.index("签发人：张三丰李四光")
    assert text.index("王五一") < text.index("夯实基层治理根基") < text.rindex(names[0])
    assert (
        text.rindex(names[0]) < text.rindex(names[1]) < text.rindex(names[2]) < text.index("（此件公开发布）")
    )


def test_sealed_names_stand_two_a_row_in_the_word_file_too():
    names = ("中共云岭镇委员会", "云岭镇人民政府", "云岭镇人大主席团")
    document = full_document(2, office=names[0], joint=names[1:], sealed=True, **BARE)
    rows = [one for one in opened(document).paragraphs if one.style.name == "发文机关署名"]
    assert [one.text.split("\t")[1:] for one in rows] == [list(names[:2]), [names[2]]]
    stops = [[round(stop.position.pt, 1) for stop in one.paragraph_format.tab_stops] for one in rows]
    assert stops[0][1] == stops[1][0]
    assert abs(sum(stops[0]) - 156 / 25.4 * 72) < 0.2


def test_addressees_that_move_to_the_printed_imprint_move_in_the_word_file_too():
    towns = "、".join(f"{one}{other}镇人民政府" for one in "云青白红石金" for other in "岭山水桥溪湖河")
    document = full_document(
        2, addressee=towns, attachments=(), head=Head("某某县人民政府文件", "某政〔2025〕3号")
    )
    text = word_text(opened(document, replace(SHIPPED, red_head=True)))
    assert text.index("夯实基层治理根基") < text.index("主送：云岭镇人民政府") < text.index("抄送：")


def test_a_last_line_that_is_full_is_kept_from_running_over():
    text = "认真落实各项任务，按月通报进度，逐项销号（责任部门：卫健办；完成时限：2022年12月31日，逾期不再受理）。"
    for length in range(30, len(text)):
        document = full_document(blocks=(Paragraph((Run(text[:length] + "。"),)),), **BARE)
        line = next(one for one in opened(document).paragraphs if one.style.name == "Body Text")
        last = line.runs[-1]
        own = last._r.rPr.find(qn("w:spacing"))
        closer = int(own.get(qn("w:val"))) if own is not None else layout_of(SHIPPED).closer
        latin = sum(char.isascii() for char in last.text)
        wide = (len(last.text) - latin) * 320 + latin * 160 + closer * len(last.text)
        assert wide <= 156 / 25.4 * 1440, last.text
        assert closer <= layout_of(SHIPPED).closer


NAMES = ("某某镇人民政府", "中共某某镇委员会", "某某镇人大主席团")
HEADS = {
    "alone": Head("某某镇人民政府文件", "某政发〔2025〕3号"),
    "signed": Head("某某镇人民政府文件", "某政发〔2025〕3号", "张三丰", "秘密★1年"),
    "together": Head("文件", "某政发〔2025〕3号", "张三丰、李四光、王五一", joint=NAMES),
}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_under_a_red_head_the_first_page_ends_in_another_program_as_printed(tmp_path: Path, head: Head):
    document, page = full_document(3, head=head, **BARE), replace(SHIPPED, red_head=True)
    path = tmp_path / "a.docx"
    path.write_bytes(word_bytes(document, page))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    seconds = []
    for data in (pdf(document, page), (tmp_path / "a.pdf").read_bytes()):
        with pdfplumber.open(BytesIO(data)) as paper:
            seconds.append(squeezed("".join(char["text"] for char in paper.pages[1].chars))[:20])
    assert seconds[0] == seconds[1]


def test_the_red_rule_is_as_long_as_the_lines_and_turned_over_copies_stand_under_the_first_name():
    copies = Imprint("，".join(f"某某镇{name}办公室" for name in NAMES), NAMES[0], "2025年12月31日")
    document = full_document(2, attachments=(), head=HEADS["signed"], imprint=copies)
    file = opened(document, replace(SHIPPED, red_head=True))
    number = next(one for one in file.paragraphs if one.style.name == "发文字号")
    edge = number._p.pPr.find(qn("w:ind"))
    assert (edge.get(qn("w:left")), int(edge.get(qn("w:firstLine"))) > 300) == ("0", True)
    listed = next(one for one in file.element.body.iter(qn("w:p")) if "抄送：" in "".join(one.itertext()))
    assert listed.pPr.find(qn("w:ind")).get(qn("w:hanging")) == "840"


def beside_blank_page():
    """A document whose text fills an even page, so that a blank one comes before its imprint."""
    text = "坚持党建引领，走访群众，" * 9 + "整改到位。"
    return full_document(3, attachments=(), blocks=tuple(Paragraph((Run(text),)) for _ in range(9)))


IMPRINTS = {
    "under the text": full_document(3, attachments=()),
    "on the page behind": full_document(2, attachments=()),
    "behind a blank page": beside_blank_page(),
}


def test_the_imprint_is_a_frame_at_the_foot_of_the_page():
    for where, document in IMPRINTS.items():
        counts = [len(laid_out(replace(document, imprint=None))), len(laid_out(document))]
        assert counts == {"u": [4, 4], "o": [3, 4], "b": [2, 4]}["b" if "blank" in where else where[0]], where
        lines = [one for one in opened(document).paragraphs if one._p.pPr.find(qn("w:framePr")) is not None]
        told = [one.text for one in lines if one.text]
        assert [text[:2] for text in told] == ["抄送", "中共"], where
        shaded = [one for one in lines if one._p.pPr.find(qn("w:shd")) is not None]
        assert [round(one.paragraph_format.line_spacing.mm, 2) for one in shaded] == [0.35, 0.25, 0.35], where
    long = replace(
        IMPRINTS["under the text"], imprint=Imprint("，".join(NAMES * 60), "某某镇", "2025年12月31日")
    )
    assert opened(long).element.body.find(f".//{qn('w:framePr')}") is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
def test_the_imprint_stands_in_another_program_where_it_is_printed(tmp_path: Path):
    paths = []
    for where, document in IMPRINTS.items():
        paths.append(tmp_path / f"{where}.docx")
        paths[-1].write_bytes(word_bytes(document, SHIPPED))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    # Told nothing, LibreOffice leaves blank pages out of a PDF, though it has them.
    kind = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(tmp_path),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for where, document in IMPRINTS.items():
        found = [last_lines(pdf(document)), last_lines((tmp_path / f"{where}.pdf").read_bytes())]
        assert found[0][0] == found[1][0], where
        for ours, theirs in zip(found[0][1], found[1][1], strict=True):
            assert theirs == pytest.approx(ours, abs=0.5), where


def last_lines(data: bytes) -> tuple[int, list[tuple[float, float]]]:
    """How many pages there are, and where the last page's lines from 抄送 on begin, in mm from its upper left corner."""
    with pdfplumber.open(BytesIO(data)) as paper:
        rows: dict[int, list] = {}
        for char in paper.pages[-1].chars:
            if char["size"] < 15 and char["text"].strip():
                rows.setdefault(round(char["matrix"][5]), []).append(char)
        lines = [row for _, row in sorted(rows.items(), reverse=True) if row[0]["text"] != "—"]
        begun = next(number for number, row in enumerate(lines) if row[0]["text"] == "抄")
        height = float(paper.pages[-1].height)
        places = [(row[0]["x0"], height - row[0]["matrix"][5]) for row in lines[begun:]]
        return len(paper.pages), [(x / 72 * 25.4, y / 72 * 25.4) for x, y in places]
