"""Lists and calendars that open under a field while the keyboard stays in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import label
from zhengui.gui.kit.painted import RIGHT, draw_box, draw_text, width_of
from zhengui.gui.kit.row_drawing import Index, ListLines
from zhengui.gui.kit.style import font, size

_SHADOW = 8
_VISIBLE = 8
_WIDEST = 420


class FieldPopover(QFrame):
    """A white box over the window, under (or above) its anchor; it never takes the keyboard."""

    hidden = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self.anchor = anchor
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(_SHADOW + 4, _SHADOW + 2, _SHADOW + 4, _SHADOW + 4)
        self.box.setSpacing(0)
        self.hide()

    def open(self, wanted: QSize) -> None:
        """Show the box with room for `wanted` inside."""
        window = self.anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        margins = self.box.contentsMargins()
        width = wanted.width() + margins.left() + margins.right()
        height = wanted.height() + margins.top() + margins.bottom()
        corner = self.anchor.mapTo(window, QPoint(0, 0))
        below = window.height() - corner.y() - self.anchor.height()
        above = corner.y()
        under = below >= height or below >= above
        height = min(height, (below if under else above) + _SHADOW)
        y = corner.y() + self.anchor.height() - _SHADOW + 2 if under else corner.y() - height + _SHADOW - 2
        x = max(0, min(corner.x() - _SHADOW, window.width() - width))
        self.setGeometry(x, y, min(width, window.width()), height)
        if not self.isVisible():
            window.installEventFilter(self)
            self._follow_scrolling(True)
        self.show()
        self.raise_()

    def close_box(self) -> None:
        """Hide the box."""
        if self.isVisible():
            self.anchor.window().removeEventFilter(self)
            self._follow_scrolling(False)
            self.hide()
            self.hidden.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.close_box()
        return False

    def _follow_scrolling(self, follow: bool) -> None:
        """A box whose field scrolls away closes."""
        above = self.anchor.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                moved = above.verticalScrollBar().valueChanged
                if follow:
                    moved.connect(self.close_box)
                else:
                    moved.disconnect(self.close_box)
            above = above.parentWidget()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW - 2, -_SHADOW, -_SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for ring in range(_SHADOW - 1, 0, -1):
            painter.setBrush(QColor(27, 31, 36, 4))
            painter.drawRoundedRect(inside.adjusted(-ring, 2 - ring, ring, ring), 8 + ring, 8 + ring)
        draw_box(painter, inside, "surf", "line2", radius=8)
        painter.end()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list: what is chosen, what it is called, what tells it apart, whether it is ticked."""

    key: object
    title: str
    note: str = ""
    ticked: bool | None = None


class _Rows(QAbstractListModel):
    """The rows of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[ListRow, ...] = ()

    def fill(self, rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = "，已选" if row.ticked else ""
            return f"{row.title}，{row.note}{ticked}" if row.note else row.title + ticked
        return None


class _RowDrawing(ListLines):
    """A row: tick, title, and the note in grey at the right."""

    lit_ground = "actbg"

    def place(self, rect: QRect) -> QRect:
        return rect.adjusted(2, 1, -2, -1)

    def draw_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        view = self.parent()
        if not isinstance(view, ChoiceList):
            return
        row = view.rows_model.rows[index.row()]
        area = rect.adjusted(-2, -1, 2, 1)
        left = area.left() + 10
        if row.ticked is not None:
            box = QRectF(left, area.center().y() - 7, 15, 15)
            draw_box(
                painter, box, "act" if row.ticked else "surf", "act" if row.ticked else "line3", radius=3
            )
            if row.ticked:
                icons.paint(painter, "checkmark", box.x() - 0.5, box.y() - 0.5, 16, "onfill")
            left += 24
        note = min(width_of(row.note, "caption"), area.width() // 2) if row.note else 0
        right = area.right() - 10
        if note:
            draw_text(
                painter,
                QRectF(right - note, area.y(), note + 2, area.height()),
                row.note,
                "ink3",
                "caption",
                align=RIGHT,
            )
            right -= note + 12
        draw_text(painter, QRectF(left, area.y(), right - left, area.height()), row.title)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, size("row"))


class ChoiceList(QListView):
    """The list inside a popover."""

    def __init__(self) -> None:
        super().__init__()
        self.rows_model = _Rows(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_RowDrawing(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)


class ListPopover(FieldPopover):
    """A list to choose from; the field moves through it with ↑ and ↓."""

    chosen = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.list = ChoiceList()
        self.list.setAccessibleName("可选的内容")
        self.list.clicked.connect(lambda _index: self.choose())
        self.foot = label("")
        self.foot.setProperty("role", "cap")
        self.foot.setContentsMargins(10, 4, 10, 4)
        self.foot.setFont(font("caption"))
        self.box.addWidget(self.list)
        self.box.addWidget(self.foot)

    def show_rows(self, rows: Sequence[ListRow], current: object = None, foot: str = "") -> None:
        """Open with these rows, `current` (a row's key) marked; with neither rows nor foot it closes."""
        self.list.rows_model.fill(rows)
        if not rows and not foot:
            self.close_box()
            return
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        shown = min(len(rows), _VISIBLE)
        wanted = max((width_of(row.title) + width_of(row.note, "caption") for row in rows), default=0) + 64
        wanted = max(
            self.anchor.width() - 8, min(wanted, _WIDEST), width_of(foot, "caption") + 24 if foot else 0
        )
        self.list.setVisible(bool(rows))
        self.open(QSize(wanted, shown * size("row") + (self.foot.sizeHint().height() if foot else 0)))
        place = next((n for n, row in enumerate(rows) if row.key == current), -1)
        if place >= 0:
            self.go_to(place)

    def go_to(self, place: int) -> None:
        """Mark a row."""
        index = self.list.rows_model.index(place)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def move_by(self, step: int) -> None:
        """Mark the row `step` further on, stopping at the ends."""
        count = len(self.list.rows_model.rows)
        if count:
            place = self.list.currentIndex().row()
            self.go_to(max(0, min(count - 1, place + step)) if place >= 0 else (0 if step > 0 else count - 1))

    def current(self) -> ListRow | None:
        """The marked row."""
        place = self.list.currentIndex().row()
        return self.list.rows_model.rows[place] if self.isVisible() and place >= 0 else None

    def choose(self) -> None:
        """Take the marked row."""
        row = self.current()
        if row is not None:
            self.chosen.emit(row.key)
