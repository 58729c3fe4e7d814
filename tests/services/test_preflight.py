"""What must not be printed is found before issuing, each with a place to go to."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.drafts import new_document
from tests.services.test_issue_document import issued, short_document
from tests.services.written_office import add
from zhengui.figures.period import year
from zhengui.services.document import edit_document as write
from zhengui.services.entry.record import save
from zhengui.services.entry.review_records import require_review
from zhengui.services.issue.issue_document import issue, submit
from zhengui.services.issue.preflight import Finding, preflight
from zhengui.services.returns.report_month import unmark
from zhengui.services.township.township import Township, open_township
from zhengui.services.whole.demo import make_demo


def found(township: Township, document: int, *kinds: str) -> list[Finding]:
    return [each for each in preflight(township, document) if not kinds or each.kind in kinds]


def put(township: Township, document: int, text: str) -> int:
    part = write.open_document(township, document).part("summary_lead")
    write.set_text(township, document, part.id, text)
    return part.id


def test_a_clean_document_has_nothing_that_blocks(written: Township) -> None:
    assert not [each for each in preflight(written, short_document(written)) if each.severity == "stop"]


def test_unknown_figures_block(written: Township) -> None:
    document = short_document(written)
    put(written, document, "发放学习用书{study_books}。")
    unknown = next(k for k, i in written.catalogue.indicators.items() if i.n == 33)
    put(written, document, f"发放学习用书{{{unknown}}}。")
    (finding,) = found(written, document, "unknown_figure")
    assert finding.severity == "stop"
    assert finding.jump == f"figure:{unknown}"
    assert "没有记录，也没有零报告" in finding.reason


def test_what_did_not_happen_is_not_told_as_if_it_had(written: Township) -> None:
    document = short_document(written)
    save(
        written,
        "hazard",
        {
            "found_on": date(2021, 3, 2),
            "village": 1,
            "field": "校园",
            "grade": "一般",
            "place": "小学",
            "detail": "线路老化",
        },
    )
    put(written, document, "重大隐患{major_hazards}。")
    (finding,) = found(written, document, "nothing")
    assert (finding.severity, finding.jump) == ("check", "figure:major_hazards")
    assert "印成了“0处”" in finding.title


def test_a_number_typed_by_hand_needs_a_source(written: Township) -> None:
    document = short_document(written)
    part = put(written, document, "争取资金380万元，2021年新增岗位45个。")
    assert [f.title for f in found(written, document, "typed_number")] == [
        "“争取资金380万元”里的“380万元”是手写的，没有出处",
        "“争取资金380万元”里的“45个”是手写的，没有出处",
    ]
    write.give_source(written, document, part, "380", "县财政局文件")
    assert len(found(written, document, "typed_number")) == 1
    write.give_source(written, document, part, "380", "")
    assert len(found(written, document, "typed_number")) == 2


def test_a_typed_number_that_the_ledgers_contradict_blocks(written: Township) -> None:
    document = short_document(written)
    put(written, document, "消除隐患{hazards_removed}。本年共消除隐患132处，排查隐患18处。")
    (wrong,) = found(written, document, "contradiction")
    assert wrong.severity == "stop"
    assert "手写为“132处”，台账算得12处" in wrong.title
    (right,) = found(written, document, "typed_number")
    assert "与台账一致" in right.reason


def test_the_same_figure_is_written_the_same_way(written: Township) -> None:
    document = short_document(written)
    put(written, document, "检查{places_checked}，共计{places_checked|exact}。")
    (finding,) = found(written, document, "different_display")
    assert "190余家" in finding.reason
    assert "198家" in finding.reason
    put(written, document, "检查{places_checked}，其中{places_checked.villages}{places_checked}。")
    assert not found(written, document, "different_display")


def test_claims_without_ground_are_told(written: Township) -> None:
    document = short_document(written)
    unmark(written, "accident", [2, 3], 202104)
    unmark(written, "accident", [3], 202105)
    (unknown,) = found(written, document, "unknown_claim")
    assert unknown.jump == "claim:no_accident"
    (missing,) = found(written, document, "missing_report")
    assert missing.jump == "report:accident"
    assert "青石村（4月）、云门社区（4月、5月）" in missing.reason
    accident = {"date": date(2021, 5, 4), "village": 1, "kind": "生产安全", "grade": "一般", "place": "仓库"}
    save(written, "accident", accident)
    assert [f.kind for f in found(written, document, "false_claim", "unknown_claim")] == ["false_claim"]


def test_a_claim_typed_by_hand_is_recognised(written: Township) -> None:
    document = short_document(written)
    part = put(written, document, "我镇全年未发生生产安全事故。")
    (held,) = found(written, document, "typed_claim")
    assert (held.severity, held.jump) == ("check", f"part:{part}")
    accident = {"date": date(2021, 5, 4), "village": 1, "kind": "生产安全", "grade": "一般", "place": "仓库"}
    save(written, "accident", accident)
    (false,) = found(written, document, "typed_claim")
    assert false.severity == "stop"


@pytest.mark.parametrize("gap", ["XX", "××", "〔待补〕", "（待填）", "____", "？？", "某某"])
def test_forgotten_gaps_block(written: Township, gap: str) -> None:
    document = short_document(written)
    part = put(written, document, f"争取{gap}资金。")
    (finding,) = found(written, document, "forgotten")
    assert (finding.severity, finding.jump) == ("stop", f"part:{part}")
    assert gap in finding.title


def test_last_year_s_issue_is_held_against_this_year(written: Township) -> None:
    issued(written, 2020)
    document = short_document(written)
    put(written, document, "发放{letters}，比上年{letters.change}。上年消除隐患77处。持续用力。")
    assert not [f for f in found(written, document, "past_contradiction") if "公开信" in f.title]
    save(written, "letter", {"copies": 300}, 1)
    told = found(written, document, "past_contradiction")
    assert len(told) == 2
    assert any("上年数是1400余份" in f.title and "写的是1200余份" in f.title for f in told)
    assert any("77处" in f.title and "8处" in f.title for f in told)


def test_a_paragraph_that_never_changed_is_told(written: Township) -> None:
    document = short_document(written, 2020)
    part = write.open_document(written, document).part("summary_lead")
    write.set_text(written, document, part.id, "坚持{year}年目标不变，久久为功。")
    submit(written, document)
    issue(written, document)
    this = short_document(written)
    put(written, this, "坚持{year}年目标不变，久久为功。")
    (finding,) = found(written, this, "unchanged")
    assert "一字不差" in finding.title
    put(written, this, "坚持{year}年目标不变，再加一把劲。")
    assert not found(written, this, "unchanged")


def test_jumps_beyond_the_limit_are_asked_about(written: Township) -> None:
    document = short_document(written)
    assert not found(written, document, "jump"), "half as much again is at the limit, not beyond it"
    written.keep_setting("parameter.jump_limit", "40")
    told = [f.jump for f in found(written, document, "jump")]
    assert "figure:letters" in told
    assert "figure:hazard_rate" not in told


def test_rows_that_await_review_are_told(written: Township) -> None:
    document = short_document(written)
    require_review(written, "letter", "count")
    add(written, "letter", {"village": 1, "date": date(2021, 3, 3), "copies": 5, "suggestions": 0})
    add(written, "letter", {"village": 1, "date": date(2019, 3, 3), "copies": 5, "suggestions": 0})
    (finding,) = found(written, document, "unreviewed")
    assert "有 1 条记录等待审核" in finding.title
    assert finding.jump == "review:letter"


def test_everything_planted_in_the_demo_is_caught(tmp_path) -> None:
    made = make_demo(tmp_path, scale=0.05, pdf=False)
    township = open_township(made.database)
    try:
        township.working_day = date(2021, 12, 31)
        document = new_document(township, year(2021))
        before = {(f.kind, f.jump) for f in preflight(township, document)}
        part = write.open_document(township, document).part("safety.network").id
        text = write.open_document(township, document).part("safety.network").text
        write.set_text(
            township,
            document,
            part,
            text + "争取资金380万元，消除安全隐患9999处。所有巡视整改任务全部完成整改。",
        )
        unmark(township, "accident", [3], 202107)
        after = [f for f in preflight(township, document) if (f.kind, f.jump) not in before]
        kinds = {f.kind for f in after}
        assert {"typed_number", "contradiction", "missing_report"} <= kinds
        assert "unknown_claim" in kinds
    finally:
        township.close()


def test_missed_plan_items_want_a_reason(written: Township) -> None:
    document = short_document(written)
    assert not found(written, document, "unsettled_plan")
    department = save(written, "department", {"name": "农业服务站", "active": True}).id
    item = {
        "part": "民生",
        "plan_year": 2021,
        "wording": "新建文化广场两处",
        "department": department,
        "due_on": date(2021, 6, 30),
        "status": "未开始",
    }
    save(written, "plan_item", item)
    (finding,) = found(written, document, "unsettled_plan")
    assert "1 项没有完成" in finding.title
    assert (finding.severity, finding.jump) == ("check", "plan")
