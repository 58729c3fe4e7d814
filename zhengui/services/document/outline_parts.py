"""The parts a new document begins with: the catalogue's outline, told for a period, a village or an area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhengui.catalogue.model import Area, Catalogue, Outline, Section
from zhengui.catalogue.wording import chips
from zhengui.figures.period import Period
from zhengui.figures.period_words import in_span, span_word
from zhengui.services.counting.compute_figures import measures_of
from zhengui.services.plan.list_plan import IN
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.records import record as records
from zhengui.storage.writing.documents import HEADING, ITEMS, PARAGRAPH, Part

Values = Mapping[str, Any]


@reads
def title_of(reading: Reading, period: Period, villages: tuple[int, ...], area: str) -> str:
    """The title in pieces divided by |."""
    outline = outline_of(reading.catalogue)
    if period.is_year and not villages and not area:
        return outline.title
    place = "{township}|{place}|" if villages else "{township}|"
    subject = f"{reading.catalogue.by_area[area].title}|" if area else ""
    return f"{place}{subject}{{period}}工作总结" + (f"|及{_ahead(period)}" if not area else "")


def outline_of(catalogue: Catalogue) -> Outline:
    """The frame of the document; ValueError where it could not be read."""
    if catalogue.outline is None:
        raise ValueError("文稿提纲读不出来，请检查目录中的 document.toml。")
    return catalogue.outline


@reads
def areas_of(reading: Reading, period: Period, area: str = "") -> list[Area]:
    """The areas that a document of the period has sections for: begun by then, and not retired before."""
    return [
        each
        for each in reading.living(period).work_areas()
        if each.section is not None and area in ("", each.key)
    ]


@reads
def parts_for(reading: Reading, period: Period, villages: tuple[int, ...], area: str) -> list[Values]:
    """The parts in order, as values for `documents.create`."""
    outline = outline_of(reading.catalogue)
    written = _Told(reading, period, villages)
    parts: list[Values] = []
    if not area:
        parts += [written.paragraph(f"opening.{n}", text) for n, text in enumerate(outline.opening, 1)]
    parts.append(
        written.heading("summary", 1, outline.summary_title if period.is_year else "{period}工作总结")
    )
    if not area and outline.summary_lead:
        parts.append(written.paragraph("summary_lead", outline.summary_lead))
    for each in areas_of(reading, period, area):
        if each.section is not None:
            parts += written.section(each.section, "")
    if not area:
        parts.append(written.heading("plan", 1, outline.plan_title if period.is_year else _ahead(period)))
        if outline.plan_lead:
            parts.append(written.paragraph("plan_lead", outline.plan_lead))
        for section in outline.plan:
            parts += written.section(section, "plan.")
        parts += [written.paragraph(f"closing.{n}", text) for n, text in enumerate(outline.closing, 1)]
    return parts


@reads
def retold(
    reading: Reading, parts: Iterable[Part], period: Period, villages: tuple[int, ...]
) -> Iterator[Values]:
    """Parts of a year's document told for a shorter span, some villages or an area, to be thought over."""
    told = _Told(reading, period, villages)
    for part in parts:
        values = told.again(part)
        if part.kind == HEADING and part.level == 1 and not period.is_year:
            title = "{period}工作总结" if part.key == "summary" else _ahead(period)
            values = {**values, "title": title} if part.key in ("summary", "plan") else values
        yield values


def _ahead(period: Period) -> str:
    if period.is_year:
        return "{next_year}年工作计划"
    first_half = span_word(period) == "上半年"
    return "下半年工作打算" if first_half else "下一步工作打算"


class _Told:
    """Writes parts for one period and kind of scope."""

    def __init__(self, reading: Reading, period: Period, villages: tuple[int, ...]) -> None:
        self._reading = reading
        self._period = period
        self._of_village = bool(villages)
        self._whole = _whole_of(reading, villages) if villages else ""

    def heading(self, key: str, level: int, title: str) -> Values:
        return {"key": key, "kind": HEADING, "level": level, "title": self._wording(title)}

    def paragraph(self, key: str, text: str, title: str = "") -> Values:
        told = self._wording(text)
        on = not self._of_village or self._answerable(text)
        # A wording made for a year is no more than a start for any other span or place.
        rethink = not self._period.is_year or self._of_village
        values = {"key": key, "kind": PARAGRAPH, "text": told, "title": self._wording(title)}
        return {**values, "on": on, "rethink": rethink}

    def again(self, part: Part) -> Values:
        """A part of another document, told anew."""
        values = {
            "key": part.key,
            "kind": part.kind,
            "level": part.level,
            "title": self._wording(part.title),
            "text": part.text if part.kind == ITEMS else self._wording(part.text),
            "on": part.on and (part.kind == ITEMS or not self._of_village or self._answerable(part.text)),
            "switch": part.switch,
            "variants": {state: self._wording(text) for state, text in part.variants.items()},
        }
        return {**values, "rethink": part.kind == PARAGRAPH}

    def section(self, section: Section, lead: str) -> Iterator[Values]:
        yield self.heading(lead + section.key, 2, section.title)
        for wording in section.paragraphs:
            key = f"{lead}{section.key}.{wording.key}"
            yield self.paragraph(key, wording.text, wording.title)
            if section.items:
                yield {"key": f"{key}.items", "kind": ITEMS, "text": f"{section.items}{IN}{wording.title}"}
        if section.items:
            yield {"key": f"{lead}{section.key}.items", "kind": ITEMS, "text": f"{section.items}{IN}"}

    def _wording(self, text: str) -> str:
        if self._of_village:
            text = text.replace("{township}", "{place}").replace(self._reading.speech("全镇"), self._whole)
        if self._period.is_year:
            return text
        return in_span(text.replace("{year}年", "{period}").replace("{next_year}年", "下一步"), self._period)

    def _answerable(self, text: str) -> bool:
        """Whether every figure of the text can be told for one village."""
        return all(_by_village(self._reading.catalogue, key) for key in _figures(text))


def _whole_of(reading: Reading, villages: tuple[int, ...]) -> str:
    """What stands for 全镇 in the document of some villages: 全村, 全社区, or each of several."""
    if len(villages) > 1:
        return reading.speech("各村（居）")
    found = records.fetch(reading.conn, reading.tables, "village", villages)
    return "全社区" if found and found[0].values.get("kind") == "居" else "全村"


def _figures(text: str) -> Iterable[str]:
    return {chip.key for chip in chips(text) if not chip.is_claim and not chip.is_plain}


def _by_village(catalogue: Catalogue, key: str) -> bool:
    indicator = catalogue.indicators.get(key)
    if indicator is None:
        return False
    return all(catalogue.ledgers[measure.ledger].village for _role, measure in measures_of(indicator))
