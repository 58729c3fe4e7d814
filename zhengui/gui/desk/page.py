"""A page of the window: what fills it right of the rail and under the context bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.actions import Bound
from zhengui.gui.desk.place import Place

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk


class Page(QWidget):
    """What fills the window right of the rail and under the context bar."""

    heading_changed = Signal()
    #: Whether period and villages are shown over the page.
    scoped = True
    #: Whether it is painted empty when it is first come to, and filled after that: making and filling it take too long
    #: for one click.
    fills_later = False
    #: The place one came from, known before the page is arrived at.
    before: Place | None = None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.desk = desk

    def heading(self) -> tuple[str, str]:
        """The title in the context bar and the small words after it."""
        return "", ""

    def arrive(self, place: Place) -> None:
        """Come to the page, or to another part of it."""

    def where(self) -> Place | None:
        """The place to come back to, if the page knows better than the way one came."""
        return None

    def can_leave(self) -> bool:
        """Whether nothing typed would be lost; asks where something would."""
        return True

    def offered(self) -> list[Bound]:
        """What can be done here, for the command search."""
        return []

    def go_on_typing(self, ledger_key: str, record: int | None) -> None:
        """Take up a draft of a record, or of a new one, where the page has ledgers."""

    def regions(self) -> list[QWidget]:
        """The parts that F6 visits in turn, from left to right."""
        return []
