"""The pages as small pictures beside the preview; drawn only when they come into view."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QListView, QWidget

from zhengui.gui.kit.style import colour

WIDTH = 104
PICTURE = QSize(64, 91)
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    def __init__(self, document: QPdfDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._drawn: dict[int, QPixmap] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._document.pageCount()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(page)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"第 {page + 1} 页"
        return None

    def renew(self) -> None:
        """Other pages came."""
        self.beginResetModel()
        self._drawn.clear()
        self.endResetModel()

    def _picture(self, page: int) -> QPixmap:
        if page not in self._drawn:
            paper = QImage(PICTURE, QImage.Format.Format_RGB32)
            paper.fill(QColor("white"))
            painter = QPainter(paper)
            painter.drawImage(0, 0, self._document.render(page, PICTURE))
            painter.setPen(colour("line2"))
            painter.drawRect(paper.rect().adjusted(0, 0, -1, -1))
            painter.end()
            self._drawn[page] = QPixmap.fromImage(paper)
        return self._drawn[page]


class PageList(QListView):
    """A click, or the arrow keys, turns to a page."""

    chosen = Signal(int)

    def __init__(self, document: QPdfDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("页面列表")
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setIconSize(PICTURE)
        self.setGridSize(QSize(WIDTH - 12, PICTURE.height() + 26))
        self.setUniformItemSizes(True)
        self._pages = _Pages(document, self)
        self.setModel(self._pages)
        self._moving = False
        self.selectionModel().currentChanged.connect(self._choose)

    def renew(self) -> None:
        """Other pages came."""
        self._pages.renew()

    def show_page(self, page: int) -> None:
        """Mark the page that is being read."""
        index = self._pages.index(page - 1, 0)
        if not index.isValid() or index == self.currentIndex():
            return
        self._moving = True
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._moving = False

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and not self._moving:
            self.chosen.emit(index.row())
