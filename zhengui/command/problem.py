"""Say in Chinese what stopped a command and what to do."""

from __future__ import annotations

from zhengui.problem import Problem


class CommandProblem(Problem):
    """A reason to stop that is already a sentence for the person at the keyboard."""


def described(problem: BaseException) -> str | None:
    """A Chinese sentence for a foreseen problem, or None for a fault of the program itself."""
    from zhengui.services.entry.record import Mistakes
    from zhengui.services.problem import own_sentence

    if isinstance(problem, Mistakes):
        return "\n".join(f"{mistake.title}：{mistake.message}" for mistake in problem.found)
    return own_sentence(problem)
