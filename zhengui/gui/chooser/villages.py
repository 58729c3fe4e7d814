"""The panel that chooses villages: the whole township, one of them or several, found by name or pinyin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from zhengui.gui.desk.scope import ChosenScope
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.popover import Popover

WIDTH, HEIGHT = 256, 300


class VillagePopover(Popover):
    """Ticks take effect when the panel closes; Enter on a name chooses that village alone."""

    def __init__(self, window: QWidget, scope: ChosenScope) -> None:
        super().__init__(window)
        self._scope = scope
        self._initials: dict[int, str] = {}
        self._search = QLineEdit(self)
        self._search.setPlaceholderText("名称或拼音首字母")
        self._search.setAccessibleName("查找村（居）")
        self._search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setFixedSize(WIDTH, HEIGHT)
        self._list.setAccessibleName("村（居）")
        self._list.setUniformItemSizes(True)
        self._list.itemActivated.connect(self._only)
        self._list.itemChanged.connect(lambda _item: self._count())
        self._told = label("", self, "cap")
        whole, done = button(scope.speech("全镇"), self), button("完成", self, "primary")
        whole.clicked.connect(self._whole)
        done.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        row.addWidget(whole)
        row.addWidget(done)
        self.column.addWidget(self._search)
        self.column.addWidget(self._list)
        self.column.addLayout(row)
        self.closed.connect(self._take)
        self._open = False

    def open_under(self, opener: QWidget, align_right: bool = False) -> None:
        self._search.clear()
        self._fill()
        self._open = True
        super().open_under(opener, align_right)

    def focus_first(self) -> None:
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._list.setFocus()
                self._list.setCurrentRow(next(iter(self._shown()), 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shown = self._shown()
                if shown and self._search.text():
                    self._only(self._list.item(shown[0]))
                else:
                    self.hide()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        from zhengui.values.pinyin import initials

        self._list.blockSignals(True)
        self._list.clear()
        for village, name in self._scope.all_villages.items():
            self._initials.setdefault(village, initials(name))
            item = QListWidgetItem(name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, village)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = village in self._scope.villages
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self._list.blockSignals(False)
        self._count()

    def _filter(self, text: str) -> None:
        wanted = text.strip().lower()
        for row in range(self._list.count()):
            item = self._list.item(row)
            letters = self._initials[item.data(Qt.ItemDataRole.UserRole)]
            item.setHidden(bool(wanted) and wanted not in item.text() and not letters.startswith(wanted))

    def _shown(self) -> list[int]:
        return [row for row in range(self._list.count()) if not self._list.item(row).isHidden()]

    def _ticked(self) -> list[int]:
        rows = (self._list.item(row) for row in range(self._list.count()))
        return [i.data(Qt.ItemDataRole.UserRole) for i in rows if i.checkState() is Qt.CheckState.Checked]

    def _count(self) -> None:
        count = len(self._ticked())
        self._told.setText(f"已选 {count} 个" if count else self._scope.speech("未勾选即全镇"))

    def _only(self, item: QListWidgetItem) -> None:
        self._open = False
        self.hide()
        self._scope.set_villages([item.data(Qt.ItemDataRole.UserRole)])

    def _whole(self) -> None:
        self._open = False
        self.hide()
        self._scope.set_villages(())

    def _take(self) -> None:
        if self._open:
            self._open = False
            self._scope.set_villages(self._ticked())
