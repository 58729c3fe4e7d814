"""Bring back what was edited in Word: each difference from the draft, to be taken over one by one, figures still bound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from zhengui.catalogue.wording import Chip
from zhengui.figures.differences import Span, spans
from zhengui.figures.edited_wording import TEXT, TITLE, Carried, WordingSegment, carry_over, segments
from zhengui.figures.retired_wording import JudgedWording, stretches
from zhengui.reports.document import Heading, Paragraph
from zhengui.reports.gb9704 import clean
from zhengui.services.document.compose_document import Wording, wording_of
from zhengui.services.document.edit_document import add_part, move_only, put_wording, remove_only, set_head
from zhengui.services.document.match_paragraphs import (
    ITEM,
    PrintedParagraph,
    ReadParagraph,
    matched,
    moved,
    squeezed,
)
from zhengui.services.paper.composed import BREAK
from zhengui.services.township.reading import Reading, Writing, reads, writes
from zhengui.services.township.rights import Right
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing.documents import HEADING, ITEMS, PARAGRAPH, Edit, Part

Kind = Literal["changed", "added", "removed", "moved", "head"]
_NOT_WORD = "这个文件不是 Word 文件（.docx），或者已经损坏。请在 Word 或 WPS 里另存为 .docx 再读。"
_PLAN = "这一条是计划项，请在“年度计划”里改。"
_MADE = "这一段由程序按审核情况写出，不能改。"
_OFFICE = "署名取自单位名称，请在“系统”里改。"
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")
_SHORT_TITLE = 24


@dataclass(frozen=True, slots=True)
class WordChange:
    """One difference between the draft and the edited file.

    `before` and `after` are what is printed and what the file says. `kept` figures stay bound in a changed text,
    `lost` are those whose numbers were changed by hand. With a `hindrance` it can't be taken over here. `follows`
    is the number of an added paragraph that it stands behind, else it stands behind the part `behind`.
    """

    number: int
    kind: Kind
    before: str
    after: str
    part: int = 0
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    behind: int | None = None
    follows: int = 0
    hindrance: str = ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Both texts as one, with what was taken out and what was put in."""
        return spans(self.before, self.after)


@reads
def changes_from_word(reading: Reading, document: int, data: bytes) -> list[WordChange]:
    """Everything in which the edited file differs from the draft as it is printed now, in the file's order.

    StorageProblem where the file can't be read. Attachments, page numbers and the imprint are made anew by every
    print and are not compared.
    """
    from zhengui.reports.word.read import NotAWordFile, read_paragraphs

    try:
        paragraphs = read_paragraphs(data)
    except NotAWordFile as problem:
        raise StorageProblem(_NOT_WORD) from problem
    wording = wording_of(reading, document)
    own = [
        ReadParagraph(one.kind == "heading", one.level, one.text)
        for one in paragraphs
        if one.kind in ("heading", "body")
    ]
    if not own:
        raise StorageProblem("这个 Word 文件里没有正文。请选从这份文稿存出去、改过的文件。")
    comparison = _Comparison(reading, wording)
    comparison.head([(one.kind, one.text) for one in paragraphs])
    comparison.text(own)
    return comparison.found


@writes(Right.WRITE)
def take_over(writing: Writing, document: int, change: WordChange, made: Mapping[int, int]) -> Edit:
    """Take one difference over into the draft; `made` are the new parts of additions taken before, by number."""
    if change.hindrance:
        raise StorageProblem(change.hindrance)
    if change.kind == "head":
        return set_head(writing, document, **change.values)
    if change.kind == "removed":
        return remove_only(writing, document, change.part)
    behind = made.get(change.follows, change.behind)
    if change.kind == "added":
        return add_part(writing, document, behind, **change.values)
    if change.kind == "moved":
        return move_only(writing, document, change.part, behind)
    return put_wording(writing, document, change.part, change.values)


@writes(Right.WRITE)
def take_all_over(writing: Writing, document: int, changes: Sequence[WordChange]) -> list[Edit]:
    """Take over everything that can be, in order."""
    made: dict[int, int] = {}
    edits = []
    for change in changes:
        if not change.hindrance:
            edit = take_over(writing, document, change, made)
            made[change.number] = edit.part
            edits.append(edit)
    return edits


