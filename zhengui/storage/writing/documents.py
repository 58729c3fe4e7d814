"""Documents while they are written: their parts in order, and every edit with what was there before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from zhengui.figures.period import Period
from zhengui.storage.problem import StorageProblem
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.clean import seen_within

HEADING, PARAGRAPH, ITEMS = "heading", "paragraph", "items"
DRAFT, REVIEW, ISSUED = "draft", "review", "issued"
#: The row of an edit's step that means the document itself.
WHOLE = 0
#: Texts typed within this time by the same person are one edit of the history.
_ONE_EDIT = timedelta(seconds=60)
_JSON = frozenset({"variants", "villages", "settings"})
_FLAGS = frozenset({"on", "rethink", "removed"})
_DAYS = frozenset({"start", "end", "signed_on"})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document.

    `kind` is heading (of `level` 1 to 4), paragraph (whose `title` runs into the text), or items (the plan items
    of the part named in `text`). `key` stays the same from year to year. `switch` is claim:key or trend:key, and
    `variants` the wordings by fails and unknown, or by level and down; `text` stands for holds, or up.
    """

    id: int
    key: str
    kind: str
    level: int
    title: str
    text: str
    on: bool
    position: float
    switch: str = ""
    variants: Mapping[str, str] = field(default_factory=dict, hash=False)
    rethink: bool = False


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document; `title` is in pieces divided by |. No `villages` means the whole township, no `area` all areas."""

    id: int
    title: str
    addressee: str
    period: Period
    villages: tuple[int, ...]
    area: str
    state: str
    state_reason: str
    settings: Mapping[str, Any] = field(hash=False)
    signed_on: date | None
    based_on: int | None
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class PartEdit:
    """The fields of one part (0: the document) that an edit changed, before and after."""

    part: int
    before: Mapping[str, object] = field(hash=False)
    after: Mapping[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a document; taken back, each step's `before` holds again."""

    id: int
    document: int
    action: str
    at: datetime
    who: str
    steps: tuple[PartEdit, ...]

    @property
    def part(self) -> int:
        """The part that was edited, or the first of them."""
        return self.steps[0].part if self.steps else WHOLE


def create(
    conn: sa.Connection,
    tables: Tables,
    values: Mapping[str, object],
    parts: Sequence[Mapping[str, object]],
    who: str,
    at: datetime | None = None,
) -> int:
    """Add a document with its parts in the given order and return its id."""
    stamp = columns.moment_text(at or datetime.now())
    made = {"created_at": stamp, "created_by": who, "changed_at": stamp, "changed_by": who}
    table = tables.documents.document
    done = conn.execute(sa.insert(table).values(**_stored(values), **made))
    document = int(done.inserted_primary_key[0])  # type: ignore[index]
    _add_parts(conn, tables, document, parts)
    return document


def _add_parts(
    conn: sa.Connection, tables: Tables, document: int, parts: Sequence[Mapping[str, Any]]
) -> None:
    """Add the parts of a new document, those of one shape that follow one another in one statement."""
    rows = [
        {"document": document, **_stored({"position": float(place), "removed": False, "key": "", **part})}
        for place, part in enumerate(parts, start=1)
    ]
    own = tables.documents.part
    for _shape, alike in groupby(rows, key=frozenset):
        conn.execute(sa.insert(own), list(alike))
    unnamed = sa.update(own).where(own.c.document == document, own.c.key == "")
    conn.execute(unnamed.values(key=sa.literal("own.") + sa.cast(own.c.id, sa.Text)))


def unsaved(
    values: Mapping[str, Any], parts: Sequence[Mapping[str, object]], who: str
) -> tuple[StoredDocument, list[Part]]:
    """What `create` would make of the same values, without keeping it: id 0, and parts numbered from 1."""
    now = datetime.now()
    head: dict[str, object] = {
        "title": "",
        "addressee": "",
        "area": "",
        "settings": {},
        "signed_on": None,
        "based_on": None,
    }
    given = {**head, **{key: value for key, value in values.items() if key in head}}
    stored = StoredDocument(
        **given,
        id=0,
        state=DRAFT,
        state_reason="",
        period=Period(values["start"], values["end"]),
        villages=tuple(values.get("villages", ())),
        version=1,
        created_at=now,
        created_by=who,
        changed_at=now,
        changed_by=who,
    )
    empty: dict[str, Any] = {"key": "", "level": 0, "title": "", "text": "", "on": True}
    names = set(Part.__dataclass_fields__)
    made = [
        Part(
            **{
                **empty,
                "id": place,
                "position": float(place),
                **{k: v for k, v in part.items() if k in names},
            }
        )
        for place, part in enumerate(parts, start=1)
    ]
    return stored, made


