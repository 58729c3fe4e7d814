"""参数: the office's numbers, such as age limits and thresholds, by area."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QGridLayout, QLineEdit

from zhengui.catalogue.model import Parameter
from zhengui.gui.desk.desk import Desk
from zhengui.gui.figure.words import plain_number
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.style import mark
from zhengui.gui.system.panel import Panel
from zhengui.services.township.rights import Right
from zhengui.services.township.township import PARAMETER


class ParameterPanel(Panel):
    """Each number is kept when its field is left; figures follow at once."""

    needs = Right.MANAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fields: dict[str, QLineEdit] = {}
        for area in desk.township.catalogue.areas:  # earlier years are counted by those of retired areas
            if area.parameters:
                ended = area.life.retired
                title = f"{area.title}（从 {ended} 年起停用）" if ended is not None else area.title
                self._add_area(title, area.parameters)
        if not self.fields:
            self.card("没有可以设置的参数")

    def _add_area(self, title: str, parameters: tuple[Parameter, ...]) -> None:
        column = self.card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(3, 1)
        for row, parameter in enumerate(parameters):
            field = QLineEdit(self)
            field.setFixedWidth(96)
            field.setAccessibleName(parameter.title)
            field.editingFinished.connect(lambda key=parameter.key: self._keep(key))
            usual = button("默认值", self, "ghost", "s")
            usual.setToolTip(plain(f"恢复为 {plain_number(parameter.value)}{parameter.unit}"))
            usual.clicked.connect(lambda _checked=False, key=parameter.key: self._usual(key))
            self.fields[parameter.key] = field
            grid.addWidget(label(parameter.title, self), row * 2, 0)
            grid.addWidget(field, row * 2, 1)
            grid.addWidget(label(parameter.unit, self, "sec"), row * 2, 2)
            grid.addWidget(usual, row * 2, 4)
            if parameter.help:
                grid.addWidget(label(parameter.help, self, "cap", wrap=True), row * 2 + 1, 0, 1, 5)
        column.addLayout(grid)

    def refresh(self) -> None:
        now = self.desk.township.parameters()
        for key, field in self.fields.items():
            field.setText(plain_number(now[key]))
            mark(field, look="")

    def _usual(self, key: str) -> None:
        self.fields[key].setText(plain_number(self.desk.catalogue.parameters[key].value))
        self._keep(key)

    def _keep(self, key: str) -> None:
        field, parameter = self.fields[key], self.desk.catalogue.parameters[key]
        try:
            number = Decimal(field.text().strip().replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            mark(field, look="error")
            field.setToolTip(plain("请填一个数，例如 " + plain_number(parameter.value)))
            return
        mark(field, look="")
        field.setToolTip("")
        if number != self.desk.township.parameters()[key]:
            self.desk.township.keep_setting(PARAMETER + key, str(number))
            self.desk.say(f"已改：{parameter.title} {plain_number(number)}{parameter.unit}")
            self.desk.saved.emit("")
