from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pypdfium2 as pdfium
import pytest

from tests.reports.gb9704.documents import HANZI, SENTENCE, SHIPPED, full_document, laid_out, pdf
from tests.reports.gb9704.test_page_measures import rows, text_of
from zhengui.reports.document import Document, Head, Heading, Imprint, Level, Paragraph, Run
from zhengui.reports.gb9704 import render
from zhengui.reports.gb9704.items import Text
from zhengui.reports.inspect import inspect_pdf
from zhengui.reports.page_settings import MEETING
from zhengui.work import Cancelled

MM = 72 / 25.4
HEAD = Head("中共某某镇委员会文件", "某镇委〔2025〕12号", "张某某", "机密★1年", "特急", "000001")


def first_page(document: Document, settings) -> dict[float, str]:
    with pdfplumber.open(BytesIO(pdf(document, settings))) as opened:
        return {y: text_of(chars) for y, chars in rows(opened.pages[0]).items()}


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(found.name, found.measured) for found in inspect_pdf(data) if not found.ok]


def test_a_red_head_carries_its_marks_number_and_signer():
    document = full_document(3, head=HEAD)
    data = pdf(document, replace(SHIPPED, red_head=True))
    lines = first_page(document, replace(SHIPPED, red_head=True))
    assert list(lines.values())[:5] == [
        "000001",
        "机密★1年",
        "特急",
        "中共某某镇委员会文件",
        "某镇委〔2025〕12号签发人：张某某",
    ]
    with pdfplumber.open(BytesIO(data)) as opened:
        page = opened.pages[0]
        mark = [char for char in page.chars if char["size"] > 40]
        assert mark[0]["non_stroking_color"][0] > 0.8
        rule = max(page.lines, key=lambda line: line["linewidth"])
        assert (rule["x1"] - rule["x0"]) / MM == pytest.approx(156, abs=0.1)
        title = min(y for y, text in lines.items() if "关于" in text)
        assert title > rule["top"] / MM + 2 * 10
    assert faults(data) == []


def test_without_the_setting_the_head_is_not_printed():
    assert "某镇委〔2025〕12号" not in "".join(first_page(full_document(1, head=HEAD), SHIPPED).values())


def test_a_number_without_a_signer_is_centred():
    document = full_document(1, head=Head("某某镇人民政府文件", "某政〔2025〕3号"))
    with pdfplumber.open(BytesIO(pdf(document, replace(SHIPPED, red_head=True)))) as opened:
        chars = next(chars for chars in rows(opened.pages[0]).values() if "某政" in text_of(chars))
    assert (chars[0]["x0"] + chars[-1]["x1"]) / 2 / MM == pytest.approx(106, abs=0.5)


def test_the_meeting_version_has_larger_type_on_a_wider_grid():
    with pdfplumber.open(BytesIO(pdf(full_document(3), replace(MEETING, system_faces=False)))) as opened:
        body = [chars for y, chars in rows(opened.pages[1]).items() if y < 263]
    assert {round(char["size"]) for chars in body for char in chars} == {20}
    assert len(body) <= 17
    assert max(chars[-1]["x1"] for chars in body) / MM == pytest.approx(184, abs=0.3)


def test_level_three_is_bold_only_when_asked():
    document = full_document(1)
    plain = [item for page in laid_out(document) for item in page.items if isinstance(item, Text)]
    assert not any(piece.bold for text in plain for piece in text.pieces)
    data = pdf(document, replace(SHIPPED, bold_third=True))
    assert b"2 Tr" in b"".join(page_code(data))


def page_code(data: bytes) -> list[bytes]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(BytesIO(data)))
    return [
        part.resolve().get_data() if hasattr(part, "resolve") else part.get_data()
        for page in PDFPage.create_pages(document)
        for part in page.contents
    ]


def test_cover_and_contents_come_first_and_number_nothing():
    settings = replace(SHIPPED, cover=True, contents=True)
    data = pdf(full_document(3), settings)
    with pdfplumber.open(BytesIO(data)) as opened:
        pages = [[text_of(chars) for chars in rows(page).values()] for page in opened.pages]
    assert pages[0][-2:] == ["中共某某镇委员会", "2025年12月31日"]
    assert pages[1][0] == "目　录"
    first = next(line for line in pages[1] if line.startswith("一、"))
    assert first.endswith("1")
    assert "...." in first
    assert pages[2][-1].replace(" ", "") == "—1—"
    assert faults(data) == []


