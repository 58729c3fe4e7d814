"""A document is made from the outline, edited part by part, and every edit can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.drafts import new_document
from zhengui import cli
from zhengui.figures.period import half, month, quarter, year
from zhengui.reports.document import Heading
from zhengui.services.document import edit_document as write
from zhengui.services.document.compose_document import (
    compose,
    compose_document,
    lay_out,
    lay_out_document,
    shown_parts,
)
from zhengui.services.issue.compare_documents import compare_versions
from zhengui.services.township.township import Township
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing.documents import HEADING, PARAGRAPH


def printed(township: Township, document: int) -> str:
    return compose_document(township, document).document.text()


def state(township: Township, document: int) -> list[object]:
    opened = write.open_document(township, document)
    return [opened.document.title, *opened.parts]


def test_a_document_that_is_not_kept_reads_as_it_would_begin(written: Township) -> None:
    before = compose(written, year(2021)).document.text()
    assert write.find_documents(written, year(2021)) == []
    document = new_document(written, year(2021))
    assert printed(written, document) == before


def test_what_the_office_wrote_is_what_every_way_prints(written: Township, tmp_path: Path) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    write.set_text(written, document, part("safety.inspection").id, "本年排查一遍，发现{hazards_found}。")
    write.rename(written, document, part("safety").id, "守牢安全底线")
    assert "守牢安全底线" in compose(written, year(2021)).document.text()
    assert lay_out(written, year(2021)).pdf == lay_out_document(written, document).pdf
    target = tmp_path / "a.pdf"
    assert cli.run(["report", str(written.path), "--year", "2021", "--pdf", str(target)]) == 0
    assert target.read_bytes() == lay_out_document(written, document).pdf


def test_parts_are_added_renamed_switched_off_and_moved(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    added = write.add_part(
        written, document, part("safety.inspection").id, text="本年消除{hazards_removed|汉字}。"
    )
    assert "本年消除十二处。" in printed(written, document)
    write.rename(written, document, part("safety").id, "守牢安全底线")
    write.switch(written, document, part("party").id, on=False)
    text = printed(written, document)
    assert "（七）守牢安全底线" in text
    assert "1.压实安全生产责任。" in text
    write.move(written, document, part("safety").id, after=part("summary_lead").id)
    assert "（一）守牢安全底线" in printed(written, document)
    keys = [each.key for each in write.open_document(written, document).parts]
    assert keys.index("safety.inspection") + 1 == keys.index(f"own.{added.part}")
    assert keys.index("safety.disputes") + 1 == keys.index("party")


def test_every_edit_is_taken_back_and_done_again(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    deeds = [
        lambda: write.add_part(written, document, None, HEADING, title="前言", level=1),
        lambda: write.remove_part(written, document, part("economy").id),
        lambda: write.move(written, document, part("party").id, part("epidemic").id),
        lambda: write.rename(written, document, part("safety").id, "安全"),
        lambda: write.switch(written, document, part("safety.network").id, on=False),
        lambda: write.set_text(written, document, part("safety.network").id, "短"),
        lambda: write.set_variants(
            written, document, part("safety.network").id, "claim:no_accident", {"fails": "有"}
        ),
        lambda: write.set_level(written, document, part("safety").id, 1),
        lambda: write.set_head(written, document, title="新题目", signed_on=date(2022, 1, 8)),
        lambda: write.replace_all(written, document, "全年", "今年"),
    ]
    for deed in deeds:
        before = state(written, document)
        edit = deed()
        after = state(written, document)
        assert after != before
        back = write.take_back(written, edit)
        assert state(written, document) == before
        write.take_back(written, back)
        assert state(written, document) == after


def test_a_moved_section_stays_whole_however_often_it_moves(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    order = [each.key for each in write.open_document(written, document).parts]
    for _ in range(30):
        write.move(written, document, part("party").id, part("safety.disputes").id)
        write.move(written, document, part("party").id, part("summary_lead").id)
    assert [each.key for each in write.open_document(written, document).parts] == order


def test_typing_is_one_edit_and_a_version_is_kept_before_it(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part("opening.1")
    for length in (1, 2, 3):
        write.set_text(written, document, part.id, "今年来"[:length])
    found = write.edits(written, document)
    assert len(found) == 1
    assert found[0].steps[0].before["text"] == part.text
    assert found[0].steps[0].after["text"] == "今年来"
    assert [version.number for version in write.versions(written, document)] == [1]
    assert write.keep_version(written, document, "送审前") == 2
    assert write.keep_version(written, document) is None


def test_two_versions_differ_readably(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part
    write.keep_version(written, document, "初稿")
    write.set_text(written, document, part("plan_lead").id, part("plan_lead").text.replace("紧扣", "围绕"))
    write.remove_part(written, document, part("opening.1").id)
    changed = [each for each in compare_versions(written, document, 1) if each.kind != "same"]
    assert [(each.key, each.kind) for each in changed] == [("opening.1", "removed"), ("plan_lead", "changed")]
    assert [(s.op, s.text) for s in changed[1].spans if s.op != "same"] == [
        ("removed", "紧扣"),
        ("added", "围绕"),
    ]


def test_claims_and_trends_choose_the_wording(written: Township) -> None:
    document = new_document(written, year(2021))
    part = write.open_document(written, document).part("safety.network")
    write.set_text(written, document, part.id, "平安。")
    write.set_variants(written, document, part.id, "claim:no_accident", {"fails": "有事故。", "unknown": ""})
    assert "平安。" in printed(written, document)
    write.set_text(written, document, part.id, "公开信更多了。")
    write.set_variants(written, document, part.id, "trend:letters", {"down": "公开信少了。"})
    assert "公开信更多了。" in printed(written, document)
    write.set_variants(written, document, part.id, "trend:hazard_rate", {"down": "销号率降了。"})
    assert "〔待补〕" in printed(written, document), "a blank where no wording fits what the data say"


@pytest.mark.parametrize(
    ("period", "title", "wording"),
    [
        (half(2021, 1), "2021年上半年工作总结及下半年工作打算", "上半年未发生生产安全事故"),
        (quarter(2021, 1), "2021年一季度工作总结及下一步工作打算", "一季度未发生生产安全事故"),
        (month(2021, 3), "2021年3月工作总结及下一步工作打算", "3月份未发生生产安全事故"),
    ],
)
def test_shorter_documents_never_speak_of_the_whole_year(
    written: Township, period, title: str, wording: str
) -> None:
    document = new_document(written, period)
    text = printed(written, document)
    assert title in text
    assert wording in text
    assert "全年" not in text
    assert "一年来" not in text
    assert "2022" not in text


def test_a_village_s_document_leaves_out_what_no_village_can_say(written: Township) -> None:
    document = new_document(written, year(2021), villages=(1,))
    composed = compose_document(written, document)
    assert composed.document.office == "白沙村村民委员会"
    assert "试验镇白沙村2021年工作总结" in composed.document.title_text
    assert composed.figures["letters"].value == 6 * 107
    off = [part.key for part in write.open_document(written, document).parts if not part.on]
    assert off
    unknown = {k for k, figure in composed.figures.items() if f"figure:{k}" in composed.printed()}
    assert all(written.catalogue.indicators[k].measure for k in unknown if composed.figures[k].value is None)


def test_an_area_s_document_has_only_its_section(written: Township) -> None:
    document = new_document(written, year(2021), area="safety")
    headings = [b for b in compose_document(written, document).document.blocks if isinstance(b, Heading)]
    assert [heading.key for heading in headings] == ["summary", "safety"]
    assert "安全生产与社会稳定2021年工作总结" in compose_document(written, document).document.title_text


def test_a_heading_that_is_off_takes_its_paragraphs_with_it(written: Township) -> None:
    document = new_document(written, year(2021))
    opened = write.open_document(written, document)
    write.switch(written, document, opened.part("plan").id, on=False)
    keys = [part.key for part in shown_parts(write.open_document(written, document).parts)]
    assert not [key for key in keys if key.startswith(("plan", "closing"))]
    assert keys[-1] == "safety.disputes"


def test_a_part_of_another_document_is_refused(written: Township) -> None:
    first, second = (new_document(written, year(2021)) for _ in range(2))
    foreign = write.open_document(written, second).parts[0]
    with pytest.raises(StorageProblem, match="不在文稿里"):
        write.set_text(written, first, foreign.id, "改")
    assert foreign.kind == PARAGRAPH
