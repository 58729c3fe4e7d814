"""Numbers in headings, and lines of the screen as they are printed."""

from __future__ import annotations

import pytest

from zhengui.figures.numerals import chinese, on_paper


@pytest.mark.parametrize(
    ("number", "words"), [(0, "零"), (10, "十"), (21, "二十一"), (101, "一百零一"), (110, "一百一十")]
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("screen", "paper"),
    [
        ("逾期 124 天", "逾期124天"),
        ("隐患 · 高桥村 · 期限 8月29日", "隐患，高桥村，期限8月29日"),
        ("目标 326 亩", "目标326亩"),
        ("余海 古井村", "余海 古井村"),
        ("5 %、3 D 打印", "5 %、3 D 打印"),
    ],
)
def test_a_line_is_printed_without_the_blanks_of_the_screen(screen: str, paper: str) -> None:
    assert on_paper(screen) == paper
