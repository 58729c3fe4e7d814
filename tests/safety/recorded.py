"""Record what a program writes to the disk, call by call, and make the disk as a power cut at any moment may leave it.

The program is watched through ptrace (Linux on x86-64), so what SQLite writes is seen like what Python writes. A cut
leaves what was synced; of what was not, any part of the pages of a file may have reached the disk, in any order; of
names (made, changed, taken away) those up to some moment, as a disk with a journal keeps them, and no synced one less.
"""

from __future__ import annotations

import ctypes
import os
import platform
import random
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: Whether programs can be watched here.
POSSIBLE = sys.platform == "linux" and platform.machine() == "x86_64"
_TRACEME, _GETREGS, _SYSCALL, _SETOPTIONS = 0, 12, 24, 0x4200
#: Told apart from signals: stops at system calls, and new threads and processes are followed.
_OPTIONS = 0x01 | 0x02 | 0x04 | 0x08
_CALL_STOP = signal.SIGTRAP | 0x80
_REGS = struct.Struct("27Q")
_RDX, _RSI, _RDI, _CALL, _RESULT = 12, 13, 14, 15, 10
_HERE = -100
_BLOCK = 4096
_TRUNCATE_ON_OPEN = os.O_TRUNC
#: Calls by their numbers: those with a descriptor, and those with names.
_WRITES = {1: "write", 18: "pwrite", 20: "writev", 296: "pwritev", 40: "sendfile", 326: "copy_file_range"}
_SIZES = {77: "ftruncate"}
_SYNCS = {74: "fsync", 75: "fdatasync"}
_OPENS = {2: "open", 257: "openat", 85: "creat"}
_CLOSE = 3
_DUPS = {32, 33, 292}
_NAMES = {82, 264, 316, 86, 265, 87, 263, 83, 258, 84}


@dataclass(frozen=True, slots=True)
class Event:
    """`what`: data, size, sync of a file (by its number); make, rename, link, unlink, folder of names; names (synced
    names of a folder); told (something the program said was done)."""

    what: str
    file: int = 0
    at: int = 0
    data: bytes = b""
    path: str = ""
    other: str = ""


@dataclass(slots=True)
class Recording:
    """The files as they were, and all that happened to them afterwards."""

    root: Path
    files: dict[str, int]
    folders: set[str]
    contents: dict[int, bytes]
    events: list[Event] = field(default_factory=list)


def let_be_watched() -> None:
    """The watched program calls this once it is ready."""
    ctypes.CDLL(None, use_errno=True).ptrace(_TRACEME, 0, None, None)
    os.kill(os.getpid(), signal.SIGSTOP)


def record(command: Sequence[str], root: Path, environment: dict[str, str]) -> Recording:
    """Run a program that calls `let_be_watched`, to its end; returns what it wrote below `root`."""
    files = {str(path): number for number, path in enumerate(_files(root), 1)}
    contents = {number: Path(path).read_bytes() for path, number in files.items()}
    made = Recording(root, files, {str(each) for each in _folders(root)}, contents)
    worker = subprocess.Popen(list(command), env=environment, stdout=subprocess.PIPE)
    _Watch(worker.pid, made).run()
    assert worker.stdout is not None
    worker.stdout.close()
    worker.returncode = 0
    return made


def _files(root: Path) -> list[Path]:
    return sorted(each for each in root.rglob("*") if each.is_file())


def _folders(root: Path) -> list[Path]:
    return [root, *(each for each in root.rglob("*") if each.is_dir())]


