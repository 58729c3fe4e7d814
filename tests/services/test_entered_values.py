"""Values of earlier years, entered by hand: used wherever a year is compared, marked, and yielding to the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from zhengui.catalogue.load import load_catalogue
from zhengui.figures.period import half, year
from zhengui.gui.home.facts import read_trend
from zhengui.reports.document import Attachment, Chart, Table
from zhengui.services.counting import entered_values
from zhengui.services.counting.chips_of import facts, told_of_before
from zhengui.services.counting.compute_figures import compare, compute
from zhengui.services.counting.entered_values import NotEntered
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.document import edit_document as write
from zhengui.services.entry.record import save
from zhengui.services.issue.drift import drift
from zhengui.services.issue.issue_document import issue, submit
from zhengui.services.paper.compose_attachments import attachments_of
from zhengui.services.plan.propose_plan import propose
from zhengui.services.returns.report_month import mark
from zhengui.services.township.page_settings import ReportSettings, keep_settings
from zhengui.services.township.township import Township, create_township
from zhengui.services.watch.rank_villages import rank_villages

CATALOGUE = load_catalogue()
SOURCE = "2020年工作总结"
OUTPUT, INVESTMENT = "industrial_output", "fixed_investment"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Township]:
    """A first year with ledgers, and none before it."""
    township = create_township(tmp_path / "office.zgdb", "试验镇", "李明", CATALOGUE)
    township.working_day = date(2021, 12, 31)
    save(township, "village", {"name": "白沙村", "kind": "村", "active": True})
    save(township, "enterprise", {"name": "白沙建材厂", "listed": True, "active": True})
    for month in range(1, 13):
        for kind in ("规上工业总产值", "固定资产投资"):
            values = {
                "kind": kind,
                "month": 202100 + month,
                "amount": 1_000_000_000,
                "item": "甲",
                "enterprise": 1,
            }
            save(township, "economic_return", values)
    yield township
    township.close()


def test_an_entered_year_is_compared_worded_and_marked(office: Township) -> None:
    assert compare(office, year(2021), (), [OUTPUT])[OUTPUT].before.value is None
    entered_values.enter(office, OUTPUT, 2020, Decimal("1.0"), SOURCE, date(2021, 1, 20))
    compared = compare(office, year(2021), (), [OUTPUT])[OUTPUT]
    assert (compared.now.value, compared.before.value) == (Decimal("1.2"), 1)
    assert compared.change.text
    assert compared.before.entered == "录入：2020年工作总结，2021-01-20，李明录入"
    assert SOURCE in compared.before.how
    hover = facts(office, f"{{{OUTPUT}.change}}", year(2021))
    assert hover is not None
    assert hover.before.endswith("（录入）")
    told = told_of_before(office, year(2021), (), compute(office, year(2021), (), [OUTPUT]).values())
    assert "（录入）" in told[OUTPUT]
    assert compute(office, half(2020, 1), (), [OUTPUT])[OUTPUT].value is None, (
        "a year says nothing of its half"
    )
    assert compute(office, year(2020), (1,), [OUTPUT])[OUTPUT].value is None, "nor the township of a village"


def test_highest_ever_takes_entered_years_and_says_since_when(office: Township) -> None:
    def told() -> tuple[str, str]:
        verdict = judge_all(office, year(2021), (), ["record_high"])["record_high"]
        return verdict.state, verdict.sentence

    assert told()[0] == "unknown"
    entered_values.enter(office, OUTPUT, 2020, Decimal("1.1"), SOURCE)
    assert told()[0] == "unknown", "only one of the two indicators"
    entered_values.enter(office, INVESTMENT, 2020, Decimal("1.1"), SOURCE)
    assert told() == ("holds", "两项指标均创2020年有记录以来的历史新高")
    entered_values.enter(office, OUTPUT, 2018, Decimal("0.5"), "2018年工作总结")
    assert told()[1].startswith("两项指标均创2020年"), "2019 is missing between them"
    entered_values.enter(office, INVESTMENT, 2017, Decimal("1.5"), "2017年工作总结")
    assert told()[0] == "fails"


def test_a_year_of_one_month_is_no_year_to_beat(office: Township) -> None:
    for kind in ("规上工业总产值", "固定资产投资"):
        save(
            office,
            "economic_return",
            {"kind": kind, "month": 202012, "amount": 1_000_000, "item": "甲", "enterprise": 1},
        )
    assert judge_all(office, year(2021), (), ["record_high"])["record_high"].state == "unknown"


def test_an_entered_value_yields_to_complete_records(office: Township) -> None:
    entered_values.enter(office, "letters", 2020, Decimal(1200), SOURCE)
    save(office, "letter", {"village": 1, "date": date(2020, 3, 1), "copies": 300, "suggestions": 1})
    assert compute(office, year(2020), (), ["letters"])["letters"].value == 1200
    for month in range(1, 13):
        mark(office, "letter", [1], 202000 + month, zero=True)
    figure = compute(office, year(2020), (), ["letters"])["letters"]
    assert (figure.value, figure.entered, figure.records) == (300, "", 1)


def test_a_sheet_is_pasted_whole_or_not_at_all(office: Township) -> None:
    title = CATALOGUE.indicators[OUTPUT].title
    sheet = [["指标", "2019年", "2020"], [title, "0.9", "1.0"], ["letters", "", "1,200"], ["", "", ""]]
    kept = entered_values.paste(office, sheet, SOURCE)
    assert len(kept.values) == 3
    assert compute(office, year(2020), (), ["letters"])["letters"].value == 1200
    again = entered_values.paste(office, [["", "2020"], ["letters", "1300"]], SOURCE)
    assert compute(office, year(2020), (), ["letters"])["letters"].value == 1300
    entered_values.take_back(office, again)
    assert compute(office, year(2020), (), ["letters"])["letters"].value == 1200
    entered_values.take_back(office, kept)
    assert entered_values.entered_values(office) == []
    for wrong, told in (
        ([["", "2020"], ["没有这个", "1"]], "第 2 行"),
        ([["", "2020"], ["letters", "很多"]], "不是数"),
        ([["", "去年"], ["letters", "1"]], "没有年份"),
        ([["", "2021"], ["letters", "1"]], "由台账算出"),
        ([["", "2020"], ["letters", "5"], ["mobilisation_day", "3"]], "是日期"),
    ):
        with pytest.raises(NotEntered, match=told):
            entered_values.paste(office, wrong, SOURCE)
    assert entered_values.entered_values(office) == []
    with pytest.raises(NotEntered, match="哪份文件"):
        entered_values.enter(office, "letters", 2020, Decimal(1), " ")


def test_every_place_that_shows_an_entered_value_marks_it(office: Township, tmp_path: Path) -> None:
    """Statistics, village tables, charts, the trend of the first page, rankings, cards, drift."""
    save(office, "village", {"name": "青石村", "kind": "村", "active": True})
    for village in (1, 2):
        cleaned = {"village": village, "date": date(2021, 3, 1), "kind": "生活垃圾", "unit": "吨"}
        save(office, "cleanup", cleaned | {"quantity": Decimal(300)})
        entered_values.enter(office, "refuse", 2020, Decimal(600 + village), SOURCE, village=village)
    entered_values.enter(office, "refuse", 2020, Decimal(1203), SOURCE)
    told = "\n".join(_words(attachments_of(office, year(2020))))
    assert "1203（录入）" in told
    assert "601（录入）" in told
    assert "602（录入）" in told
    of_2021 = "\n".join(_words(attachments_of(office, year(2021))))
    assert "1203（录入）" in of_2021
    assert "2020年（录入）" in of_2021, "the charts of several years"
    assert "2021年（录入）" not in of_2021
    assert [each.shown for each in rank_villages(office, "refuse", year(2020))] == [
        "601吨（录入）",
        "602吨（录入）",
    ]
    trend = read_trend(office, "refuse", 2021)
    assert (trend.now_mark, trend.before_mark, trend.before[-1]) == ("", "（录入）", 1203)
    proposals = [each.why for each in propose(office, 2022) if "1203" in each.why]
    assert all("1203（录入）" in why for why in proposals)


def test_what_was_issued_of_an_entered_value_is_marked_where_it_drifts(office: Township) -> None:
    entered_values.enter(office, "letters", 2020, Decimal(1203), SOURCE)
    document = new_document(office, year(2020))
    for part in write.open_document(office, document).parts:
        if part.key not in ("summary", "summary_lead"):
            write.switch(office, document, part.id, on=False)
    lead = write.open_document(office, document).part("summary_lead")
    write.set_text(office, document, lead.id, "发放公开信{letters}。")
    keep_settings(office, ReportSettings(attachments=False, charts=False))
    submit(office, document)
    made = issue(office, document).id
    assert drift(office, made).figures == ()
    entered_values.enter(office, "letters", 2020, Decimal(1303), SOURCE)
    (found,) = drift(office, made).figures
    assert (found.then, found.now, found.prints) == ("1200余份（录入）", "1300余份（录入）", True)


def _words(attachments: Iterable[Attachment]) -> Iterator[str]:
    for block in (block for each in attachments for block in each.blocks):
        if isinstance(block, Table):
            yield from (cell.text for row in (*block.rows, block.totals) for cell in row)
        elif isinstance(block, Chart):
            yield from block.categories
