"""The log of an open file: its key, its last line, and what this user of the computer saw of it last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhengui.storage.file import heads, seals
from zhengui.storage.file.seals import Sealing
from zhengui.storage.records import log, log_check, sealed_rows, sealed_tables
from zhengui.storage.records.log import LogHead
from zhengui.storage.records.log_check import JudgedLog
from zhengui.storage.records.sealed_rows import SETTING
from zhengui.storage.records.sealed_tables import kind_of
from zhengui.storage.schema.bare import bare_of

if TYPE_CHECKING:
    import sqlalchemy as sa

    from zhengui.storage.schema.tables import Tables

#: The deed of the line that says that an older file was put back, and went on being used.
OLDER = "older_file"


class Chained:
    """Belongs to `Database`, which calls it around its transactions."""

    def __init__(self, path: Path, data_key: bytes, tables: Tables) -> None:
        self._path, self._data_key, self._tables = path, data_key, tables
        self._sealing: Sealing | None = None
        self.head = LogHead()
        self._next: LogHead | None = None
        #: Tables were changed by a migration, so everything has to be sealed anew.
        self.renew = False
        #: What this user saw last, where the file has less or other.
        self.behind: LogHead | None = None

    def load(self, conn: sa.Connection) -> bool:
        """Read key and last line; whether the file has a log."""
        self._sealing = seals.read(bare_of(conn), self._data_key)
        if self._sealing is None:
            return False
        self.head = log.head_of(conn)
        return True

    def set_up(self, conn: sa.Connection) -> None:
        """Begin the log of a file that has none, or seal everything anew after its tables were changed."""
        deed = log.UPGRADE
        if self._sealing is None:
            deed = log.BEGIN
            self._sealing = seals.make(bare_of(conn), self._data_key)
        log.forget(conn)
        self._next = log.begin_log(
            conn, self._tables, self._sealing.key, sealed_rows.kinds(self._tables), deed
        )
        self.renew = False

    def seal_more(self, conn: sa.Connection) -> None:
        """Seal what this version seals and an older one did not, in the transaction that brought the file up to date."""
        if self._sealing is None or self.renew or not (more := log.not_sealed(conn)):
            return
        kinds = [kind for kind in sealed_rows.kinds(self._tables) if kind_of(kind).table in more]
        starts = tuple(kind_of(name).of for name in more if name.startswith(f"{SETTING}:"))
        log.forget(conn)
        wanted = [*kinds, *([SETTING] if starts else [])]
        self._next = log.begin_log(
            conn, self._tables, self._sealing.key, wanted, log.UPGRADE, settings=starts
        )

    def watch(self, conn: sa.Connection) -> None:
        """Before a transaction: let its connection name what is written to the program's own tables."""
        if self._sealing is None:
            return
        info = conn.info

        def touched(kind: str, key: int) -> None:
            log.touch_by(info, kind, key)

        sealed_tables.watch(bare_of(conn), info, touched)

    def compare(self, conn: sa.Connection, told: bool) -> list[str]:
        """Look whether the log reaches as far as this user saw it; `told`: something of the kind was said already."""
        if self._sealing is None:
            return []
        known = heads.read(self._path, self._sealing.file)
        if not known or any(self._reaches(conn, each) for each in known):
            return []
        seen = self.behind = known[0]
        if told:
            return []
        if seen.line > self.head.line:
            words = f"少了最近 {seen.line - self.head.line} 条操作记录，可能是被旧的文件替换过"
        else:
            words = "操作记录与您上次看到的不同，可能被改过"
        return [
            f"数据文件“{self._path.name}”与您上次在这台电脑上打开时不同：{words}。"
            "如果是您或同事恢复了备份，就不用管；如果不是，请先不要登记，到“系统 → 核对”看看。"
        ]

    def _reaches(self, conn: sa.Connection, seen: LogHead) -> bool:
        """Whether the log holds a line that was seen, as it was seen."""
        chain = conn.exec_driver_sql("SELECT chain FROM log WHERE id = ?", (seen.line,)).scalar()
        return seen.line == 0 or (chain is not None and bytes(chain) == seen.chain)

    def note_behind(self, conn: sa.Connection) -> None:
        """Take down that an older file was put back."""
        if self.behind is not None:
            log.note(conn, OLDER, seen=self.behind.line, line=self.head.line)
            self.behind = None

    def keep_outside(self) -> None:
        """Remember the last line for this user."""
        if self._sealing is not None and self.behind is None:
            heads.keep(self._path, self._sealing.file, self.head)

    @contextmanager
    def taken_down(self, conn: sa.Connection, who: str, user: str) -> Iterator[None]:
        """Around a transaction: its line is written as its last deed."""
        self._next = None
        log.begin(conn, self.head)
        try:
            yield
            if self._sealing is not None and self._next is None:
                self._next = log.finish(conn, self._tables, self._sealing.key, self.head, who, user)
        finally:
            log.forget(conn)

    def kept(self) -> None:
        """The transaction is on the disk."""
        if self._next is not None:
            self.head, self._next = self._next, None

    def judge(self, conn: sa.Connection) -> JudgedLog:
        """Compare every row with the log."""
        if self._sealing is None:
            return JudgedLog((), 0, 0)
        return log_check.judge(conn, self._tables, self._sealing.key)
