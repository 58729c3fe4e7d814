"""Figures from random records agree with a plain count, and so do the records behind them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.small import small_catalogue
from zhengui.catalogue.model import Condition, Cover, Match, Measure, Timing
from zhengui.figures import period
from zhengui.figures.period import Period
from zhengui.storage.counting import measured_rows, measures
from zhengui.storage.counting.measures import Result, Scope
from zhengui.storage.file.database import Database
from zhengui.storage.records import record as records
from zhengui.storage.records import reporting

Row = Mapping[str, Any]
DURING = Timing("during", ("held_on",))
PERIODS = (
    period.year(2021),
    period.half(2021, 2),
    period.month(2020, 2),
    period.between(date(2021, 1, 15), date(2021, 3, 20)),
)


class Office:
    """The same random records in a database and in plain lists."""

    def __init__(self, database: Database, seed: int, count: int = 120) -> None:
        self.database = database
        self.rows: dict[str, dict[int, Row]] = {}
        self.chance = chance = random.Random(seed)
        self.put("village", [{"name": f"村{n}", "sort_order": 9 - n, "active": n != 3} for n in range(4)])
        self.put(
            "person", [{"name": f"人{n}", "birth_date": self.maybe(self.day(1950, 60))} for n in range(20)]
        )
        self.put(
            "household",
            [{"village": self.maybe(self.of("village")), "head": self.of("person")} for _ in range(15)],
        )
        self.put("official", [{"name": f"官{n}"} for n in range(5)])
        self.put("event", [self.event() for _ in range(count)])
        self.put("duty", [self.duty() for _ in range(count // 3)])
        self.put(
            "monthly",
            [
                {
                    "month": chance.randint(2020, 2021) * 100 + chance.randint(1, 12),
                    "amount": chance.randint(0, 10**10),
                }
                for _ in range(count // 4)
            ],
        )
        self.put("plan", [{"year": chance.randint(2020, 2023)} for _ in range(12)])
        for ledger in ("event", "duty"):
            self.bin(ledger, chance.sample(sorted(self.rows[ledger]), 5))

    def put(self, ledger: str, rows: list[dict[str, Any]]) -> None:
        with self.database.writing() as conn:
            ids = records.insert_many(conn, self.database.tables, ledger, rows, "王明")
        blank = dict.fromkeys(self.database.tables.catalogue.ledgers[ledger].by_key)
        self.rows.setdefault(ledger, {}).update(
            {i: blank | r | {"id": i} for i, r in zip(ids, rows, strict=True)}
        )

    def bin(self, ledger: str, ids: list[int]) -> None:
        with self.database.writing() as conn:
            records.delete(conn, self.database.tables, ledger, ids, "王明")
        for id_ in ids:
            del self.rows[ledger][id_]

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.8 else None

    def of(self, ledger: str) -> int:
        return self.chance.choice(sorted(self.rows[ledger]))

    def day(self, year: int = 2020, years: int = 2) -> date:
        return date(year, 1, 1) + timedelta(self.chance.randrange(365 * years))

    def event(self) -> dict[str, Any]:
        chance = self.chance
        return {
            "village": self.maybe(self.of("village")),
            "kind": self.maybe(chance.choice("甲乙丙")),
            "held_on": self.maybe(self.day()),
            "people": self.maybe(chance.randint(0, 50)),
            "amount": self.maybe(chance.randint(0, 5_000_000)),
            "quantity": self.maybe(Decimal(chance.randint(0, 9999)).scaleb(-3)),
            "done": self.maybe(chance.random() < 0.5),
            "tags": self.maybe(tuple(chance.sample("东西南", chance.randint(1, 3)))),
            "band": self.maybe(chance.choice(("3—11周岁", "12—17周岁", "60周岁以上"))),
            "person": self.maybe(self.of("person")),
            "topic": self.maybe(chance.choice(("春", "夏"))),
        }

    def duty(self) -> dict[str, Any]:
        start = self.day()
        return {
            "household": self.maybe(self.of("household")),
            "official": self.maybe(self.of("official")),
            "from": self.maybe(start),
            "to": self.maybe(start + timedelta(self.chance.randrange(400))),
        }

    def ask(self, measure: Measure, scope: Scope) -> tuple[Result, list[int]]:
        tables = self.database.tables
        with self.database.reading() as conn:
            result = measures.evaluate(conn, tables, {"it": measure}, scope, {})["it"]
            return result, measured_rows.row_ids(conn, tables, measure, scope, {})

    def village_of(self, ledger: str, row: Row) -> int | None:
        if ledger == "village":
            return int(row["id"])
        if ledger == "duty":
            home = self.rows["household"].get(row["household"])
            return home["village"] if home else None
        return row.get("village")

    def expect(self, ledger: str, scope: Scope, when: Callable[[Row], bool]) -> list[Row]:
        return [
            row
            for row in self.rows[ledger].values()
            if when(row) and (not scope.villages or self.village_of(ledger, row) in scope.villages)
        ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    return Office(Database.create(folder / "office.zgdb", small_catalogue()), seed=7)


def during(scope: Scope) -> Callable[[Row], bool]:
    return lambda row: row["held_on"] is not None and scope.period.contains(row["held_on"])


def age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def person_of(office: Office, row: Row) -> Row:
    return office.rows["person"].get(row["person"], {"birth_date": None})


#: Each test on an event, and the same in plain Python.
CONDITIONS: list[tuple[Condition, Callable[[Office, Row, Scope], bool]]] = [
    (Condition("kind", "is", ("甲",)), lambda o, r, s: r["kind"] == "甲"),
    (Condition("kind", "in", ("甲", "丙")), lambda o, r, s: r["kind"] in ("甲", "丙")),
    (Condition("kind", "not_in", ("甲",)), lambda o, r, s: r["kind"] != "甲"),
    (Condition("done", "is", ("是",)), lambda o, r, s: r["done"] is True),
    (Condition("done", "is", ("否",)), lambda o, r, s: r["done"] is False),
    (Condition("tags", "contains_all", ("东", "西")), lambda o, r, s: {"东", "西"} <= set(r["tags"] or ())),
    (Condition("tags", "in", ("东", "西")), lambda o, r, s: bool({"东", "西"} & set(r["tags"] or ()))),
    (Condition("tags", "not_in", ("东",)), lambda o, r, s: "东" not in (r["tags"] or ())),
    (Condition("topic", "filled"), lambda o, r, s: r["topic"] is not None),
    (Condition("topic", "empty"), lambda o, r, s: r["topic"] is None),
    (Condition("photo", "empty"), lambda o, r, s: True),
    (Condition("amount", "above", ("20000",)), lambda o, r, s: (r["amount"] or 0) > 2_000_000),
    (Condition("quantity", "above", ("4.5",)), lambda o, r, s: (r["quantity"] or 0) > Decimal("4.5")),
    (Condition("people", "above", ("10.5",)), lambda o, r, s: (r["people"] or 0) > 10),
    (
        Condition("held_on", "by_end"),
        lambda o, r, s: r["held_on"] is not None and r["held_on"] <= s.period.end,
    ),
    (
        Condition("band", "band_at_least", parameter="lower_age"),
        lambda o, r, s: r["band"] in ("12—17周岁", "60周岁以上"),
    ),
    (
        Condition("person.birth_date", "under_age", parameter="age_limit"),
        lambda o, r, s: (b := person_of(o, r)["birth_date"]) is not None and age(b, s.period.end) < 35,
    ),
    (Condition("village.name", "is", ("村1",)), lambda o, r, s: r["village"] == 2),
]


@pytest.mark.parametrize("villages", [(), (2,), (1, 4)])
@pytest.mark.parametrize("days", PERIODS, ids=lambda p: p.title)
def test_each_condition_counts_what_a_plain_count_counts(
    office: Office, days: Period, villages: tuple[int, ...]
) -> None:
    scope = Scope(days, villages)
    in_time = during(scope)
    asked = {c: Measure("count", "event", (), DURING, (c,)) for c, _ in CONDITIONS}
    with office.database.reading() as conn:
        found = measures.evaluate(conn, office.database.tables, asked, scope, {})
    for test, plain in CONDITIONS:
        rows = office.expect("event", scope, lambda r, p=plain: in_time(r) and p(office, r, scope))  # type: ignore[misc]
        known = Result(len(rows), len(rows), True)
        assert found[test] == (known if office.expect("event", scope, in_time) else measures.UNREPORTED), test
        assert office.ask(asked[test], scope)[1] == [r["id"] for r in rows], test


@pytest.mark.parametrize("villages", [(), (2,), (1, 4)])
@pytest.mark.parametrize("days", PERIODS, ids=lambda p: p.title)
def test_every_kind_of_value(office: Office, days: Period, villages: tuple[int, ...]) -> None:
    scope = Scope(days, villages)
    where = (Condition("kind", "in", ("甲", "乙")),)
    fits = office.expect("event", scope, lambda r: during(scope)(r) and r["kind"] in ("甲", "乙"))

    def check(kind: str, fields: tuple[str, ...], value: Any, rows: list[Row]) -> None:
        result, ids = office.ask(Measure(kind, "event", fields, DURING, where), scope)
        value = value if result.reported else None
        assert (result.value, result.records) == (value, len(rows))
        assert type(result.value) is type(value)
        assert result.reported is bool(office.expect("event", scope, during(scope)))
        assert ids == sorted(r["id"] for r in rows)

    for field, zero in (("people", 0), ("amount", 0), ("quantity", Decimal("0.000"))):
        filled = [r for r in fits if r[field] is not None]
        check("sum", (field,), sum((r[field] for r in filled), zero), filled)
    both = [r for r in fits if r["people"] is not None and r["amount"] is not None]
    check("balance", ("people", "amount"), sum((r["people"] - r["amount"] for r in both), 0), both)
    filled = [r for r in fits if r["village"] is not None]
    check("distinct", ("village",), len({r["village"] for r in filled}), filled)
    filled = [r for r in fits if r["village"] is not None and r["topic"] is not None]
    check("distinct", ("village", "topic"), len({(r["village"], r["topic"]) for r in filled}), filled)
    for kind, edge in (("first", min), ("last", max)):
        day = edge((r["held_on"] for r in fits), default=None)
        check(kind, ("held_on",), day, [r for r in fits if r["held_on"] == day])
    filled = sorted((r for r in fits if r["people"] is not None), key=lambda r: (r["held_on"], r["id"]))
    check("latest", ("people", "held_on"), filled[-1]["people"] if filled else None, filled[-1:])


def whole_months(days: Period) -> Callable[[int], bool]:
    return lambda month: month in days.months()


@pytest.mark.parametrize("days", PERIODS, ids=lambda p: p.title)
def test_every_timing(office: Office, days: Period) -> None:
    scope = Scope(days)
    end = days.end

    def check(
        ledger: str,
        timing: Timing,
        when: Callable[[Row], bool],
        speaks: Callable[[Row], bool] = lambda _row: False,
    ) -> None:
        rows = office.expect(ledger, scope, when)
        told = bool(rows or office.expect(ledger, scope, speaks))
        result, ids = office.ask(Measure("count", ledger, (), timing), scope)
        assert result == (Result(len(rows), len(rows), True) if told else Result(None, 0, False))
        assert ids == [r["id"] for r in rows]

    check("event", Timing("until", ("held_on",)), lambda r: r["held_on"] is not None and r["held_on"] <= end)
    check(
        "duty",
        Timing("in_force", ("from", "to")),
        lambda r: r["from"] is not None and r["from"] <= end and (r["to"] is None or r["to"] >= end),
        # A span that has ended says that none of it is left.
        lambda r: r["from"] is not None and r["from"] <= end,
    )
    check("plan", Timing("year", ("year",)), lambda r: r["year"] == end.year)
    check("plan", Timing("next_year", ("year",)), lambda r: r["year"] == end.year + 1)
    check("plan", Timing(), lambda r: True)
    check("monthly", Timing("during", ("month",)), lambda r: r["month"] in days.months())


MATCHES = [
    Match("duty", (("person", "household.head"),), Timing("in_force", ("from", "to"))),
    Match("event", (("village", "village"), ("topic", "topic")), DURING, (Condition("kind", "is", ("丙",)),)),
    Match("plan", (("held_on", "id"),)),
]


@pytest.mark.parametrize("absent", [False, True])
@pytest.mark.parametrize("villages", [(), (2,)])
def test_matches_with_other_ledgers(office: Office, absent: bool, villages: tuple[int, ...]) -> None:
    scope = Scope(period.year(2021), villages)
    end = scope.period.end
    heads = {
        office.rows["household"][r["household"]]["head"]
        for r in office.rows["duty"].values()
        if r["household"] and r["from"] and r["from"] <= end and (r["to"] is None or r["to"] >= end)
    }
    pairs = {
        (r["village"], r["topic"])
        for r in office.rows["event"].values()
        if during(scope)(r) and r["kind"] == "丙" and r["village"] and r["topic"]
    }
    plain = [
        lambda r: r["person"] in heads,
        lambda r: (r["village"], r["topic"]) in pairs,
        lambda r: False,
    ]
    for match, fits in zip(MATCHES, plain, strict=True):
        each = Match(match.ledger, match.on, match.timing, match.where, absent)
        rows = office.expect("event", scope, lambda r, f=fits: during(scope)(r) and f(r) is not absent)  # type: ignore[misc]
        result, ids = office.ask(Measure("count", "event", (), DURING, (), (each,)), scope)
        assert (result.value, ids) == (len(rows), [r["id"] for r in rows])


def test_records_that_break_a_claim(office: Office) -> None:
    scope = Scope(period.year(2021))
    measure = Measure("count", "event", (), DURING, (Condition("kind", "is", ("甲",)),))
    also = (Condition("done", "is", ("是",)), Condition("people", "above", ("5",)))
    with office.database.reading() as conn:
        found = measured_rows.failing_ids(conn, office.database.tables, measure, also, MATCHES[:1], scope, {})  # type: ignore[arg-type]
        passing = Measure("count", "event", (), DURING, (*measure.where, *also), tuple(MATCHES[:1]))
        passed = measured_rows.row_ids(conn, office.database.tables, passing, scope, {})
        every = measured_rows.row_ids(conn, office.database.tables, measure, scope, {})
    assert found
    assert sorted(found + passed) == every


def test_villages_come_in_the_offices_order(office: Office) -> None:
    scope = Scope(period.year(2021))
    with office.database.reading() as conn:
        ask = measured_rows.villages_of
        tables = office.database.tables
        assert ask(conn, tables, Measure("count", "event", (), DURING), scope, {}) == [4, 3, 2, 1]
        assert ask(conn, tables, Measure("count", "event", (), DURING), Scope(scope.period, (2, 3)), {}) == [
            3,
            2,
        ]
        assert ask(conn, tables, Measure("count", "plan"), scope, {}) == []
        assert set(ask(conn, tables, Measure("count", "duty"), scope, {})) <= {1, 2, 3, 4}


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10**6), start=st.dates(date(2019, 12, 1), date(2021, 12, 1)), days=st.integers(0, 500)
)
def test_any_records_and_any_two_dates(
    tmp_path_factory: pytest.TempPathFactory, seed: int, start: date, days: int
) -> None:
    path = tmp_path_factory.mktemp("office") / "office.zgdb"
    with Database.create(path, small_catalogue()) as database:
        other = Office(database, seed, 60)
        days_asked = period.between(start, start + timedelta(days))
        test_each_condition_counts_what_a_plain_count_counts(other, days_asked, (1, 2))
        test_every_kind_of_value(other, days_asked, (3,))
        test_every_timing(other, days_asked)


SUM = Measure("sum", "event", ("people",), DURING)
BY_PERSON = Measure("count", "event", (), DURING, (Condition("person.birth_date", "filled"),))
COUNT_ALWAYS = Measure("count", "event")
WHOLE_YEAR = Scope(period.year(2021))


def value(database: Database, measure: Measure, scope: Scope = WHOLE_YEAR, **parameters: Decimal) -> Any:
    with database.reading() as conn:
        return measures.evaluate(conn, database.tables, {1: measure}, scope, parameters)[1].value


def add(database: Database, ledger: str, **values: Any) -> int:
    with database.writing() as conn:
        return records.insert(conn, database.tables, ledger, values, "王明")


def test_nothing_reported_is_unknown_until_somebody_says_zero(database: Database) -> None:
    village = add(database, "village", name="白沙村")
    other = add(database, "village", name="云岭村")
    assert value(database, SUM) is None
    add(database, "event", held_on=date(2020, 5, 1), people=5)
    assert value(database, SUM) is None
    with database.writing() as conn:
        for month in (202102, 202103):
            reporting.mark(conn, database.tables, "event", village, month, True, "王明")
    march = period.month(2021, 3)
    assert value(database, SUM, Scope(march, (village,))) == 0
    assert value(database, SUM, Scope(march, (other,))) is None
    assert value(database, SUM, Scope(march)) is None, "one village doesn't speak for all"
    assert value(database, SUM, Scope(period.year(2021), (village,))) is None, "nor one month for the year"
    with database.writing() as conn:
        for month in (202102, 202103):
            reporting.mark(conn, database.tables, "event", other, month, True, "王明")
    odd = Scope(period.between(date(2021, 2, 10), date(2021, 3, 20)))
    assert value(database, SUM, Scope(march)) == value(database, SUM, odd) == 0
    assert value(database, SUM, Scope(period.half(2021, 1))) is None
    assert value(database, Measure("first", "event", ("held_on",), DURING), Scope(march)) is None
    with database.writing() as conn:
        reporting.unmark(conn, database.tables, "event", village, 202103)
    assert value(database, SUM, Scope(march)) is None
    add(database, "event", held_on=date(2021, 2, 3), people=5, village=village)
    part = Scope(period.between(date(2021, 2, 10), date(2021, 2, 20)))
    with database.writing() as conn:
        reporting.unmark(conn, database.tables, "event", village, 202102)
    assert value(database, SUM, part) == 0, "a month with a record in it has been told of"


def test_a_year_before_the_first_record_is_unknown_but_for_zero_reports(database: Database) -> None:
    village = add(database, "village", name="白沙村")
    add(database, "event", held_on=date(2021, 5, 1), people=5, village=village)
    early = Scope(period.year(2019))
    assert value(database, SUM, early) is None
    assert value(database, COUNT_ALWAYS, early) == 1, "what counts at all times counts then, too"
    with database.writing() as conn:
        for month in range(201901, 201913):
            reporting.mark(conn, database.tables, "event", village, month, True, "王明")
    assert value(database, SUM, early) == 0
    assert value(database, SUM) == 5


def test_what_has_ended_or_is_not_closed_is_none_of_it(database: Database) -> None:
    village = add(database, "village", name="白沙村")
    home = add(database, "household", village=village)
    add(database, "duty", household=home, **{"from": date(2020, 1, 1), "to": date(2020, 12, 31)})
    duties = Measure("count", "duty", (), Timing("in_force", ("from", "to")))
    assert value(database, duties, Scope(period.year(2019))) is None
    assert value(database, duties, Scope(period.year(2020))) == 1, "the last day belongs to it"
    assert value(database, duties, Scope(period.year(2021))) == 0
    assert value(database, duties, Scope(period.year(2021), (village,))) == 0
    closed = Measure("count", "hazard", (), Timing("during", ("closed_on",)))
    add(database, "hazard", village=village, found_on=date(2020, 5, 1))
    gone = add(database, "hazard", village=village, found_on=date(2019, 5, 1), closed_on=date(2019, 6, 1))
    assert gone
    assert value(database, closed, Scope(period.year(2018))) is None
    assert value(database, closed, Scope(period.year(2019))) == 1
    assert value(database, closed, Scope(period.year(2020))) == 0
    assert value(database, closed, Scope(period.year(2021), (village,))) == 0
    assert value(database, closed, Scope(period.year(2021), (village + 1,))) is None


def test_a_ledger_not_kept_by_village_does_not_answer_for_one(database: Database) -> None:
    village = add(database, "village", name="白沙村")
    add(database, "plan", year=2021)
    assert value(database, Measure("count", "plan")) == 1
    assert value(database, Measure("count", "plan"), Scope(period.year(2021), (village,))) is None
    assert value(database, Measure("count", "village"), Scope(period.year(2021), (village,))) == 1
    assert value(database, Measure("count", "no_such_ledger")) is None


def test_kept_results_follow_every_ledger_they_came_from(database: Database) -> None:
    person = add(database, "person", name="张三")
    record = add(database, "event", held_on=date(2021, 5, 1), people=5, person=person)
    assert (value(database, SUM), value(database, BY_PERSON)) == (5, 0)
    with database.writing() as conn:
        records.update(conn, database.tables, "person", person, {"birth_date": date(1990, 1, 1)}, "王明")
        records.update(conn, database.tables, "event", record, {"people": 6}, "王明")
    assert (value(database, SUM), value(database, BY_PERSON)) == (6, 1)


def test_nothing_is_computed_twice(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    add(database, "event", held_on=date(2021, 5, 1), people=5)
    add(database, "monthly", month=202105, amount=3)
    monthly = Measure("sum", "monthly", ("amount",), Timing("during", ("month",)))
    assert (value(database, SUM), value(database, monthly)) == (5, 3)
    asked: list[str] = []
    whole = measures._evaluate_group

    def counted(conn: Any, asked_for: Any, ledger: str, *rest: Any) -> Any:
        asked.append(ledger)
        return whole(conn, asked_for, ledger, *rest)

    monkeypatch.setattr(measures, "_evaluate_group", counted)
    assert (value(database, SUM), value(database, monthly)) == (5, 3)
    assert asked == []
    add(database, "event", held_on=date(2021, 6, 1), people=1)
    assert (value(database, SUM), value(database, monthly)) == (6, 3)
    assert asked == ["event"]
    value(database, SUM, Scope(period.half(2021, 1)))
    assert asked == ["event", "event"]


def test_measures_of_one_ledger_are_one_statement(database: Database) -> None:
    add(database, "event", held_on=date(2021, 5, 1), people=5)
    statements: list[str] = []
    asked = {c: Measure("count", "event", (), DURING, (c,)) for c, _ in CONDITIONS} | {1: SUM}
    with database.reading() as conn:
        bare: Any = conn.connection.dbapi_connection
        bare.set_trace_callback(statements.append)
        measures.evaluate(conn, database.tables, asked, Scope(period.year(2021)), {})
        bare.set_trace_callback(None)
    # The day of the first record is asked of the index, apart from what is counted.
    counting = [each for each in statements if "l_event" in each and not each.startswith("SELECT min(")]
    assert len(counting) == 1


def test_an_unfinished_change_is_not_kept(database: Database) -> None:
    record = add(database, "event", held_on=date(2021, 5, 1), people=5)

    def given_up() -> None:
        with database.writing() as conn:
            records.update(conn, database.tables, "event", record, {"people": 9}, "王明")
            found = measures.evaluate(conn, database.tables, {1: SUM}, WHOLE_YEAR, {})
            assert found[1].value == 9
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        given_up()
    with database.writing() as conn:
        records.update(conn, database.tables, "event", record, {"people": 7}, "王明")
    assert value(database, SUM) == 7


def test_the_offices_parameters_count(database: Database) -> None:
    person = add(database, "person", name="张三", birth_date=date(1987, 1, 1))
    add(database, "event", held_on=date(2021, 5, 1), person=person)
    young = Measure(
        "count", "event", (), DURING, (Condition("person.birth_date", "under_age", parameter="age_limit"),)
    )
    assert value(database, young) == 1
    assert value(database, young, age_limit=Decimal(34)) == 0


def test_an_age_is_reached_on_the_birthday(database: Database) -> None:
    person = add(database, "person", name="张三", birth_date=date(1986, 12, 31))
    add(database, "event", held_on=date(2021, 5, 1), person=person)
    young = Measure(
        "count", "event", (), DURING, (Condition("person.birth_date", "under_age", parameter="age_limit"),)
    )
    assert value(database, young, Scope(period.between(date(2021, 1, 1), date(2021, 12, 30)))) == 1
    assert value(database, young) == 0


def test_what_nobody_covers(database: Database) -> None:
    villages = [
        add(database, "village", name=f"村{n}", sort_order=9 - n, active=n != 2, kind="村" if n else "居")
        for n in range(4)
    ]
    add(database, "event", held_on=date(2021, 5, 1), village=villages[0])
    add(database, "event", held_on=date(2020, 5, 1), village=villages[1])
    measure = Measure("count", "event", (), DURING)
    active = (Condition("active", "is", ("是",)),)
    with database.reading() as conn:
        ask = measures.missing_cover
        tables = database.tables
        every = Cover(measure, "village", "village")
        assert ask(conn, tables, every, WHOLE_YEAR, {}) == [(4, "村3"), (3, "村2"), (2, "村1")]
        assert ask(conn, tables, Cover(measure, "village", "village", active), WHOLE_YEAR, {}) == [
            (4, "村3"),
            (2, "村1"),
        ]
        assert ask(conn, tables, every, Scope(WHOLE_YEAR.period, (1, 2)), {}) == [(2, "村1")]
        assert ask(conn, tables, Cover(measure), WHOLE_YEAR, {}) == []
        assert ask(conn, tables, Cover(measure), Scope(period.year(2019)), {}) == [(0, "活动")]


def test_reports_that_are_missing(database: Database) -> None:
    for name, active in (("甲村", True), ("乙村", None), ("丙村", False)):
        add(database, "village", name=name, active=active)
    add(database, "event", held_on=date(2021, 1, 31), village=1)
    gone = add(database, "event", held_on=date(2021, 2, 5), village=1)
    with database.writing() as conn:
        tables = database.tables
        records.delete(conn, tables, "event", [gone], "王明")
        reporting.mark(conn, tables, "event", 2, 202101, True, "王明")
        reporting.mark(conn, tables, "event", 2, 202102, False, "王明")
        scope = Scope(period.between(date(2021, 1, 1), date(2021, 2, 28)))
        assert measures.complete_reports(conn, tables, "event", scope) == [(1, 202102)]
        assert measures.complete_reports(conn, tables, "event", Scope(period.month(2021, 3))) == [
            (1, 202103),
            (2, 202103),
        ]
        assert measures.complete_reports(conn, tables, "monthly", scope) == [(0, 202101), (0, 202102)]
        records.insert(conn, tables, "monthly", {"month": 202102}, "王明")
        assert measures.complete_reports(conn, tables, "monthly", scope) == [(0, 202101)]


def test_reported_by_a_record_or_a_zero_report(database: Database) -> None:
    tables = database.tables
    with database.reading() as conn:
        assert not measures.reported(conn, tables, "event", WHOLE_YEAR)
    add(database, "event", held_on=date(2021, 5, 1))
    with database.reading() as conn:
        assert measures.reported(conn, tables, "event", WHOLE_YEAR)
        assert not measures.reported(conn, tables, "event", Scope(period.half(2021, 2)))
        assert measures.reported(conn, tables, "event", Scope(period.half(2021, 2)), Timing())
        assert not measures.reported(conn, tables, "no_such_ledger", WHOLE_YEAR)
