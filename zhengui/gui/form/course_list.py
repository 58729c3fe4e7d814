"""经过: the steps that were taken with an item, and how long it stayed where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhengui.gui.kit.labels import label
from zhengui.services.loops.take_step import Deed, LoopCourse, ToldStep


class CourseList(QWidget):
    """A few lines of text; empty for an item with which no step was taken yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        self._title = label("经过", self, "h2")
        self.words = label("", self, "sec", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self.words)
        self.hide()

    def show_course(self, course: LoopCourse | None, today: date) -> None:
        """Tell the way of an item, the latest step last."""
        steps = [] if course is None else [step for step in course.steps if step.deed is not Deed.ENTER]
        self.setVisible(bool(steps))
        if course is None or not steps:
            return
        self._title.setText(f"经过（退回 {course.sent_back} 次）" if course.sent_back else "经过")
        stays = "，".join(f"{stay.state} {stay.days(today)} 天" for stay in course.stays)
        self.words.setText("\n".join([*lines(steps), f"停留：{stays}"]))


def lines(steps: Sequence[ToldStep]) -> list[str]:
    """Each step on a line."""
    found = []
    for step in steps:
        due = f"期限 {step.due}" if step.due else ""
        fraud = "弄虚作假" if step.fraud else ""
        evidence = f"附件 {len(step.evidence)} 个" if step.evidence else ""
        told = [step.department, step.person, due, step.words, fraud, evidence]
        undone = "（已撤回）" if step.undone else ""
        rest = "，".join(each for each in told if each)
        found.append(f"{step.day} {step.title}{undone}{'：' if rest else ''}{rest}　{step.who}")
    return found
