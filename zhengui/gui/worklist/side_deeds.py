"""What 抽查 and 包保 do: draw, note results, write the 通报, hand duties over, print cards and visiting lists."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.dialogs import tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.worklist.check_dialogs import DrawDialog, HandOverDialog, ResultDialog
from zhengui.gui.worklist.paper_deeds import PaperDeeds
from zhengui.gui.worklist.side_views import DrawsView, DutiesView, ShownDraw, ShownDuties
from zhengui.services.loops import duties, spot_check, village_duties
from zhengui.services.loops.duties import DUTY, Charge
from zhengui.services.loops.spot_check import CheckedItem, DrawDue
from zhengui.services.township import overview
from zhengui.services.township.township import Township
from zhengui.storage.writing.spot_draws import KeptDraw


class SideDeeds(QObject):
    """Fills both views and does what their buttons ask."""

    def __init__(
        self, desk: Desk, host: QWidget, draws: DrawsView, contacts: DutiesView, papers: PaperDeeds
    ) -> None:
        super().__init__(host)
        self._desk, self._host, self._draws, self._contacts = desk, host, draws, contacts
        self._papers = papers
        draws.draw.clicked.connect(self.draw)
        draws.note.clicked.connect(self.note)
        draws.circular.clicked.connect(self.circular)
        draws.opened.connect(self._open_drawn)
        contacts.hand_over.clicked.connect(self.hand_over)
        contacts.card.clicked.connect(lambda: self._print("包保联系卡", duties.card))
        contacts.visits.clicked.connect(lambda: self._print("入户走访清单", duties.visiting_list))
        contacts.opened.connect(self._open_duty)

    def read_draws(self) -> None:
        """Read the draws in a worker and show them."""
        township = self._desk.township

        def work(_progress: object) -> tuple[list[ShownDraw], list[DrawDue]]:
            with township.reading() as reading:
                titles = reading.catalogue.ledgers
                found: list[ShownDraw] = [
                    (
                        kept,
                        spot_check.checked(reading, kept.id),
                        spot_check.rates(reading, kept.id),
                        titles[kept.ledger].title,
                    )
                    for kept in spot_check.draws(reading)
                ]
                return found, spot_check.draws_due(reading)

        self._desk.background.run(work, lambda read: self._draws.show_draws(*read), key="draws")

    def read_duties(self) -> None:
        """Read the duties in a worker and show them."""
        township, villages = self._desk.township, self._desk.scope.villages

        def work(_progress: object) -> ShownDuties:
            with township.reading() as reading:
                return (
                    duties.visits_due(reading, duties.SOON, villages),
                    duties.without_contact(reading, villages),
                    duties.loads(reading, villages),
                    duties.past_duties(reading),
                    village_duties.by_village(reading, villages),
                    duties.has_duties(reading),
                )

        self._desk.background.run(work, lambda read: self._contacts.show_duties(*read), key="duties")

    def draw(self) -> None:
        """Draw closed items by lot."""
        desk = self._desk
        looped = overview.looped(desk.township, year=desk.scope.year)
        # Those that are to be checked each month come first.
        looped.sort(key=lambda ledger: not ledger.loop.draw)
        ledgers = [(ledger.key, ledger.title) for ledger in looped]
        dialog = DrawDialog(self._host, desk.township, ledgers, desk.scope.villages)
        if dialog.exec() and dialog.made is not None:
            desk.say(f"已抽取 {len(dialog.made.items)} 项，种子数 {dialog.made.seed}")
            self.read_draws()

    def note(self) -> None:
        """Note what was found of the current item."""
        chosen = self._draws.chosen()
        if not isinstance(chosen, tuple):
            tell(self._host, "先选中抽到的一项", "展开一次抽查，选中其中一项，再登记结果。")
            return
        draw, item = chosen
        assert isinstance(draw, KeptDraw)
        assert isinstance(item, CheckedItem)
        if item.found.passed is not None:
            tell(self._host, "这一项已经登记过结果", "结果登记后不能改。情况有变，请再抽查一次。")
            return
        dialog = ResultDialog(self._host, self._desk.township, draw.id, item)
        if dialog.exec():
            self._desk.say("已登记抽查结果")
            self._desk.saved.emit(draw.ledger)

    def circular(self) -> None:
        """Write the 抽查通报 of the current draw."""
        chosen: object = self._draws.chosen()
        draw = chosen[0] if isinstance(chosen, tuple) else chosen
        if not isinstance(draw, KeptDraw):
            tell(self._host, "先选中一次抽查", "选中一次抽查，或其中一项，再出通报。")
            return
        township = self._desk.township
        self._papers.write("抽查通报", lambda: spot_check.make_check_sheet(township, draw.id))

    def _open_drawn(self, chosen: object) -> None:
        if isinstance(chosen, tuple):
            self.note() if chosen[1].found.passed is None else self._go(chosen[1])

    def _go(self, item: CheckedItem) -> None:
        self._desk.go_to_ledger(item.item.ledger, item.item.id)

    def hand_over(self) -> None:
        """Hand an official's duties over to another."""
        dialog = HandOverDialog(self._host, self._desk.township, self._contacts.official())
        if dialog.exec():
            self._desk.say(f"已交接 {dialog.handed} 户")
            self._desk.saved.emit(DUTY)

    def _print(self, title: str, make: Callable[[Township, int], bytes]) -> None:
        official = self._contacts.official()
        if official is None:
            tell(self._host, "先选中一个干部", "展开“包保干部”选中一个人，或者选中他包保的一户。")
            return
        desk = self._desk

        def done(pdf: bytes) -> None:
            self._papers.save(title, pdf)

        def refused(error: Exception) -> None:
            tell(self._host, f"{title}没有排成", sentence(error))

        desk.background.run(lambda _progress: make(desk.township, official), done, refused)

    def _open_duty(self, chosen: object) -> None:
        if isinstance(chosen, Charge):
            self._desk.go_to_ledger("household", chosen.household)
