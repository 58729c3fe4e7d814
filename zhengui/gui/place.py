"""Where one can be in the window, and the pages that are places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from zhengui.gui.desk import Desk


#: The state of a place that is a ledger's recycle bin.
BIN = "回收站"
#: The state of a figure's place that was reached from an issued document; the issue's id follows.
OF_ISSUE = "issue:"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, what it shows (a ledger, a figure) and, where one is open, the record.

    `page` is home, area:KEY, registers, plan, report, system or figure.
    """

    page: str
    of: str = ""
    record: int = 0
    state: str = field(default="", compare=False)


class Page(QWidget):
    """What fills the window right of the rail and under the context bar."""

    heading_changed = Signal()
    #: Whether period and villages are shown over the page.
    scoped = True
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

    def regions(self) -> list[QWidget]:
        """The parts that F6 visits in turn, from left to right."""
        return []
