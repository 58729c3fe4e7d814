"""整改销号: every item of the closed loops, on a board, in a list or in a tree, with the steps at hand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zhengui.gui.desk.actions import Bound, bind_keys, bound
from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.page import Page
from zhengui.gui.desk.place import Place
from zhengui.gui.kit.empty_state import EmptyState
from zhengui.gui.kit.menu import Menu
from zhengui.gui.worklist.board import Board
from zhengui.gui.worklist.item_deeds import ItemDeeds
from zhengui.gui.worklist.listing import ItemTree
from zhengui.gui.worklist.side_deeds import SideDeeds
from zhengui.gui.worklist.side_views import DrawsView, DutiesView
from zhengui.gui.worklist.tools import VIEWS, WorkTools
from zhengui.services.loops import list_items
from zhengui.services.loops.list_items import Branch, LoopItem
from zhengui.services.township import overview

BOARD, LIST, TREE, DRAWS, DUTIES = range(5)
Facts = tuple[list[LoopItem], dict[str, Branch]]


class WorklistPage(Page):
    """Shows the working year with what earlier years left open; the villages chosen above narrow it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.items: list[LoopItem] = []
        self._trees: dict[str, Branch] = {}
        self.tools = WorkTools(self)
        self.board = Board(self)
        self.list = ItemTree("事项列表", self)
        self.tree = ItemTree("事项的层级", self)
        self.empty = EmptyState(self)
        self.stack = QStackedWidget(self)
        self.draws, self.duties = DrawsView(self), DutiesView(self)
        for view in (self.board, self.list, self.tree, self.empty, self.draws, self.duties):
            self.stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.stack, 1)
        self.deeds = ItemDeeds(desk, self)
        self.sides = SideDeeds(desk, self, self.draws, self.duties, self.deeds.papers)
        self._connect()

    def _connect(self) -> None:
        self.tools.changed.connect(self.show_items)
        self.tools.view_chosen.connect(lambda _at: self.show_items())
        self.tools.step_asked.connect(self.step_on)
        self.tools.more_asked.connect(self._open_more)
        self.board.dropped.connect(self.deeds.drop)
        for view in (self.board, self.list, self.tree):
            view.opened.connect(self.open_chosen)
            view.forward.connect(self.step_on)
            view.back.connect(lambda: self.deeds.send_back(self.chosen()))
            view.menu_asked.connect(self._open_menu)
            view.moved.connect(self._tell)
        self.desk.scope.changed.connect(self._reload_if_seen)
        self.desk.saved.connect(lambda _ledger: self._reload_if_seen())
        bind_keys(self, self.offered())

    def offered(self) -> list[Bound]:
        return [
            bound("step", self.step_on, when=lambda: bool(self.chosen())),
            bound("other_step", self._choose_step, when=lambda: bool(self.chosen())),
        ]

    def heading(self) -> tuple[str, str]:
        closed = sum(item.closed is not None for item in self.items)
        ledgers = len({item.ledger for item in self.items})
        rate = f" · 销号率 {100 * closed / len(self.items):.1f}%" if self.items else ""
        return "整改销号", f"{ledgers} 类台账 · {len(self.items)} 件{rate}"

    def where(self) -> Place:
        return Place("worklist", self.tools.ledger.currentData() or "", state=VIEWS[self.tools.views.at])

    def regions(self) -> list[QWidget]:
        return [self.tools, self._view()]

    def arrive(self, place: Place) -> None:
        self.tools.show_ledgers(self._offered_ledgers())
        if place.of:
            self.tools.choose_ledger(place.of)
        if place.state in VIEWS:
            self.tools.views.mark(VIEWS.index(place.state))
        self.tools.late.setChecked(place.state == "逾期")
        self.reload()
        self._take_keyboard()

    def _offered_ledgers(self) -> list[tuple[str, str]]:
        """Each ledger with a closed loop, then the areas that have several, whose items stand together."""
        looped = overview.looped(self.desk.township, year=self.desk.scope.year)
        offered = [(ledger.key, ledger.title) for ledger in looped]
        for area in self.desk.catalogue.areas:
            keys = [ledger.key for ledger in looped if ledger.area == area.key]
            if len(keys) > 1:
                offered.append((",".join(keys), f"{area.short}（{len(keys)} 个台账）"))
        return offered

    def _reload_if_seen(self) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the items in a worker."""
        desk, year, villages = self.desk, self.desk.scope.year, self.desk.scope.villages
        grown = [ledger.key for ledger in overview.looped(desk.township, year=year) if ledger.loop.tree]

        def work(_progress: object) -> Facts:
            with desk.township.reading() as reading:
                found = list_items.items(reading, year, (), villages)
                return found, {key: list_items.tree(reading, key, year, villages) for key in grown}

        desk.background.run(work, self._show_facts, key="worklist")

    def _show_facts(self, facts: Facts) -> None:
        self.items, self._trees = facts
        self.tools.show_items(self.items)
        self.show_items()
        self.heading_changed.emit()

    def show_items(self) -> None:
        """Show what was asked for in the view that was chosen."""
        shown = [item for item in self.items if self.tools.wanted(item)]
        had = self.stack.currentWidget() is not None and self._has_keyboard()
        at = self.tools.views.at
        self.tools.allow_items(at not in (DRAWS, DUTIES))
        if at in (DRAWS, DUTIES):
            self._show_side(at)
        elif at == TREE and not self._tree_ledgers():
            self._say_no_tree()
        elif not shown:
            self._say_nothing()
        elif at == TREE:
            self._show_tree()
        elif at == LIST:
            self.list.show_list(shown)
            self.stack.setCurrentWidget(self.list)
        else:
            self.board.show_items(shown)
            self.stack.setCurrentWidget(self.board)
        if had:
            self._take_keyboard()
        self._tell()

    def _show_side(self, at: int) -> None:
        """Spot checks, or contact duties; both read for themselves."""
        if at == DRAWS:
            self.sides.read_draws()
        else:
            self.sides.read_duties()
        self.stack.setCurrentWidget(self.draws if at == DRAWS else self.duties)

    def _tree_ledgers(self) -> list[str]:
        chosen = self.tools.ledgers()
        return [key for key in self._trees if not chosen or key in chosen]

    def _show_tree(self) -> None:
        """Several ledgers with levels stand beside each other, each under its title."""
        keys = self._tree_ledgers()
        root = (
            self._trees[keys[0]]
            if len(keys) == 1
            else Branch("", branches=[self._trees[key] for key in keys])
        )
        self.tree.show_tree(root, self.tools.wanted)
        self.stack.setCurrentWidget(self.tree)

    def _say_no_tree(self) -> None:
        title = self.tools.ledger.currentText()
        self.empty.show_plain(
            f"{title}没有层级", "整改清单按大类、问题、内容、任务分层。请选整改清单，或换成看板、列表。"
        )
        self.stack.setCurrentWidget(self.empty)

    def _say_nothing(self) -> None:
        if self.items:
            self.empty.show_filtered("没有这样的事项", "这样筛选，一件也没有。", "清除筛选", self._clear)
        else:
            text = "在各领域的台账里登记隐患、问题厕所、信访等事项，就会列在这里。往年没有销号的也会列出。"
            self.empty.show_plain("没有要销号的事项", text)
        self.stack.setCurrentWidget(self.empty)

    def _clear(self) -> None:
        for box in (self.tools.ledger, self.tools.department, self.tools.person):
            box.setCurrentIndex(0)
        self.tools.late.setChecked(False)
        self.show_items()

    def _has_keyboard(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.stack.isAncestorOf(focused)

    def _view(self) -> QWidget:
        """The view that is seen."""
        return self.stack.currentWidget() or self.board

    def _take_keyboard(self) -> None:
        target: QWidget = self._view()
        if target is self.board:
            target = self.board.current if self.board.current.cards.items else self.board.fallback()
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[LoopItem]:
        """The selected items of the view that is seen."""
        view = self.stack.currentWidget()
        return view.chosen() if isinstance(view, Board | ItemTree) else []

    def _tell(self) -> None:
        found = self.chosen()
        if len(found) == 1:
            hint = "Enter 打开 · Ctrl+→ 送下一步 · Ctrl+← 退回"
            self.desk.told.emit(f"{found[0].title}　{hint}")
        elif found:
            self.desk.told.emit(f"选中 {len(found)} 项　Ctrl+→ 送下一步 · Ctrl+← 退回")

    def open_chosen(self) -> None:
        """Open the record of the current item where its ledger stands."""
        found = self.chosen()
        if found:
            self.desk.go_to_ledger(found[0].ledger, found[0].id)

    def step_on(self) -> None:
        """Take the next step with the selected items."""
        self.deeds.step_on(self.chosen(), self._menu_place())

    def _choose_step(self) -> None:
        self.deeds.choose(self.chosen(), self._menu_place())

    def _menu_place(self) -> QPoint:
        return self.tools.step.mapToGlobal(QPoint(0, self.tools.step.height()))

    def _open_menu(self, place: QPoint) -> None:
        self.deeds.choose(self.chosen(), place, opening=self.open_chosen)

    def _open_more(self, asked: QWidget) -> None:
        menu = Menu(self)
        corner = asked.mapToGlobal(QPoint(asked.width(), asked.height()))
        chosen = self.tools.ledgers()
        self.deeds.fill_more(menu, self.chosen, chosen[0] if len(chosen) == 1 else "", corner)
        menu.exec(corner - QPoint(menu.sizeHint().width(), 0))
