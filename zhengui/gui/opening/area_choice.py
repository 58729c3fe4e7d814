"""The work areas an office has, ticked one by one: an office without an area never sees its ledgers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from zhengui.services.township.own_catalogue import AreaInUse

_COLUMNS = 2


class AreaChoice(QWidget):
    """A tick for every area; all are ticked at first."""

    def __init__(self, areas: Sequence[AreaInUse], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self.ticks: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for place, area in enumerate(areas):
            tick = QCheckBox(area.title, self)
            tick.setChecked(True)
            grid.addWidget(tick, *divmod(place, _COLUMNS))
            self.ticks[area.key] = tick

    def left_out(self) -> tuple[str, ...]:
        """The keys of the areas that the office doesn't have."""
        return tuple(key for key, tick in self.ticks.items() if not tick.isChecked())

    def is_empty(self) -> bool:
        """Whether none is ticked."""
        return len(self.left_out()) == len(self.ticks)

    def words(self) -> str:
        """What was chosen, in a line."""
        used = len(self.ticks) - len(self.left_out())
        return f"全部 {used} 个工作领域" if used == len(self.ticks) else f"{used} 个工作领域"
