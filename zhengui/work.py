"""How long work tells how far it is, how it is stopped, and how it lets the window go first."""

from __future__ import annotations

import threading
import time
from typing import Protocol

#: So many seconds the window has for what a key or a click asks of it; a worker waits at one place for three at most.
_ANSWER, _AT_MOST = 0.05, 0.15


class Cancelled(Exception):
    """The person stopped the work; nothing was left behind."""


class Progress(Protocol):
    """Is told how far a work is; raises `Cancelled` where nobody waits for it any more."""

    def __call__(self, done: int, whole: int, what: str = "", /) -> None:
        """`done` of `whole`, which is 0 where nobody can know it; `what` is being done, in words for the screen.

        Work that only waits tells 0 of 0 now and then, so that it can be stopped.
        """


class _Window:
    """Until when the window has something to do that somebody looks at, on the clock of `time.monotonic`."""

    until = 0.0


def input_came() -> None:
    """Tell workers that the window answers somebody: Python runs one thread at a time, and theirs may wait."""
    _Window.until = time.monotonic() + _ANSWER


def give_way() -> None:
    """Let the window answer first; called by long work every few milliseconds. Does nothing in the window's thread."""
    now = time.monotonic()
    if now >= _Window.until or threading.current_thread() is threading.main_thread():
        return
    latest = now + _AT_MOST
    while now < min(_Window.until, latest):
        time.sleep(min(_Window.until, latest) - now)
        now = time.monotonic()
