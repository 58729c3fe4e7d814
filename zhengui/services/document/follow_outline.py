"""Hold a document against the catalogue's outline: what it lacks, what the outline has no more, and add what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengui.catalogue.source import OUTLINE, Source, of_part
from zhengui.figures.finding import Finding
from zhengui.services.document.edit_document import open_document, put_in
from zhengui.services.document.outline_parts import parts_for
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing import documents
from zhengui.storage.writing.documents import HEADING, ITEMS, Edit, Part, StoredDocument

#: Keys of parts that the office wrote itself begin with this.
OWN = "own."


@dataclass(frozen=True, slots=True)
class Lacking:
    """A section or a paragraph of the outline that a document never held: its key, its words, all its parts."""

    key: str
    title: str
    parts: tuple[Mapping[str, object], ...]

    @property
    def is_section(self) -> bool:
        """Whether a whole section lacks, not a paragraph of one that is there."""
        return bool(self.parts[0]["kind"] == HEADING)


@reads
def lacking(reading: Reading, document: int) -> list[Lacking]:
    """What the outline has and the document never held; what somebody took out of it is not told again."""
    stored = documents.find(reading.conn, reading.tables, document)
    known = documents.ever_held(reading.conn, reading.tables, document)
    return list(_grouped(_outline(reading, stored), known))


@reads
def outdated(reading: Reading, document: int) -> list[Part]:
    """Headings and paragraphs that came from an outline and are in none today, for the document's period."""
    opened = open_document(reading, document)
    today = {str(part["key"]) for part in _outline(reading, opened.document)}
    return [part for part in opened.parts if part.key not in today and not part.key.startswith(OWN)]


@reads
def outline_findings(reading: Reading, document: int) -> Iterator[Finding]:
    """The same for the check before issuing: each with the way to add it, or to the part."""
    found = []
    for each in lacking(reading, document):
        kind = "一节" if each.is_section else "一段"
        told = f"文稿里没有“{each.title}”这{kind}"
        found.append(
            Finding(
                "lacks_section", "check", told, "提纲后来有的，可以加进来。", str(Source(OUTLINE, each.key))
            )
        )
    covered: set[int] = set()
    parts = open_document(reading, document).parts
    for part in outdated(reading, document):
        if part.id in covered:
            continue
        covered |= _under(parts, part)
        told = f"“{_words(part.title, part.text)}”在提纲里已经没有了"
        found.append(Finding("left_section", "check", told, "不再写的话，请关掉或删去。", of_part(part.id)))
    return iter(found)


@writes(Right.WRITE)
def add_lacking(writing: Writing, document: int, key: str) -> Edit:
    """Add a section or a paragraph that lacks, with all that stands under it, where the outline has it.

    One edit, to be taken back as one. StorageProblem where it does not lack any more.
    """
    wanted = next((each for each in lacking(writing, document) if each.key == key), None)
    if wanted is None:
        raise StorageProblem("这一节已经在文稿里了。请重新检查。")
    opened = open_document(writing, document)
    order = [str(part["key"]) for part in _outline(writing, opened.document)]
    return put_in(writing, document, _place(opened.parts, order, wanted), wanted.parts)


def _outline(reading: Reading, stored: StoredDocument) -> list[Mapping[str, object]]:
    return list(parts_for(reading, stored.period, stored.villages, stored.area))


def _grouped(outline: Sequence[Mapping[str, Any]], known: set[str]) -> Iterator[Lacking]:
    """Whole sections first; in a section that is there, each paragraph by itself."""
    section: list[Mapping[str, object]] = []
    for part in [*outline, {"kind": HEADING, "key": "", "level": 1}]:
        if part["kind"] == HEADING:
            if section:
                yield Lacking(str(section[0]["key"]), _words(str(section[0]["title"]), ""), tuple(section))
            section = [part] if part["key"] not in known and part["key"] else []
        elif section:
            section.append(part)
        elif part["key"] not in known and part["kind"] != ITEMS:
            title = _words(str(part.get("title") or ""), str(part.get("text") or ""))
            yield Lacking(str(part["key"]), title, (part,))


def _words(title: str, text: str) -> str:
    """What a part is called: its title, or the beginning of its text up to the first figure."""
    plain = (title or text.partition("{")[0]).rstrip("。，")
    return plain if len(plain) <= 16 else f"{plain[:16]}…"


def _under(parts: Sequence[Part], heading: Part) -> set[int]:
    """The ids of what stands under a heading, itself too."""
    found = {heading.id}
    if heading.kind == HEADING:
        for part in parts[[each.id for each in parts].index(heading.id) + 1 :]:
            if part.kind == HEADING and part.level <= heading.level:
                break
            found.add(part.id)
    return found


def _place(parts: Sequence[Part], order: Sequence[str], wanted: Lacking) -> int | None:
    """The part after which it stands: the last that the outline has before it and the document holds."""
    before = set(order[: order.index(wanted.key)])
    held = [part for part in parts if part.key in before]
    if not held:
        return None
    last = held[-1]
    if not wanted.is_section:
        return last.id
    # What the office wrote itself under the section before stays with that section.
    heading = next((part for part in reversed(held) if part.kind == HEADING and part.level == 2), last)
    inside = _under(parts, heading) if heading.level == 2 else {last.id}
    return next(part.id for part in reversed(parts) if part.id in inside)
