"""Which document is being written: the year's, or one of a half year, a quarter, a village or an area."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from zhengui.figures.period import Period, half, quarter, year
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import ask
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.menu import Menu
from zhengui.services.document import edit_document as service
from zhengui.services.document.begin_document import begin_document
from zhengui.storage.problem import StorageProblem

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.storage.writing.documents import StoredDocument

#: So many villages are named in the menu.
_NAMED = 3
_STATES = {"draft": "起草", "review": "送审", "issued": "已签发"}


class DocumentChoice(QPushButton):
    """A menu of the documents there are, and of those that can be begun."""

    chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("文稿", parent)
        made = button("", parent, "ghost")
        self.setProperty("kind", made.property("kind"))
        made.deleteLater()
        self.setAutoDefault(False)
        self.setIcon(icons.icon("document_text"))
        self.setToolTip("换一份文稿，或按半年、季度、村（居）、领域新建")
        self._desk = desk
        self.document = 0
        self.clicked.connect(
            lambda _checked=False: self.menu_of().exec(self.mapToGlobal(self.rect().bottomLeft()))
        )

    def of_year(self, number: int) -> int:
        """The document of a whole year and the whole township, begun where there is none."""
        return self.begin(year(number))

    def begin(self, period: Period, villages: tuple[int, ...] = (), area: str = "") -> int:
        """The document of a period and a scope, begun where there is none."""
        township = self._desk.township
        found = service.find_documents(township, period, villages, area)
        return found[0].id if found else begin_document(township, period, villages, area)

    def menu_of(self) -> QMenu:
        """The documents there are, then what can be begun."""
        menu = Menu(self)
        for stored in service.all_documents(self._desk.township):
            action = menu.addAction(f"{self._title(stored)}　{_STATES[stored.state]}")
            action.setCheckable(True)
            action.setChecked(stored.id == self.document)
            action.triggered.connect(partial(self._choose, stored.id))
        menu.addSeparator()
        new = menu.addMenu("新建文稿")
        new.setIcon(icons.icon("add"))
        now = self._desk.scope.period.year
        spans = [half(now, 1), half(now, 2), *(quarter(now, number) for number in (1, 2, 3, 4))]
        for period in (year(now), *spans):
            whole = self._desk.words(f"{period.title}（全镇）")
            new.addAction(whole).triggered.connect(partial(self._begin, period, (), ""))
        self._narrower(new)
        if self.document and self._removable():
            menu.addAction("删去这份文稿").triggered.connect(lambda _checked=False: self._remove())
        return menu

    def _narrower(self, menu: QMenu) -> None:
        """Documents of the villages that are chosen above, and of single areas."""
        now, villages = year(self._desk.scope.period.year), tuple(self._desk.scope.villages)
        menu.addSeparator()
        if villages:
            for period in dict.fromkeys((now, self._desk.scope.period)):
                words = f"{period.title}（{self._places(villages)}）"
                menu.addAction(words).triggered.connect(partial(self._begin, period, villages, ""))
        areas = menu.addMenu(f"{now.title}，一个领域")
        for area in self._desk.catalogue.work_areas():
            if area.section is not None:
                areas.addAction(area.title).triggered.connect(partial(self._begin, now, (), area.key))

    def _title(self, stored: StoredDocument) -> str:
        where = f"（{self._places(stored.villages)}）" if stored.villages else ""
        area = self._desk.catalogue.by_area.get(stored.area)
        return f"{stored.period.title}{f' · {area.title}' if area else ''}{where}"

    def _places(self, villages: tuple[int, ...]) -> str:
        """The names of a few villages, or how many there are."""
        names = [self._desk.scope.all_villages.get(village, "") for village in villages]
        return "、".join(names) if len(names) <= _NAMED and all(names) else f"{len(names)} 个村（居）"

    def _choose(self, document: int, _checked: bool = False) -> None:
        self.chosen.emit(document)

    def _begin(self, period: Period, villages: tuple[int, ...], area: str, _checked: bool = False) -> None:
        self.chosen.emit(self.begin(period, villages, area))

    def _removable(self) -> bool:
        stored = service.open_document(self._desk.township, self.document).document
        return stored.state == "draft" and len(service.all_documents(self._desk.township)) > 1

    def _remove(self) -> None:
        if not ask(self, "删去这份文稿吗？", "文稿从列表中拿掉，台账和其他文稿不受影响。", "删去", "不删了"):
            return
        document, township = self.document, self._desk.township
        try:
            edit = service.remove_document(township, document)
        except StorageProblem as problem:
            self._desk.background.troubled.emit(problem)
            return
        self.document = 0
        self.chosen.emit(service.all_documents(township)[0].id)

        def back() -> None:
            service.take_back(township, edit)
            self.chosen.emit(document)

        self._desk.say("已删去这份文稿", back)
