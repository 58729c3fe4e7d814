"""Scripts can do what the window can: a new township, records, zero reports, parameters, claims, any period and scope."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.conftest import Cli


@pytest.fixture
def township(cli: Cli, tmp_path: Path) -> Path:
    """A new township with two villages, made by commands alone."""
    path = tmp_path / "清河镇.zgdb"
    made = cli("new", path, "--name", "清河镇", "--operator", "李明")
    assert made.status == 0, made.err
    for name in ("白沙村", "青石村"):
        assert cli("record", path, "村（居）", f"名称={name}", "类别=村", "在用=是").status == 0
    return path


def test_a_new_township_is_never_written_over(cli: Cli, township: Path) -> None:
    again = cli("new", township, "--name", "清河镇", "--operator", "李明")
    assert again.status == 1
    assert "已经存在" in again.err
    assert cli("new", township.with_suffix(".xls"), "--name", "甲", "--operator", "乙").status == 1


def test_a_record_is_entered_changed_deleted_and_restored(cli: Cli, township: Path) -> None:
    made = cli(
        "record", township, "letter", "村（居）=白沙村", "日期=2021-3-1 10:00", "copies=700", "suggestions=3"
    )
    assert (made.status, made.out.strip()) == (0, "1"), made.err
    assert cli("record", township, "letter", "--id", "1", "copies=710").out.strip() == "1"
    rows = json.loads(cli("figures", township, "--year", "2021", "--records", "letters", "--json").out)
    assert [(row["id"], row["values"]["日期"], row["values"]["发放份数"]) for row in rows] == [
        (1, "2021-03-01", "710")
    ]
    assert cli("delete", township, "letter", "1", "1").out.strip() == "已移到回收站：公开信发放 1 条。"
    assert cli("delete", township, "letter", "1").out.strip() == "1 条已经在回收站里，没有改动。"
    assert json.loads(cli("figures", township, "--year", "2021", "--records", "letters", "--json").out) == []
    assert cli("undelete", township, "letter", "1").out.strip() == "已恢复公开信发放 1 条。"
    assert cli("undelete", township, "letter", "1").out.strip() == "1 条不在回收站里，没有改动。"
    assert (
        len(json.loads(cli("figures", township, "--year", "2021", "--records", "letters", "--json").out)) == 1
    )


def test_the_rules_of_the_form_hold(cli: Cli, township: Path) -> None:
    for values, told in (
        (("日期=2021-13-1",), "日期"),
        (("颜色=红",), "没有“颜色”这个字段"),
        (("日期",), "字段=值"),
        (("村（居）=白沙村", "日期=2021-3-1"), "发放份数"),
        (("日期=2021-3-1", "date=2021-3-2"), "写了两次"),
    ):
        answer = cli("record", township, "letter", *values)
        assert answer.status == 1, values
        assert told in answer.err, (values, answer.err)
    assert cli("record", township, "无此台账", "日期=2021-3-1").status == 1
    assert cli("delete", township, "letter", "99").status == 1


def test_what_is_referred_to_is_not_deleted(cli: Cli, township: Path) -> None:
    assert cli("record", township, "农户", "村（居）=白沙村", "户主=赵一", "人口=3", "在册=是").status == 0
    answer = cli("delete", township, "village", "1")
    assert answer.status == 1
    assert "农户 1 条" in answer.err


def test_a_duplicate_is_merged_into_another(cli: Cli, township: Path) -> None:
    record = ("letter", "村（居）=白沙村", "日期=2021-3-1", "copies=700", "suggestions=3")
    assert cli("record", township, *record).status == 0
    merged = cli("delete", township, "village", "1", "--into", "2")
    assert (merged.status, merged.out.strip()) == (0, "已把村（居） 1 条并入编号 2，改指它的记录有 1 条。")
    told = json.loads(
        cli(
            "figures", township, "--year", "2021", "--village", "青石村", "--records", "letters", "--json"
        ).out
    )
    assert [row["values"]["村（居）"] for row in told] == ["青石村"]
    assert cli("delete", township, "village", "2", "--into", "2").status == 1
    assert cli("delete", township, "village", "2", "--into", "9").status == 1


def test_zero_reports_of_several_villages(cli: Cli, township: Path) -> None:
    both = ("--village", "白沙村", "--village", "青石村")
    assert cli("zero-report", township, "letter", "2021-03", *both).status == 0
    march = ("--from", "2021-03-01", "--to", "2021-03-31", "--json")
    figure = next(f for f in json.loads(cli("figures", township, *march).out) if f["key"] == "letters")
    assert figure["value"] == 0
    assert cli("zero-report", township, "letter", "2021-03", "--village", "青石村", "--undo").status == 0
    figures = {f["key"]: f for f in json.loads(cli("figures", township, *march).out)}
    assert figures["letters"]["value"] is None
    own = json.loads(cli("figures", township, *march, "--village", "白沙村").out)
    assert next(f for f in own if f["key"] == "letters")["value"] == 0
    assert "--village" in cli("zero-report", township, "letter", "2021-03").err
    assert cli("zero-report", township, "letter", "2021-13", *both).status == 1
    assert cli("zero-report", township, "letter", "2199-01", *both).status == 1


def test_parameters_are_shown_and_set(cli: Cli, township: Path) -> None:
    assert "income_line" in cli("set", township).out
    assert "7000 元" in cli("set", township, "income_line", "7000").out
    assert "7000 元" in cli("set", township, "人均纯收入监测线").out
    assert cli("set", township, "income_line", "很多").status == 1
    assert cli("set", township, "no_such", "1").status == 1
    assert "2021年3月" in cli("set", township, "start", "2021-03").out
    assert "2021年5月" in cli("set", township, "start", "2021-05", "--ledger", "letter").out
    assert "2021年3月" in cli("set", township, "start").out


def test_claims_as_json(cli: Cli, office: Path) -> None:
    told = {each["key"]: each for each in json.loads(cli("claims", office, "--year", "2021", "--json").out)}
    assert told["no_accident"]["state"] == "true"
    assert set(told["no_accident"]) == {"key", "title", "state", "sentence", "why", "count", "records"}
    earlier = {
        each["key"]: each for each in json.loads(cli("claims", office, "--year", "2019", "--json").out)
    }
    assert earlier["no_accident"]["state"] == "unknown"
    assert "全年未发生生产安全事故" in cli("claims", office, "--year", "2021").out


def test_documents_take_period_villages_and_area(cli: Cli, office: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "half.pdf"
    half = ("--from", "2021-01-01", "--to", "2021-06-30")
    made = cli("report", office, *half, "--pdf", pdf, "--no-attachments")
    assert made.status == 0, made.err
    assert "2021年上半年工作总结" in made.out
    names = [row["values"]["名称"] for row in villages_of(cli, office)][:2]
    scope = [part for name in names for part in ("--village", name)]
    several = cli("report", office, "--year", "2021", *scope, "--pdf", pdf)
    assert several.status == 0, several.err
    assert all(name in several.out for name in names)
    area = cli("report", office, "--year", "2021", "--area", "safety", "--pdf", pdf)
    assert "安全生产与社会稳定" in area.out
    assert cli("report", office, "--year", "2021", "--area", "nowhere", "--pdf", pdf).status == 1
    assert cli("report", office, "--pdf", pdf).status == 2


def villages_of(cli: Cli, office: Path) -> list[dict]:
    from zhengui.services.township.overview import villages
    from zhengui.services.township.township import open_township

    township = open_township(office)
    found = [{"values": {"名称": each.name}} for each in villages(township)]
    township.close()
    return found


def test_an_issue_of_a_half_year_is_found_again(cli: Cli, copy: Path, tmp_path: Path) -> None:
    half = ("--from", "2021-01-01", "--to", "2021-06-30", "--area", "safety")
    looked = cli("preflight", copy, *half)
    assert "共" in looked.out or "没有要处理" in looked.out
    assert cli("drift", copy, *half).status == 1


def test_values_of_earlier_years(cli: Cli, copy: Path, tmp_path: Path) -> None:
    assert cli("value", copy, "letters", "2019", "1200", "--source", "2019年工作总结").status == 0
    figure = next(
        f for f in json.loads(cli("figures", copy, "--year", "2019", "--json").out) if f["key"] == "letters"
    )
    assert figure["value"] == 1200
    assert "2019年工作总结" in figure["entered"]
    assert "1200 份" in cli("value", copy).out
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("指标,2017,2018\nletters,1000,1100\n", encoding="utf-8")
    assert "2 个数" in cli("value", copy, "--sheet", sheet, "--source", "统计年报").out
    assert cli("value", copy, "letters", "2019", "--remove").status == 0
    assert cli("value", copy, "letters", "2019", "--remove").status == 1
    assert cli("value", copy, "letters", "2019", "1").status == 1
    assert cli("value", copy, "letters").status == 1


def test_what_the_office_calls_itself_is_set(cli: Cli, township: Path) -> None:
    assert "街道" in cli("set", township, "kind", "街道").out
    assert "街道" in cli("set", township, "kind").out
    assert cli("set", township, "villages", "屯").status == 1
    assert "板凳夜话" in cli("set", township, "evening_talk", "板凳夜话").out
    assert "联合" in cli("set", township, "signed", "党委和本单位联合").out
    assert cli("set", township, "signed", "我").status == 1
    assert "中共" in cli("set", township, "committee", "中共清河镇委员会").out
