"""One action of the user sees one state of the file: a value and its records cannot come from two."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.architecture.tree import PACKAGE, syntax
from tests.services.test_issue_document import short_document
from tests.services.written_office import add
from zhengui.figures.period import year
from zhengui.gui.figure.facts import read_facts
from zhengui.gui.home.facts import read_home
from zhengui.gui.ledger.source import load
from zhengui.gui.returns.facts import read_ledger
from zhengui.services.counting.compute_figures import compute
from zhengui.services.counting.judge_claims import judge_all
from zhengui.services.counting.trace_figure import trace
from zhengui.services.document.compose_document import compose_document, lay_out, lay_out_document
from zhengui.services.entry.record import delete, restore, save
from zhengui.services.issue.drift import drift
from zhengui.services.issue.issue_document import issue, submit
from zhengui.services.issue.preflight import preflight
from zhengui.services.plan.track_plan import track
from zhengui.services.township.township import Township
from zhengui.storage.query.selection import Selection

SERVICES = PACKAGE / "services"
#: What opens states by itself: the township, the founding of an office, the demo in a transaction for each ledger,
#: and an import, which reads and previews before it backs up and writes.
OPENERS = {
    "township/township.py",
    "township/reading.py",
    "whole/found_office.py",
    "whole/demo.py",
    "whole/demo_reports.py",
    "whole/demo_loops.py",
    # The way in, and the log, belong to the file itself and not to a state of it.
    "township/people.py",
    "township/check_log.py",
    "entry/import_workbook.py",
    "entry/apply_import.py",
}


@pytest.fixture
def opened(written: Township, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The transactions that were begun since, by kind."""
    kinds: list[str] = []
    for kind in ("reading", "writing"):
        begin = getattr(written.database, kind)

        @contextmanager
        def counted(*about: Any, kind: str = kind, begin: Callable[..., Any] = begin) -> Iterator[Any]:
            kinds.append(kind)
            with begin(*about) as conn:
                yield conn

        monkeypatch.setattr(written.database, kind, counted)
    return kinds


def _issued(township: Township) -> int:
    document = short_document(township)
    submit(township, document)
    return issue(township, document).id


READS: dict[str, Callable[[Township], object]] = {
    "figures": lambda t: compute(t, year(2021)),
    "claims": lambda t: judge_all(t, year(2021)),
    "click on a figure": lambda t: read_facts(t, "hazards_removed", year(2021), (), year(2020)),
    "records of a figure": lambda t: trace(t, "hazard_rate", year(2021)),
    "overview": lambda t: read_home(t, year(2021)),
    "table": lambda t: load(t, Selection("hazard", year(2021))),
    "reports": lambda t: read_ledger(t, "hazard", 2021),
    "plan": lambda t: track(t, 2021),
    "yearly document": lambda t: lay_out(t, year(2021)),
}


@pytest.mark.parametrize("action", READS)
def test_reading_is_one_state(action: str, written: Township, opened: list[str]) -> None:
    READS[action](written)
    assert opened == ["reading"]


def test_a_document_is_looked_over_and_laid_out_in_one_state_each(
    written: Township, opened: list[str]
) -> None:
    document = short_document(written)
    for action in (compose_document, lay_out_document, preflight):
        opened.clear()
        action(written, document)
        assert opened == ["reading"], action.__name__


def test_drift_is_told_from_one_state(written: Township, opened: list[str]) -> None:
    number = _issued(written)
    opened.clear()
    drift(written, number)
    assert opened == ["reading"]


def test_an_issue_is_one_writing(written: Township, opened: list[str]) -> None:
    document = short_document(written)
    submit(written, document)
    opened.clear()
    issue(written, document)
    assert opened == ["writing"]


def test_a_record_is_one_writing(written: Township, opened: list[str]) -> None:
    kept = save(written, "letter", {"village": 1, "date": year(2021).start, "copies": 3, "suggestions": 0})
    assert opened == ["writing"]
    opened.clear()
    restore(written, delete(written, "letter", [kept.id]))
    assert opened == ["writing", "writing"]


def test_a_value_and_its_records_agree_while_somebody_writes(written: Township) -> None:
    with written.reading() as before:
        counted = compute(before, year(2021), (), ["letters"])["letters"]
        add(written, "letter", {"village": 1, "date": year(2021).start, "copies": 1000, "suggestions": 0})
        traced = trace(before, "letters", year(2021))
        assert traced.figure.value == counted.value
        assert sum(len(part.ids) for part in traced.parts) == counted.records
    assert compute(written, year(2021), (), ["letters"])["letters"].records == counted.records + 1


def test_services_take_a_state_and_open_none() -> None:
    own = [
        f"{path.relative_to(SERVICES)}:{node.lineno}"
        for path in sorted(SERVICES.rglob("*.py"))
        if path.relative_to(SERVICES).as_posix() not in OPENERS
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("reading", "writing")
    ]
    assert own == []
