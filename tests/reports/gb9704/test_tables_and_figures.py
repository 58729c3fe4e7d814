from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest
from PIL import Image

from tests.reports.gb9704.documents import CHART, SHIPPED, full_document, laid_out, pdf, table
from tests.reports.gb9704.test_page_measures import rows, text_of
from zhengui.reports.document import Attachment, Cell, Chart, Picture, Pictures, Series, Table
from zhengui.reports.gb9704 import render
from zhengui.reports.gb9704.charts import height_of, items_of, parts
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.items import RuledLine, Text
from zhengui.reports.gb9704.pictures import prepare
from zhengui.reports.gb9704.tables import TableLayout

MM = 72 / 25.4


def with_blocks(*blocks: object) -> bytes:
    document = full_document(1, attachments=(Attachment("附件的内容", blocks),), imprint=None)  # type: ignore[arg-type]
    return pdf(document)


def attachment_pages(data: bytes) -> list[list[str]]:
    """The lines of each page from the attachment on, without page numbers."""
    with pdfplumber.open(BytesIO(data)) as opened:
        found = [[text_of(chars) for y, chars in rows(page).items() if y < 263] for page in opened.pages]
    start = next(index for index, lines in enumerate(found) if lines[0].startswith("附件"))
    return found[start:]


def test_the_header_is_repeated_and_no_row_is_lost():
    pages = attachment_pages(with_blocks(table(500)))
    assert all("列0列1列2列3" in lines[:3] for lines in pages)
    body = "".join(line for lines in pages for line in lines)
    assert all(f"示范{row}村第三组水渠硬化工程" in body for row in range(500))


def test_a_table_stays_inside_the_type_area_on_every_page():
    with pdfplumber.open(BytesIO(with_blocks(table(120)))) as opened:
        for page in opened.pages[-3:]:
            assert page.lines
            assert min(line["x0"] for line in page.lines) / MM == pytest.approx(28, abs=0.3)
            assert max(line["x1"] for line in page.lines) / MM == pytest.approx(184, abs=0.3)
            assert max(line["bottom"] for line in page.lines) / MM <= 262.4


def test_numbers_are_aligned_at_the_right():
    with pdfplumber.open(BytesIO(with_blocks(table(12)))) as opened:
        page = opened.pages[-1]
        ends = {
            round(max(char["x1"] for char in chars), 1)
            for chars in rows(page).values()
            if text_of(chars).startswith("示范")
        }
    assert len(ends) == 1


def test_a_number_wider_than_its_share_gets_a_wider_column():
    narrow = Table(("名称", "数"), ((Cell("某某村"), Cell("123456789012.34", "right")),), (50.0, 1.0))
    layout = TableLayout(narrow, 400.0, faces())
    assert layout.rows[0].cells[1] == ["123456789012.34"]
    assert sum(layout.columns) == pytest.approx(400)


def test_many_wide_columns_get_smaller_type():
    wide = table(3, 14)
    assert TableLayout(wide, 442.0, faces()).size < TableLayout(table(3), 442.0, faces()).size


def test_a_cell_longer_than_a_page_is_carried_over():
    long = Table(("事项",), ((Cell("严格整改" * 900),),), (1.0,))
    pages = attachment_pages(with_blocks(long))
    assert len(pages) > 1
    assert "".join(line for lines in pages for line in lines).count("严格") >= 890


def test_totals_close_the_table_in_the_heading_face():
    summed = Table(
        ("村", "户"), ((Cell("甲村"), Cell("3", "right")),), (1.0, 1.0), (Cell("合计"), Cell("3", "right"))
    )
    assert attachment_pages(with_blocks(summed))[-1][-1] == "合计3"


def test_an_empty_table_prints_its_header():
    assert attachment_pages(with_blocks(Table(("村", "户"), (), (1.0, 1.0))))[0][-1] == "村户"


def test_a_landscape_table_turns_and_its_number_stays():
    with pdfplumber.open(BytesIO(with_blocks(table(40, 6, True)))) as opened:
        page = next(page for page in opened.pages if any(not char["upright"] for char in page.chars))
        turned = [char for char in page.chars if not char["upright"]]
        assert all(char["matrix"][1] > 0 for char in turned)
        label = next(char for char in turned if char["text"] == "附")
        assert label["x0"] / MM < 40
        assert "".join(char["text"] for char in page.chars if char["upright"]).startswith("—")


