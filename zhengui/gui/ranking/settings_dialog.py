"""The weights and marks of a ranking, for the months that are not issued yet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from zhengui.catalogue.model import Catalogue, Ranking
from zhengui.figures.village_marks import Scale
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import label
from zhengui.services.plan.tell_plan import number

HEADINGS = ("权重", "不得分的数", "满分的数")


class RankingSettings(Dialog):
    """A row for each figure: its weight, the number that earns nothing, the number that earns all."""

    def __init__(
        self, parent: QWidget, ranking: Ranking, scales: Sequence[Scale], catalogue: Catalogue
    ) -> None:
        told = "改动只影响还没有签发的月份。权重写 0 的不参加排名；满分的数比不得分的数小，就是越少越好。"
        super().__init__(parent, f"“{ranking.title}”怎样计分？", told, "保存", "取消", width=560)
        host = QWidget(self)
        host.setObjectName("clear")
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        for column, heading in enumerate(HEADINGS, 1):
            grid.addWidget(label(heading, host, "fld"), 0, column)
        self.fields: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._titles = []
        for row, (item, scale) in enumerate(zip(ranking.items, scales, strict=True), 1):
            indicator = catalogue.indicators[item.indicator]
            per = {"population": "每百人", "households": "每百户"}.get(item.per, "")
            title = item.title or f"{per}{indicator.title}"
            unit = "%" if item.over else indicator.unit
            self._titles.append(title)
            grid.addWidget(label(f"{title}（{unit}）", host, wrap=True), row, 0)
            made = []
            for column, value in enumerate((scale.weight, scale.zero, scale.full), 1):
                field = QLineEdit(number(value), host)
                field.setAccessibleName(f"{title}，{HEADINGS[column - 1]}")
                field.setFixedWidth(96)
                grid.addWidget(field, row, column)
                made.append(field)
            self.fields.append((made[0], made[1], made[2]))
        grid.setColumnStretch(0, 1)
        self.rows.addWidget(host)

    def mistake(self) -> str:
        for title, fields in zip(self._titles, self.fields, strict=True):
            for heading, field in zip(HEADINGS, fields, strict=True):
                if _read(field) is None:
                    return self.wrong(field, f"“{title}”的{heading}要写一个数，例如 60")
        return ""

    def scales(self) -> list[Scale]:
        """The scales as typed, once nothing is wrong."""
        return [Scale(*(_read(field) or Decimal(0) for field in fields)) for fields in self.fields]


def _read(field: QLineEdit) -> Decimal | None:
    try:
        value = Decimal(field.text().strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
