"""The first day: what to do first, in order, with the demo township at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.desk.place import area_page
from zhengui.gui.home.facts import HomeFacts
from zhengui.gui.kit import icons
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.scrolled import clear_scrolled
from zhengui.gui.opening.first_start import ask_for_file

SURE = (
    "数据只在这台电脑，程序不联网",
    "每次保存都留痕，删错可以找回",
    "改动半小时内自动备份，两年内的可以找回",
)


@dataclass(frozen=True, slots=True)
class FirstDayStep:
    """One step: what, why, whether it is done, the button and where it leads."""

    title: str
    text: str
    done: bool
    verb: str
    call: Callable[[], None]


class FirstDay(QWidget):
    """Shown until the first record is entered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        #: The verb of what is to be done next.
        self.next: QPushButton | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        # On a small or magnified screen the sentences at the side are higher than the page.
        scrolled, inside = clear_scrolled(self)
        whole.addWidget(scrolled)
        row = QHBoxLayout(inside)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(0)
        head = QHBoxLayout()
        self._title, self._done = label("", card, "big"), label("", card, "sec")
        head.addWidget(self._title, 1)
        head.addWidget(self._done)
        column.addLayout(head)
        column.addWidget(label("按顺序做完前两步就能开始登记；每一步随时可以返回修改。", card, "sec"))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        column.addLayout(self._steps)
        column.addStretch(1)
        row.addWidget(card, 73)
        row.addLayout(self._make_side(), 27)

    def _make_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(12)
        demo = button("打开演示镇", self)
        demo.setIcon(icons.icon("building"))
        demo.clicked.connect(lambda: self._desk.opened.emit(None))
        text = "演示镇里有三年的完整数据和一份写好的总结，人物均为虚构，可以随意改动。"
        side.addWidget(self._card("想先看看？", text, demo))
        other = button("打开数据文件…", self)
        other.setIcon(icons.icon("history"))
        other.clicked.connect(self._open_other)
        text = "插入备份 U 盘，选择 .zgdb 文件即可；它旁边的 .key 钥匙文件要一起带来。"
        side.addWidget(self._card("换过电脑？", text, other))
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(label("放心使用", card, "h2"))
        for words in SURE:
            line = QHBoxLayout()
            tick = label("", card)
            tick.setPixmap(icons.pixmap("checkmark", 16, "ok"))
            line.addWidget(tick)
            line.addWidget(label(words, card, "sec", wrap=True), 1)
            column.addLayout(line)
        side.addWidget(card)
        side.addStretch(1)
        return side

    def _card(self, title: str, text: str, deed: QWidget) -> QFrame:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(label(title, card, "h2"))
        column.addWidget(label(text, card, "sec", wrap=True))
        row = QHBoxLayout()
        row.addWidget(deed)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _open_other(self) -> None:
        path = ask_for_file(self)
        if path is not None:
            self._desk.opened.emit(path)

    def show_facts(self, facts: HomeFacts) -> None:
        """Show what is done and what is next."""
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.next = None
        steps = self._read(facts)
        self._title.setText(f"开始建立 {self._desk.scope.year} 年台账")
        self._done.setText(f"已完成 {sum(step.done for step in steps)} / {len(steps)}")
        upcoming = next((n for n, step in enumerate(steps) if not step.done), -1)
        for number, step in enumerate(steps):
            self._steps.addWidget(self._row(step, number == upcoming, number < len(steps) - 1))

    def _read(self, facts: HomeFacts) -> list[FirstDayStep]:
        desk, counts = self._desk, facts.registers
        profile = desk.township.profile()
        villages = counts.get("village", 0)
        staff = counts.get("official", 0) + counts.get("department", 0)
        first = next((ledger for area in desk.catalogue.work_areas() for ledger in area.ledgers), None)
        steps = [
            FirstDayStep(
                "填写单位名称",
                f"{profile.office} · {desk.scope.year} 年",
                True,
                "修改",
                lambda: desk.go("system"),
            ),
            FirstDayStep(
                "录入村（居）",
                f"{villages} 个" if villages else "几乎所有台账都按村（居）统计",
                villages > 0,
                "录入村（居）",
                lambda: desk.go("registers", "village"),
            ),
            FirstDayStep(
                "录入干部和部门",
                f"已录入 {staff} 条" if staff else "包村、包案、包保联系时直接选人，不必重复填写",
                staff > 0,
                "录入干部",
                lambda: desk.go("registers", "official"),
            ),
        ]
        if first is not None:
            key, area = first.key, desk.catalogue.by_area[first.area]
            text = f"从左边选一个领域，例如“{area.short}”；有上年的数，才能写“比上年增长”"
            steps.append(
                FirstDayStep(
                    "登记或导入第一批记录", text, False, "开始登记", lambda: desk.go(area_page(area.key), key)
                )
            )
        return steps

    def _row(self, step: FirstDayStep, upcoming: bool, line: bool) -> QWidget:
        made = QFrame(self)
        made.setObjectName("bar" if line else "white")
        made.setFixedHeight(73)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        sign = label("", made)
        name, tone = (
            ("checkmark_circle", "okfill")
            if step.done
            else ("target", "act")
            if upcoming
            else ("clock", "line3")
        )
        sign.setPixmap(icons.pixmap(name, 20, tone, step.done))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(label(step.title, made, "h2" if upcoming else ""))
        words.addWidget(label(step.text, made, "cap"))
        words.addStretch(1)
        row.addWidget(sign)
        row.addLayout(words, 1)
        if step.done:
            done = label("完成", made)
            done.setProperty("tone", "ok")
            row.addWidget(done)
        deed = button(step.verb, made, "primary" if upcoming else "ghost" if step.done else "")
        deed.clicked.connect(lambda: step.call())
        self.next = deed if upcoming else self.next
        row.addWidget(deed)
        return made