def photo(width: int, height: int, turned: int = 1) -> bytes:
    picture = Image.new("RGB", (width, height), "gray")
    buffer = BytesIO()
    exif = picture.getexif()
    exif[0x0112] = turned
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_photos_stand_two_a_row_with_their_captions_and_never_leave_the_page():
    pictures = Pictures(tuple(Picture(photo(1600, 1200), f"整改第{number}处") for number in range(5)))
    with pdfplumber.open(BytesIO(with_blocks(pictures))) as opened:
        images = [
            (page.page_number, round(image["top"]), image["x0"] / MM, image["x1"] / MM, image["bottom"] / MM)
            for page in opened.pages
            for image in page.images
        ]
        text = "".join(char["text"] for page in opened.pages for char in page.chars)
    assert len(images) == 5
    assert len({(page, top) for page, top, *_ in images}) == 3
    assert all(x0 >= 28 and x1 <= 184.1 and bottom <= 262 for _, _, x0, x1, bottom in images)
    assert all(f"整改第{number}处" in text for number in range(5))


def test_a_photo_taken_upright_is_printed_upright_and_no_larger_than_needed():
    ready = prepare(photo(3000, 2000, turned=6))
    assert ready is not None
    data, width, height = ready
    assert (width, height) == (600, 900)
    assert len(data) < 200_000


def test_a_file_that_is_no_photo_leaves_a_frame_that_says_so():
    pages = attachment_pages(with_blocks(Pictures((Picture(b"nothing", "整改后"),))))
    assert "照片打不开" in pages[0]


def test_a_trend_leaves_a_gap_for_what_is_unknown():
    text = attachment_pages(with_blocks(CHART))[0]
    assert "近三年学习次数（次）" in text
    assert "2022年2023年2024年" in text

    def slopes(*values: float | None) -> int:
        chart = Chart("trend", ("2021年", "2022年", "2023年"), (Series("次数", values),))
        return sum(
            isinstance(item, RuledLine) and item.y1 != item.y2 and item.x1 != item.x2
            for item in items_of(chart, 0.0, 0.0, 400.0, faces())
        )

    assert slopes(1.0, 2.0, 4.0) == 2
    assert slopes(1.0, None, 4.0) == 0


def test_compared_villages_name_what_is_unknown_and_go_on_to_the_next_page():
    villages = Chart(
        "compare",
        tuple(f"示范{number}村" for number in range(60)),
        (Series("户数", (None, *(float(number) for number in range(59)))),),
        "户",
        "各村比较",
    )
    pieces = parts(villages)
    assert [len(piece.categories) for piece in pieces] == [30, 30]
    assert {piece.span for piece in pieces} == {(0.0, 58.0)}
    text = "".join(line for lines in attachment_pages(with_blocks(villages)) for line in lines)
    assert "暂缺" in text
    assert all(f"示范{number}村" in text for number in range(60))


def test_a_chart_of_nothing_and_of_negative_values_is_drawn():
    empty = Chart("trend", (), (), "", "空")
    falling = Chart(
        "compare", ("甲村", "乙村"), (Series("增减", (-3.5, 2.0)), Series("上年", (1.0, 0.0))), "户", "增减"
    )
    text = "".join(line for lines in attachment_pages(with_blocks(empty, falling)) for line in lines)
    assert "-3.5" in text


def test_figures_in_text_tables_and_charts_can_be_found_again_on_the_page():
    buffer = BytesIO()
    rendered = render(full_document(1), buffer, SHIPPED)
    with pdfplumber.open(buffer) as opened:
        assert rendered.pages == len(opened.pages)
        for spot in rendered.spots:
            page = opened.pages[spot.page]
            inside = page.crop(
                (spot.x - 1, spot.y - 2, spot.x + spot.width + 1, spot.y + spot.height + 4), strict=False
            )
            if spot.source == "figure:talks":
                assert "1234" in (inside.extract_text() or "")
            if spot.source == "figure:trend":
                assert "2023" in (inside.extract_text() or "")
    assert {"figure:talks", "figure:trend", "figure:7"} <= {spot.source for spot in rendered.spots}
    landscape = [
        spot for spot in rendered.spots if spot.height > spot.width * 1.5 and spot.source == "figure:3"
    ]
    assert landscape


def heading_rows(*headings: str, width: float = 442.0) -> list[list[str]]:
    numbers = tuple(Cell("12", "right") for _ in headings)
    made = TableLayout(Table(headings, (numbers,), tuple(1.0 for _ in headings)), width, faces())
    assert made.header is not None
    return made.header.cells


def test_a_heading_is_broken_between_words_and_keeps_its_unit_whole():
    found = heading_rows(*["接种人次（人次）", "清理生活垃圾（吨）", "解决群众问题（条）"] * 4, width=637.0)
    assert found[0] == ["接种人次", "（人次）"] or found[0] == ["接种", "人次", "（人次）"]
    for lines in found:
        assert all(line.count("（") == line.count("）") for line in lines)
        assert all(len(line) % 2 == 0 for line in lines[:-1])


