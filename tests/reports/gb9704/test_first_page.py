"""The first page shows text whatever stands above it, and the page of the signature where the text has lines for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports.gb9704.documents import SENTENCE, SHIPPED, full_document, pdf
from tests.reports.second_ruler import measure
from zhengui.reports.document import Attachment, Document, Head, Heading, Level, Paragraph, Run
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.first_page import as_printed
from zhengui.reports.gb9704.items import Text
from zhengui.reports.gb9704.red_head import Tight
from zhengui.reports.gb9704.render import lay_out
from zhengui.reports.inspect import inspect_pdf

NAMES = ("中共云岭镇委员会", "云岭镇人民政府", "云岭镇人大主席团", "云岭镇武装部")
SIGNERS = "张三丰、李四光、王五一、赵六合、孙七星、周八方、吴九龄、郑十全、欧阳修远"
HEADED = replace(SHIPPED, red_head=True)


def headed(signers: int, offices: int = 1, marks: bool = True, **changes) -> Document:
    names = NAMES[:offices]
    head = Head(
        "文件" if offices > 1 else "云岭镇人民政府文件",
        "云政发〔2025〕123号",
        "、".join(SIGNERS.split("、")[:signers]),
        "机密★1年" if marks else "",
        "特急" if marks else "",
        "000001" if marks else "",
        names if offices > 1 else (),
    )
    own = {"attachments": (), "imprint": None, "addressee": "县人民政府", "office": names[0]}
    return full_document(2, **{**own, "joint": names[1:], "head": head, **changes})


def short(characters: int) -> tuple[Paragraph, ...]:
    return (Paragraph((Run((SENTENCE * 9)[: characters - 1] + "。"),)),)


def faults(document: Document, settings=HEADED) -> list[str]:
    data = pdf(document, settings)
    found = [f"{one.name} {one.measured}" for one in inspect_pdf(data) if not one.ok]
    return found + measure(data, document, settings.red_head)


@pytest.mark.parametrize(("signers", "offices"), [(1, 1), (5, 1), (9, 1), (2, 2), (4, 4), (9, 4)])
def test_under_any_red_head_the_first_page_shows_text(signers: int, offices: int) -> None:
    title = ("关于", "2025年度", *["夯实基层治理基础"] * 5, "情况", "的报告")
    assert faults(headed(signers, offices, title=title)) == []


def test_a_head_is_drawn_together_only_as_far_as_it_must_be() -> None:
    title = ("关于", "2025年度", *["夯实基层治理基础"] * 5, "情况", "的报告")
    found = [
        as_printed(headed(signers, offices, title=title), HEADED, faces(False)).tight
        for signers, offices in ((1, 1), (9, 1), (9, 4))
    ]
    assert found[0] is Tight.STANDARD
    assert found == sorted(found)
    assert found[-1] > Tight.STANDARD


def test_three_signers_a_row_stand_clear_of_each_other_and_of_the_number() -> None:
    title = ("关于", "2025年度", *["夯实基层治理基础"] * 6, "情况", "的报告")
    document = headed(9, 4, title=title)
    assert as_printed(document, HEADED, faces(False)).tight >= Tight.SIGNERS
    texts = [item for item in lay_out(document, HEADED, faces(False))[0].items if isinstance(item, Text)]
    names = {name: next(one for one in texts if one.pieces[0].text == name) for name in SIGNERS.split("、")}
    assert len({round(one.y) for one in names.values()}) == 3
    assert len({round(one.x) for one in names.values()}) == 3


@pytest.mark.parametrize("characters", [20, 40, 60, 90])
@pytest.mark.parametrize("notes", [0, 5, 13, 25])
@pytest.mark.parametrize("settings", [SHIPPED, HEADED])
def test_a_short_document_shows_text_on_its_first_page_and_beside_its_signature(
    characters: int, notes: int, settings
) -> None:
    attachments = tuple(Attachment(f"第{number}号情况统计表", short(20)) for number in range(notes))
    document = headed(9, blocks=short(characters), attachments=attachments, sealed=True)
    assert faults(document, settings) == []


def test_a_short_text_that_just_misses_the_page_is_brought_onto_it_by_the_space_over_the_title() -> None:
    found = [
        len(lay_out(headed(9, blocks=short(length), sealed=True), HEADED, faces(False)))
        for length in (40, 400)
    ]
    assert found == [1, 2]


@pytest.mark.parametrize(
    ("paragraphs", "before", "heading"), [(13, 24, True), (13, 40, False), (14, 24, False), (12, 60, False)]
)
def test_a_last_paragraph_of_one_line_stands_over_the_signature_with_the_end_of_the_one_before(
    paragraphs, before, heading
):
    body = [*(Paragraph((Run("严格落实。"),)) for _ in range(paragraphs))]
    body += [Heading(Level.FIRST, "一、", (Run("保障"),))] if heading else []
    body += [Paragraph((Run("实" * before + "。"),)), Paragraph((Run("特此报告。"),))]
    document = full_document(
        0, blocks=tuple(body), attachments=full_document(1).attachments[:1], imprint=None
    )
    assert faults(document, SHIPPED) == []
