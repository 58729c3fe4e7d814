"""Eighty messy workbooks come to the expected records, or to the expected message at the expected cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.exchange import messy, mutated
from tests.exchange.messy import Messy
from zhengui.exchange.books import Limits
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import AskedOfFile, SheetLook, _messages
from zhengui.exchange.row_block import unpacked
from zhengui.exchange.sources import ReadSheet
from zhengui.services.entry import record
from zhengui.services.entry.incoming import RowDeed, Wishes
from zhengui.services.entry.preview_import import preview_import
from zhengui.services.entry.read_sources import best_sheet, titles_of
from zhengui.services.entry.section_lines import refuse_other_shapes
from zhengui.services.township.township import Township, create_township

VILLAGES = (("白沙村", "村"), ("石桥村", "村"), ("云岭社区", "居"))


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    made = create_township(tmp_path_factory.mktemp("messy") / "甲.zgdb", "甲镇", "甲")
    made.working_day = date(2021, 12, 31)
    for name, kind in VILLAGES:
        record.save(made, "village", {"name": name, "kind": kind, "active": True})
    yield made
    made.close()


def read(township: Township, path: Path) -> ReadSheet:
    """The best sheet of a file, read in this process: eighty processes would cost a minute."""
    titles = tuple(titles_of(township.catalogue, township.catalogue.ledgers["household"]))
    ((_book, looks),) = _messages(path, Limits(), AskedOfFile(titles, look=True))
    best = best_sheet(looks)
    messages = list(_messages(path, Limits(), AskedOfFile(titles, best.name)))
    look: SheetLook = messages[0][1]
    rows = [
        (number, list(cells))
        for message in messages
        if message[0] == "rows"
        for number, cells in unpacked(message[1]).rows()
    ]
    return ReadSheet(look, tuple(rows))


def test_there_are_eighty() -> None:
    assert len(messy.ALL) >= 80
    assert len({case.name for case in messy.ALL}) == len(messy.ALL)


@pytest.mark.parametrize("case", messy.ALL, ids=lambda case: case.name)
def test_a_messy_workbook(case: Messy, township: Township, tmp_path: Path) -> None:
    sheet = read(township, case.make(tmp_path))
    preview = preview_import(township, "household", [sheet], Wishes())
    got = [
        (
            VILLAGES[row.values["village"] - 1][0],
            row.values["head"],
            row.values["members"],
            row.values.get("phone"),
            row.values.get("from_on"),
        )
        for row in preview.rows
        if row.deed is RowDeed.ADD
    ]
    assert got == case.rows
    wrong = [
        (row.row, mistake.column, mistake.message)
        for row in preview.of(RowDeed.REFUSED)
        for mistake in row.mistakes
        if mistake.severity == "error"
    ]
    assert [(row, column) for row, column, _told in wrong] == [
        (row, column) for row, column, _told in case.wrong
    ]
    for (_row, _column, message), (_line, _title, words) in zip(wrong, case.wrong, strict=True):
        assert words in message


def test_broken_workbooks_end_in_a_sentence_or_in_whole_imports(tmp_path: Path) -> None:
    """A few of those that `python -m tests.exchange.mutated 2000` tries."""
    answers, wrong = mutated.run(12, tmp_path, seed=7)
    assert wrong == []
    assert sum(answers.values()) == 12


def test_what_is_taken_otherwise_than_it_stands_is_told(township: Township, tmp_path: Path) -> None:
    cases = {case.name: case for case in messy.ALL}
    for name, words in (
        ("villages in lines of their own", "“白沙村”“石桥村”“云岭社区”"),
        ("a title twice", "“户主”不止一列"),
        ("two tables side by side", "左右并排"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        sheet = read(township, cases[name].make(folder))
        remarks = preview_import(township, "household", [sheet], Wishes()).remarks
        assert any(words in remark for remark in remarks), name


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([list(column) for column in zip(messy.TITLES, *messy.PLAIN, strict=True)], "横着排"),
        ([["，".join(map(str, row))] for row in [messy.TITLES, *messy.PLAIN]], "挤在一列"),
    ],
)
def test_sheets_of_another_shape_end_in_what_to_do(
    rows: list[messy.Row], words: str, township: Township, tmp_path: Path
) -> None:
    sheet = read(township, messy.book(rows)(tmp_path))
    titles = titles_of(township.catalogue, township.catalogue.ledgers["household"])
    with pytest.raises(ExchangeProblem, match=words):
        refuse_other_shapes(sheet.look, titles)
