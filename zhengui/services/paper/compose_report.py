"""Compose the yearly document: the wording of the catalogue, the figures of the year, the items of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhengui.catalogue.model import Catalogue, Section
from zhengui.catalogue.model import Paragraph as Wording
from zhengui.figures.claims import Verdict
from zhengui.figures.figure import Figure
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.reports.document import Block, Document, Heading, Level, Paragraph, Run
from zhengui.services.counting.compute_figures import Villages
from zhengui.services.counting.fill_wording import Words
from zhengui.services.plan.list_plan import PlanItem, items_of
from zhengui.services.township.reading import Reading, reads

#: Marks in the outline's title where a line may end.
BREAK = "|"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before printing: where it comes from, what it is, and why."""

    source: str
    title: str
    reason: str

    def __str__(self) -> str:
        return f"{self.title}。{self.reason}" if self.reason else self.title


@dataclass(frozen=True, slots=True)
class Composed:
    """The document with what it rests on: the figures and verdicts it prints, by key, and last year's it compares."""

    document: Document
    period: Period
    figures: Mapping[str, Figure]
    verdicts: Mapping[str, Verdict]
    villages: Villages = ()
    before: Mapping[str, Figure] = field(default_factory=dict)

    def printed(self) -> set[str]:
        """The sources of all printed runs: figure:key and claim:key."""
        return {run.source for run in self.document.runs() if run.source}

    def remarks(self, catalogue: Catalogue) -> list[Remark]:
        """What a careful clerk looks at before printing: unknown figures, and claims that are not made."""
        printed = self.printed()
        told = [
            Remark(f"figure:{key}", f"{catalogue.indicators[key].title}：未知", figure.reason)
            for key, figure in self.figures.items()
            if f"figure:{key}" in printed and figure.value is None
        ]
        words = {"fails": "不成立，已换成如实的写法", "unknown": "暂不能写，已换成稳妥的写法"}
        told += [
            Remark(f"claim:{key}", f"“{catalogue.claims[key].title}”{words[verdict.state]}", verdict.reason)
            for key, verdict in self.verdicts.items()
            if verdict.state in words
        ]
        return told


@reads
def summarise_year(reading: Reading, year: int, villages: Villages = (), on: date | None = None) -> Composed:
    """The summary of a year and the plan of the next, as a document.

    `on` is the date of signature, the year's last day by default.
    """
    period = whole_year(year)
    catalogue = reading.catalogue
    outline = catalogue.outline
    if outline is None:
        raise ValueError("文稿提纲读不出来，请检查 resources/catalogue/document.toml。")
    sections = [area.section for area in catalogue.work_areas() if area.section is not None]
    counts = {"summary_sections": len(sections), "plan_sections": len(outline.plan)}
    words = Words(reading, period, villages, _wordings(catalogue), every_claim=True, sections=counts)
    blocks: list[Block] = [Paragraph(words.runs(text), key="opening") for text in outline.opening]
    blocks.append(_heading(Level.FIRST, 1, words.runs(outline.summary_title), "summary"))
    blocks += (
        [Paragraph(words.runs(outline.summary_lead), key="summary_lead")] if outline.summary_lead else []
    )
    blocks += _sections(words, sections, {})
    blocks.append(_heading(Level.FIRST, 2, words.runs(outline.plan_title), "plan"))
    blocks += [Paragraph(words.runs(outline.plan_lead), key="plan_lead")] if outline.plan_lead else []
    blocks += _sections(words, outline.plan, items_of(reading, period.next_year))
    blocks += [Paragraph(words.runs(text), key="closing") for text in outline.closing]
    day = on or period.end
    document = Document(
        title=tuple(words.line(part) for part in outline.title.split(BREAK)),
        addressee=words.line(outline.addressee),
        blocks=tuple(blocks),
        office=reading.profile().office,
        date=f"{day.year}年{day.month}月{day.day}日",
    )
    return Composed(document, period, words.figures, words.verdicts, villages)


def _wordings(catalogue: Catalogue) -> Iterator[str]:
    """Every wording of the outline."""
    sections = [area.section for area in catalogue.work_areas() if area.section is not None]
    for section in (*sections, *(catalogue.outline.plan if catalogue.outline else ())):
        yield from (wording.text for wording in section.paragraphs)


def _heading(level: Level, number: int, runs: tuple[Run, ...], key: str) -> Heading:
    written = f"{chinese(number)}、" if level is Level.FIRST else f"（{chinese(number)}）"
    return Heading(level, written, runs, key)


def _sections(
    words: Words, sections: Sequence[Section], items: Mapping[str, Sequence[PlanItem]]
) -> Iterator[Block]:
    for number, section in enumerate(sections, start=1):
        yield _heading(Level.SECOND, number, words.runs(section.title), section.key)
        count = 0
        for wording in section.paragraphs:
            count += bool(wording.title)
            yield _paragraph(words, wording, count, section.key)
        for item in items.get(section.items, ()):
            count += 1
            lead = (Run(f"{count}."),)
            yield Paragraph((Run(item.sentence),), key=f"{section.key}.item.{item.id}", lead=lead)


def _paragraph(words: Words, wording: Wording, number: int, section: str) -> Paragraph:
    lead = words.runs(f"{number}.{wording.title.rstrip('。')}。") if wording.title else ()
    return Paragraph(words.runs(wording.text), key=f"{section}.{wording.key}", lead=lead)
