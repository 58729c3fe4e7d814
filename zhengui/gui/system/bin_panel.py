"""回收站: which ledgers have removed records, and the way to them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import BIN
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import mark
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.system.panel import Panel
from zhengui.services.entry import browse_records, recycle_bin
from zhengui.services.entry.recycle_bin import SHORTEST
from zhengui.services.problem import StorageProblem
from zhengui.services.township import rights
from zhengui.services.township.rights import Right
from zhengui.values.clean import one_width


class BinPanel(Panel):
    """One line for each ledger that has something in its bin."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = self.card("回收站", "移到回收站的记录不计入任何指标，随时可以恢复。")
        self._told = label("", self, "sec")
        column.addWidget(self._told)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addLayout(self._lines)
        self._add_rule()
        desk.saved.connect(lambda _ledger: self.refresh() if self.isVisible() else None)

    def _add_rule(self) -> None:
        column = self.card(
            "清空",
            "移到回收站满多少天的记录自动清空。清空以后不能恢复，操作记录里只留下谁清空了哪本台账的几条，不留内容；"
            f"签发过的文稿计入的记录不清空。写 0 就不自动清空，最短 {SHORTEST} 天。备份里的还在，到期随旧备份一起清除。",
        )
        row = QHBoxLayout()
        row.addWidget(label("满", self))
        self.days = QLineEdit(self)
        self.days.setFixedWidth(72)
        self.days.setAccessibleName("自动清空的天数")
        self.days.editingFinished.connect(self._keep_rule)
        row.addWidget(self.days)
        row.addWidget(label("天自动清空", self))
        row.addStretch(1)
        self.empty = button("现在清空…", self)
        self.empty.clicked.connect(self._empty_now)
        row.addWidget(self.empty)
        column.addLayout(row)

    def _days(self) -> int | None:
        told = one_width(self.days.text().strip() or "0")
        return int(told) if told.isdecimal() and len(told) < 6 else None

    def _keep_rule(self) -> None:
        days = self._days()
        if days == recycle_bin.rule(self.desk.township):
            mark(self.days, look="")
            return
        try:
            recycle_bin.set_rule(self.desk.township, -1 if days is None else days)
        except StorageProblem as problem:
            mark(self.days, look="error")
            self.desk.say(sentence(problem))
            return
        mark(self.days, look="")
        self.desk.say(f"已改：回收站满 {days} 天自动清空" if days else "已改：回收站不自动清空")

    def _empty_now(self) -> None:
        days = self._days() or SHORTEST
        found = recycle_bin.would_go(self.desk.township, days)
        kept = f"另有 {found.kept} 条因签发过的文稿或别的记录用到，不清空。" if found.kept else ""
        if not found.count:
            tell(self, "没有可以清空的", f"移到回收站满 {days} 天的记录没有可以清空的。{kept}")
            return
        titles = "、".join(
            f"{self.desk.catalogue.ledgers[key].title} {n} 条" for key, n in found.gone.items()
        )
        text = f"移到回收站满 {days} 天的：{titles}。清空以后不能恢复。{kept}"
        if not ask(self, f"要清空这 {found.count} 条记录吗？", text, "清空", "先不清空"):
            return
        try:
            done = recycle_bin.empty(self.desk.township, days)
        except StorageProblem as problem:
            tell(self, "没有清空", sentence(problem))
            return
        self.desk.say(f"已清空 {done.count} 条")
        self.desk.saved.emit("")
        self.refresh()

    def refresh(self) -> None:
        township = self.desk.township
        self.days.setText(str(recycle_bin.rule(township)))
        mark(self.days, look="")
        manages = rights.may(township.account, Right.MANAGE)
        self.days.setEnabled(manages)
        self.empty.setEnabled(manages)

        def work(_progress: object) -> dict[str, int]:
            return browse_records.binned(township)

        self.desk.background.run(work, self._show, key=f"bin{id(self)}")

    def _show(self, counts: dict[str, int]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._told.setText("" if counts else "回收站是空的。")
        self._told.setVisible(not counts)
        for key, count in counts.items():
            self._lines.addWidget(self._line(key, count))

    def _line(self, key: str, count: int) -> QWidget:
        ledger = self.desk.catalogue.ledgers[key]
        made = QFrame(self)
        made.setObjectName("bar")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 6, 0, 6)
        row.addWidget(label(ledger.title, made))
        row.addWidget(label(self.desk.catalogue.by_area[ledger.area].short, made, "cap"))
        row.addStretch(1)
        row.addWidget(label(f"{count} 条", made, "sec"))
        view = button("查看", made, "", "s")
        view.setAccessibleName(f"查看{ledger.title}的回收站")
        view.clicked.connect(lambda: self.desk.go_to_ledger(key, state=BIN))
        row.addWidget(view)
        return made
