"""Lead a record on to the documents it counts in: issues that froze it, and drafts that print its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengui.catalogue.wording import chips
from zhengui.services.counting.compute_figures import measures_of
from zhengui.services.document.edit_document import all_documents, open_document
from zhengui.services.document.printed_parts import printed_parts
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import takes_record
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records import edits_since
from zhengui.storage.writing import issues
from zhengui.storage.writing.documents import ISSUED


@dataclass(frozen=True, slots=True)
class CountedIn:
    """A document, or an issue of one, with the figures (key, title) in which a record counts.

    `changed` is true where an issue froze an earlier version of the record.
    """

    document: int
    issue: int | None
    title: str
    at: datetime
    figures: tuple[tuple[str, str], ...]
    changed: bool = False


@reads
def documents_of_record(reading: Reading, ledger: str, record: int) -> list[CountedIn]:
    """Where a record counts: issues first, the newest at the front, then drafts."""
    return [*_issued(reading, ledger, record), *_drafted(reading, ledger, record)]


def _issued(reading: Reading, ledger: str, record: int) -> list[CountedIn]:
    found = []
    now = edits_since.versions_of(reading.conn, reading.tables, ledger, [record]).get(record)
    for issue in issues.issues_of(reading.conn, reading.tables):
        content = issues.content_of(reading.conn, reading.tables, issue.id)
        titles = {figure.key: figure.title for figure in content.figures}
        told: dict[str, str] = {}
        versions: set[int] = set()
        for each in content.records:
            if each.ledger == ledger and record in each.ids and each.figure in titles:
                told[each.figure] = titles[each.figure]
                versions.add(each.versions[each.ids.index(record)])
        if told:
            changed = bool(versions - {now})
            figures = tuple(told.items())
            found.append(CountedIn(issue.document, issue.id, issue.title, issue.at, figures, changed))
    return found


def _drafted(reading: Reading, ledger: str, record: int) -> list[CountedIn]:
    found = []
    indicators = reading.catalogue.indicators
    parameters = reading.parameters
    for stored in all_documents(reading):
        if stored.state == ISSUED:
            continue
        parts = printed_parts(reading, stored.period, open_document(reading, stored.id).parts).parts
        keys = dict.fromkeys(
            chip.key for part in parts for chip in chips(part.text) if chip.key in indicators
        )
        scope = Scope(stored.period, stored.villages)
        told = []
        for key in keys:
            measures = [m for _role, m in measures_of(indicators[key]) if m.ledger == ledger]
            if any(
                takes_record(reading.conn, reading.tables, m, scope, parameters, record) for m in measures
            ):
                told.append((key, indicators[key].title))
        if told:
            title = f"{reading.profile().name}{stored.period.title}文稿"
            found.append(CountedIn(stored.id, None, title, stored.changed_at, tuple(told)))
    return found
