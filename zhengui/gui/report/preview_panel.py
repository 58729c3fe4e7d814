"""The preview with what one needs around it: page list, turning, zoom, and a search in the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.report.page_list import PageList
from zhengui.gui.report.preview import STEPS, WHOLE_PAGE, Preview


class PreviewPanel(QFrame):
    """Everything right of the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.preview = Preview(self)
        self.pages = PageList(self.preview.document, self)
        self.pages.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        self._search_row = self._searching()
        self._search_row.hide()
        column.addWidget(self._search_row)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.pages)
        row.addWidget(self.preview, 1)
        column.addLayout(row, 1)
        self.pages.chosen.connect(self.preview.go_to_page)
        self.preview.page_changed.connect(self._tell_page)
        self.preview.shown.connect(self.pages.renew)
        self.preview.found.connect(self._tell_found)
        self.preview.zoom_changed.connect(self._tell_zoom)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(2)
        row.addWidget(label("预览", self, "h2"))
        row.addSpacing(6)
        self._page = label("", self, "cap")
        row.addWidget(self._page)
        row.addStretch(1)
        self._list = self._icon("grid", "显示或收起页面列表", self._toggle_list)
        self._list.setCheckable(True)
        self._find = self._icon("search", "在页面里查找（Ctrl+F）", self.start_search)
        self._find.setShortcut("Ctrl+F")
        for each in (
            self._list,
            self._find,
            self._icon("chevron_left", "上一页", lambda: self._turn(-1)),
            self._icon("chevron_right", "下一页", lambda: self._turn(1)),
        ):
            row.addWidget(each)
        self._zoom = button("适合宽度", self, "ghost")
        self._zoom.setToolTip("放大或缩小页面（Ctrl+滚轮）")
        self._zoom.setMenu(self._zooms())
        self._zoom.setIcon(icons.icon("chevron_down"))
        self._zoom.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row.addWidget(self._zoom)
        return row

    def _icon(self, icon: str, name: str, call: object) -> QPushButton:
        made = button("", self, "icon")
        made.setIcon(icons.icon(icon))
        made.setToolTip(plain(name))
        made.setAccessibleName(name)
        made.clicked.connect(call)
        return made

    def _zooms(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for zoom in (1.0, WHOLE_PAGE, *(one for one in STEPS if one != 1.0)):
            action = QAction(zoom_words(zoom), menu, checkable=True, checked=zoom == 1.0)
            action.triggered.connect(lambda _on, zoom=zoom: self.preview.set_zoom(zoom))
            action.setData(zoom)
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _searching(self) -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("sub")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 4, 8, 4)
        self.words = QLineEdit(frame)
        self.words.setPlaceholderText("在页面里查找")
        self.words.setAccessibleName("在页面里查找")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.preview.search)
        self.words.returnPressed.connect(lambda: self.preview.go_to_found(1))
        self._found = label("", frame, "cap")
        row.addWidget(self.words, 1)
        row.addWidget(self._found)
        row.addWidget(self._icon("chevron_up", "上一处", lambda: self.preview.go_to_found(-1)))
        row.addWidget(self._icon("chevron_down", "下一处", lambda: self.preview.go_to_found(1)))
        close = self._icon("dismiss", "收起查找（Esc）", self.end_search)
        row.addWidget(close)
        leave = QAction(frame)
        leave.setShortcut("Esc")
        leave.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.triggered.connect(self.end_search)
        frame.addAction(leave)
        return frame

    def start_search(self) -> None:
        """Show the search field and put the keyboard into it."""
        self._search_row.show()
        self.words.setFocus()
        self.words.selectAll()

    def end_search(self) -> None:
        """Hide the search field and what it marked."""
        self.words.clear()
        self._search_row.hide()
        self.preview.setFocus()

    def _toggle_list(self) -> None:
        self.pages.setVisible(self._list.isChecked())

    def _turn(self, by: int) -> None:
        self.preview.go_to_page(max(0, self.preview.current_page() + by))

    def _tell_page(self, page: int, pages: int) -> None:
        self._page.setText(f"第 {page} 页，共 {pages} 页" if pages else "")
        self.pages.show_page(page)

    def _tell_found(self, number: int, count: int) -> None:
        if not self.words.text():
            self._found.setText("")
        else:
            self._found.setText(f"{number} / {count}" if count else "没有找到")

    def _tell_zoom(self, zoom: float) -> None:
        self._zoom.setText(zoom_words(zoom))
        for action in self._zoom.menu().actions():
            action.setChecked(action.data() == zoom)


def zoom_words(zoom: float) -> str:
    """How a zoom is called: relative to the width of the view."""
    if zoom == WHOLE_PAGE:
        return "整页"
    return "适合宽度" if zoom == 1.0 else f"{zoom:.0%}"