class _Watch:
    """Follows one program and the threads it starts."""

    def __init__(self, pid: int, made: Recording) -> None:
        self._pid, self._made = pid, made
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
        self._begun: dict[int, tuple[int, ...] | None] = {}
        self._names: dict[int, tuple[str, ...]] = {}
        #: Open descriptors of files below the root.
        self._open: dict[int, int] = {}
        self._live = dict(made.files)
        self._next = len(made.files) + 1

    def run(self) -> None:
        """Until the program has ended."""
        _pid, status = os.waitpid(self._pid, 0)
        if not os.WIFSTOPPED(status):
            raise RuntimeError(f"the program ended before it was watched: {status}")
        self._libc.ptrace(_SETOPTIONS, self._pid, None, _OPTIONS)
        self._go_on(self._pid, 0)
        while True:
            pid, status = os.waitpid(-1, 0x40000000)
            if os.WIFEXITED(status) or os.WIFSIGNALED(status):
                if pid == self._pid:
                    if status:
                        raise RuntimeError(f"the watched program ended with {status}")
                    return
                continue
            passed_on = 0
            stopped = os.WSTOPSIG(status)
            if stopped == _CALL_STOP:
                self._call(pid)
            elif stopped not in (signal.SIGTRAP, signal.SIGSTOP):
                passed_on = stopped
            self._go_on(pid, passed_on)

    def _go_on(self, pid: int, with_signal: int) -> None:
        self._libc.ptrace(_SYSCALL, pid, None, with_signal)

    def _registers(self, pid: int) -> tuple[int, ...]:
        held = ctypes.create_string_buffer(_REGS.size)
        self._libc.ptrace(_GETREGS, pid, None, ctypes.addressof(held))
        return _REGS.unpack(held.raw)

    def _call(self, pid: int) -> None:
        """A system call begins, or is over."""
        now = self._registers(pid)
        before = self._begun.pop(pid, None)
        if before is None:
            self._begun[pid] = now
            if now[_CALL] in _NAMES:
                self._names[pid] = self._named(pid, now)
            return
        result = now[_RESULT] - (1 << 64) if now[_RESULT] >> 63 else now[_RESULT]
        if result >= 0:
            self._done(pid, before, result)

    def _done(self, pid: int, given: tuple[int, ...], result: int) -> None:
        number, descriptor = given[_CALL], given[_RDI]
        if number in _OPENS:
            self._opened(pid, result, given[_RDX] if number == 257 else given[_RSI])
        elif number == _CLOSE:
            self._open.pop(descriptor, None)
        elif number in _DUPS:
            if descriptor in self._open:
                self._open[result] = self._open[descriptor]
        elif number in _WRITES:
            self._written(pid, number, given, result)
        elif number in _SIZES and descriptor in self._open:
            self._tell(Event("size", self._open[descriptor], given[_RSI]))
        elif number in _SYNCS:
            if descriptor in self._open:
                self._tell(Event("sync", self._open[descriptor]))
            elif (folder := self._path_of(pid, descriptor)) in self._made.folders:
                self._tell(Event("names", path=folder))
        elif number in _NAMES:
            self._renamed(number, self._names.pop(pid))

    def _opened(self, pid: int, descriptor: int, flags: int) -> None:
        path = self._path_of(pid, descriptor)
        self._open.pop(descriptor, None)
        if not path.startswith(f"{self._made.root}/") or path in self._made.folders:
            return
        if path not in self._live:
            self._live[path] = self._next
            self._tell(Event("make", self._next, path=path))
            self._next += 1
        elif flags & _TRUNCATE_ON_OPEN:
            self._tell(Event("size", self._live[path], 0))
        self._open[descriptor] = self._live[path]

    def _written(self, pid: int, number: int, given: tuple[int, ...], count: int) -> None:
        descriptor = given[9 - 2] if number == 326 else given[_RDI]
        if descriptor not in self._open:
            if number == 1 and descriptor == 1:
                with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
                    memory.seek(given[_RSI])
                    self._tell(Event("told", data=memory.read(count)))
            return
        if number == 18:
            at = given[7]
        else:
            told = Path(f"/proc/{pid}/fdinfo/{descriptor}").read_text()
            at = int(told.split()[1]) - count
        handle = os.open(f"/proc/{pid}/fd/{descriptor}", os.O_RDONLY)
        try:
            data = os.pread(handle, count, at)
        finally:
            os.close(handle)
        self._tell(Event("data", self._open[descriptor], at, data))

    def _named(self, pid: int, given: tuple[int, ...]) -> tuple[str, ...]:
        """The names that a call was given, in full."""
        number = given[_CALL]
        if number in (82, 86):
            return self._full(pid, _HERE, given[_RDI]), self._full(pid, _HERE, given[_RSI])
        if number in (264, 316, 265):
            return self._full(pid, given[_RDI], given[_RSI]), self._full(pid, given[_RDX], given[7])
        if number in (263, 258):
            return (self._full(pid, given[_RDI], given[_RSI]),)
        return (self._full(pid, _HERE, given[_RDI]),)

    def _full(self, pid: int, folder: int, address: int) -> str:
        with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            memory.seek(address)
            name = os.fsdecode(memory.read(1024).split(b"\0")[0])
        if name.startswith("/"):
            return os.path.normpath(name)
        signed = folder - (1 << 32) if folder & 0xFFFFFFFF == 0xFFFFFF9C else folder
        here = (
            os.readlink(f"/proc/{pid}/cwd") if signed < 0 or folder > 1 << 31 else self._path_of(pid, folder)
        )
        return os.path.normpath(os.path.join(here, name))

    def _renamed(self, number: int, names: tuple[str, ...]) -> None:
        if not any(name.startswith(f"{self._made.root}/") for name in names):
            return
        if number in (83, 258):
            self._made.folders.add(names[0])
            self._tell(Event("folder", path=names[0]))
        elif number in (87, 263, 84):
            self._live.pop(names[0], None)
            self._tell(Event("unlink", path=names[0]))
        elif number in (86, 265):
            self._live[names[1]] = self._live[names[0]]
            self._tell(Event("link", path=names[0], other=names[1]))
        else:
            self._live[names[1]] = self._live.pop(names[0])
            self._tell(Event("rename", path=names[0], other=names[1]))

    def _path_of(self, pid: int, descriptor: int) -> str:
        try:
            return os.readlink(f"/proc/{pid}/fd/{descriptor}").removesuffix(" (deleted)")
        except OSError:
            return ""

    def _tell(self, event: Event) -> None:
        self._made.events.append(event)


