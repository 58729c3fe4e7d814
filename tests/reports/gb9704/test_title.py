from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.grid import WIDTH
from zhengui.reports.gb9704.title import sense, shape

MEASURE = faces().measure(22.0, 22.0)


def lines(*pieces: str) -> list[str]:
    return shape(pieces, MEASURE, WIDTH)


def hourglass(found: list[str]) -> bool:
    narrowing = False
    for before, after in pairwise(map(MEASURE.width, found)):
        if narrowing and after > before + 0.1:
            return True
        narrowing = narrowing or after < before - 0.1
    return False


def test_a_short_title_stays_on_one_line():
    assert lines("关于", "防汛工作", "的通知") == ["关于防汛工作的通知"]


def test_a_long_title_is_broken_by_sense_and_in_even_lines():
    found = lines("中共某某镇委员会", "关于", "2025年度", "全面从严治党", "主体责任", "落实情况", "的报告")
    assert found == ["中共某某镇委员会关于2025年度", "全面从严治党主体责任落实情况的报告"]


def test_a_title_without_pieces_is_broken_after_the_words_that_join():
    assert sense("关于印发某某镇年度方案的通知") == ("关于", "印发某某镇年度", "方案的", "通知")
    assert "".join(sense("关于公路、水渠和相关项目的通知")) == "关于公路、水渠和相关项目的通知"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("镇党委报告2", min_size=1, max_size=7), min_size=1, max_size=28))
def test_lines_fit_and_make_a_trapezoid_or_a_rhombus(pieces):
    found = lines(*pieces)
    assert "".join(found) == "".join(pieces)
    assert all(MEASURE.width(line) <= WIDTH + 0.3 for line in found)
    assert not hourglass(found)


def test_pieces_that_make_no_shape_are_broken_for_it():
    pieces = (
        "党" * 7,
        "2党党党党党",
        "党",
        "2党党",
        "22党党党党党",
        "2党党党党",
        "党党党党党",
        "党党党党党",
        "党党党党党",
    )
    pieces += (
        "222党党党",
        "22党党党党党",
        "22党党",
        "党" * 7,
        "22",
        "22党党党党党",
        "2党党党党党",
        "22党党党党党",
    )
    found = lines(*pieces, "2222", "22党党党党", "2党党党党党")
    assert not hourglass(found)


def test_a_piece_wider_than_the_page_is_broken_all_the_same():
    found = lines("严" * 45)
    assert [len(line) <= 20 for line in found] == [True] * len(found)
    assert lines() == []
