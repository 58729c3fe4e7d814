"""An office adds an area, a register, fields and choices by data alone, retires an area, and 2021 stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from zhengui import cli
from zhengui.catalogue.load import load_catalogue
from zhengui.command import opened
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.counting.trace_figure import trace
from zhengui.services.document.compose_document import compose, lay_out
from zhengui.services.entry import browse_records, record
from zhengui.services.entry.export_workbook import export_workbook
from zhengui.services.entry.import_workbook import import_workbook
from zhengui.services.problem import StorageProblem
from zhengui.services.returns import report_year
from zhengui.services.township import overview
from zhengui.services.township.own_catalogue import (
    Flawed,
    add_entries,
    areas_in_use,
    check_entries,
    missing_entries,
    own_entries,
    retire,
    use_again,
)
from zhengui.services.township.township import Township, open_township
from zhengui.services.watch.rank_month import month_ranking

FOREST = (Path(__file__).parent / "forest.toml").read_text(encoding="utf-8")


@pytest.fixture
def forest(written: Township) -> Township:
    """The written office with an area of its own, opened anew."""
    add_entries(written, "forest.toml", FOREST)
    written.close()
    again = open_township(written.path)
    again.working_day = written.working_day
    # The fixture closes what it gave; the office goes on with the file opened anew.
    written.catalogue, written.database = again.catalogue, again.database
    return again


def patrol(township: Township, **values: object) -> int:
    row = {"village": 1, "date": year(2021).start, "kind": "未见火情", "people": 3, **values}
    return record.save(township, "forest_patrol", row).id


def test_what_holds_is_taken(written: Township) -> None:
    assert check_entries(written, "forest.toml", FOREST) == []
    assert own_entries(written) == {}


def test_an_own_area_goes_every_way_by_data_alone(forest: Township, tmp_path: Path) -> None:
    lookout = record.save(forest, "lookout", {"name": "北山瞭望点", "village": 1}).id
    made = patrol(forest, lookout=lookout, passed=(lookout,))
    found = compute(forest, year(2021), (), ["forest_patrols", "forest_people"])
    assert (found["forest_patrols"].value, found["forest_people"].value) == (1, 3)
    assert [part.ids for part in trace(forest, "forest_patrols", year(2021)).parts] == [(made,)]
    text = compose(forest, year(2021)).document.text()
    assert "严守森林防火" in text
    assert "组织护林巡查1次，出动3人次，沿途察看北山瞭望点。" in text
    assert "forest_people" in forest.catalogue.in_years(2021).living
    assert lay_out(forest, year(2021)).pages > 0
    page = browse_records.page(forest, "forest_patrol", [made])
    assert page.labels["lookout"] == {lookout: "北山瞭望点"}
    book = tmp_path / "patrols.xlsx"
    export_workbook(forest, "forest_patrol", book)
    record.delete(forest, "forest_patrol", [made])
    assert import_workbook(forest, "forest_patrol", book).inserted == 1
    assert compute(forest, year(2021), (), ["forest_people"])["forest_people"].value == 3
    patrol(forest, kind="火情", date=year(2021).end)
    assert judge_all(forest, year(2021), (), ["no_forest_fire"])["no_forest_fire"].state == "fails"


def test_an_area_begins_with_its_year(forest: Township) -> None:
    before = compose(forest, year(2020)).document.text()
    assert "严守森林防火" not in before
    assert "forest" not in {area.key for area in forest.catalogue.in_years(2020).work_areas()}
    assert "forest" in {area.key for area in forest.catalogue.in_years(2021).work_areas()}


def test_a_choice_and_a_field_more_in_shipped_ledgers(forest: Township) -> None:
    assert "低空飞行" in forest.catalogue.ledgers["hazard"]["field"].choices
    assert "低空飞行" not in forest.catalogue.in_years(2020).ledgers["hazard"]["field"].choices
    kept = record.save(
        forest,
        "letter",
        {"village": 1, "date": year(2021).start, "copies": 3, "suggestions": 0, "forest_note": 7},
    )
    assert record.load(forest, "letter", kept.id)[0]["forest_note"] == 7


def test_retiring_leaves_earlier_years_as_they_were(written: Township) -> None:
    text = compose(written, year(2021)).document.text()
    figures = compute(written, year(2021))
    assert retire(written, "party_history", 2022) == "area"
    assert retire(written, "letter", 2022) == "ledger"
    again = open_township(written.path)
    try:
        again.working_day = written.working_day
        assert compose(again, year(2021)).document.text() == text
        assert compute(again, year(2021)) == figures
        keys = {area.key for area in again.catalogue.in_years(2022).work_areas()}
        assert "party_history" not in keys
        assert "letter" not in {
            ledger.key for area in again.catalogue.in_years(2022).areas for ledger in area.ledgers
        }
        later = compose(again, year(2022)).document.text()
        assert "党史" not in later.partition("工作计划")[0].partition("一、")[2][:0] + "".join(
            line for line in later.splitlines() if line.startswith("（四）党史")
        )
        assert set(compute(again, year(2022))) < set(figures)
    finally:
        again.close()


def test_loops_reports_and_commands_know_a_retired_area_in_its_years(written: Township) -> None:
    def of(township: Township, asked: int) -> tuple[list[str], list[str], list[str]]:
        looped = [ledger.key for ledger in overview.looped(township, year=asked)]
        areas = [area.key for area, _ledgers in report_year.monthly_ledgers(township, asked)]
        return looped, areas, report_year.wanted_ledgers(township, asked)

    before = of(written, 2021)
    assert "hazard" in before[0]
    assert "safety" in before[1]
    assert retire(written, "safety", 2022) == "area"
    again = open_township(written.path)
    try:
        assert of(again, 2021) == before
        looped, areas, wanted = of(again, 2022)
        assert "hazard" not in looped
        assert "safety" not in areas
        assert not {"hazard", "accident"} & set(wanted)
        assert opened.area(again, "safety") == "safety", "a command may ask for the year 2021"
    finally:
        again.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[choice]]\nledger = 'hazard'\nfield = 'field'\nvalue = '交通'\n", "已经有了"),
        ("[[field]]\nledger = 'nowhere'\nkey = 'a'\ntitle = '甲'\ntype = 'text'\n", "没有台账 nowhere"),
        ("[[ledger]]\nkey = 'x'\n", "没有领域"),
        ("[[retire]]\nkind = 'area'\nkey = 'nowhere'\nyear = 2022\n", "没有要停用的"),
        ("[[retire]]\nkind = 'village'\nkey = 'a'\nyear = 2022\n", "kind 不能是"),
        ("[[retire]]\nkind = 'area'\nkey = 'party'\nyear = '2022'\n", "整数"),
        ("areas = 1\n", "不认识 areas"),
        ("[[choice\n", "读不下去（第1行第9列）"),
        ("[[field]]\nledger = 'letter'\nkey = 'copies'\ntitle = '份'\ntype = 'text'\n", "copies"),
        ("[[field]]\nledger = 'letter'\nkey = 'b'\ntitle = '份'\ntype = 'ref'\n", "ref 字段缺少 to"),
        ("[[field]]\nledger = 'letter'\nkey = 'b'\ntitle = '份'\ntype = 'ref'\nto = 'school'\n", "school"),
    ],
)
def test_what_does_not_hold_is_refused_whole(written: Township, text: str, told: str) -> None:
    with pytest.raises(Flawed, match=told) as refused:
        add_entries(written, "own.toml", text)
    assert any(flaw.file == "own.toml" for flaw in refused.value.flaws)
    assert own_entries(written) == {}


def test_what_the_catalogue_lost_is_told_and_kept(forest: Township) -> None:
    made = patrol(forest)
    path = forest.path
    forest.close()
    shipped = load_catalogue()
    plain = replace(forest, catalogue=shipped, database=type(forest.database).open(path, shipped))
    lost = {str(each) for each in missing_entries(plain)}
    plain.close()
    assert {"forest_patrol.people", "lookout.name", "letter.forest_note"} <= lost
    again = open_township(path)
    try:
        assert record.load(again, "forest_patrol", made)[0]["people"] == 3
        assert missing_entries(again) == []
    finally:
        again.close()


def test_the_command_adds_checks_hands_out_and_retires(
    written: Township, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, given = str(written.path), tmp_path / "forest.toml"
    written.close()  # one writer for a file
    given.write_text(FOREST, encoding="utf-8")
    assert cli.run(["catalogue", path, "--check", str(given)]) == 0
    assert cli.run(["catalogue", path, "--add", str(given)]) == 0
    assert cli.run(["catalogue", path]) == 0
    assert "护林巡查" in capsys.readouterr().out
    assert cli.run(["catalogue", path, "--export", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "forest.toml").read_text(encoding="utf-8") == FOREST
    assert cli.run(["catalogue", path, "--retire", "forest", "--year", "2023"]) == 0
    assert cli.run(["catalogue", path, "--retire", "forest"]) == 1
    given.write_text("areas = 1\n", encoding="utf-8")
    assert cli.run(["catalogue", path, "--check", str(given)]) == 1
    assert cli.run(["catalogue", "--add", str(given)]) == 1
    record_command = ["figures", path, "--year", "2021", "--json"]
    assert cli.run(record_command) == 0
    assert "forest_patrols" in capsys.readouterr().out


def test_an_area_is_used_again(written: Township) -> None:
    retire(written, "epidemic", 2021)
    retire(written, "letter", 2022)
    written.close()
    off = open_township(written.path)
    try:
        assert {each.key: each.retired for each in areas_in_use(off)}["epidemic"] == 2021
        assert "epidemic" not in {area.key for area in off.catalogue.in_years(2021).work_areas()}
        assert use_again(off, "epidemic") == "area"
        with pytest.raises(StorageProblem, match="不用恢复"):
            use_again(off, "epidemic")
    finally:
        off.close()
    on = open_township(written.path)
    try:
        used = {each.key: each.retired for each in areas_in_use(on)}
        assert used["epidemic"] is None
        assert on.catalogue.ledgers["letter"].life.retired == 2022
    finally:
        on.close()


def test_single_deeds_can_be_noted_for_a_ranking_of_its_own(forest: Township) -> None:
    """Which rankings there are to choose from is said by the rankings themselves."""
    ranking = forest.catalogue.ledgers["assessment_item"]["ranking"]
    assert ranking.choices == ("疫苗接种", "巡视整改", "人居环境", "森林防火")
    deed = {"village": 1, "ranking": "森林防火", "kind": "加分", "points": 2, "reason": "扑救及时"}
    made = record.save(forest, "assessment_item", deed | {"date": date(2021, 11, 3)}).id
    assert month_ranking(forest, "forest_ranking", 202111).deeds == {1: (made,)}
    assert not month_ranking(forest, "environment_ranking", 202111).deeds
