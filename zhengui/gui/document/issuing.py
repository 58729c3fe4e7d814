"""The way to an issue: send for review, send back, issue for good, open again with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from zhengui.figures.finding import Finding, blocking
from zhengui.gui.document.part_dialogs import ReasonDialog
from zhengui.gui.document.steps import StepsToIssue
from zhengui.gui.kit.allowing import allow
from zhengui.gui.kit.dialogs import Question, tell
from zhengui.gui.kit.labels import button
from zhengui.gui.kit.plain import plain
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.issue import issue_document as service
from zhengui.storage.problem import StorageProblem
from zhengui.storage.writing.documents import DRAFT, ISSUED, REVIEW

if TYPE_CHECKING:
    from zhengui.gui.desk.desk import Desk
    from zhengui.gui.document.writing import DraftWriting
    from zhengui.gui.kit.background import JobProgress
    from zhengui.storage.writing.issues import Issue


class Issuing(QObject):
    """The steps and their buttons; `changed` tells that the document has come to another state."""

    changed = Signal()
    not_ready = Signal(list)

    def __init__(self, desk: Desk, writing: DraftWriting, host: QWidget) -> None:
        super().__init__(host)
        self._desk, self._writing, self._host = desk, writing, host
        self._findings: Sequence[Finding] | None = None
        self.steps = StepsToIssue(host)
        self.buttons = QWidget(host)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.submit_button = self._button(
            "送审", "primary", "交给负责人看；送审以后不能改，可以退回", self.submit
        )
        self.back_button = self._button("退回…", "", "退回起草，写明要改什么", self.ask_send_back)
        self.issue_button = self._button("签发…", "issue", "签发以后文稿、数字和版面都不再变", self.ask_issue)
        self.revise_button = self._button(
            "修订…", "", "写明原因后再改；已签发的那一稿保留不变", self.ask_revise
        )
        self.sign_button = self._button("会签", "", "各部门核对自己的数字和段落后会签", self.ask_sign)
        for each in (
            self.sign_button,
            self.submit_button,
            self.back_button,
            self.revise_button,
            self.issue_button,
        ):
            row.addWidget(each)

    def _button(self, words: str, kind: str, tip: str, call: Callable[[], object]) -> QPushButton:
        made = button(words, self.buttons, kind)
        made.setToolTip(plain(tip))
        made.clicked.connect(lambda _checked=False: call())
        return made

    def show_state(self) -> None:
        """Show the buttons of the document's state."""
        stored = self._writing.stored
        if stored is None:
            return
        self.steps.show_state(stored.state)
        self.sign_button.setVisible(stored.state != ISSUED)
        self.submit_button.setVisible(stored.state == DRAFT)
        self.back_button.setVisible(stored.state == REVIEW)
        self.revise_button.setVisible(stored.state == ISSUED)
        self.issue_button.setVisible(stored.state != ISSUED)
        allow(self.issue_button, stored.state == REVIEW, "请先送审，再签发")

    def show_findings(self, found: Sequence[Finding] | None) -> None:
        """Take what the check found, to tell it before issuing."""
        self._findings = found

    def ask_sign(self) -> None:
        """Show who has signed, and let the departments sign."""
        from zhengui.gui.document.sign_dialog import SignDialog

        self._writing.autosave.flush()
        SignDialog(self._desk, self._writing.document, self._host).exec()
        self.changed.emit()

    def submit(self) -> bool:
        """Send the draft for review."""
        self._writing.autosave.flush()
        return self._pass_on(lambda: service.submit(self._desk.township, self._writing.document), "已送审")

    def ask_send_back(self) -> None:
        """Ask what is to be changed and send the document back."""
        dialogue = ReasonDialog(self._host, "退回起草吗？", "写明要改什么，起草的人会在版本里看到。", "退回")
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.send_back(dialogue.words.text())

    def send_back(self, reason: str) -> bool:
        """Send the document back to be edited."""
        deed = lambda: service.send_back(self._desk.township, self._writing.document, reason)  # noqa: E731
        return self._pass_on(deed, "已退回起草")

    def ask_revise(self) -> None:
        """Ask for the reason and open the issued document."""
        told = "已签发的那一稿和它的 PDF 保留不变。改好后要重新送审、签发。"
        dialogue = ReasonDialog(self._host, "为什么要修订？", told, "开始修订")
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.revise(dialogue.words.text())

    def revise(self, reason: str) -> bool:
        """Open the issued document for editing."""
        deed = lambda: service.revise(self._desk.township, self._writing.document, reason)  # noqa: E731
        return self._pass_on(deed, "可以修改了；已签发的那一稿保留不变")

    def ask_issue(self) -> None:
        """Say what issuing means, and issue."""
        found = self._findings or ()
        stops = blocking(found)
        if stops:
            self.not_ready.emit(list(found))
            first = "；".join(finding.title for finding in stops[:3])
            tell(
                self._host,
                f"还有 {len(stops)} 项须处理，暂时不能签发",
                f"{first}。请在定稿前检查里逐项处理。",
            )
            return
        left = f"还有 {len(found)} 项请核对。" if found else "定稿前检查没有问题。"
        stored = self._writing.stored
        reason = (
            f"这次签发的原因：{stored.state_reason}。" if stored is not None and stored.state_reason else ""
        )
        text = f"{left}{reason}签发以后，文稿、数字和版面都固定下来；台账再改，这一稿也不变。"
        question = Question(self._host, "签发这份文稿吗？", text, "签发", "再看看", undoable=False)
        if question.exec() == QDialog.DialogCode.Accepted:
            self.issue()

    def issue(self) -> None:
        """Issue in the background."""
        township, document = self._desk.township, self._writing.document

        def work(progress: JobProgress) -> Issue:
            township.expect_sound()
            return service.issue(township, document, progress=progress)

        run_waiting(self._host, self._desk.background, "正在签发", work, self._issued, self._not_issued)

    def _issued(self, issue: Issue) -> None:
        self._desk.say(f"已签发，第 {issue.number} 稿，共 {issue.pages} 页")
        self.changed.emit()

    def _not_issued(self, trouble: Exception) -> None:
        if isinstance(trouble, service.NotReady):
            self.not_ready.emit(list(trouble.found))
            first = "；".join(finding.title for finding in trouble.found[:3])
            tell(self._host, f"还有 {len(trouble.found)} 项须处理，没有签发", f"{first}。")
        else:
            self._desk.background.troubled.emit(trouble)

    def _pass_on(self, deed: Callable[[], object], said: str) -> bool:
        try:
            deed()
        except StorageProblem as problem:
            self._desk.background.troubled.emit(problem)
            return False
        self._desk.say(said)
        self.changed.emit()
        return True
