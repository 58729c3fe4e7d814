"""What becomes of a row that was read: a new record, a change of one that is there, nothing, or a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from zhengui.catalogue.model import Field, FieldType, Ledger, RuleKind
from zhengui.exchange.convert import ConvertedRow, RowMistake
from zhengui.services.entry.incoming import RowDeed, RowPlan, Wishes
from zhengui.services.entry.many_facts import ManyStoredFacts
from zhengui.services.entry.steps import same
from zhengui.services.township.reading import Reading
from zhengui.storage.records import record as records
from zhengui.storage.records.keys import existing_keys, plain_key
from zhengui.storage.records.record import Record
from zhengui.values.check import check_record
from zhengui.values.value import Value

Key = tuple[Value, ...]
_AT_ONCE = 500


class _KeylessFacts(ManyStoredFacts):
    """Facts that see no record with the same business key: what to do with one is decided here."""

    def duplicate(self, ledger: Ledger, fields: Sequence[str], values: Mapping[str, Value]) -> int | None:
        """None, whatever is there."""
        return None

    def any_duplicate(self, ledger: Ledger, fields: Sequence[str], keys: Sequence[Sequence[Value]]) -> bool:
        """False, whatever is there."""
        return False


class RowJudge:
    """Judges the rows of one import, which all see the records as they are before it."""

    def __init__(self, reading: Reading, ledger: Ledger, wishes: Wishes) -> None:
        self._reading, self._ledger, self._wishes = reading, ledger, wishes
        self.facts = _KeylessFacts(reading)
        self._rules = [rule.fields for rule in ledger.rules if rule.kind is RuleKind.UNIQUE]
        self._stored: dict[tuple[str, ...], dict[Key, int]] = {}
        self._there: dict[int, Record] = {}
        self._seen: dict[tuple[str, ...], dict[Key, tuple[str, int]]] = {}
        self._whole = tuple(f.key for f in ledger.fields if f.type is not FieldType.ATTACHMENT)

    def plan_all(
        self, sheet: str, rows: Iterable[ConvertedRow], lacking: Sequence[Field]
    ) -> Iterator[RowPlan]:
        """What becomes of each row; `lacking` are required fields that its sheet has no column for.

        The records that rows are compared with are read some hundred at a time.
        """
        where = (self._reading.conn, self._reading.tables, self._ledger.key)
        waiting = iter(rows)
        while batch := list(islice(waiting, _AT_ONCE)):
            meant = {found for row in batch if (found := self._record_of(row.values))}
            self._there = {record.id: record for record in records.fetch(*where, meant)} if meant else {}
            for row in batch:
                yield self._plan(sheet, row, lacking)

    def _plan(self, sheet: str, row: ConvertedRow, lacking: Sequence[Field]) -> RowPlan:
        values = row.values
        twice = self._seen_before(sheet, row)
        if twice:
            return RowPlan(sheet, row.row, RowDeed.SAME, values, why=twice)
        record = self._record_of(values)
        if record:
            return self._against(sheet, row, record)
        wrong = list(row.mistakes)
        wrong += [
            RowMistake(
                row.row, field.title, f"表里没有“{field.title}”这一列，新的{self._ledger.noun}要填写它。"
            )
            for field in lacking
        ]
        if any(mistake.severity == "error" for mistake in wrong):
            return RowPlan(sheet, row.row, RowDeed.REFUSED, values, mistakes=tuple(wrong))
        there = self._identical(values)
        if there:
            why = "与已经登记的一条每一格都相同。"
            return RowPlan(sheet, row.row, RowDeed.SAME, values, record=there, why=why)
        return RowPlan(sheet, row.row, RowDeed.ADD, values, mistakes=tuple(wrong))

    def _seen_before(self, sheet: str, row: ConvertedRow) -> str:
        """Where the file has the very same row once more; empty where it hasn't, or where such rows are wanted."""
        if self._wishes.again and not self._rules:
            return ""
        key = plain_key(self._ledger, self._whole, row.values)
        if not any(part is not None for part in key):
            return ""
        first = self._seen.setdefault(self._whole, {}).setdefault(key, (sheet, row.row))
        if first == (sheet, row.row):
            return ""
        place = f"“{first[0]}”第 {first[1]} 行" if first[0] != sheet else f"第 {first[1]} 行"
        return f"与{place}每一格都相同。"

    def _record_of(self, values: Mapping[str, Value]) -> int:
        """The record that the row means by a business key, or 0."""
        for fields in self._rules:
            key = plain_key(self._ledger, fields, values)
            if None not in key:
                found = self._known(fields).get(key)
                if found:
                    return found
        return 0

    def _identical(self, values: Mapping[str, Value]) -> int:
        """A record that has the very same values, asked where no business key decides; 0 where there is none."""
        decided = any(None not in plain_key(self._ledger, fields, values) for fields in self._rules)
        if decided or self._wishes.again:
            return 0
        return self._known(self._whole).get(plain_key(self._ledger, self._whole, values), 0)

    def _known(self, fields: tuple[str, ...]) -> dict[Key, int]:
        if fields not in self._stored:
            where = (self._reading.conn, self._reading.tables, self._ledger.key)
            self._stored[fields] = existing_keys(*where, fields)
        return self._stored[fields]

    def _against(self, sheet: str, row: ConvertedRow, record: int) -> RowPlan:
        """A row for a record that is there: blanks leave what it has, the rest is compared."""
        kept = self._there[record]
        given = {key: value for key, value in row.values.items() if value is not None}
        changes = {
            key: (kept.values.get(key), value)
            for key, value in given.items()
            if not same(kept.values.get(key), value)
        }
        plan = RowPlan(sheet, row.row, RowDeed.SAME, row.values, record, kept.version, changes)
        wrong = _unread(row, self._ledger)
        earlier = self._repeats(sheet, row)
        if earlier:
            wrong.append(earlier)
        if wrong:
            return _refused(plan, wrong)
        if not changes:
            return plan
        if not self._wishes.update:
            first = self._ledger[self._rules[0][0]]
            label = self._reading.label(self._ledger, record)
            message = (
                f"“{label}”已经登记过，这一行和它有 {len(changes)} 处不同。要改那一条，请选更新已有的记录。"
            )
            return _refused(plan, [RowMistake(row.row, first.title, message)])
        facts = self._reading.facts(record)
        told = check_record(self._ledger, {**kept.values, **given}, facts, self._reading.today)
        mistakes = [RowMistake(row.row, m.title, m.message, m.severity) for m in told]
        if any(mistake.severity == "error" for mistake in mistakes):
            return _refused(plan, mistakes)
        return _with(plan, RowDeed.UPDATE, mistakes)

    def _repeats(self, sheet: str, row: ConvertedRow) -> RowMistake | None:
        """What is wrong where an earlier row of the import already changes the same record."""
        for fields in self._rules:
            key = plain_key(self._ledger, fields, row.values)
            if None in key:
                continue
            first = self._seen.setdefault(fields, {}).setdefault(key, (sheet, row.row))
            if first != (sheet, row.row):
                place = f"“{first[0]}”第 {first[1]} 行" if first[0] != sheet else f"第 {first[1]} 行"
                message = f"与{place}说的是同一条，内容不同，请只留一行。"
                return RowMistake(row.row, self._ledger[fields[0]].title, message)
        return None


def _unread(row: ConvertedRow, ledger: Ledger) -> list[RowMistake]:
    """The mistakes of cells that could not be read; what is only missing the record has already."""
    by_title = {field.title: field for field in ledger.live_fields}
    found = []
    for mistake in row.mistakes:
        field = by_title.get(mistake.column)
        missing = mistake.message.startswith(("请填写", "请选择"))
        if field is not None and row.values.get(field.key) is None and not missing:
            found.append(mistake)
    return found


def _refused(plan: RowPlan, wrong: Sequence[RowMistake]) -> RowPlan:
    return _with(plan, RowDeed.REFUSED, wrong)


def _with(plan: RowPlan, deed: RowDeed, mistakes: Sequence[RowMistake]) -> RowPlan:
    return RowPlan(
        plan.sheet, plan.row, deed, plan.values, plan.record, plan.version, plan.changes, tuple(mistakes)
    )
