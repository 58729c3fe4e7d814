"""Editors for numbers: right-aligned, with commas when left, and money told in 万元."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Field, FieldType
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.field_editor import LineEditor
from zhengui.values.parse import ValueMistake

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)


class NumberEditor(LineEditor):
    """A whole number, a decimal number or an amount of money."""

    def __init__(self, field: Field, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(field, context, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def state(self) -> str:
        return self.text().replace(",", "")

    def restore(self, state: str) -> None:
        super().restore(state)
        self.normalise()

    def focused(self, reason: Qt.FocusReason) -> None:
        if not self.line.isReadOnly():
            self.line.setText(_plain(self.text()))
        super().focused(reason)

    def text_shown(self) -> None:
        if self.field.type is not FieldType.MONEY:
            return
        try:
            value = self.value()
        except ValueMistake:
            value = None
        self.set_note(echo(Decimal(value) / 100) if isinstance(value, int) else "")


def echo(yuan: Decimal) -> str:
    """An amount as people say it, to catch a zero too many: 18600 → 1.86 万元; empty below 10,000."""
    if abs(yuan) < _WAN:
        return ""
    scale, word = (_YI, "亿元") if abs(yuan) >= _YI else (_WAN, "万元")
    exact = yuan / scale
    rounded = exact.quantize(Decimal("0.01"))
    about = "" if rounded == exact else "约 "
    return f"{about}{rounded.normalize():f} {word}"


def _plain(text: str) -> str:
    """A number as one types it: no commas, and no 分 where there are none."""
    bare = text.replace(",", "")
    whole, dot, rest = bare.partition(".")
    return whole if dot and not rest.strip("0") else bare
