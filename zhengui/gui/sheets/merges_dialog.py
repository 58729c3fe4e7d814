"""合并记录: which folders were merged, by whom and when, each to be taken back whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.plain import plain
from zhengui.services.sheets.merge_files import Merge, all_merges, undo_merge

_NUMBER = int(Qt.ItemDataRole.UserRole)


class MergesDialog(Dialog):
    """The newest first; `changed` tells whether one was taken back."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        told = "撤回一次合并：新增的记录移到回收站，改动过的恢复成合并以前的样子；以后又改过的不动。"
        super().__init__(parent, "合并记录", told, verb="关闭", width=620, height=420, title="合并记录")
        self._desk, self.changed = desk, False
        self.list = QListWidget(self)
        self.list.setAccessibleName("合并记录")
        self.list.currentItemChanged.connect(lambda _now, _before: self._allow())
        self.rows.addWidget(self.list, 1)
        self.back = self.add_verb("撤回这次合并…", self._take_back)
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self._found = {one.id: one for one in all_merges(self._desk.township)}
        for one in self._found.values():
            item = QListWidgetItem(_words(one))
            item.setData(_NUMBER, one.id)
            item.setToolTip(plain(_words(one)))
            self.list.addItem(item)
        if not self._found:
            self.list.addItem(QListWidgetItem("还没有合并过。"))
        self.list.setCurrentRow(0)
        self._allow()

    def _chosen(self) -> Merge | None:
        item = self.list.currentItem()
        return self._found.get(item.data(_NUMBER)) if item is not None else None

    def _allow(self) -> None:
        chosen = self._chosen()
        if hasattr(self, "back"):
            why = "请先选一次合并" if chosen is None else "这一次合并已经撤回"
            allow(self.back, chosen is not None and chosen.undone_at is None, why)

    def _take_back(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        told = f"“{chosen.folder}”新增的 {chosen.added} 条会移到回收站，改动的 {chosen.changed} 条恢复成以前的样子。"
        if ask(self, "要撤回这次合并吗？", told, "撤回", "不撤回"):
            back, left = undo_merge(self._desk.township, chosen.id)
            rest = f"，{left} 条以后又改过，没有动" if left else ""
            self.changed = True
            self._desk.saved.emit("")
            self._desk.say(f"已撤回这次合并，{back} 条记录回到以前{rest}")
            self._fill()


def _words(one: Merge) -> str:
    told = f"{one.at:%Y-%m-%d %H:%M}　{one.who}　{one.folder}　{one.files} 个文件，新增 {one.added}，改动 {one.changed}"
    return f"{told}　（{one.undone_at:%Y-%m-%d} 由{one.undone_by}撤回）" if one.undone_at else told
