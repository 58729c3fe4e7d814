"""The demo township keeps every rule of the program, says that it is invented, and comes out the same again."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.demo import Demo, generate, pictures, zero_reports
from zhengui.catalogue.closed_loop import LOOP_STATES, is_overdue, state_of
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, FieldType, Ledger, RuleKind
from zhengui.values.check import check_record
from zhengui.values.mistake import Overlap

LAST_DAY = date(2021, 12, 31)
#: Ledgers whose emptiness in 2021 is itself the news, or that registers keep without time.
WITHOUT_2021 = {"accident", "fire_point", "party_branch"}
Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def collected(catalogue: Catalogue, scale: float, seed: int = 2021) -> Records:
    found: Records = {}
    for batch in generate(catalogue, scale, seed):
        found.setdefault(batch.ledger, []).extend(batch.rows)
    return found


@pytest.fixture(scope="module")
def records(catalogue: Catalogue) -> Records:
    return collected(catalogue, 0.2)


class RowFacts:
    """What the rules ask, answered from the rows; doubles have a test of their own."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.spans: dict[tuple[str, str], dict[Any, list[Mapping[str, Any]]]] = {}

    def birth_date(self, person_id: int) -> date | None:
        birth: date | None = self.records["person"][person_id - 1].get("birth_on")
        return birth

    def overlap(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> Overlap | None:
        what, begun, ended = fields
        if (ledger.key, what) not in self.spans:
            found: dict[Any, list[Mapping[str, Any]]] = {}
            for row in self.records[ledger.key]:
                found.setdefault(row.get(what), []).append(row)
            self.spans[ledger.key, what] = found
        for other in self.spans[ledger.key, what][values.get(what)]:
            apart = (other.get(ended) or date.max) < values[begun] or other[begun] > (
                values.get(ended) or date.max
            )
            if other is not values and not apart:
                return Overlap(0, "另一条", other[begun], gives_way=False)
        return None

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Any]) -> int | None:
        return None


def test_every_record_keeps_the_rules(catalogue: Catalogue, records: Records) -> None:
    facts = RowFacts(records)
    wrong = [
        f"{key} {position}: {mistake.title} {mistake.message} {row}"
        for key, rows in records.items()
        for position, row in enumerate(rows, 1)
        for mistake in check_record(catalogue.ledgers[key], row, facts, LAST_DAY)
    ]
    assert wrong[:5] == []


@pytest.mark.parametrize("scale", [0.2, 4.0])
def test_no_record_is_there_twice(catalogue: Catalogue, scale: float) -> None:
    twice = []
    for key, rows in collected(catalogue, scale).items():
        for rule in catalogue.ledgers[key].rules:
            if rule.kind is not RuleKind.UNIQUE:
                continue
            held = [
                tuple(row.get(name) for name in rule.fields)
                for row in rows
                if row.get(rule.fields[0]) is not None
            ]
            twice += [(key, value) for value, count in Counter(held).items() if count > 1]
    assert twice[:5] == []


def test_rows_hold_known_fields_only(catalogue: Catalogue, records: Records) -> None:
    unknown = {
        (key, name)
        for key, rows in records.items()
        for row in rows
        for name in row.keys() - catalogue.ledgers[key].by_key.keys()
    }
    assert not unknown


def test_references_point_to_records_written_before(catalogue: Catalogue) -> None:
    written: Counter[str] = Counter()
    for batch in generate(catalogue, 0.2):
        ledger = catalogue.ledgers[batch.ledger]
        references = [f for f in ledger.fields if f.register]
        for row in batch.rows:
            for field in references:
                for target in field.ids_of(row.get(field.key)):
                    assert 1 <= target <= written[field.register], (batch.ledger, field.key, target)
        written[batch.ledger] += len(batch.rows)


