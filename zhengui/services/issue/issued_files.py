"""Save an issue for Word and as OFD, from the document that was frozen with it and not from today's records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from zhengui.reports.document import Document
from zhengui.reports.gb9704 import render
from zhengui.reports.kept import from_kept
from zhengui.reports.page_settings import PageSettings
from zhengui.services.issue.issue_document import find_issue
from zhengui.services.township.page_settings import ReportSettings
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing import issues

_ONLY_PAGES = (
    "这一稿是用较早的版本签发的，那时只存了页面，没有存能改的文稿，所以不能存成 Word 或 OFD。"
    "请用签发时存下的 PDF；以后签发的稿子都可以。"
)
_OTHER_PAGES = (
    "签发以后，排版的规则或这台电脑的字体变了，重新排出来的页面与签发时不完全一样，不能存成 OFD。"
    "请用签发时存下的 PDF。"
)


@dataclass(frozen=True, slots=True)
class Issued:
    """The document as it was issued, and how it was printed."""

    document: Document
    page: PageSettings


@reads
def issued_document(reading: Reading, issue_id: int) -> Issued:
    """The frozen document; StorageProblem where the issue is from a version that kept none."""
    kept = issues.document_of(reading.conn, reading.tables, issue_id)
    if kept is None:
        raise StorageProblem(_ONLY_PAGES)
    chosen = dict(find_issue(reading, issue_id).settings)
    known = {name: value for name, value in chosen.items() if name in ReportSettings.__dataclass_fields__}
    return Issued(from_kept(kept), ReportSettings(**known).page())


@reads
def issued_word(reading: Reading, issue_id: int) -> bytes:
    """The issue as the bytes of a .docx."""
    from zhengui.reports.word import word_bytes

    found = issued_document(reading, issue_id)
    return word_bytes(found.document, found.page)


@reads
def issued_ofd(reading: Reading, issue_id: int) -> bytes:
    """The issue as the bytes of an .ofd; StorageProblem where its pages would not be those that were issued."""
    from zhengui.reports.ofd import ofd_bytes

    found = issued_document(reading, issue_id)
    again = BytesIO()
    render(found.document, again, found.page)
    if hashlib.sha256(again.getvalue()).hexdigest() != find_issue(reading, issue_id).digest:
        raise StorageProblem(_OTHER_PAGES)
    return ofd_bytes(found.document, found.page)
