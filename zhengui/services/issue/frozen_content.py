"""What an issue freezes of a composed document: its text, its figures, its claims, and the records behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from zhengui.catalogue.model import Catalogue, Claim, Indicator, Measure
from zhengui.catalogue.source import CLAIM, is_of, of_claim, of_figure, source_of
from zhengui.figures.figure import Figure
from zhengui.reports.document import Document, Heading, Paragraph, Run, Table
from zhengui.services.counting.compute_figures import measures_of
from zhengui.services.paper.composed import Composed
from zhengui.services.township.reading import Reading, reads
from zhengui.storage.counting.measured_rows import failing_ids, row_ids
from zhengui.storage.query.predicates import Scope
from zhengui.storage.records.edits_since import versions_of
from zhengui.storage.writing.issues import Block, FrozenClaim, FrozenFigure, FrozenRecords, IssueContent

FAILING = "failing"


@reads
def freeze(reading: Reading, composed: Composed) -> IssueContent:
    """Everything besides the pages, as it stands now."""
    sources = composed.printed() | set(_attached(composed.document))
    catalogue = reading.catalogue
    keys = [key for key in catalogue.indicators if of_figure(key) in sources]
    claims = [key for key in catalogue.claims if of_claim(key) in sources]
    return IssueContent(
        tuple(_blocks(composed.document)),
        tuple(frozen_figure(catalogue.indicators[key], composed.figures[key]) for key in keys),
        tuple(
            FrozenClaim(key, catalogue.claims[key].title, verdict.state, verdict.sentence, verdict.reason)
            for key in claims
            if (verdict := composed.verdicts.get(key)) is not None
        ),
        tuple(_records(reading, composed, keys, claims)),
    )


def frozen_figure(indicator: Indicator, figure: Figure) -> FrozenFigure:
    """A figure as it is now."""
    value = None if figure.value is None else Decimal(figure.value)
    return FrozenFigure(
        indicator.key,
        indicator.title,
        indicator.unit,
        value,
        figure.display,
        figure.how,
        figure.records,
        definition_of(indicator),
    )


def definition_of(indicator: Indicator) -> str:
    """A short text that differs where the indicator is declared to count something else."""
    declared = (
        indicator.measure,
        indicator.over,
        indicator.parameter,
        indicator.function,
        indicator.part,
        indicator.factor,
        indicator.unit,
    )
    return hashlib.sha256(repr(declared).encode()).hexdigest()[:16]


def claim_measures(catalogue: Catalogue, claim: Claim) -> list[Measure]:
    """Every measure that a claim is judged by."""
    own = [claim.measure, *(cover.measure for cover in claim.covers)]
    told = [catalogue.indicators[key].measure for key in claim.indicators]
    return [measure for measure in (*own, *told) if measure is not None]


def ledgers_behind(catalogue: Catalogue, content: IssueContent) -> set[str]:
    """The ledgers whose months an issue rests on."""
    found = {frozen.ledger for frozen in content.records}
    for claim in content.claims:
        found |= {measure.ledger for measure in claim_measures(catalogue, catalogue.claims[claim.key])}
    return found


def rows_now(reading: Reading, scope: Scope, key: str) -> Iterator[tuple[str, Measure, list[int]]]:
    """(role, measure, ids) of a figure, or of a claim by claim:key, as they are now."""
    tables, catalogue, parameters = reading.tables, reading.catalogue, reading.parameters
    if not is_of(CLAIM, key):
        for role, measure in measures_of(catalogue.indicators[key]):
            yield role, measure, row_ids(reading.conn, tables, measure, scope, parameters)
        return
    claim = catalogue.claims[source_of(key).key]
    for place, measure in enumerate(claim_measures(catalogue, claim)):
        yield str(place), measure, row_ids(reading.conn, tables, measure, scope, parameters)
    if claim.kind == "all" and claim.measure is not None:
        also = (claim.also, claim.also_matches)
        failing = failing_ids(reading.conn, tables, claim.measure, *also, scope, parameters)
        where, matches = (*claim.measure.where, *claim.also), (*claim.measure.matches, *claim.also_matches)
        yield FAILING, replace(claim.measure, where=where, matches=matches), failing


def _records(
    reading: Reading, composed: Composed, keys: Sequence[str], claims: Sequence[str]
) -> Iterator[FrozenRecords]:
    scope = Scope(composed.period, composed.villages)
    for key in (*keys, *(of_claim(claim) for claim in claims)):
        for role, measure, ids in rows_now(reading, scope, key):
            versions = versions_of(reading.conn, reading.tables, measure.ledger, ids)
            kept = tuple(versions[record] for record in ids)
            yield FrozenRecords(key, role, measure.ledger, tuple(ids), kept)


def _blocks(document: Document) -> Iterator[Block]:
    yield Block("title", "title", "", document.title_text, ((document.title_text, ""),))
    for block in document.blocks:
        if isinstance(block, Heading):
            yield Block(block.key, "heading", block.number, _text(block.runs), _runs(block.runs))
        elif isinstance(block, Paragraph):
            runs = (*block.lead, *block.runs)
            yield Block(block.key, "paragraph", "", _text(runs), _runs(runs))


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _runs(runs: Sequence[Run]) -> tuple[tuple[str, str], ...]:
    return tuple((run.text, run.source) for run in runs)


def _attached(document: Document) -> Iterator[str]:
    """The sources of the numbers in attached tables."""
    for attachment in document.attachments:
        for block in attachment.blocks:
            if isinstance(block, Table):
                yield from (cell.source for row in (*block.rows, block.totals) for cell in row if cell.source)
