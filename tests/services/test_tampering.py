"""Somebody who has the key edits the file by hand: each edit is noticed, and the record is named."""

from __future__ import annotations

import io
import re
import shutil
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import sqlalchemy as sa

from tests.services.test_issue_document import short_document
from tests.services.written_office import make_office
from zhengui.services.entry import record, recycle_bin, review_records
from zhengui.services.issue import issue_document
from zhengui.services.returns import report_month
from zhengui.services.township.check_log import (
    check_log,
    check_log_of,
    export_log,
    judge_code,
    log_entries,
)
from zhengui.services.township.township import PARAMETER, open_township
from zhengui.storage.file import vault
from zhengui.storage.file.connection import connect
from zhengui.storage.records import log, sealed_rows, sealed_tables
from zhengui.storage.records.sealed_rows import ISSUE
from zhengui.storage.records.sealed_tables import LEFT_OUT, OWN

#: What is done to the file, and what the check has to say of it.
EDITS: dict[str, tuple[tuple[str, ...], str]] = {
    "a figure of a record": (("UPDATE l_hazard SET cost = 1 WHERE id = 1",), "第 1 条.*与操作记录不一致"),
    "who entered a record": (
        ("UPDATE l_hazard SET created_by = '别人' WHERE id = 1",),
        "第 1 条.*与操作记录不一致",
    ),
    "a record taken out": (("DELETE FROM l_hazard WHERE id = 2",), "第 2 条不见了"),
    "a record put in": (
        (
            "INSERT INTO l_hazard (id, created_at, created_by, place) VALUES (900, '2021-01-01 08:00:00', '甲', '假')",
        ),
        "第 900 条.*操作记录里没有",
    ),
    "a line of history": (
        ("UPDATE history SET changes = '{}' WHERE id = 1",),
        "修改历史（1）与操作记录不一致",
    ),
    "a name in the history": (
        ("UPDATE history SET who = '别人' WHERE id = 1",),
        "修改历史（1）与操作记录不一致",
    ),
    "all history": (("DELETE FROM history",), "修改历史（1）不见了"),
    "an issued figure": (
        ("UPDATE issue_figure SET display = '999' WHERE issue = 1",),
        "签发的文稿（1）与操作记录不一致",
    ),
    "who issued": (("UPDATE issue SET who = '别人'",), "签发的文稿（1）与操作记录不一致"),
    "when it was issued": (
        ("UPDATE issue SET at = '2020-01-01 08:00:00'",),
        "签发的文稿（1）与操作记录不一致",
    ),
    "all records marked as reviewed": (
        (
            "INSERT OR REPLACE INTO review SELECT 'hazard', id, version, '2021-01-01 08:00:00', '别人' FROM l_hazard",
        ),
        "审核记号.*(操作记录里没有|与操作记录不一致)",
    ),
    "a report of a month": (("UPDATE report_mark SET zero = 1 - zero",), "报送记号.*与操作记录不一致"),
    "a parameter": (
        (f"UPDATE setting SET value = '\"1\"' WHERE key LIKE '{PARAMETER}%'",),
        "设置.*与操作记录不一致",
    ),
    "a line of the log": (("UPDATE log SET who = '别人' WHERE id = 3",), "第 3 行接不上"),
    "a line taken out of the log": (("DELETE FROM log WHERE id = 3",), "第 4 行接不上"),
    "the end of the log": (
        ("DELETE FROM log WHERE id > 3", "DELETE FROM sqlite_sequence WHERE name = 'log'"),
        "您上次在这台电脑上看到",
    ),
    "the whole log": (("DELETE FROM log",), "末尾被删过"),
    "a role": (
        ("INSERT INTO account VALUES (5,'u','别人','manager','[]','[]','2021-01-01','甲',NULL,NULL)",),
        "人员（5）",
    ),
}


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Path:
    """A copy of the office for each test, opened once in its place."""
    shutil.copytree(template.parent, tmp_path / "office")
    open_township(tmp_path / "office" / template.name).close()
    return tmp_path / "office" / template.name


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which something of everything was done."""
    township = make_office(tmp_path_factory.mktemp("office"))
    saved = record.save(township, "hazard", _hazard("村口"))
    record.save(township, "hazard", {"detail": "换了栏杆"}, saved.id, saved.version)
    parameter = next(iter(township.catalogue.parameters))
    township.keep_setting(PARAMETER + parameter, "12")
    report_month.mark(township, "hazard", [1], 202103, True)
    document = short_document(township)
    issue_document.submit(township, document)
    issue_document.issue(township, document)
    township.operator = "李四"
    review_records.require_review(township, "hazard", "count", accept_existing=False)
    review_records.review(township, "hazard", [saved.id])
    assert check_log(township).found == ()
    township.close()
    return township.path


def _hazard(place: str) -> dict[str, Any]:
    values = {"found_on": date(2021, 3, 1), "field": "校园", "grade": "一般", "village": 1, "detail": "松动"}
    return {**values, "place": place}


def edit(path: Path, *statements: str) -> None:
    """Edit the file as somebody does who has its key."""
    with closing(connect(path, vault.read_key(path))) as connection:
        for statement in statements:
            done = connection.execute(statement)
            assert done.rowcount != 0, statement


@pytest.mark.parametrize("what", list(EDITS))
def test_an_edit_by_hand_is_noticed_and_named(office: Path, what: str) -> None:
    statements, told = EDITS[what]
    edit(office, *statements)
    checked = check_log_of(office)
    assert checked is not None
    sentences = "\n".join(each.sentence for each in checked.found)
    assert re.search(told, sentences), sentences


def test_every_table_is_sealed_or_left_out_for_a_reason(office: Path) -> None:
    """A new table has to be put into one list or the other."""
    with_own_words = {"history", "setting", "account", "report_mark", "entered_value", "review"}
    issued = {"issue", "issue_block", "issue_figure", "issue_claim", "issue_records"}
    sealed = {name for each in OWN for name in (each.table, *(part.table for part in each.parts))}
    township = open_township(office)
    tables = {name for name in township.database.tables.metadata.tables if not name.startswith("l_")}
    township.close()
    assert tables == with_own_words | issued | sealed | set(LEFT_OUT)
    assert not sealed & set(LEFT_OUT)


def _row(table: sa.Table, number: int) -> dict[str, Any]:
    """A row of some table: every column that it has to have, numbers all the same so that they refer to each other."""
    by_type = ((sa.Integer, number), (sa.Float, 1.0), (sa.LargeBinary, b"x"), (sa.Text, "[]"))
    row = {
        column.name: next(value for type_, value in by_type if isinstance(column.type, type_))
        for column in table.columns
        if column.primary_key or not column.nullable
    }
    return {**row, "ledger": "hazard"} if "ledger" in row else row


def _by_hand(deed: str, table: sa.Table) -> tuple[str, tuple[Any, ...]]:
    """A statement that does something to the rows of a table without the program."""
    if deed == "gone":
        return f"DELETE FROM {table.name}", ()
    if deed == "put in":
        row = _row(table, 702)
        names, marks = ", ".join(f'"{key}"' for key in row), ", ".join("?" * len(row))
        return f"INSERT INTO {table.name} ({names}) VALUES ({marks})", tuple(row.values())
    column = next(column.name for column in reversed(table.columns) if not column.primary_key)
    return f"UPDATE {table.name} SET \"{column}\" = 'X'", ()


@pytest.mark.parametrize(
    ("deed", "of_parts"), [("changed", False), ("gone", False), ("put in", False), ("changed", True)]
)
def test_an_edit_of_any_of_the_programs_own_tables_is_noticed(
    office: Path, deed: str, of_parts: bool
) -> None:
    """Whatever is written through the program is watched, whoever writes it; what a hand does then is noticed."""
    township = open_township(office)
    tables = township.database.tables.metadata.tables
    with township.database.writing() as conn:
        conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        conn.execute(sa.insert(tables["issue"]).values(_row(tables["issue"], 701)))
        log.touch(conn, ISSUE, (701,))
        for name in (part.table for each in OWN for part in (each, *each.parts)):
            conn.execute(sa.insert(tables[name]).values(_row(tables[name], 701)))
        told = tables["handed_out"]
        conn.execute(sa.update(told).values(count=5))
        conn.execute(sa.insert(told).values(_row(told, 702)))
        conn.execute(sa.delete(told).where(told.c.id == 702))
    assert check_log(township).found == ()
    township.close()
    victims = [each for each in OWN if each.parts or not of_parts]
    with closing(connect(office, vault.read_key(office))) as connection:
        for each in victims:
            for name in [part.table for part in each.parts] if of_parts else [each.table]:
                connection.execute(*_by_hand(deed, tables[name]))
    checked = check_log_of(office)
    assert checked is not None
    sentences = "\n".join(told.sentence for told in checked.found)
    assert [each.title for each in victims if each.title not in sentences] == []


def test_a_file_of_a_version_that_sealed_less_is_sealed_further(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was never sealed is sealed once; what was is not forgiven for being opened anew."""
    office = tmp_path / "office" / template.name
    shutil.copytree(template.parent, office.parent)
    edit(office, "DROP TABLE log", "DELETE FROM setting WHERE key LIKE 'log.%'")
    edit(office, "DELETE FROM setting WHERE key = 'storage.fingerprint'")
    with monkeypatch.context() as older:
        older.setattr(sealed_tables, "OWN", ())
        older.setattr(sealed_rows, "names", list)
        older.setattr(log, "names", list)
        open_township(office).close()
    reopened = "DELETE FROM setting WHERE key = 'storage.fingerprint'"
    edit(office, reopened)
    township = open_township(office)
    assert check_log(township).found == ()
    assert log_entries(township, limit=1)[0].deed == "升级后重新封存"
    township.close()
    edit(office, "UPDATE document SET title = '别的'", reopened)
    township = open_township(office)
    assert any("文稿（" in each.sentence for each in check_log(township).found)
    township.close()


