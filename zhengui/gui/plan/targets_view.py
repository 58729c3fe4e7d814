"""接种日程: each village's targets by age band and dose, worked back from their due dates."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from zhengui.gui.desk.desk import Desk
from zhengui.gui.kit.trouble import show_trouble
from zhengui.gui.plan.print_timetable import print_timetable
from zhengui.gui.plan.share_dialog import SpreadDialog
from zhengui.gui.plan.sub import PlanSub
from zhengui.gui.plan.word_table import WordCell
from zhengui.services.paper.schedule_sheet import daily_words, target_sheet
from zhengui.services.plan.target_schedule import (
    TARGETS,
    TargetLine,
    behind,
    spread_anew,
    take_back,
    target_curve,
    target_schedule,
)
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
    """A line opens its target's record; below stands its curve. What is left of a line can be spread anew."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "接种日程", parent)
        self.lines: list[TargetLine] = []
        self.title.setText("接种日程")
        self.anew = self.deed("重新分配…", self.spread)
        self.anew.setToolTip("把没有完成的接种任务，从明天起重新排到期限")
        self.deed("打印日程表", self.print_sheet, primary=True)
        self.curve = self.add_curve()
        self.table.moved.connect(self._show_curve)
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

    def _show_curve(self, at: int) -> None:
        """The curve of the current line."""
        if not 0 <= at < len(self.lines):
            self.curve.hide()
            return
        line, township = self.lines[at], self.desk.township
        words = f"{line.name} {line.what}：应完成和实际（人）"
        self.curve.read(words, "人", lambda: target_curve(township, line.record))

    def spread(self) -> None:
        """Ask whose rest is to be spread anew: that of the current line, or that of all that are behind."""
        at, late = self.table.currentRow(), behind(self.lines)
        ways: list[tuple[str, object]] = []
        if 0 <= at < len(self.lines):
            ways.append((f"只重排{self.lines[at].name} {self.lines[at].what}", [self.lines[at].record]))
        if late:
            ways.append((f"重排全部落后的 {len(late)} 项", [line.record for line in late]))
        if not ways:
            return
        asked = SpreadDialog(self, ways)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self.spread_targets(asked.targets())

    def spread_targets(self, targets: list[int]) -> None:
        """Spread what is left of these targets' records anew, in a worker."""
        township = self.desk.township
        self.desk.background.run(
            lambda _progress: spread_anew(township, targets),
            self._spread_done,
            lambda error: show_trouble(self, error),
        )

    def _spread_done(self, restarts: list[int]) -> None:
        self.desk.say(f"已把 {len(restarts)} 项的余下任务重新排到期限", lambda: self._take_back(restarts))
        self.reload()

    def _take_back(self, restarts: list[int]) -> None:
        take_back(self.desk.township, restarts)
        self.reload()

    def open(self, row: int) -> None:
        """Go to a target's record."""
        if 0 <= row < len(self.lines):
            self.desk.go_to_ledger(TARGETS, self.lines[row].record)

    def print_sheet(self) -> None:
        """Lay out the timetable of each village."""
        lines = self.lines
        print_timetable(self.desk, self, "接种", lambda reading: target_sheet(reading, lines))


def _row(line: TargetLine) -> list[WordCell]:
    pace = line.pace
    tone = "over" if pace.behind else "ink1"
    return [
        WordCell(line.name),
        WordCell(line.what),
        WordCell(f"{line.due:%Y-%m-%d}"),
        WordCell(number(pace.goal), right=True),
        WordCell(number(pace.done), right=True),
        WordCell(number(pace.expected.to_integral_value()), right=True),
        WordCell(number(pace.missing.to_integral_value()) if pace.missing else "", tone, right=True),
        WordCell(str(pace.behind) if pace.behind else "", tone, right=True),
        WordCell(daily_words(line), right=True),
    ]
