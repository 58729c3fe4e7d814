"""Write a document: make it from the outline, edit its parts, take edits back, keep versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from zhengui.figures.period import Period
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.document.outline_parts import title_of
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing import document_versions, documents
from zhengui.storage.writing.document_versions import Version
from zhengui.storage.writing.documents import (
    DRAFT,
    HEADING,
    ITEMS,
    PARAGRAPH,
    WHOLE,
    Edit,
    Part,
    StoredDocument,
)

#: A version is kept by itself when writing goes on after a pause this long since the last one.
_VERSION_AFTER = timedelta(minutes=10)
_LOCKED = {
    "issued": "这份文稿已经签发，不能直接改。请先“修订”，写明原因后再改。",
    "review": "这份文稿正在送审，不能改。请先退回。",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A document with its parts in order."""

    document: StoredDocument
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        """The part with this key; KeyError where there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


def from_outline(reading: Reading, period: Period, villages: Villages, area: str) -> dict[str, object]:
    """The head of a document that begins with the catalogue's outline."""
    outline = reading.catalogue.outline
    return {
        "title": title_of(reading, period, villages, area),
        "addressee": outline.addressee if outline else "",
        "start": period.start,
        "end": period.end,
        "villages": villages,
        "area": area,
    }


@reads
def all_documents(reading: Reading) -> list[StoredDocument]:
    """All documents, the latest period first."""
    return documents.all_documents(reading.conn, reading.tables)


@reads
def find_documents(
    reading: Reading, period: Period, villages: Villages = (), area: str = ""
) -> list[StoredDocument]:
    """The documents of exactly this period and scope."""
    wanted = (period, tuple(villages), area)
    return [each for each in all_documents(reading) if (each.period, each.villages, each.area) == wanted]


@reads
def open_document(reading: Reading, document: int) -> Opened:
    """A document with its parts; StorageProblem where there is none."""
    stored = documents.find(reading.conn, reading.tables, document)
    return Opened(stored, tuple(documents.parts_of(reading.conn, reading.tables, document)))


@writes(Right.WRITE)
def remove_document(writing: Writing, document: int) -> Edit:
    """Take a draft off the list; an issued one stays."""
    stored = documents.find(writing.conn, writing.tables, document)
    if stored.state == documents.ISSUED:
        raise StorageProblem("这份文稿已经签发，要长期保存，不能删除。")
    return _change(writing, document, "remove", [(WHOLE, {"removed": True})])


@writes(Right.WRITE)
def set_text(writing: Writing, document: int, part: int, text: str) -> Edit:
    """Give a paragraph its text; what is typed in one go is one edit of the history."""
    return _change(writing, document, "text", [(part, {"text": text, "rethink": False})])


@writes(Right.WRITE)
def rename(writing: Writing, document: int, part: int, title: str) -> Edit:
    """Give a heading, or a paragraph's run-in title, its words."""
    return _change(writing, document, "rename", [(part, {"title": title})])


@writes(Right.WRITE)
def switch(writing: Writing, document: int, part: int, on: bool) -> Edit:
    """Print a part or leave it out; a heading takes with it what stands under it."""
    return _change(writing, document, "switch", [(part, {"on": on})])


@writes(Right.WRITE)
def set_variants(
    writing: Writing, document: int, part: int, switch: str, variants: Mapping[str, str]
) -> Edit:
    """Let a claim (claim:key) or a trend (trend:key) choose a paragraph's wording; see `Part`."""
    return _change(writing, document, "variants", [(part, {"switch": switch, "variants": variants})])


@writes(Right.WRITE)
def thought_over(writing: Writing, document: int, part: int) -> Edit:
    """Say that last year's wording was read again and may stay."""
    return _change(writing, document, "thought", [(part, {"rethink": False})])


