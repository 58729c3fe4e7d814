"""绩效考核: a ranking of a month, its working open to the records, its settings, its sheet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place, area_page
from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.sheet_tabs import SheetTabs, TabSheet
from zhengui.gui.kit.style import size
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.gui.ranking.settings_dialog import RankingSettings
from zhengui.gui.ranking.table import RankingTable
from zhengui.services.watch.rank_month import DEEDS, Month, issue_month, month_ranking, months_of
from zhengui.services.watch.ranking_settings import keep_scales, scales_of
from zhengui.services.watch.ranking_sheet import save_ranking


class RankingPage(Page):
    """Follows the year that is lit up; the month is chosen here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.month: Month | None = None
        self.tabs = SheetTabs(self, "考核项目")
        self.tabs.chosen.connect(self.choose)
        self.table = RankingTable(self)
        self.table.opened.connect(self.open_working)
        self.months = QComboBox(self)
        self.months.setAccessibleName("哪个月")
        self.months.activated.connect(lambda _place: self.reload())
        self.state = label("", self, "sec")
        self.note = label("", self, "cap", wrap=True)
        self._verbs: dict[str, QPushButton] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tabs)
        whole.addWidget(self._tools())
        paper = QFrame(self)
        paper.setObjectName("white")
        column = QVBoxLayout(paper)
        column.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        whole.addWidget(paper, 1)
        self._show_tabs()
        desk.scope.changed.connect(self._follow)
        desk.saved.connect(lambda _ledger: self._follow())

    def _tools(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("bar")
        bar.setFixedHeight(size("tool_bar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.months)
        row.addWidget(self.state, 1)
        for text, icon, tip, deed in (
            ("加减分", "add", "登记单项加分、扣分的事项和佐证", self.add_deed),
            ("怎样计分…", "settings", "权重、满分和不得分的数", self.change_settings),
            ("签发本月…", "checkmark_circle", "签发以后这个月的名次和计分办法不再改动", self.issue),
            ("打印通报", "print", "排成一份通报，有表有图", self.print_sheet),
        ):
            made = button(text, bar, "ghost")
            made.setIcon(icons.icon(icon))
            made.setToolTip(plain(tip))
            made.clicked.connect(lambda _checked=False, deed=deed: deed())
            self._verbs[text] = made
            row.addWidget(made)
        return bar

    def _show_tabs(self) -> None:
        known = self.desk.catalogue.rankings
        self.tabs.show_sheets([TabSheet(key, each.title) for key, each in known.items()])
        if self.tabs.current not in known and known:
            self.tabs.choose(next(iter(known)))

    @property
    def key(self) -> str:
        """The ranking in front; empty where the year has none."""
        return self.tabs.current

    def heading(self) -> tuple[str, str]:
        return "绩效考核", self.month.words if self.month is not None else f"{self.desk.scope.year}年"

    def where(self) -> Place:
        return Place("ranking", self.key)

    def regions(self) -> list[QWidget]:
        return [self.tabs, self.months, self.table]

    def offered(self) -> list[Bound]:
        return [
            bound("print", self.print_sheet),
            bound("previous_ledger", lambda: self.choose(self.tabs.neighbour(-1))),
            bound("next_ledger", lambda: self.choose(self.tabs.neighbour(1))),
        ]

    def arrive(self, place: Place) -> None:
        if place.of in self.desk.catalogue.rankings:
            self.tabs.choose(place.of)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill_months()
        self.reload()

    def choose(self, key: str) -> None:
        """Show another ranking."""
        self.tabs.choose(key)
        self._fill_months()
        self.reload()

    def _follow(self) -> None:
        if self.isVisible():
            self._show_tabs()
            self._fill_months()
            self.reload()

    def _fill_months(self) -> None:
        before = self.months.currentData()
        self.months.clear()
        if not self.key:
            return
        for month, issued in months_of(self.desk.township, self.key, self.desk.scope.year):
            self.months.addItem(f"{month // 100}年{month % 100}月{'（已签发）' if issued else ''}", month)
        self.months.setCurrentIndex(max(0, self.months.findData(before)))

    def reload(self) -> None:
        """Compute the month in a worker."""
        key, month, township = self.key, self.months.currentData(), self.desk.township
        self.table.setVisible(bool(key and month))
        if not key or not month:
            self.note.setText("这一年还没有到，或者没有考核项目。")
            return
        self.desk.background.run(
            lambda _progress: month_ranking(township, key, month), self._show, key=f"ranking{id(self)}"
        )

    def _show(self, month: Month) -> None:
        self.month = month
        self.table.show_month(month, self.desk.words("村（居）"))
        if month.issued is not None:
            self.state.setText(f"{month.issued:%Y-%m-%d} {month.who}签发，不再改动")
        else:
            self.state.setText("随台账变化，签发以后固定")
        allow(self._verbs["签发本月…"], month.issued is None, "这个月已经签发，名次不再改动")
        self.note.setText(
            "格子里是得分，括号里是实际数；选中一格按回车，看它背后的记录。没有数的项目不计入，其余按比例折算。"
        )
        self.heading_changed.emit()

    def open_working(self, village: int, item: int) -> None:
        """From a mark to the records it comes from: the figure of that village, counted to the month's end."""
        if self.month is None:
            return
        if item == -1:
            own = self.month.deeds.get(village, ())
            self.desk.scope.set_both(self.month.span, [village])
            self.desk.go_to_ledger(DEEDS, own[-1] if own else 0)
            return
        self.desk.scope.set_both(self.month.span, [village])
        if item >= 0:
            self.desk.go("figure", self.month.items[item].indicator)
        else:
            area = self.desk.catalogue.rankings[self.key].area
            self.desk.go(area_page(area))

    def add_deed(self) -> None:
        """Begin a record of a single deed, of this ranking."""
        ranking = self.desk.catalogue.rankings.get(self.key)
        if DEEDS not in self.desk.catalogue.live_ledgers:
            tell(
                self,
                "没有加减分",
                f"{self.desk.scope.year}年不用加减分的台账。要再用，请在 系统 → 目录 里恢复使用。",
            )
        elif ranking is not None:
            self.desk.begin(DEEDS, {"ranking": ranking.title})

    def change_settings(self) -> None:
        """Ask for weights and marks, and keep them."""
        ranking, township = self.desk.catalogue.rankings.get(self.key), self.desk.township
        if ranking is None:
            return
        dialog = RankingSettings(self, ranking, scales_of(township, ranking), self.desk.catalogue)
        if not dialog.exec():
            return
        scales = dialog.scales()

        def done(_none: None) -> None:
            self.desk.say(f"“{ranking.title}”的计分办法已保存，已签发的月份不变")
            self.reload()

        self.desk.background.run(
            lambda _progress: keep_scales(township, ranking, scales),
            done,
            lambda error: tell(self, "没有保存", sentence(error)),
        )

    def issue(self) -> None:
        """Ask, and freeze the month."""
        if self.month is None:
            return
        month, township = self.month, self.desk.township
        text = "签发以后，这个月的名次、得分和计分办法都不再改动；以后补记的数算到下个月。"
        if not ask(self, f"签发{month.words}“{month.title}”通报吗？", text, "签发", "再看看", undoable=False):
            return

        def done(_issued: Month) -> None:
            self.desk.say(f"{month.words}“{month.title}”通报已签发")
            self._fill_months()
            self.reload()

        self.desk.background.run(
            lambda _progress: issue_month(township, month.ranking, month.month),
            done,
            lambda error: tell(self, "没有签发", sentence(error)),
        )

    def print_sheet(self) -> None:
        """Ask where to keep the sheet, lay it out in the background, and offer to open it."""
        if self.month is None:
            return
        name = f"{self.month.words}{self.month.title}考核通报.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, "打印通报", name, "PDF 文件 (*.pdf)")
        if chosen:
            self.save_sheet(Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf"))

    def save_sheet(self, path: Path) -> None:
        """Lay out the sheet of the month to this file."""
        assert self.month is not None
        month, desk = self.month, self.desk
        run_waiting(
            self,
            desk.background,
            "正在排版",
            lambda _progress: save_ranking(desk.township, month, path),
            lambda pages: desk.offer_file(f"通报已排好，{pages} 页：{path.name}", path),
            lambda error: tell(self, "没有排成", sentence(error)),
        )
