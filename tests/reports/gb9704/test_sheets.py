"""What is printed besides the yearly document: tables in the text, what leads to them, the signature under them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from tests.reports.gb9704.documents import CHART, SENTENCE, SHIPPED, drawn, full_document, laid_out, pdf
from tests.reports.gb9704.test_page_measures import rows, text_of
from tests.reports.inspect.test_faults import failing, said, texts
from zhengui.reports.document import Block, Cell, Document, Heading, Level, Paragraph, Run, Table
from zhengui.reports.gb9704.columns import heading_lines
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.grid import MM
from zhengui.reports.gb9704.items import FaceRole, LaidPage, Text
from zhengui.reports.gb9704.tables import TableLayout
from zhengui.reports.inspect import inspect_pdf

MATTER = "上河村木材加工点除尘设备停用，木屑堆积，配电箱敞开"
LEAD = Paragraph((Run("不合格的已退回重新整改，名单如下。"),))


def listed(count: int) -> Table:
    cells = [
        (Cell(str(number), "centre"), Cell(MATTER), Cell("上河村"), Cell("2021-12-31"))
        for number in range(1, count + 1)
    ]
    return Table(("序号", "事项", "村（居）", "整改期限"), tuple(cells), (1, 8, 3, 4))


def sheet(*blocks: Block) -> Document:
    return full_document(0, blocks=blocks, attachments=(), imprint=None, addressee="应急所")


def pages_of(document: Document) -> list[list[str]]:
    with pdfplumber.open(BytesIO(pdf(document))) as opened:
        return [[text_of(chars) for y, chars in rows(page).items() if y < 263] for page in opened.pages]


def test_a_mark_with_its_rate_stays_on_one_line_and_a_heading_between_its_words() -> None:
    titles = ("问题厕所销号率", "每百人清理生活垃圾", "每百户改造户厕", "每百户秸秆焚烧火点")
    numbers = ("40(100)", "38.81(85.86)", "9.92(2.48)", "10(0)")
    cells = (Cell("1", "centre"), Cell("云岭社区"), *(Cell(one, "right") for one in numbers))
    rest = (Cell("-0.5", "right"), Cell("68.22", "right"), Cell("↑18", "centre"))
    header = ("名次", "村（居）", *titles, "加减分", "总分", "比上月")
    layout = TableLayout(Table(header, ((*cells, *rest),), (1.0,) * 9), 442.2, faces())
    assert [len(lines) for lines in layout.rows[0].cells] == [1] * 9
    measure = faces().measure(12.0, 12.0, FaceRole.HEI)
    assert heading_lines(titles[1], measure, 62.0) == ["每百人清理", "生活垃圾"]
    assert heading_lines("GDP增速同比情况", measure, 62.0) == ["GDP增速", "同比情况"]
    assert heading_lines("工业总产值（万元）", measure, 62.0) == ["工业总产值", "（万元）"]


def test_the_column_of_long_texts_gets_what_the_others_leave() -> None:
    told = Cell("；".join([MATTER] * 4))
    table = Table(
        ("单位", "逾期件数", "最长天数", "事项"),
        ((Cell("应急所"), Cell("15", "right"), Cell("124", "right"), told),),
        (1.0,) * 4,
    )
    layout = TableLayout(table, 442.2, faces())
    assert layout.columns[3] > 0.6 * 442.2


def test_a_column_to_be_filled_in_by_hand_has_room() -> None:
    table = Table(("序号", "农户", "走访情况"), ((Cell("1"), Cell("张某某"), Cell("")),), (1.0,) * 3)
    layout = TableLayout(table, 442.2, faces())
    assert layout.columns[2] > 8 * layout.size


@pytest.mark.parametrize("count", range(1, 24))
def test_a_signature_never_stands_without_rows_of_the_table_above_it(count: int) -> None:
    document = sheet(Paragraph((Run(SENTENCE),)), listed(count))
    assert failing(pdf(document)) == set()
    *_, last = pages_of(document)
    assert sum("2021-12-31" in line for line in last) >= min(count, 2)


def test_the_hundredth_heading_is_one_and_what_moves_on_with_its_table_leaves_rows_free() -> None:
    text = Paragraph((Run(SENTENCE * 11),))
    headings = (Heading(Level.FIRST, f"一百{one}、", (Run("在外人员登记"),)) for one in ("", "零一"))
    document = sheet(*(each for heading in headings for each in (heading, text, LEAD, listed(9))))
    assert failing(pdf(document)) == set()


@pytest.mark.parametrize("lines", range(8, 15))
def test_what_leads_to_a_table_goes_with_it_and_its_heading_too(lines: int) -> None:
    text = Paragraph((Run("严格对照考核细则逐项落实到村到户到人" * 2),))
    heading = Heading(Level.FIRST, "一、", (Run("抽查情况"),))
    for page in pages_of(sheet(*(text,) * (lines // 2), heading, LEAD, listed(9))):
        led = [at for at, line in enumerate(page) if "名单如下" in line]
        assert all("序号事项" in "".join(page[at + 1 :]) for at in led)
        assert bool(led) == any("抽查情况" in line for line in page)


def test_what_opens_a_document_stays_under_its_title() -> None:
    tall = Table(("事项",), ((Cell(MATTER * 16),),), (1.0,))
    first, *_ = pages_of(sheet(LEAD, tall))
    assert any("名单如下" in line for line in first)


@pytest.mark.parametrize("length", range(120, 400, 14))
def test_no_single_line_goes_over_with_the_signature(length: int) -> None:
    text = Paragraph((Run(("严格对照考核细则逐项落实到村到户到人" * 40)[:length] + "。"),))
    assert failing(pdf(sheet(LEAD, listed(4), CHART, text), SHIPPED)) == set()


def test_a_single_line_over_the_signature_is_a_fault_and_a_table_is_none() -> None:
    pages = laid_out(sheet(Paragraph((Run(SENTENCE * 2),)), listed(30)))
    assert "署名页有正文" not in failing(drawn(pages))
    pages[-1].items = [item for item in pages[-1].items if isinstance(item, Text) and item.size > 13]
    assert "署名页有正文" in failing(drawn(pages))
    line = next(item for item in pages[0].items if isinstance(item, Text) and item.size == 16.0)
    pages[-1].items.insert(0, replace(line, y=120.0))
    found = next(one for one in inspect_pdf(drawn(pages)) if one.name == "署名页有正文")
    assert "只有一行正文" in found.measured


def planted(count: int) -> list[LaidPage]:
    """A page with a row left free, as what leads to a table moved on with it."""
    text = Paragraph((Run("严格对照考核细则逐项落实到村到户到人" * 2),))
    return laid_out(sheet(*(text,) * 8, LEAD, listed(count)))


def page_of(pages: list[LaidPage], words: str) -> LaidPage:
    return next(page for page in pages if any(words in said(item) for item in texts(page)))


def test_rows_left_free_before_what_leads_to_no_table_are_a_fault() -> None:
    pages = planted(60)
    assert "每页22行" not in failing(drawn(pages))
    led = page_of(pages, "名单如下")
    assert pages.index(led) > 0
    led.items = [item for item in texts(led) if item.size > 13]
    assert "每页22行" in failing(drawn(pages))


def test_rows_left_free_before_many_lines_over_a_table_are_a_fault() -> None:
    pages = planted(60)
    led = page_of(pages, "名单如下")
    lead = next(item for item in texts(led) if "名单如下" in said(item))
    led.items = [item for item in texts(led) if item is lead or item.y > lead.y + 3 * 29.61]
    for number in (1, 2):
        led.items.append(replace(lead, x=28 * MM, y=lead.y + number * 29.61))
    assert "每页22行" in failing(drawn(pages))


def test_a_table_under_the_signature_is_no_text_over_it() -> None:
    pages = laid_out(sheet(Paragraph((Run(SENTENCE * 2),)), listed(30)))
    last = pages[-1]
    date = next(item for item in texts(last) if said(item).startswith("2025年12月31日"))
    small = [item for item in texts(last) if item.size < 13]
    last.items = [item for item in texts(last) if item.size > 13]
    for number, item in enumerate(small[:4]):
        last.items.append(replace(item, y=date.y + (number + 2) * 29.61))
    assert "署名页有正文" in failing(drawn(pages))
