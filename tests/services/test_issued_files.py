"""An issue is saved for Word and as OFD as it was issued, whatever the records say by now."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import ofdkit
import pytest
import sqlalchemy as sa

from tests.reports.gb9704.documents import full_document
from tests.reports.gb9704.test_archive import rich
from tests.services.test_issue_document import issued
from tests.services.written_office import add
from tests.test_old_databases import FOLDER
from zhengui.reports.kept import from_kept, to_keep
from zhengui.services.document.compose_document import lay_out_document
from zhengui.services.issue.issue_document import all_issues, find_issue, issued_pages
from zhengui.services.issue.issued_files import issued_document, issued_ofd, issued_word
from zhengui.services.paper.publish_word import word_of
from zhengui.services.township.township import Township, open_township
from zhengui.storage.problem import StorageProblem


def test_every_kind_of_block_is_kept_and_comes_back() -> None:
    for document in (rich(), full_document(1)):
        assert from_kept(to_keep(document)) == document
    assert to_keep(rich()) == to_keep(rich())


def test_word_is_the_one_of_the_day_of_issue(written: Township) -> None:
    issue = issued(written)
    document = find_issue(written, issue).document
    # An issue has the head of the log under its date besides.
    noted = issued_document(written, issue).document.remark
    at_issue = word_of(lay_out_document(written, document, noted=noted))
    assert issued_word(written, issue) == at_issue
    add(written, "letter", {"village": 1, "date": date(2021, 3, 3), "copies": 500000, "suggestions": 0})
    assert issued_word(written, issue) == at_issue
    assert word_of(lay_out_document(written, document)) != at_issue
    assert docx.Document(BytesIO(at_issue)).core_properties.title == find_issue(written, issue).title


def test_ofd_has_the_issued_pages(written: Township) -> None:
    issue = issued(written)
    with ofdkit.open(issued_ofd(written, issue)) as opened:
        assert len(opened.pages) == issued_pages(written, issue).pages


def test_ofd_is_refused_where_the_pages_would_be_others(
    written: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = issued(written)
    monkeypatch.setattr("zhengui.reports.gb9704.about_file.PROGRAM", "另一版")
    with pytest.raises(StorageProblem, match="不完全一样"):
        issued_ofd(written, issue)
    assert issued_word(written, issue)


def test_an_issue_of_an_older_version_says_why_not(written: Township) -> None:
    issue = issued(written)
    with written.database.writing() as conn:
        conn.execute(sa.delete(written.tables.documents.issue_kept))
    for made in (issued_word, issued_ofd, issued_document):
        with pytest.raises(StorageProblem, match="较早的版本"):
            made(written, issue)
    assert issued_pages(written, issue).pdf.startswith(b"%PDF")


def test_issues_in_a_database_of_an_earlier_version_say_why_not(tmp_path: Path) -> None:
    old = FOLDER / "898e0b3.zgdb"
    for file in (old, old.with_name("898e0b3.zgdb.key")):
        shutil.copy(file, tmp_path / file.name)
    township = open_township(tmp_path / old.name)
    try:
        [issue] = all_issues(township)
        with pytest.raises(StorageProblem, match="较早的版本"):
            issued_word(township, issue.id)
    finally:
        township.close()
