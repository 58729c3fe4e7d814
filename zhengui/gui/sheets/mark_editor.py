"""The panel beside a form: what the chosen cells are filled with, in which unit, style and span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from zhengui.catalogue.model import Catalogue, Field, FieldType
from zhengui.catalogue.path import dotted
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.scrolled import Scrolled
from zhengui.services.county_forms.keep_forms import (
    DATE_STYLES,
    KINDS,
    NUMBER,
    PIECES,
    SPANS,
    UNITS,
    WORDS,
    FormMark,
    block_of,
)

WIDTH = 308


class MarkEditor(Scrolled):
    """`kept` hands over the mark that was made, `removed` says that the chosen cells stand for nothing."""

    kept = Signal(object)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        inside = QFrame(self)
        inside.setObjectName("white")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(6)
        self._mark = FormMark("", "", "figure", "")
        self._villages: Sequence[tuple[int, str]] = ()
        self._sources: dict[str, list[tuple[str, str]]] = {}
        self._catalogue: Catalogue | None = None
        self._where = label("", inside, "h2")
        self._column.addWidget(self._where)
        self._hint = label("", inside, "cap", wrap=True)
        self._column.addWidget(self._hint)
        self._make_rows(inside)
        self._wrong = label("", inside, "err", wrap=True)
        self._wrong.hide()
        self._column.addWidget(self._wrong)
        verbs = QHBoxLayout()
        self.keep = button("对应到这里", inside, "primary")
        self.keep.clicked.connect(self._keep)
        self.remove = button("取消对应", inside)
        self.remove.clicked.connect(self.removed)
        verbs.addWidget(self.keep)
        verbs.addWidget(self.remove)
        verbs.addStretch(1)
        self._column.addLayout(verbs)
        self._column.addStretch(1)
        self.setWidget(inside)
        self._show_rows()

    def _make_rows(self, inside: QWidget) -> None:
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self.kind = self._choice("填什么", [(words, key) for key, words in KINDS.items()], inside, "kind")
        self.kind.currentIndexChanged.connect(lambda _n: self._kind_chosen())
        self.of = self._choice("", [], inside, "of")
        self._told_of = label("", inside, "fld")
        self._told_of.setBuddy(self.of)
        self._column.insertWidget(self._column.indexOf(self.of), self._told_of)
        self.of.setEditable(True)
        self.of.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.of.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.of.setCompleter(completer)
        self.of.currentIndexChanged.connect(lambda _n: self._show_rows())
        self.names = QLineEdit(inside)
        self.names.setMaxLength(3)
        self.names.setPlaceholderText("例如 A")
        self._add("names", "村（居）名称写在哪一列", self.names, inside)
        self.village = self._choice("只算一个村（居）", [], inside, "village")
        self.span = self._choice("时段", [(words, key) for key, words in SPANS.items()], inside, "span")
        units = [(unit or "按原来的单位", unit) for unit in UNITS]
        self.unit = self._choice("单位", units, inside, "unit")
        places = [("不变", -1), *((f"{n} 位" if n else "取整数", n) for n in range(7))]
        self.decimals = self._choice("小数位", places, inside, "decimals")
        styles = [(words, key) for key, words in DATE_STYLES.items()]
        self.date_style = self._choice("日期写法", styles, inside, "date_style")
        self.piece = self._choice(
            "取哪一部分", [(words, key) for key, words in PIECES.items()], inside, "piece"
        )
        self.masked = QCheckBox("证件号码、电话遮盖一部分", inside)
        self._add("masked", "", self.masked, inside)

    def _add(self, key: str, title: str, made: QWidget, inside: QWidget) -> None:
        told = label(title, inside, "fld")
        told.setBuddy(made)
        if title:
            made.setAccessibleName(title)
        self._column.addWidget(told)
        self._column.addWidget(made)
        self._rows[key] = (told, made)

    def _choice(
        self, title: str, given: Sequence[tuple[str, object]], inside: QWidget, key: str
    ) -> QComboBox:
        made = QComboBox(inside)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for words, value in given:
            made.addItem(words, value)
        self._add(key, title, made, inside)
        return made

    def know(self, catalogue: Catalogue, villages: Sequence[tuple[int, str]]) -> None:
        """Learn which figures, fields and villages there are to choose from."""
        self._catalogue, self._villages = catalogue, villages
        figures, columns = [], []
        for area in catalogue.areas:
            figures += [(f"{each.title}（{area.short}）", each.key) for each in area.indicators]
            for ledger in area.ledgers:
                columns.append((f"{ledger.title} · 序号", f"{ledger.key}.{NUMBER}"))
                fields = [f for f in ledger.live_fields if f.type is not FieldType.ATTACHMENT]
                columns += [(f"{ledger.title} · {f.title}", f"{ledger.key}.{f.key}") for f in fields]
        words = [(title, key) for key, title in WORDS.items()]
        self._sources = {"figure": figures, "villages": figures, "column": columns, "words": words}
        self.village.clear()
        self.village.addItem("跟着填表时选的村（居）", None)
        for number, name in villages:
            self.village.addItem(name, number)
        self._fill_sources()

    def show_mark(self, mark: FormMark, there: bool) -> None:
        """Show what a block stands for, or, where it is not `there` yet, what it could stand for."""
        self._mark = mark
        self._where.setText(f"{mark.place}")
        one = mark.place.find(":") < 0
        self._hint.setText(
            ""
            if there
            else "一格填一个数；一列格子可以填各村（居）的数，或者台账的一列。"
            if one
            else "选中了一列格子。"
        )
        self.complain("")
        self._choose(self.kind, mark.kind)
        self._fill_sources()
        self._choose(self.of, mark.of)
        self.names.setText(mark.names)
        for choice, value in (
            (self.village, mark.village),
            (self.span, mark.span),
            (self.unit, mark.unit),
            (self.date_style, mark.date_style),
            (self.piece, mark.piece),
            (self.decimals, mark.decimals),
        ):
            self._choose(choice, value)
        self.masked.setChecked(mark.masked)
        allow(self.remove, there, "这一格还没有对应")
        self.keep.setText("改成这样" if there else "对应到这里")
        self._show_rows()

    @staticmethod
    def _choose(choice: QComboBox, value: object) -> None:
        choice.blockSignals(True)
        choice.setCurrentIndex(max(0, choice.findData(value)))
        choice.blockSignals(False)

    def _kind_chosen(self) -> None:
        self._fill_sources()
        self._show_rows()

    def _fill_sources(self) -> None:
        kind = str(self.kind.currentData())
        titles = {
            "figure": "哪个指标",
            "villages": "哪个指标",
            "column": "台账的哪一列",
            "words": "填什么内容",
        }
        self._told_of.setText(titles[kind])
        self.of.setAccessibleName(titles[kind])
        before = self.of.currentData()
        self.of.blockSignals(True)
        self.of.clear()
        for words, key in self._sources.get(kind, []):
            self.of.addItem(words, key)
        self.of.setCurrentIndex(max(0, self.of.findData(before)))
        self.of.blockSignals(False)

    def _show_rows(self) -> None:
        """Show the rows that matter for what is chosen."""
        kind, of = str(self.kind.currentData()), str(self.of.currentData() or "")
        field = self._field(of) if kind == "column" else None
        is_date = (field is not None and field.type is FieldType.DATE) or of == "today"
        number = kind in ("figure", "villages") or (field is not None and field.is_number)
        shown = {
            "kind": True,
            "of": True,
            "names": kind == "villages",
            "village": kind == "figure",
            "span": kind != "words",
            "unit": number,
            "decimals": number,
            "date_style": is_date,
            "piece": is_date or (field is not None and field.type is FieldType.ID_NUMBER),
            "masked": field is not None and field.personal,
        }
        for key, (told, made) in self._rows.items():
            told.setVisible(shown[key] and bool(told.text()))
            made.setVisible(shown[key])

    def _field(self, of: str) -> Field | None:
        ledger, key = dotted(of)
        known = self._catalogue.ledgers.get(ledger) if self._catalogue is not None else None
        return known.by_key.get(key) if known is not None else None

    def mark(self) -> FormMark:
        """What the panel says now."""
        kind = str(self.kind.currentData())
        return replace(
            self._mark,
            kind=kind,
            of=self._source(),
            names=self.names.text().strip().upper() if kind == "villages" else "",
            village=self.village.currentData() if kind == "figure" else None,
            span=str(self.span.currentData() or "") if kind != "words" else "",
            unit=str(self.unit.currentData() or ""),
            decimals=int(self.decimals.currentData()),
            date_style=str(self.date_style.currentData() or ""),
            piece=str(self.piece.currentData() or ""),
            masked=self.masked.isChecked(),
        )

    def _source(self) -> str:
        """The key of what was chosen or typed; empty where the typed words name nothing."""
        typed = self.of.currentText().strip()
        found = self.of.findText(typed)
        if found < 0:
            near = [n for n in range(self.of.count()) if typed and typed in self.of.itemText(n)]
            found = near[0] if len(near) == 1 else -1
        return str(self.of.itemData(found)) if found >= 0 else ""

    def complain(self, text: str) -> None:
        """Say what is wrong; empty takes it back."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _keep(self) -> None:
        made = self.mark()
        if not made.of:
            self.complain("没有这一项。请从列表里选一个，或者多写几个字。")
            return
        top, left, bottom, right = block_of(made.place)
        if made.kind in ("villages", "column") and (top, left) == (bottom, right):
            self.complain("只选中了一格。请按住鼠标往下拖，选中要填的那一列格子。")
            return
        self.kept.emit(made)
