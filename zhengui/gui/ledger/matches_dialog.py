"""记住的配法: the kinds of files whose columns and values are known, to be renamed, written to a file, or forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Dialog, ask, label
from zhengui.gui.kit.plain import plain
from zhengui.services.entry.import_matches import (
    ImportMatch,
    all_matches,
    forget_match,
    keep_match,
    written_match,
)

_NUMBER = int(Qt.ItemDataRole.UserRole)


class MatchesDialog(Dialog):
    """The chosen one is described under the list; its columns are changed by importing such a file again."""

    def __init__(self, parent: QWidget, desk: Desk, ledger: Ledger) -> None:
        told = "导入同样的表格时，列和取值按这里记住的配好。要改某一列，导入一份这样的表，改好再记住即可。"
        super().__init__(
            parent, f"{ledger.title}记住的配法", told, verb="关闭", width=620, height=440, title="记住的配法"
        )
        self._desk, self._ledger = desk, ledger
        self.list = QListWidget(self)
        self.list.setAccessibleName("记住的配法")
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.rows.addWidget(self.list, 1)
        self.name: QLineEdit = self.add_line("名称", most=60)
        self.name.editingFinished.connect(self._rename)
        self._about = label("", self, "cap", wrap=True)
        self.rows.addWidget(self._about)
        self.forget = self.add_verb("忘掉这种配法…", self._forget)
        self.write = self.add_verb("存为文件…", self._write)
        self._fill()

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        self._found = {match.number: match for match in all_matches(self._desk.township, self._ledger.key)}
        for match in self._found.values():
            item = QListWidgetItem(match.name)
            item.setData(_NUMBER, match.number)
            item.setToolTip(plain("、".join(match.titles)))
            self.list.addItem(item)
        if not self._found:
            self.list.addItem(QListWidgetItem("还没有记住的配法。导入完成时打上勾，就会记住。"))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show()

    def _chosen(self) -> ImportMatch | None:
        item = self.list.currentItem()
        return self._found.get(item.data(_NUMBER)) if item is not None else None

    def _show(self) -> None:
        chosen = self._chosen()
        for part in (self.name, self.forget, self.write):
            allow(part, chosen is not None, "还没有记住的配法")
        self.name.setText(chosen.name if chosen else "")
        self._about.setText(_words(chosen, self._ledger) if chosen else "")

    def _rename(self) -> None:
        chosen, name = self._chosen(), self.name.text().strip()
        if chosen is not None and name and name != chosen.name:
            keep_match(self._desk.township, replace(chosen, name=name))
            self._fill()

    def _forget(self) -> None:
        chosen = self._chosen()
        told = "以后导入这样的表格，列和取值要重新配。已经导入的记录不变。"
        if chosen is not None and ask(self, f"要忘掉“{chosen.name}”吗？", told, "忘掉", "不忘掉"):
            forget_match(self._desk.township, chosen.number)
            self._fill()

    def _write(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, "存为文件", f"{chosen.name}.json", "配法 (*.json)")
        if path:
            try:
                Path(path).write_text(written_match(chosen, self._ledger), encoding="utf-8")
            except OSError:
                self.complain("这个位置不能写入。请换一个文件夹或文件名。")
                return
            self._desk.say("已存为文件，可以给 import 命令的 --match 用")


def _words(match: ImportMatch, ledger: Ledger) -> str:
    """户主姓名→户主，备注2 不导入; 记住了 3 种取值."""
    pairs = []
    for title, key in match.columns.items():
        field = ledger.by_key.get(key)
        pairs.append(f"{title}→{field.title}" if field else f"{title} 不导入")
    values = sum(map(len, match.values.values()))
    return "，".join(pairs[:12]) + (f"。记住了 {values} 种取值。" if values else "。")
