"""What was issued: the printed bytes, the text, the figures and the records they came from; only ever added to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from zhengui.figures.period import Period
from zhengui.storage.problem import StorageProblem
from zhengui.storage.records import log
from zhengui.storage.records.edits_since import Point
from zhengui.storage.records.sealed_rows import ISSUE
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables

#: A report mark as (ledger, village, month, zero).
MarkKey = tuple[str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of a document: the `number`-th of it, with what everything in it rested on."""

    id: int
    document: int
    number: int
    title: str
    period: Period
    villages: tuple[int, ...]
    area: str
    at: datetime
    who: str
    reason: str
    pages: int
    digest: str
    settings: Mapping[str, Any] = field(hash=False)
    parameters: Mapping[str, Decimal] = field(hash=False)
    point: Point
    marks: frozenset[MarkKey]


@dataclass(frozen=True, slots=True)
class Block:
    """A printed heading or paragraph; `runs` are (text, source)."""

    key: str
    kind: str
    number: str
    text: str
    runs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was printed; `definition` changes where the indicator is declared otherwise."""

    key: str
    title: str
    unit: str
    value: Decimal | None
    display: str
    how: str
    records: int
    definition: str


@dataclass(frozen=True, slots=True)
class FrozenClaim:
    """A claim as it was judged."""

    key: str
    title: str
    state: str
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class FrozenRecords:
    """The records of one measure: of a figure by its key, of a claim by claim:key."""

    figure: str
    role: str
    ledger: str
    ids: tuple[int, ...]
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages: their bytes, and where each figure stands as plain tuples; `document` is what they were made from."""

    pdf: bytes
    pages: int
    spots: tuple[tuple[Any, ...], ...]
    document: bytes = b""


@dataclass(frozen=True, slots=True)
class IssueContent:
    """Everything that an issue freezes besides the pages."""

    blocks: tuple[Block, ...]
    figures: tuple[FrozenFigure, ...]
    claims: tuple[FrozenClaim, ...]
    records: tuple[FrozenRecords, ...]


def add(
    conn: sa.Connection, tables: Tables, values: Mapping[str, Any], printed: Printed, content: IssueContent
) -> int:
    """Keep an issue and return its id. `values` are the fields of `Issue`, without those the pages give."""
    t = tables.documents
    stored = {
        **{key: values[key] for key in ("document", "title", "area", "who", "reason")},
        "start": columns.day_number(values["period"].start),
        "end": columns.day_number(values["period"].end),
        "villages": json.dumps(list(values["villages"])),
        "at": columns.moment_text(values["at"]),
        "settings": json.dumps(dict(values["settings"]), ensure_ascii=False, default=str),
        "parameters": json.dumps({key: str(value) for key, value in values["parameters"].items()}),
        "last_history": values["point"].history,
        "last_ids": json.dumps(dict(values["point"].ids)),
        "marks": json.dumps(sorted(values["marks"])),
        "number": len(issues_of(conn, tables, values["document"])) + 1,
        "pages": printed.pages,
        "digest": hashlib.sha256(printed.pdf).hexdigest(),
    }
    done = conn.execute(sa.insert(t.issue).values(**stored))
    issue = int(done.inserted_primary_key[0])  # type: ignore[index]
    spots = json.dumps(printed.spots, ensure_ascii=False)
    conn.execute(sa.insert(t.issue_pdf).values(issue=issue, content=printed.pdf, spots=spots))
    if printed.document:
        conn.execute(sa.insert(t.issue_kept).values(issue=issue, content=printed.document))
    _add_all(conn, t.issue_block, issue, (_block_row(block) for block in content.blocks))
    _add_all(conn, t.issue_figure, issue, (_figure_row(figure) for figure in content.figures))
    _add_all(conn, t.issue_claim, issue, (_plain(claim) for claim in content.claims))
    _add_all(conn, t.issue_records, issue, (_records_row(each) for each in content.records))
    log.touch(conn, ISSUE, (issue,))
    return issue


def issues_of(conn: sa.Connection, tables: Tables, document: int | None = None) -> list[Issue]:
    """The issues of a document, or all, the newest first."""
    table = tables.documents.issue
    query = sa.select(table).order_by(table.c.id.desc())
    if document is not None:
        query = query.where(table.c.document == document)
    return [_issue(row) for row in conn.execute(query)]


def find(conn: sa.Connection, tables: Tables, issue: int) -> Issue:
    """One issue; StorageProblem where there is none."""
    table = tables.documents.issue
    row = conn.execute(sa.select(table).where(table.c.id == issue)).first()
    if row is None:
        raise StorageProblem("没有找到这一稿。请回到签发列表重新选择。")
    return _issue(row)


