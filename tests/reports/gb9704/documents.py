"""Invented documents, drawn by hypothesis and by hand, that the tests of the page share."""

from __future__ import annotations

from io import BytesIO

from hypothesis import strategies as st

from zhengui.reports.document import (
    Attachment,
    Cell,
    Chart,
    Document,
    Heading,
    Imprint,
    Level,
    Paragraph,
    Run,
    Series,
    Table,
)
from zhengui.reports.gb9704 import render
from zhengui.reports.gb9704.drawing import Properties, draw
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.items import LaidPage
from zhengui.reports.gb9704.render import lay_out
from zhengui.reports.page_settings import STANDARD, PageSettings

HANZI = "".join(
    bytes((row, column)).decode("gb2312") for row in range(0xB0, 0xC8) for column in range(0xA1, 0xFF)
)
RARE = "㛃䶮𬭚堃昇喆"
SENTENCE = "坚持党建引领，压实“两个责任”，全年整改问题98.65%，投入12.36万元（含自筹）。"
SHIPPED = PageSettings(system_faces=False)

hanzi = st.text(st.sampled_from(HANZI), min_size=1, max_size=14)
numbers = st.one_of(
    st.integers(0, 10**12).map(str),
    st.decimals(0, 10**7, places=2).map(str),
    st.decimals(0, 100, places=2).map(lambda number: f"{number}%"),
)
marks = st.sampled_from(
    ["，", "。", "；", "：", "、", "！", "？！", "……", "——", "％", "·", "”，“", "）（", "》、《", "！！！"]
)
quoted = st.builds(
    lambda mark, text: mark[0] + text + mark[1], st.sampled_from(["“”", "（）", "《》", "【】", "‘’"]), hanzi
)
tokens = st.one_of(
    hanzi,
    hanzi,
    quoted,
    st.builds(lambda a, b: a + b, numbers, hanzi),
    st.sampled_from(list(RARE)),
    st.sampled_from(["GDP", "App", "PM2.5", "COVID"]).map(lambda word: f"{word}的"),
)
texts = st.lists(
    st.one_of(tokens, st.builds(lambda text, mark: text + mark, hanzi, marks)), min_size=1, max_size=60
).map(lambda parts: "".join(parts) + "。")
paragraphs = st.builds(lambda text: Paragraph((Run(f"严{text}"),)), texts)
headings = st.builds(
    lambda level, text: Heading(level[0], level[1], (Run(text),)),
    st.sampled_from(
        [(Level.FIRST, "一、"), (Level.SECOND, "（二）"), (Level.THIRD, "3."), (Level.FOURTH, "（4）")]
    ),
    hanzi,
)
groups = st.builds(lambda heads, body: [*heads, body], st.lists(headings, max_size=3), paragraphs)
blocks = st.lists(groups, min_size=1, max_size=16).map(
    lambda found: tuple(block for group in found for block in group)
)
title_pieces = st.lists(st.text(st.sampled_from(HANZI), min_size=1, max_size=6), min_size=1, max_size=30).map(
    tuple
)


def table(rows: int, columns: int = 4, landscape: bool = False) -> Table:
    header = tuple(f"列{column}" for column in range(columns))
    body = tuple(
        (
            Cell(f"示范{row}村第三组水渠硬化工程"),
            *(Cell(f"{row * column + 0.5:.2f}", "right", f"figure:{row}") for column in range(1, columns)),
        )
        for row in range(rows)
    )
    return Table(header, body, (3.0, *(1.0 for _ in range(columns - 1))), landscape=landscape)


attachments = st.lists(
    st.builds(
        lambda title, rows, wide: Attachment(title, (table(rows, 4, wide),)),
        hanzi,
        st.integers(1, 60),
        st.booleans(),
    ),
    max_size=3,
).map(tuple)
imprints = st.one_of(
    st.none(), st.builds(lambda copies: Imprint(copies, "某某镇党政办公室", "2025年1月2日"), hanzi)
)
documents = st.builds(
    Document,
    title=title_pieces,
    blocks=blocks,
    office=hanzi,
    date=st.sampled_from(["2025年12月31日", "2025年1月2日"]),
    addressee=st.one_of(st.just(""), hanzi),
    attachments=attachments,
    sealed=st.booleans(),
    imprint=imprints,
)


def full_document(pages: int = 2, **changes: object) -> Document:
    """A document with every part, its body some pages long."""
    body: list[object] = []
    for number in range(pages):
        body += [
            Heading(Level.FIRST, f"{'一二三四五六七八九十'[number % 10]}、", (Run("夯实基层治理根基"),)),
            Heading(Level.SECOND, "（一）", (Run("落实主体责任"),)),
            Paragraph(
                (Run(SENTENCE * 2), Run("1234", "figure:talks"), Run("次谈话。" + SENTENCE * 4)), f"p{number}"
            ),
            Heading(Level.THIRD, "1.", (Run("抓好学习"),)),
            Paragraph((Run(SENTENCE),), "q", (Run("2.狠抓整改。"),)),
            Heading(Level.FOURTH, "（1）", (Run("抓好考核"),)),
            Paragraph((Run("严格对照考核细则逐项落实到村到户到人" * 9 + "。"),)),
        ]
    values: dict[str, object] = {
        "title": ("中共某某镇委员会", "关于", "2025年度", "全面从严治党", "主体责任", "落实情况", "的报告"),
        "blocks": tuple(body),
        "office": "中共某某镇委员会",
        "date": "2025年12月31日",
        "addressee": "县委",
        "attachments": (
            Attachment("事项明细表", (table(30),)),
            Attachment("各村指标表", (table(20, 6, True),)),
            Attachment("近年情况图", (CHART,)),
        ),
        "imprint": Imprint(
            "县纪委监委，县委组织部，县委宣传部，县委统战部，县委政法委，县人大办，县政府办，县政协办",
            "中共某某镇委员会办公室",
            "2025年12月31日",
        ),
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]


CHART = Chart(
    "trend",
    ("2022年", "2023年", "2024年"),
    (Series("次数", (12.0, None, 30.0)),),
    "次",
    "近三年学习次数",
    "figure:trend",
)


def pdf(document: Document, settings: PageSettings = SHIPPED) -> bytes:
    buffer = BytesIO()
    render(document, buffer, settings)
    return buffer.getvalue()


def laid_out(document: Document) -> list[LaidPage]:
    return lay_out(document, SHIPPED, faces())


def drawn(pages: list[LaidPage], title: str = "报告") -> bytes:
    return draw(pages, faces(), Properties(title, "某某镇"))[0]


__all__ = ["STANDARD", "documents", "drawn", "full_document", "laid_out", "pdf", "table"]
