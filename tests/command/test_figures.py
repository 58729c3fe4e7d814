"""`figures`: the list, its JSON, dates, villages, and the records behind a figure."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.command.conftest import Cli, is_told
from zhengui.catalogue.load import load_catalogue
from zhengui.command.figures import plain
from zhengui.figures.period import between
from zhengui.services.counting.compute_figures import compute
from zhengui.services.township.township import open_township

KEYS = ["key", "n", "title", "value", "unit", "display", "how", "records"]


def figures(cli: Cli, *arguments: object) -> dict[str, dict]:
    answer = cli("figures", *arguments, "--json")
    assert (answer.status, answer.err) == (0, "")
    return {each["key"]: each for each in json.loads(answer.out)}


def test_json_has_exactly_the_promised_keys(cli: Cli, office: Path) -> None:
    catalogue = load_catalogue()
    told = figures(cli, office, "--year", 2021)
    assert list(told) == list(catalogue.indicators)
    for key, each in told.items():
        indicator = catalogue.indicators[key]
        assert list(each) == [name for name in KEYS if name != "n" or indicator.n is not None]
        assert each.get("n") == indicator.n
        assert (each["title"], each["unit"]) == (indicator.title, indicator.unit)
        assert each["value"] is None or type(each["value"]) in (int, float)
        assert type(each["records"]) is int
        assert "2021年" in each["how"] or "{period}" not in indicator.how
        assert (each["value"] is None) == (each["display"] == "未知")
    assert sorted(each["n"] for each in told.values() if "n" in each) == list(range(1, 84))


def test_values_are_numbers_and_the_unknown_is_null(cli: Cli, office: Path) -> None:
    told = figures(cli, office, "--year", 2021)
    assert told["letters"]["value"] == 1287
    assert told["letters"]["display"] == "1200余份"
    assert told["letters"]["records"] == 3
    assert told["screening_day"]["value"] is None
    assert told["screening_day"]["records"] == 0


def test_a_period_from_day_to_day(cli: Cli, office: Path) -> None:
    assert figures(cli, office, "--from", "2021-03-06", "--to", "2021-09-01")["letters"]["value"] == 587
    assert figures(cli, office, "--from", "20210306", "--to", "2021年8月31日")["letters"]["value"] == 500
    assert figures(cli, office, "--year", 2021, "--from", "2021-09-01")["letters"]["value"] == 87
    assert figures(cli, office, "--year", 2021, "--to", "2021-03-05")["letters"]["value"] == 700
    assert figures(cli, office, "--year", 2020)["letters"]["value"] is None


def test_one_village(cli: Cli, office: Path) -> None:
    assert figures(cli, office, "--year", 2021, "--village", "名称1")["letters"]["value"] == 787
    assert figures(cli, office, "--year", 2021, "--village", "名称3")["letters"]["value"] is None


def test_the_command_says_what_the_service_computes(cli: Cli, office: Path) -> None:
    period = between(date(2021, 1, 1), date(2021, 6, 30))
    told = figures(cli, office, "--from", period.start, "--to", period.end, "--village", "名称2")
    township = open_township(office)
    computed = compute(township, period, (2,))
    township.close()
    assert {key: (each["value"], each["display"], each["records"]) for key, each in told.items()} == {
        key: (plain(each.value), each.display, each.records) for key, each in computed.items()
    }


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("12.50"), 12.5), (Decimal("12.00"), 12), (7, 7), (None, None)]
)
def test_numbers_in_json(value: Decimal | int | None, shown: float | None) -> None:
    assert plain(value) == shown
    assert type(plain(value)) is type(shown)


def test_text_has_a_line_for_each_figure(cli: Cli, office: Path) -> None:
    answer = cli("figures", office, "--year", 2021)
    lines = answer.out.splitlines()
    assert len(lines) == len(load_catalogue().indicators)
    assert any("1200余份（3 条记录）" in line for line in lines)
    assert any("未知（0 条记录）台账" in line for line in lines)


@pytest.mark.parametrize("name", ["letters", "28"])
def test_records_of_a_figure(cli: Cli, office: Path, name: str) -> None:
    answer = cli("figures", office, "--year", 2021, "--records", name, "--json")
    told = json.loads(answer.out)
    assert [row["values"]["发放份数"] for row in told] == ["700", "87", "500"]
    assert {(row["ledger"], row["ledger_title"], tuple(row["roles"])) for row in told} == {
        ("letter", "致父老乡亲公开信", ("value",))
    }
    assert told[0]["values"]["日期"] == "2021-03-05"
    assert told[0]["values"]["村（居）"] == "名称1"
    lines = cli("figures", office, "--year", 2021, "--records", name).out.splitlines()
    assert len(lines) == 3
    assert "日期 2021-03-05" in lines[0]


def test_records_obey_period_and_village(cli: Cli, office: Path) -> None:
    chosen = ("--from", "2021-03-06", "--to", "2021-12-31", "--village", "名称1")
    told = json.loads(cli("figures", office, *chosen, "--records", "letters", "--json").out)
    assert [row["id"] for row in told] == [2]


def test_figures_have_as_many_records_as_they_say(cli: Cli, office: Path) -> None:
    told = figures(cli, office, "--year", 2021)
    some = ("screening_day", "party_anniversary", "contact_households", "committee_women_share")
    for key, each in ((key, told[key]) for key in (*some, "vaccination_rate", "measures_relieved")):
        found = json.loads(cli("figures", office, "--year", 2021, "--records", key, "--json").out)
        assert len(found) == each["records"], key


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "请写明时间"),
        (("--year", "20211"), "年份"),
        (("--year", "0"), "年份"),
        (("--year", "-5"), "年份"),
        (("--year", "2021", "--from", "2021-02-30"), "2021-02-30"),
        (("--year", "99", "--from", "2021-02-01"), "年份"),
        (("--from", "2021-01-01"), "一起写"),
        (("--to", "2021-01-01"), "一起写"),
        (("--from", "", "--to", ""), "日期"),
        (("--from", "3.5", "--to", "2021-12-31"), "日期"),
        (("--from", "0001-01-01", "--to", "9999-12-31"), "日期"),
        (("--from", "2021-03-01", "--to", "2021-02-01"), "对调"),
        (("--year", "2021", "--village", "没有村"), "没有村"),
        (("--year", "2021", "--village", "名称"), "请写全称"),
        (("--year", "2021", "--village", ""), "空的"),
        (("--year", "2021", "--village", "%"), "没有叫"),
        (("--year", "2021", "--records", "nope"), "指标"),
        (("--year", "2021", "--records", "84"), "指标"),
        (("--year", "2021", "--records", ""), "指标"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(cli: Cli, office: Path, arguments, words: str) -> None:
    answer = cli("figures", office, *arguments)
    assert is_told(answer), answer
    assert answer.status == 1
    assert words in answer.err
