"""The table on screen shows the records asked for, in order, with the right totals."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from zhengui.catalogue.closed_loop import LOOP_STATES, OVERDUE, is_overdue, state_of
from zhengui.figures import period
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Filter, Selection
from zhengui.storage.file.database import Database
from zhengui.storage.records import record as records
from zhengui.work import Cancelled

TODAY = date(2021, 7, 1)


def fill(database: Database, ledger: str, *rows: dict[str, Any]) -> list[int]:
    with database.writing() as conn:
        return list(records.insert_many(conn, database.tables, ledger, rows, "王明"))


def ids(database: Database, ledger: str = "event", **asked: Any) -> list[int]:
    """The ids of a selection; what is shown before all are there has to be what they begin with."""
    selection = Selection(ledger, today=TODAY, **asked)
    with database.reading() as conn:
        every = list(browse.ids_of(conn, database.tables, selection))
        for count in (3, 1000):
            first = browse.first_ids(conn, database.tables, selection, count)
            assert first is None or list(first) == every[:count]
    return every


@pytest.fixture
def events(database: Database) -> Database:
    fill(
        database,
        "village",
        {"name": "云岭社区", "sort_order": 2},
        {"name": "白沙村", "sort_order": 1},
    )
    fill(
        database,
        "event",
        {
            "held_on": date(2021, 3, 5),
            "kind": "乙",
            "village": 1,
            "people": 5,
            "amount": 100,
            "tags": ("东", "西"),
        },
        {
            "held_on": date(2021, 5, 1),
            "kind": "甲",
            "village": 2,
            "people": 9,
            "quantity": Decimal("1.5"),
            "topic": "秸秆禁烧",
        },
        {"held_on": date(2020, 5, 1), "kind": "丙", "people": 1, "amount": 23, "tags": ("西",)},
        {"kind": "甲", "village": 2},
    )
    return database


def test_the_latest_come_first_and_undated_ones_last(events: Database) -> None:
    assert ids(events) == [2, 1, 3, 4]


def test_a_period_leaves_out_undated_records_and_says_how_many(events: Database) -> None:
    assert ids(events, period=period.year(2021)) == [2, 1]
    assert ids(events, period=period.quarter(2021, 1)) == [1]
    with events.reading() as conn:
        ask = browse.undated
        assert ask(conn, events.tables, Selection("event", period.year(2021))) == 1
        assert ask(conn, events.tables, Selection("event", period.year(2021), villages=(1,))) == 0
        assert ask(conn, events.tables, Selection("event")) == 0


def test_villages_and_the_bin(events: Database) -> None:
    assert ids(events, villages=(2,)) == [2, 4]
    with events.writing() as conn:
        records.delete(conn, events.tables, "event", [2], "王明")
    assert ids(events, villages=(2,)) == [4]
    assert ids(events, bin=True) == [2]


def test_spans_months_and_years_show_where_they_touch_the_period(database: Database) -> None:
    fill(
        database,
        "duty",
        {"from": date(2020, 1, 1), "to": date(2021, 1, 1)},
        {"from": date(2020, 1, 1), "to": date(2020, 12, 31)},
        {"from": date(2020, 1, 1)},
        {"from": date(2022, 1, 1)},
    )
    assert ids(database, "duty", period=period.year(2021), sort="from") == [1, 3]
    fill(database, "monthly", {"month": 202103}, {"month": 202104})
    assert ids(database, "monthly", period=period.between(date(2021, 3, 5), date(2021, 3, 9))) == [1]
    fill(database, "plan", {"year": 2021}, {"year": 2022})
    assert ids(database, "plan", period=period.quarter(2021, 2)) == [1]


def test_a_village_behind_a_register(database: Database) -> None:
    fill(database, "village", {"name": "甲村"}, {"name": "乙村"})
    fill(database, "household", {"village": 1}, {"village": 2})
    fill(database, "duty", {"household": 1}, {"household": 2}, {})
    assert ids(database, "duty", villages=(2,)) == [2]
    with database.reading() as conn:
        assert browse.counts(conn, database.tables, ["duty"], None, (2,)) == {"duty": 1}
    with database.writing() as conn:
        records.update(conn, database.tables, "household", 1, {"village": 2}, "王明")
    with database.reading() as conn:
        assert browse.counts(conn, database.tables, ["duty"], None, (2,)) == {"duty": 2}


@pytest.mark.parametrize(
    ("field", "up", "down"),
    [
        ("held_on", [3, 1, 2, 4], [2, 1, 3, 4]),
        ("people", [3, 1, 2, 4], [2, 1, 3, 4]),
        ("kind", [2, 4, 1, 3], [3, 1, 4, 2]),
        ("village", [2, 4, 1, 3], [1, 4, 2, 3]),
        ("photo", [2, 1, 3, 4], [2, 1, 3, 4]),
    ],
)
def test_sorting_by_any_column(events: Database, field: str, up: list[int], down: list[int]) -> None:
    assert ids(events, sort=field) == up
    assert ids(events, sort=field, descending=True) == down


def test_every_column_can_be_sorted_by(events: Database) -> None:
    for ledger in events.tables.catalogue.ledgers.values():
        for field in ledger.fields:
            assert sorted(ids(events, ledger.key, sort=field.key)) == sorted(ids(events, ledger.key))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filter("topic", contains="禁烧"), [2]),
        (Filter("village", contains="白沙"), [2, 4]),
        (Filter("kind", values=("甲",)), [2, 4]),
        (Filter("kind", values=()), []),
        (Filter("topic", values=(None,)), [1, 3, 4]),
        (Filter("village", values=(None, 1)), [1, 3]),
        (Filter("tags", values=("东",)), [1]),
        (Filter("tags", values=("东", None)), [2, 1, 4]),
        (Filter("people", low=5), [2, 1]),
        (Filter("people", low=1, high=5), [1, 3]),
        (Filter("held_on", high=date(2021, 3, 5)), [1, 3]),
        (Filter("quantity", low=Decimal("1.5"), high=Decimal("1.5")), [2]),
        (Filter("topic", contains="%"), []),
    ],
)
def test_filters_by_column(events: Database, asked: Filter, found: list[int]) -> None:
    assert ids(events, filters=(asked,)) == found


def test_filters_add_up(events: Database) -> None:
    assert ids(events, filters=(Filter("kind", values=("甲",)), Filter("people", low=1))) == [2]


def test_exactly_these_records(events: Database) -> None:
    assert ids(events, ids=[3, 1, 99]) == [1, 3]
    assert ids(events, ids=[]) == []
    fill(events, "event", *({"people": n} for n in range(1000)))
    assert len(ids(events, ids=range(1, 200_000))) == 1004


def test_totals_follow_the_selection(events: Database) -> None:
    with events.reading() as conn:
        everything = browse.totals(conn, events.tables, Selection("event"))
        some = browse.totals(conn, events.tables, Selection("event", period.year(2021)))
        nothing = browse.totals(conn, events.tables, Selection("event", period.year(2019)))
    assert everything == browse.Totals(4, {"people": 15, "amount": 123, "quantity": Decimal("1.500")})
    assert some == browse.Totals(2, {"people": 14, "amount": 100, "quantity": Decimal("1.500")})
    assert nothing == browse.Totals(0, {"people": None, "amount": None, "quantity": None})


def test_values_to_filter_by(events: Database) -> None:
    with events.reading() as conn:
        ask = browse.distinct_values
        asked = Selection("event", filters=(Filter("kind", values=("乙",)),))
        kinds = ask(conn, events.tables, asked, "kind")
        villages = ask(conn, events.tables, Selection("event"), "village")
        tags = ask(conn, events.tables, Selection("event"), "tags")
        topics = ask(conn, events.tables, asked, "topic")
    assert [(c.value, c.count) for c in kinds] == [("甲", 2), ("丙", 1), ("乙", 1)]
    assert [(c.value, c.label, c.count) for c in villages] == [
        (2, "白沙村", 2),
        (None, "", 1),
        (1, "云岭社区", 1),
    ]
    assert [(c.value, c.count) for c in tags] == [(None, 2), ("西", 2), ("东", 1)]
    assert [(c.value, c.count) for c in topics] == [(None, 1)]


def test_a_page_brings_the_labels_of_what_it_names(events: Database) -> None:
    with events.reading() as conn:
        page = browse.page(conn, events.tables, "event", [4, 1])
    assert [record.id for record in page.records] == [4, 1]
    assert page.labels == {"village": {1: "云岭社区", 2: "白沙村"}}


def random_dates(chance: random.Random) -> dict[str, Any]:
    day = date(2021, 1, 1)
    found: dict[str, Any] = {"found_on": day, "due_on": chance.choice((None, TODAY, TODAY - timedelta(1)))}
    for step in ("assigned_on", "rectified_on", "verified_on", "closed_on"):
        found[step] = day if chance.random() < 0.6 else None
    return found


def test_states_are_those_of_the_closed_loop(database: Database) -> None:
    chance = random.Random(3)
    rows = [random_dates(chance) for _ in range(80)]
    fill(database, "hazard", *rows)
    for state in LOOP_STATES:
        expected = [n for n, row in enumerate(rows, 1) if state_of(row) == state]
        assert sorted(ids(database, "hazard", state=state)) == expected
    late = [n for n, row in enumerate(rows, 1) if is_overdue(row, TODAY)]
    assert sorted(ids(database, "hazard", state=OVERDUE)) == late
    with database.reading() as conn:
        asked = Selection("hazard", state=LOOP_STATES[0], today=TODAY)
        counts = browse.state_counts(conn, database.tables, asked)
        assert browse.state_counts(conn, database.tables, Selection("event")) == {}
    assert counts[OVERDUE] == len(late)
    assert {state: counts[state] for state in LOOP_STATES} == {
        state: sum(state_of(row) == state for row in rows) for state in LOOP_STATES
    }


def test_counts_for_the_list_of_ledgers(events: Database) -> None:
    with events.reading() as conn:
        ask = browse.counts
        assert ask(conn, events.tables, ["event", "village", "plan"]) == {"event": 4, "village": 2, "plan": 0}
        assert ask(conn, events.tables, ["event", "village"], period.year(2021)) == {"event": 2, "village": 2}
        assert ask(conn, events.tables, ["event"], None, (2,)) == {"event": 2}
    fill(events, "event", {"held_on": date(2021, 1, 1)})
    with events.reading() as conn:
        assert browse.counts(conn, events.tables, ["event"]) == {"event": 5}


@pytest.mark.parametrize("field", ["held_on", "kind", "people", "village", "amount", "topic"])
@pytest.mark.parametrize("kinds", [3, 400])
def test_order_is_that_of_a_plain_sort(database: Database, field: str, kinds: int) -> None:
    chance = random.Random(kinds)
    choices = ("甲", "乙", "丙")
    fill(database, "village", *({"name": f"村{n:02}"} for n in range(20)))
    rows = [
        {
            "held_on": date(2020, 1, 1) + timedelta(chance.randrange(kinds)),
            "kind": chance.choice(choices),
            "people": chance.randrange(-kinds, kinds),
            "village": chance.randrange(20) + 1,
            "amount": chance.randrange(kinds) * 10**12,
            "topic": f"事{chance.randrange(kinds)}",
        }
        for _ in range(300)
    ]
    for row in rows:
        if chance.random() < 0.2:
            del row[chance.choice(list(row))]
    numbered = dict(enumerate(rows, min(fill(database, "event", *rows))))

    def place(value: Any) -> Any:
        return choices.index(value) if field == "kind" else value

    filled = sorted((place(row[field]), id_) for id_, row in numbered.items() if field in row)
    empty = sorted(id_ for id_, row in numbered.items() if field not in row)
    assert ids(database, sort=field) == [id_ for _, id_ in filled] + empty
    assert ids(database, sort=field, descending=True) == [id_ for _, id_ in filled[::-1]] + empty[::-1]
    later = [id_ for _, id_ in filled if numbered[id_].get("held_on", date.min) >= date(2020, 6, 1)]
    asked = Filter("held_on", low=date(2020, 6, 1))
    found = ids(database, sort=field, filters=(asked,))
    assert found[: len(later)] == later
    with database.reading() as conn:
        first = browse.first_ids(conn, database.tables, Selection("event", today=TODAY, sort=field), 7)
    assert (first is None) == (field in ("held_on", "village")), "days and registers are soon in order"


def test_sorting_breaks_off_once_nobody_waits(database: Database) -> None:
    fill(database, "event", *({"people": n * 7919 % 30_011, "topic": f"事{n % 977}"} for n in range(30_000)))
    waits = iter([False])

    def look_often() -> None:
        with database.reading(lambda: next(waits, True)) as conn:
            for _ in range(50):
                browse.ids_of(conn, database.tables, Selection("event", sort="topic"))

    with pytest.raises(Cancelled):
        look_often()
    assert len(ids(database, sort="topic")) == 30_000


def test_sums_and_states_are_those_of_today(events: Database) -> None:
    def sums() -> Any:
        with events.reading() as conn:
            return browse.totals(conn, events.tables, Selection("event", sort="people")).sums["people"]

    before = sums()
    fill(events, "event", {"people": 1000})
    assert sums() == before + 1000


def test_a_hundred_thousand_records(database: Database) -> None:
    start = date(2020, 1, 1)
    fill(database, "village", *({"name": f"村{n}"} for n in range(24)))
    rows = (
        {"held_on": start + timedelta(n % 731), "village": n % 24 + 1, "people": n % 100}
        for n in range(100_000)
    )
    with database.writing() as conn:
        records.insert_many(conn, database.tables, "event", rows, "王明")
    with database.reading() as conn:
        found = browse.ids_of(conn, database.tables, Selection("event"))
        assert (len(found), found.itemsize) == (100_000, 8)
        page = browse.page(conn, database.tables, "event", found[50_000:50_050])
        assert [r.id for r in page.records] == list(found[50_000:50_050])
        days = [r.values["held_on"] for r in page.records]
        assert days == sorted(days, reverse=True)
        assert browse.totals(conn, database.tables, Selection("event")).sums["people"] == 4_950_000
        third = sum(n % 24 == 2 and n % 731 >= 366 for n in range(100_000))
        assert len(browse.ids_of(conn, database.tables, Selection("event", period.year(2021), (3,)))) == third
        assert len(browse.ids_of(conn, database.tables, Selection("event", sort="people"))) == 100_000