def in_year(ledger: Ledger, row: Mapping[str, Any], year: int) -> bool:
    """Whether the record's first time field lies in the year."""
    value = row[ledger.period[0]]
    if isinstance(value, date):
        return value.year == year
    return bool(value // (1 if ledger[ledger.period[0]].type is FieldType.YEAR else 100) == year)


def test_every_ledger_has_records_of_2021(catalogue: Catalogue, records: Records) -> None:
    without = [
        key
        for key, ledger in catalogue.ledgers.items()
        if not records.get(key)
        or (ledger.period and not any(in_year(ledger, row, 2021) for row in records[key]))
    ]
    assert set(without) == WITHOUT_2021


def test_nothing_of_the_epidemic_is_older_than_it(catalogue: Catalogue, records: Records) -> None:
    for ledger in catalogue.by_area["epidemic"].ledgers:
        assert not any(in_year(ledger, row, 2019) for row in records[ledger.key])


def test_the_history_campaign_lasts_one_year(catalogue: Catalogue, records: Records) -> None:
    for ledger in catalogue.by_area["party_history"].ledgers:
        assert all(in_year(ledger, row, 2021) for row in records[ledger.key])


def test_people_are_marked_as_invented(records: Records) -> None:
    for key in (
        "household",
        "person",
        "committee_member",
        "reserve_cadre",
        "member_development",
        "outside_resident",
    ):
        assert {row["note"] for row in records[key]} == {"演示数据，人物虚构"}


def test_id_numbers_belong_to_no_place_and_phones_to_no_operator(records: Records) -> None:
    for row in records["person"]:
        assert re.fullmatch(r"999901\d{11}[\dX]", row.get("id_number", "99990100000000000X"))
        if "id_number" in row:
            assert row["id_number"][6:14] == row["birth_on"].strftime("%Y%m%d")
            assert int(row["id_number"][16]) % 2 == (row["sex"] == "男")
        assert row.get("phone", "160").startswith("160")


def test_names_hold_rare_characters(catalogue: Catalogue) -> None:
    names = "".join(
        row["name"] for batch in generate(catalogue, 1.0) if batch.ledger == "person" for row in batch.rows
    )
    assert [character for character in "㛃䶮𬭚堃昇喆镕𫖯" if character not in names] == []


def test_closed_loops_are_left_in_every_state(catalogue: Catalogue, records: Records) -> None:
    loops = [row for key, rows in records.items() if catalogue.ledgers[key].closed_loop for row in rows]
    assert {state_of(row) for row in loops} == set(LOOP_STATES)
    assert sum(is_overdue(row, LAST_DAY) for row in loops) >= 3
    assert sum("closed_on" not in row for row in records["toilet_problem"]) == 3


def test_the_same_seed_makes_the_same_township(catalogue: Catalogue, records: Records) -> None:
    assert collected(catalogue, 0.2) == records
    assert collected(catalogue, 0.2, seed=7)["person"] != records["person"]


def test_batches_are_small_enough_to_stream(catalogue: Catalogue) -> None:
    assert max(len(batch.rows) for batch in generate(catalogue, 3.0)) <= 5000


def test_the_scale_multiplies_the_records(catalogue: Catalogue) -> None:
    once, thrice = (sum(len(batch.rows) for batch in generate(catalogue, scale)) for scale in (1.0, 3.0))
    assert once == pytest.approx(42_000, rel=0.1)
    assert thrice == pytest.approx(3 * once, rel=0.1)


def test_a_scale_of_nothing_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="scale"):
        Demo(catalogue, 0)


def test_zero_reports_fill_the_gaps_of_what_must_be_complete(catalogue: Catalogue, records: Records) -> None:
    marks = set(zero_reports(catalogue, 0.2))
    covered = {(village, month) for ledger, village, month in marks if ledger == "accident"}
    covered |= {(row["village"], row["date"].year * 100 + row["date"].month) for row in records["accident"]}
    villages = range(1, len(records["village"]) + 1)
    assert covered == {(v, y * 100 + m) for v in villages for y in (2019, 2020, 2021) for m in range(1, 13)}
    told = {(row["village"], row["found_on"].year * 100 + row["found_on"].month) for row in records["hazard"]}
    silent = {(village, month) for ledger, village, month in marks if ledger == "hazard"}
    assert not told & silent
    assert len(told | silent) < len(covered), "some village forgets a month, so that unknown shows as well"


def test_pictures_belong_to_records_and_fields(catalogue: Catalogue, records: Records) -> None:
    from PIL import Image

    drawn = list(pictures(catalogue, 0.2))
    assert len({(picture.ledger, picture.position) for picture in drawn}) >= 25
    for picture in drawn:
        assert catalogue.ledgers[picture.ledger][picture.field].type is FieldType.ATTACHMENT
        assert 1 <= picture.position <= len(records[picture.ledger])
        assert picture.content.startswith(b"\xff\xd8")
        assert len(picture.content) < 100_000
    with Image.open(io.BytesIO(drawn[0].content)) as image:
        assert image.size == (960, 640)


def test_money_and_dates_are_in_the_types_of_the_program(records: Records) -> None:
    assert all(isinstance(row["amount"], int) for row in records["fund_raising"])
    assert all(isinstance(row["mu"], Decimal) for row in records["land_transfer"])
    assert all(
        row["full_on"] - row["probationary_on"] > timedelta(360)
        for row in records["member_development"]
        if "full_on" in row
    )
