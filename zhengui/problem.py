"""The root of everything that can be told to the person at the keyboard."""

from __future__ import annotations


class Problem(Exception):
    """Something foreseen that stops a work; `message` is a Chinese sentence: what is wrong, where, and what to do."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message
