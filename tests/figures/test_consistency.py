"""The consistency gate on labelled sentences: every wrong number is found, and hardly a right one is held up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.labelled_sentences import BEFORE, LINES, OF_VILLAGE, VALUES, VILLAGES, YEAR
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.consistency import JudgedNumber, LedgerBook, as_written, is_plan_heading, judge_text
from zhengui.figures.display_choices import shown
from zhengui.figures.naming_words import narrower_words, wording_words
from zhengui.figures.typed_numbers import typed_numbers

CATALOGUE = load_catalogue()
BOOK = LedgerBook(
    YEAR,
    CATALOGUE.indicators,
    VALUES,
    VILLAGES,
    lambda key, year: BEFORE.get(key) if year == YEAR - 1 else None,
    lambda key, village: OF_VILLAGE.get((key, village)),
    wording_words(CATALOGUE),
    narrower_words(CATALOGUE),
)
MARKED = re.compile(r"\[([^\]]*)\]")


def unmarked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its marks, and where the wrong numbers stand."""
    text, wrong = "", []
    at = 0
    for found in MARKED.finditer(line):
        text += line[at : found.start()]
        wrong.append((len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    return text + line[at:], wrong


def judged(text: str) -> list[JudgedNumber]:
    return judge_text(text, BOOK)


def test_recall_and_precision(capsys: pytest.CaptureFixture[str]) -> None:
    found = missed = right = 0
    told = []
    for line in LINES:
        text, wrong = unmarked(line)
        flagged = [each.typed for each in judged(text) if each.verdict == "contradicts"]
        for low, high in wrong:
            hit = any(typed.start < high and typed.end > low for typed in flagged)
            found, missed = found + hit, missed + (not hit)
            told += [] if hit else [f"missed: {line}"]
        for typed in flagged:
            if not any(typed.start < high and typed.end > low for low, high in wrong):
                right += 1
                told.append(f"held up {typed.text}{typed.unit}: {line}")
    recall, precision = found / (found + missed), found / (found + right)
    with capsys.disabled():
        print(
            f"\n{len(LINES)} sentences, {found + missed} wrong numbers: recall {recall:.1%}, precision {precision:.1%}"
        )
    assert len(LINES) >= 300
    assert found + missed >= 100
    assert recall == 1, "\n".join(told)
    assert precision >= 0.95, "\n".join(told)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("消除隐患140处", "contradicts"),
        ("群众筹资130万元", "contradicts"),
        ("全程接种率99%", "contradicts"),
        ("消除隐患一百四十处", "contradicts"),
        ("固定资产投资999999万元", "contradicts"),
        ("消除隐患132处（其中一般130处）", "agrees"),
        ("消除隐患从60处增加到132处", "agrees"),
        ("白沙村消除隐患6处", "agrees"),
        ("白沙村消除隐患16处", "contradicts"),
        ("消除隐患130余处", "agrees"),
        ("消除隐患近140处", "contradicts"),
        ("消除隐患近135处", "agrees"),
        ("消除隐患约130处", "agrees"),
        ("消除隐患超过130处", "agrees"),
        ("消除隐患不足130处", "contradicts"),
        ("消除隐患130处左右", "agrees"),
        ("消除隐患130多处", "agrees"),
        ("消除隐患130处以上", "agrees"),
        ("争取资金380万元，消除安全隐患9999处", "contradicts"),
    ],
)
def test_the_rows_of_the_gate(text: str, verdict: str) -> None:
    verdicts = {each.verdict for each in judged(text) if each.indicator is not None}
    assert verdicts == {verdict}


@pytest.mark.parametrize(
    "text",
    [
        "12345热线",
        "2021年",
        "二〇二一年",
        "2021—2025年",
        "3月5日",
        "《2020年工作要点》",
        "政发〔2021〕12号",
        "13800138000",
        "0558-7123456",
        "第3次会议",
        "G35高速",
        "8:30至17:30",
        "“三会一课”",
        "一是抓排查，二是抓整改",
        "4G、5G网络",
        "（一）加强领导",
    ],
)
def test_names_and_dates_are_no_figures(text: str) -> None:
    assert not [each.text for each in typed_numbers(text)]


def test_what_stands_under_the_plan_contradicts_nothing() -> None:
    assert [
        is_plan_heading(line) for line in ("二、2022年工作计划", "一、2021年工作总结", "（一）生态宜居")
    ] == [
        True,
        False,
        None,
    ]
    (planned,) = judge_text("改造户厕300户。", BOOK, planned=True)
    assert planned.verdict == "no_source"


def test_a_span_of_its_own_is_no_other_span() -> None:
    half = replace(BOOK, own_span=("上半年", "1至6月"))
    (judged_half,) = judge_text("上半年消除隐患140处。", half)
    assert judged_half.verdict == "contradicts"
    (other,) = judge_text("上半年消除隐患140处。", BOOK)
    assert other.verdict == "no_source"


def test_numbers_are_quoted_with_their_word_and_unit() -> None:
    text = "检查场所近1400家，发放宣传资料1.3万余份，全程接种率达百分之九十九，参训290余人次"
    assert [as_written(each) for each in typed_numbers(text)] == [
        "近1400家",
        "1.3万余份",
        "百分之九十九",
        "290余人次",
    ]


@given(st.text("全年消除隐患132处一百四十余近约（）〔〕、，。%万元0123456789.{}|", max_size=40))
def test_no_text_brings_the_gate_down(text: str) -> None:
    for each in judge_text(text, BOOK):
        assert text[each.typed.start : each.typed.end] == each.typed.text
        as_written(each.typed)


@given(
    st.sampled_from(sorted(VALUES)), st.sampled_from(["", "余", "近", "万", "万+余", "亿", "汉字", "1", "0"])
)
def test_the_gate_lets_through_what_the_document_prints(key: str, code: str) -> None:
    """Every way in which the program itself writes a figure agrees with it, rounding away more than a thousandth aside."""
    indicator, value = CATALOGUE.indicators[key], VALUES[key]
    printed = shown(indicator, value, code)
    exact = judge_text(f"{indicator.title}{printed}。", BOOK)
    for each in exact:
        if each.indicator is indicator and code not in ("0", "1", "万", "亿"):
            assert each.verdict == "agrees", (printed, each)
