"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The person stopped the work; nothing was left behind."""


class Progress(Protocol):
    """Is told how far a work is; raises `Cancelled` where nobody waits for it any more."""

    def __call__(self, done: int, whole: int, what: str = "", /) -> None:
        """`done` of `whole`, which is 0 where nobody can know it; `what` is being done, in words for the screen.

        Work that only waits tells 0 of 0 now and then, so that it can be stopped.
        """