def test_a_draft_says_so_across_each_page_without_joining_its_text():
    data = pdf(full_document(1), replace(SHIPPED, watermark="征求意见稿"))
    with pdfplumber.open(BytesIO(data)) as opened:
        for page in opened.pages[:2]:
            pale = [char for char in page.chars if char["non_stroking_color"][0] > 0.8]
            assert sorted(char["text"] for char in pale) == sorted("征求意见稿")
    assert b"/Artifact BMC" in page_code(data)[0]
    assert faults(data) == []


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 6])
def test_the_imprint_is_on_the_last_even_page(pages):
    data = pdf(full_document(pages, attachments=()))
    with pdfplumber.open(BytesIO(data)) as opened:
        assert len(opened.pages) % 2 == 0
        last = opened.pages[-1]
        assert max(line["bottom"] for line in last.lines) / MM == pytest.approx(262, abs=0.3)
    assert faults(data) == []


def test_an_imprint_may_have_no_copies():
    data = pdf(full_document(1, attachments=(), imprint=Imprint("", "某某镇党政办公室", "2025年1月2日印发")))
    assert faults(data) == []


def test_the_same_document_gives_the_same_bytes():
    assert pdf(full_document(2)) == pdf(full_document(2))


def test_the_file_says_what_it_is_and_has_an_outline():
    opened = pdfium.PdfDocument(pdf(full_document(1)))
    meta = opened.get_metadata_dict()
    assert meta["Title"] == "中共某某镇委员会关于2025年度全面从严治党主体责任落实情况的报告"
    assert meta["Author"] == "中共某某镇委员会"
    outline = [(item.level, item.get_title()) for item in opened.get_toc()]
    assert outline[:4] == [
        (0, "一、夯实基层治理根基"),
        (1, "（一）落实主体责任"),
        (2, "1.抓好学习"),
        (3, "（1）抓好考核"),
    ]
    assert (0, "附件1　事项明细表") in outline
    assert b"/Lang (zh-CN)" in pdf(full_document(1))
    assert b"Helvetica" not in pdf(full_document(1))


def test_an_outline_that_skips_a_level_is_still_drawn():
    blocks = (Heading(Level.THIRD, "1.", (Run("抓好学习"),)), Paragraph((Run("严格落实。"),)))
    opened = pdfium.PdfDocument(pdf(full_document(0, blocks=blocks, attachments=())))
    assert [(item.level, item.get_title()) for item in opened.get_toc()] == [(0, "1.抓好学习")]


def test_a_render_can_be_stopped_and_then_writes_nothing(tmp_path):
    target = tmp_path / "报告.pdf"
    seen = []

    def progress(page: int, pages: int, _what: str = "", /) -> None:
        seen.append((page, pages))
        if page:
            raise Cancelled

    with pytest.raises(Cancelled):
        render(full_document(4), target, SHIPPED, progress)
    assert not target.exists()
    assert [page for page, _ in seen] == [0, 1]
    render(full_document(1), str(target), SHIPPED)
    assert target.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["报告.pdf"]


def test_the_attachment_note_aligns_its_turn_over_lines():
    from zhengui.reports.document import Attachment

    attachments = (Attachment("某某镇" * 14, ()), Attachment("明细表", ()))
    data = pdf(full_document(1, attachments=attachments))
    with pdfplumber.open(BytesIO(data)) as opened:
        lines = [chars for page in opened.pages[:2] for chars in rows(page).values()]
    index = next(index for index, chars in enumerate(lines) if text_of(chars).startswith("附件："))
    cell = 156 / 28
    assert lines[index][0]["x0"] / MM == pytest.approx(28 + 2 * cell, abs=0.1)
    assert lines[index + 1][0]["x0"] == pytest.approx(lines[index][5]["x0"], abs=0.5)
    assert faults(data) == []


