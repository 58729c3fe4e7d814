"""Work on a file from outside in a process of its own, with limits of memory and time: a value, or a sentence."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from zhengui.exchange.books import TOO_LARGE, Limits, WorkbookRefused
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import confine_itself
from zhengui.work import Cancelled

Value = TypeVar("Value")
_TICK = 0.1


def worked_seconds(pid: int) -> float:
    """The seconds for which a process has kept a core busy; 0 where it is gone."""
    if sys.platform == "win32":
        from zhengui.exchange.windows_memory import seconds_of

        return seconds_of(pid)
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return 0.0
    # After the name in brackets, which may hold anything, user and system time are the 12th and 13th.
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Broken:
    """What is told where a process is gone before its answer, takes longer than it may, or more memory."""

    broke_off: str
    too_long: str
    too_large: str = TOO_LARGE


_BROKEN = Broken(
    "这个表格内容过多或已损坏，没能读完。请用 WPS 或 Excel 打开后另存为 .xlsx，再选它。",
    "这个表格读得太久，已经停止。请删去多余的内容，再选它。",
)


class Apart:
    """A process and the pipe from it, with `duplex` to it as well. It is a fresh interpreter, no fork: the window's
    threads and the database's locks stay out of it.
    """

    def __init__(
        self,
        serve: Callable[..., None],
        given: tuple[object, ...],
        limits: Limits,
        cancelled: Callable[[], bool] | None = None,
        duplex: bool = False,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex)
        self._limits, self._cancelled = limits, cancelled
        self.worker = context.Process(target=serve, args=(theirs, *given), daemon=True)
        self.worker.start()
        theirs.close()
        self._job: object = None
        if sys.platform == "win32" and self.worker.pid is not None:
            from zhengui.exchange.windows_memory import confine

            self._job = confine(self.worker.pid, limits.memory * 5 // 4)

    def wait(self, taken: float = 0.0) -> float:
        """Wait for a message, so many seconds having been taken before; the seconds in all.

        Counted are the seconds that the process itself works: on a slow or busy computer a good file takes its time.
        Only while it does nothing at all its silence counts. Raises TimeoutError and MemoryError where a limit is
        passed, and Cancelled.
        """
        worked, heard = self._worked(), time.monotonic()
        silent = 0.0
        while True:
            if self._cancelled is not None and self._cancelled():
                raise Cancelled
            if taken > self._limits.seconds or silent > self._limits.seconds:
                raise TimeoutError
            self._watch_memory()
            if self._pipe.poll(_TICK):
                return taken + max(0.0, self._worked() - worked)
            now, moment = self._worked(), time.monotonic()
            if now > worked:
                taken, worked, heard = taken + now - worked, now, moment
            silent = moment - heard

    def _worked(self) -> float:
        """The seconds that the process has worked so far; 0 once it is gone."""
        return worked_seconds(self.worker.pid) if self.worker.pid is not None else 0.0

    def _watch_memory(self) -> None:
        if sys.platform == "win32" and self.worker.pid is not None:
            from zhengui.exchange.windows_memory import memory_of

            if memory_of(self.worker.pid) > self._limits.memory:
                raise MemoryError

    def take(self) -> object:
        """The message that was waited for; EOFError or OSError where the process is gone."""
        return self._pipe.recv()

    def answer(self, broken: Broken, taken: float = 0.0) -> tuple[Any, float]:
        """The next message, so many seconds having been taken before, and the seconds in all; see `wait`.

        Raises ExchangeProblem with what is told where none comes, and Cancelled.
        """
        try:
            taken = self.wait(taken)
            return self.take(), taken
        except TimeoutError:
            raise ExchangeProblem(broken.too_long) from None
        except MemoryError:
            raise ExchangeProblem(broken.too_large) from None
        except (EOFError, OSError) as error:
            raise ExchangeProblem(broken.broke_off) from error

    def asked(self, data: bytes) -> bytes:
        """What the process makes of these bytes, plain bytes again; raises as `wait` and `take` do."""
        self._pipe.send_bytes(data)
        self.wait()
        return self._pipe.recv_bytes()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        if self.worker.is_alive():
            self.worker.kill()
        self.worker.join(5)
        if sys.platform == "win32" and self._job is not None:
            from zhengui.exchange.windows_memory import release

            release(self._job)
            self._job = None


def done_apart(
    deed: Callable[..., Value],
    *given: object,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
    broken: Broken = _BROKEN,
) -> Value:
    """What `deed`, a function of a module, makes of `given` in a process of its own.

    Raises ExchangeProblem with the sentence of a Refused or an ExchangeProblem, or that of `broken` where the process
    came to a limit or broke off; and Cancelled.
    """
    within = limits or Limits()
    process = Apart(_serve, (deed, given, within, broken.too_large), within, cancelled)
    try:
        (kind, told), _taken = process.answer(broken)
    finally:
        process.stop()
    if kind == "problem":
        raise ExchangeProblem(told)
    value: Value = told
    return value


def _serve(
    pipe: Connection, deed: Callable[..., object], given: tuple[object, ...], limits: Limits, too_large: str
) -> None:
    confine_itself(limits)
    try:
        pipe.send(("done", deed(*given)))
    except (WorkbookRefused, ExchangeProblem) as problem:
        pipe.send(("problem", str(problem)))
    except MemoryError:
        pipe.send(("problem", too_large))
    except BrokenPipeError:
        return
    finally:
        pipe.close()
