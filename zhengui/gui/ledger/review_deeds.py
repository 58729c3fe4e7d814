"""What a second person does with the selected records: let them pass, or send them back with a reason."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from zhengui.gui.desk.actions import Bound, bound
from zhengui.gui.kit import icons
from zhengui.gui.kit.dialogs import Dialog, ask, tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.ledger.shown import Shown
from zhengui.services.entry import review_rows
from zhengui.services.entry.review_rows import ReviewedRows


class ReviewDeeds(QObject):
    """Does nothing where the ledger needs no second person."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.host)
        self._shown = shown

    def tools(self) -> list[Bound]:
        """The tools of ⋯."""
        return [
            bound("approve", self.approve, when=lambda: self.asked, words="审核通过选中的记录"),
            bound("send_back", self.send_back, when=lambda: self.asked, words="退回选中的记录…"),
            bound("requirements", self.change_requirements, words="报送和审核要求…"),
        ]

    @property
    def asked(self) -> bool:
        """Whether the ledger that is shown needs a second person."""
        return self._shown.last is not None and self._shown.last.reviewing is not None

    def waiting(self) -> list[int]:
        """Those of the selected records that wait."""
        last = self._shown.last
        if last is None or last.reviewing is None:
            return []
        return [each for each in self._shown.table.selected_ids() if each in last.reviewing.waiting]

    def add_to(self, menu: QMenu) -> None:
        """Add to the menu of a row what fits the selected records."""
        count = len(self.waiting())
        if count:
            menu.addSeparator()
            menu.addAction(icons.icon("shield_checkmark"), f"审核通过（{count} 条）", self.approve)
            menu.addAction(icons.icon("arrow_undo"), f"退回（{count} 条）…", self.send_back)

    def approve(self) -> None:
        """Mark the selected records as reviewed, with 撤销."""
        shown, ids = self._shown, self.waiting()
        if shown.ledger is None or not self._any(ids):
            return
        township, key = shown.desk.township, shown.ledger.key
        shown.desk.background.run(
            lambda _progress: review_rows.approve(township, key, ids), self._approved, self._refused
        )

    def _approved(self, judged: ReviewedRows) -> None:
        township = self._shown.desk.township
        self._tell(judged, "已审核通过", lambda: review_rows.take_back_approval(township, judged))

    def send_back(self) -> None:
        """Send the selected records back with a reason, with 撤销."""
        shown, ids = self._shown, self.waiting()
        if shown.ledger is None or not self._any(ids):
            return
        dialog = ReturnDialog(shown.host, len(ids), shown.ledger.noun)
        if not dialog.exec():
            return
        township, key, reason = shown.desk.township, shown.ledger.key, dialog.reason
        shown.desk.background.run(
            lambda _progress: review_rows.send_back(township, key, ids, reason), self._sent, self._refused
        )

    def _sent(self, judged: ReviewedRows) -> None:
        township = self._shown.desk.township
        self._tell(judged, "已退回", lambda: review_rows.take_back_return(township, judged))

    def _any(self, ids: list[int]) -> bool:
        if not ids:
            self._shown.desk.say("选中的记录都审核过了" if self.asked else "这个台账不需要审核")
        return bool(ids)

    def _tell(self, judged: ReviewedRows, verb: str, undo: object) -> None:
        assert callable(undo)
        shown = self._shown
        if not judged.ids:
            self._tell_own(judged.own)
            return
        own = f"；另有 {judged.own} 条是您登记的，要由别人审核" if judged.own else ""
        desk, noun = shown.desk, shown.desk.catalogue.ledgers[judged.ledger].noun

        def take_back() -> None:
            desk.background.run(
                lambda _progress: undo(), lambda _nothing: desk.saved.emit(judged.ledger), self._refused
            )

        desk.say(f"{verb}{noun} {len(judged.ids)} 条{own}", take_back)
        desk.saved.emit(judged.ledger)

    def _tell_own(self, count: int) -> None:
        shown = self._shown
        text = (
            f"操作人现在是“{shown.desk.township.operator}”，自己登记或改过的记录要由另一个人看。"
            "换人后，请把操作人改成审核人的姓名。"
        )
        if ask(shown.host, f"这 {count} 条都是您登记的，换人来审核吗？", text, "换操作人", "先不审核"):
            shown.desk.go("system", "office")

    def _refused(self, error: Exception) -> None:
        tell(self._shown.host, "这一步没有做成", sentence(error))

    def change_requirements(self) -> None:
        """Ask what is wanted of the ledger."""
        from zhengui.gui.ledger.requirements import Requirements

        shown = self._shown
        if shown.ledger is None:
            return
        dialog = Requirements(shown.host, shown.desk, shown.ledger)
        if dialog.exec():
            shown.desk.say(dialog.told)
            shown.desk.saved.emit(shown.ledger.key)


class ReturnDialog(Dialog):
    """Asks why; the writer reads it in the table."""

    def __init__(self, parent: QWidget, count: int, noun: str) -> None:
        told = "登记的人在表里能看到原因，改好保存后重新待审核。"
        super().__init__(parent, f"这 {count} 条{noun}为什么退回？", told, "退回", "不退了")
        self._reason = self.add_line("退回的原因", hint="如：缺整改后照片", most=100)

    @property
    def reason(self) -> str:
        """Why, in one line."""
        return self._reason.text().strip()

    def mistake(self) -> str:
        return self.wrong(self._reason, "" if self.reason else "请写明原因，登记的人才知道改什么")
