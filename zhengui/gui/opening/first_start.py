"""The first start in four short steps: whose ledgers these are, which villages, since when, and who enters.

Or none of them: the demo township, a data file that is already there, or a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from zhengui.catalogue.load import load_catalogue
from zhengui.gui.kit.dialogs import Dialog
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.opening.area_choice import AreaChoice
from zhengui.gui.opening.set_password import WITHOUT, hidden
from zhengui.services.township.office import (
    KINDS,
    Kind,
    committee_name,
    kind_of,
    office_name,
    show_month,
    whole_name,
)
from zhengui.services.township.own_catalogue import AreaInUse, areas_of
from zhengui.services.township.own_words import SIGNED
from zhengui.services.township.people import password_trouble
from zhengui.services.whole.found_office import NewOffice, NewVillage, villages_in, villages_of_sheet

FILTER = "政规数据文件 (*.zgdb)"
SHEETS = "电子表格 (*.xlsx *.xls *.ods)"
#: The months that are offered as the first one: those of this year and of so many before it.
YEARS_BACK = 1


@dataclass(frozen=True, slots=True)
class StartChoice:
    """What was chosen: a new office, a file to open (a backup is restored first), or the demo."""

    office: NewOffice | None = None
    path: Path | None = None
    demo: bool = False


class FirstStart(Dialog):
    """Four steps; everything can be changed later under 系统 and 基础信息."""

    def __init__(
        self,
        parent: QWidget | None = None,
        today: date | None = None,
        areas: Sequence[AreaInUse] | None = None,
    ) -> None:
        super().__init__(parent, verb="下一步", width=560)
        self.areas = AreaChoice(areas_of(load_catalogue()) if areas is None else areas, self)
        self.choice: StartChoice | None = None
        self.step = 0
        self._today = today or date.today()
        self._title, self._told = label("", self, "big"), label("", self, "sec", wrap=True)
        self.rows.addWidget(self._title)
        self.rows.addWidget(self._told)
        self._stack = QStackedWidget(self)
        self.rows.addWidget(self._stack)
        self._steps = (
            (
                "先认识一下您的单位",
                "数据只存在这台电脑上，程序不联网。这里写的以后都能改。",
                self._office_step(),
            ),
            (
                "有哪些村（居）",
                "台账都按村（居）统计。一行一个，可以粘贴，也可以以后填。",
                self._village_step(),
            ),
            (
                "从哪个月开始登记，有哪些工作",
                "以前的月份不算欠报；以前的数据以后也可以补录。",
                self._start_step(),
            ),
            ("由谁来登记", "每次修改都会记下操作人和时间，请写真实姓名。", self._operator_step()),
        )
        self.others = [
            self.add_verb("打开已有数据或备份…", self._existing),
            self.add_verb("先看演示镇", lambda: self._leave_with(StartChoice(demo=True))),
        ]
        self.others[-1].setToolTip("演示镇里有三年的完整数据，人物均为虚构")
        self.back = self.add_verb("上一步", lambda: self._go(self.step - 1), before=self.deed)
        self._go(0)

    # The steps

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget(self)
        page.setObjectName("clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._stack.addWidget(page)
        return page, column

    def _fill(self, rows: Callable[[], None]) -> QWidget:
        """A page whose rows are added as those of a dialog are."""
        whole = self.rows
        page, self.rows = self._page()
        try:
            rows()
            self.rows.addStretch(1)
        finally:
            self.rows = whole
        return page

    def _office_step(self) -> QWidget:
        def rows() -> None:
            self.name = self.add_line("名称", hint="例如：云岭镇", most=30)
            self.kind = self.add_choice("类别", [(kind, kind) for kind in KINDS])
            self.office = self.add_line("单位全称（印在总结的落款）", most=40)
            self.committee = self.add_line("党委名称", most=40)
            self.signed = self.add_choice("总结由谁落款", [(who, place) for place, who in enumerate(SIGNED)])

        page = self._fill(rows)
        self.name.textChanged.connect(lambda text: self._named(text.strip()))
        self.kind.currentIndexChanged.connect(lambda _index: self._propose())
        return page

    def _village_step(self) -> QWidget:
        def rows() -> None:
            self.villages = self.add_text("村（居）名称", "白沙村\n清溪村\n云岭社区", height=170)
            self.counted = self.add_words("还没有填写", "cap")
            read = button("从表格读取…", self)
            read.setMaximumWidth(160)
            read.clicked.connect(self._from_sheet)
            self.rows.addWidget(read)

        page = self._fill(rows)
        self.villages.textChanged.connect(self._count)
        return page

    def _start_step(self) -> QWidget:
        def rows() -> None:
            year = self._today.year
            months = [
                each * 100 + month for each in range(year - YEARS_BACK, year + 1) for month in range(1, 13)
            ]
            offered = [
                (show_month(month), month) for month in months if month <= year * 100 + self._today.month
            ]
            self.start = self.add_choice("开始的月份", offered, year * 100 + 1)
            self.add_words("没有把握时，选今年 1 月：全年总结要用到全年的数据。", "cap")
            self.add_under("本单位有的工作领域", self.areas)
            self.add_words("没有的去掉勾，就不再出现；以后在“系统 → 目录”里可以恢复。", "cap")

        return self._fill(rows)

    def _operator_step(self) -> QWidget:
        def rows() -> None:
            self.operator = self.add_line("您的姓名", most=30)
            self.password = hidden(
                self.add_line("密码（可以不设）", hint="至少 8 个字符，越长越好", most=128)
            )
            self.again = hidden(self.add_line("再输一次", most=128))
            self.add_words(f"{WITHOUT}以后也可以在“系统 → 人员”里设。", "cap")
            self.summary = self.add_words("")

        return self._fill(rows)

    # Moving between them

    def _go(self, step: int) -> None:
        self.step = step
        title, told, page = self._steps[step]
        self._title.setText(title)
        self._told.setText(f"第 {step + 1} 步，共 {len(self._steps)} 步。{told}")
        self._stack.setCurrentWidget(page)
        for other in self.others:
            other.setVisible(step == 0)
        self.back.setVisible(step > 0)
        if self.deed is not None:
            self.deed.setText("开始使用" if step == len(self._steps) - 1 else "下一步")
        self.summary.setText(self._summed())
        first = (self.name, self.villages, self.start, self.operator)[step]
        first.setFocus()
        self.complain("")
        if self.isVisible():
            self.fit()

    def mistake(self) -> str:
        """What is missing on the step in front."""
        if self.step == 0:
            return self._missing((self.name, "请填写单位名称"), (self.office, "请填写单位全称"))
        if self.step == 1:
            try:
                villages_in(self.villages.toPlainText())
            except ValueError as mistake:
                return self.wrong(self.villages, str(mistake))
        if self.step == 2 and self.areas.is_empty():
            return "请至少留下一个工作领域"
        if self.step == len(self._steps) - 1:
            return self._missing((self.operator, "请填写您的姓名")) or self._wrong_password()
        return ""

    def _wrong_password(self) -> str:
        """What is wrong with the password; none at all is a choice."""
        if not self.password.text() and not self.again.text():
            return ""
        trouble = password_trouble(self.password.text(), self.operator.text(), self.name.text())
        if trouble:
            return self.wrong(self.password, trouble)
        same = self.password.text() == self.again.text()
        return self.wrong(self.again, "" if same else "两次输入的密码不一样，请重新输入。")

    def _missing(self, *fields: tuple[QLineEdit, str]) -> str:
        # One at a time: what was not reached yet is not scolded.
        empty = next(((field, told) for field, told in fields if not field.text().strip()), None)
        return "" if empty is None else self.wrong(*empty)

    def take(self) -> None:
        if self.step < len(self._steps) - 1:
            self._go(self.step + 1)
        else:
            self._leave_with(StartChoice(office=self.written()))

    # What was written

    def _named(self, name: str) -> None:
        """The end of a name tells the kind; both together propose who signs."""
        if name.endswith(KINDS):
            self.kind.setCurrentIndex(KINDS.index(kind_of(name)))
        self._propose()

    def _propose(self) -> None:
        name = self.name.text().strip()
        whole = whole_name(name, self._kind()) if name else ""
        self.office.setText(office_name(whole) if whole else "")
        self.committee.setText(committee_name(whole) if whole else "")

    def _kind(self) -> Kind:
        return KINDS[max(0, self.kind.currentIndex())]

    def _count(self) -> None:
        try:
            found = villages_in(self.villages.toPlainText())
        except ValueError as wrong:
            self.counted.setText(str(wrong))
            return
        self.counted.setText(_counted(found) if found else "还没有填写")

    def _from_sheet(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, "从表格读取村（居）", "", SHEETS)
        if path:
            self.read_sheet(Path(path))

    def read_sheet(self, path: Path) -> None:
        """Put the names of a sheet into the box, to be looked at before they count."""
        try:
            self.villages.setPlainText(villages_of_sheet(path))
        except Exception as problem:  # noqa: BLE001 - what a file from outside does wrong is told on this step
            self.complain(sentence(problem))

    def _summed(self) -> str:
        if not self.name.text().strip():
            return ""
        written = self.written()
        villages = _counted(list(written.villages)) if written.villages else "村（居）以后再填"
        begun = f"从{show_month(written.start)}开始登记，{self.areas.words()}"
        return f"{written.name} · {written.office}\n{villages}\n{begun}"

    def written(self) -> NewOffice:
        """The office as the steps have it now."""
        kind = self._kind()
        try:
            villages = tuple(villages_in(self.villages.toPlainText()))
        except ValueError:
            villages = ()
        return NewOffice(
            whole_name(self.name.text().strip(), kind),
            kind,
            self.office.text().strip(),
            self.committee.text().strip(),
            self.operator.text().strip(),
            villages,
            int(self.start.currentData()),
            max(0, self.signed.currentIndex()),
            self.password.text(),
            self.areas.left_out(),
        )

    # The other ways

    def _existing(self) -> None:
        path = ask_for_file(self)
        if path is not None:
            self._leave_with(StartChoice(path=path))

    def _leave_with(self, choice: StartChoice) -> None:
        self.choice = choice
        self.accept()


def _counted(villages: list[NewVillage]) -> str:
    communities = sum(each.kind == "居" for each in villages)
    parts = ((len(villages) - communities, "村"), (communities, "居"))
    return "认出 " + "、".join(f"{count} 个{kind}" for count, kind in parts if count)


def ask_for_file(parent: QWidget) -> Path | None:
    """Let the user find a data file."""
    path, _kind = QFileDialog.getOpenFileName(parent, "打开数据文件", "", FILTER)
    return Path(path) if path else None
