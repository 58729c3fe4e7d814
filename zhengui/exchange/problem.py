"""What can go wrong with a file that comes in or goes out, in words for the person who chose it."""

from __future__ import annotations


class ExchangeProblem(Exception):
    """A file that cannot be read or written; the message says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Cancelled(Exception):
    """The person stopped the work; nothing was left behind."""
