"""F1: the manual in a window of its own, opened at the page that fits what is in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from zhengui.gui.help import pages as help_pages
from zhengui.gui.help.contents import ANCHOR, PAGE, HelpList
from zhengui.gui.help.text import HelpText
from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Window
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain

_SIDE = 236
_SIZE = (1020, 700)


class HelpWindow(Window):
    """Contents or what was found at the left, the page at the right; 自检 under them."""

    selftest_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "政规 使用手册")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*_SIZE)
        self.text = HelpText(self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("在手册里查找")
        self.search.setAccessibleName("在手册里查找")
        self.search.setClearButtonEnabled(True)
        self.contents, self.found = HelpList("目录", self), HelpList("找到的内容", self)
        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.contents)
        self._lists.addWidget(self.found)
        self._told = label("", self, "cap")
        self._told.setContentsMargins(16, 4, 12, 8)
        self._lay_out()
        self._fill_contents()
        self._connect()

    def _lay_out(self) -> None:
        side = QFrame(self)
        side.setObjectName("rail")
        side.setFixedWidth(_SIDE)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 0)
        head.setSpacing(4)
        self.back, self.on = (
            self._step("arrow_left", "退回（Alt+←）"),
            self._step("chevron_right", "前进（Alt+→）"),
        )
        head.addWidget(self.back)
        head.addWidget(self.search, 1)
        head.addWidget(self.on)
        left.addLayout(head)
        left.addWidget(self._lists, 1)
        left.addWidget(self._told)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 12)
        self.selftest = button("自检…", self, "ghost")
        self.selftest.setToolTip("检查程序和这台电脑是否正常")
        foot.addWidget(self.selftest)
        foot.addStretch(1)
        left.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.text, 1)

    def _step(self, drawing: str, name: str) -> QWidget:
        made = button("", self, "icon")
        made.setIcon(icons.icon(drawing))
        made.setAccessibleName(name)
        made.setToolTip(plain(name))
        return made

    def _allow_back(self, able: bool) -> None:
        allow(self.back, able, "前面没有看过别的页")

    def _allow_on(self, able: bool) -> None:
        allow(self.on, able, "已经是最后看的一页")

    def _fill_contents(self) -> None:
        known = help_pages.pages()
        for heading, names in help_pages.CONTENTS:
            self.contents.add_heading(heading)
            for name in names:
                self.contents.add_line(known[name].title, name)

    def _connect(self) -> None:
        self.back.clicked.connect(self.text.backward)  # type: ignore[attr-defined]
        self.on.clicked.connect(self.text.forward)  # type: ignore[attr-defined]
        self.text.backwardAvailable.connect(self._allow_back)
        self.text.forwardAvailable.connect(self._allow_on)
        self._allow_back(False)
        self._allow_on(False)
        for shown in (self.contents, self.found):
            shown.currentItemChanged.connect(lambda item, _old: self._open(item))
            shown.itemClicked.connect(self._open)
        self.text.sourceChanged.connect(self._arrived)
        self.selftest.clicked.connect(self.selftest_asked)
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        for keys, act in (
            ("Ctrl+F", self.search.setFocus),
            ("Alt+Left", self.text.backward),
            ("Alt+Right", self.text.forward),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def show_page(self, page: str) -> None:
        """Show the help that fits a page of the window."""
        self.search.clear()
        self.text.show_place(help_pages.fitting(page))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows go through the list while the words are being typed; Esc clears them first."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                (self.found if self.search.text().strip() else self.contents).move_by(step)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _open(self, item: QListWidgetItem | None) -> None:
        name = item.data(PAGE) if item is not None else None
        if item is None or name is None:
            return
        words = self.search.text().strip()
        anchor = str(item.data(ANCHOR) or "")
        if words or anchor or name != self.text.page:
            self.text.show_place(str(name), anchor, words)

    def _arrived(self, _source: QUrl) -> None:
        """Mark the page in the contents, however it was reached."""
        self.contents.mark(self.text.page)

    def _find(self, text: str) -> None:
        words = text.strip()
        self._lists.setCurrentWidget(self.found if words else self.contents)
        self.found.clear()
        if not words:
            self._told.setText("")
            return
        hits = help_pages.find(words)
        page = ""
        for hit in hits:
            if hit.page.title != page:
                page = hit.page.title
                self.found.add_heading(page)
            self.found.add_line(hit.section.title or page, hit.page.name, hit.section.anchor, hit.around)
        self._told.setText(f"找到 {len(hits)} 处" if hits else f"没有找到“{words}”，换个说法试试")


def show_help(parent: QWidget, page: str, selftest: Callable[[QWidget], None] | None = None) -> None:
    """Open the manual at the page that fits, or bring it to the front; `selftest` is what its button does."""
    existing = parent.findChild(HelpWindow)
    if isinstance(existing, HelpWindow):
        window = existing
    else:
        window = HelpWindow(parent)
        window.selftest.setVisible(selftest is not None)
        if selftest is not None:
            window.selftest_asked.connect(lambda: selftest(window))
    window.show_page(page)
    window.show()
    window.raise_()
    window.activateWindow()
