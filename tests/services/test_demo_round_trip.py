"""Every ledger of the demo goes out to a workbook and into an empty township, with equal records and references."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Catalogue, FieldType, Ledger
from zhengui.services.entry.export_workbook import export_workbook, exported_fields
from zhengui.services.entry.import_workbook import ImportOutcome, SeenBefore, import_workbook
from zhengui.services.township.township import Township, create_township, open_township
from zhengui.services.whole.demo import make_demo
from zhengui.storage.records import record as records
from zhengui.values.identity import id_check_digit
from zhengui.values.naming import particulars_of

CATALOGUE = load_catalogue()
SCALE = 0.1


def in_order(catalogue: Catalogue) -> list[str]:
    """The ledgers, each after the registers that it refers to."""
    done: list[str] = []
    waiting = dict(catalogue.ledgers)
    while waiting:
        ready = [
            key
            for key, ledger in waiting.items()
            if all(
                f.type.value == key or f.type.value not in waiting for f in ledger.live_fields if f.register
            )
        ]
        assert ready, f"registers refer to each other in a ring: {list(waiting)}"
        for key in ready:
            done.append(key)
            del waiting[key]
    return done


def id_number(n: int) -> str:
    body = f"110101198003{n:02d}{n:03d}"
    return body + id_check_digit(body)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Township, Township, Path]]:
    """The demo, with people, households and officials of one name added, and an empty township."""
    folder = tmp_path_factory.mktemp("round")
    full = open_township(make_demo(folder, scale=SCALE, pdf=False).database)
    with full.database.writing() as conn:
        add_namesakes(full, conn)
    empty = create_township(folder / "empty.zgdb", "云岭镇", "甲")
    empty.working_day = full.working_day
    yield full, empty, folder
    full.close()
    empty.close()


def add_namesakes(town: Township, conn: Any) -> None:
    """Two of one name in each register that allows it, in one village, with records of both."""

    def add(key: str, **values: Any) -> int:
        return records.insert(conn, town.tables, key, values, "甲")

    for n in (1, 2):
        place = {"village": 1, "address": f"{n}组 {n}号"}
        house = add("household", head="同名人", members=3, active=True, **place)
        add("toilet", household=house, finished_on=date(2021, 3, n))
        who = add(
            "person",
            name="同姓·名",
            village=1,
            sex="男" if n % 2 else "女",
            id_number=id_number(n),
            birth_on=date(1980, 3, n),
        )
        add("cleaner", **cleaner(town, who, n))
        official = add("official", name="同名官", department=n, post="干部", active=True)
        add("contact_duty", official=official, household=house, from_on=date(2021, 1, n))


def cleaner(town: Township, who: int, n: int) -> dict[str, Any]:
    known = {"person": who, "village": 1, "from_on": date(2021, 1, n), "road": "一路"}
    ledger = town.catalogue.ledgers["cleaner"]
    choices = {f.key: f.choices[0] for f in ledger.live_fields if f.required and f.choices}
    return {key: value for key, value in (choices | known).items() if key in ledger.by_key}


def told(town: Township, ledger: Ledger) -> Counter[tuple[Any, ...]]:
    """The records of a ledger with what they refer to in full, whatever ids it has."""
    with town.reading() as reading:
        conn, lookup = reading.conn, reading.lookup()
        table = town.tables.ledger(ledger.key)
        ids = [
            row[0]
            for row in conn.execute(
                table.select().with_only_columns(table.c.id).where(table.c.deleted_at.is_(None))
            )
        ]
        fields = exported_fields(ledger)
        found: Counter[tuple[Any, ...]] = Counter()
        for record in records.fetch(conn, town.tables, ledger.key, ids):
            row = [record.values.get(field.key) for field in fields]
            for place, field in enumerate(fields):
                if field.type is FieldType.CHOICES:
                    row[place] = frozenset(row[place] or ())  # several choices have no order
                if field.is_reference and isinstance(row[place], int):
                    row[place] = meant(town, conn, lookup, field.type.value, row[place])
                if field.names_several:
                    named = field.ids_of(row[place])
                    row[place] = tuple(meant(town, conn, lookup, field.register, id_) for id_ in named)
            found[tuple(row)] += 1
    return found


def meant(town: Township, conn: Any, lookup: Any, register: str, record_id: int) -> tuple[Any, ...]:
    """A record of a register by what it is called and what else is known of it."""
    key = (register, record_id, id(town))
    if key not in _MEANT:
        (record,) = records.fetch(conn, town.tables, register, [record_id])
        known = particulars_of(town.catalogue.ledgers[register], record.values, lookup)
        _MEANT[key] = (lookup.label(register, record_id), known.marks)
    return _MEANT[key]


_MEANT: dict[tuple[Any, ...], tuple[Any, ...]] = {}


def brought(key: str, towns: tuple[Township, Township, Path]) -> tuple[ImportOutcome, int]:
    """What came of bringing a ledger over, and how many records went out; once, after the registers it refers to.

    Where the tests are dealt out to several processes, those of the registers may have run elsewhere.
    """
    full, empty, folder = towns
    done = _BROUGHT.setdefault(folder, {})
    if key not in done:
        for field in full.catalogue.ledgers[key].live_fields:
            if field.register and field.register != key:
                brought(field.register, towns)
        path = folder / f"{key}.xlsx"
        count = export_workbook(full, key, path)
        done[key] = import_workbook(empty, key, path, year=2021), count
    return done[key]


_BROUGHT: dict[Path, dict[str, tuple[ImportOutcome, int]]] = {}


@pytest.mark.parametrize("key", in_order(CATALOGUE))
def test_ledger(key: str, towns: tuple[Township, Township, Path]) -> None:
    full, empty, folder = towns
    ledger, path = full.catalogue.ledgers[key], folder / f"{key}.xlsx"
    outcome, count = brought(key, towns)
    assert (outcome.mistakes, outcome.remarks, outcome.inserted) == ((), (), count)
    assert told(empty, ledger) == told(full, ledger)
    with pytest.raises(SeenBefore):
        import_workbook(empty, key, path, year=2021)
    assert told(empty, ledger) == told(full, ledger), "a second import adds nothing"


def test_the_demo_and_the_namesakes_are_really_there(towns: tuple[Township, Township, Path]) -> None:
    full, _empty, _folder = towns
    filled = [key for key, ledger in full.catalogue.ledgers.items() if told(full, ledger)]
    assert len(filled) == len(full.catalogue.ledgers)
    heads = [row for row in told(full, full.catalogue.ledgers["household"]) if "同名人" in row]
    assert len(heads) == 2
