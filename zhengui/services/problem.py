"""What can stop a service, in words for the person at the keyboard; the window and the command line catch these."""

from __future__ import annotations

import errno
import re
from pathlib import PureWindowsPath

from zhengui.exchange.problem import ExchangeProblem
from zhengui.problem import Problem
from zhengui.storage.problem import (
    Damaged,
    DiskFull,
    FileBusy,
    FileGone,
    InUse,
    Locked,
    NewerFile,
    NotAllowed,
    RecordChanged,
    RecordMissing,
    StorageProblem,
    Unfinished,
)

__all__ = [
    "Damaged",
    "DiskFull",
    "ExchangeProblem",
    "FileBusy",
    "FileGone",
    "InUse",
    "Locked",
    "NewerFile",
    "NotAllowed",
    "RecordChanged",
    "RecordMissing",
    "StorageProblem",
    "Unfinished",
    "own_sentence",
    "sentence_of_a_file",
]

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
#: A Windows that was not told otherwise opens no path as long as this, and says that it isn't there.
_TOO_LONG_FOR_WINDOWS = 248
_NOT_FOUND_BY_WINDOWS = (3, 206)  # ERROR_PATH_NOT_FOUND, ERROR_FILENAME_EXCED_RANGE
_SENTENCE = re.compile(r"[“（\u4e00-\u9fff\d].*[。）]", re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def own_sentence(problem: BaseException) -> str | None:
    """The sentence for a problem that was foreseen, or None for a fault of the program itself.

    Chinese in an error's text proves nothing: Windows speaks Chinese, too, and a library may quote what was typed.
    So a sentence is taken from the program's own kinds of problem, from a plain ValueError that is one, and made anew
    for what the system says about a file.
    """
    if isinstance(problem, OSError):
        return sentence_of_a_file(problem)
    text = str(problem)
    if isinstance(problem, Problem):
        return text
    if type(problem) is ValueError and _SENTENCE.fullmatch(text):
        return text
    return None


def sentence_of_a_file(problem: OSError) -> str:
    """What is wrong with a file, without the system's own words and numbers, and what to do."""
    # What is half written or half restored is called by the file that it becomes.
    name = (
        str(problem.filename2 or problem.filename or "文件").removesuffix(".part").removesuffix(".restoring")
    )
    if isinstance(problem, PermissionError):
        return f"“{name}”不能读写。它可能正被别的程序打开，或没有权限，请关闭后再试，或换一个文件夹。"
    if getattr(problem, "winerror", None) in _NOT_FOUND_BY_WINDOWS and len(name) >= _TOO_LONG_FOR_WINDOWS:
        return (
            f"“{PureWindowsPath(name).name}”连同它的文件夹名称一共 {len(name)} 个字，Windows 打不开这么长的路径。"
            "请放到近一些的文件夹里，或把文件夹名称改短。"
        )
    sentence = _TROUBLES.get(problem.errno or 0, "“{}”没有读写成功。请检查磁盘空间和文件夹后再试。")
    return sentence.format(name)
