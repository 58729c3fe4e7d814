from __future__ import annotations

import random
import re

import pytest

from tests.reports.gb9704.documents import HANZI, RARE
from zhengui.reports.gb9704.faces import faces
from zhengui.reports.gb9704.grid import WIDTH, grid_of
from zhengui.reports.gb9704.lines import Line, break_text, gaps, squeezable
from zhengui.reports.page_settings import STANDARD

GRID = grid_of(STANDARD)
MEASURE = faces().measure(GRID.size, GRID.cell)
FORBIDDEN_START = "，。、；：？！”’）》】…—·％"
FORBIDDEN_END = "“‘（《【"
WORDS = ["GDP", "App", "PM2.5", "98.65%", "12.36", "2025", "1,234,567.89", "100％", "3.5‰", "36℃"]
MARKS = [*"，。、；：？！·％", "……", "——", "”“", "》《", "）（", "？！"]


def broken(text: str, first: float = 2.0) -> list[tuple[str, Line]]:
    lines = break_text(text, MEASURE, WIDTH, first * GRID.cell)
    return [(text[line.start : line.end], line) for line in lines]


def random_text(chance: random.Random) -> str:
    parts = []
    for _ in range(chance.randint(1, 60)):
        kind = chance.random()
        if kind < 0.7:
            parts.append("".join(chance.choices(HANZI + RARE, k=chance.randint(1, 9))))
        elif kind < 0.85:
            parts.append(chance.choice(WORDS))
        else:
            opening, closing = chance.choice(["“”", "（）", "《》", "【】", "‘’"])  # type: ignore[str-unpack]
            parts.append(f"{opening}{''.join(chance.choices(HANZI, k=chance.randint(1, 5)))}{closing}")
        if kind < 0.4:
            parts.append(chance.choice(MARKS))
    return "".join(parts).lstrip(FORBIDDEN_START) or "严"


def end_of(line: str, placed: Line, first: bool) -> float:
    slack = gaps(line) * placed.gap - squeezable(line, MEASURE) * placed.squeeze
    return (2 * GRID.cell if first else 0.0) + placed.width + slack


def test_ten_thousand_random_lines_keep_every_rule():
    chance = random.Random(9704)
    seen = 0
    while seen < 10_000:
        text = random_text(chance)
        lines = broken(text)
        seen += len(lines)
        assert "".join(line for line, _ in lines) == text
        for index, (line, placed) in enumerate(lines):
            assert line[0] not in FORBIDDEN_START, text
            assert line[-1] not in FORBIDDEN_END or index == len(lines) - 1, text
            if index < len(lines) - 1:
                assert end_of(line, placed, index == 0) == pytest.approx(WIDTH, abs=0.01)
                after = lines[index + 1][0]
                parted = re.search(r"[\d.,]$", line) and re.match(r"[\d.,%％‰℃]", after)
                assert not parted, text


def test_a_full_line_has_28_cells_and_no_slack():
    lines = broken("严" * 100)
    assert [len(line) for line, _ in lines] == [26, 28, 28, 18]
    assert all(placed.gap == pytest.approx(0, abs=1e-9) for _, placed in lines)


def test_a_number_is_never_broken_nor_stretched():
    text = "严" * 24 + "123456.78%" + "严" * 30
    lines = broken(text)
    assert lines[0][0] == "严" * 24
    assert lines[1][0].startswith("123456.78%严")
    assert gaps("严123456.78%严") == 2


@pytest.mark.parametrize("extra", [1, 2])
def test_no_paragraph_ends_in_a_line_of_one_or_two_characters(extra):
    lines = broken("严" * (26 + 28 + extra))
    assert len(lines[-1][0]) == 3
    assert end_of(lines[-2][0], lines[-2][1], False) == pytest.approx(WIDTH)


def test_a_word_longer_than_any_is_broken_only_because_it_must_be():
    lines = broken("见" + "9" * 200 + "。")
    assert all(placed.width <= WIDTH + 0.02 for _, placed in lines)
    assert "".join(line for line, _ in lines) == "见" + "9" * 200 + "。"


def test_a_run_of_marks_longer_than_a_line_still_ends():
    lines = broken("严" + "！" * 90)
    assert "".join(line for line, _ in lines) == "严" + "！" * 90
    assert all(end_of(line, placed, index == 0) <= WIDTH + 0.02 for index, (line, placed) in enumerate(lines))


def test_a_space_never_starts_a_line_and_takes_no_room_at_its_end():
    lines = broken("严" * 26 + " " + "明" * 10)
    assert [line for line, _ in lines] == ["严" * 26, "明" * 10]
    assert broken("")[0][0] == ""


@pytest.mark.parametrize("before", range(12, 30))
def test_a_date_is_not_cut_where_another_breaking_keeps_it(before):
    text = (
        "抓" * before
        + "（责任部门：党政办；完成时限：2021年12月31日）。"
        + "严" * 40
        + "，"
        + "实" * 30
        + "。"
    )
    lines = broken(text)
    ends = [placed.end for _, placed in lines[:-1]]
    start = text.index("2021年")
    assert not any(start < end < start + len("2021年12月31日") for end in ends)
    assert max(placed.gap for _, placed in lines) <= 0.25 * GRID.size


def test_marks_are_squeezed_rather_than_leaving_a_hole():
    text = "严" * 9 + "、" + "明" * 7 + "、" + "实" * 5 + "、" + "1234年" + "干" * 40
    (line, placed), *_ = broken(text)
    assert line.endswith("1234年")
    assert 0.5 < placed.squeeze < 0.8
    assert end_of(line, placed, True) == pytest.approx(WIDTH, abs=0.01)


def test_a_web_address_is_broken_after_its_marks():
    text = (
        "公开在" + "严" * 14 + "https://www.example.gov.cn/zhengce/2021/12/31/content.html?id=12" + "实" * 30
    )
    for line, _ in broken(text)[:-1]:
        assert line[-1] in "/.?=&_" or not line[-1].isascii(), line


def test_an_account_number_is_parted_between_its_groups_only_where_a_hole_would_be_left():
    for before in range(1, 40):
        text = "严" * before + "6222021001011611234" + "实" * 60
        lines = broken(text)
        assert max(placed.gap for _, placed in lines) <= 0.25 * GRID.size, before
        place = text.index("6")
        inside = [placed.end - place for _, placed in lines if place < placed.end < place + 19]
        assert all(cut % 4 == 0 for cut in inside)


def test_a_paragraph_of_marks_and_three_names_keeps_each_name_whole():
    text = "参加会议的有" + "、".join(["张三丰", "李四光", "王五一", "赵六合", "孙七星"] * 6) + "等同志。"
    names = re.compile("张三丰|李四光|王五一|赵六合|孙七星")
    ends = {placed.end for _, placed in broken(text)[:-1]}
    assert not any(found.start() < end < found.end() for found in names.finditer(text) for end in ends)


def test_a_raised_digit_takes_the_room_its_face_gives_it_and_never_starts_a_line():
    assert MEASURE["²"] < 0.7 * GRID.cell
    for before in range(20, 30):
        assert not any(
            line.startswith(("²", "³")) for line, _ in broken("严" * before + "平方米²实" + "干" * 30)
        )
