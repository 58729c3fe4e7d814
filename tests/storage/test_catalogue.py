"""The office's real catalogue: every ledger has its table, and every measure can be asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Measure
from zhengui.figures import period
from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.counting import measured_rows, measures
from zhengui.storage.counting.measures import Scope
from zhengui.storage.file.database import Database
from zhengui.storage.records import record as records

CATALOGUE = load_catalogue()
SCOPE = Scope(period.year(2021))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty file with one village."""
    with Database.create(tmp_path_factory.mktemp("office") / "office.zgdb", CATALOGUE) as database:
        with database.writing() as conn:
            records.insert(conn, database.tables, "village", {"name": "白沙村", "active": True}, "王明")
        yield database


def asked() -> dict[str, Measure]:
    """Every measure of the catalogue by a name of its own."""
    found = {}
    for indicator in CATALOGUE.indicators.values():
        for part, measure in (("", indicator.measure), (" over", indicator.over)):
            if measure is not None:
                found[indicator.key + part] = measure
    for claim in CATALOGUE.claims.values():
        if claim.measure is not None:
            found["claim " + claim.key] = claim.measure
    return found


@pytest.mark.parametrize("villages", [(), (1,)])
def test_every_measure_can_be_asked(office: Database, villages: tuple[int, ...]) -> None:
    every = asked()
    scope = Scope(SCOPE.period, villages)
    with office.reading() as conn:
        found = measures.evaluate(conn, office.tables, every, scope, {})
        rows = {
            key: measured_rows.row_ids(conn, office.tables, each, scope, {}) for key, each in every.items()
        }
    assert len(every) > 80
    assert {key: result.records for key, result in found.items()} == {
        key: len(ids) for key, ids in rows.items()
    }


def test_every_claim_can_be_asked(office: Database) -> None:
    with office.reading() as conn:
        for claim in CATALOGUE.claims.values():
            if claim.measure is not None and (claim.also or claim.also_matches):
                ask = measured_rows.failing_ids
                assert (
                    ask(conn, office.tables, claim.measure, claim.also, claim.also_matches, SCOPE, {}) == []
                )
            for cover in claim.covers:
                missing = measures.missing_cover(conn, office.tables, cover, SCOPE, {})
                assert missing in ([], [(1, "白沙村")], [(0, CATALOGUE.ledgers[cover.measure.ledger].title)])


@pytest.mark.parametrize("key", CATALOGUE.ledgers)
def test_every_ledger_can_be_browsed(office: Database, key: str) -> None:
    with office.reading() as conn:
        chosen = Selection(key, SCOPE.period, (1,), search="白沙")
        assert list(browse.ids_of(conn, office.tables, chosen)) == [1] * (key == "village")
        assert browse.totals(conn, office.tables, chosen).count == (key == "village")
        for field in CATALOGUE.ledgers[key].fields:
            assert len(browse.ids_of(conn, office.tables, Selection(key, sort=field.key))) == (
                key == "village"
            )