def test_forty_pages_cost_little_more_than_bare_lines():
    """Forty pages against bare `drawString` of the same broken lines, in functions called: no clock has a say in it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from zhengui.paths import resource

    words = "".join(HANZI[(number * 37) % len(HANZI)] for number in range(240))
    blocks = tuple(Paragraph((Run(words[number % 200 :] + SENTENCE * 6),)) for number in range(75))
    document = full_document(0, blocks=blocks, attachments=(), imprint=None)
    pages = laid_out(document)
    assert len(pages) >= 40
    pdfmetrics.registerFont(TTFont("bare", str(resource("fonts/fang.ttf"))))
    lines = [
        [
            (item.x, 841.89 - item.y, "".join(piece.text for piece in item.pieces))
            for item in page.items
            if isinstance(item, Text)
        ]
        for page in pages
    ]

    def bare() -> None:
        canvas = Canvas(BytesIO(), pageCompression=1, invariant=1)
        for page in lines:
            canvas.setFont("bare", 16)
            for x, y, text in page:
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()

    pdf(document)  # what is kept from one document to the next is there
    assert steps(lambda: pdf(document)) <= 0.4 * steps(bare)


def steps(work) -> int:
    """How many functions some work calls: a measure of its cost that no other work on the machine changes."""
    counted = 0

    def count(_frame, event, _argument) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def test_evidence_tables_grow_linearly():
    from tests.reports.gb9704.documents import table
    from zhengui.reports.document import Attachment

    def cost(rows: int) -> int:
        document = full_document(0, attachments=(Attachment("佐证", (table(rows),)),), imprint=None)
        return steps(lambda: pdf(document))

    cost(100)  # the faces are read once
    few, many, most = cost(400), cost(800), cost(1600)
    assert most - many <= 2.1 * (many - few)


TOWNS = "、".join(f"{one}{other}镇人民政府" for one in "云青白红石金" for other in "岭山水桥溪湖河")


def page_texts(data: bytes) -> list[list[str]]:
    with pdfplumber.open(BytesIO(data)) as opened:
        return [[text_of(chars) for chars in rows(page).values()] for page in opened.pages]


def test_addressees_that_leave_no_room_for_text_move_to_the_imprint():
    settings = replace(SHIPPED, red_head=True)
    data = pdf(full_document(2, addressee=TOWNS, head=HEAD, attachments=()), settings)
    pages = page_texts(data)
    assert not any("云岭镇人民政府" in line for line in pages[0])
    assert any(line.startswith("一、") for line in pages[0])
    listed = [line for line in pages[-1] if "镇人民政府" in line]
    assert listed[0].startswith("主送：云岭镇人民政府")
    assert any(line.startswith("抄送：") for line in pages[-1])
    assert faults(data) == []


def test_few_addressees_stay_where_the_standard_puts_them():
    lines = page_texts(pdf(full_document(2, addressee="县委、县政府")))[0]
    assert "县委、县政府：" in lines


def test_an_imprint_without_copies_is_made_for_addressees_that_moved():
    data = pdf(full_document(2, addressee=TOWNS * 3, imprint=None, attachments=()))
    assert any(line.startswith("主送：") for page in page_texts(data) for line in page)
    assert faults(data) == []


def test_an_imprint_longer_than_a_page_goes_on_and_ends_on_the_last_even_page():
    long = Imprint(TOWNS * 8, "某某县党政办公室" * 5, "2025年12月31日")
    data = pdf(full_document(1, attachments=(), imprint=long))
    pages = page_texts(data)
    assert len(pages) % 2 == 0
    assert "".join("".join(page[:-1]) for page in pages).count("云岭镇人民政府") == 8
    assert faults(data) == []


JOINT = ("中共云岭镇委员会", "云岭镇人民政府", "云岭镇人大主席团")


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("count", [2, 3])
def test_offices_that_issue_together_stack_their_names_and_sign_in_order(count, sealed):
    head = Head("文件", "云发〔2025〕3号", "张三丰、李四光、王五", "机密★1年", "", "", JOINT[:count])
    document = full_document(
        2, attachments=(), head=head, office=JOINT[0], joint=JOINT[1:count], sealed=sealed
    )
    data = pdf(document, replace(SHIPPED, red_head=True))
    with pdfplumber.open(BytesIO(data)) as opened:
        red = [char for char in opened.pages[0].chars if char["non_stroking_color"][0] > 0.8]
        secrecy = next(char for char in opened.pages[0].chars if char["text"] == "机")
    assert secrecy["matrix"][5] == pytest.approx(841.89 - (37 * MM + 29.61 + 0.88 * 16), abs=0.2)
    stacked = [char for char in red if char["text"] not in "文件"]
    beside = [char for char in red if char["text"] in "文件"]
    assert len({round(char["matrix"][5]) for char in stacked}) == count
    assert min(char["x0"] for char in beside) > max(char["x1"] for char in stacked)
    tops = [char["top"] for char in stacked], [char["bottom"] for char in stacked]
    middle = sum(char["top"] + char["bottom"] for char in beside) / 2 / len(beside)
    assert middle == pytest.approx((min(tops[0]) + max(tops[1])) / 2, abs=3)
    assert faults(data) == []


def test_several_signers_stand_two_a_row_and_clear_of_the_number():
    head = Head("某某镇人民政府文件", "某政〔2025〕123号", "张三丰、李四光、王五、赵六合、孙七星")
    lines = page_texts(pdf(full_document(2, head=head), replace(SHIPPED, red_head=True)))[0]
    at = next(index for index, line in enumerate(lines) if "签发人" in line)
    assert lines[at : at + 3] == ["签发人：张三丰李四光", "王五赵六合", "某政〔2025〕123号孙七星"]


def test_a_remark_stands_in_brackets_two_cells_in_under_the_date():
    data = pdf(full_document(2, attachments=(), imprint=None, remark="此件公开发布"))
    with pdfplumber.open(BytesIO(data)) as opened:
        lines = list(rows(opened.pages[-1]).values())
    at = next(index for index, chars in enumerate(lines) if text_of(chars) == "（此件公开发布）")
    assert text_of(lines[at - 1]) == "2025年12月31日"
    assert lines[at][0]["x0"] / MM == pytest.approx(28 + 2 * 156 / 28, abs=0.2)
    assert faults(data) == []


LONG_OFFICE = "中共某某县委农村工作领导小组办公室乡村振兴和人居环境整治工作专班联合指挥部"


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("page", [SHIPPED, replace(MEETING, system_faces=False)])
def test_an_office_of_a_long_name_is_broken_and_leaves_its_date_in_the_type_area(page, sealed):
    data = pdf(full_document(1, attachments=(), imprint=None, office=LONG_OFFICE, sealed=sealed), page)
    with pdfplumber.open(BytesIO(data)) as opened:
        chars = [char for char in opened.pages[-1].chars if char["size"] > 15]
    assert min(char["x0"] for char in chars) / MM >= 27.7
    assert max(char["x1"] for char in chars) / MM <= 184.3
    assert LONG_OFFICE in "".join(char["text"] for char in chars)
    assert faults(data) == []


@pytest.mark.parametrize("page", [{"cover": True}, {"contents": True}, {"cover": True, "contents": True}])
def test_page_1_is_a_front_side_and_readers_are_told_its_number(page):
    data = pdf(full_document(2), replace(SHIPPED, **page))
    opened = pdfium.PdfDocument(data)
    assert opened.get_page_label(2) == "1"
    assert opened.get_page_label(3) == "2"
    assert "—1—" in page_texts(data)[2][-1].replace(" ", "")
    assert faults(data) == []


@pytest.mark.parametrize("notes", [0, 1, 4])
@pytest.mark.parametrize("lines", [61, 66, 70, 75, 78, 83, 87])
def test_the_signature_stands_under_text_and_the_page_before_is_full(lines, notes):
    from zhengui.reports.document import Attachment

    body = [Paragraph((Run("严" * (26 + 28 * 5)),)) for _ in range(lines // 6)]
    body.append(Paragraph((Run("实" * (29 + 28 * (lines % 6))),)))
    names = tuple(Attachment(f"某某镇事项明细表{number}", ()) for number in range(notes))
    data = pdf(full_document(0, blocks=tuple(body), attachments=names, imprint=None))
    assert faults(data) == []
    with pdfplumber.open(BytesIO(data)) as opened:
        pages = [list(rows(page).items()) for page in opened.pages]
    signed = next(
        index for index, page in enumerate(pages) if any(text_of(c) == "2025年12月31日" for _, c in page)
    )
    assert pages[signed - 1][-2][0] == pytest.approx(262 - 0.12 * 16 / MM, abs=0.3)


def test_the_meeting_version_keeps_every_rule_of_its_own_grid():
    data = pdf(full_document(4), replace(MEETING, system_faces=False, cover=True))
    found = {one.name: one for one in inspect_pdf(data)}
    assert [one.name for one in found.values() if not one.ok] == []
    assert found["正文字号"].measured == "20 磅"
    assert "每行22字" in found
    assert "每页17行" in found
