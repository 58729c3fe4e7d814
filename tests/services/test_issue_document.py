"""An issue never changes; what would differ today is told with the edits that did it."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.drafts import new_document
from tests.services.written_office import add
from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.trace_figure import trace
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document
from zhengui.services.entry.record import delete, restore, save
from zhengui.services.entry.review_records import require_review
from zhengui.services.entry.review_records import review as approve
from zhengui.services.issue.compare_documents import compare_issues
from zhengui.services.issue.drift import drift
from zhengui.services.issue.issue_document import (
    NotReady,
    all_issues,
    issue,
    issued_content,
    issued_pages,
    revise,
    send_back,
    submit,
)
from zhengui.services.returns.report_month import unmark
from zhengui.services.township.page_settings import ReportSettings, keep_settings
from zhengui.services.township.township import Township, open_township
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records

#: A short text whose every figure is known in the small office.
TEXT = (
    "发放公开信{letters}，收集建议{letter_suggestions}。排查{inspection_rounds}，检查{places_checked}，"
    "消除隐患{hazards_removed}，排查隐患{hazards_found}，销号率{hazard_rate}。{claim.no_accident}。"
)
KEYS = (
    "letters",
    "letter_suggestions",
    "inspection_rounds",
    "places_checked",
    "hazards_removed",
    "hazards_found",
    "hazard_rate",
)


def short_document(township: Township, number: int = 2021) -> int:
    """A document of one heading and one paragraph, without attachments."""
    document = new_document(township, year(number))
    opened = write.open_document(township, document)
    for part in opened.parts:
        if part.key not in ("summary", "summary_lead"):
            write.switch(township, document, part.id, on=False)
    write.set_text(township, document, opened.part("summary_lead").id, TEXT)
    keep_settings(township, ReportSettings(attachments=False, charts=False))
    return document


def issued(township: Township, number: int = 2021) -> int:
    document = short_document(township, number)
    submit(township, document)
    return issue(township, document).id


def test_the_way_from_draft_to_issue(written: Township) -> None:
    document = short_document(written)
    part = write.open_document(written, document).part("summary_lead")
    with pytest.raises(StorageProblem, match="先送审"):
        issue(written, document)
    submit(written, document)
    with pytest.raises(StorageProblem, match="正在送审"):
        write.set_text(written, document, part.id, "改")
    with pytest.raises(StorageProblem, match="写明原因"):
        send_back(written, document, " ")
    send_back(written, document, "标题再短些")
    write.set_text(written, document, part.id, TEXT + "再接再厉。")
    submit(written, document)
    first = issue(written, document)
    assert (first.number, first.reason) == (1, "")
    with pytest.raises(StorageProblem, match="已经签发"):
        write.switch(written, document, part.id, on=False)
    with pytest.raises(StorageProblem, match="不能删除"):
        write.remove_document(written, document)


def test_a_reissue_needs_a_reason_and_keeps_both(written: Township) -> None:
    first = issued(written)
    document = all_issues(written)[0].document
    before = issued_pages(written, first).pdf
    save(written, "letter", {"copies": 5000}, 13, 1)
    with pytest.raises(StorageProblem, match="写明原因"):
        revise(written, document, "")
    revise(written, document, "公开信份数更正")
    submit(written, document)
    send_back(written, document, "再看一遍")
    submit(written, document)
    second = issue(written, document)
    assert (second.number, second.reason) == (2, "公开信份数更正")
    assert [each.number for each in all_issues(written, document)] == [2, 1]
    assert issued_pages(written, first).pdf == before
    assert issued_pages(written, second.id).pdf != before
    compared = compare_issues(written, first, second.id)
    assert [row.key for row in compared.figures if row.differs] == ["letters"]
    changed = [d for p in compared.paragraphs for d in p.sentences if d.kind != "same"]
    assert [(d.kind, d.before[:5]) for d in changed] == [("changed", "发放公开信")]


def test_what_is_not_ready_is_not_issued(written: Township) -> None:
    document = short_document(written)
    part = write.open_document(written, document).part("summary_lead")
    write.set_text(written, document, part.id, "培训{party_courses}，还有XX项。{nothing}")
    submit(written, document)
    with pytest.raises(NotReady) as caught:
        issue(written, document)
    assert {finding.kind for finding in caught.value.found} >= {"forgotten", "unknown_chip"}
    assert not all_issues(written)


def test_an_issue_outlives_closing_the_file(written: Township, tmp_path) -> None:
    number = issued(written)
    pdf = issued_pages(written, number).pdf
    assert pdf.startswith(b"%PDF")
    again = open_township(written.path)
    try:
        assert issued_pages(again, number).pdf == pdf
        frozen = {figure.key: figure for figure in issued_content(again, number).figures}
    finally:
        again.close()
    assert set(frozen) == set(KEYS)
    for key, figure in frozen.items():
        kept = [each for each in issued_content(written, number).records if each.figure == key]
        parts = {part.role: part.ids for part in trace(written, key, year(2021)).parts}
        assert {each.role: each.ids for each in kept} == parts, key
        assert figure.records == trace(written, key, year(2021)).figure.records


NUMBERS = {"letter": "copies", "inspection": "places", "hazard": "cost"}
WORDS = {"letter": "content", "inspection": "findings", "hazard": "detail"}
DAYS = {"letter": "date", "inspection": "date", "hazard": "found_on"}


def random_edit(township: Township, dice: random.Random, binned: dict[str, list[int]]) -> None:
    """One edit of a 2021 record by somebody: a value, a date, a new record, to the bin or back."""
    ledger, record = dice.choice(tuple(DAYS)), dice.randrange(13, 31)
    day = date(2021, 1, 1) + timedelta(days=dice.randrange(-200, 500))
    kind = dice.choice(("number", "number", "words", "date", "add", "delete", "restore"))
    with township.database.writing() as conn:
        tables, who = township.tables, township.operator
        if kind == "add":
            row = {"village": 1, DAYS[ledger]: day, NUMBERS[ledger]: dice.randrange(90)}
            records.insert(conn, tables, ledger, row, who)
        elif kind == "restore" and binned[ledger]:
            records.restore(conn, tables, ledger, [binned[ledger].pop()], who)
        elif record not in binned[ledger]:
            if kind == "delete":
                binned[ledger].append(record)
                records.delete(conn, tables, ledger, [record], who)
            else:
                values = {
                    "number": {NUMBERS[ledger]: dice.choice((11, 107, dice.randrange(20, 400)))},
                    "words": {WORDS[ledger]: f"说明{dice.random()}"},
                }.get(kind, {DAYS[ledger]: day})
                if ledger == "hazard" and kind == "date" and dice.random() < 0.5:
                    values = {"closed_on": day}
                known = {key: value for key, value in values.items() if key in tables.ledger(ledger).c}
                records.update(conn, tables, ledger, record, known, who)


def test_200_edits_leave_the_issue_alone_and_drift_names_exactly_what_changed(written: Township) -> None:
    number = issued(written)
    frozen_pdf = issued_pages(written, number).pdf
    then = {key: trace(written, key, year(2021)) for key in KEYS}
    values_then = {ledger: snapshot(written, ledger) for ledger in DAYS}
    assert not drift(written, number).figures
    dice, binned = random.Random(2021), defaultdict(list)
    written.operator = "乙"
    for _ in range(200):
        random_edit(written, dice, binned)
    assert issued_pages(written, number).pdf == frozen_pdf
    found = drift(written, number)
    now = {key: trace(written, key, year(2021)) for key in KEYS}
    changed = [key for key in KEYS if now[key].figure.value != then[key].figure.value]
    assert sorted(each.key for each in found.figures) == sorted(changed)
    assert changed
    assert not found.claims
    for each in found.figures:
        assert each.then_value == then[each.key].figure.value
        assert each.now_value == now[each.key].figure.value
        expected = records_behind(written, each.key, then, now, values_then)
        assert {(edit.ledger, edit.record) for edit in each.edits} == expected, each.key
        assert all(edit.who == "乙" for edit in each.edits)
        assert len(set(each.edits)) == len(each.edits)


def snapshot(township: Township, ledger: str) -> dict[int, dict[str, object]]:
    with township.database.reading() as conn:
        found = records.fetch(conn, township.tables, ledger, range(1, 500))
    return {record.id: dict(record.values) for record in found}


def records_behind(township: Township, key: str, then, now, values_then) -> set[tuple[str, int]]:
    """The records whose part in the figure is another one: in or out of it, or in it with another number."""
    summed = {"letters": "copies", "letter_suggestions": "suggestions", "places_checked": "places"}.get(key)
    found = set()
    for before, after in zip(then[key].parts, now[key].parts, strict=True):
        both = set(before.ids) & set(after.ids)
        found |= {(before.ledger, record) for record in set(before.ids) ^ set(after.ids)}
        if summed:
            values = snapshot(township, before.ledger)
            found |= {
                (before.ledger, record)
                for record in both
                if values[record][summed] != values_then[before.ledger][record][summed]
            }
    return found


def test_an_edit_tells_who_when_before_and_after(written: Township) -> None:
    number = issued(written)
    written.operator = "丙"
    save(written, "letter", {"copies": 5000}, 13)
    restore(written, delete(written, "letter", [14]))
    found = drift(written, number)
    assert [each.key for each in found.figures] == ["letters"]
    (edit,) = found.figures[0].edits
    assert (edit.ledger, edit.record, edit.action, edit.who) == ("letter", 13, "update", "丙")
    assert edit.changes == (("发放份数", "107", "5,000"),) or edit.changes[0][1:] == ("107", "5000")
    assert found.figures[0].prints
    assert "1 个指标" in found.sentence


def test_a_change_too_small_to_print_is_told_as_such(written: Township) -> None:
    number = issued(written)
    save(written, "letter", {"copies": 108}, 13)
    (figure,) = drift(written, number).figures
    assert not figure.prints
    assert figure.now_value == figure.then_value + 1
    # What is printed alike is told apart by its digits.
    assert figure.then == f"1900余份（{figure.then_value}份）"
    assert figure.now == f"1900余份（{figure.now_value}份）"


def test_a_claim_that_no_longer_holds_is_told_with_its_ground(written: Township) -> None:
    number = issued(written)
    accident = {"date": date(2021, 5, 4), "village": 1, "kind": "生产安全", "grade": "一般", "place": "仓库"}
    save(written, "accident", accident)
    (claim,) = drift(written, number).claims
    assert (claim.then, claim.now) == ("holds", "fails")
    assert [(edit.action, edit.ledger) for edit in claim.edits] == [("create", "accident")]


def test_a_report_taken_back_is_told(written: Township) -> None:
    number = issued(written)
    unmark(written, "accident", [2], 202104)
    (claim,) = drift(written, number).claims
    assert (claim.then, claim.now) == ("holds", "unknown")
    assert [(e.action, e.label, e.changes[0][:2]) for e in claim.edits] == [
        ("unreport", "青石村", ("2021年4月", "零报告"))
    ]


def test_a_parameter_set_anew_is_told(written: Township) -> None:
    person = add(
        written,
        "person",
        {"name": "张一", "sex": "女", "birth_on": date(1980, 1, 1)},
        {"name": "李二", "sex": "男", "birth_on": date(1990, 1, 1)},
    )
    for each in person:
        add(
            written,
            "committee_member",
            {"person": each, "village": 1, "posts": ("书记",), "elected_on": date(2020, 1, 1)},
        )
    document = short_document(written)
    share = next(k for k, i in written.catalogue.indicators.items() if i.n == 8)
    part = write.open_document(written, document).part("summary_lead")
    write.set_text(written, document, part.id, f"占{{{share}}}。")
    submit(written, document)
    number = issue(written, document).id
    parameter = written.catalogue.indicators[share].measure.where[-1].parameter
    name = next(p for p in written.catalogue.parameters if p == parameter or "age" in p)
    written.keep_setting(f"parameter.{name}", "20")
    (figure,) = drift(written, number).figures
    assert [edit.action for edit in figure.edits] == ["setting"]


def test_a_register_s_edit_is_told_where_a_figure_reads_it(written: Township) -> None:
    (person,) = add(written, "person", {"name": "张一", "sex": "女", "birth_on": date(1990, 1, 1)})
    (other,) = add(written, "person", {"name": "李二", "sex": "男", "birth_on": date(1990, 1, 1)})
    for each in (person, other):
        add(
            written,
            "committee_member",
            {"person": each, "village": 1, "posts": ("书记",), "elected_on": date(2020, 1, 1)},
        )
    share = next(k for k, i in written.catalogue.indicators.items() if i.n == 10)
    document = short_document(written)
    part = write.open_document(written, document).part("summary_lead")
    write.set_text(written, document, part.id, f"占{{{share}}}。")
    submit(written, document)
    number = issue(written, document).id
    assert compute(written, year(2021), keys=[share])[share].value == 50
    save(written, "person", {"sex": "男"}, person)
    save(written, "person", {"name": "张一一"}, person)
    (figure,) = drift(written, number).figures
    assert [(e.ledger, e.record, e.changes[0][0]) for e in figure.edits] == [("person", person, "性别")]


def test_reviewing_keeps_what_nobody_looked_at_out_and_says_so(written: Township) -> None:
    require_review(written, "letter", "hold")
    document = short_document(written)
    before = compose_document(written, document).figures["letters"].value
    (new,) = add(written, "letter", {"village": 1, "date": date(2021, 3, 3), "copies": 500, "suggestions": 0})
    composed = compose_document(written, document)
    assert composed.figures["letters"].value == before
    assert "未计入尚未审核的记录：致父老乡亲公开信1条" in composed.document.text()
    assert approve(written, "letter", [new]) == [], "nobody reviews what they entered"
    second = replace(written, operator="乙")
    assert approve(second, "letter", [new]) == [new]
    assert compose_document(written, document).figures["letters"].value == before + 500
    assert "审核" not in compose_document(written, document).document.text()
    save(written, "letter", {"copies": 600}, new)
    assert compose_document(written, document).figures["letters"].value == before, (
        "changed, so to be seen again"
    )
    require_review(written, "letter", "count")
    composed = compose_document(written, document)
    assert composed.figures["letters"].value == before + 600
    assert "计入了尚未审核的记录" in composed.document.text()
