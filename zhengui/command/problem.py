"""Say in Chinese what stopped a command and what to do."""

from __future__ import annotations

import errno

#: What the system says about a file, and what to do about it.
_TROUBLES = {
    errno.ENOENT: "没有找到“{}”。请检查文件名和文件夹。",
    errno.EISDIR: "“{}”是文件夹，不是文件。请写上文件名。",
    errno.ENOTDIR: "“{}”要放的地方不是文件夹。请换一个文件夹。",
    errno.EEXIST: "已有一个叫“{}”的文件，不能当文件夹用。请换一个文件夹。",
    errno.ENAMETOOLONG: "文件名或文件夹的名称太长。请改短一些。",
    errno.EROFS: "“{}”所在的磁盘不能写入。请换一个文件夹。",
    errno.ENOSPC: "磁盘空间不够，“{}”没有写完。请清理磁盘后再试。",
}


class CommandProblem(Exception):
    """A reason to stop that is already a sentence for the person at the keyboard."""


def described(problem: BaseException) -> str | None:
    """A Chinese sentence for a foreseen problem, or None for a fault of the program itself."""
    from zhengui.exchange.problem import ExchangeProblem
    from zhengui.services.entry.record import Mistakes
    from zhengui.storage.problem import StorageProblem

    if isinstance(problem, Mistakes):
        return "\n".join(f"{mistake.title}：{mistake.message}" for mistake in problem.found)
    if isinstance(problem, CommandProblem | StorageProblem | ExchangeProblem):
        return str(problem)
    return _of_a_file(problem) if isinstance(problem, OSError) else None


def _of_a_file(problem: OSError) -> str:
    name = str(problem.filename or "文件").removesuffix(".part")
    if isinstance(problem, PermissionError):
        return f"“{name}”不能读写。它可能正被别的程序打开，或没有权限，请关闭后再试，或换一个文件夹。"
    sentence = _TROUBLES.get(problem.errno or 0, "“{}”没有读写成功。请检查磁盘空间和文件夹后再试。")
    return sentence.format(name)