def test_an_older_file_put_back_is_noticed_and_stays_on_record(office: Path) -> None:
    older = office.with_name("older")
    shutil.copyfile(office, older)
    township = open_township(office)
    record.save(township, "hazard", _hazard("渡口"))
    township.close()
    shutil.copyfile(older, office)
    Path(f"{office}.mark").unlink(missing_ok=True)
    township = open_township(office)
    assert "少了最近 1 条操作记录" in "".join(township.database.remarks)
    assert check_log(township).found
    township.database.heard()
    record.save(township, "hazard", _hazard("桥头"))
    township.close()
    township = open_township(office)
    assert township.database.remarks == []
    assert any("旧的文件" in each.sentence for each in check_log(township).found)
    township.close()


def test_what_is_done_through_the_program_follows(office: Path, tmp_path: Path) -> None:
    township = open_township(office)
    ids = [record.save(township, "hazard", _hazard(f"第{n}处")).id for n in range(3)]
    record.edit_many(township, "hazard", ids, {"detail": "一起改"})
    removed = record.delete(township, "hazard", ids[:1])
    record.restore(township, removed)
    with suppress(ZeroDivisionError), township.writing() as writing:
        record.delete(writing, "hazard", ids)
        raise ZeroDivisionError
    record.delete(township, "hazard", ids[1:])
    checked = check_log(township)
    assert (checked.found, checked.words().startswith("操作记录")) == ((), True)
    entries = log_entries(township, limit=4)
    assert [each.deed for each in entries] == ["移到回收站", "从回收站恢复", "移到回收站", "批量修改"]
    assert entries[0].what.endswith(f"第 {ids[1]}、{ids[2]} 条")
    assert export_log(township, tmp_path / "log.xlsx") == checked.lines
    township.close()


