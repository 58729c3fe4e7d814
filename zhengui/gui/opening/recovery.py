"""Shown where the data file doesn't open: what is wrong with it, and the ways back, backups before all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from zhengui.gui.kit.allowing import CHOOSE, allow
from zhengui.gui.kit.background import Background
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.opening.first_start import ask_for_file

if TYPE_CHECKING:
    from zhengui.services.township.find_file import FileCandidate
    from zhengui.services.township.keep_backup import BackupStanding

MEGABYTE = 1024 * 1024
RESTORE, OPEN, AGAIN, NEW = "restore", "open", "again", "new"
_COLUMNS = ("时间", "大小", "里面有什么", "文件")
_WIDTHS = (128, 76, 216, 250)


@dataclass(frozen=True, slots=True)
class WayBack:
    """What was chosen: restore the backup `path`, open `path`, try again, or begin a new township."""

    deed: str
    path: Path | None = None


class Recovery(QDialog):
    """Lists the backups with what each would lose, and files elsewhere that may be the missed one."""

    def __init__(
        self,
        path: Path,
        why: str,
        background: Background,
        parent: QWidget | None = None,
        opened: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("政规")
        self.setMinimumWidth(760)
        self.choice: WayBack | None = None
        self._path = path
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        gone = not path.is_file()
        head = f"没有找到“{path.name}”" if gone else f"“{path.name}”{'有损坏' if opened else '打不开'}"
        column.addWidget(label(head, self, "big"))
        column.addWidget(label(why, self, "sec", wrap=True))
        column.addWidget(label(f"位置：{path.parent}", self, "cap", wrap=True))
        column.addSpacing(6)
        self.told = label("正在查看备份…", self, "ttl", wrap=True)
        column.addWidget(self.told)
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("可以用来恢复的备份和文件")
        self.list.setHeaderLabels(list(_COLUMNS))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFixedHeight(220)
        for place, width in enumerate(_WIDTHS):
            self.list.setColumnWidth(place, width)
        self.list.itemDoubleClicked.connect(lambda _item, _column: self._take())
        self.list.currentItemChanged.connect(lambda _now, _before: self._name_deed())
        column.addWidget(self.list)
        note = "恢复以前先核对备份；现在的文件连同 -wal 和钥匙另存在旁边，名字里带“恢复前”，不会丢。"
        column.addWidget(label(note, self, "cap", wrap=True))
        column.addLayout(self._buttons())
        self.list.setFocus()
        background.run(lambda _progress: _look(path), self._show, key="recovery")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, deed in (("打开其他数据文件…", OPEN), ("再试一次", AGAIN), ("另建一个新的…", NEW)):
            made = button(text, self)
            made.clicked.connect(lambda _checked=False, deed=deed: self._choose(deed))
            row.addWidget(made)
        row.addStretch(1)
        leave = button("关闭", self)
        leave.clicked.connect(self.reject)
        self.deed = button("恢复选中的备份", self, "primary")
        self.deed.setDefault(True)
        allow(self.deed, False, CHOOSE)
        self.deed.clicked.connect(self._take)
        row.addWidget(leave)
        row.addWidget(self.deed)
        return row

    def _show(self, found: tuple[list[BackupStanding], list[FileCandidate]]) -> None:
        backups, candidates = found
        for candidate in candidates:
            told = (f"{candidate.written_at:%Y-%m-%d %H:%M}", candidate.size, "可能就是它，被移到了这里")
            self._add(*told, candidate.path, OPEN, True)
        for each in backups:
            kept = each.backup
            sound = each.content is not None or each.locked
            self._add(f"{kept.made_at:%Y-%m-%d %H:%M}", kept.size, each.missing, kept.path, RESTORE, sound)
        first = next(
            (
                item
                for row in range(self.list.topLevelItemCount())
                if (item := self.list.topLevelItem(row)) is not None and not item.isDisabled()
            ),
            None,
        )
        if first is None:
            self.told.setText("旁边没有能用的备份。请插上备份用的 U 盘，点“打开其他数据文件…”选里面的备份。")
            return
        self.told.setText("可以这样接着用：")
        self.list.setCurrentItem(first)

    def _add(self, at: str, size: int, what: str, path: Path, deed: str, sound: bool) -> None:
        item = QTreeWidgetItem([at, f"{size / MEGABYTE:.1f} MB", what, path.name])
        item.setData(0, Qt.ItemDataRole.UserRole, (deed, path))
        item.setDisabled(not sound)
        item.setToolTip(3, plain(str(path)))
        self.list.addTopLevelItem(item)

    def _chosen(self) -> tuple[str, Path] | None:
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None and not item.isDisabled() else None

    def _name_deed(self) -> None:
        chosen = self._chosen()
        allow(self.deed, chosen is not None, CHOOSE)
        self.deed.setText("打开选中的文件" if chosen and chosen[0] == OPEN else "恢复选中的备份")

    def _take(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._accept(WayBack(*chosen))

    def _choose(self, deed: str) -> None:
        path = ask_for_file(self) if deed == OPEN else None
        if deed != OPEN or path is not None:
            self._accept(WayBack(deed, path))

    def _accept(self, choice: WayBack) -> None:
        self.choice = choice
        self.accept()


def _look(path: Path) -> tuple[list[BackupStanding], list[FileCandidate]]:
    """The backups, and, where the file is missing, files that may be it."""
    from zhengui.services.township import find_file, keep_backup

    return keep_backup.standing(path), [] if path.is_file() else find_file.find(path)
