"""The demo: made whole or not at all, known in all printed figures, never in the place of real data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.reports.gb9704.test_archive import against
from tests.reports.ofd.test_ofd import agree
from zhengui.figures import period
from zhengui.figures.period import year
from zhengui.figures.warning_states import WarningStanding
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.document.compose_document import lay_out
from zhengui.services.issue.bind_evidence import bind_figures
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.services.watch.find_warnings import find_warnings
from zhengui.services.whole.demo import MadeDemo, is_demo, make_demo
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import attachments
from zhengui.storage.records import record as records
from zhengui.work import Cancelled

NAME = "云岭镇演示.zgdb"
HOLDING = {
    "one_shoulder",
    "reserve_posted",
    "rectification_closed",
    "centre_villages_completed",
    "no_sudden_hardship",
    "livelihood_closed",
    "record_high",
    "supervision_complete",
    "no_accident",
    "elections_done",
    "returnees_watched",
    "tasks_assigned",
    "no_fires",
    "major_hazards_closed",
}
FAILING = {"toilets_rectified", "all_supported", "all_planned", "no_overreach", "suggestions_answered"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeDemo:
    return make_demo(tmp_path_factory.mktemp("demo"), pdf=False)


@pytest.fixture(scope="module")
def township(made: MadeDemo) -> Iterator[Township]:
    opened = open_township(made.database)
    yield opened
    opened.close()


def test_the_township_is_named_and_marked_as_a_demo(township: Township) -> None:
    assert township.profile().name == "云岭镇"
    assert is_demo(township)


def test_every_printed_figure_is_known(made: MadeDemo) -> None:
    assert made.known == 83
    assert made.records > 30_000
    assert (made.pdf, made.pages) == (None, 0)


def test_figures_are_those_of_a_township(township: Township) -> None:
    shown = {key: figure.display for key, figure in compute(township, period.year(2021)).items()}
    expected = {
        "vaccination_rate": "98.65%",
        "medals_fifty_years": "43名",
        "screening_day": "12日",
        "sewers": "3800余米",
        "brick_roads": "1.1万余米",
        "funds_raised": "120余万元",
        "industrial_output": "12.5亿元",
        "hazards_removed": "132处",
        "disputes_settled": "214起",
        "leaflets": "8600余份",
        "insurance_target": "97%",
    }
    assert {key: shown[key] for key in expected} == expected


def test_some_claims_hold_and_some_do_not(township: Township) -> None:
    states = {key: verdict.state for key, verdict in judge_all(township, period.year(2021)).items()}
    assert {key for key, state in states.items() if state == "holds"} == HOLDING
    assert {key for key, state in states.items() if state == "fails"} == FAILING


def test_every_rule_warns_and_each_way_to_decide_is_seen(township: Township) -> None:
    found = find_warnings(township)
    assert {each.rule.key for each in found} == set(township.catalogue.warnings)
    assert {each.standing for each in found} == set(WarningStanding)
    raised = next(each for each in found if each.rule.key == "region_raised" and "2 人" in each.why)
    assert raised.since.year == 2021


def test_unknown_shows_where_a_village_reported_nothing(township: Township) -> None:
    figures = compute(township, period.month(2021, 2), (4,))
    assert any(figure.value is None for figure in figures.values())
    assert any(figure.value == 0 for figure in figures.values())


def test_records_have_their_pictures_from_the_start(township: Township) -> None:
    with township.database.reading() as conn:
        rows = records.fetch(conn, township.tables, "hazard", range(1, 900))
        photos = [row.values["photo"] for row in rows if row.values["photo"]]
        kept = attachments.about(conn, township.tables, photos[0])
    assert photos
    assert {row.version for row in rows} == {1}
    assert [each.name for each in kept] == ["整改前.jpg", "整改后.jpg"]
    assert all(each.is_photo for each in kept)


def test_registers_were_entered_before_the_records(township: Township) -> None:
    with township.database.reading() as conn:
        village = records.fetch_one(conn, township.tables, "village", 1)
        dispute = records.fetch_one(conn, township.tables, "dispute", 1)
    assert village.created_at < dispute.created_at
    assert dispute.created_at.date() == date(2021, 12, 31)


def test_an_older_demo_is_replaced(tmp_path: Path) -> None:
    first = make_demo(tmp_path, scale=0.05, pdf=False)
    second = make_demo(tmp_path, scale=0.05, seed=5, pdf=False)
    assert first.database == second.database == tmp_path / NAME
    township = open_township(second.database)
    assert township.setting("demo.seed") == "5"
    township.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, f"{NAME}.key"]


def test_real_data_are_never_replaced(tmp_path: Path) -> None:
    create_township(tmp_path / NAME, "真实镇", "王工").close()
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(StorageProblem, match="不是演示数据"):
        make_demo(tmp_path, scale=0.05, pdf=False)
    assert (tmp_path / NAME).read_bytes() == before


@pytest.mark.parametrize("name", [NAME, f"{NAME}.key"])
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("别的内容", encoding="utf-8")
    with pytest.raises(StorageProblem, match="不是演示数据"):
        make_demo(tmp_path, scale=0.05, pdf=False)
    assert (tmp_path / name).read_text(encoding="utf-8") == "别的内容"


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []

    def stop_soon(done: int, whole: int, what: str = "", /) -> None:
        told.append((done, whole, what))
        if len(told) >= 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_demo(tmp_path, scale=0.05, progress=stop_soon, pdf=False)
    assert list(tmp_path.iterdir()) == []
    assert all(0 <= done <= whole for done, whole, _ in told)
    assert told[0][2].startswith("写入")


@pytest.mark.parametrize("scale", [0, -1, 1000])
def test_a_scale_without_sense_is_refused_in_words(tmp_path: Path, scale: float) -> None:
    with pytest.raises(StorageProblem, match="倍数"):
        make_demo(tmp_path, scale=scale)


def test_the_document_lies_beside_the_database(tmp_path: Path) -> None:
    made = make_demo(tmp_path, scale=0.2)
    assert made.pdf is not None
    assert made.pdf.read_bytes().startswith(b"%PDF")
    assert made.pages >= 10
    assert made.known == 83


def test_the_pages_can_be_kept_and_are_the_same_as_ofd(township: Township) -> None:
    published = lay_out(township, year(2021))
    assert against(published.pdf) == []
    assert agree(published.composed.document, published.settings.page()) > 3000


def test_the_book_of_evidence_can_be_kept(township: Township, tmp_path: Path) -> None:
    book = tmp_path / "佐证.pdf"
    bound = bind_figures(township, ["hazards_removed", "letters"], period.year(2021), book)
    assert bound.pages > 3
    assert against(book.read_bytes()) == []
