"""A document of a year in which something is retired: what speaks of it alone is not printed, and the check says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest

from tests.services.drafts import new_document
from tests.services.test_issue_document import TEXT, short_document
from tests.services.written_office import add
from zhengui.figures.finding import Finding
from zhengui.figures.period import year
from zhengui.figures.plan_pace import Light
from zhengui.reports.document import Chart, Table
from zhengui.services.counting.compute_figures import compute
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import compose_document, lay_out_document
from zhengui.services.document.trace_document import documents_of_record
from zhengui.services.document.word_edits import changes_from_word, take_over
from zhengui.services.issue.preflight import preflight
from zhengui.services.paper.compose_attachments import attachments_of
from zhengui.services.paper.publish_word import word_of
from zhengui.services.plan.report_progress import add_report
from zhengui.services.plan.track_plan import track
from zhengui.services.township.own_catalogue import add_entries, retire, use_again
from zhengui.services.township.township import Township, open_township

#: The year from which something is retired, and the year before.
THEN, BEFORE = 2021, 2020


def text_of(township: Township, document: int) -> str:
    return compose_document(township, document).document.text()


def found(township: Township, document: int, *kinds: str) -> list[Finding]:
    return [each for each in preflight(township, document) if each.kind in kinds]


def put(township: Township, document: int, text: str, key: str = "summary_lead") -> int:
    part = write.open_document(township, document).part(key)
    write.set_text(township, document, part.id, text)
    return part.id


def opened_anew(township: Township) -> Township:
    """The same office, with the catalogue as it is kept now."""
    day = township.working_day
    township.close()
    again = open_township(township.path, "甲")
    again.working_day = day
    # The fixture closes what it gave; the office goes on with the file opened anew.
    township.catalogue, township.database = again.catalogue, again.database
    return again


def without(township: Township, *keys: str) -> Township:
    for key in keys:
        retire(township, key, THEN)
    return opened_anew(township)


def test_a_paragraph_of_the_retired_alone_is_not_printed_from_that_year_on(written: Township) -> None:
    drafts = [short_document(written, number) for number in (BEFORE, THEN)]
    for draft in drafts:
        put(written, draft, "向群众发放公开信{letters}。")
        lead = write.open_document(written, draft).part("summary_lead")
        write.add_part(written, draft, lead.id, kind="paragraph", text="各项工作有序推进。")
    before = [text_of(written, draft) for draft in drafts]
    office = without(written, "letters")
    assert text_of(office, drafts[0]) == before[0], "2020 prints as it did"
    assert "公开信" in before[1]
    assert "公开信" not in text_of(office, drafts[1])
    assert "待补" not in text_of(office, drafts[1])
    (finding,) = found(office, drafts[1], "left_out", "blank", "unknown_figure", "retired_figure")
    assert (finding.kind, finding.severity) == ("left_out", "check")
    assert finding.title == "“向群众发放公开信…”这一段不印"
    assert "从 2021 年起停用" in finding.reason
    assert not found(office, drafts[0], "left_out")
    use_again(office, "letters")
    assert text_of(opened_anew(office), drafts[1]) == before[1], "nothing of the text was lost"


def test_of_a_paragraph_the_sentences_that_speak_of_it_alone(written: Township) -> None:
    draft = short_document(written, THEN)
    part = put(
        written, draft, "加强宣传。发放公开信{letters}；排查{inspection_rounds}。{claim.no_accident}。"
    )
    office = without(written, "letters", "no_accident")
    assert text_of(office, draft).count("加强宣传。排查") == 1
    told = found(office, draft, "left_out")
    assert [each.title for each in told] == ["“加强宣传”里有一句不印"] * 2
    assert "不印的是：发放公开信〔发放公开信〕；" in told[0].reason
    assert not found(office, draft, "unknown_claim"), "nothing is said of what is not printed"
    assert {each.jump for each in told} == {f"part:{part}"}


def test_a_sentence_with_other_figures_has_to_be_written_anew(written: Township) -> None:
    draft = short_document(written, THEN)
    part = put(written, draft, TEXT)
    office = without(written, "letters")
    assert "待补" in text_of(office, draft)
    (finding,) = found(office, draft, "retired_figure")
    assert (finding.severity, finding.jump) == ("stop", f"part:{part}")
    assert "从 2021 年起停用" in finding.reason
    assert not found(office, draft, "unknown_figure", "left_out")


def test_a_section_of_the_retired_alone_has_no_heading(written: Township) -> None:
    draft = new_document(written, year(THEN))
    opened = write.open_document(written, draft)
    section = [each for each in opened.parts if each.key.partition(".")[0] == "party_history"]
    for each in section:
        if each.kind == "paragraph":
            write.set_text(written, draft, each.id, "读书看报{letters}。")
    put(written, draft, "总结{summary_sections}个方面。")
    before = text_of(written, draft).splitlines()
    office = without(written, "letters")
    now = text_of(office, draft).splitlines()
    (heading,) = [line for line in before if line.endswith(section[0].title)]
    assert not [line for line in now if section[0].title in line or "读书看报" in line]
    behind = before[before.index(heading) + 1 :]
    following = next(line for line in behind if line.startswith("（"))
    assert f"{heading[:3]}{following[3:]}" in now, "the next section has its number"
    counted = ["".join(line for line in lines if line.startswith("总结")) for lines in (before, now)]
    assert counted == ["总结八个方面。", "总结七个方面。"]
    (finding,) = found(office, draft, "left_out")
    assert finding.title == f"“{section[0].title}”这一节不印"
    assert finding.jump == f"part:{section[0].id}"


@pytest.mark.parametrize(("switch", "variants"), [
    ("trend:letters", {"down": "公开信少了。", "unknown": "公开信继续发放。"}),
    ("claim:no_accident", {"fails": "有事故。", "unknown": "没有定论。"}),
])  # fmt: skip
def test_wording_that_the_retired_chooses_is_not_printed(
    written: Township, switch: str, variants: dict[str, str]
) -> None:
    draft = short_document(written, THEN)
    part = put(written, draft, "今年的情形是这样。")
    write.set_variants(written, draft, part, switch, variants)
    office = without(written, switch.partition(":")[2])
    assert not [
        words for words in ("今年的情形", *variants.values(), "待补") if words in text_of(office, draft)
    ]
    assert [each.title for each in found(office, draft, "left_out")] == ["“〔年份〕年工作总结”这一节不印"]
    write.set_text(office, draft, part, "今年排查{inspection_rounds}。")
    assert variants["unknown"] in text_of(office, draft), "other figures stand in it"


def test_a_claim_over_what_is_retired_goes_with_it(written: Township) -> None:
    draft = short_document(written, THEN)
    put(written, draft, "整改问题厕所{problem_toilets}。{claim.toilets_rectified}。排查{inspection_rounds}。")
    assert "排查" in text_of(written, draft)
    office = without(written, "toilet_problem")
    text = text_of(office, draft)
    assert "厕所" not in text
    assert "待补" not in text
    assert "排查" in text


def test_figures_rest_on_choices_and_on_the_fields_they_ask(written: Township) -> None:
    entries = """
