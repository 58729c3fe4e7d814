"""Set two versions, two issues or two years side by side: paragraph by paragraph, sentence by sentence, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengui.figures.differences import Difference, Kind, compare_paragraphs, compare_sentences, spans
from zhengui.services.document.compose_document import compose_document
from zhengui.services.document.edit_document import open_document, versions
from zhengui.services.issue.frozen_content import freeze
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing import issues
from zhengui.storage.writing.documents import HEADING, Part
from zhengui.storage.writing.issues import Issue, IssueContent


@reads
def compare_versions(
    reading: Reading, document: int, before: int, after: int | None = None
) -> list[Difference]:
    """Two kept versions by number, or one and the document as it is now.

    The key of a difference is the part's key. KeyError where there is no version of that number.
    """
    kept = {version.number: version.parts for version in versions(reading, document)}
    now: Sequence[Part] = open_document(reading, document).parts if after is None else kept[after]
    return compare_paragraphs(_lines(kept[before]), _lines(now))


def _lines(parts: Sequence[Part]) -> list[tuple[str, str]]:
    return [(part.key, _line(part)) for part in parts]


def _line(part: Part) -> str:
    """A part as one readable line."""
    off = "" if part.on else "（不印）"
    if part.kind == HEADING:
        return f"{off}{part.title}"
    title = f"{part.title.rstrip('。')}。" if part.title else ""
    variants = "".join(f"／{text}" for _state, text in sorted(part.variants.items()))
    return f"{off}{title}{part.text}{variants}"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in two issues; a side that has none is empty."""

    key: str
    title: str
    before: str
    after: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A printed paragraph in two issues, with its sentences set against each other."""

    key: str
    difference: Difference
    sentences: tuple[Difference, ...]

    @staticmethod
    def of(before: str, after: str) -> ParagraphRow:
        """One paragraph in two versions, with no key of its own."""
        kind: Kind = "added" if not before else "removed" if not after else "changed"
        difference = Difference("", kind, before, after, spans(before, after))
        return ParagraphRow("", difference, tuple(compare_sentences(before, after)))


@dataclass(frozen=True, slots=True)
class ComparedIssues:
    """Two issues side by side, in the order of the later one."""

    before: Issue
    after: Issue
    figures: tuple[FigureRow, ...]
    paragraphs: tuple[ParagraphRow, ...]


@reads
def compare_issues(reading: Reading, before: int, after: int) -> ComparedIssues:
    """Two issues, of one document or of two years, figure by figure and sentence by sentence."""
    heads = [issues.find(reading.conn, reading.tables, each) for each in (before, after)]
    old, new = (issues.content_of(reading.conn, reading.tables, each) for each in (before, after))
    return ComparedIssues(heads[0], heads[1], _figures(old, new), _paragraphs(_printed(old), _printed(new)))


@reads
def compare_with_today(reading: Reading, issue: int) -> tuple[ParagraphRow, ...]:
    """An issue's text against what its document would print today, wording and figures."""
    head = issues.find(reading.conn, reading.tables, issue)
    content = issues.content_of(reading.conn, reading.tables, issue)
    today = freeze(reading, compose_document(reading, head.document))
    return _paragraphs(_printed(content), _printed(today))


def _figures(old: IssueContent, new: IssueContent) -> tuple[FigureRow, ...]:
    then, now = ({figure.key: figure for figure in content.figures} for content in (old, new))
    rows = []
    for key in dict.fromkeys((*now, *then)):
        first, last = then.get(key), now.get(key)
        told = last or first
        assert told is not None
        differs = first is None or last is None or first.value != last.value
        sides = (first.display if first else "", last.display if last else "")
        rows.append(FigureRow(key, told.title, *sides, differs))
    return tuple(rows)


def _paragraphs(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> tuple[ParagraphRow, ...]:
    return tuple(
        ParagraphRow(each.key, each, tuple(compare_sentences(each.before, each.after)))
        for each in compare_paragraphs(old, new)
    )


def _printed(content: IssueContent) -> list[tuple[str, str]]:
    """The printed blocks by key, each key once."""
    found: dict[str, str] = {}
    for block in content.blocks:
        key, count = block.key, 1
        while key in found:
            count += 1
            key = f"{block.key}#{count}"
        found[key] = block.number + block.text
    return list(found.items())
