"""报表登记: which forms are asked for, what is due this month, and what need not be typed again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain_table import PlainTable
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.sheets.asked_dialog import AskedDialog
from zhengui.services.county_forms import asked_forms
from zhengui.services.county_forms.asked_forms import ADMITTED, RHYTHMS, AskedForm, Due, due_words

DUE = (("报送期限", 110), ("报表", 240), ("时段", 140), ("要表单位", 150), ("台账已有的列", 110), ("情况", 0))
ALL = (
    ("报表", 230),
    ("要表单位", 140),
    ("依据", 150),
    ("准入清单", 120),
    ("报送时间", 160),
    ("台账已有的列", 110),
    ("免抄录（格）", 0),
)


class AskedPanel(QWidget):
    """`form_asked` wants the form that fills one to be opened."""

    form_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: list[AskedForm] = []
        self._due: list[Due] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.add = button("登记一张报表…", self, "primary")
        self.add.clicked.connect(lambda: self.edit(None))
        self.change = button("修改…", self)
        self.change.clicked.connect(lambda: self.edit(self._chosen()))
        self.remove = button("移走", self)
        self.remove.clicked.connect(self._remove)
        self.print = button("打印登记表…", self, "ghost")
        self.print.clicked.connect(self._print)
        self._saved = label("", self, "sec")
        for each in (self.add, self.change, self.remove, self.print):
            bar.addWidget(each)
        bar.addStretch(1)
        bar.addWidget(self._saved)
        column.addLayout(bar)
        self._head = label("", self, "h2")
        column.addWidget(self._head)
        self.due = PlainTable(DUE, "本月要报的", self)
        self.due.setMaximumHeight(200)
        self.due.opened.connect(self._fill)
        column.addWidget(self.due)
        column.addWidget(label("登记的报表", self, "h2"))
        self.all = PlainTable(ALL, "登记的报表", self)
        self.all.picked.connect(lambda _row: self._allow())
        self.all.opened.connect(lambda _row: self.edit(self._chosen()))
        column.addWidget(self.all, 1)

    def refresh(self) -> None:
        """Read the register anew."""
        year = self._desk.scope.year
        with self._desk.township.reading() as reading:
            self._asked = asked_forms.all_asked(reading)
            self._due = asked_forms.forms_due(reading)
            saved = asked_forms.saved_entries(reading, year)
            fills = {each.id: each.title for each in asked_forms.filled_by(reading)}
        by_title = {each.title: each.cells for each in saved}
        self._saved.setText(f"{year}年由台账直接填报，免抄录 {sum(by_title.values()):,} 格")
        self._show_due()
        rows = [
            (
                each.title,
                each.asked_by,
                each.ground,
                ADMITTED[each.admitted],
                f"{RHYTHMS[each.rhythm]}，{due_words(each)}",
                _held(sum(bool(c.held) for c in each.columns), len(each.columns)),
                by_title.get(fills.get(each.form, ""), 0),
            )
            for each in self._asked
        ]
        self.all.show_rows(rows, ["over" if each.admitted == "no" else "" for each in self._asked])
        self._allow()

    def _show_due(self) -> None:
        open_ones = sum(not each.filled for each in self._due)
        self._head.setText(f"本月要报的（{open_ones} 张还没有报）" if self._due else "本月没有要报的")
        rows, tones = [], []
        for each in self._due:
            can_fill = "，双击去填" if each.asked.form and not each.filled else ""
            state = "已填好" if each.filled else f"已过期限{can_fill}" if each.late else f"要报{can_fill}"
            when = f"{each.due.month}月{each.due.day}日"
            rows.append(
                (
                    when,
                    each.asked.title,
                    each.period.title,
                    each.asked.asked_by,
                    _held(each.held, each.columns),
                    state,
                )
            )
            tones.append("ok" if each.filled else "over" if each.late else "")
        self.due.show_rows(rows, tones)
        self.due.setVisible(bool(rows))

    def _chosen(self) -> AskedForm | None:
        row = self.all.currentRow()
        return self._asked[row] if 0 <= row < len(self._asked) else None

    def _allow(self) -> None:
        there = self._chosen() is not None
        for each in (self.change, self.remove):
            allow(each, there, "请先选一张报表")
        allow(self.print, bool(self._asked), "还没有登记报表")

    def _fill(self, row: int) -> None:
        """Open the form that fills a due one, for the span that it is due for."""
        due = self._due[row] if 0 <= row < len(self._due) else None
        if due is not None and due.asked.form:
            self._desk.scope.set_both(due.period, ())
            self.form_asked.emit(due.asked.form)

    def edit(self, asked: AskedForm | None) -> None:
        """Enter a form, or change one."""
        dialog = AskedDialog(self, self._desk, asked)
        if dialog.exec():
            self.refresh()
            self._desk.say(f"已登记“{dialog.title.text().strip()}”")
        dialog.deleteLater()

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        township = self._desk.township
        asked_forms.remove_asked(township, chosen.id)
        self.refresh()

        def back() -> None:
            asked_forms.bring_back_asked(township, chosen.id)
            self.refresh()

        self._desk.say(f"已移走“{chosen.title}”", back)

    def _print(self) -> None:
        year, township = self._desk.scope.year, self._desk.township
        name = f"报表登记表（{year}年）.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "打印报表登记表", name, "PDF 文件 (*.pdf)")
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
        run_waiting(
            self,
            self._desk.background,
            "正在排版",
            lambda _progress: asked_forms.save_register(township, year, path),
            lambda pages: self._desk.offer_file(f"已排好报表登记表，{pages} 页", path),
            lambda error: tell(self, "没有排成", sentence(error)),
        )


def _held(held: int, whole: int) -> str:
    return f"{held} / {whole} 列" if whole else ""
