"""Beside the warnings: the one that is chosen, told whole, with what can be decided and where something can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from zhengui.catalogue.model import Ledger
from zhengui.figures.warning_states import WarningStanding
from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.style import named
from zhengui.services.watch.find_warnings import Warned

WIDE = 340


class WarningSide(QFrame):
    """`decided` carries what is to become of the chosen warnings."""

    decided = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "card")
        self.setAccessibleName("这条预警")
        self.setFixedWidth(WIDE)
        self.desk = desk
        self.chosen: Sequence[Warned] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(6)
        self.buttons: list[QPushButton] = []

    def show_chosen(self, chosen: Sequence[Warned]) -> None:
        """Tell the chosen one, or how many are chosen."""
        self.chosen = chosen
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if len(chosen) == 1:
            self._tell(chosen[0])
        elif chosen:
            self._words(f"选中 {len(chosen)} 条预警", "h2")
            self._words("可以一起受理、延后或者了结。", "sec")
        else:
            self._words("在左边选一条预警，这里写明为什么、从哪天起、是谁、该怎么办。", "sec")
        if chosen:
            self._decisions(chosen)
        if len(chosen) == 1:
            self._ways(chosen[0])
        self._column.addStretch(1)

    def focus_first(self) -> None:
        """Put the keyboard on the first verb."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, text: str, role: str = "") -> None:
        self._column.addWidget(label(text, self, role, wrap=True))

    def _tell(self, each: Warned) -> None:
        self._words(each.label, "h2")
        self._words(each.rule.title, "cap")
        self._words(f"为什么：{each.why}。")
        self._words(f"从 {each.since:%Y-%m-%d} 起")
        who = "，".join(
            part for part in (each.village_name, f"包保干部 {each.contact}" if each.contact else "") if part
        )
        if who:
            self._words(f"是谁：{each.label}，{who}")
        self._words(f"该怎么办：{each.rule.advice}")
        for decision in reversed(each.decisions[-3:]):
            at = f"{decision.at:%Y-%m-%d} " if decision.at else ""
            until = f"，到 {decision.until:%Y-%m-%d} 再提醒" if decision.until else ""
            reason = f"：{decision.reason}" if decision.reason else ""
            self._words(f"{at}{decision.who} {decision.what}{until}{reason}", "cap")
        if each.again:
            self._words("办过以后情况又有了变化，所以重新提醒。", "cap")

    def _decisions(self, chosen: Sequence[Warned]) -> None:
        standings = {each.standing for each in chosen}
        if standings != {WarningStanding.TAKEN}:
            self._button("受理", "primary", lambda: self.decided.emit(WarningStanding.TAKEN))
        self._button("延后…", "", lambda: self.decided.emit(WarningStanding.PUT_OFF))
        if standings != {WarningStanding.CLOSED}:
            self._button("了结…", "", lambda: self.decided.emit(WarningStanding.CLOSED))

    def _ways(self, each: Warned) -> None:
        """Where something can be done, the subject filled in; and the records that it rests on."""
        self._words("去办", "cap")
        for key in each.rule.leads:
            ledger = self.desk.catalogue.ledgers.get(key)
            if ledger is None:
                continue
            field = _field_for(ledger, each.ledger)
            if field and each.record:
                words = f"登记{ledger.noun}"
                self._button(words, "link", lambda k=key, f=field: self.desk.begin(k, {f: each.record}))
            else:
                self._button(f"打开{ledger.title}", "link", lambda k=key: self.desk.go_to_ledger(k))
        if each.rule.kind == "unreported":
            self._button("打开报送情况", "link", lambda: self.desk.go("reporting", each.ledger, 0, "village"))
        elif each.rule.kind == "jumped":
            figure = each.key.rpartition(":")[2]
            self._button("打开这个指标", "link", lambda: self.desk.go("figure", figure))
        elif each.records:
            ledger = self.desk.catalogue.ledgers[each.looked_at]
            self._button(
                f"看依据的{ledger.noun}",
                "link",
                lambda: self.desk.go_to_ledger(each.looked_at, each.records[-1]),
            )

    def _button(self, text: str, kind: str, deed: object) -> None:
        made = button(text, self, kind)
        made.clicked.connect(lambda _checked=False: deed())  # type: ignore[operator]
        alignment = Qt.AlignmentFlag.AlignLeft if kind == "link" else Qt.AlignmentFlag(0)
        self._column.addWidget(made, 0, alignment)
        self.buttons.append(made)


def _field_for(ledger: Ledger, register: str) -> str:
    """The field of a ledger that refers to the register of the warned; empty without one."""
    return next((field.key for field in ledger.live_fields if field.register == register), "")
