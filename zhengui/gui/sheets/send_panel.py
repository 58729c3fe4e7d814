"""发空表: empty workbooks for the villages, an area or a ledger, and what went out with personal data in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.background import JobProgress
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain_table import PlainTable
from zhengui.gui.kit.scrolled import CardColumn
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.sheets import make_templates as templates
from zhengui.services.sheets.export_shown import noted_exports
from zhengui.services.township import overview
from zhengui.values.file_name import file_name

WORKBOOK = "Excel 表格 (*.xlsx)"


class SendPanel(CardColumn):
    """Each card makes one kind of workbook."""

    widest = 760

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._make_villages()
        self._make_one()
        self._make_noted()

    def _row(
        self, column: QVBoxLayout, title: str, verb: str, deed: Callable[[], None], kind: str = ""
    ) -> QComboBox:
        row = QHBoxLayout()
        row.addWidget(label(title, self, "fld"))
        choice = QComboBox(self)
        choice.setAccessibleName(title)
        choice.setMinimumWidth(300)
        made = button(verb, self, kind)
        made.clicked.connect(lambda _checked=False: deed())
        row.addWidget(choice)
        row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        return choice

    def _make_villages(self) -> None:
        column = self.card(
            "发给各村（居）",
            "每个村（居）一份，名称已经填好，一本台账一个工作表。要哪几本，在“报送情况”里选定；也可以只发一本。",
        )
        self.ledger_of_all = self._row(
            column, "填报的台账", "每个村（居）生成一份…", self.make_all, "primary"
        )
        self.village = self._row(column, "只要一个村（居）", "生成…", self.make_village)
        self.owed = label("", self, "cap", wrap=True)
        column.addWidget(self.owed)

    def _make_one(self) -> None:
        column = self.card("一个领域或一本台账", "不填村（居）名称，谁都能用。几年以后的老表照样能导入。")
        self.area = self._row(column, "领域", "生成…", self.make_area)
        self.ledger = self._row(column, "台账", "生成…", self.make_ledger)

    def _make_noted(self) -> None:
        column = self.card(
            "没有遮盖个人信息的导出", "证件号码和电话默认是遮盖的。选了不遮盖的导出和填表，都记在这里。"
        )
        titles = (("时间", 130), ("谁", 80), ("内容", 150), ("字段", 150), ("条数", 60), ("文件", 0))
        self.noted = PlainTable(titles, "没有遮盖个人信息的导出", self)
        self.noted.setMinimumHeight(160)
        column.addWidget(self.noted)

    def refresh(self) -> None:
        """Read villages, ledgers and what was noted anew."""
        township, year = self._desk.township, self._desk.scope.year
        catalogue = self._desk.catalogue
        with township.reading() as reading:
            villages = overview.villages(reading)
            owed = templates.owed_ledgers(reading, year)
            noted = noted_exports(reading)
        areas = [area for area in catalogue.areas if area.ledgers]
        ledgers = [(each.title, each.key) for area in areas for each in area.ledgers]
        of_villages = [(each.title, each.key) for area in areas for each in area.ledgers if each.village]
        _fill(self.ledger_of_all, [(f"要报送的全部（{len(owed)} 本）", ""), *of_villages])
        _fill(self.village, [(each.name, each.id) for each in villages])
        _fill(self.area, [(area.title, area.key) for area in areas])
        _fill(self.ledger, ledgers)
        titles = "、".join(each.title for each in owed)
        self.owed.setText(
            f"{year}年要各村（居）报送的：{titles}。" if owed else "还没有选定要各村报送的台账。"
        )
        self.noted.show_rows(
            [(f"{n.at:%Y-%m-%d %H:%M}", n.who, n.what, n.fields, n.count, n.file) for n in noted]
        )

    def make_all(self) -> None:
        """A workbook for each village, in a folder."""
        chosen = QFileDialog.getExistingDirectory(self, "各村（居）的填报表存到哪个文件夹")
        if chosen:
            self.make_all_in(Path(chosen))

    def make_all_in(self, folder: Path) -> None:
        """A workbook for each village in this folder."""
        township, year = self._desk.township, self._desk.scope.year
        ledgers = [str(key)] if (key := self.ledger_of_all.currentData()) else []

        def work(_progress: JobProgress) -> list[Path]:
            return templates.templates_of_villages(township, folder, year, ledgers)

        def done(made: list[Path]) -> None:
            told = f"已生成 {len(made)} 个村（居）的填报表"
            self._desk.offer_file(told, folder, "打开文件夹")

        run_waiting(self, self._desk.background, "正在生成填报表", work, done, self._refused)

    def make_village(self) -> None:
        """A workbook for one village."""
        township, year = self._desk.township, self._desk.scope.year
        village, name = self.village.currentData(), self.village.currentText()
        ledgers = [str(key)] if (key := self.ledger_of_all.currentData()) else []
        if village is not None:
            self._save(
                f"{name}{year}年台账",
                lambda path: templates.template_of_village(township, village, path, year, ledgers),
            )

    def make_area(self) -> None:
        """A workbook for an area."""
        township, year, key = self._desk.township, self._desk.scope.year, self.area.currentData()
        if key:
            name = self.area.currentText()
            self._save(f"{name}填报表", lambda path: templates.template_of_area(township, key, path, year))

    def make_ledger(self) -> None:
        """A workbook for a ledger."""
        township, year, key = self._desk.township, self._desk.scope.year, self.ledger.currentData()
        if key:
            name = self.ledger.currentText()
            self._save(f"{name}填报表", lambda path: templates.template_of_ledger(township, key, path, year))

    def _save(self, name: str, make: Callable[[Path], object]) -> None:
        wanted = f"{file_name(name)}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, "填报表存到哪里", wanted, WORKBOOK)
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".xlsx") else f"{chosen}.xlsx")
        run_waiting(
            self,
            self._desk.background,
            "正在生成填报表",
            lambda _progress: make(path),
            lambda _made: self._desk.offer_file(f"已生成填报表：{path.name}", path),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        tell(self, "这一步没有做成", sentence(error))


def _fill(
    choice: QComboBox, given: list[tuple[str, object]] | list[tuple[str, str]] | list[tuple[str, int]]
) -> None:
    """Offer these, and keep what was chosen where it is still there."""
    before = choice.currentData()
    choice.clear()
    for words, value in given:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, choice.findData(before)))
