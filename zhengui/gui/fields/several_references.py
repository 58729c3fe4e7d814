"""An editor that names several records of a register, ticked in the list or typed one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Field
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.fitting import fitting
from zhengui.gui.fields.picker import TickedListEditor
from zhengui.gui.fields.popover import ListPopover, ListRow
from zhengui.gui.fields.reference import MOST_ROWS
from zhengui.values.lookup import exact
from zhengui.values.naming import split_names
from zhengui.values.parse import Value, ValueMistake, parse
from zhengui.values.show import AND, show

_MARKS = "、，,;；|"


class SeveralReferencesEditor(TickedListEditor):
    """Several villages, departments, people or records of an office's own register.

    The line shows their names; the ids of those that were picked are kept beside it, so that two people of one name
    stay two. A name that is typed is read as it would be in a field for one.
    """

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self._single = replace(field, many=False)
        #: The names by id of what was picked and still stands in the line.
        self._names: dict[int, str] = {}
        self._found: dict[int, str] = {}

    def value(self) -> Value:
        context = self.context
        found: list[int] = []
        for name, id_ in self._pieces():
            read = id_
            if read is None:
                given = (context.lookup, context.today(), context.year(), self.beside())
                one = parse(self._single, name, *given)
                read = one if isinstance(one, int) else None
            if read is not None:
                found.append(read)
        return tuple(dict.fromkeys(found)) or None

    def set_value(self, value: Value) -> None:
        ids = self.field.ids_of(value)
        self._names = {id_: show(self._single, id_, self.context.lookup) for id_ in ids}
        self.set_text(AND.join(self._names.values()))

    def state(self) -> str:
        pieces = self._pieces()
        if not pieces or any(id_ is None for _name, id_ in pieces):
            return self.text()
        return f"{','.join(str(id_) for _name, id_ in pieces)}\t{self.text()}"

    def restore(self, state: str) -> None:
        numbers, tab, text = state.partition("\t")
        if tab and all(number.isdigit() for number in numbers.split(",")):
            self.set_value(tuple(int(number) for number in numbers.split(",")))
            self.set_text(text)
        else:
            self.set_text(state)

    def edited(self, text: str) -> None:
        self._names = {id_: self._names[id_] for _name, id_ in self._pieces() if id_ is not None}
        super().edited(text)

    def normalise(self) -> None:
        """Initials that mean one record only stand for it even where the list was never used."""
        ids: list[int] = []
        for name, id_ in self._pieces():
            if id_ is None and name.isascii():
                found = self.context.candidates(self.field.register, name)
                if len(found) == 1 and fitting([found[0].label], name):
                    id_ = found[0].id
                    self._found[id_] = found[0].label
            if id_ is None:
                super().normalise()
                return
            ids.append(id_)
        self._put(ids)

    def rows(self, query: str) -> list[ListRow]:
        chosen = set(self._chosen())
        found = self.context.candidates(self.field.register, query.strip())[:MOST_ROWS]
        self._found = {each.id: each.label for each in found}
        return [ListRow(each.id, each.label, each.note, ticked=each.id in chosen) for each in found]

    def current_key(self) -> object:
        return next(iter(self._chosen()), None)

    def query(self) -> str:
        """What stands behind the last mark, as long as it names nothing."""
        pieces = self._pieces()
        if self.text().rstrip().endswith(tuple(_MARKS)) or not pieces or pieces[-1][1] is not None:
            return ""
        return pieces[-1][0]

    def first_choice(self, rows: list[ListRow], query: str) -> object:
        """Not a name that is merely near."""
        return rows[0].key if rows and fitting([rows[0].title], query) else None

    def foot(self, rows: list[ListRow], query: str) -> str:
        if not rows:
            return "没有相符的，请先在基础信息中登记" if query.strip() else "请输入名称或拼音首字母"
        return "空格勾选，回车确定；只列出一部分" if len(rows) >= MOST_ROWS else "空格勾选，回车确定"

    def take(self, key: object) -> None:
        if not isinstance(key, int):
            return
        chosen = self._chosen()
        self._put([id_ for id_ in chosen if id_ != key] if key in chosen else [*chosen, key])
        self.changed.emit()
        if self.is_open:
            self._show("")
            box = self.popover
            if isinstance(box, ListPopover):
                places = [row.key for row in box.list.rows_model.rows]
                box.go_to(places.index(key) if key in places else 0)

    def entered_in_box(self, box: ListPopover) -> bool:
        """Enter completes what was typed; with nothing half typed it goes on."""
        row, half = box.current(), self.query().strip()
        self.close_box()
        if row is None or not half or not isinstance(row.key, int):
            return False
        self._put(dict.fromkeys([*self._chosen(), row.key]))
        self.changed.emit()
        return True

    def _pieces(self) -> list[tuple[str, int | None]]:
        """The names in the line, each with the id of the record that was picked under it."""
        waiting: dict[str, deque[int]] = {}
        for id_, name in self._names.items():
            waiting.setdefault(name, deque()).append(id_)
        lookup, register = self.context.lookup, self.field.register

        def known(name: str) -> bool:
            return name in waiting or bool(exact(name, lookup.find(register, name)))

        found: list[tuple[str, int | None]] = []
        for name in split_names(self.text().strip(), known):
            ids = waiting.get(name)
            found.append((name, ids.popleft() if ids else None))
        return found

    def _chosen(self) -> list[int]:
        """The records that stand in the line, those among them whose names can be read."""
        found: list[int] = []
        for name, id_ in self._pieces():
            if id_ is None:
                try:
                    read = parse(self._single, name, self.context.lookup, self.context.today())
                except ValueMistake:
                    continue
                id_ = read if isinstance(read, int) else None
            if id_ is not None:
                found.append(id_)
        return list(dict.fromkeys(found))

    def _put(self, ids: Iterable[int]) -> None:
        """Let the line name just these records."""
        known = {**self._found, **self._names}
        lookup = self.context.lookup
        self._names = {id_: known.get(id_) or show(self._single, id_, lookup) for id_ in ids}
        self.set_text(AND.join(self._names.values()))
