"""What can go wrong with the file or a record, said in words that the office can act on."""

from __future__ import annotations

from pathlib import Path

from zhengui.problem import Problem


class StorageProblem(Problem):
    """A file or record that can't be used as asked."""


class NewerFile(StorageProblem):
    """The file was written by a newer version of the program; it was left exactly as it is."""


class Damaged(StorageProblem):
    """The file, its key or its journal is not what was saved; a backup is the way back."""


class Locked(StorageProblem):
    """The file lies behind passwords, and none was given in this run of the program; `path` is the file."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class Unfinished(StorageProblem):
    """A restore, or another key, is ready and noted; only the last rename was refused, and the next opening does it."""


class NotAllowed(StorageProblem):
    """The person who works here has not the right to what was asked."""


class FileGone(StorageProblem):
    """The file is no longer where it was: moved, renamed, or its disk was pulled out."""


class PathTooLong(StorageProblem):
    """Neither SQLite nor Windows opens a file so deep in folders."""


class DiskFull(StorageProblem):
    """There is no room left to write to."""


class FileBusy(StorageProblem):
    """Another program holds the file."""


class InUse(FileBusy):
    """The file is open for writing elsewhere; here it can only be read. `here`: on this computer."""

    def __init__(self, message: str, here: bool, process: int) -> None:
        super().__init__(message)
        self.here = here
        self.process = process


class RecordChanged(StorageProblem):
    """Somebody changed the record after it was read; `version` is the one now stored, `who` changed it."""

    def __init__(self, version: int, who: str) -> None:
        super().__init__(f"这条记录刚被{who or '别人'}改过。请重新打开这条记录，再作修改。")
        self.version = version
        self.who = who


class RecordMissing(StorageProblem):
    """The record isn't there, or lies in the recycle bin."""

    def __init__(self) -> None:
        super().__init__("这条记录已不在台账中，可能已被移入回收站。请刷新后再试。")
