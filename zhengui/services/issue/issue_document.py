"""Issue a document: from draft through review to an issue that never changes, and reissue it with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple
from datetime import datetime

from zhengui.problem import Problem
from zhengui.reports.kept import to_keep
from zhengui.services.document.compose_document import lay_out_document, report_settings
from zhengui.services.issue.frozen_content import freeze, ledgers_behind
from zhengui.services.issue.preflight import Finding, blocking, check_composed
from zhengui.services.issue.sign_off import keep_signatures
from zhengui.services.township import people
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import NotAllowed, StorageProblem
from zhengui.storage.records import edits_since, log
from zhengui.storage.writing import document_versions, documents, issues
from zhengui.storage.writing.documents import DRAFT, ISSUED, REVIEW, WHOLE, Edit, StoredDocument
from zhengui.storage.writing.issues import Issue, IssueContent, Printed
from zhengui.values.same_person import same_person
from zhengui.work import Progress


class NotReady(Problem):
    """A document that can't be issued yet; `found` says what is in the way and where."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__("；".join(f"{finding.title}" for finding in found))
        self.found = tuple(found)


@writes(Right.WRITE)
def submit(writing: Writing, document: int) -> Edit:
    """Send a draft for review; it can't be edited until it is sent back."""
    return _pass_on(writing, document, DRAFT, REVIEW, "", "送审")


@writes(Right.ISSUE)
def send_back(writing: Writing, document: int, reason: str) -> Edit:
    """Send a document back to be edited; the version kept with it says what is to be changed."""
    return _pass_on(writing, document, REVIEW, DRAFT, "", f"退回：{_given(reason, '退回')}")


@writes(Right.ISSUE)
def revise(writing: Writing, document: int, reason: str) -> Edit:
    """Open an issued document for editing; what was issued stays as it is, and the next issue gives the reason."""
    return _pass_on(writing, document, ISSUED, DRAFT, _given(reason, "修订"), "修订前")


@writes(Right.ISSUE)
def issue(
    writing: Writing,
    document: int,
    reason: str = "",
    progress: Progress | None = None,
) -> Issue:
    """Issue a document under review, freezing pages, text, figures and records in one transaction.

    Under its date the document has the last line of the log, by which it can be told later whether the log was
    written anew. Raises NotReady while something blocks it. A document that was issued before needs a reason: this one, or the
    one it was opened for revision with.
    """
    stored = documents.find(writing.conn, writing.tables, document)
    _refuse_own(writing, document)
    earlier = issues.issues_of(writing.conn, writing.tables, document)
    _expect(stored, REVIEW)
    told = reason.strip() or (stored.state_reason if earlier else "")
    if earlier and not told:
        raise StorageProblem("这份文稿已经签发过。再次签发要写明原因。")
    head = log.head_of(writing.conn).words()
    published = lay_out_document(writing, document, progress, f"操作记录核对码：{head}")
    in_the_way = blocking(check_composed(writing, document, published.composed))
    if in_the_way:
        raise NotReady(in_the_way)
    content = freeze(writing, published.composed)
    spots = tuple(astuple(spot) for spot in published.spots)
    printed = Printed(published.pdf, published.pages, spots, to_keep(published.composed.document))
    made = _keep(writing, stored, told, published.title, printed, content)
    keep_signatures(writing, document, made.id, published.composed)
    return made


@reads
def all_issues(reading: Reading, document: int | None = None) -> list[Issue]:
    """The issues of a document, or of all, the newest first."""
    return issues.issues_of(reading.conn, reading.tables, document)


@reads
def find_issue(reading: Reading, issue_id: int) -> Issue:
    """One issue; StorageProblem where there is none."""
    return issues.find(reading.conn, reading.tables, issue_id)


@reads
def issued_pages(reading: Reading, issue_id: int) -> Printed:
    """The pages byte for byte as they were issued, and where each figure stands on them."""
    return issues.printed_of(reading.conn, reading.tables, issue_id)


@reads
def issued_content(reading: Reading, issue_id: int) -> IssueContent:
    """The frozen text, figures, claims and records."""
    return issues.content_of(reading.conn, reading.tables, issue_id)


def _refuse_own(writing: Writing, document: int) -> None:
    """Nobody issues what he sent for review himself, where somebody else may."""
    sent = next(
        (
            edit
            for edit in documents.edits_of(writing.conn, writing.tables, document)
            if edit.action == REVIEW
        ),
        None,
    )
    own = sent is not None and same_person(sent.who, writing.operator)
    if own and people.others_may(writing, Right.ISSUE):
        raise NotAllowed("这份文稿是您自己送审的，要由另一位管理员或审核人签发。")


def _keep(
    writing: Writing,
    stored: StoredDocument,
    reason: str,
    title: str,
    printed: Printed,
    content: IssueContent,
) -> Issue:
    """Write the issue and mark the document as issued."""
    tables = writing.tables
    values = {
        "document": stored.id,
        "title": title,
        "period": stored.period,
        "villages": stored.villages,
        "area": stored.area,
        "who": writing.operator,
        "at": datetime.now(),
        "reason": reason,
        "settings": asdict(report_settings(writing, stored)),
        "parameters": writing.parameters,
        "point": edits_since.now_at(writing.conn, tables),
        "marks": issues.marks_of(writing.conn, tables, ledgers_behind(writing.catalogue, content)),
    }
    new = issues.add(writing.conn, tables, values, printed, content)
    issued = [(WHOLE, {"state": ISSUED, "state_reason": reason})]
    documents.change(writing.conn, tables, stored.id, "issue", issued, writing.operator)
    document_versions.keep(writing.conn, tables, stored.id, writing.operator, "签发")
    return issues.find(writing.conn, tables, new)


def _pass_on(writing: Writing, document: int, state: str, after: str, reason: str, note: str) -> Edit:
    """Move a document from one state to the next, keeping a version where `note` names one."""
    tables = writing.tables
    _expect(documents.find(writing.conn, tables, document), state)
    if note:
        document_versions.keep(writing.conn, tables, document, writing.operator, note)
    # The reason of a revision stays until the next issue, through any review in between.
    kept = {"state": after, "state_reason": reason} if reason else {"state": after}
    return documents.change(writing.conn, tables, document, after, [(WHOLE, kept)], writing.operator)


_WHERE = {
    DRAFT: "这份文稿还在起草。请先送审。",
    REVIEW: "这份文稿正在送审。请先退回，或直接签发。",
    ISSUED: "这份文稿已经签发。请先“修订”，写明原因。",
}


def _expect(stored: StoredDocument, state: str) -> None:
    if stored.state != state:
        raise StorageProblem(_WHERE[stored.state])


def _given(reason: str, deed: str) -> str:
    told = reason.strip()
    if not told:
        raise StorageProblem(f"{deed}要写明原因，请填写后再试。")
    return told
