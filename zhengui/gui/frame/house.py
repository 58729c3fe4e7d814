"""What the window does for the data file by itself: merges after a rest, backs up, checks, and tells what it finds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from zhengui.gui.kit.background import Background, JobProgress
from zhengui.services.problem import Damaged, StorageProblem
from zhengui.services.township.township import Township

#: How often it is looked whether saving rests, and for how long it has to, in milliseconds and seconds.
LOOK, REST = 1000, 2.0
#: How often it is looked whether a backup is due, in looks.
BACKUP_LOOKS = 60


class House(QObject):
    """Looks after one open township; nothing here ever waits in the window's thread."""

    def __init__(
        self,
        township: Township,
        background: Background,
        broken: Callable[[Damaged], None],
        kept: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._township = township
        self._background = background
        self._broken, self._kept = broken, kept
        self._told = self._telling = False
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def begin(self) -> None:
        """The check at the start, the index of the search, the backup that is due."""
        self._background.run(self._keep, lambda _done: self._ended(), self._failed, key="house")

    def rest(self) -> None:
        """Look after it no longer, before it is closed."""
        self._timer.stop()

    @property
    def tells(self) -> bool:
        """Whether damage is told here, in a moment or just now, so that nobody else need tell it over again."""
        return self._township.database.soundness.damage is not None and (
            self._timer.isActive() or self._telling
        )

    def look(self) -> None:
        """Merge after a rest in saving; now and then see whether a backup is due; tell of damage once."""
        database = self._township.database
        if database.soundness.damage is not None:
            self._tell(database.soundness.damage)
            return
        if database.closed or database.held_by is not None:
            return
        rested = database.rested
        if rested is not None and rested >= REST:
            self._background.run(lambda _progress: database.merge(), _nothing, self._failed, key="merge")
        self._looks += 1
        if self._looks % BACKUP_LOOKS == 0:
            self._background.run(self._back_up, lambda _done: self._ended(), self._failed, key="backup")

    def _keep(self, progress: JobProgress) -> None:
        from zhengui.services.entry import attach
        from zhengui.services.entry.browse_records import index_for_search

        if (
            self._township.database.soundness.check() is not None
            or self._township.database.held_by is not None
        ):
            return
        # What the program adds by itself comes first: the status bar would call it a change since the backup.
        index_for_search(self._township, lambda: progress.cancelled)
        self._back_up(progress)
        self._empty_bin()
        # Even a transaction that does nothing would count as a change.
        if attach.to_look_through(self._township):
            attach.sweep(self._township)

    def _empty_bin(self) -> None:
        """By the office's rule, once somebody who may has opened the file."""
        from zhengui.services.entry import recycle_bin
        from zhengui.services.township.rights import Right, may

        if may(self._township.account, Right.MANAGE) and recycle_bin.due_by_rule(self._township).count:
            recycle_bin.empty_by_rule(self._township)

    def _back_up(self, _progress: JobProgress) -> None:
        from zhengui.services.township import keep_backup

        keep_backup.back_up_if_due(self._township)

    def _ended(self) -> None:
        if self._township.database.soundness.damage is not None:
            self._tell(self._township.database.soundness.damage)
        else:
            self._kept()

    def _failed(self, error: Exception) -> None:
        """A backup that wasn't made is told by the status bar's words; only damage interrupts the work."""
        if isinstance(error, Damaged):
            self._tell(error)
        elif isinstance(error, StorageProblem):
            self._kept()
        else:
            self._background.troubled.emit(error)

    def _tell(self, damage: Damaged) -> None:
        if not self._told:
            self._told = True
            self._timer.stop()
            self._telling = True
            try:
                self._broken(damage)
            finally:
                self._telling = False


def _nothing(_answer: object) -> None:
    """A merge has no news."""
