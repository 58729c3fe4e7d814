"""What would differ if an issue were made again today, and which edits did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zhengui.catalogue.source import of_claim
from zhengui.figures.display import display, exactly
from zhengui.figures.figure import Figure, mark_of
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.issue.drift_edits import DriftEdit, Tracer
from zhengui.services.issue.frozen_content import definition_of
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.writing import issues
from zhengui.storage.writing.issues import FrozenClaim, FrozenFigure, Issue, IssueContent

__all__ = ["ClaimDrift", "Drift", "DriftEdit", "FigureDrift", "drift"]

GONE = "（指标已不在目录中）"


@dataclass(frozen=True, slots=True)
class FigureDrift:
    """A figure whose value is no longer the issued one; `prints` is whether the printed text would differ too."""

    key: str
    title: str
    then_value: Decimal | None
    now_value: Decimal | None
    then: str
    now: str
    prints: bool
    edits: tuple[DriftEdit, ...]


@dataclass(frozen=True, slots=True)
class ClaimDrift:
    """A claim whose sentence would be another one today."""

    key: str
    title: str
    then: str
    now: str
    then_sentence: str
    now_sentence: str
    edits: tuple[DriftEdit, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """Everything that would differ, in the order of the document."""

    issue: Issue
    at: datetime
    figures: tuple[FigureDrift, ...]
    claims: tuple[ClaimDrift, ...]

    @property
    def edits(self) -> tuple[DriftEdit, ...]:
        """Every edit behind it, each once, in the order in which they were made."""
        lists = [each.edits for each in self.figures] + [each.edits for each in self.claims]
        found = dict.fromkeys(edit for edits in lists for edit in edits)
        return tuple(sorted(found, key=lambda edit: (edit.at, edit.number, edit.ledger, edit.record)))

    @property
    def sentence(self) -> str:
        """It in one sentence."""
        if not self.figures and not self.claims:
            return "现在重新签发，指标和断言都不会变。"
        claims = f"、{len(self.claims)} 条断言" if self.claims else ""
        return f"现在重新签发，会有 {len(self.figures)} 个指标{claims}不一样，涉及 {len(self.edits)} 处改动。"


@reads
def drift(reading: Reading, issue_id: int) -> Drift:
    """Compare an issue with what its period and scope give today."""
    issue = issues.find(reading.conn, reading.tables, issue_id)
    content = issues.content_of(reading.conn, reading.tables, issue_id)
    changed = _changed_figures(reading, issue, content)
    claims = _changed_claims(reading, issue, content)
    tracer = Tracer(reading, issue, content)
    figures = tuple(_figure_drift(reading, frozen, now, tracer) for frozen, now in changed)
    judged = tuple(
        ClaimDrift(
            frozen.key,
            frozen.title,
            frozen.state,
            state,
            frozen.sentence,
            sentence,
            tracer.edits(of_claim(frozen.key)),
        )
        for frozen, state, sentence in claims
    )
    return Drift(issue, datetime.now(), figures, judged)


def _changed_figures(
    reading: Reading, issue: Issue, content: IssueContent
) -> list[tuple[FrozenFigure, Figure | None]]:
    known = [figure for figure in content.figures if figure.key in reading.catalogue.indicators]
    now = compute(reading, issue.period, issue.villages, [figure.key for figure in known])
    found: list[tuple[FrozenFigure, Figure | None]] = []
    for frozen in content.figures:
        figure = now.get(frozen.key)
        value = None if figure is None or figure.value is None else Decimal(figure.value)
        if value != frozen.value:
            found.append((frozen, figure))
    return found


def _figure_drift(
    reading: Reading, frozen: FrozenFigure, figure: Figure | None, tracer: Tracer
) -> FigureDrift:
    indicator = reading.catalogue.indicators.get(frozen.key)
    then = frozen.display + mark_of(frozen.how)
    if indicator is None:
        return FigureDrift(frozen.key, frozen.title, frozen.value, None, then, GONE, True, ())
    now = None if figure is None or figure.value is None else Decimal(figure.value)
    printed = display(indicator, now)
    shown = printed + (figure.mark if figure is not None else "")
    if then == shown and frozen.value is not None and now is not None:
        then += f"（{exactly(indicator, frozen.value)}）"
        shown += f"（{exactly(indicator, now)}）"
    edits = list(tracer.edits(frozen.key))
    if definition_of(indicator) != frozen.definition:
        edits.append(tracer.redefined(frozen.key, frozen.how, indicator.how))
    same = (frozen.title, frozen.value, now, then, shown, printed != frozen.display)
    return FigureDrift(frozen.key, *same, tuple(edits))


def _changed_claims(
    reading: Reading, issue: Issue, content: IssueContent
) -> list[tuple[FrozenClaim, str, str]]:
    keys = [claim.key for claim in content.claims if claim.key in reading.catalogue.claims]
    now = judge_all(reading, issue.period, issue.villages, keys)
    return [
        (frozen, now[frozen.key].state, now[frozen.key].sentence)
        for frozen in content.claims
        if frozen.key in now and now[frozen.key].state != frozen.state
    ]
