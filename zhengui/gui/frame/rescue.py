"""The ways back: a file that doesn't open or turns out damaged, a backup opened by hand, one that is in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhengui.gui.kit import memory
from zhengui.gui.kit.background import Background
from zhengui.gui.kit.dialogs import ask, tell
from zhengui.gui.kit.trouble import sentence
from zhengui.gui.kit.waiting import run_waiting
from zhengui.services.problem import InUse, Locked, NewerFile, Unfinished
from zhengui.services.township import keep_backup
from zhengui.services.township.clock import clock_behind

if TYPE_CHECKING:
    from zhengui.services.township.township import Township


class Rescue:
    """Asks and does what is asked; `opened` opens a file, `begin` asks for a new township."""

    def __init__(
        self,
        window: QWidget,
        background: Background,
        opened: Callable[[Path], None],
        begin: Callable[[], None],
        township: Callable[[], Township | None],
    ) -> None:
        self._window, self._background = window, background
        self._open, self._begin = opened, begin
        self._township = township

    def not_opened(self, path: Path, error: Exception) -> None:
        """Say why a file doesn't open; where a backup may help, offer it."""
        if isinstance(error, NewerFile | InUse):
            tell(self._window, f"没能打开“{path.name}”", sentence(error))
            if self._idle():
                self._begin()
            return
        self.recover(path, sentence(error))

    def broken(self, error: Exception) -> None:
        """The open file turned out damaged."""
        township = self._township()
        if township is not None:
            self.recover(township.path, sentence(error), opened=True)

    def recover(self, path: Path, why: str, opened: bool = False) -> None:
        """The recovery page, and what is chosen there; `opened`: the file is open, and only turned out damaged."""
        # Not at the start: it brings the questions of the first day along, and those the official page.
        from zhengui.gui.opening.recovery import NEW, OPEN, RESTORE, Recovery

        dialog = Recovery(path, why, self._background, self._window, opened)
        if not dialog.exec() or dialog.choice is None:
            if self._idle():
                self._window.close()
            return
        deed, chosen = dialog.choice.deed, dialog.choice.path
        if deed == NEW:
            self._begin()
        elif deed == RESTORE and chosen is not None:
            self.restore(chosen, path)
        else:
            self._open(chosen if deed == OPEN and chosen is not None else path)

    def is_answered(self, path: Path) -> bool:
        """Whether a file may simply be opened: one that is a backup is first asked about."""
        from zhengui.services.township import find_file

        name = find_file.original_name(path)
        if name is None or not path.is_file():
            return True
        target = find_file.original(path) or self._free_path(name)
        there = f"现在的“{target.name}”会另存一份，不会丢。" if target.exists() else ""
        question = f"“{path.name}”是一份备份，要用它接着工作吗？"
        text = f"备份本身不要改动。会把它恢复到“{target}”，从那里接着登记。{there}"
        if ask(self._window, question, text, "恢复后打开", "不打开", undoable=False):
            self.restore(path, target)
        elif self._idle():
            self._begin()
        return False

    def restore(self, backup: Path, target: Path) -> None:
        """Put a backup in the place of a file, in a worker, and open it."""
        from zhengui.services.township import keep_backup

        township = self._township()
        was_open = township is not None and township.path == target and not township.database.closed
        if was_open and township is not None:
            self._background.rest()
            township.close()

        def failed(error: Exception) -> None:
            from zhengui.gui.opening.login import Login

            if isinstance(error, Locked) and Login(error.path, self._window).exec():
                self.restore(backup, target)
                return
            tell(
                self._window,
                "没有恢复" if not isinstance(error, Unfinished) else "恢复还没有做完",
                sentence(error),
            )
            # What was open opens again as it was; what didn't open needs another way back.
            if was_open:
                self._open(target)
            elif self._idle():
                self.recover(target, sentence(error))

        run_waiting(
            self._window,
            self._background,
            "正在核对备份，然后恢复",
            lambda _progress: keep_backup.restore_backup(backup, target),
            lambda _aside: self._open(target),
            failed,
        )

    def tell_findings(self, township: Township) -> None:
        """Say what was found on opening: saves that are gone, a journal of another file, somebody else at work, a clock set back."""
        from zhengui.services.township import find_file

        database = township.database
        if database.held_by is not None:
            tell(self._window, "只能查看", database.held_by.in_use(database.path).message)
        if database.remarks:
            tell(self._window, "打开时发现", "\n".join(database.remarks))
            database.heard()
        twins = find_file.twins_of(township, database.path)
        if twins:
            tell(self._window, "有两份同样的数据", twins)
        self._tell_of_stick(database.path)
        behind = clock_behind(township)
        if behind:
            tell(self._window, "这台电脑的日期不对", behind)

    def _tell_of_stick(self, path: Path) -> None:
        """Warn once of a data file on a USB stick; 数据与备份 goes on saying it."""
        told = keep_backup.on_stick(path)
        if told and memory.recall().stick != str(path):
            tell(self._window, "数据放在 U 盘上，请注意", told)
            memory.remember(stick=str(path))

    def _idle(self) -> bool:
        """Whether no township is open."""
        township = self._township()
        return township is None or township.database.closed

    def _free_path(self, name: str) -> Path:
        from zhengui.gui.frame.opening import free_path

        return free_path(name)
