"""Compose a stored document: its parts in order, numbered, with the figures of its period and scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from zhengui.catalogue.source import CLAIM as A_CLAIM
from zhengui.catalogue.source import FIGURE, TREND, keys_of, source_of
from zhengui.figures.display import PENDING
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.figures.retired_wording import Gone
from zhengui.figures.trend import change
from zhengui.reports.document import Block, Document, Heading, Level, Paragraph, Run
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.counting.fill_wording import FilledWords
from zhengui.services.document.begin_document import begun
from zhengui.services.document.edit_document import find_documents
from zhengui.services.document.printed_parts import count_sections, gone_from, printed_parts, shown_parts
from zhengui.services.entry.review_records import told_in_document
from zhengui.services.paper.compose_attachments import attachments_of
from zhengui.services.paper.composed import BREAK, Composed
from zhengui.services.paper.publish_report import Published, lay_out_beginning, lay_out_composed, save
from zhengui.services.plan.list_plan import (
    IN,
    OTHERS,
    PlanItem,
    goes_on,
    is_told,
    items_of,
    open_items_of,
    told_items,
)
from zhengui.services.township.page_settings import ReportSettings, dressed, paper_date, settings_of
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.records import record as records
from zhengui.storage.writing import documents
from zhengui.storage.writing.documents import HEADING, ITEMS, Part, StoredDocument
from zhengui.work import Progress, give_way

_LEVELS = {1: Level.FIRST, 2: Level.SECOND, 3: Level.THIRD, 4: Level.FOURTH}
_STATES = {"claim": ("holds", "fails", "unknown"), "trend": ("up", "level", "down", "unknown")}


@reads
def compose_document(reading: Reading, document: int) -> Composed:
    """The stored document as it would be printed today."""
    stored = documents.find(reading.conn, reading.tables, document)
    parts = documents.parts_of(reading.conn, reading.tables, document)
    return compose_parts(reading, stored, parts)


@reads
def compose_parts(reading: Reading, stored: StoredDocument, parts: Sequence[Part]) -> Composed:
    """Some parts of a document as they would be printed, for a preview of what isn't stored yet, too."""
    shown = printed_parts(reading, stored.period, parts).parts
    texts = _texts(stored, shown)
    words = FilledWords(reading, stored.period, stored.villages, texts, sections=count_sections(shown))
    numbering = Numbering(reading, words, stored)
    blocks = list(numbering.blocks(shown))
    note = told_in_document(reading, stored.period, stored.villages, _figure_keys(blocks))
    if note:
        blocks.append(Paragraph((Run(note),), key="review_note"))
    day = paper_date(reading, stored.period, stored.signed_on)
    made = Document(
        title=tuple(words.line(piece) for piece in stored.title.split(BREAK)),
        addressee=words.line(stored.addressee),
        blocks=tuple(blocks),
        office=_office(reading, stored),
        date=f"{day.year}年{day.month}月{day.day}日",
    )
    return Composed(
        made, stored.period, words.figures, words.verdicts, stored.villages, words.before, numbering.told
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """A stored document with what its wording prints now: each chip, and which variant of a part is in use.

    `gone` says of a chip why the sentence with it is not printed.
    """

    stored: StoredDocument
    parts: tuple[Part, ...]
    composed: Composed
    words: FilledWords
    numbering: Numbering
    gone: Gone


@reads
def wording_of(reading: Reading, document: int) -> Wording:
    """The wording of a document as it stands."""
    stored = documents.find(reading.conn, reading.tables, document)
    parts = tuple(documents.parts_of(reading.conn, reading.tables, document))
    shown = printed_parts(reading, stored.period, parts).parts
    words = FilledWords(
        reading, stored.period, stored.villages, _texts(stored, shown), sections=count_sections(shown)
    )
    composed = compose_parts(reading, stored, parts)
    gone = gone_from(reading, stored.period)
    return Wording(stored, parts, composed, words, Numbering(reading, words, stored), gone)


@reads
def report_settings(reading: Reading, stored: StoredDocument) -> ReportSettings:
    """How the document is printed: its own choices, or else the township's."""
    chosen = {key: value for key, value in stored.settings.items() if key in _CHOICES}
    return ReportSettings(**chosen) if chosen else settings_of(reading)


_CHOICES = frozenset(ReportSettings.__dataclass_fields__)


@reads
def compose(reading: Reading, period: Period, villages: Villages = (), area: str = "") -> Composed:
    """The document of a period and a scope as the office wrote it; where it has written none, as it would begin."""
    return compose_parts(reading, *written_or_begun(reading, period, villages, area))


def written_or_begun(
    reading: Reading, period: Period, villages: Villages = (), area: str = ""
) -> tuple[StoredDocument, Sequence[Part]]:
    """The latest stored document of exactly this scope with its parts, or what a new one would begin with."""
    stored = find_documents(reading, period, villages, area)
    if stored:
        return stored[0], documents.parts_of(reading.conn, reading.tables, stored[0].id)
    return documents.unsaved(*begun(reading, period, villages, area), reading.operator)


@reads
def lay_out_document(
    reading: Reading, document: int, progress: Progress | None = None, noted: str = ""
) -> Published:
    """Compose and lay out a stored document: what the preview shows is what is issued.

    `noted` is added to the note under the date, as an issue does with the head of the log.
    """
    stored = documents.find(reading.conn, reading.tables, document)
    parts = documents.parts_of(reading.conn, reading.tables, document)
    settings = report_settings(reading, stored)
    settings = replace(settings, remark="；".join(each for each in (settings.remark, noted) if each))
    return _laid_out(reading, stored, parts, settings, progress)


@reads
def first_page_of(reading: Reading, document: int) -> bytes:
    """A PDF whose first page is that of a stored document, ready long before the others.

    What was counted for it is kept, so that the whole document, asked for next, takes that much less.
    """
    stored = documents.find(reading.conn, reading.tables, document)
    parts = documents.parts_of(reading.conn, reading.tables, document)
    settings = report_settings(reading, stored)
    return lay_out_beginning(dressed(compose_parts(reading, stored, parts).document, settings), settings)


@reads
def lay_out(
    reading: Reading,
    period: Period,
    villages: Villages = (),
    area: str = "",
    settings: ReportSettings | None = None,
    attachments: bool = True,
    progress: Progress | None = None,
) -> Published:
    """Lay out the document of a period and a scope, in memory, without keeping one that is not there.

    Without `settings` the document's own choices hold, or the township's; `attachments` can leave the statistics out.
    """
    stored, parts = written_or_begun(reading, period, villages, area)
    chosen = report_settings(reading, stored) if settings is None else settings
    chosen = replace(chosen, attachments=chosen.attachments and attachments)
    return _laid_out(reading, stored, parts, chosen, progress)


@reads
def publish(
    reading: Reading, period: Period, path: Path, settings: ReportSettings | None = None
) -> Published:
    """Save the document of a period as PDF; an older file is replaced only when the new one is whole."""
    published = lay_out(reading, period, settings=settings)
    save(published, path)
    return published


def _laid_out(
    reading: Reading,
    stored: StoredDocument,
    parts: Sequence[Part],
    chosen: ReportSettings,
    progress: Progress | None,
) -> Published:
    """The statistics are attached where the document tells of the whole township."""
    composed = compose_parts(reading, stored, parts)
    made = dressed(composed.document, chosen)
    if chosen.attachments and not stored.villages and not stored.area:
        sections, tasks = _printed(parts)
        made = replace(
            made, attachments=attachments_of(reading, stored.period, chosen.charts, sections, tasks)
        )
    return lay_out_composed(reading, replace(composed, document=made), chosen, progress)


def _printed(parts: Sequence[Part]) -> tuple[frozenset[str], bool]:
    """The sections that some parts print, by their keys, and whether they tell plan items."""
    shown = shown_parts(parts)
    sections = frozenset(part.key for part in shown if part.kind == HEADING and part.level == 2)
    return sections, any(part.kind == ITEMS for part in shown)


def _texts(stored: StoredDocument, parts: Sequence[Part]) -> Iterator[str]:
    yield stored.title
    for part in parts:
        yield part.title
        yield part.text
        yield from part.variants.values()
        switch = source_of(part.switch)
        if switch.kind == A_CLAIM:
            yield f"{{claim.{switch.key}}}"
        elif switch.kind == TREND:
            yield f"{{{switch.key}.change}}"


def _figure_keys(blocks: Iterable[Block]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph):
            found |= {run.source for run in block.runs}
    return keys_of(FIGURE, found)


def _office(reading: Reading, stored: StoredDocument) -> str:
    """Who signs: the township, or for one village its own committee."""
    if len(stored.villages) != 1:
        return reading.profile().office
    found = records.fetch(reading.conn, reading.tables, "village", stored.villages)
    if not found:
        return reading.profile().office
    values = found[0].values
    return f"{values['name']}{'居' if values.get('kind') == '居' else '村'}民委员会"


class Numbering:
    """Counts headings and run-in titles while it turns parts into blocks."""

    def __init__(self, reading: Reading, words: FilledWords, stored: StoredDocument) -> None:
        self._reading = reading
        self._words = words
        self._stored = stored
        self._counts = [0] * 5
        #: What the parts of plan items ask for: the part of the plan and the paragraph in it.
        self._asked: set[str] = set()
        #: What the parts of plan items print, by their keys.
        self.told: dict[str, tuple[str, ...]] = {}

    def blocks(self, parts: Sequence[Part]) -> list[Block]:
        """The blocks in order; items that are told as prose go on where the paragraph before them ends."""
        made: list[Block] = []
        told = (part.text for part in parts if part.kind == ITEMS and is_told(part.text))
        self._asked = set(told)
        for part in parts:
            give_way()
            if part.kind == HEADING:
                made.append(self._heading(part))
            elif part.kind == ITEMS and is_told(part.text):
                self._tell(part, made)
            elif part.kind == ITEMS:
                made += self._items(part)
            else:
                made += self._paragraph(part)
        return made

    def _tell(self, part: Part, made: list[Block]) -> None:
        """Add a paragraph's items to it, or tell what belongs to none in a paragraph of its own."""
        found = told_items(self._plan_items, part.text, self._asked)
        self.told[part.key] = tuple(item.prose for item in found)
        if not found:
            return
        run = Run("".join(item.prose for item in found))
        last = made[-1] if made else None
        if isinstance(last, Paragraph) and goes_on(last.key, part.key):
            made[-1] = replace(last, runs=(*last.runs, run))
            return
        self._counts[3] += 1
        title = part.text.partition(IN)[2] or OTHERS
        made.append(Paragraph((run,), key=part.key, lead=(Run(f"{self._counts[3]}.{title}。"),)))

    def _heading(self, part: Part) -> Heading:
        self._counts[part.level] += 1
        for deeper in range(part.level + 1, 5):
            self._counts[deeper] = 0
        count = self._counts[part.level]
        written = {
            1: f"{chinese(count)}、",
            2: f"（{chinese(count)}）",
            3: f"{count}.",
            4: f"（{count}）",
        }[part.level]
        return Heading(_LEVELS[part.level], written, self._words.runs(part.title), part.key)

    def _paragraph(self, part: Part) -> Iterator[Paragraph]:
        text = self.chosen(part)
        if not text:
            return
        lead: tuple[Run, ...] = ()
        if part.title:
            self._counts[3] += 1
            title = part.title.rstrip("。")
            lead = self._words.runs(f"{self._counts[3]}.{title}。")
        yield Paragraph(self._words.runs(text), key=part.key, lead=lead)

    def variant(self, part: Part) -> str:
        """Which of its variants the data allow; nothing where that is the part's own text."""
        switch = source_of(part.switch)
        if switch.kind not in _STATES:
            return ""
        state = self._state(switch.kind, switch.key)
        return "" if state == _STATES[switch.kind][0] else state

    def chosen(self, part: Part) -> str:
        """The wording that the data allow; a gap to be filled where there is none for what they say."""
        state = self.variant(part)
        if not state:
            return part.text
        if state == "nothing" and state not in part.variants:
            return f"{{{part.switch.replace(':', '.')}}}。"
        return part.variants.get(state, PENDING)

    def _state(self, kind: str, key: str) -> str:
        if kind == "claim":
            verdict = self._words.verdicts.get(key)
            return verdict.state if verdict else "unknown"
        indicator = self._reading.catalogue.indicators.get(key)
        if indicator is None:
            return "unknown"
        now, before = self._words.figures.get(key), self._words.before[key]
        if now is None:  # retired by then
            return "unknown"
        return change(now.value, before.value, indicator).direction or "unknown"

    def _items(self, part: Part) -> Iterator[Paragraph]:
        for item in self._plan_items.get(part.text, ()):
            self._counts[3] += 1
            lead = (Run(f"{self._counts[3]}."),)
            self.told[part.key] = (*self.told.get(part.key, ()), f"{lead[0].text}{item.sentence}")
            yield Paragraph((Run(item.sentence),), key=f"{part.key}.{item.id}", lead=lead)

    @cached_property
    def _plan_items(self) -> dict[str, Sequence[PlanItem]]:
        """Next year's items; in a document of less than a year, what is still open of this year's."""
        period = self._stored.period
        if period.is_year:
            return dict(items_of(self._reading, period.next_year))
        return dict(open_items_of(self._reading, period.year))
