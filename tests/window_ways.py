"""A record's way through the window: typed into the form, seen in the table, its history told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.fields.invented_office import write
from tests.services.whole_office import live
from zhengui.catalogue.model import Field, FieldType, Ledger
from zhengui.figures.period import year
from zhengui.gui.form.form_panel import FormPanel
from zhengui.gui.ledger import source as ledger_source
from zhengui.gui.ledger.columns import STATE, all_columns
from zhengui.gui.ledger.model import LedgerModel
from zhengui.services.entry import record
from zhengui.services.township.township import Township
from zhengui.storage.browse.pages import Selection
from zhengui.values.show import show

FILE = ("现场情况.txt", "虚构的附件".encode())


@dataclass
class Stage:
    """What all ledgers share: one office, one form, one folder."""

    township: Township
    panel: FormPanel
    folder: Path
    base: Mapping[str, frozenset[int]]

    def as_it_was(self) -> None:
        """Take out every record that a test brought in."""
        for key, ids in self.base.items():
            added = set(live(self.township, key)) - ids
            if added:
                record.delete(self.township, key, sorted(added))


def through_the_form(stage: Stage, ledger: Ledger, values: Mapping[str, Any]) -> int:
    """Type every field as a person would, save, and find the same values in the file; then open it again."""
    panel = stage.panel
    assert panel.open_new(ledger.key)
    sheet = panel.form.open_sheet()
    assert set(sheet.rows) == {field.key for field in ledger.live_fields}
    with stage.township.reading() as reading:
        lookup = reading.lookup()
        texts = {f.key: typed(f, values[f.key], lookup) for f in ledger.live_fields if f.key in values}
    for key, text in texts.items():
        type_in(stage, key, text)
    expected = dict(values)
    for field in ledger.live_fields:
        if field.type is FieldType.ATTACHMENT:
            sheet.rows[field.key].editor.add(*FILE)  # type: ignore[attr-defined]
            expected[field.key] = sheet.rows[field.key].editor.value()
            assert len(expected[field.key]) == 1
    assert panel.form.save(), [mistake.message for mistake in panel.form.book.errors.values()]  # type: ignore[attr-defined]
    assert panel.record_id is not None
    stored, version = record.load(stage.township, ledger.key, panel.record_id)
    assert stored == expected
    assert version == 1
    assert panel.open_record(ledger.key, panel.record_id)
    assert not panel.form.dirty
    assert panel.form.open_sheet().collect() == (expected, [])
    return panel.record_id


def typed(field: Field, value: Any, lookup: Any) -> str:
    """The text that a person types for a value: dates as digits, money without commas, names whole."""
    if isinstance(value, date):
        return f"{value:%Y%m%d}"
    if field.is_number and value is not None:
        return show(field, value).replace(",", "")
    return show(field, value, lookup, masked=False)


def type_in(stage: Stage, key: str, text: str) -> None:
    """Go to the field and type; a list that opens under it is closed again."""
    form = stage.panel.form
    form.go_to(key)
    editor = form.open_sheet().rows[key].editor
    if editor.field.type is FieldType.YES_NO:
        QTest.keyClick(editor.input(), Qt.Key.Key_Y if text == "是" else Qt.Key.Key_N)
        return
    editor.input().selectAll()  # type: ignore[attr-defined]
    write(editor.input(), text)
    if getattr(editor, "is_open", False):
        QTest.keyClick(editor.input(), Qt.Key.Key_Escape)


# Table


def through_the_table(stage: Stage, ledger: Ledger, saved: int, values: Mapping[str, Any]) -> None:
    """The row stands in the table with its texts, and search, period and village find it."""
    township = stage.township
    loaded = ledger_source.load(township, Selection(ledger.key))
    columns = all_columns(ledger)
    model = LedgerModel(lambda ids, shown: ledger_source.fetch(township, ledger, ids, shown), columns)
    model.set_ids(loaded.ids)
    place = model.row_of(saved)
    assert place >= 0
    assert len(loaded.ids) == loaded.everything == len(live(township, ledger.key))
    with township.reading() as reading:
        lookup = reading.lookup()
        for number, column in enumerate(columns):
            told = model.index(place, number).data()
            if column.key == STATE:
                assert told == "已销号"
                continue
            assert told == show(column.field, values[column.key], lookup), column.key
            if column.field is None or column.field.register != ledger.key:
                assert told, column.key
    for selection in narrowed(ledger, values, township):
        assert saved in ledger_source.load(township, selection).ids, selection
    numbers = [f for f in ledger.live_fields if f.is_number and f.total]
    whole = sum_of(live(township, ledger.key), numbers)
    of_kinds = {f.key for f in ledger.live_fields if f.total_by}
    assert {k: told for k, told in loaded.sums.items() if k not in of_kinds} == {
        f.key: show(f, whole[f.key]) for f in numbers
    }
    for key in of_kinds:
        parts = told_by_kind(live(township, ledger.key), ledger[key])
        assert all(part in loaded.sums[key] for part in parts)
        assert len(loaded.sums[key]) == len("、".join(parts))


def told_by_kind(found: Mapping[int, Mapping[str, Any]], field: Field) -> list[str]:
    """What the records of each kind come to, added up here: 沟塘 4.00 条."""
    amounts: dict[tuple[Any, ...], Any] = {}
    for row in found.values():
        if row[field.key] is not None:
            kinds = tuple(row[name] for name in field.total_by)
            amounts[kinds] = amounts.get(kinds, 0) + row[field.key]
    return [
        " ".join(each for each in (kind or "（没填）", show(field, amount), *unit) if each)
        for (kind, *unit), amount in amounts.items()
    ]


def sum_of(found: Mapping[int, Mapping[str, Any]], fields: list[Field]) -> dict[str, Any]:
    """The sums of the fields, added up here."""
    return {f.key: sum(row[f.key] for row in found.values() if row[f.key] is not None) for f in fields}


def narrowed(ledger: Ledger, values: Mapping[str, Any], township: Township) -> list[Selection]:
    """Selections that the record belongs to: by a word of its texts, by period, by village."""
    plain = Selection(ledger.key)
    texts = [f for f in ledger.live_fields if f.type in (FieldType.TEXT, FieldType.LONG_TEXT)]
    chosen = [replace(plain, search=values[f.key][:4]) for f in texts]
    if ledger.period:
        first = values[ledger.period[0]]
        number = first.year if isinstance(first, date) else first // 100 if first > 9999 else first
        chosen.append(replace(plain, period=year(number)))
    if ledger.village == "village":
        chosen.append(replace(plain, villages=(values["village"],)))
        with township.reading() as reading:
            name = reading.lookup().label("village", values["village"])
        chosen.append(replace(plain, search=name))
    return chosen


# History


def through_history(stage: Stage, ledger: Ledger, saved: int, values: Mapping[str, Any]) -> None:
    """Change, delete and restore; the history tells it all in words, and the form shows the same."""
    township = stage.township
    changed, value = a_change(township, ledger, saved, values)
    record.save(township, ledger.key, {changed.key: value}, saved, 1)
    removed = record.delete(township, ledger.key, [saved])
    assert saved not in ledger_source.load(township, Selection(ledger.key)).ids
    assert ledger_source.load(township, Selection(ledger.key, bin=True)).ids[0] == saved
    record.restore(township, removed)
    told = record.history(township, ledger.key, saved)
    assert [(change.action, change.who) for change in told] == [
        ("restore", "甲"),
        ("delete", "甲"),
        ("update", "甲"),
        ("create", "甲"),
    ]
    with township.reading() as reading:
        lookup = reading.lookup()
        was, now = (show(changed, each, lookup) for each in (values[changed.key], value))
        filled = [
            (f.title, "", show(f, values[f.key], lookup))
            for f in ledger.live_fields
            if values[f.key] is not None
        ]
    assert told[2].changes == ((changed.title, was, now),)
    assert was != now
    assert sorted(told[3].changes) == sorted(filled)
    stage.panel.open_record(ledger.key, saved)
    stage.panel.form.tell_more()
    words = [label.text() for label in stage.panel.form.history.findChildren(QLabel)]
    assert any(f"{changed.title}：{was} → {now}" in word for word in words)


def a_change(township: Township, ledger: Ledger, saved: int, values: Mapping[str, Any]) -> tuple[Field, Any]:
    """A field and another value for it that the rules accept."""
    for field in ledger.live_fields:
        value = values[field.key]
        other: Any = None
        if value is None:
            continue
        if field.type in (FieldType.INTEGER, FieldType.MONEY):
            other = value + 100
        elif field.type is FieldType.DECIMAL:
            other = value + Decimal("0.1")
        elif field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
            other = f"改{value}"[: field.max_length]
        elif field.type is FieldType.DATE:
            other = value + timedelta(days=1)
        elif field.type is FieldType.CHOICE:
            other = next((c for c in field.choices if c != value), None)
        if other is not None:
            whole = {**values, field.key: other}
            found = record.check(township, ledger.key, whole, saved)
            if not any(mistake.severity == "error" for mistake in found):
                return field, other
    raise AssertionError(f"{ledger.key}: no field can be changed alone")
