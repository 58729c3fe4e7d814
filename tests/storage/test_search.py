"""Two characters, initials and the names of what a record refers to are found, index or no index."""

from __future__ import annotations

import random
from typing import Any

import pytest

from zhengui.storage.browse import pages as browse
from zhengui.storage.browse.pages import Selection
from zhengui.storage.file.database import Database
from zhengui.storage.file.indexing import catch_up_all
from zhengui.storage.query import search
from zhengui.storage.records import record as records


def fill(database: Database, ledger: str, *rows: dict[str, Any]) -> list[int]:
    with database.writing() as conn:
        return list(records.insert_many(conn, database.tables, ledger, rows, "王明"))


def found(database: Database, text: str, ledger: str = "event", **asked: Any) -> list[int]:
    """What a search finds, and that it begins with what is shown before the rest is found."""
    selection = Selection(ledger, search=text, **asked)
    with database.reading() as conn:
        every = browse.ids_of(conn, database.tables, selection)
        for count in (2, 1000):
            first = browse.first_ids(conn, database.tables, selection, count)
            assert first is None or first == every[:count]
            by_time = (
                search.words(text) and database.tables.catalogue.ledgers[ledger].period and not selection.bin
            )
            assert (first is not None) == bool(by_time)
    return sorted(every)


@pytest.fixture(params=["indexed", "not indexed", "long tail"])
def office(request: pytest.FixtureRequest, database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    fill(database, "village", {"name": "白沙村"}, {"name": "云岭社区"})
    fill(database, "person", {"name": "张𠮷"}, {"name": "欧阳明月", "id_number": "110101199003071234"})
    fill(database, "household", {"village": 1, "head": 2})
    fill(
        database,
        "event",
        {"topic": "秸秆禁烧宣传", "village": 1, "kind": "甲"},
        {"topic": "乡村振兴（第二期）", "village": 2, "note": "联系电话 13800001111，ABC-12"},
        {"topic": "ＡＢＣ广场舞", "person": 1, "tags": ("东", "南")},
        {"person": 2},
    )
    fill(database, "duty", {"household": 1})
    if request.param == "indexed":
        catch_up_all(database)
    if request.param == "long tail":
        monkeypatch.setattr(search, "STEP", 0)
    return database


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("禁烧", [1]),
        ("烧宣", [1]),
        ("秸", [1]),
        ("传", [1]),
        ("白沙", [1]),
        ("云岭社区", [2]),
        ("第二期", [2]),
        ("1380000", [2]),
        ("abc", [2, 3]),
        ("张𠮷", [3]),
        ("欧阳", [4]),
        ("白沙 禁烧", [1]),
        ("白沙 振兴", []),
        ("兴第", []),
        ("没有", []),
        ("", [1, 2, 3, 4]),
        ("（）", []),
        ("%", []),
        ("_", []),
        ("禁_宣", [1]),
        ("禁烧" * 30_000, []),
        ('"禁烧" OR *', []),
        ("bsc", [1]),
        ("oymy", [4]),
        ("baisha", [1]),
        ("baishacun", [1]),
        ("yunlingsq", [2]),
        ("ouyangming", [4]),
        ("baishan", []),
    ],
)
def test_what_is_found(office: Database, text: str, ids: list[int]) -> None:
    if search.STEP == 0 and text == "abc":
        ids = [2]  # without an index, letters of another width wait for it
    assert found(office, text) == ids


def test_initials_of_a_records_own_texts(office: Database) -> None:
    if search.STEP:
        assert found(office, "xczx") == [2]
        assert found(office, "jsxc") == [1]
        assert found(office, "jxsc") == []


def test_registers_are_searched_too(office: Database) -> None:
    assert found(office, "白沙", "village") == [1]
    assert found(office, "19900307", "person") == [2]
    assert found(office, "欧阳", "duty") == [1]
    assert found(office, "oym", "duty") == [1]
    assert found(office, "ouyang", "duty") == [1]
    assert found(office, "baisha", "village") == [1]
    assert found(office, "yunling", "village") == [2]


def test_changes_are_found_at_once(office: Database) -> None:
    with office.writing() as conn:
        tables = office.tables
        records.update(conn, tables, "event", 1, {"topic": "森林防火"}, "王明")
        records.update(conn, tables, "village", 1, {"name": "金沙村"}, "王明")
        records.insert(conn, tables, "event", {"topic": "森林管护"}, "王明")
        records.delete(conn, tables, "event", [2], "王明")
    for _ in range(2):
        assert found(office, "禁烧") == []
        assert found(office, "森林") == [1, 5]
        assert found(office, "白沙") == []
        assert found(office, "金沙") == [1]
        assert found(office, "振兴") == []
        assert found(office, "振兴", bin=True) == [2]
        catch_up_all(office)
    with office.reading() as conn:
        assert not any(search.is_behind(conn, office.tables, key) for key in ("event", "village", "duty"))


def test_the_index_is_kept_up_in_steps(database: Database) -> None:
    fill(database, "event", *({"topic": f"第{n}次演练"} for n in range(25)))
    with database.writing() as conn:
        assert search.catch_up(conn, database.tables, "event", 10) == 15
        assert search.catch_up(conn, database.tables, "event", 10) == 5
        assert search.catch_up(conn, database.tables, "event", 10) == 0
    assert len(found(database, "演练")) == 25


def test_keeping_up_can_be_stopped(database: Database) -> None:
    fill(database, "event", {"topic": "演练"})
    catch_up_all(database, stop=lambda: True)
    with database.reading() as conn:
        assert search.is_behind(conn, database.tables, "event")


def test_a_search_finds_what_a_plain_look_finds(database: Database) -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices("村庄清洁 a1，", k=chance.randint(1, 9))) for _ in range(150)]
    fill(database, "event", *({"topic": text} for text in texts))
    with database.writing() as conn:
        search.catch_up(conn, database.tables, "event", 100)
        records.update(conn, database.tables, "event", 7, {"topic": "清洁村庄"}, "王明")
    texts[6] = "清洁村庄"
    for _ in range(60):
        wanted = "".join(chance.choices("村庄清洁", k=chance.randint(1, 4)))
        plain = [n for n, text in enumerate(texts, 1) if any(wanted in word for word in search.words(text))]
        assert found(database, wanted) == plain, wanted