class Disk:
    """The disk while a recording is gone through; `cut` says what a power cut now may leave."""

    def __init__(self, made: Recording) -> None:
        self._made = made
        self._names = dict(made.files)
        self._folders = set(made.folders)
        self._waiting_names: list[Event] = []
        self._held = dict(made.contents)
        self._waiting: dict[int, list[Event]] = {}
        self._said = b""

    def take(self, event: Event) -> None:
        """One thing more has happened."""
        if event.what in ("data", "size"):
            self._waiting.setdefault(event.file, []).append(event)
        elif event.what == "sync":
            content = bytearray(self._held.get(event.file, b""))
            for each in self._waiting.pop(event.file, []):
                _apply(content, each)
            self._held[event.file] = bytes(content)
        elif event.what == "told":
            self._said += event.data
        elif event.what == "names":
            last = max(
                (place for place, each in enumerate(self._waiting_names) if event.path in _folders_of(each)),
                default=-1,
            )
            for each in self._waiting_names[: last + 1]:
                _name(self._names, self._folders, each)
            del self._waiting_names[: last + 1]
        else:
            self._waiting_names.append(event)

    @property
    def told(self) -> list[str]:
        """The lines that the program has said so far; one that isn't whole is none."""
        return self._said.decode().split("\n")[:-1]

    def cut(self, chance: random.Random) -> tuple[dict[str, bytes], set[str]]:
        """Files and folders after a cut."""
        names, folders = dict(self._names), set(self._folders)
        for each in self._waiting_names[: chance.randint(0, len(self._waiting_names))]:
            _name(names, folders, each)
        way = chance.choice(("none", "all", "some", "some", "first"))
        contents = {number: self._content(number, way, chance) for number in set(names.values())}
        return {path: contents[number] for path, number in names.items()}, folders

    def _content(self, number: int, way: str, chance: random.Random) -> bytes:
        content = bytearray(self._held.get(number, b""))
        pieces = [piece for each in self._waiting.get(number, []) for piece in _pieces(each)]
        if way == "none":
            return bytes(content)
        last = chance.randint(0, len(pieces)) if way == "first" else len(pieces)
        for piece in pieces[:last]:
            if way != "some" or chance.random() < 0.5:
                _apply(content, piece)
        return bytes(content)


def _pieces(event: Event) -> list[Event]:
    """What of a write reaches the disk as a whole: the part of it that lies in one block."""
    if event.what == "size" or not event.data:
        return [event]
    found, at, data = [], event.at, event.data
    while data:
        length = _BLOCK - at % _BLOCK
        found.append(Event("data", event.file, at, data[:length]))
        at, data = at + length, data[length:]
    return found


def _apply(content: bytearray, event: Event) -> None:
    if event.what == "size":
        del content[event.at :]
        content.extend(bytes(event.at - len(content)))
        return
    content.extend(bytes(max(0, event.at - len(content))))
    content[event.at : event.at + len(event.data)] = event.data


def _folders_of(event: Event) -> set[str]:
    return {os.path.dirname(path) for path in (event.path, event.other) if path}


def _name(names: dict[str, int], folders: set[str], event: Event) -> None:
    if event.what == "make":
        names[event.path] = event.file
    elif event.what == "folder":
        folders.add(event.path)
    elif event.what == "unlink":
        names.pop(event.path, None)
        folders.discard(event.path)
    elif event.what == "link":
        names[event.other] = names[event.path]
    elif event.what == "rename":
        names[event.other] = names.pop(event.path)