def test_a_column_is_as_wide_as_its_content_asks():
    rows = tuple(
        (Cell(f"{n}村"), Cell("云岭镇高标准农田建设项目第三标段"), Cell("1", "right")) for n in range(3)
    )
    made = TableLayout(Table(("村", "项目", "数"), rows, (1.0, 1.0, 1.0)), 442.0, faces())
    assert made.columns[1] > 3 * made.columns[0]
    assert sum(made.columns) == pytest.approx(442.0)
    assert all(len(row.cells[1]) == 1 for row in made.rows)


@pytest.mark.parametrize("rows", range(24, 36))
def test_the_total_never_stands_alone_on_a_page(rows):
    made = table(rows)
    with_total = Table(made.header, made.rows, made.widths, (Cell("合计"), Cell("9"), Cell("9"), Cell("9")))
    pages = attachment_pages(with_blocks(with_total))
    last = next(lines for lines in reversed(pages) if any("合计" in line for line in lines))
    assert sum("示范" in line for line in last) >= 1


def chart_texts(chart: Chart) -> list[Text]:
    return [item for item in items_of(chart, 0.0, 0.0, 442.0, faces()) if isinstance(item, Text)]


def ends(text: Text) -> tuple[float, float]:
    words = "".join(piece.text for piece in text.pieces)
    return text.x, text.x + faces().measure(text.size, text.cell, text.pieces[0].role).width(words)


@pytest.mark.parametrize("count", [1, 2, 5, 12, 20, 40])
def test_years_and_values_of_a_trend_stand_clear_of_each_other_and_fill_the_width(count):
    years = tuple(f"{1980 + year}年" for year in range(count))
    values = tuple(float(12345 + 37 * year) for year in range(count))
    texts = chart_texts(Chart("trend", years, (Series("次数", values),), "次", "历年"))
    for kind in (lambda words: words.endswith("年"), lambda words: words.startswith("12")):
        told = sorted(
            ends(text) for text in texts if kind(text.pieces[0].text) and len(text.pieces[0].text) == 5
        )
        assert all(before[1] <= after[0] for before, after in pairwise(told))
    shown = [text for text in texts if text.pieces[0].text in years]
    assert shown[-1].pieces[0].text == years[-1]
    if count > 1:
        assert max(ends(text)[1] for text in shown) > 425


def test_long_village_names_are_broken_and_stay_in_the_type_area():
    names = tuple(f"{'青山绿水金山银山' * 3}第{number}村" for number in range(20))
    chart = Chart("compare", names, (Series("户数", tuple(float(n) for n in range(20))),), "户", "比较")
    for part in parts(chart):
        assert height_of(part) <= 600
        assert min(ends(text)[0] for text in chart_texts(part)) >= -0.5
        assert max(ends(text)[1] for text in chart_texts(part)) <= 442.5


def test_three_trends_or_two_comparisons_share_a_page():
    trend = Chart("trend", ("2020年", "2021年"), (Series("次数", (1.0, 2.0)),), "次", "历年")
    villages = tuple(f"示范{number}村" for number in range(26))
    compared = Chart(
        "compare", villages, (Series("户数", tuple(float(n) for n in range(26))),), "户", "各村比较"
    )
    pages = attachment_pages(with_blocks(*[trend] * 5, *[compared] * 4))
    count = [sum("历年" in line or "各村比较" in line for line in lines) for lines in pages]
    assert [number for number in count if number] == [2, 3, 2, 2]


def test_a_date_a_goal_and_a_name_stay_on_one_line_where_there_is_room():
    task = "坚持人、物、环境同防，落实重点场所测温、扫码、戴口罩等措施，每月至少督查两次"
    row = tuple(map(Cell, ("1", task, "≥10000亩", "农业农村中心", "上官荣永", "12月31日")))
    made = Table(("序号", "任务", "目标", "责任部门", "牵头领导", "完成时限"), (row,) * 3, (1.0,) * 6)
    laid = TableLayout(made, 442.2, faces(False))
    assert laid.size == 12.0
    assert [len(cell) for cell in laid.rows[0].cells][2:] == [1, 1, 1, 1]


def test_tables_in_a_row_stand_equally_far_from_each_other():
    one = replace(table(3), caption="指标")
    document = full_document(0, attachments=(Attachment("统计表", (one,) * 5),), imprint=None)
    page = next(
        page for page in laid_out(document) if sum(isinstance(item, RuledLine) for item in page.items) > 20
    )
    captions = [item.y for item in page.items if isinstance(item, Text) and item.pieces[0].text == "指标"]
    apart = [after - before for before, after in pairwise(captions)]
    assert len(apart) == 4
    assert max(apart) - min(apart) < 0.01
