"""接种日程: each village's targets by age band and dose, worked back from their due dates."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.plan.print_timetable import print_timetable
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.word_table import Words
from zhengui.services.paper.schedule_sheet import daily_words, target_sheet
from zhengui.services.plan.target_schedule import TARGETS, TargetLine, behind, target_schedule
from zhengui.services.plan.tell_plan import number

TITLES = (
    "村（居）",
    "年龄段、剂次",
    "期限",
    "应完成",
    "已完成",
    "今天应完成",
    "差",
    "落后（工作日）",
    "每天要做",
)
WIDTHS = (96, 150, 100, 84, 84, 96, 80, 108, 84)


class TargetsView(PlanSub):
    """A line opens its target's record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "接种日程", parent)
        self.lines: list[TargetLine] = []
        self.title.setText("接种日程")
        self.deed("打印日程表", self.print_sheet, primary=True)
        self.table.opened.connect(self.open)
        desk.saved.connect(lambda _ledger: self.reload() if self.isVisible() else None)

    def reload(self) -> None:
        """Read in a worker, for the villages that are lit up."""
        township, villages = self.desk.township, self.desk.scope.villages
        self.desk.background.run(
            lambda _progress: target_schedule(township, villages), self._show, key=f"targets{id(self)}"
        )

    def _show(self, lines: list[TargetLine]) -> None:
        self.lines = lines
        late = behind(lines)
        told = f"{len(lines)} 项任务，{len(late)} 项落后"
        if late:
            first = late[0]
            told += f"，最多的是{first.name}{first.what}，落后 {first.pace.behind} 个工作日"
        self.told.setText(told if lines else "还没有下达接种任务。")
        self.table.lay_out(TITLES, WIDTHS, (1,), (3, 4, 5, 6, 7, 8))
        self.table.fill([_row(line) for line in lines])

    def open(self, row: int) -> None:
        """Go to a target's record."""
        if 0 <= row < len(self.lines):
            self.desk.go_to_ledger(TARGETS, self.lines[row].record)

    def print_sheet(self) -> None:
        """Lay out the timetable of each village."""
        lines = self.lines
        print_timetable(self.desk, self, "接种", lambda reading: target_sheet(reading, lines))


def _row(line: TargetLine) -> list[Words]:
    pace = line.pace
    tone = "over" if pace.behind else "ink1"
    return [
        Words(line.name),
        Words(line.what),
        Words(f"{line.due:%Y-%m-%d}"),
        Words(number(pace.goal), right=True),
        Words(number(pace.done), right=True),
        Words(number(pace.expected.to_integral_value()), right=True),
        Words(number(pace.missing.to_integral_value()) if pace.missing else "", tone, right=True),
        Words(str(pace.behind) if pace.behind else "", tone, right=True),
        Words(daily_words(line), right=True),
    ]
