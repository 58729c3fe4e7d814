"""Work on a file from outside in a process of its own, with limits of memory and time: a value, or a sentence."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from zhengui.exchange.books import TOO_LARGE, Limits, WorkbookRefused
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import confine_itself
from zhengui.work import Cancelled

Value = TypeVar("Value")
_TICK = 0.1


@dataclass(frozen=True, slots=True)
class Broken:
    """What is told where a process is gone before its answer, and where the answer takes longer than it may."""

    broke_off: str
    too_long: str


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
        given: tuple[Any, ...],
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
        self._job: Any = None
        if sys.platform == "win32" and self.worker.pid is not None:
            from zhengui.exchange.windows_memory import confine

            self._job = confine(self.worker.pid, limits.memory * 5 // 4)

    def wait(self, waited: float = 0.0) -> float:
        """Wait for a message, having waited so many seconds before; the seconds in all.

        Raises TimeoutError and MemoryError where a limit is passed, and Cancelled.
        """
        ready = False
        while not ready:
            if self._cancelled is not None and self._cancelled():
                raise Cancelled
            if waited > self._limits.seconds:
                raise TimeoutError
            if sys.platform == "win32" and self.worker.pid is not None:
                from zhengui.exchange.windows_memory import memory_of

                if memory_of(self.worker.pid) > self._limits.memory:
                    raise MemoryError
            began = time.monotonic()
            ready = self._pipe.poll(_TICK)
            waited += time.monotonic() - began
        return waited

    def take(self) -> Any:
        """The message that was waited for; EOFError or OSError where the process is gone."""
        return self._pipe.recv()

    def answer(self, broken: Broken, waited: float = 0.0) -> tuple[Any, float]:
        """The next message, having waited so many seconds before, and the seconds in all.

        Raises ExchangeProblem with what is told where none comes, and Cancelled.
        """
        try:
            waited = self.wait(waited)
            return self.take(), waited
        except TimeoutError:
            raise ExchangeProblem(broken.too_long) from None
        except MemoryError:
            raise ExchangeProblem(TOO_LARGE) from None
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
    *given: Any,
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Value:
    """What `deed`, a function of a module, makes of `given` in a process of its own.

    Raises ExchangeProblem with the sentence of a Refused or an ExchangeProblem, or where the process came to a limit
    or broke off; and Cancelled.
    """
    within = limits or Limits()
    process = Apart(_serve, (deed, given, within), within, cancelled)
    try:
        (kind, told), _waited = process.answer(_BROKEN)
    finally:
        process.stop()
    if kind == "problem":
        raise ExchangeProblem(told)
    value: Value = told
    return value


def _serve(pipe: Connection, deed: Callable[..., Any], given: tuple[Any, ...], limits: Limits) -> None:
    confine_itself(limits)
    try:
        pipe.send(("done", deed(*given)))
    except (WorkbookRefused, ExchangeProblem) as problem:
        pipe.send(("problem", str(problem)))
    except MemoryError:
        pipe.send(("problem", TOO_LARGE))
    except BrokenPipeError:
        return
    finally:
        pipe.close()