[[indicator]]
area = 'safety'
key = 'school_hazards'
title = '校园隐患'
unit = '处'
how = '隐患台账里，领域为校园的记录数。'
measure = { kind = 'count', ledger = 'hazard', during = 'found_on', where = [{ path = 'field', is = '校园' }] }

[[indicator]]
area = 'safety'
key = 'road_and_school_hazards'
title = '交通和校园隐患'
unit = '处'
how = '隐患台账里，领域为交通或校园的记录数。'
measure = { kind = 'count', ledger = 'hazard', during = 'found_on', where = [{ path = 'field', in = ['交通', '校园'] }] }

[[indicator]]
area = 'safety'
key = 'costly_hazards'
title = '花了钱的隐患'
unit = '处'
how = '隐患台账里，填了整改资金的记录数。'
measure = { kind = 'count', ledger = 'hazard', during = 'found_on', where = [{ path = 'cost', filled = true }] }
"""
    add_entries(written, "校园.toml", entries)
    office = opened_anew(written)
    keys = ["school_hazards", "road_and_school_hazards", "costly_hazards"]
    before = compute(office, year(BEFORE), (), keys)
    draft = short_document(office, THEN)
    put(office, draft, "".join(f"查出{{{key}}}。" for key in keys) + "其中{hazards_found.values|cost}。")
    office = without(office, "hazard.field.校园", "hazard.cost")
    assert compute(office, year(BEFORE), (), keys) == before
    now = compute(office, year(THEN), (), keys)
    assert [now[key].reason.partition("”")[2] for key in keys] == [
        "所依据的台账、字段或选项在2021年已经停用",
        "",
        "所依据的台账、字段或选项在2021年已经停用",
    ]
    assert now["road_and_school_hazards"].value == 18
    assert "查出18处。" in text_of(office, draft)
    assert len(found(office, draft, "left_out")) == 3
    assert "school_hazards" not in compute(office, year(THEN))


def test_no_chart_and_no_table_tells_of_it(written: Township) -> None:
    def told(township: Township, number: int) -> tuple[set[str], set[str]]:
        charts, cells = set(), set()
        for attachment in attachments_of(township, year(number)):
            for block in attachment.blocks:
                if isinstance(block, Chart):
                    charts.add(block.caption)
                elif isinstance(block, Table):
                    cells |= {cell.text for row in block.rows for cell in row} | set(block.header)
        return charts, cells

    before = told(written, BEFORE)
    charts, cells = told(written, THEN)
    assert "历年消除隐患" in charts
    assert "消除隐患" in cells
    office = without(written, "hazards_removed")
    assert told(office, BEFORE) == before
    charts, cells = told(office, THEN)
    assert not [each for each in charts | cells if "消除隐患" in each]


def test_a_plan_item_that_aims_at_it_is_followed_by_what_is_reported(written: Township) -> None:
    (item,) = add(
        written,
        "plan_item",
        {
            "part": "生态宜居",
            "plan_year": THEN,
            "wording": "发放公开信",
            "department": 1,
            "due_on": date(THEN, 12, 31),
            "status": "未开始",
            "indicator": "letters",
            "operator": "至少",
            "target": Decimal(1000),
        },
    )
    draft = new_document(written, year(BEFORE))
    assert not found(written, draft, "retired_goal")
    office = without(written, "letters")
    (finding,) = found(office, draft, "retired_goal")
    assert (finding.severity, finding.jump) == ("check", "plan")
    assert "计划“发放公开信”的目标对着停用的“发放公开信”" in finding.title
    add_report(office, item, date(THEN, 6, 1), value=Decimal(900))
    (tracked,) = track(office, THEN)
    assert tracked.goal is not None
    assert (tracked.goal.indicator, tracked.goal.name, tracked.value) == ("", "发放公开信", Decimal(900))
    assert tracked.light is not Light.DONE


def test_what_comes_back_from_word_keeps_the_sentences_that_are_not_printed(written: Township) -> None:
    draft = short_document(written, THEN)
    text = "加强宣传。排查{inspection_rounds}；发放公开信{letters}。天天有人管。"
    part = put(written, draft, text)
    office = without(written, "letters")
    data = word_of(lay_out_document(office, draft))
    assert changes_from_word(office, draft, data) == []
    edited = docx.Document(BytesIO(data))
    line = next(each for each in edited.paragraphs if "天天有人管" in each.text)
    line.runs[0].text, line.runs[-1].text = line.runs[0].text, line.runs[-1].text.replace("天天", "每天")
    buffer = BytesIO()
    edited.save(buffer)
    (change,) = changes_from_word(office, draft, buffer.getvalue())
    take_over(office, draft, change, {})
    assert write.open_document(office, draft).part("summary_lead").text == text.replace("天天", "每天")
    assert part == change.part


def test_a_record_leads_on_to_what_is_printed_of_it(written: Township) -> None:
    draft = short_document(written, THEN)
    put(written, draft, "发放公开信{letters}。排查{inspection_rounds}。")
    (letter,) = add(
        written, "letter", {"village": 1, "date": date(THEN, 3, 1), "copies": 5, "suggestions": 0}
    )
    assert [each.document for each in documents_of_record(written, "letter", letter)] == [draft]
    office = without(written, "letters")
    assert documents_of_record(office, "letter", letter) == []
