"""今天, the first view of 总览: what is to be done, how far the areas are, what is not reported, figures and villages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.home.facts import HomeFacts
from zhengui.gui.home.figure_card import FigureCard
from zhengui.gui.home.progress_ring import AreaRing
from zhengui.gui.home.task_list import TaskList
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.scrolled import clear_scrolled
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.returns.month_card import MonthCard
from zhengui.services.watch.today import TodayLine
from zhengui.services.watch.weekly_reminder import save_reminder, weekly_reminder

#: Under this height the figures are left out first.
LOW = 500
#: At most so many areas side by side, and the room that a ring with its longest title takes.
ACROSS, RING_ROOM = 4, 140
#: What the card's edges and a scroll bar take of the column.
_EDGES = 44


class TodayView(QWidget):
    """Everything on it is of the period and the villages that are lit up, and leads to the rows behind it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.tasks = TaskList(self)
        self.tasks.opened.connect(self.open_line)
        self.tasks.printing.connect(self.print_reminder)
        row.addWidget(self.tasks, 40)
        scrolled, inside = clear_scrolled(self)
        self._right = scrolled
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addWidget(self._make_areas())
        self.months = MonthCard(desk, self)
        right.addWidget(self.months)
        self.figures = FigureCard(desk, self)
        right.addWidget(self.figures, 1)
        right.addStretch(0)
        row.addWidget(scrolled, 60)
        self.rings: list[AreaRing] = []

    def _make_areas(self) -> QWidget:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label("各领域进度", card, "h2"), 1)
        head.addWidget(label("环内为销号率、计划完成率 %", card, "cap"))
        column.addLayout(head)
        self._areas = QGridLayout()
        self._areas.setSpacing(2)
        column.addLayout(self._areas)
        return card

    def show_facts(self, facts: HomeFacts) -> None:
        """Show what was read, and read the rest."""
        self.tasks.show_lines(facts.lines)
        while (item := self._areas.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rings = []
        for progress in facts.rings:
            ring = AreaRing(progress, self)
            ring.clicked.connect(lambda _checked=False, p=progress: self.desk.go(p.page, p.of, 0, p.state))
            self.rings.append(ring)
        self._arrange_rings()
        self.months.reload()
        self.figures.reload()

    def _arrange_rings(self) -> None:
        """As many areas side by side as the column has room for; on a small or magnified screen fewer."""
        across = max(1, min(ACROSS, (self._right.width() - _EDGES) // RING_ROOM))
        for place, ring in enumerate(self.rings):
            self._areas.addWidget(ring, place // across, place % across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_rings()
        self.figures.setVisible(self.height() >= LOW)

    def open_line(self, line: TodayLine) -> None:
        """Go where a line is done."""
        if line.page == "ledger":
            self.desk.go_to_ledger(line.of, line.record, line.state)
        elif line.page == "begin":
            self.desk.begin(line.of, {"household": line.record})
        else:
            self.desk.go(line.page, line.of, line.record, line.state)

    def print_reminder(self) -> None:
        """Ask where to keep the week's sheet, lay it out in the background, and offer to open it."""
        name = f"本周工作提醒{self.desk.township.today():%Y%m%d}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "打印工作提醒", name, "PDF 文件 (*.pdf)")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
        self.save_reminder(path)

    def save_reminder(self, path: Path) -> None:
        """Lay out the week's sheet to this file."""
        desk, scope = self.desk, self.desk.scope
        period, villages = scope.period, scope.villages

        def work(_progress: object) -> int:
            with desk.township.reading() as reading:
                return save_reminder(reading, weekly_reminder(reading, period, villages), path)

        run_waiting(
            self,
            desk.background,
            "正在排版",
            work,
            lambda pages: desk.offer_file(f"本周工作提醒已排好，{pages} 页：{path.name}", path),
            lambda error: tell(self, "没有排成", sentence(error)),
        )