def test_no_line_of_the_log_is_ever_cleared_away(office: Path) -> None:
    """The law wants half a year (184 days); here every line stays, years on and with the bin emptied."""
    township = open_township(office)
    record.delete(township, "hazard", [record.save(township, "hazard", _hazard("将清空")).id])
    before = len(log_entries(township, limit=10_000))
    township.working_day = date.today() + timedelta(days=3 * 365)
    assert recycle_bin.empty(township, recycle_bin.SHORTEST).gone == {"hazard": 1}
    township.database.optimise()
    township.close()
    township = open_township(office)
    assert len(log_entries(township, limit=10_000)) == before + 1
    with township.reading() as reading:
        numbers = list(reading.conn.exec_driver_sql("SELECT id FROM log ORDER BY id").scalars())
    assert numbers == list(range(1, len(numbers) + 1))
    assert check_log(township).found == ()
    township.close()


def test_a_file_from_before_the_log_begins_one(office: Path) -> None:
    edit(office, "DELETE FROM log", "DELETE FROM setting WHERE key LIKE 'log.%'")
    edit(office, "DROP TABLE log", "DELETE FROM setting WHERE key = 'storage.fingerprint'")
    township = open_township(office)
    entries = log_entries(township)
    assert [each.deed for each in entries] == ["开始操作记录"]
    assert check_log(township).found == ()
    township.close()


