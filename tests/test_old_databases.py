"""A database file of every landed version opens, and its records, figures and papers are what they were.

Beside each file lies its key and what was seen in it by the version that made it (`.json`). The first file was
made by commit 898e0b3: an invented office with a record in each ledger, a changed and a deleted one, a picture,
a draft, a document, an issue and a plan item.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhengui.figures.period import year
from zhengui.services.counting.compute_figures import compute
from zhengui.services.document.edit_document import all_documents, open_document
from zhengui.services.entry import attach, drafts, record
from zhengui.services.issue.issue_document import all_issues, issued_content, issued_pages
from zhengui.services.plan.track_plan import track
from zhengui.services.township.township import Township, open_township
from zhengui.storage.records import record as records

FOLDER = Path(__file__).parent / "old_databases"
FILES = sorted(FOLDER.glob("*.zgdb"))
YEAR = 2021


def in_words(value: Any) -> Any:
    """A value as it stands in the .json."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    return [in_words(each) for each in value] if isinstance(value, tuple | list) else str(value)


def rows_of(township: Township, ledger: str) -> dict[str, dict[str, Any]]:
    with township.database.reading() as conn:
        ids = list(conn.exec_driver_sql(f"SELECT id FROM l_{ledger} WHERE deleted_at IS NULL").scalars())
        return {
            str(each.id): {key: in_words(value) for key, value in each.values.items()}
            for each in records.fetch(conn, township.tables, ledger, ids)
        }


def counted(township: Township, statement: str) -> int:
    with township.database.reading() as conn:
        return int(conn.exec_driver_sql(statement).scalar() or 0)


def seen(township: Township) -> dict[str, Any]:
    """What the .json of a file holds."""
    attachments = range(1, counted(township, "SELECT max(id) FROM attachment") + 1)
    return {
        "records": {key: rows_of(township, key) for key in township.catalogue.ledgers},
        "deleted": counted(township, "SELECT count(*) FROM l_letter WHERE deleted_at IS NOT NULL"),
        "history": counted(township, "SELECT count(*) FROM history"),
        "letter": [
            [each.who, each.action, in_words(list(each.changes))]
            for each in record.history(township, "letter", 1)
        ],
        "figures": {
            key: in_words(figure.value)
            for key, figure in compute(township, year(YEAR), keys=list(township.catalogue.indicators)).items()
        },
        "plan": [[each.wording, str(each.light.name)] for each in track(township, YEAR + 1)],
        "documents": {
            str(each.id): [
                [part.key, part.title, part.text] for part in open_document(township, each.id).parts
            ]
            for each in all_documents(township)
        },
        "issues": {
            str(each.id): [
                each.title,
                each.who,
                hashlib.sha256(issued_pages(township, each.id).pdf).hexdigest(),
                len(issued_content(township, each.id).figures),
            ]
            for each in all_issues(township)
        },
        "drafts": [[each.ledger, each.texts] for each in drafts.left(township)],
        "attachments": [
            hashlib.sha256(attach.content(township, number)).hexdigest() for number in attachments
        ],
    }


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Township, dict[str, Any]]]:
    """A copy of an old file, opened by today's program, and what was seen in it."""
    source: Path = request.param
    for each in (source, source.with_name(source.name + ".key")):
        shutil.copy(each, tmp_path)
    township = open_township(tmp_path / source.name)
    yield township, json.loads(source.with_suffix(".json").read_text("utf-8"))
    township.close()


def test_there_is_a_file_to_open() -> None:
    assert FILES


#: Figures whose meaning was put right since a file was made, with what they come to now.
REDEFINED: dict[str, dict[str, Any]] = {
    # Where everything has ended there is none, not unknown; 三类户 don't include 脱贫户, who include 脱贫不稳定户.
    "898e0b3": {
        **dict.fromkeys(("cleaners", "cooperatives", "family_farms", "outside_registered"), 0),
        **dict.fromkeys(("pools", "lockers", "daily_visitors"), 0),
        "land_transferred": "0.00",
        "contact_households": 2,
        "contact_persons": 29,
        "swept_safe": 1,
    }
}


def test_an_old_file_holds_what_it_held(old: tuple[Township, dict[str, Any]]) -> None:
    township, expected = old
    name = Path(township.path).stem
    found = seen(township)
    for ledger, rows in expected.pop("records").items():
        assert found["records"][ledger].keys() == rows.keys(), ledger
        for number, values in rows.items():
            # A later version may know more fields of a record, never fewer.
            now = found["records"][ledger][number]
            assert {key: now.get(key) for key in values} == values, (ledger, number)
    figures = expected.pop("figures")
    figures |= REDEFINED.get(name, {})
    assert {key: found["figures"].get(key) for key in figures} == figures
    assert {key: found[key] for key in expected} == expected


def test_an_old_file_goes_on_being_worked_in(old: tuple[Township, dict[str, Any]]) -> None:
    township, _expected = old
    values, version = record.load(township, "letter", 1)
    record.save(township, "letter", {**values, "copies": 99}, 1, version)
    assert record.load(township, "letter", 1)[0]["copies"] == 99
    assert record.history(township, "letter", 1)[0].action == "update"
