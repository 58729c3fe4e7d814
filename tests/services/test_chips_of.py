"""Chips are found by a few letters, tell their facts, and lead to and from records."""

from __future__ import annotations

from tests.services.test_issue_document import issued, short_document
from zhengui.figures.period import year
from zhengui.services.counting.chips_of import facts, suggest
from zhengui.services.document.trace_document import documents_of_record
from zhengui.services.entry.record import save
from zhengui.services.issue.issue_document import all_issues, revise
from zhengui.services.township.township import Township


def test_a_figure_is_found_by_characters_initials_and_number(written: Township) -> None:
    for typed in ("消除隐", "xcyh", "hazards_removed", "78"):
        found = suggest(written, typed, year(2021))
        assert "{hazards_removed}" in [each.insert for each in found], typed
    first = suggest(written, "消除隐患", year(2021))[0]
    assert (first.insert, first.preview, first.n) == ("{hazards_removed}", "12处", 78)
    assert "{claim.no_accident}" in [
        each.insert for each in suggest(written, "未发生生产安全事故", year(2021))
    ]
    assert not suggest(written, "没有这样的指标", year(2021))
    assert len(suggest(written, "", year(2021), limit=5)) == 5


def test_hovering_tells_value_ground_and_last_year(written: Township) -> None:
    told = facts(written, "{letters|余}", year(2021))
    assert told is not None
    assert (told.printed, told.records, told.before) == ("1900余份", 18, "1200余份")
    assert "%" in told.change
    assert "2021年" in told.how
    assert {choice.preview for choice in told.choices} >= {"1926份", "1900余份", "近2000份"}
    claim = facts(written, "{claim.no_accident}", year(2021))
    assert claim is not None
    assert claim.printed == "全年未发生生产安全事故"
    assert facts(written, "{nothing}", year(2021)) is None
    others = facts(written, "{letters}", year(2021)).others  # type: ignore[union-attr]
    assert len(others) >= 12
    for other in others:
        told = facts(written, other.code, year(2021))
        assert told is not None
        assert told.printed == other.preview != "", "the menu shows what would be printed"


def test_top_three_come_by_value(written: Township) -> None:
    save(written, "letter", {"copies": 5000}, 14)
    told = facts(written, "{letters.top2|值}", year(2021))
    assert told is not None
    assert told.printed == "青石村（5500余份）、白沙村（640余份）"


def test_a_record_knows_its_documents(written: Township) -> None:
    issued(written)
    draft = short_document(written)
    found = documents_of_record(written, "hazard", 14)
    assert [(each.issue is not None, each.changed) for each in found] == [(True, False), (False, False)]
    assert [key for key, _title in found[0].figures] == [
        "hazards_removed",
        "hazards_found",
        "hazard_rate",
    ]
    assert found[1].document == draft
    save(written, "letter", {"copies": 5000}, 14)
    assert documents_of_record(written, "letter", 14)[0].changed
    assert not documents_of_record(written, "letter", 1), "a record of 2020"
    revise(written, all_issues(written)[0].document, "更正")
    assert len(documents_of_record(written, "letter", 14)) == 3
