"""记住的配法: the kinds of files whose columns and values are known: renamed, changed, written to a file, forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask
from zhengui.gui.kit.row_fields import ThingList
from zhengui.gui.kit.scrolled import Scrolled
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger.match_rows import MatchRows
from zhengui.services.entry.import_matches import (
    ImportMatch,
    all_matches,
    forget_match,
    keep_match,
    written_match,
)
from zhengui.services.entry.preview_import import choices_for
from zhengui.whole_file import write_whole


class MatchesDialog(Dialog):
    """The columns and texts of the chosen one stand under the list, each with what it is taken for; changes are kept."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger) -> None:
        told = "导入同样的表格时，列和取值按这里记住的配好。改了马上记住；取值清空，就不再替换。"
        super().__init__(
            parent, f"{ledger.title}记住的配法", told, verb="关闭", width=640, height=520, title="记住的配法"
        )
        self._desk, self._ledger = desk, ledger
        self.list: ThingList[ImportMatch] = ThingList(self, "记住的配法")
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.rows.addWidget(self.list, 1)
        self.name: QLineEdit = self.add_line("名称", most=60)
        self.name.editingFinished.connect(self._rename)
        self.match = MatchRows(self, ledger, lambda key: choices_for(desk.township, ledger[key]))
        self.match.changed.connect(self._keep)
        place = Scrolled(self)
        place.setWidget(self.match)
        self.rows.addWidget(place, 2)
        self.forget = self.add_verb("忘掉这种配法…", self._forget)
        self.write = self.add_verb("存为文件…", self._write)
        self._fill()

    def _fill(self) -> None:
        self.list.show_things(
            all_matches(self._desk.township, self._ledger.key),
            lambda match: match.name,
            lambda match: "、".join(match.titles),
            "还没有记住的配法。导入完成时打上勾，就会记住。",
            max(0, self.list.currentRow()),
        )
        self._show()

    def _show(self) -> None:
        chosen = self.list.chosen()
        for part in (self.name, self.forget, self.write):
            allow(part, chosen is not None, "还没有记住的配法")
        self.name.setText(chosen.name if chosen else "")
        self.match.show_match(chosen)

    def _rename(self) -> None:
        chosen, name = self.list.chosen(), self.name.text().strip()
        if chosen is not None and name and name != chosen.name:
            keep_match(self._desk.township, replace(chosen, name=name))
            self._fill()

    def _keep(self, changed: ImportMatch) -> None:
        self.list.put_for_chosen(keep_match(self._desk.township, changed))

    def _forget(self) -> None:
        chosen = self.list.chosen()
        told = "以后导入这样的表格，列和取值要重新配。已经导入的记录不变。"
        if chosen is not None and ask(self, f"要忘掉“{chosen.name}”吗？", told, "忘掉", "不忘掉"):
            forget_match(self._desk.township, chosen.number)
            self._fill()

    def _write(self) -> None:
        chosen = self.list.chosen()
        if chosen is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, "存为文件", f"{chosen.name}.json", "配法 (*.json)")
        if path:
            try:
                write_whole(Path(path), written_match(chosen, self._ledger).encode())
            except OSError as problem:
                self.complain(sentence(problem))
                return
            self._desk.say("已存为文件，可以给 import 命令的 --match 用")
