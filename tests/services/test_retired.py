"""What is retired from 2022 on stands in every list of 2021 as it stood, and in none of 2022: each service that lists.

Retired are an area, a ledger, a ledger with a closed loop, a field, a choice, an indicator, a claim, a section, a
warning and a ranking; what rests on them goes with them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import zhengui
from tests.services.whole_office import YEAR, make_office
from zhengui.figures.period import year as whole_year
from zhengui.services.counting import chips_of, trace_figure
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.entered_values import NotEntered, enter
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.county_forms import asked_forms
from zhengui.services.document.compose_document import compose
from zhengui.services.entry.find_records import find_records
from zhengui.services.entry.record import save
from zhengui.services.loops import duties, list_items
from zhengui.services.plan import propose_plan, share_ways, target_schedule
from zhengui.services.problem import StorageProblem
from zhengui.services.returns import report_year
from zhengui.services.sheets import make_templates
from zhengui.services.township import overview
from zhengui.services.township.own_catalogue import own_entries, retire, use_again
from zhengui.services.township.township import Township, open_township
from zhengui.services.township.working_year import ledger_in
from zhengui.services.watch.calendar_entries import calendar_entries
from zhengui.services.watch.find_warnings import find_warnings
from zhengui.services.watch.rank_month import month_ranking
from zhengui.services.watch.rank_villages import rankable
from zhengui.services.watch.show_progress import show_progress
from zhengui.services.watch.today import today_lines
from zhengui.services.whole.record_card import card_of

#: What is retired, with its kind.
RETIRED = {
    "party_history": "area",
    "letter": "ledger",
    "toilet_problem": "ledger",
    "hazard.cost": "field",
    "hazard.field.校园": "choice",
    "refuse": "indicator",
    "no_accident": "claim",
    "epidemic.section": "section",
    "unvisited": "warning",
    "vaccination_ranking": "ranking",
    "visit": "ledger",
    "vaccination_progress": "ledger",
    "assessment_item": "ledger",
}
#: Keys that a list of 2022 has nothing of: the retired, what is of the area, and what rests on the ledgers.
GONE = (
    *(key for key in RETIRED if "." not in key),
    *("study_material", "study_event", "notebook", "letters", "suggestions_of_letters"),
    *("problem_toilets", "problem_toilets_closed", "toilets_rectified"),
)
Lister = Callable[[Township, int], object]


def _rankings(township: Township, year: int) -> object:
    found = [
        month_ranking(township, key, year * 100 + 4) for key in township.catalogue.in_years(year).rankings
    ]
    return [(each.title, [(item.indicator, item.title) for item in each.items]) for each in found]


def _deeds(township: Township, year: int) -> object:
    month = month_ranking(township, "environment_ranking", year * 100 + 12)
    return [("assessment_item", village, own) for village, own in month.deeds.items()]


def _calendar(township: Township, year: int) -> object:
    return [(e.kind, e.title, e.of) for e in calendar_entries(township, date(year, 1, 1), date(year, 12, 31))]


def _found(township: Township, year: int) -> object:
    return sorted(each.ledger for each in find_records(township, "村", 3, lambda: False, year))


#: Whatever lists ledgers, figures, claims or areas of a year.
LISTS: dict[str, Lister] = {
    "figures": lambda t, y: sorted(compute(t, whole_year(y))),
    "claims": lambda t, y: sorted(judge_all(t, whole_year(y))),
    "the document": lambda t, y: compose(t, whole_year(y)).document.text().partition("工作计划\n")[0],
    "loops": lambda t, y: [each.key for each in overview.looped(t, year=y)],
    "items": lambda t, y: [(item.ledger, item.id) for item in list_items.items(t, y)],
    "returns": lambda t, y: [
        (a.key, [each.key for each in ls]) for a, ls in report_year.monthly_ledgers(t, y)
    ],
    "owed": report_year.wanted_ledgers,
    "templates": lambda t, y: [each.key for each in make_templates.owed_ledgers(t, y)],
    "today": lambda t, y: [(line.of, line.title) for line in today_lines(t, whole_year(y))],
    "progress": lambda t, y: [(ring.page, ring.title) for ring in show_progress(t, whole_year(y))],
    "calendar": _calendar,
    "rankings": _rankings,
    "rankable": lambda t, y: [each.key for each in rankable(t, whole_year(y))],
    "suggestions": lambda t, y: [each.insert for each in chips_of.suggest(t, "", whole_year(y), limit=999)],
    "search": _found,
    "weights": lambda t, y: [each.key for each in share_ways.weighable(t, y)],
    "visits due": lambda t, _y: [("visit", each) for each in duties.charges(t)],
    "who visits": lambda t, _y: [("visit", each) for each in duties.loads(t)],
    "targets": lambda t, y: [
        ("vaccination_progress", each) for each in target_schedule.target_schedule(t, on=date(y, 12, 31))
    ],
    "single deeds": _deeds,
    "a village": lambda t, y: card_of(t, "village", 1, whole_year(y)),
    "figures of a record": lambda t, y: trace_figure.figures_of(t, "cleanup", 1, whole_year(y)),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """The office, and what its lists of 2021 said before anything was retired."""
    path = tmp_path_factory.mktemp("retired") / "试验镇.zgdb"
    township = make_office(path)
    deed = {"village": 1, "ranking": "人居环境", "kind": "加分", "points": 2, "reason": "示范"}
    save(township, "assessment_item", deed | {"date": date(YEAR, 12, 1)})
    said = {name: each(township, YEAR) for name, each in LISTS.items()}
    for key, kind in RETIRED.items():
        assert retire(township, key, YEAR + 1) == kind
    township.close()
    return path, said


@pytest.fixture(scope="module")
def office(before: tuple[Path, dict[str, object]]) -> Iterator[Township]:
    opened = open_township(before[0], "甲")
    yield opened
    opened.close()


@pytest.fixture
def township(office: Township) -> Township:
    office.working_day = date(YEAR, 12, 31)
    return office


@pytest.mark.parametrize("name", LISTS)
def test_the_year_before_is_as_it_was(
    name: str, township: Township, before: tuple[Path, dict[str, object]]
) -> None:
    assert LISTS[name](township, YEAR) == before[1][name]
    township.working_day = date(YEAR + 1, 5, 1)
    if name not in (
        "today",
        "items",
        "calendar",
        "visits due",
        "who visits",
    ):  # those count the days from the day itself
        assert LISTS[name](township, YEAR) == before[1][name], "and looked at from the year after"


@pytest.mark.parametrize("name", LISTS)
def test_the_year_has_none_of_it(name: str, township: Township) -> None:
    township.working_day = date(YEAR + 1, 5, 1)
    said = repr(LISTS[name](township, YEAR + 1))
    assert not [key for key in GONE if re.search(rf"(?<![\w.]){key}(?![\w.])", said)]
    whole = township.catalogue
    titles = [whole.by_area["party_history"].title, whole.by_area["epidemic"].section.title]  # type: ignore[union-attr]
    assert not [title for title in titles if title in said]


@pytest.mark.parametrize("name", ["visits due", "who visits", "targets", "single deeds"])
def test_a_verb_about_a_shipped_ledger_had_something_to_tell(
    name: str, before: tuple[Path, dict[str, object]]
) -> None:
    assert before[1][name]


def test_fields_and_choices_are_offered_in_their_years(township: Township) -> None:
    then, now = (ledger_in(township, "hazard", each) for each in (YEAR, YEAR + 1))
    assert "cost" in {field.key for field in then.live_fields}
    assert "cost" not in {field.key for field in now.live_fields}
    assert "校园" in then["field"].choices
    assert "校园" not in now["field"].choices
    assert "校园" in township.catalogue.ledgers["hazard"]["field"].choices, "what was chosen is still known"
    assert ledger_in(township, "hazard") is then, "the year being worked on"


def test_what_is_asked_for_next_year_is_proposed_without_it(township: Township) -> None:
    keys = {each.key for each in propose_plan.propose(township, YEAR + 1)}
    assert not {f"open:{key}" for key in ("toilet_problem",)} & keys
    assert not {key for key in keys if key.rpartition(":")[2] in GONE}
    township.working_day = date(YEAR + 1, 5, 1)
    titles = [township.catalogue.ledgers["letter"]["copies"].title, "清运生活垃圾"]
    held = [each.held for each in asked_forms.propose_columns(township, titles)]
    assert not [each for each in held if each.startswith("letter.") or each.endswith("refuse")]
    warned = {each.rule.key for each in find_warnings(township)}
    assert "unvisited" not in warned
    with pytest.raises(duties.DutyRefused, match="今年不用了"):
        duties.hand_over(township, 1, 2, date(YEAR + 1, 5, 1))
    with pytest.raises(duties.DutyRefused, match="今年不用了"):
        duties.visiting_list(township, 1)


def test_who_asks_for_it_by_name_is_told(township: Township, tmp_path: Path) -> None:
    with pytest.raises(StorageProblem, match="2022年不用"):
        make_templates.template_of_ledger(township, "letter", tmp_path / "a.xlsx", YEAR + 1)
    with pytest.raises(StorageProblem, match="2022年不用"):
        make_templates.template_of_area(township, "party_history", tmp_path / "a.xlsx", YEAR + 1)
    with pytest.raises(KeyError):
        month_ranking(township, "vaccination_ranking", (YEAR + 1) * 100 + 1)
    figure = compute(township, whole_year(YEAR + 1), (), ["refuse"])["refuse"]
    assert (figure.value, "从 2022 年起停用" in figure.reason) == (None, True)
    verdict = judge_all(township, whole_year(YEAR + 1), (), ["no_accident"])["no_accident"]
    assert (verdict.state, "从 2022 年起停用" in verdict.reason) == ("unknown", True)
    township.working_day = date(YEAR + 2, 5, 1)
    with pytest.raises(NotEntered, match="从 2022 年起停用"):
        enter(township, "refuse", YEAR + 1, 5, "台账")  # type: ignore[arg-type]


def test_retirements_are_laid_last_and_taken_back(township: Township) -> None:
    with township.reading() as reading:
        text = own_entries(reading)["停用.toml"]
    assert 'key = "hazard.field.校园"' in text
    assert use_again(township, "hazard.field.校园") == "choice"
    assert "校园" not in own_entries(township)["停用.toml"]
    assert retire(township, "hazard.field.校园", YEAR + 1) == "choice"
    with pytest.raises(StorageProblem, match="选项写成 台账"):
        retire(township, "hazard.field.没有的", YEAR + 1)


#: Where a whole catalogue is gone through on purpose, and why.
OF_ALL_YEARS = {
    "command/catalogue.py": "prints the catalogue with its years",
    "command/setting.py": "finds a parameter by its title",
    "figures/naming_words.py": "the words of whatever document",
    "services/entry/browse_records.py": "the bin holds records of whatever year",
    "services/entry/recycle_bin.py": "the bin holds records of whatever year",
    "services/entry/export_workbook.py": "titles of figures by key",
    "services/sheets/export_shown.py": "titles of figures by key",
    "services/counting/compute_figures.py": "those asked for by key, in the order of the document",
    "services/counting/entered_values.py": "finds a figure by its title, then asks its years",
    "services/counting/judge_claims.py": "those asked for by key",
    "services/issue/frozen_content.py": "what was printed, by key",
    "services/issue/preflight_text.py": "a sentence that somebody typed may be of another year",
    "services/loops/circular.py": "the order of the ledgers whose items are told",
    "services/returns/report_status.py": "a setting that holds for every year",
    "services/township/overview.py": "whether anything was ever entered",
    "services/township/reading.py": "the parameters of every year",
    "services/whole/record_card.py": "a household's records of all times",
    "figures/readable_wording.py": "a chip's title back to its key",
}
_WHOLE = re.compile(r"catalogue\.(ledgers|indicators|claims|parameters)(\.(values|items|keys)\(\))?$")


def test_lists_are_made_of_what_lives() -> None:
    """Whoever goes through a catalogue's entries takes the living ones; by key any is found."""
    root = Path(zhengui.__file__).parent
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(("catalogue/", "storage/", "services/whole/demo")):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.For | ast.comprehension):
                inner = node.iter.args if isinstance(node.iter, ast.Call) and node.iter.args else [node.iter]
                for each in inner:
                    if _WHOLE.search(ast.unparse(each)):
                        found.setdefault(name, []).append(ast.unparse(node.iter))
    assert {name: lines for name, lines in found.items() if name not in OF_ALL_YEARS} == {}
    assert not {name for name in OF_ALL_YEARS if name not in found}, (
        "nothing is excused that does not stand there"
    )


def test_no_one_but_the_catalogue_asks_whether_something_is_retired() -> None:
    root = Path(zhengui.__file__).parent
    asking = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "life.retired" in path.read_text(encoding="utf-8")
    }
    assert {name for name in asking if not name.startswith("catalogue/")} == {
        # Those tell the year in words.
        "gui/system/parameter_panel.py",
        "services/counting/compute_figures.py",
        "services/counting/entered_values.py",
        "services/counting/judge_claims.py",
        "services/entry/import_workbook.py",
        "services/township/own_catalogue.py",
    }
