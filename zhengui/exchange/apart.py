"""Work on a file from outside in a process of its own, with limits of memory and time: a value, or a sentence."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from zhengui.exchange.books import TOO_LARGE, Limits, Refused
from zhengui.exchange.problem import ExchangeProblem
from zhengui.exchange.reading_child import confine_itself
from zhengui.work import Cancelled

Value = TypeVar("Value")
_TICK = 0.1
_BROKE_OFF = "这个表格内容过多或已损坏，没能读完。请用 WPS 或 Excel 打开后另存为 .xlsx，再选它。"
_TOO_LONG = "这个表格读得太久，已经停止。请删去多余的内容，再选它。"


class Apart:
    """A process and the pipe from it. It is a fresh interpreter, no fork: the window's threads and the database's
    locks stay out of it.
    """

    def __init__(
        self,
        serve: Callable[..., None],
        given: tuple[Any, ...],
        limits: Limits,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._limits, self._cancelled = limits, cancelled
        self._process = context.Process(target=serve, args=(theirs, *given), daemon=True)
        self._process.start()
        theirs.close()
        self._job: Any = None
        if sys.platform == "win32" and self._process.pid is not None:
            from zhengui.exchange.windows_memory import confine

            self._job = confine(self._process.pid, limits.memory * 5 // 4)

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
            if sys.platform == "win32" and self._process.pid is not None:
                from zhengui.exchange.windows_memory import memory_of

                if memory_of(self._process.pid) > self._limits.memory:
                    raise MemoryError
            began = time.monotonic()
            ready = self._pipe.poll(_TICK)
            waited += time.monotonic() - began
        return waited

    def take(self) -> Any:
        """The message that was waited for; EOFError or OSError where the process is gone."""
        return self._pipe.recv()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join(5)
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
        process.wait()
        kind, told = process.take()
    except TimeoutError:
        raise ExchangeProblem(_TOO_LONG) from None
    except MemoryError:
        raise ExchangeProblem(TOO_LARGE) from None
    except (EOFError, OSError) as error:
        raise ExchangeProblem(_BROKE_OFF) from error
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
    except (Refused, ExchangeProblem) as problem:
        pipe.send(("problem", str(problem)))
    except MemoryError:
        pipe.send(("problem", TOO_LARGE))
    except BrokenPipeError:
        return
    finally:
        pipe.close()
