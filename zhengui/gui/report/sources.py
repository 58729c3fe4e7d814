"""What a printed figure or claim leads to, and what hovering over it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengui.catalogue.source import CLAIM, FIGURE, PLAN, REPORT, REVIEW, Source, of_claim, of_figure

if TYPE_CHECKING:
    from zhengui.catalogue.model import Catalogue
    from zhengui.gui.desk.desk import Desk
    from zhengui.services.paper.composed import Composed
    from zhengui.storage.writing.documents import StoredDocument


def take_scope(desk: Desk, stored: StoredDocument) -> None:
    """Let period and villages be the document's, so that the records opened are those its figures counted."""
    scope = desk.scope
    before = (scope.period, scope.villages)
    scope.set_both(stored.period, stored.villages)
    if (scope.period, scope.villages) != before:
        desk.say("时段和村（居）已换成这份文稿的", lambda: scope.set_both(*before))


def open_source(desk: Desk, source: Source) -> None:
    """A figure opens its records, those of the issue that it was clicked in; a claim, the ledger it is judged by."""
    if source.kind == REPORT:
        desk.go("reporting", source.key)
    elif source.kind == REVIEW:
        desk.go_to_ledger(source.key)
    elif source.kind == PLAN:
        desk.go("plan")
    elif source.kind == FIGURE:
        desk.go("figure", source.key, issue=source.issue)
    elif source.kind == CLAIM:
        claim = desk.catalogue.claims[source.key]
        measure = claim.measure or (claim.covers[0].measure if claim.covers else None)
        if measure is not None:
            desk.go_to_ledger(measure.ledger)
        elif claim.indicators:
            desk.go("figure", claim.indicators[0])


def tips_of(composed: Composed, catalogue: Catalogue) -> dict[str, str]:
    """For every source: its title and value, then how it is computed."""
    tips = {
        of_figure(key): f"{catalogue.indicators[key].title}：{figure.marked}\n{figure.how}\n"
        f"{figure.records} 条记录"
        for key, figure in composed.figures.items()
    }
    for key, verdict in composed.verdicts.items():
        tips[of_claim(key)] = f"{catalogue.claims[key].title}\n{verdict.reason}"
    return tips