def test_every_export_is_noted_masked_or_whole(office: Path, tmp_path: Path) -> None:
    from zhengui.cli import run
    from zhengui.services.entry.export_workbook import export_workbook

    township = open_township(office)
    export_workbook(township, "hazard", tmp_path / "a.xlsx")
    export_workbook(township, "official", tmp_path / "b.xlsx")
    township.close()
    out = str(tmp_path / "c.csv")
    assert run(["export", str(office), "hazard", out]) == 0
    for unmasked in ([], ["--unmasked"]):
        assert (
            run(["evidence", str(office), "--year", "2021", "--pdf", str(tmp_path / "d.pdf"), *unmasked]) == 0
        )
    township = open_township(office)
    told = [each.what for each in log_entries(township, limit=9) if each.deed == "导出"][::-1]
    township.close()
    whole = ["含完整的证件号和电话" in each for each in told]
    assert whole == [False, True, False, False, True]
    assert told[3:] == ["佐证材料", "佐证材料，含完整的证件号和电话"]


def test_an_issued_document_has_the_log_s_head_and_a_log_written_anew_does_not_fit_it(office: Path) -> None:
    township = open_township(office)
    issue = issue_document.all_issues(township)[0]
    pages = issue_document.issued_pages(township, issue.id).pdf
    with pdfplumber.open(io.BytesIO(pages)) as pdf:
        text = re.sub(r"\s", "", "".join(page.extract_text() or "" for page in pdf.pages))
    found = re.search(r"操作记录核对码：(\d+(?:-[0-9A-F]{4}){4})", text)
    assert found is not None, text[-200:]
    assert judge_code(township, f" {found[1].lower()} ").startswith("对得上")
    assert "没有输全" in judge_code(township, "12")
    assert "没有第 9999 行" in judge_code(township, "9999-0000-0000-0000-0000")
    township.close()
    # Whoever has the key begins the log anew, so that it agrees with itself.
    edit(office, "DELETE FROM log", "DELETE FROM sqlite_sequence WHERE name = 'log'")
    edit(office, "DELETE FROM setting WHERE key LIKE 'log.%'")
    township = open_township(office)
    for n in range(12):
        record.save(township, "hazard", _hazard(f"假{n}"))
    assert not judge_code(township, found[1]).startswith("对得上")
    township.close()
