"""流转: the stages of a closed-loop record with the dates and people of each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zhengui.catalogue.closed_loop import ASSIGNED, CLOSED, RECTIFIED, VERIFIED
from zhengui.catalogue.model import Field, Ledger
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.form.course_list import CourseList
from zhengui.gui.form.field_grid import FieldGrid
from zhengui.gui.form.field_row import FieldRow
from zhengui.gui.form.stage_rings import STAGES, draw_ring
from zhengui.gui.kit.labels import label
from zhengui.services.loops.take_step import LoopCourse

#: The fields of each stage after 登记; the other fields of the loop stand under 内容.
STAGE_FIELDS: tuple[tuple[str, ...], ...] = (
    (ASSIGNED,),
    ("measure_taken", RECTIFIED),
    ("verifier", VERIFIED),
    (CLOSED,),
)
#: What the button at the foot offers, by the stage the record stands at.
STEP_WORDS = ("", "交办…", "申请验收…", "验收…", "销号…")
FLOW_KEYS = frozenset(key for keys in STAGE_FIELDS for key in keys)


class _Ring(QWidget):
    """The ring of one stage."""

    def __init__(self, stage: int) -> None:
        super().__init__()
        self._stage, self._now, self._overdue = stage, 1, False
        self.setFixedSize(QSize(20, 20))

    def show_stage(self, now: int, overdue: bool) -> None:
        self._now, self._overdue = now, overdue
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_ring(painter, QPointF(10, 10), self._stage, self._now, self._overdue)
        painter.end()


class FlowPage(QWidget):
    """One block for each stage."""

    def __init__(self, ledger: Ledger, context: EditorContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        self.rows: dict[str, FieldRow] = {}
        self._rings: list[_Ring] = []
        self._told = label("", role="cap")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self._grids: list[FieldGrid] = []
        for stage, title in enumerate(STAGES):
            column.addLayout(self._heading(stage, title))
            if stage == 0:
                continue
            fields: list[Field] = [ledger[key] for key in STAGE_FIELDS[stage - 1] if key in ledger.by_key]
            grid = FieldGrid(fields, context)
            grid.setContentsMargins(28, 0, 0, 6)
            self._grids.append(grid)
            self.rows.update(grid.rows)
            column.addWidget(grid)
        self.course = CourseList(self)
        column.addWidget(self.course)
        column.addStretch(1)

    def show_course(self, course: LoopCourse | None, today: date) -> None:
        """Tell the steps that were taken so far."""
        self.course.show_course(course, today)

    def _heading(self, stage: int, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        ring = _Ring(stage)
        self._rings.append(ring)
        row.addWidget(ring)
        row.addWidget(label(title, role="h2"))
        if stage == 0:
            row.addWidget(self._told, 1)
        row.addStretch(1)
        return row

    def show_stage(self, now: int, overdue: bool, begun: str) -> None:
        """Show the stage the record stands at, and the day it was entered."""
        for ring in self._rings:
            ring.show_stage(now, overdue)
        self._told.setText(begun)

    def set_columns(self, columns: int) -> None:
        """Lay the fields out anew."""
        for grid in self._grids:
            grid.set_columns(columns)
