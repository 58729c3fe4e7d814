"""导入记录: what was imported into a ledger, by whom and when, each to be taken back whole."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.row_fields import ThingList
from zhengui.gui.ledger.bring_in import take_back
from zhengui.services.entry.apply_import import words_of
from zhengui.services.entry.past_imports import Import, all_imports


class ImportsDialog(Dialog):
    """The newest first; the chosen one goes to the recycle bin after a question with its count."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger) -> None:
        told = (
            "撤回一次导入，就是把那一次新增的记录全部移到回收站，改过的记录改回去；需要时可以从回收站恢复。"
        )
        super().__init__(
            parent, f"{ledger.title}的导入记录", told, verb="关闭", width=620, height=420, title="导入记录"
        )
        self._desk, self._ledger = desk, ledger
        self.back = self.add_verb("撤回这次导入…", self._take_back)
        self.list: ThingList[Import] = ThingList(self, "导入记录")
        self.list.currentItemChanged.connect(lambda _now, _before: self._allow())
        self.rows.addWidget(self.list, 1)
        self._fill()

    def _fill(self) -> None:
        found = all_imports(self._desk.township, self._ledger.key)
        self.list.show_things(found, _words, _all_words, f"{self._ledger.title}还没有导入过。")
        self._allow()

    def _allow(self) -> None:
        chosen = self.list.chosen()
        why = "请先选一次导入" if chosen is None else "这一次导入已经撤回"
        allow(self.back, chosen is not None and chosen.undone_at is None, why)

    def _take_back(self) -> None:
        chosen = self.list.chosen()
        if chosen is None:
            return
        changed = f"它改过的 {len(chosen.changed)} 条会改回去，后来又改过的不动。" if chosen.changed else ""
        told = f"“{chosen.file}”新增的 {chosen.count} 条会移到回收站，导入以后改过的也在内。{changed}"
        if ask(self, "要撤回这次导入吗？", told, "撤回", "不撤回"):
            take_back(self._desk, chosen.id)
            self._fill()


def _all_words(one: Import) -> str:
    return "\n".join([_words(one), words_of(one.summary), *one.summary.get("remarks", ())])


def _words(one: Import) -> str:
    changed = f"，更新 {len(one.changed)} 条" if one.changed else ""
    told = f"{one.at:%Y-%m-%d %H:%M}　{one.who}　{one.count} 条{changed}　{one.file}"
    return f"{told}　（{one.undone_at:%Y-%m-%d} 由{one.undone_by}撤回）" if one.undone_at else told