def ever_held(conn: sa.Connection, tables: Tables, document: int) -> set[str]:
    """The keys of all parts that a document has or had, those that were taken out too."""
    table = tables.documents.part
    return set(conn.execute(sa.select(table.c.key).where(table.c.document == document)).scalars())


def add_part(conn: sa.Connection, tables: Tables, document: int, values: Mapping[str, object]) -> int:
    """Add a part and return its id; unless `values` say otherwise it is not shown before an edit brings it in."""
    given = {"removed": True, **values}
    if "key" not in given:
        given["key"] = ""
    done = conn.execute(sa.insert(tables.documents.part).values(document=document, **_stored(given)))
    part = int(done.inserted_primary_key[0])  # type: ignore[index]
    if not given["key"]:
        own = tables.documents.part
        conn.execute(sa.update(own).where(own.c.id == part).values(key=f"own.{part}"))
    return part


def find(conn: sa.Connection, tables: Tables, document: int, removed: bool = False) -> StoredDocument:
    """One document, where asked for even one that was removed; StorageProblem where there is none."""
    table = tables.documents.document
    row = conn.execute(sa.select(table).where(table.c.id == document)).mappings().first()
    if row is None or (row["removed"] and not removed):
        raise StorageProblem("这份文稿已经不在了，可能已被删除。请回到文稿列表重新选择。")
    return _document(row)


def all_documents(conn: sa.Connection, tables: Tables) -> list[StoredDocument]:
    """All documents, the latest period first."""
    table = tables.documents.document
    query = sa.select(table).where(table.c.removed == 0)
    order = (table.c.end.desc(), table.c.start, table.c.id)
    return [_document(row) for row in conn.execute(query.order_by(*order)).mappings()]


def parts_of(conn: sa.Connection, tables: Tables, document: int) -> list[Part]:
    """The parts of a document in order, those that are switched off too."""
    table = tables.documents.part
    query = sa.select(table).where(table.c.document == document, table.c.removed == 0)
    return [_part(row) for row in conn.execute(query.order_by(table.c.position, table.c.id)).mappings()]


def change(
    conn: sa.Connection,
    tables: Tables,
    document: int,
    action: str,
    changes: Sequence[tuple[int, Mapping[str, object]]],
    who: str,
    at: datetime | None = None,
) -> Edit:
    """Change fields of parts (0: of the document), remember what was there before, and return the edit.

    Texts of one part typed in one go become a single edit. Nothing is written where nothing differs.
    """
    moment = at or datetime.now()
    changes = [(part, {key: seen_within(value) for key, value in values.items()}) for part, values in changes]
    steps = [step for part, values in changes if (step := _step(conn, tables, document, part, values)).after]
    if not steps:
        return Edit(0, document, action, moment, who, ())
    for step in steps:
        _write(conn, tables, document, step.part, step.after)
    table = tables.documents.document
    stamp = columns.moment_text(moment)
    told = {"version": table.c.version + 1, "changed_at": stamp, "changed_by": who}
    conn.execute(sa.update(table).where(table.c.id == document).values(**told))
    return _remember(conn, tables, Edit(0, document, action, moment, who, tuple(steps)))


def edits_of(conn: sa.Connection, tables: Tables, document: int, limit: int = 200) -> list[Edit]:
    """The latest edits, newest first."""
    table = tables.documents.edit
    query = sa.select(table).where(table.c.document == document).order_by(table.c.id.desc()).limit(limit)
    return [_edit(row) for row in conn.execute(query)]


def _step(
    conn: sa.Connection, tables: Tables, document: int, part: int, values: Mapping[str, Any]
) -> PartEdit:
    """What of `values` differs from what is stored, and what is stored."""
    table = tables.documents.document if part == WHOLE else tables.documents.part
    query = sa.select(table).where(table.c.id == (document if part == WHOLE else part))
    if part != WHOLE:
        query = query.where(table.c.document == document)
    row = conn.execute(query).mappings().first()
    if row is None:
        raise StorageProblem("这一段已经不在文稿里了。请重新打开文稿。")
    stored = _stored(values)
    changed = [key for key, value in stored.items() if row[key] != value]
    return PartEdit(
        part, {key: _loaded(key, row[key]) for key in changed}, {key: values[key] for key in changed}
    )


