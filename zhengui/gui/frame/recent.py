"""What was worked on last: drafts and issues of documents, and files that were saved, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.gui.desk.place import Place
from zhengui.gui.frame.commands import CommandChoice
from zhengui.gui.kit.opened_file import open_file
from zhengui.services.document.edit_document import all_documents
from zhengui.services.issue.issue_document import all_issues
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing.documents import ISSUED

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.storage.writing.documents import StoredDocument
    from zhengui.storage.writing.issues import Issue

#: So many documents and issues, and so many files, are listed.
MOST = 8
_STATES = {"draft": "起草", "review": "送审"}


def recent_choices(desk: Desk, files: Sequence[Path]) -> list[CommandChoice]:
    """Lines for the documents and for `files`, those that are gone left out; choosing one opens it."""
    papers = [_of_draft(desk, each) for each in _drafts(desk.township)]
    papers += [_of_issue(desk, each) for each in all_issues(desk.township)]
    papers.sort(key=lambda each: each[0], reverse=True)
    found = [choice for _at, choice in papers[:MOST]]
    for path in files[:MOST]:
        if path.exists():
            where = f"最近的文件 · {path.parent.name}"
            found.append(CommandChoice(path.name, where, "folder_open", partial(open_file, path)))
    return found


@reads
def _drafts(reading: Reading) -> list[StoredDocument]:
    """The documents that are being written; one that was issued is listed as its issue."""
    return [each for each in all_documents(reading) if each.state != ISSUED]


def _of_draft(desk: Desk, stored: StoredDocument) -> tuple[datetime, CommandChoice]:
    area = desk.catalogue.by_area.get(stored.area)
    title = f"{stored.period.title}{f' · {area.title}' if area else ''}文稿"
    note = f"{_STATES[stored.state]} · {stored.changed_at:%Y-%m-%d %H:%M}"
    return stored.changed_at, CommandChoice(title, note, "document_text", _going(desk, stored.id))


def _of_issue(desk: Desk, issue: Issue) -> tuple[datetime, CommandChoice]:
    note = f"第 {issue.number} 稿已签发 · {issue.at:%Y-%m-%d %H:%M}"
    return issue.at, CommandChoice(issue.title, note, "lock_closed", _going(desk, issue.document))


def _going(desk: Desk, document: int) -> partial[None]:
    return partial(desk.asked_for.emit, Place("report", record=document))
