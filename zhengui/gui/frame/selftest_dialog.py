"""帮助 → 自检: run the program's own checks and show each in words, with a text that can be handed to IT staff."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zhengui.gui.kit import icons
from zhengui.gui.kit.allowing import RUNNING, allow
from zhengui.gui.kit.background import Background, JobProgress
from zhengui.gui.kit.crash import about_this_computer
from zhengui.gui.kit.dialogs import Window
from zhengui.gui.kit.labels import button, label
from zhengui.gui.kit.opened_file import open_file
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.report.page_selftest import page_checks
from zhengui.paths import user_folder
from zhengui.services.whole.selftest import CheckOutcome, checks, tried, write_result

FOLDER = "自检"
ABOUT = "自检用临时的数据，不碰您的台账；大约需要十几秒。"
PASSED = "全部通过，程序和这台电脑都正常。"
TROUBLED = "有 {} 项没有通过。请按后面写的办法处理；不清楚时把结果交给维护人员。"


class SelftestDialog(Window):
    """Checks one after another in a worker; those of the page in the window's own thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "自检")
        self.resize(620, 460)
        self.outcomes: list[CheckOutcome] = []
        self.kept: Path | None = None
        self._background = Background(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        self.told = label("正在自检…", self, "ttl")
        column.addWidget(self.told)
        column.addWidget(label(ABOUT, self, "sec", wrap=True))
        self.list = QListWidget(self)
        self.list.setAccessibleName("自检结果")
        self.list.setWordWrap(True)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.open_folder = button("打开结果所在的文件夹", self)
        allow(self.open_folder, False, RUNNING)
        self.open_folder.clicked.connect(self._open_folder)
        self.again = button("再检查一次", self)
        self.again.clicked.connect(self.start)
        shut = button("关闭", self, "primary")
        shut.setDefault(True)
        shut.clicked.connect(self.accept)
        row.addWidget(self.open_folder)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(shut)
        column.addLayout(row)
        self.finished.connect(lambda _code: self._background.rest())

    def start(self) -> None:
        """Begin with the first check."""
        self.outcomes = []
        self.list.clear()
        self.told.setText("正在自检…")
        for each in (self.again, self.open_folder):
            allow(each, False, RUNNING)
        folder = user_folder() / FOLDER
        task = self._background.run(
            lambda progress: _in_a_worker(folder, progress),
            lambda found: self._finish(folder, found),
            self._not_run,
        )
        task.progressed.connect(lambda done, _all: self.told.setText(f"正在自检…（第 {done + 1} 项）"))

    def _finish(self, folder: Path, found: list[CheckOutcome]) -> None:
        self.outcomes = [*found, *(tried(name, check) for name, check in page_checks(folder))]
        for outcome in self.outcomes:
            self._add(outcome)
        wrong = sum(not outcome.passed for outcome in self.outcomes)
        self.told.setText(TROUBLED.format(wrong) if wrong else PASSED)
        self.kept = write_result(folder, self.outcomes, about_this_computer())
        for each in (self.again, self.open_folder):
            allow(each, True, "")

    def _not_run(self, error: Exception) -> None:
        self.told.setText("自检没有做完")
        self.list.addItem(sentence(error))
        allow(self.again, True, "")

    def _add(self, outcome: CheckOutcome) -> None:
        sign = "checkmark_circle" if outcome.passed else "warning"
        item = QListWidgetItem(
            icons.icon(sign, 16, "ok" if outcome.passed else "warn"), f"{outcome.name}：{outcome.words}"
        )
        item.setData(Qt.ItemDataRole.AccessibleTextRole, outcome.line())
        self.list.addItem(item)

    def _open_folder(self) -> None:
        if self.kept is not None:
            open_file(self.kept.parent)


def _in_a_worker(folder: Path, progress: JobProgress) -> list[CheckOutcome]:
    found = []
    for number, (name, check) in enumerate(checks(folder)):
        progress(number, 0)
        found.append(tried(name, check))
    return found


def show_selftest(parent: QWidget) -> None:
    """Run the self-test in a dialog over the window."""
    dialog = SelftestDialog(parent)
    dialog.start()
    dialog.exec()
