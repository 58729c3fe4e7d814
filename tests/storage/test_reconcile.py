"""A file follows the catalogue by gaining tables and columns, and never by losing any."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.small import ledger, small_catalogue
from zhengui.catalogue.model import Catalogue, Field, FieldType, Ledger
from zhengui.storage.file.database import Database, StorageProblem
from zhengui.storage.records import record as records
from zhengui.storage.schema.reconcile import reconcile

OLD = ledger(
    "plan", Field("year", "年度", FieldType.YEAR), Field("matter", "事项", FieldType.TEXT), title="计划"
)


def with_fields(*fields: Field) -> Catalogue:
    return small_catalogue(ledger("plan", *fields, title="计划"))


def made(tmp_path: Path, catalogue: Catalogue) -> Path:
    path = tmp_path / "office.zgdb"
    with Database.create(path, catalogue) as database, database.writing() as conn:
        records.insert(conn, database.tables, "plan", {"year": 2022, "matter": "修路"}, "王明")
    return path


def structure(database: Database) -> set[str]:
    with database.reading() as conn:
        return set(conn.exec_driver_sql("SELECT name FROM sqlite_master").scalars())


def test_an_unchanged_catalogue_adds_nothing(tmp_path: Path) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    with Database.open(path, small_catalogue(OLD)) as database, database.writing() as conn:
        assert reconcile(conn, database.tables) == []


def test_a_new_field_becomes_a_column(tmp_path: Path) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    new = with_fields(
        *OLD.fields, Field("village", "村", FieldType.VILLAGE), Field("order", "次", FieldType.INTEGER)
    )
    with Database.open(path, new) as database, database.writing() as conn:
        (record,) = records.fetch(conn, database.tables, "plan", [1])
        assert record.values == {"year": 2022, "matter": "修路", "village": None, "order": None}
        records.update(conn, database.tables, "plan", 1, {"order": 3}, "王明")
        assert conn.exec_driver_sql("PRAGMA foreign_key_list(l_plan)").fetchall()[0][2] == "l_village"
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    with Database.open(path, new) as database:
        assert "ix_l_plan_village" in structure(database)


def test_a_new_ledger_becomes_a_table(tmp_path: Path) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    extra = ledger("poem", Field("line", "句", FieldType.TEXT))
    with Database.open(path, small_catalogue(OLD, extra)) as database, database.writing() as conn:
        assert records.insert(conn, database.tables, "poem", {"line": "春"}, "王明") == 1


def test_a_field_that_left_keeps_its_values(tmp_path: Path) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    with Database.open(path, with_fields(OLD["year"])) as database, database.writing() as conn:
        assert records.fetch_one(conn, database.tables, "plan", 1).values == {"year": 2022}
        records.update(conn, database.tables, "plan", 1, {"year": 2023}, "王明")
    with Database.open(path, small_catalogue(OLD)) as database, database.reading() as conn:
        assert records.fetch_one(conn, database.tables, "plan", 1).values == {"year": 2023, "matter": "修路"}


def test_a_ledger_that_left_keeps_its_table(tmp_path: Path) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    Database.open(path, small_catalogue(without=("plan",))).close()
    with Database.open(path, small_catalogue(OLD)) as database, database.reading() as conn:
        assert len(records.fetch(conn, database.tables, "plan", [1])) == 1


@pytest.mark.parametrize(
    "field",
    [Field("year", "年度", FieldType.TEXT), Field("year", "年度", FieldType.DECIMAL, decimals=1)],
)
def test_a_changed_type_is_refused_by_name(tmp_path: Path, field: Field) -> None:
    path = made(tmp_path, small_catalogue(OLD))
    before = path.read_bytes()
    with pytest.raises(StorageProblem, match="“计划”的“年度”"):
        Database.open(path, with_fields(field, OLD["matter"]))
    assert path.read_bytes() == before


def test_the_places_of_a_decimal_are_part_of_its_type(tmp_path: Path) -> None:
    three = Field("share", "占比", FieldType.DECIMAL, decimals=3)
    path = tmp_path / "office.zgdb"
    Database.create(path, with_fields(three)).close()
    with pytest.raises(StorageProblem, match="占比"):
        Database.open(path, with_fields(Field("share", "占比", FieldType.DECIMAL, decimals=2)))


def test_a_reference_to_a_register_that_is_not_there_still_has_a_column(tmp_path: Path) -> None:
    path = tmp_path / "office.zgdb"
    odd: Ledger = ledger("odd", Field("firm", "企业", FieldType.ENTERPRISE))
    with Database.create(path, small_catalogue(odd)) as database, database.writing() as conn:
        record = records.insert(conn, database.tables, "odd", {"firm": 5}, "王明")
        assert records.fetch_one(conn, database.tables, "odd", record).values == {"firm": 5}
