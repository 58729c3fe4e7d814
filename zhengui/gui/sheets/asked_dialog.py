"""Enter a form that is asked for: who, on what ground, when, and which of its columns the ledgers hold."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.row_fields import choice_field, line_field
from zhengui.services.county_forms import asked_forms
from zhengui.services.county_forms.asked_forms import ADMITTED, RHYTHMS, AskedForm

EMPTY = AskedForm("", "", "month")


class AskedDialog(Dialog):
    """Columns are typed one a line, and found in the ledgers by their titles."""

    def __init__(self, parent: QWidget | None, desk: Desk, asked: AskedForm | None = None) -> None:
        question = "登记一张报表" if asked is None else f"修改“{asked.title}”"
        verb = "登记" if asked is None else "存下修改"
        super().__init__(
            parent, question, "", verb, "不登记了" if asked is None else "不改了", 560, title="报表登记"
        )
        self._desk, self._asked = desk, asked or EMPTY
        one = self._asked
        self.title = self.add_line("报表名称", one.title, "例如 安全生产情况月报表", 80)
        self.asked_by = self.add_line("哪个单位要的", one.asked_by, "例如 县应急管理局", 60)
        self.ground = self.add_line("依据", one.ground, "文件名称或文号，没有就空着", 100)
        self.admitted = self.add_choice(
            "在不在县里的报表准入清单", [(words, key) for key, words in ADMITTED.items()], one.admitted
        )
        self.rhythm = self.add_choice(
            "多久报一次", [(words, key) for key, words in RHYTHMS.items()], one.rhythm
        )
        self.rhythm.currentIndexChanged.connect(lambda _n: self._show_days())
        self._add_days(one)
        forms = [(each.title, each.id) for each in asked_forms.filled_by(desk.township)]
        self.form = self.add_choice("用哪张表样填", [("还没有", 0), *forms], one.form)
        self.columns = self.add_text(
            "要填哪些列，一行一列", "日期\n地点\n隐患数", "\n".join(each.title for each in one.columns), 92
        )
        self.columns.textChanged.connect(self._show_held)
        self.held = self.add_words("", "cap")
        self._show_days()
        self._show_held()

    def _add_days(self, one: AskedForm) -> None:
        self.begun = line_field(self, str(one.begun or ""), "不限")
        self.begun.setValidator(QIntValidator(1990, 2199, self))
        self.month = choice_field(self, _numbered(12, "月"), one.due_month)
        self.day = choice_field(self, _numbered(31, "日"), one.due_day)
        self._titles = self.add_beside(
            [("从哪一年起", self.begun), ("几月", self.month), ("几日以前报", self.day)]
        )

    def _show_days(self) -> None:
        rhythm = self.rhythm.currentData()
        for each in (self._titles[1], self.month):
            each.setVisible(rhythm in ("year", "once"))
        self._titles[0].setText("哪一年" if rhythm == "once" else "从哪一年起")
        self._titles[2].setText("几日以前报" if rhythm in ("year", "once") else "次月几日以前报")

    def _found(self) -> list[asked_forms.AskedColumn]:
        return asked_forms.propose_columns(self._desk.township, self.columns.toPlainText().splitlines())

    def _show_held(self) -> None:
        found = self._found()
        held = [each for each in found if each.held]
        if not found:
            self.held.setText("写上列名，就能看出台账里已经有哪几列。")
            return
        named = [f"{each.title}（{asked_forms.held_by(self._desk.township, each.held)}）" for each in held]
        more = f"：{'、'.join(named[:4])}{'……' if len(named) > 4 else ''}" if named else ""
        self.held.setText(f"{len(found)} 列里，台账已有 {len(held)} 列{more}。")

    def _typed(self) -> AskedForm:
        rhythm = str(self.rhythm.currentData())
        return AskedForm(
            self.title.text().strip(),
            self.asked_by.text().strip(),
            rhythm,
            self.ground.text().strip(),
            str(self.admitted.currentData() or ""),
            int(self.month.currentData()) if rhythm in ("year", "once") else 0,
            int(self.day.currentData()),
            self._asked.department,
            int(self.begun.text()) if self.begun.hasAcceptableInput() else None,
            self._asked.ended,
            int(self.form.currentData() or 0),
            self._asked.remark,
            tuple(self._found()),
            self._asked.id,
        )

    def take(self) -> None:
        asked_forms.save_asked(self._desk.township, self._typed())
        self.accept()


def _numbered(most: int, word: str) -> list[tuple[str, object]]:
    return [("没有定", 0), *((f"{number} {word}", number) for number in range(1, most + 1))]
