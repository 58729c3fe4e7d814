"""The catalogue that ships: no flaws, all ledgers, the 83 figures, the claims, and wording that uses them."""

from __future__ import annotations

import re
import time

import pytest

from zhengui.catalogue.check_wording import outline_texts, section_texts
from zhengui.catalogue.closed_loop import LOOP_FIELDS
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, FieldType, Ledger

#: Ledgers of each area as the office's work asks for them.
LEDGERS = {
    "registers": "village department official household person enterprise",
    "party": "notice_board training_course practice_activity member_development commendation committee_member"
    " reserve_cadre party_branch party_member member_quota village_election issued_document",
    "epidemic": "drill vaccination_target vaccination_progress outside_resident returnee risk_region"
    " contingency_plan control_order",
    "rectification": "meeting rectification_item leader_reception evening_talk letter study_session"
    " warning_education suggestion publicity_post",
    "party_history": "study_material study_event notebook campaign_commendation public_deed",
    "environment": "cleaner facility cleanup toilet toilet_problem fund_raising small_project centre_village"
    " river_patrol dust_check fire_point straw_use custom_body good_person sewage_work greening",
    "monitoring": "monitored_household contact_duty support_measure sweep visit livelihood_problem risk_event"
    " support_plan household_income social_relief",
    "economy": "economic_return cooperative land_transfer tourism_facility collective_income"
    " project big_grower farmland rural_road project_return special_fund",
    "safety": "safety_officer inspection hazard enforcement publicity accident dispute petition campaign safety_month",
    "livelihood": "insurance school_award culture_event",
    "government": "public_expense procurement disclosure power_list hotline assessment_item",
    "plan": "plan_item",
}
#: Areas that no section of the summary tells of; the plan does.
WITHOUT_SECTION = {"livelihood", "government"}
LOOPS = {
    "rectification_item",
    "public_deed",
    "toilet_problem",
    "livelihood_problem",
    "hazard",
    "petition",
    "suggestion",
    "hotline",
}


def wording(catalogue: Catalogue) -> list[str]:
    """Every text of the document, the claims' sentences among them."""
    texts = [text for area in catalogue.areas for _, text in section_texts(area.section)]
    texts += [text for _, text in outline_texts(catalogue.outline)]
    return texts


def test_nothing_is_flawed(shipped: Catalogue) -> None:
    assert [str(flaw) for flaw in shipped.flaws] == []


def placeholders(text: str) -> list[str]:
    """What stands between braces, read by nothing of the program."""
    return re.findall(r"\{([^{}]*)\}", text)


@pytest.mark.parametrize("area", LEDGERS)
def test_an_area_has_its_ledgers_in_order(shipped: Catalogue, area: str) -> None:
    assert [ledger.key for ledger in shipped.by_area[area].ledgers] == LEDGERS[area].split()


def test_areas_stand_in_the_order_of_the_document(shipped: Catalogue) -> None:
    assert [area.key for area in shipped.areas] == list(LEDGERS)
    assert [area.key for area in shipped.work_areas()] == list(LEDGERS)[1:-1]


def test_the_printed_figures_are_numbered_without_a_gap(shipped: Catalogue) -> None:
    numbers = [indicator.n for indicator in shipped.indicators.values() if indicator.n is not None]
    assert numbers == list(range(1, 84))


def test_every_printed_figure_stands_in_the_wording_in_its_order(shipped: Catalogue) -> None:
    order = []
    for text in wording(shipped):
        for name in placeholders(text):
            indicator = shipped.indicators.get(name)
            if indicator is not None and indicator.n is not None and indicator.n not in order:
                order.append(indicator.n)
    assert sorted(order) == list(range(1, 84))


def test_every_claim_stands_in_the_wording(shipped: Catalogue) -> None:
    used = {name for text in wording(shipped) for name in placeholders(text)}
    assert len(shipped.claims) == 19
    assert {f"claim.{key}" for key in shipped.claims} <= used


def test_the_wording_holds_no_number_of_its_own(shipped: Catalogue) -> None:
    """A digit outside braces would be a figure without a source; 50 is part of the medal's name."""
    for text in wording(shipped):
        assert not re.search(r"\d", re.sub(r"\{[^}]*\}|光荣在党50年", "", text)), text


def test_the_document_is_long_enough_for_more_than_ten_pages(shipped: Catalogue) -> None:
    length = sum(len(text) for text in wording(shipped))
    assert 7000 <= length <= 11000


#: What an office did, so that a sentence with such a word needs a figure or a claim behind it.
DEEDS = re.compile(
    "建立了|成立|制定了|开展了|组织了|举办|召开|发放|建成|印发|安排部署|普及|清理|每日|每周|每月|日巡查|周检查|周调度|月评比|月通报|修订完善|逐步显现"
)


def test_no_sentence_of_the_summary_tells_a_deed_without_a_source(shipped: Catalogue) -> None:
    bare = [
        sentence
        for area in shipped.areas
        for _, text in section_texts(area.section)
        for sentence in text.split("。")
        if "{" not in sentence and DEEDS.search(sentence)
    ]
    assert bare == []


