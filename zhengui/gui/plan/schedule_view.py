"""倒排工期: every village with its goal, what is due today, what is done, and its months or weeks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zhengui.figures.plan_pace import Light
from zhengui.gui.desk.desk import Desk
from zhengui.gui.plan.lights import LABELS, TONES
from zhengui.gui.plan.print_timetable import print_timetable
from zhengui.gui.plan.rows import PlanRow
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.word_table import WordCell
from zhengui.services.paper.schedule_sheet import item_sheet
from zhengui.services.plan import share_ways
from zhengui.services.plan.schedule_plan import MONTH, Schedule, VillagePart
from zhengui.services.plan.share_ways import PERCENT
from zhengui.services.plan.tell_plan import amount, number
from zhengui.services.plan.village_curve import village_curve

SIGNS = {Light.DONE: "● 完成", Light.ON_TIME: "● 按期", Light.NEAR: "▲ 临近", Light.BEHIND: "■ 落后"}


class ScheduleView(PlanSub):
    """`shared` asks to share out anew, `reported` to report on the village of the current line."""

    shared = Signal()
    reported = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "倒排工期", parent)
        self._schedule: Schedule | None = None
        self._row: PlanRow | None = None
        self.curve = self.add_curve()
        self.table.moved.connect(self._show_curve)
        self.report = self.deed("登记这个村（居）的进展", self._report)
        self.deed("打印日程表", self.print_sheet)
        self.deed("重新分配…", self.shared.emit, primary=True)
        self.table.opened.connect(lambda _row: self._report())

    def show_schedule(self, row: PlanRow, schedule: Schedule, by_hand: bool) -> None:
        """Show a schedule; villages report by hand where their records don't tell."""
        self._schedule, self._row = schedule, row
        self.report.setVisible(by_hand)
        self.title.setText(row.told.brief)
        late = sum(1 for part in schedule.parts if part.light is Light.BEHIND)
        words = share_ways.by_words(self.desk.township, schedule.by)
        first = schedule.start + timedelta(days=1)
        start = f"{first.month}月{first.day}日"
        done = f"{number(schedule.done)} / {amount(schedule.goal, schedule.unit)}"
        together = "全镇" if schedule.of_rate else "合计"
        self.told.setText(f"{start}起{words}分解，{together} {done}，落后 {late} 个村（居）")
        ends = [day for day, _amount in schedule.parts[0].steps] if schedule.parts else []
        titles = ["村（居）", "目标", "今天应完成", "已完成", "差", "状态", "落后（工作日）", "每天要做"]
        titles += [_step_title(day, schedule.step) for day in ends]
        widths = [96, 128 if schedule.of_rate else 80, 92, 80, 72, 84, 104, 76, *([68] * len(ends))]
        numbers = (1, 2, 3, 4, *range(6, len(titles)))
        self.table.lay_out(titles, widths, (), numbers)
        whole = all(part.goal == part.goal.to_integral_value() for part in schedule.parts)
        self.table.fill([_row(part, whole, schedule) for part in schedule.parts])

    def _show_curve(self, at: int) -> None:
        """The curve of the village of the current line."""
        schedule, row, township = self._schedule, self._row, self.desk.township
        if schedule is None or row is None or not 0 <= at < len(schedule.parts):
            self.curve.hide()
            return
        village = schedule.parts[at].village
        item = row.item
        self.curve.read(
            f"{village.name}：应完成和实际（{schedule.unit}）",
            schedule.unit,
            lambda: village_curve(township, item, schedule, village.id),
        )

    def print_sheet(self) -> None:
        """Lay out the timetable of each village, or of those that are lit up."""
        schedule, title, villages = self._schedule, self.title.text(), self.desk.scope.villages
        if schedule is not None:
            print_timetable(
                self.desk, self, title, lambda reading: item_sheet(reading, title, schedule, villages)
            )

    def _report(self) -> None:
        row = self.table.currentRow()
        if self._schedule is not None and row >= 0 and self.report.isVisible():
            self.reported.emit(self._schedule.parts[row].village.id)


def _goal(part: VillagePart, schedule: Schedule) -> str:
    """A village's goal; of a rate, also how many of its people or cases that is."""
    if not schedule.of_rate:
        return number(part.goal)
    if schedule.unit not in PERCENT:
        return amount(part.goal, schedule.unit)
    heads = (part.weight * part.goal / 100).to_integral_value(ROUND_CEILING)
    return f"{number(part.goal)}%（{number(heads)}{schedule.heads}）"


def _step_title(day: date, step: str) -> str:
    return f"{day.month}月" if step == MONTH else f"至{day.month}.{day.day}"


def _row(part: VillagePart, whole: bool, schedule: Schedule) -> list[WordCell]:
    """A village's line; where goals are whole numbers, so is what is due (rounded up, as nobody does half)."""
    tone = TONES[part.light]
    state = LABELS[part.light]
    due = part.due.to_integral_value(ROUND_CEILING) if whole else part.due
    daily = number(part.daily) if part.daily is not None else ""
    missing = max(Decimal(0), due - part.done) if part.missing else Decimal(0)
    cells = [
        WordCell(part.village.name),
        WordCell(_goal(part, schedule), right=True),
        WordCell(number(due), right=True),
        WordCell(number(part.done), right=True),
        WordCell(number(missing) if missing else "", tone, right=True),
        WordCell(SIGNS[part.light], state),
        WordCell(str(part.behind) if part.behind else "", tone, right=True),
        WordCell(f"{daily}{schedule.heads}" if daily and schedule.of_level else daily, right=True),
    ]
    return [*cells, *(WordCell(number(value), "ink2", right=True) for _day, value in part.steps)]
