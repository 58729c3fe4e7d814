"""Hold a document against last year's issue: figures that contradict it, jumped, or paragraphs that never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhengui.catalogue.model import Indicator
from zhengui.catalogue.source import of_figure, of_part
from zhengui.catalogue.wording import CHANGE, LAST, chips
from zhengui.figures.differences import same_wording
from zhengui.figures.display_choices import shown
from zhengui.figures.finding import Finding
from zhengui.figures.spoken_of import in_unit_of, told_of
from zhengui.figures.typed_numbers import typed_numbers
from zhengui.reports.document import Paragraph
from zhengui.services.counting.compute_figures import compute
from zhengui.services.issue.preflight_text import place_of
from zhengui.services.paper.composed import Composed
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing import issues
from zhengui.storage.writing.documents import ITEMS, Part, StoredDocument
from zhengui.storage.writing.issues import FrozenFigure, Issue, IssueContent

#: Parameter: by how many percent a figure may change before it is asked about.
JUMP = "jump_limit"
#: A figure below this jumps by a great share without meaning anything.
_TOO_SMALL = 10


@dataclass(frozen=True, slots=True)
class PastIssue:
    """The latest issue of the same span and scope a year before."""

    issue: Issue
    content: IssueContent

    @property
    def figures(self) -> Mapping[str, FrozenFigure]:
        """Its figures by key."""
        return {figure.key: figure for figure in self.content.figures}


@reads
def past_issue(reading: Reading, stored: StoredDocument) -> PastIssue | None:
    """The issue that this document follows, if there is one."""
    wanted = (stored.period.previous(), stored.villages, stored.area)
    for issue in issues.issues_of(reading.conn, reading.tables):
        if (issue.period, issue.villages, issue.area) == wanted:
            return PastIssue(issue, issues.content_of(reading.conn, reading.tables, issue.id))
    return None


@reads
def past_findings(
    reading: Reading, past: PastIssue | None, parts: Sequence[Part], composed: Composed
) -> Iterator[Finding]:
    """The findings that come from comparing with a year before."""
    unchanged = set(_unchanged(past, composed))
    for part in parts:
        if part.rethink:
            told = f"{place_of(part)}沿用了原来的写法，还没有重新看过"
            yield Finding("rethink", "check", told, "请读一遍，改动或确认。", of_part(part.id))
        elif part.key in unchanged:
            told = f"{place_of(part)}与上年签发稿一字不差"
            yield Finding("unchanged", "check", told, "请看看今年有没有新的内容。", of_part(part.id))
    if past is not None:
        yield from _contradictions(reading, past, parts, composed)
    yield from _jumps(reading, past, composed)


def _unchanged(past: PastIssue | None, composed: Composed) -> Iterator[str]:
    if past is None:
        return
    before = {block.key: block.text for block in past.content.blocks if block.kind == "paragraph"}
    years = [composed.period.year + step for step in (-1, 0, 1)]
    for block in composed.document.blocks:
        if isinstance(block, Paragraph) and block.key in before:
            now = "".join(run.text for run in (*block.lead, *block.runs))
            if same_wording(before[block.key], now, years):
                yield block.key


def _contradictions(
    reading: Reading, past: PastIssue, parts: Sequence[Part], composed: Composed
) -> Iterator[Finding]:
    """Last year's figures, printed or typed now, that are not what last year's issue says."""
    issued = past.figures
    for part in parts:
        if part.kind == ITEMS:
            continue
        for chip in chips(part.text):
            before = composed.before.get(chip.key)
            told = issued.get(chip.key)
            if chip.part in (CHANGE, LAST) and before is not None and told is not None:
                now = None if before.value is None else Decimal(before.value)
                if now != told.value:
                    indicator = reading.catalogue.indicators[chip.key]
                    yield _contradiction(indicator, shown(indicator, now), told, part)
        for typed in typed_numbers(part.text):
            named = told_of(typed, reading.catalogue.indicators.values())
            if named is None or named.key not in issued or not _speaks_of_past(typed.before):
                continue
            told = issued[named.key]
            if told.value is not None and in_unit_of(typed, named) != told.value:
                yield _contradiction(named, typed.text + named.unit, told, part)


def _contradiction(indicator: Indicator, now: str, told: FrozenFigure, part: Part) -> Finding:
    title = f"“{indicator.title}”的上年数是{now}，上年签发稿写的是{told.display}"
    reason = "签发以后台账改过，或这里写错了。请核对，必要时说明。"
    return Finding("past_contradiction", "check", title, reason, of_part(part.id))


def _speaks_of_past(before: str) -> bool:
    return any(word in before for word in ("上年", "去年", "上一年"))


def _jumps(reading: Reading, past: PastIssue | None, composed: Composed) -> Iterator[Finding]:
    """Printed figures that changed by more than the limit since last year, as issued or else as it is now."""
    printed = composed.printed()
    keys = [
        key
        for key, figure in composed.figures.items()
        if of_figure(key) in printed and figure.value is not None
    ]
    live = compute(reading, composed.period.previous(), composed.villages, keys)
    limit = int(reading.parameters[JUMP])
    for key in keys:
        indicator = reading.catalogue.indicators[key]
        if indicator.display.style in ("month", "day") or indicator.parameter or indicator.function:
            continue
        issued = past.figures.get(key) if past is not None else None
        before: int | Decimal | None = issued.value if issued is not None else live[key].value
        now = composed.figures[key].value
        if before is None or now is None:
            continue
        then, value = Decimal(before), Decimal(now)
        if max(abs(then), abs(value)) >= _TOO_SMALL and abs(value - then) * 100 > abs(then) * limit:
            mark = live[key].mark if issued is None else ""
            told = f"“{indicator.title}”由上年的{shown(indicator, before)}{mark}变为{shown(indicator, now)}"
            reason = f"变化超过 {limit}%，请核对台账，属实的在文中说明原因。"
            yield Finding("jump", "check", told, reason, of_figure(key))
