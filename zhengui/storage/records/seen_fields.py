"""Which fields of which ledgers a measure looks at, and which records of other ledgers it meets there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from zhengui.catalogue.model import Measure
from zhengui.catalogue.path import dotted
from zhengui.storage.query.source import path_field, village_path
from zhengui.storage.records import record as records
from zhengui.storage.schema import columns
from zhengui.storage.schema.tables import Tables
from zhengui.values.value import Value

Seen = dict[str, set[str]]


def seen_fields(tables: Tables, measure: Measure, by_village: bool = False) -> Seen:
    """The fields by ledger that decide whether a record counts and what it brings."""
    seen: Seen = {measure.ledger: set()}
    own = [*measure.fields, *measure.timing.fields, *(each.path for each in measure.where)]
    for match in measure.matches:
        seen.setdefault(match.ledger, set())
        own += [mine for mine, _ in match.on]
        theirs = [other for _, other in match.on]
        theirs += [*match.timing.fields, *(each.path for each in match.where)]
        _walk_all(tables, match.ledger, theirs, seen)
    village = village_path(tables.catalogue.ledgers[measure.ledger]) if by_village else ""
    _walk_all(tables, measure.ledger, [*own, *([village] if village else [])], seen)
    return seen


def brought_fields(measure: Measure) -> set[str]:
    """The record's own fields whose values make its part in the figure, beyond being counted."""
    paths = () if measure.kind == "count" else measure.fields
    return {dotted(path).first for path in paths} - {"id"}


def met_records(
    conn: sa.Connection, tables: Tables, measure: Measure, ids: Iterable[int], by_village: bool = False
) -> dict[str, set[int]]:
    """The records of registers that some records lead to on the measure's paths, by register."""
    met: dict[str, set[int]] = {}
    paths = [*measure.fields, *measure.timing.fields, *(each.path for each in measure.where)]
    paths += [mine for match in measure.matches for mine, _ in match.on]
    village = village_path(tables.catalogue.ledgers[measure.ledger]) if by_village else ""
    for path in {*paths, village} - {""}:
        ledger, now = tables.catalogue.ledgers[measure.ledger], set(ids)
        for hop in path.split(".")[:-1]:
            found = records.fetch(conn, tables, ledger.key, now)
            now = {record.values[hop] for record in found if record.values.get(hop) is not None}
            ledger = tables.catalogue.ledgers[ledger[hop].register]
            met.setdefault(ledger.key, set()).update(now)
    return met


def agrees(
    tables: Tables, measure: Measure, ledger: str, theirs: Mapping[str, Value], mine: Mapping[str, Value]
) -> bool:
    """Whether a record of a matched ledger can meet one of the measured; a path through a register is let pass."""
    for match in measure.matches:
        if match.ledger != ledger:
            continue
        pairs = [(a, b) for a, b in match.on if "." not in a and "." not in b and "id" not in (a, b)]
        if all(_same(tables, measure, ledger, pair, theirs, mine) for pair in pairs):
            return True
    return False


def _same(
    tables: Tables,
    measure: Measure,
    ledger: str,
    pair: tuple[str, str],
    theirs: Mapping[str, Value],
    mine: Mapping[str, Value],
) -> bool:
    own = path_field(tables, tables.catalogue.ledgers[measure.ledger], pair[0])
    other = path_field(tables, tables.catalogue.ledgers[ledger], pair[1])
    return bool(columns.encode(own, mine.get(pair[0])) == columns.encode(other, theirs.get(pair[1])))


def _walk_all(tables: Tables, ledger: str, paths: Iterable[str], seen: Seen) -> None:
    for path in paths:
        declared = tables.catalogue.ledgers[ledger]
        for hop in path.split("."):
            if hop == "id":
                break
            seen.setdefault(declared.key, set()).add(hop)
            if declared[hop].is_reference and hop != path.rsplit(".", 1)[-1]:
                declared = tables.catalogue.ledgers[declared[hop].register]
