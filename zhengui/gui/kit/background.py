"""The one way slow work leaves the window free: a service runs in a worker, its answer comes back here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from zhengui.debug_log import Timed
from zhengui.work import Cancelled

T = TypeVar("T")


class JobProgress:
    """How far the work is, seen from inside it."""

    def __init__(self, task: Task) -> None:
        self._task = task

    @property
    def cancelled(self) -> bool:
        """Whether the answer is no longer wanted."""
        return self._task.cancelled

    def __call__(self, done: int, total: int, what: str = "", /) -> None:
        """Tell how much is done; raises `Cancelled` when the answer is no longer wanted."""
        if self._task.cancelled:
            raise Cancelled
        self._task.progressed.emit(done, total)


class Task(QObject):
    """One piece of work under way; its signals arrive in the window's thread."""

    progressed = Signal(int, int)
    finished = Signal(object)
    troubled = Signal(object)
    ended = Signal()

    def __init__(
        self, key: str, parent: QObject, work: Callable[[JobProgress], object] | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        #: Let go of in the window's thread, for it may hold the last hand on widgets.
        self.work = work
        self.cancelled = False

    def cancel(self) -> None:
        """Say that the answer is no longer wanted."""
        self.cancelled = True


def _do(task: Task) -> None:
    """Do the work in a worker's thread and send its answer, or its trouble, to the window's."""
    answer: object = None
    trouble: Exception | None = None
    try:
        if task.work is not None and not task.cancelled:
            with Timed("window", f"work {''.join(c for c in task.key if not c.isdigit())}"):
                answer = task.work(JobProgress(task))
    except Cancelled:
        task.cancelled = True
    except Exception as error:  # noqa: BLE001 - every trouble of a worker must reach the window
        trouble = error
    try:
        if trouble is not None:
            task.troubled.emit(trouble)
        else:
            task.finished.emit(answer)
    except RuntimeError:
        # The window closed before the work ended; nobody is left to be told.
        task.cancelled = True


class Background(QObject):
    """Runs work in worker threads; the newest work of a key makes older work of that key void."""

    troubled = Signal(object)
    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._tasks: list[Task] = []
        self._afterwards: list[Callable[[], None]] = []
        self._closed = False

    def run(
        self,
        work: Callable[[JobProgress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], None] | None = None,
        key: str = "",
    ) -> Task:
        """Start `work` and give its answer to `done` in the window's thread.

        Trouble goes to `failed`, or to the signal `troubled` where nobody else takes it.
        """
        if key:
            self.cancel(key)
        if self._closed:
            nothing = Task(key, self)
            nothing.cancel()
            return nothing
        task = Task(key, self, work)
        task.finished.connect(
            lambda answer: self._end(task, done, answer), Qt.ConnectionType.QueuedConnection
        )
        handler = failed or self.troubled.emit
        task.troubled.connect(
            lambda error: self._end(task, handler, error), Qt.ConnectionType.QueuedConnection
        )
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self.busy.emit(True)
        # A call, not a QRunnable: the pool never lets go of one that ended before `start` came back.
        self._pool.start(lambda: _do(task))
        return task

    def cancel(self, key: str) -> None:
        """Make all work of a key void."""
        for task in self._tasks:
            if task.key == key:
                task.cancel()

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call once nothing is under way any more, for work that must not hold up what somebody waits for.

        What is under way may begin more, and that is waited for, too; `rest` lets go of the call.
        """
        self._afterwards.append(call)
        QTimer.singleShot(0, self, self._go_on)

    def forget_afterwards(self) -> None:
        """Let go of what waits for the rest: another file is being opened."""
        self._afterwards.clear()

    def later(self, milliseconds: int, call: Callable[[], None]) -> QTimer:
        """A timer that calls once after the last start, for typing that should come to rest first."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(call)
        return timer

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait until all workers rest; for closing the program and for tests."""
        return bool(self._pool.waitForDone(milliseconds))

    def rest(self) -> None:
        """Cancel everything and wait for the workers."""
        self.forget_afterwards()
        for task in self._tasks:
            task.cancel()
        self.wait()

    def close(self) -> None:
        """Rest for good: what is asked afterwards is not even begun."""
        self._closed = True
        self.rest()

    @property
    def resting(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    def _end(self, task: Task, receiver: Callable[[T], object], answer: T) -> None:
        if task not in self._tasks:
            return
        self._tasks.remove(task)
        task.work = None
        if not self._tasks:
            self.busy.emit(False)
        task.ended.emit()
        task.deleteLater()
        try:
            if not task.cancelled:
                receiver(answer)
        finally:
            self._go_on()

    def _go_on(self) -> None:
        while self._afterwards and not self._tasks and not self._closed:
            self._afterwards.pop(0)()
