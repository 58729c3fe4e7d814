"""Every ledger and register goes through form, table, history, export, import, figures and document."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.services.breaking_records import BREAKING, Breaking
from tests.services.whole_office import YEAR, fitting_record, live, make_office, sound_record
from tests.window_ways import Stage, through_history, through_the_form, through_the_table
from tests.workbook_ways import through_a_workbook
from zhengui.catalogue.load import load_catalogue
from zhengui.catalogue.model import Indicator, Ledger, Measure, RuleKind
from zhengui.figures.display import in_document
from zhengui.figures.period import year
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.kit import style
from zhengui.services.counting.compute_figures import compute, measures_of
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.counting.trace_figure import figures_of, rows, trace
from zhengui.services.document.compose_document import compose
from zhengui.services.entry import record
from zhengui.services.paper.composed import Composed
from zhengui.services.township.township import Township
from zhengui.storage.records import record as stored

CATALOGUE = load_catalogue()
PERIOD = year(YEAR)


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    style.put_on(qapp)
    folder = tmp_path_factory.mktemp("every")
    township = make_office(folder / "office.zgdb", CATALOGUE)
    panel = FormPanel(township)
    panel.resize(364, 620)
    panel.show()
    base = {key: frozenset(live(township, key)) for key in CATALOGUE.ledgers}
    yield Stage(township, panel, folder, base)
    panel.form.drafts.rest()
    panel.close()
    township.close()


@pytest.fixture(autouse=True)
def _as_before(stage: Stage) -> Iterator[None]:
    """Each ledger leaves the office as it found it."""
    yield
    stage.as_it_was()
    assert {key: frozenset(live(stage.township, key)) for key in stage.base} == stage.base


@pytest.mark.parametrize("key", list(CATALOGUE.ledgers))
def test_ledger(key: str, stage: Stage) -> None:
    ledger = CATALOGUE.ledgers[key]
    values = sound_record(stage.township, key)
    saved = through_the_form(stage, ledger, values)
    values = record.load(stage.township, key, saved)[0]
    through_the_table(stage, ledger, saved, values)
    through_history(stage, ledger, saved, values)
    through_a_workbook(stage, ledger, saved)
    record.delete(stage.township, key, [saved])
    made = through_the_figures(stage, ledger)
    through_the_document(stage, ledger, made)
    for claim, breaking in BREAKING.items():
        if breaking.ledger == key:
            through_a_claim(stage, claim, breaking)


def through_the_figures(stage: Stage, ledger: Ledger) -> list[str]:
    """For every figure of the ledger: a record that fits is counted, found again, and gone once binned."""
    made = []
    for indicator in CATALOGUE.indicators.values():
        for role, measure in measures_of(indicator):
            if measure.ledger == ledger.key:
                counts(stage.township, indicator, role, measure)
                made.append(indicator.key)
    return list(dict.fromkeys(made))


def counts(township: Township, indicator: Indicator, role: str, measure: Measure) -> None:
    key = indicator.key
    # A new class ends the one before, which deleting the new one does not begin again.
    ends = any(rule.kind is RuleKind.ALONE for rule in CATALOGUE.ledgers[measure.ledger].rules)
    rows_before = live(township, measure.ledger) if ends else {}
    before = compute(township, PERIOD, (), [key])[key]
    saved = record.save(township, measure.ledger, fitting_record(township, measure)).id
    found = trace(township, key, PERIOD)
    part = next(part for part in found.parts if part.role == role)
    assert saved in part.ids, key
    assert found.figure.records == found.records == len(rows(township, found)) > 0, key
    assert found.figure.value is not None, (key, found.figure.reason)
    assert key in [each for each, _title in figures_of(township, measure.ledger, saved, PERIOD)]
    if measure.kind == "count" and indicator.over is None:
        assert found.figure.value == (before.value or 0) + 1, key
    removed = record.delete(township, measure.ledger, [saved])
    for number, values in rows_before.items():
        with township.writing() as writing:
            stored.update(writing.conn, writing.tables, measure.ledger, number, values, writing.operator)
    binned = compute(township, PERIOD, (), [key])[key]
    assert (binned.value, binned.records) == (before.value, before.records), key
    if not ends:
        record.restore(township, removed)


def through_the_document(stage: Stage, ledger: Ledger, figures: list[str]) -> None:
    """The yearly document prints the figures of the ledger with the values they have now."""
    composed = compose(stage.township, PERIOD)
    computed = compute(stage.township, PERIOD, (), figures)
    text = printed_text(composed)
    for key in figures:
        indicator = CATALOGUE.indicators[key]
        told = [run.text for run in composed.document.runs() if run.source == f"figure:{key}"]
        assert told or indicator.n is None, f"{key} is one of the 83 and isn't printed"
        if told:
            # Where the only record ended another's time, it was not brought back, and the figure is to be filled in.
            printed = in_document(indicator, computed[key].value)
            assert printed in told, (key, told)
            assert printed in text
    if ledger.key == "plan_item":
        wordings = [
            row["wording"]
            for row in live(stage.township, "plan_item").values()
            if row["plan_year"] == YEAR + 1
        ]
        assert wordings
        assert all(wording.rstrip("。") in text for wording in wordings)
    assert not re.search(r"\{[a-z]", text)


def printed_text(composed: Composed) -> str:
    """All words of the document."""
    return "".join(run.text for run in composed.document.runs())


def through_a_claim(stage: Stage, key: str, breaking: Breaking) -> None:
    """The sentence is printed, is not while one record speaks against it, and is again afterwards."""
    township = stage.township
    stage.as_it_was()  # what the figures brought in may speak against the claim
    holds = judge_all(township, PERIOD, (), [key])[key]
    assert holds.state == "holds", holds.reason
    assert holds.sentence in printed_text(compose(township, PERIOD))
    undo = breaking.do(township)
    fails = judge_all(township, PERIOD, (), [key])[key]
    assert fails.state == "fails", fails.reason
    text = printed_text(compose(township, PERIOD))
    assert holds.sentence not in text
    assert fails.sentence in text
    undo()
    assert judge_all(township, PERIOD, (), [key])[key] == holds