@writes(Right.WRITE)
def add_part(
    writing: Writing,
    document: int,
    after: int | None,
    kind: str = PARAGRAPH,
    text: str = "",
    title: str = "",
    level: int = 0,
) -> Edit:
    """Add a paragraph, heading or list of plan items after a part (None: at the front); `edit.part` is its id."""
    if kind not in (PARAGRAPH, HEADING, ITEMS) or (kind == HEADING) != (1 <= level <= 4):
        raise ValueError(f"{kind} {level}: a heading has a level from 1 to 4, other parts have none")
    opened = open_document(writing, document)
    values = {"kind": kind, "text": text, "title": title, "level": level}
    place = _places(opened.parts, after, 1)[0]
    _unlocked(opened.document)
    new = documents.add_part(writing.conn, writing.tables, document, {**values, "position": place})
    return _change(writing, document, "add", [(new, {"removed": False})])


@writes(Right.WRITE)
def put_in(writing: Writing, document: int, after: int | None, parts: Sequence[Mapping[str, object]]) -> Edit:
    """Add parts with keys of their own after a part (None: at the front), in order and as one edit."""
    opened = open_document(writing, document)
    _unlocked(opened.document)
    places = _places(opened.parts, after, len(parts))
    conn, tables = writing.conn, writing.tables
    made = [
        documents.add_part(conn, tables, document, {**part, "position": place, "removed": True})
        for part, place in zip(parts, places, strict=True)
    ]
    return _change(writing, document, "add", [(part, {"removed": False}) for part in made])


@writes(Right.WRITE)
def remove_part(writing: Writing, document: int, part: int) -> Edit:
    """Take a part out; a heading takes with it what stands under it."""
    block = _block(open_document(writing, document).parts, part)
    return _change(writing, document, "remove", [(each.id, {"removed": True}) for each in block])


@writes(Right.WRITE)
def move(writing: Writing, document: int, part: int, after: int | None) -> Edit:
    """Put a part, a heading with all that stands under it, after another part (None: at the front)."""
    parts = open_document(writing, document).parts
    block = _block(parts, part)
    moved = {each.id for each in block}
    if after in moved:
        return _change(writing, document, "move", [])
    rest = [each for each in parts if each.id not in moved]
    places = _places(rest, after, len(block))
    changes = [
        (each.id, {"position": place})
        for each, place in zip(block, places, strict=True)
        if each.position != place
    ]
    return _change(writing, document, "move", changes)


@writes(Right.WRITE)
def put_wording(writing: Writing, document: int, part: int, values: Mapping[str, object]) -> Edit:
    """Give a part wording that was edited elsewhere: its title, its text, a variant, its level, as one edit."""
    unknown = set(values) - {"title", "text", "variants", "level"}
    if unknown:
        raise TypeError(f"not part of a wording: {sorted(unknown)}")
    return _change(writing, document, "word", [(part, {**values, "rethink": False})])


@writes(Right.WRITE)
def remove_only(writing: Writing, document: int, part: int) -> Edit:
    """Take a part out; what stands under a heading stays."""
    return _change(writing, document, "remove", [(part, {"removed": True})])


@writes(Right.WRITE)
def move_only(writing: Writing, document: int, part: int, after: int | None) -> Edit:
    """Put a part after another (None: at the front); what stands under a heading stays."""
    rest = [each for each in open_document(writing, document).parts if each.id != part]
    return _change(writing, document, "move", [(part, {"position": _places(rest, after, 1)[0]})])


@writes(Right.WRITE)
def set_level(writing: Writing, document: int, part: int, level: int) -> Edit:
    """Give a heading another level."""
    return _change(writing, document, "level", [(part, {"level": level})])


@writes(Right.WRITE)
def set_head(writing: Writing, document: int, /, **values: Any) -> Edit:
    """Set `title` (in pieces divided by |), `addressee` or `signed_on`."""
    unknown = set(values) - {"title", "addressee", "signed_on"}
    if unknown:
        raise TypeError(f"not part of a document's head: {sorted(unknown)}")
    signed: date | None = values.get("signed_on")
    if signed is not None and not isinstance(signed, date):
        raise TypeError("signed_on is a date")
    return _change(writing, document, "head", [(WHOLE, values)])


