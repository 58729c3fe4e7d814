"""Which edits since an issue are behind a figure: those of records whose part in it is another one now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhengui.catalogue.model import Measure
from zhengui.catalogue.source import CLAIM, is_of, source_of
from zhengui.services.issue.frozen_content import claim_measures, rows_now
from zhengui.services.township.reading import Reading
from zhengui.storage.query.predicates import Scope
from zhengui.storage.query.references import labels
from zhengui.storage.records import edits_since, reporting, reviews, settings
from zhengui.storage.records import record as records
from zhengui.storage.records.edits_since import Event
from zhengui.storage.records.seen_fields import agrees, brought_fields, met_records, seen_fields
from zhengui.storage.writing import issues
from zhengui.storage.writing.issues import Issue, IssueContent
from zhengui.values.value import Value

_PARAMETER = "parameter."
_REVIEW = "review"


@dataclass(frozen=True, slots=True)
class DriftEdit:
    """An edit: `action` is create, update, delete, restore, review, report, unreport, setting or definition.

    `changes` are (title, before, after) as people read them; `record` is 0 where no record was edited.
    """

    ledger: str
    record: int
    label: str
    action: str
    at: datetime
    who: str
    changes: tuple[tuple[str, str, str], ...]
    number: int = 0


class Tracer:
    """Finds the edits behind the figures and claims of one issue, in one state of the file."""

    def __init__(self, reading: Reading, issue: Issue, content: IssueContent) -> None:
        self._reading = reading
        self._issue = issue
        self._frozen = {(each.figure, each.role): each for each in content.records}
        self._events: dict[str, list[Event]] = {}
        self._scope = Scope(issue.period, issue.villages)
        self._parameters = reading.parameters
        self._name = reading.profile().name

    def edits(self, key: str) -> tuple[DriftEdit, ...]:
        """The edits behind a figure by its key, or a claim by claim:key."""
        found: dict[tuple[str, int, int, str], DriftEdit] = {}
        rows = list(rows_now(self._reading, self._scope, key))
        for role, measure, ids in rows:
            for event in self._behind(key, role, measure, ids):
                told = self._told(event)
                found[told.ledger, told.number, told.record, told.action] = told
        if is_of(CLAIM, key):
            for event in self._besides(source_of(key).key, rows, nothing_yet=not found):
                told = self._told(event)
                found[told.ledger, told.number, told.record, told.action] = told
        edits = sorted(found.values(), key=lambda edit: (edit.at, edit.number, edit.record))
        return (*edits, *self._settings(key, rows), *self._reports(key, rows))

    def redefined(self, key: str, before: str, after: str) -> DriftEdit:
        """The edit that is a new declaration of the indicator in the catalogue."""
        title = self._reading.catalogue.indicators[key].title
        return DriftEdit("", 0, title, "definition", self._issue.at, "", (("口径", before, after),))

    def _besides(
        self, claim_key: str, rows: list[tuple[str, Measure, list[int]]], nothing_yet: bool
    ) -> Iterator[Event]:
        """What else moves a claim: what it must cover, and, where nothing else did, its ledgers at any time."""
        claim = self._reading.catalogue.claims[claim_key]
        for cover in claim.covers:
            fields = {each.path for each in cover.where}
            for event in self._of(cover.register) if cover.register else ():
                if event.action != "update" or fields & set(event.changes):
                    yield event
        if nothing_yet:
            for _role, measure, _ids in rows:
                seen = seen_fields(self._reading.tables, measure)[measure.ledger]
                for event in self._of(measure.ledger):
                    if event.action != "update" or seen & set(event.changes):
                        yield event

    def _behind(self, key: str, role: str, measure: Measure, ids: list[int]) -> Iterator[Event]:
        frozen = self._frozen.get((key, role))
        then, now = set(frozen.ids if frozen else ()), set(ids)
        seen = seen_fields(self._reading.tables, measure, bool(self._scope.villages))
        moved = then ^ now
        differing = self._brought_differently(measure, then & now)
        own = self._own(measure.ledger, moved | differing, seen[measure.ledger])
        yield from own
        unexplained = moved - {event.record for event in own}
        others = {ledger: fields for ledger, fields in seen.items() if ledger != measure.ledger}
        # A share or a sum over a register's field may change while its records stay the same.
        led = unexplained or (set() if moved | differing else now)
        yield from self._others(measure, led, others)
        if self._matched_itself(measure):
            yield from self._others(measure, unexplained, {measure.ledger: seen[measure.ledger]})

    def _matched_itself(self, measure: Measure) -> bool:
        return any(match.ledger == measure.ledger for match in measure.matches)

    def _brought_differently(self, measure: Measure, stayed: set[int]) -> set[int]:
        """Records that count then and now, but with another amount, name or date."""
        fields = brought_fields(measure)
        touched = {
            event.record
            for event in self._of(measure.ledger)
            if event.record in stayed and event.action == "update" and fields & set(event.changes)
        }
        if not touched:
            return set()
        tables = self._reading.tables
        before = edits_since.values_at(self._reading.conn, tables, measure.ledger, touched, self._issue.point)
        found = records.fetch(self._reading.conn, tables, measure.ledger, touched)
        return {
            record.id
            for record in found
            if any(record.values.get(field) != before[record.id].get(field) for field in fields)
        }

    def _own(self, ledger: str, changed: set[int], fields: set[str]) -> list[Event]:
        """The events of changed records that could matter: any but updates of fields nobody looks at."""
        held = ledger in self._reading.tables.held
        found = [
            event
            for event in self._of(ledger)
            if event.record in changed and (event.action != "update" or held or fields & set(event.changes))
        ]
        return [*found, *self._reviews(ledger, changed)] if held else found

    def _reviews(self, ledger: str, changed: set[int]) -> Iterator[Event]:
        tables = self._reading.tables
        for record, at, who in reviews.reviewed_since(self._reading.conn, tables, ledger, self._issue.at):
            if record in changed:
                yield Event(ledger, record, _REVIEW, at, who, {})

    def _others(self, measure: Measure, led: set[int], seen: Mapping[str, set[str]]) -> Iterator[Event]:
        """Events of registers and matched ledgers that reach some records of the measure."""
        if not led or not any(self._of(ledger) for ledger in seen):
            return
        tables = self._reading.tables
        met = met_records(self._reading.conn, tables, measure, led, bool(self._scope.villages))
        mine = [record.values for record in records.fetch(self._reading.conn, tables, measure.ledger, led)]
        matched = {match.ledger for match in measure.matches}
        for ledger, fields in seen.items():
            for event in self._of(ledger):
                if event.action == "update" and not fields & set(event.changes):
                    continue
                reached = event.action == "update" and event.record in met.get(ledger, ())
                if reached or (ledger in matched and self._meets(measure, event, mine)):
                    yield event

    def _meets(self, measure: Measure, event: Event, mine: Iterable[Mapping[str, Value]]) -> bool:
        """Whether the event's record, as it was or is, agrees with one of the measure's."""
        tables = self._reading.tables
        found = records.fetch(self._reading.conn, tables, event.ledger, [event.record])
        now = dict(found[0].values) if found else {}
        before = {**now, **{key: old for key, (old, _) in event.changes.items()}}
        after = {**now, **{key: new for key, (_, new) in event.changes.items()}}
        return any(
            agrees(tables, measure, event.ledger, theirs, own)
            for own in mine
            for theirs in (now, before, after)
        )

    def _of(self, ledger: str) -> list[Event]:
        """The ledger's events since the issue, read once."""
        if ledger not in self._events:
            tables, point = self._reading.tables, self._issue.point
            self._events[ledger] = edits_since.events_since(self._reading.conn, tables, ledger, point)
        return self._events[ledger]

    def _told(self, event: Event) -> DriftEdit:
        declared = self._reading.catalogue.ledgers[event.ledger]
        named = labels(self._reading.conn, self._reading.tables, event.ledger, [event.record])
        changes = tuple(self._reading.told(declared, event.changes))
        label = named.get(event.record, "")
        where = (event.ledger, event.record, label)
        return DriftEdit(*where, event.action, event.at, event.who, changes, event.number)

    def _settings(self, key: str, rows: list[tuple[str, Measure, list[int]]]) -> Iterator[DriftEdit]:
        """Parameters that the office set to another number since."""
        used = {each.parameter for _, measure, _ in rows for each in measure.where}
        used |= {each.parameter for _, m, _ in rows for match in m.matches for each in match.where}
        indicator = self._reading.catalogue.indicators.get(key)
        used.add(indicator.parameter if indicator else "")
        for name in sorted(used - {""}):
            before, after = self._issue.parameters.get(name), self._parameters.get(name)
            if before != after:
                title = self._reading.catalogue.parameters[name].title
                at, who = settings.changed(self._reading.conn, self._reading.tables, _PARAMETER + name)
                change = ((title, str(before), str(after)),)
                yield DriftEdit("", 0, title, "setting", at or self._issue.at, who, change)

    def _reports(self, key: str, rows: list[tuple[str, Measure, list[int]]]) -> Iterator[DriftEdit]:
        """Monthly reports made or taken back since, where whether anything was reported matters."""
        claim = self._reading.catalogue.claims.get(source_of(key).key) if is_of(CLAIM, key) else None
        ledgers = {measure.ledger for _, measure, _ in rows}
        if claim is not None:
            ledgers |= {measure.ledger for measure in claim_measures(self._reading.catalogue, claim)}
        elif any(ids for _, _, ids in rows) and any(self._had_records(key, role) for role, _, _ in rows):
            return
        then = {mark for mark in self._issue.marks if mark[0] in ledgers}
        now = issues.marks_of(self._reading.conn, self._reading.tables, ledgers)
        named = labels(self._reading.conn, self._reading.tables, "village")
        months = set(self._issue.period.months())
        for ledger, village, month, zero in sorted(then ^ now):
            if month not in months or (self._scope.villages and village not in self._scope.villages):
                continue
            action = "report" if (ledger, village, month, zero) in now else "unreport"
            made = [
                mark
                for mark in reporting.marks(self._reading.conn, self._reading.tables, ledger, month, month)
                if (mark.village or 0) == village
            ]
            at, who = (made[0].at, made[0].who) if made else (self._issue.at, "")
            place = named.get(village, self._name)
            words = "零报告" if zero else "已报送"
            both = (words, "") if action == "unreport" else ("", words)
            told = (f"{month // 100}年{month % 100}月", *both)
            yield DriftEdit(ledger, 0, place, action, at, who, (told,))

    def _had_records(self, key: str, role: str) -> bool:
        frozen = self._frozen.get((key, role))
        return bool(frozen and frozen.ids)
