"""What can go wrong with a file that comes in or goes out, in words for the person who chose it."""

from __future__ import annotations

from zhengui.problem import Problem


class ExchangeProblem(Problem):
    """A file that cannot be read or written."""
