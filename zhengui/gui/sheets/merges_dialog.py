"""合并记录: which folders were merged, by whom and when, each to be taken back whole."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.row_fields import ThingList
from zhengui.services.sheets.merge_files import Merge, all_merges, undo_merge


class MergesDialog(Dialog):
    """The newest first; `changed` tells whether one was taken back."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        told = "撤回一次合并：新增的记录移到回收站，改动过的恢复成合并以前的样子；以后又改过的不动。"
        super().__init__(parent, "合并记录", told, verb="关闭", width=620, height=420, title="合并记录")
        self._desk, self.changed = desk, False
        self.back = self.add_verb("撤回这次合并…", self._take_back)
        self.list: ThingList[Merge] = ThingList(self, "合并记录")
        self.list.currentItemChanged.connect(lambda _now, _before: self._allow())
        self.rows.addWidget(self.list, 1)
        self._fill()

    def _fill(self) -> None:
        self.list.show_things(all_merges(self._desk.township), _words, empty="还没有合并过。")
        self._allow()

    def _allow(self) -> None:
        chosen = self.list.chosen()
        why = "请先选一次合并" if chosen is None else "这一次合并已经撤回"
        allow(self.back, chosen is not None and chosen.undone_at is None, why)

    def _take_back(self) -> None:
        chosen = self.list.chosen()
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
