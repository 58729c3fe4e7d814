"""Compose the yearly document: the wording of the catalogue, the figures of the year, the items of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhengui.catalogue.model import Catalogue, Section
from zhengui.catalogue.model import Paragraph as Wording
from zhengui.figures.claims import Verdict
from zhengui.figures.display import in_document
from zhengui.figures.figure import Figure
from zhengui.figures.numerals import chinese
from zhengui.figures.period import Period
from zhengui.figures.period import year as whole_year
from zhengui.figures.wording import expand, placeholders
from zhengui.reports.document import Block, Document, Heading, Level, Paragraph, Run
from zhengui.services.compute_figures import Villages, compute, named_villages
from zhengui.services.judge_claims import judge_all
from zhengui.services.list_plan import PlanItem, items_of
from zhengui.services.township import Township

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
    """The document with what it rests on: the figures and verdicts it prints, by key."""

    document: Document
    period: Period
    figures: Mapping[str, Figure]
    verdicts: Mapping[str, Verdict]

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


class _Writer:
    """Turns wording into runs, for one township and one year."""

    def __init__(
        self,
        township: Township,
        period: Period,
        figures: Mapping[str, Figure],
        verdicts: Mapping[str, Verdict],
        villages: Mapping[str, str],
    ) -> None:
        self._indicators = township.catalogue.indicators
        self._figures = figures
        self._verdicts = verdicts
        self._villages = villages
        self._plain = {
            "year": str(period.year),
            "next_year": str(period.next_year),
            "township": township.profile().name,
        }

    def runs(self, text: str) -> tuple[Run, ...]:
        """The text with every placeholder filled in, each figure a run of its own."""
        return tuple(Run(piece.text, piece.source) for piece in expand(text, self._resolve))

    def line(self, text: str) -> str:
        """The text filled in, as plain text."""
        return "".join(run.text for run in self.runs(text))

    def _resolve(self, name: str) -> tuple[str, str] | None:
        if name in self._plain:
            return self._plain[name], ""
        if name.startswith("claim."):
            verdict = self._verdicts.get(name.removeprefix("claim."))
            return (verdict.sentence, f"claim:{verdict.key}") if verdict else None
        key, _, part = name.partition(".")
        if part == "villages":
            return self._villages.get(key, ""), f"figure:{key}"
        figure = self._figures.get(key)
        if figure is None:
            return None
        return in_document(self._indicators[key], figure.value), f"figure:{key}"


def summarise_year(
    township: Township, year: int, villages: Villages = (), on: date | None = None
) -> Composed:
    """The summary of a year and the plan of the next, as a document.

    `on` is the date of signature, the year's last day by default.
    """
    period = whole_year(year)
    catalogue = township.catalogue
    figures = compute(township, period, villages)
    verdicts = judge_all(township, period, villages)
    named = named_villages(township, _villages_asked(catalogue), period, villages)
    writer = _Writer(township, period, figures, verdicts, named)
    outline = catalogue.outline
    if outline is None:
        raise ValueError("文稿提纲读不出来，请检查 resources/catalogue/document.toml。")
    blocks: list[Block] = [Paragraph(writer.runs(text), key="opening") for text in outline.opening]
    blocks.append(_heading(Level.FIRST, 1, writer.runs(outline.summary_title), "summary"))
    blocks += (
        [Paragraph(writer.runs(outline.summary_lead), key="summary_lead")] if outline.summary_lead else []
    )
    sections = [area.section for area in catalogue.work_areas() if area.section is not None]
    blocks += _sections(writer, sections, {})
    blocks.append(_heading(Level.FIRST, 2, writer.runs(outline.plan_title), "plan"))
    blocks += [Paragraph(writer.runs(outline.plan_lead), key="plan_lead")] if outline.plan_lead else []
    blocks += _sections(writer, outline.plan, items_of(township, period.next_year))
    blocks += [Paragraph(writer.runs(text), key="closing") for text in outline.closing]
    day = on or period.end
    document = Document(
        title=tuple(writer.line(part) for part in outline.title.split(BREAK)),
        addressee=writer.line(outline.addressee),
        blocks=tuple(blocks),
        office=township.profile().office,
        date=f"{day.year}年{day.month}月{day.day}日",
    )
    return Composed(document, period, figures, verdicts)


def _villages_asked(catalogue: Catalogue) -> set[str]:
    """The figures whose villages the wording names, so that only theirs are looked up."""
    texts = [claim.holds + claim.fails + claim.unknown for claim in catalogue.claims.values()]
    sections = [area.section for area in catalogue.work_areas() if area.section is not None]
    for section in (*sections, *(catalogue.outline.plan if catalogue.outline else ())):
        texts += [wording.text for wording in section.paragraphs]
    names = {name for text in texts for name in placeholders(text)}
    return {name.removesuffix(".villages") for name in names if name.endswith(".villages")} & set(
        catalogue.indicators
    )


def _heading(level: Level, number: int, runs: tuple[Run, ...], key: str) -> Heading:
    written = f"{chinese(number)}、" if level is Level.FIRST else f"（{chinese(number)}）"
    return Heading(level, written, runs, key)


def _sections(
    writer: _Writer, sections: Sequence[Section], items: Mapping[str, Sequence[PlanItem]]
) -> Iterator[Block]:
    for number, section in enumerate(sections, start=1):
        yield _heading(Level.SECOND, number, writer.runs(section.title), section.key)
        count = 0
        for wording in section.paragraphs:
            count += bool(wording.title)
            yield _paragraph(writer, wording, count, section.key)
        for item in items.get(section.items, ()):
            count += 1
            lead = (Run(f"{count}."),)
            yield Paragraph((Run(item.sentence),), key=f"{section.key}.item.{item.id}", lead=lead)


def _paragraph(writer: _Writer, wording: Wording, number: int, section: str) -> Paragraph:
    lead = writer.runs(f"{number}.{wording.title.rstrip('。')}。") if wording.title else ()
    return Paragraph(writer.runs(wording.text), key=f"{section}.{wording.key}", lead=lead)