def test_a_paragraph_with_a_claim_can_be_told_of_one_village(shipped: Catalogue) -> None:
    """A figure of the whole township switches its paragraph off in a village's document, and the claim with it."""
    for area in shipped.work_areas():
        for paragraph in area.section.paragraphs if area.section else ():
            names = placeholders(paragraph.text)
            figures = [shipped.indicators[name.partition(".")[0]] for name in names if "claim." not in name]
            measures = [each for one in figures for each in (one.measure, one.over) if each is not None]
            if any(name.startswith("claim.") for name in names):
                assert all(shipped.ledgers[measure.ledger].village for measure in measures), paragraph.key


def test_every_paragraph_of_the_plan_is_a_topic_of_its_items(shipped: Catalogue) -> None:
    assert shipped.outline is not None
    titles = tuple(paragraph.title for part in shipped.outline.plan for paragraph in part.paragraphs)
    assert shipped.ledgers["plan_item"]["topic"].choices == titles


def test_villages_are_named_with_the_incomes(shipped: Catalogue) -> None:
    used = {name for text in wording(shipped) for name in placeholders(text)}
    assert {"solar_income.villages", "rent_income.villages"} <= used


def test_each_area_has_a_section_and_a_short_strip(shipped: Catalogue) -> None:
    for area in shipped.work_areas():
        if area.key in WITHOUT_SECTION:
            assert area.section is None
        else:
            assert area.section is not None
            assert 3 <= len(area.section.paragraphs) <= 7
        assert 4 <= sum(indicator.strip for indicator in area.indicators) <= 8
        assert len(area.short) <= 6


def test_the_plan_has_five_parts_whose_items_the_ledger_can_hold(shipped: Catalogue) -> None:
    assert shipped.outline is not None
    parts = shipped.ledgers["plan_item"]["part"].choices
    assert tuple(part.items for part in shipped.outline.plan) == parts
    assert len(parts) == 5


def test_closed_loops_have_the_fields_of_a_loop(shipped: Catalogue) -> None:
    loops = {key for key, ledger in shipped.ledgers.items() if ledger.closed_loop}
    assert loops == LOOPS
    for key in loops:
        assert {field.key for field in LOOP_FIELDS} <= set(shipped.ledgers[key].by_key)


def every_ledger() -> list[Ledger]:
    return list(load_catalogue().ledgers.values())


@pytest.mark.parametrize("ledger", every_ledger(), ids=lambda ledger: ledger.key)
def test_a_ledger_says_what_belongs_in_it(ledger: Ledger) -> None:
    assert ledger.about.endswith("。")
    assert ledger.measure_word
    assert any(field.required for field in ledger.fields)
    assert bool(ledger.period) != ledger.register
    assert len({field.title for field in ledger.fields}) == len(ledger.fields)


@pytest.mark.parametrize("ledger", every_ledger(), ids=lambda ledger: ledger.key)
def test_numbers_are_never_negative(ledger: Ledger) -> None:
    for field in ledger.fields:
        if field.is_number:
            assert field.minimum is not None
            assert field.minimum >= 0


def test_every_kind_of_field_and_rule_is_used(shipped: Catalogue) -> None:
    types = {field.type for ledger in shipped.ledgers.values() for field in ledger.fields}
    # `ref` names an office's own register; tests/services/forest.toml has one.
    assert types | {FieldType.REF} == set(FieldType)


def test_how_sentences_are_plain_sentences(shipped: Catalogue) -> None:
    for indicator in shipped.indicators.values():
        assert indicator.how.endswith("。")
        if indicator.measure is not None and indicator.measure.timing.kind != "always":
            assert "{period}" in indicator.how or "上述" in indicator.how, indicator.key


def test_member_development_keeps_the_rules_of_the_party(shipped: Catalogue) -> None:
    rules = {str(rule.kind): rule for rule in shipped.ledgers["member_development"].rules}
    stages = ("applied_on", "activist_on", "candidate_on", "probationary_on", "full_on")
    assert rules["stages"].fields == stages
    assert (rules["age"].fields, rules["age"].amount) == (("person", "applied_on"), 18)
    assert (rules["gap"].fields, rules["gap"].amount) == (("activist_on", "candidate_on"), 12)


def test_it_loads_fast_enough_to_start_a_program() -> None:
    started = time.process_time()
    for _ in range(3):
        load_catalogue()
    assert (time.process_time() - started) / 3 < 0.25  # some 0.03 s on an idle computer


def test_the_epidemic_ages_are_read_from_the_bands(shipped: Catalogue) -> None:
    bands = shipped.ledgers["vaccination_progress"]["band"].choices
    assert all(re.match(r"\d+", band) for band in bands)
    assert shipped.parameters["vaccination_age_from"].value == 12
    assert shipped.parameters["committee_age_limit"].value == 35