class _Comparison:
    """Finds the differences; `found` are those so far."""

    def __init__(self, reading: Reading, wording: Wording) -> None:
        self.found: list[WordChange] = []
        self._indicators = reading.catalogue.indicators
        self._claims = reading.catalogue.claims
        self._wording = wording

    def _add(self, kind: Kind, before: str, after: str, **more: Any) -> WordChange:
        made = WordChange(len(self.found) + 1, kind, before, after, **more)
        self.found.append(made)
        return made

    # title, addressee, signature

    def head(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """What stands before and after the text; where the file has lost it, nothing is said."""
        document, stored = self._wording.composed.document, self._wording.stored
        told = {kind: "".join(text for one, text in paragraphs if one == kind) for kind, _ in paragraphs}
        title = told.get("title", "")
        if title and squeezed(title) != squeezed(document.title_text):
            carried = carry_over(self._cut(stored.title, breaks=True), title)
            self._add(
                "head",
                document.title_text,
                title,
                values={"title": carried.texts[TEXT]},
                **self._bound(carried),
            )
        addressee = told.get("addressee", "").rstrip("：:")
        if addressee and addressee != document.addressee.rstrip("：:"):
            carried = carry_over(self._cut(stored.addressee), addressee)
            values = {"addressee": carried.texts[TEXT]}
            self._add("head", document.addressee, addressee, values=values, **self._bound(carried))
        day = told.get("date", "")
        if day and day != document.date:
            signed = _day(day)
            hindrance = "" if signed else "日期要写成“2021年12月31日”这样，请在文稿里改。"
            self._add("head", document.date, day, values={"signed_on": signed}, hindrance=hindrance)
        offices = [text for kind, text in paragraphs if kind == "office"]
        # Offices that sign together are named in how the document is printed, not in the draft.
        if len(offices) == 1 and offices[0] != document.office:
            self._add("head", document.office, offices[0], hindrance=_OFFICE)

    def _cut(self, text: str, breaks: bool = False, name: str = TEXT) -> list[WordingSegment]:
        """Wording cut at its chips; the marks that divide a title print nothing."""
        if not breaks:
            return segments(text, self._wording.words.chip, name)
        found: list[WordingSegment] = []
        for place, piece in enumerate(text.split(BREAK)):
            if place:
                found.append(WordingSegment(BREAK, "", name))
            found += segments(piece, self._wording.words.chip, name)
        return found

    def _bound(self, carried: Carried) -> dict[str, tuple[str, ...]]:
        return {"kept": self._names(carried.kept), "lost": self._names(carried.lost)}

    def _names(self, chips: Sequence[Chip]) -> tuple[str, ...]:
        """What figures and claims are called, each once."""
        found = []
        for chip in chips:
            if chip.is_claim and chip.part in self._claims:
                found.append(self._claims[chip.part].title)
            elif chip.key in self._indicators:
                found.append(self._indicators[chip.key].title)
        return tuple(dict.fromkeys(found))

    # text

    def text(self, read: Sequence[ReadParagraph]) -> None:
        """Match the paragraphs and tell what differs."""
        printed = list(self._printed())
        pairs = matched(printed, read)
        partner = {there: here for here, there in pairs.items()}
        elsewhere = moved(printed, read, pairs)
        gone = [one for here, one in enumerate(printed) if here not in pairs and here not in elsewhere]
        behind: int | None = None
        follows = 0
        for there, one in enumerate(read):
            if there in partner:
                own = printed[partner[there]]
                self._changed(own, one)
                behind, follows = self._place(own, behind), 0
                continue
            here = next((old for old, new in elsewhere.items() if new == there), None)
            if here is not None:
                own = printed[here]
                part = own.part.id if own.part else 0
                hindrance = "" if own.part and own.part.kind != ITEMS else _PLAN
                self._add(
                    "moved",
                    own.number + own.text,
                    one.text,
                    part=part,
                    behind=behind,
                    follows=follows,
                    hindrance=hindrance,
                )
                behind, follows = self._place(own, behind), 0
                continue
            made = self._add("added", "", one.text, values=_values(one), behind=behind, follows=follows)
            follows = made.number
        for own in gone:
            hindrance = self._hindrance(own)
            part = own.part.id if own.part else 0
            self._add("removed", own.number + own.text, "", part=part, hindrance=hindrance)

    def _printed(self) -> Iterator[PrintedParagraph]:
        parts = {part.key: part for part in self._wording.parts}
        for block in self._wording.composed.document.blocks:
            if isinstance(block, Heading):
                text = "".join(run.text for run in block.runs)
                level = parts[block.key].level if block.key in parts else 0
                yield PrintedParagraph(
                    block.key, True, level, block.number, _clean(text), parts.get(block.key)
                )
            elif isinstance(block, Paragraph):
                lead = "".join(run.text for run in block.lead)
                number = ITEM.match(lead)
                shown = number[0] if number else ""
                text = lead[len(shown) :] + "".join(run.text for run in block.runs)
                part = parts.get(block.key) or parts.get(block.key.rpartition(".")[0])
                yield PrintedParagraph(block.key, False, 0, shown, _clean(text), part)

    @staticmethod
    def _place(own: PrintedParagraph, before: int | None) -> int | None:
        return own.part.id if own.part else before

    @staticmethod
    def _hindrance(own: PrintedParagraph) -> str:
        if own.part is None:
            return _MADE
        return _PLAN if own.part.kind == ITEMS else ""

    def _changed(self, own: PrintedParagraph, one: ReadParagraph) -> None:
        after = one.bare if own.number or own.heading else one.text
        level = one.level if own.heading and one.level and one.level != own.level else 0
        if after == own.text and not level:
            return
        before, told = own.number + own.text, one.text
        hindrance = self._hindrance(own)
        if hindrance or own.part is None:
            self._add("changed", before, told, hindrance=hindrance)
            return
        carried = carry_over(self._segments(own.part), after)
        values = self._new_values(own.part, carried, one)
        if level:
            values["level"] = level
        self._add("changed", before, told, part=own.part.id, values=values, **self._bound(carried))

    def _segments(self, part: Part) -> list[WordingSegment]:
        """The wording in use of a part: its title, which runs into the text, and its text."""
        if part.kind == HEADING:
            return self._cut(part.title, name=TITLE)
        found = self._cut(part.title.rstrip("。"), name=TITLE)
        if part.title:
            found.append(WordingSegment("。", "。", TITLE))
        for each in stretches(self._wording.numbering.chosen(part), self._wording.gone):
            found += self._stretch(each)
        return found

    def _stretch(self, stretch: JudgedWording) -> list[WordingSegment]:
        """A sentence that is not printed stays where it stands; one that ends with another mark gets its own again."""
        if stretch.written == stretch.printed:
            return self._cut(stretch.written)
        if stretch.gone:
            return [WordingSegment(stretch.written, "", TEXT)]
        written, shown = stretch.written[-1:], stretch.printed[len(stretch.written) - 1 :]
        return [*self._cut(stretch.written[:-1]), WordingSegment(written, shown, TEXT)]

    def _new_values(self, part: Part, carried: Carried, one: ReadParagraph) -> dict[str, object]:
        title, text = carried.texts.get(TITLE, ""), carried.texts.get(TEXT, "")
        if part.kind == HEADING:
            return {"title": title}
        if part.title and not (title.endswith("。") and text):
            # The title runs into the text no more: all of it is text, with the number that the file gives it.
            title, text = "", one.text[: len(one.text) - len(one.bare)] + title + text
        values: dict[str, Any] = {"title": title.removesuffix("。")} if part.title else {}
        variant = self._wording.numbering.variant(part)
        return values | ({"variants": {**part.variants, variant: text}} if variant else {"text": text})


def _values(one: ReadParagraph) -> dict[str, object]:
    """A new part: a heading, or a paragraph, whose numbered first sentence is its title."""
    if one.heading:
        return {"kind": HEADING, "title": one.bare, "level": one.level}
    title, mark, rest = one.bare.partition("。")
    if one.bare != one.text and mark and rest and len(title) <= _SHORT_TITLE:
        return {"kind": PARAGRAPH, "title": title, "text": rest}
    return {"kind": PARAGRAPH, "text": one.text}


def _clean(text: str) -> str:
    return clean(text).strip(" 　")


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
