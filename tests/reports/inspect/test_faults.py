"""Each rule of the checker bites: a page with one planted fault fails that rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.reports.gb9704.documents import drawn, full_document, laid_out, pdf
from zhengui.reports.document import Attachment, Paragraph, Run
from zhengui.reports.gb9704.grid import MM
from zhengui.reports.gb9704.items import FaceRole, LaidPage, Piece, RuledLine, Text
from zhengui.reports.inspect import inspect_pdf

Pages = list[LaidPage]


def texts(page: LaidPage, starts: str = "") -> list[Text]:
    """The texts of a page that start with some words."""
    return [item for item in page.items if isinstance(item, Text) and said(item).startswith(starts)]


def said(text: Text) -> str:
    return "".join(piece.text for piece in text.pieces)


def find(pages: Pages, starts: str) -> Text:
    return next(text for page in pages for text in texts(page, starts))


def full_line(pages: Pages) -> Text:
    """A turn-over line of 28 characters, with another line of its paragraph under it."""
    return next(
        text
        for text, after in pairwise(texts(pages[1]))
        if len(said(text)) == 28 and said(text).isalpha() and after.x == text.x and len(said(after)) > 20
    )


def recast(text: Text, role: FaceRole) -> None:
    text.pieces = tuple(replace(piece, role=role) for piece in text.pieces)


def reword(text: Text, words: str) -> None:
    text.pieces = (replace(text.pieces[0], text=words),)


def bottom_line(page: LaidPage) -> Text:
    return max(texts(page), key=lambda text: text.y)


def move(text: Text, x: float = 0.0, y: float = 0.0) -> None:
    text.x += x * MM
    text.y += y * MM


def shift_down(pages: Pages) -> None:
    last = bottom_line(pages[1])
    move(last, y=6)


def hourglass(pages: Pages) -> None:
    first, second = texts(pages[0])[:2]
    third = replace(first, y=second.y + 29.61)
    center = (28 + 78) * MM
    reword(second, "从严治党")
    second.x = center - 44
    pages[0].items.insert(2, third)
    for text in texts(pages[0])[3:]:
        text.y += 29.61


def no_colon(pages: Pages) -> None:
    reword(find(pages, "县委"), "县委")


def heading_last(pages: Pages) -> None:
    last = bottom_line(pages[1])
    reword(last, "一、夯实基层治理根基")
    recast(last, FaceRole.HEI)
    last.x, last.gap = (28 + 2 * 156 / 28) * MM, 0.0
    first = min(texts(pages[2]), key=lambda text: text.y)
    first.x = last.x
    first.gap = 0.0


def drop_last_lines(pages: Pages) -> None:
    for _ in range(3):
        pages[1].items.remove(bottom_line(pages[1]))


def imprint_rules(pages: Pages) -> list[RuledLine]:
    return [item for item in pages[-1].items if isinstance(item, RuledLine)]


def thin_imprint(pages: Pages) -> None:
    rule = imprint_rules(pages)[-1]
    pages[-1].items[pages[-1].items.index(rule)] = replace(rule, thickness=0.2)


def odd_imprint(pages: Pages) -> None:
    pages.append(pages.pop(-2))


def empty_first(pages: Pages) -> None:
    pages[0].items = [item for item in texts(pages[0]) if item.y < find(pages, "县委").y + 1]


def lone_total(pages: Pages) -> None:
    """A page with nothing but a header and a total."""
    page = LaidPage()
    for y, words in ((722.0, "村（居）"), (700.0, "合计")):
        page.items.append(Text(40 * MM, 842 - y, (Piece(words, FaceRole.HEI),), 10.5, 10.5))
    pages.insert(-1, page)


def unsigned(pages: Pages) -> None:
    page = next(page for page in pages if texts(page, "2025年12月31日"))
    page.items = [item for item in texts(page) if item.y >= find([page], "附件：").y]


def cut_date(pages: Pages) -> None:
    line = full_line(pages)
    following = texts(pages[1])[texts(pages[1]).index(line) + 1]
    reword(line, "严" * 25 + "12月31")
    reword(following, "日" + said(following)[1:])


def recast_digits(text: Text) -> None:
    """Print the number of an attachment in the light Latin face, as if it were body text."""
    words = said(text)
    text.pieces = (Piece(words[:2], FaceRole.HEI), Piece(words[2:], FaceRole.FANG))


def short_end(pages: Pages) -> None:
    line = next(text for page in pages for text in texts(page) if said(text).endswith("到人。"))
    reword(line, "人。")


def turn_down(pages: Pages) -> None:
    """Turn the landscape table the other way by mirroring where its lines start."""
    page = next(page for page in pages if page.turned)
    page.turned = False
    page.items = [item for item in page.items if isinstance(item, Text)][:2]


def swap_numbers(pages: Pages) -> None:
    pages[1].upright, pages[3].upright = pages[3].upright, pages[1].upright


def folio(pages: Pages, page: int) -> Text:
    return next(item for item in pages[page].upright if isinstance(item, Text))


FAULTS: list[tuple[str, Callable[[Pages], object]]] = [
    ("版心", lambda pages: move(full_line(pages), x=-3)),
    ("没有空框", lambda pages: reword(full_line(pages), "严格对照〓细则")),
    ("标题字体字号", lambda pages: recast(texts(pages[0])[0], FaceRole.HEI)),
    ("标题居中", lambda pages: move(texts(pages[0])[0], x=1)),
    ("标题形状", hourglass),
    ("主送机关", no_colon),
    ("附件说明", lambda pages: reword(find(pages, "附件："), "附件：1.事项明细表。")),
    ("署名", lambda pages: move(find(pages, "2025年12月31日"), x=-3)),
    ("成文日期", lambda pages: reword(find(pages, "2025年12月31日"), "2025年02月01日")),
    ("页码样式", lambda pages: reword(folio(pages, 1), "- 2 -")),
    ("页码连续", swap_numbers),
    ("页码位置", lambda pages: move(folio(pages, 1), x=3)),
    ("附件另面编排", lambda pages: recast(find(pages, "附件1"), FaceRole.KAI)),
    ("附件标题", lambda pages: move(find(pages, "事项明细表"), x=2)),
    ("版记的线", thin_imprint),
    ("版记的位置", odd_imprint),
    ("第1页在正面", lambda pages: pages.insert(0, LaidPage())),
    ("首页有正文", lambda pages: empty_first(pages)),
    ("附注", lambda pages: move(find(pages, "（此件公开发布）"), x=4)),
    ("字不相叠", lambda pages: setattr(full_line(pages), "cell", 5.0)),
    ("合计不单独成页", lone_total),
    ("署名页有正文", lambda pages: unsigned(pages)),
    ("正文字号", lambda pages: setattr(full_line(pages), "size", 15.0)),
    ("正文字体", lambda pages: recast(full_line(pages), FaceRole.KAI)),
    (
        "数字和字母的字体",
        lambda pages: (
            recast(folio(pages, 1), FaceRole.SONG)
            or pages[1].items.append(Text(80 * MM, 200 * MM, (Piece("12", FaceRole.SONG),), 16.0, 16.0))
        ),
    ),
    ("数字和字母的字体", lambda pages: recast_digits(find(pages, "附件1"))),
    ("段首空两字", lambda pages: move(find(pages, "严格对照"), x=4)),
    ("行末对齐", lambda pages: setattr(full_line(pages), "gap", 1.0)),
    ("每行28字", lambda pages: setattr(full_line(pages), "cell", 15.0)),
    ("行距", lambda pages: move(full_line(pages), y=0.4)),
    ("每页22行", drop_last_lines),
    ("行首标点", lambda pages: reword(full_line(pages), "。" + "严" * 27)),
    ("行末标点", lambda pages: reword(full_line(pages), "严" * 27 + "（")),
    ("数字不断行", lambda pages: reword(full_line(pages), "严" * 27 + "98")),
    ("末行不留一两个字", short_end),
    ("字间松紧", lambda pages: setattr(full_line(pages), "gap", 4.5)),
    ("日期不断行", cut_date),
    ("层次标题的字体", lambda pages: recast(find(pages, "一、"), FaceRole.KAI)),
    ("小标题不在页末", heading_last),
]


def failing(data: bytes) -> set[str]:
    return {found.name for found in inspect_pdf(data) if not found.ok}


@pytest.mark.parametrize(("rule", "plant"), FAULTS, ids=[name for name, _ in FAULTS])
def test_a_planted_fault_fails_its_rule(rule, plant):
    pages = laid_out(full_document(6, remark="此件公开发布"))
    if rule == "数字不断行":
        following = texts(pages[1])[texts(pages[1]).index(full_line(pages)) + 1]
        reword(following, "65%" + said(following)[2:])
    plant(pages)
    assert rule in failing(drawn(pages))


def test_a_document_without_faults_fails_nothing():
    pages = laid_out(full_document(6))
    assert failing(drawn(pages)) == set()


def test_every_rule_has_a_planted_fault():
    named = {rule for rule, _ in FAULTS} | {"纸张", "字体嵌入", "文件标题", "横排表格"}
    assert {found.name for found in inspect_pdf(pdf(full_document(1)))} == named


def test_a_letter_sized_page_and_an_unembedded_font_fail(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "letter.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.setTitle("")
    canvas.drawString(100, 700, "Report")
    canvas.save()
    assert {"纸张", "字体嵌入", "标题字体字号"} <= failing(path.read_bytes())
    assert {found.name for found in inspect_pdf(path) if found.name == "纸张"} == {"纸张"}


def test_a_file_without_a_title_fails():
    assert "文件标题" in failing(drawn(laid_out(full_document(1)), title=""))


def test_a_table_with_its_head_at_the_right_fails(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "turned.pdf"
    canvas = Canvas(str(path), pagesize=(210 * MM, 297 * MM))
    canvas.translate(150 * MM, 250 * MM)
    canvas.rotate(-90)
    canvas.drawString(0, 0, "Report on tables")
    canvas.save()
    assert "横排表格" in failing(path.read_bytes())


def test_what_is_no_pdf_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="打不开"):
        inspect_pdf(b"not a page")


def test_verdicts_say_what_was_measured_and_where():
    pages = laid_out(full_document(3))
    move(texts(pages[0])[0], x=1)
    found = next(one for one in inspect_pdf(drawn(pages)) if one.name == "标题居中")
    assert not found.ok
    assert "+1.0" in found.measured
    assert found.places[0].startswith("第1页")
    assert found.allowed == "偏差不过 0.5 毫米"


def test_signature_without_body_on_its_page_is_a_fault():
    pages = laid_out(
        full_document(0, blocks=(Paragraph((Run("严" * 40 + "。"),)),), attachments=(), imprint=None)
    )
    pages[0].items = [
        item for item in pages[0].items if isinstance(item, Text) and said(item)[:2] in ("中共", "20")
    ]
    assert {"署名页有正文"} <= failing(drawn(pages))


def test_an_attachment_that_the_note_does_not_name_is_a_fault():
    document = full_document(2)
    pages = laid_out(document)
    more = laid_out(full_document(0, attachments=(*document.attachments, Attachment("多余", ()))))
    pages.insert(-1, next(page for page in more if texts(page, "附件4")))
    assert "附件另面编排" in failing(drawn(pages))
