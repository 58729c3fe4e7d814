"""Beside the matrix: who is missing in the month in hand, who was late, what to do, and what it holds up."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.scrolled import clear_scrolled
from zhengui.gui.kit.style import mark, size
from zhengui.gui.returns import legend as legends
from zhengui.gui.returns.facts import LedgerFacts, due_on
from zhengui.gui.returns.grid import shown_rows
from zhengui.gui.returns.legend import Legend
from zhengui.gui.returns.who_list import ROW, Who, WhoList
from zhengui.services.returns.report_status import VillageMonths
from zhengui.services.returns.report_year import can_mark_zero

MOST_SEEN, FEW_SEEN = 9, 3
#: Below this height the panel has no room for its legend.
LOW = 420


class SidePanel(QFrame):
    """Follows the current cell of the matrix."""

    village_chosen = Signal(int)
    notice_asked = Signal()
    zero_asked = Signal()
    wanted_asked = Signal()
    document_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setFixedWidth(size("detail_panel"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # On a magnified screen even what is left without the legend is higher than the page.
        scrolled, inside = clear_scrolled(self)
        whole.addWidget(scrolled)
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        self.title = label("", self, "h2")
        self.due = label("", self, "cap", wrap=True)
        self.who = WhoList(self)
        self.who.itemClicked.connect(self._clicked)
        self.who.itemActivated.connect(self._clicked)
        self.notice = button("生成催报通知", self)
        self.notice.setIcon(icons.icon("document_text"))
        self.notice.clicked.connect(self.notice_asked)
        self.zero = button("代村（居）标记零报告…", self, "ghost")
        self.zero.setIcon(icons.icon("checkmark_circle"))
        self.zero.clicked.connect(self.zero_asked)
        self.want = button("要求各村（居）按月报送", self)
        self.want.clicked.connect(self.wanted_asked)
        upper: tuple[QWidget, ...] = (self.title, self.due, self.who, self.notice, self.zero, self.want)
        for part in upper:
            column.addWidget(part)
        self._line = QFrame(self)
        self._line.setObjectName("hline")
        self._held = label("影响的文稿", self, "h2")
        self._claims = label("", self, "sec", wrap=True)
        self._document = button("查看文稿", self, "link")
        self._document.clicked.connect(self.document_asked)
        self.legend = Legend(self)
        column.addSpacing(6)
        for widget in (self._line, self._held, self._claims, self._document):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.legend)
        for made in (self.notice, self.zero, self.want):
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the legend gives way to what there is to do."""
        super().resizeEvent(event)
        self.legend.setVisible(event.size().height() >= LOW)

    def _clicked(self, item: QListWidgetItem) -> None:
        self.village_chosen.emit(self.who.village_of(item))

    def show_month(self, facts: LedgerFacts, month: int, today: date, villages: tuple[int, ...]) -> None:
        """Tell about a month (1 to 12) of the ledger."""
        rows = shown_rows(facts.status, villages)
        missing = [row for row in rows if row.cells[month - 1].state == "missing"]
        late = [row for row in rows if row.cells[month - 1].late] if facts.wanted else []
        self.title.setText(f"{month} 月 · {self._title(rows, month, len(missing), facts.wanted)}")
        self._tell_due(facts, month, today, bool(missing))
        people = [self._missing(row, facts) for row in missing] + [
            self._late(row, month, facts) for row in late
        ]
        self.who.show_people(people)
        self.who.setVisible(bool(people))
        self.who.setFixedHeight(min(len(people), MOST_SEEN if self.height() >= LOW else FEW_SEEN) * ROW + 4)
        self.notice.setVisible(bool(missing) and facts.wanted)
        free = [row for row in rows if can_mark_zero(row.cells[month - 1], today)]
        self.zero.setVisible(bool(free))
        # As wide as the panel is at most, a bar for scrolling beside it.
        self.zero.setText(f"替 {len(free)} 村标记零报告…" if len(free) > 1 else "代村（居）标记零报告…")
        self.want.setVisible(not facts.wanted)
        self._tell_claims(facts, month, len(missing))
        self.legend.show_lines(legends.VILLAGES if facts.wanted else legends.QUIET)

    def _title(self, rows: list[VillageMonths], month: int, missing: int, wanted: bool) -> str:
        states = {row.cells[month - 1].state for row in rows}
        count = f"{missing} 村" if rows and rows[0].village else "本单位"
        if missing:
            return f"{count}未报" if wanted else f"{count}没有记录"
        if states == {"not_owed"}:
            return "这个月不用报送"
        return "未到报送期" if "not_due" in states else "都已报送"

    def _tell_due(self, facts: LedgerFacts, month: int, today: date, missing: bool) -> None:
        if not facts.wanted:
            self.due.setText("这个台账不要求按月报送。没有记录的月份有没有发生，并不知道。")
            mark(self.due, role="cap")
            return
        due = due_on(facts.status.year * 100 + month, facts.status.due_day)
        days = (today - due).days
        tail = f"，已过 {days} 天" if days > 0 else "，就是今天" if days == 0 else f"，还有 {-days} 天"
        self.due.setText(f"报送截止 {due.month} 月 {due.day} 日{tail if missing or days <= 0 else ''}")
        mark(self.due, role="err" if missing and days > 0 else "cap")

    def _missing(self, row: VillageMonths, facts: LedgerFacts) -> Who:
        times = sum(cell.state == "missing" or cell.late for cell in row.cells)
        again = f"第 {times} 次" if times > 1 and facts.wanted else ""
        return Who(row.village, row.name, facts.contacts.get(row.village, ""), again)

    def _late(self, row: VillageMonths, month: int, facts: LedgerFacts) -> Who:
        at = row.cells[month - 1].at
        told = f"迟报，{at.month}月{at.day}日" if at is not None else "迟报"
        return Who(row.village, row.name, facts.contacts.get(row.village, ""), told, "warn")

    def _tell_claims(self, facts: LedgerFacts, month: int, missing: int) -> None:
        held = bool(facts.claims)
        for widget in (self._line, self._held, self._claims, self._document):
            widget.setVisible(held)
        if not held:
            return
        named = "、".join(f"“{title}”" for title in facts.claims)
        if missing:
            text = f"{named}还缺 {missing} 份 {month} 月的数，补齐或标记零报告前，这句话不会印出。"
        elif facts.status.complete:
            text = f"{named}要的各月都已报送。"
        else:
            text = f"{named}要等全年各月都报送后才能印出。"
        self._claims.setText(text)
        self._claims.setToolTip(plain(self._claims.text()))

    def show_areas(self, title: str, told: str) -> None:
        """Tell about a matrix of areas: only what the cells mean."""
        self.title.setText(title)
        self.due.setText(told)
        mark(self.due, role="cap")
        hidden = (self.who, self.notice, self.zero, self.want)
        for widget in (*hidden, self._line, self._held, self._claims, self._document):
            widget.hide()
        self.legend.show_lines(legends.AREAS)
