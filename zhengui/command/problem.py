"""Say in Chinese what stopped a command and what to do."""

from __future__ import annotations


class CommandProblem(Exception):
    """A reason to stop that is already a sentence for the person at the keyboard."""


def described(problem: BaseException) -> str | None:
    """A Chinese sentence for a foreseen problem, or None for a fault of the program itself."""
    from zhengui.exchange.problem import ExchangeProblem
    from zhengui.services.record import Mistakes
    from zhengui.storage.problem import StorageProblem

    if isinstance(problem, Mistakes):
        return "\n".join(f"{mistake.title}：{mistake.message}" for mistake in problem.found)
    if isinstance(problem, CommandProblem | StorageProblem | ExchangeProblem):
        return str(problem)
    if isinstance(problem, PermissionError):
        return f"不能写入“{problem.filename}”。它可能正被别的程序打开，请关闭后再试。"
    if isinstance(problem, FileNotFoundError):
        return f"没有找到“{problem.filename}”。请检查文件名和文件夹。"
    if isinstance(problem, OSError):
        return f"读写文件时电脑报告：{problem.strerror or problem}。请检查磁盘空间和文件夹后再试。"
    return None