def _write(
    conn: sa.Connection, tables: Tables, document: int, part: int, values: Mapping[str, object]
) -> None:
    table = tables.documents.document if part == WHOLE else tables.documents.part
    row = document if part == WHOLE else part
    conn.execute(sa.update(table).where(table.c.id == row).values(**_stored(values)))


def _remember(conn: sa.Connection, tables: Tables, edit: Edit) -> Edit:
    """Write the edit down, or add it to the same person's typing of a moment ago."""
    table = tables.documents.edit
    stamp = columns.moment_text(edit.at)
    last = next(iter(edits_of(conn, tables, edit.document, 1)), None)
    if last is not None and _goes_on(last, edit):
        step = PartEdit(edit.part, last.steps[0].before, edit.steps[0].after)
        conn.execute(
            sa.update(table).where(table.c.id == last.id).values(at=stamp, steps=_steps_text((step,)))
        )
        return Edit(last.id, edit.document, edit.action, edit.at, edit.who, edit.steps)
    values = {"document": edit.document, "action": edit.action, "at": stamp, "who": edit.who}
    done = conn.execute(sa.insert(table).values(**values, steps=_steps_text(edit.steps)))
    number = int(done.inserted_primary_key[0])  # type: ignore[index]
    return Edit(number, edit.document, edit.action, edit.at, edit.who, edit.steps)


def _goes_on(last: Edit, edit: Edit) -> bool:
    typing = edit.action == last.action == "text" and len(edit.steps) == len(last.steps) == 1
    same = typing and last.part == edit.part and last.who == edit.who
    return (
        same
        and set(last.steps[0].after) == set(edit.steps[0].after)
        and last.steps[0].after == edit.steps[0].before
        and edit.at - last.at < _ONE_EDIT
    )


def _steps_text(steps: Sequence[PartEdit]) -> str:
    plain = [[step.part, _plain(step.before), _plain(step.after)] for step in steps]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {
        key: columns.day_number(value) if isinstance(value, date) else value for key, value in values.items()
    }


def _edit(row: sa.Row[*tuple[object, ...]]) -> Edit:
    steps = tuple(
        PartEdit(part, _revived(before), _revived(after)) for part, before, after in json.loads(row.steps)
    )
    return Edit(row.id, row.document, row.action, columns.moment_of(row.at), row.who, steps)


def _revived(values: Mapping[str, Any]) -> dict[str, object]:
    return {
        key: columns.day_of(value) if key in _DAYS and value is not None else value
        for key, value in values.items()
    }


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as their columns hold them."""
    found: dict[str, object] = {}
    for key, given in values.items():
        value = seen_within(given)
        if key in _JSON:
            kept = dict(value) if isinstance(value, Mapping) else list(value)
            found[key] = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        elif key in _FLAGS:
            found[key] = int(value)
        else:
            found[key] = columns.day_number(value) if isinstance(value, date) else value
    return found


def _loaded(key: str, stored: Any) -> Any:
    if key in _JSON:
        return json.loads(stored)
    if key in _FLAGS:
        return bool(stored)
    return columns.day_of(stored) if key in _DAYS and stored is not None else stored


def _part(row: sa.RowMapping) -> Part:
    names = ("id", "key", "kind", "level", "title", "text", "on", "position", "switch", "variants", "rethink")
    return Part(**{name: _loaded(name, row[name]) for name in names})


def _document(row: sa.RowMapping) -> StoredDocument:
    names = ("id", "title", "addressee", "area", "state", "state_reason", "settings", "signed_on", "based_on")
    return StoredDocument(
        **{name: _loaded(name, row[name]) for name in names},
        period=Period(columns.day_of(row["start"]), columns.day_of(row["end"])),
        villages=tuple(json.loads(row["villages"])),
        version=row["version"],
        created_at=columns.moment_of(row["created_at"]),
        created_by=row["created_by"],
        changed_at=columns.moment_of(row["changed_at"]),
        changed_by=row["changed_by"],
    )