@writes(Right.WRITE)
def replace_all(
    writing: Writing, document: int, find: str, replacement: str, parts: Sequence[int] = ()
) -> Edit:
    """Replace a text everywhere, or in some parts, as one edit."""
    changes = []
    for part in open_document(writing, document).parts:
        if find and (not parts or part.id in parts):
            values = {
                name: old.replace(find, replacement)
                for name, old in (("text", part.text), ("title", part.title))
                if find in old and (name == "title" or part.kind != ITEMS)
            }
            if values:
                changes.append((part.id, values))
    return _change(writing, document, "replace", changes)


@writes(Right.WRITE)
def take_back(writing: Writing, edit: Edit) -> Edit:
    """Undo an edit; taking back what this returns does it again."""
    return _change(writing, edit.document, "take_back", [(step.part, step.before) for step in edit.steps])


@reads
def edits(reading: Reading, document: int, limit: int = 200) -> list[Edit]:
    """The latest edits, newest first."""
    return documents.edits_of(reading.conn, reading.tables, document, limit)


@writes(Right.WRITE)
def keep_version(writing: Writing, document: int, note: str = "") -> int | None:
    """Keep the document as it is under a number; None where nothing changed since the last version."""
    return document_versions.keep(writing.conn, writing.tables, document, writing.operator, note)


@reads
def versions(reading: Reading, document: int) -> list[Version]:
    """The kept versions, the newest first."""
    return document_versions.versions_of(reading.conn, reading.tables, document)


@reads
def sources(reading: Reading, document: int) -> frozenset[tuple[int, str]]:
    """The numbers typed by hand that have a source, each with its part."""
    return frozenset(document_versions.sources_of(reading.conn, reading.tables, [document]))


@writes(Right.WRITE)
def give_source(writing: Writing, document: int, part: int, number: str, note: str) -> None:
    """Note where a number typed by hand comes from; an empty note takes it back."""
    document_versions.give_source(
        writing.conn, writing.tables, document, part, number, note.strip(), writing.operator
    )


def _change(
    writing: Writing, document: int, action: str, changes: Sequence[tuple[int, Mapping[str, object]]]
) -> Edit:
    """Make an edit, after keeping a version of what was there if it is some time since the last."""
    now = datetime.now()
    _unlocked(documents.find(writing.conn, writing.tables, document, removed=action == "take_back"))
    kept = document_versions.last_kept(writing.conn, writing.tables, document)
    if kept is None or now - kept > _VERSION_AFTER:
        document_versions.keep(writing.conn, writing.tables, document, writing.operator, at=now)
    return documents.change(writing.conn, writing.tables, document, action, changes, writing.operator, now)


def _unlocked(stored: StoredDocument) -> None:
    if stored.state != DRAFT:
        raise StorageProblem(_LOCKED[stored.state])


def _block(parts: Sequence[Part], part: int) -> list[Part]:
    """A part with, if it is a heading, everything up to the next heading of its level or above."""
    at = next((place for place, each in enumerate(parts) if each.id == part), None)
    if at is None:
        raise StorageProblem("这一段已经不在文稿里了。请重新打开文稿。")
    block = [parts[at]]
    if parts[at].kind == HEADING:
        for each in parts[at + 1 :]:
            if each.kind == HEADING and each.level <= parts[at].level:
                break
            block.append(each)
    return block


def _places(parts: Sequence[Part], after: int | None, count: int) -> list[float]:
    """`count` positions between a part and the one that follows it."""
    at = (
        -1 if after is None else next((n for n, each in enumerate(parts) if each.id == after), len(parts) - 1)
    )
    low = parts[at].position if at >= 0 else (parts[0].position - 1 if parts else 0.0)
    high = parts[at + 1].position if at + 1 < len(parts) else low + count + 1
    step = (high - low) / (count + 1)
    return [low + step * number for number in range(1, count + 1)]
