"""The rules of the catalogue on an invented office: each warns, says why, and is silent once it was decided."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhengui.figures.warning_states import WarningStanding
from zhengui.paths import resource
from zhengui.services.entry.record import save
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.services.watch.decide_warnings import decide, take_back
from zhengui.services.watch.find_warnings import Warned, find_warnings, open_ones
from zhengui.storage.file.vault import key_path
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import record as records

TODAY = date(2021, 6, 30)


def add(township: Township, ledger: str, **values: object) -> int:
    with township.database.writing() as conn:
        return records.insert(conn, township.tables, ledger, values, "甲")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Township]:
    """One household with every trouble, and one of each of the other matters."""
    township = create_township(tmp_path_factory.mktemp("warnings") / "office.zgdb", "试验镇", "甲")
    township.working_day = TODAY
    village = add(township, "village", name="白沙村", kind="村", active=True)
    add(township, "village", name="青石村", kind="村", active=True)
    household = add(township, "household", village=village, head="许有田", members=3, active=True)
    official = add(township, "official", name="何桂兰", active=True)
    person = add(township, "person", name="许小满", village=village, sex="女")
    add(township, "contact_duty", official=official, household=household, from_on=date(2020, 1, 1))
    add(
        township,
        "monitored_household",
        household=household,
        from_on=date(2021, 1, 10),
        members=3,
        **{"class": "边缘易致贫户"},
    )
    add(township, "risk_event", household=household, kind="大病", date=date(2021, 3, 2), amount=1_200_000)
    add(township, "risk_event", household=household, kind="失业", date=date(2021, 6, 2))
    add(township, "household_income", household=household, year=2020, income_per_head=550_000)
    add(
        township,
        "land_transfer",
        village=village,
        transferee="合作社",
        from_on=date(2016, 8, 1),
        to_on=date(2021, 7, 31),
        mu=Decimal(80),
    )
    back = {"person": person, "from_place": "南京市江宁区", "risk_level": "高风险"}
    add(township, "returnee", returned_on=date(2021, 6, 18), monitored_until=date(2021, 7, 2), **back)
    add(township, "risk_region", region="南京市江宁区", level="高风险", from_on=date(2021, 6, 25))
    for month in range(1, 6):
        copies = 9000 if month == 5 else 100
        add(
            township,
            "publicity",
            kind=township.catalogue.ledgers["publicity"]["kind"].choices[0],
            date=date(2021, month, 3),
            copies=copies,
            village=village,
        )
    yield township
    township.close()


def by_rule(township: Township) -> dict[str, Warned]:
    return {each.rule.key: each for each in find_warnings(township)}


def test_all_eleven_rules_warn(filled: Township) -> None:
    found = by_rule(filled)
    assert set(found) == set(filled.catalogue.warnings)
    assert len(found) == 11


def test_each_says_why_since_when_for_whom_and_what_to_do(filled: Township) -> None:
    for each in find_warnings(filled):
        assert each.label, each.key
        assert each.why, each.key
        assert "{" not in each.why
        assert each.since <= TODAY
        assert each.rule.advice.endswith("。")
        assert all(lead in filled.catalogue.ledgers for lead in each.rule.leads)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("medical_outlay", "本年大病支出 12,000 元，超过预警线 10,000 元"),
        ("low_income", "最近一年的人均纯收入 5,500 元，低于监测线 6,000 元"),
        ("job_lost", "2021年6月2日登记了失业线索"),
        ("unvisited", "已有 171 天没有走访，应每 30 天走访一次"),
        ("unsupported", "纳入监测已有 171 天，本年还没有帮扶措施"),
        ("unplanned", "纳入监测已有 171 天，还没有在实施的帮扶计划"),
        ("contract_ends", "合同到2021年7月31日为止，还有 31 天"),
        ("monitoring_ends", "健康监测到2021年7月2日为止"),
        ("region_raised", "2021年6月25日起调整为高风险，从那里返乡、还没有解除监测的有 1 人"),
    ],
)
def test_the_words_are_those_of_the_records(filled: Township, rule: str, why: str) -> None:
    assert by_rule(filled)[rule].why == why


def test_the_household_is_told_with_its_village_and_contact(filled: Township) -> None:
    each = by_rule(filled)["unvisited"]
    assert (each.ledger, each.village_name, each.contact) == ("household", "白沙村", "何桂兰")


def test_other_villages_see_what_concerns_them_or_all(filled: Township) -> None:
    rules = {each.rule.key for each in find_warnings(filled, (2,))}
    assert "unvisited" not in rules
    assert "region_raised" in rules


@pytest.fixture
def writing(filled: Township, tmp_path: Path) -> Iterator[Township]:
    """The office to be changed: a copy."""
    path = tmp_path / "copy.zgdb"
    for one in filled.path.parent.glob(filled.path.name + "*"):
        shutil.copy(one, tmp_path / one.name.replace(filled.path.name, path.name))
    shutil.copy(key_path(filled.path), key_path(path))
    township = open_township(path, "乙")
    township.working_day = TODAY
    yield township
    township.close()


def test_what_was_decided_is_silent_until_its_ground_changes(writing: Township) -> None:
    each = by_rule(writing)["medical_outlay"]
    decide(writing, [each], WarningStanding.CLOSED, "已报销")
    assert each.key not in {one.key for one in open_ones(find_warnings(writing))}
    writing.working_day = date(2021, 12, 1)
    assert by_rule(writing)["medical_outlay"].standing is WarningStanding.CLOSED
    save(
        writing,
        "risk_event",
        {"household": each.record, "kind": "大病", "date": date(2021, 11, 1), "amount": 90_000},
    )
    again = by_rule(writing)["medical_outlay"]
    assert again.standing is WarningStanding.NEW
    assert again.again
    assert again.decisions[-1].reason == "已报销"


def test_a_postponed_one_comes_back_on_its_day(writing: Township) -> None:
    each = by_rule(writing)["unvisited"]
    decide(writing, [each], WarningStanding.PUT_OFF, "外出务工", date(2021, 8, 1))
    writing.working_day = date(2021, 7, 31)
    assert by_rule(writing)["unvisited"].standing is WarningStanding.PUT_OFF
    writing.working_day = date(2021, 8, 1)
    assert by_rule(writing)["unvisited"].standing is WarningStanding.NEW


def test_a_decision_needs_its_reason_and_the_ground_that_was_seen(writing: Township) -> None:
    each = by_rule(writing)["medical_outlay"]
    with pytest.raises(StorageProblem, match="理由"):
        decide(writing, [each], WarningStanding.CLOSED)
    save(
        writing,
        "risk_event",
        {"household": each.record, "kind": "大病", "date": date(2021, 6, 1), "amount": 90_000},
    )
    with pytest.raises(StorageProblem, match="有了变化"):
        decide(writing, [each], WarningStanding.CLOSED, "已报销")


def test_a_decision_is_taken_back(writing: Township) -> None:
    each = by_rule(writing)["job_lost"]
    decide(writing, [each], WarningStanding.TAKEN)
    assert by_rule(writing)["job_lost"].standing is WarningStanding.TAKEN
    take_back(writing, [each.key])
    assert by_rule(writing)["job_lost"].standing is WarningStanding.NEW


def test_no_parameter_of_the_catalogue_is_read_by_no_code(filled: Township) -> None:
    """A number that an office sets does something: a figure, a condition, a warning or a line of Python reads it."""
    catalogue = filled.catalogue
    read = {rule.limit for rule in catalogue.warnings.values()}
    read |= {indicator.parameter for indicator in catalogue.indicators.values()}
    text = "".join(path.read_text(encoding="utf-8") for path in resource("catalogue").glob("*.toml"))
    code = "".join(
        path.read_text(encoding="utf-8") for path in resource("catalogue").parents[1].glob("zhengui/**/*.py")
    )
    unread = [
        key
        for key in catalogue.parameters
        if key not in read and f"parameter = '{key}'" not in text and f'"{key}"' not in code
    ]
    assert unread == []