def printed_of(conn: sa.Connection, tables: Tables, issue: int) -> Printed:
    """The pages exactly as they were issued; StorageProblem where they are not those any more."""
    table = tables.documents.issue_pdf
    row = conn.execute(sa.select(table).where(table.c.issue == issue)).one()
    found = find(conn, tables, issue)
    pdf = bytes(row.content)
    if hashlib.sha256(pdf).hexdigest() != found.digest:
        raise StorageProblem("这一稿的版面与签发时不一致，文件可能有损坏。请从备份恢复。")
    return Printed(pdf, found.pages, tuple(tuple(spot) for spot in json.loads(row.spots)))


def document_of(conn: sa.Connection, tables: Tables, issue: int) -> bytes | None:
    """The whole document from which an issue was printed; None where the version that issued it kept none."""
    table = tables.documents.issue_kept
    kept = conn.execute(sa.select(table.c.content).where(table.c.issue == issue)).scalar()
    return None if kept is None else bytes(kept)


def content_of(conn: sa.Connection, tables: Tables, issue: int) -> IssueContent:
    """The frozen text, figures, claims and records."""
    t = tables.documents

    def rows(table: sa.Table) -> list[dict[str, object]]:
        query = sa.select(table).where(table.c.issue == issue).order_by(table.c.position)
        return [dict(row) for row in conn.execute(query).mappings()]

    return IssueContent(
        tuple(_block(row) for row in rows(t.issue_block)),
        tuple(_figure(row) for row in rows(t.issue_figure)),
        tuple(FrozenClaim(**_without_issue(row)) for row in rows(t.issue_claim)),
        tuple(_records(row) for row in rows(t.issue_records)),
    )


def marks_of(conn: sa.Connection, tables: Tables, ledgers: Iterable[str]) -> frozenset[MarkKey]:
    """The report marks of some ledgers as they stand."""
    table = tables.report_mark
    query = sa.select(table.c.ledger, table.c.village, table.c.month, table.c.zero)
    found = conn.execute(query.where(table.c.ledger.in_(list(ledgers))))
    return frozenset((row[0], row[1], row[2], bool(row[3])) for row in found)


def _add_all(conn: sa.Connection, table: sa.Table, issue: int, rows: Iterable[Mapping[str, object]]) -> None:
    ready = [{"issue": issue, "position": place, **row} for place, row in enumerate(rows)]
    if ready:
        conn.execute(sa.insert(table), ready)


def _plain(value: Any) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _without_issue(row: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("issue", "position")}


def _block_row(block: Block) -> dict[str, object]:
    return {**_plain(block), "runs": json.dumps(block.runs, ensure_ascii=False)}


def _block(row: Mapping[str, Any]) -> Block:
    runs = tuple((text, source) for text, source in json.loads(row["runs"]))
    return Block(row["key"], row["kind"], row["number"], row["text"], runs)


def _figure_row(figure: FrozenFigure) -> dict[str, object]:
    return {**_plain(figure), "value": None if figure.value is None else str(figure.value)}


def _figure(row: Mapping[str, Any]) -> FrozenFigure:
    values = _without_issue(row)
    values["value"] = None if row["value"] is None else Decimal(row["value"])
    return FrozenFigure(**values)


def _records_row(frozen: FrozenRecords) -> dict[str, object]:
    packed = {name: json.dumps(getattr(frozen, name), separators=(",", ":")) for name in ("ids", "versions")}
    return {**_plain(frozen), **packed}


def _records(row: Mapping[str, Any]) -> FrozenRecords:
    ids, versions = (_whole(row["ids"]), _whole(row["versions"]))
    return FrozenRecords(row["figure"], row["role"], row["ledger"], ids, versions)


def _whole(text: str) -> tuple[int, ...]:
    found: Sequence[int] = json.loads(text)
    return tuple(found)


def _issue(row: sa.Row[*tuple[object, ...]]) -> Issue:
    return Issue(
        id=row.id,
        document=row.document,
        number=row.number,
        title=row.title,
        period=Period(columns.day_of(row.start), columns.day_of(row.end)),
        villages=_whole(row.villages),
        area=row.area,
        at=columns.moment_of(row.at),
        who=row.who,
        reason=row.reason,
        pages=row.pages,
        digest=row.digest,
        settings=json.loads(row.settings),
        parameters={key: Decimal(value) for key, value in json.loads(row.parameters).items()},
        point=Point(row.last_history, json.loads(row.last_ids)),
        marks=frozenset((m[0], m[1], m[2], bool(m[3])) for m in json.loads(row.marks)),
    )
