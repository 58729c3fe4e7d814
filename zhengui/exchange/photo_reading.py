"""Decode photos from outside in a process of their own, with limits, so that a hostile one can bring down only that.

The process stays for the next photo and ends by itself after a rest. What it answers is plain bytes.
"""

from __future__ import annotations

import atexit
import struct
import threading
from multiprocessing.connection import Connection
from typing import Any

from zhengui.exchange.apart import Apart
from zhengui.exchange.books import Limits
from zhengui.exchange.reading_child import confine_itself
from zhengui.values.photo import NoPhoto, Photo, decode

#: Bytes of memory beyond what the process begins with, and seconds, that one photo may take.
MEMORY, SECONDS = 600_000_000, 30.0
#: After so many seconds without a photo the process ends.
REST = 20.0
_HEAD = struct.Struct("<BIII")
_READY, _NONE, _HUGE = 0, 1, 2
#: No answer came: the process is gone, or came to a limit (TimeoutError is an OSError).
_GONE = (EOFError, OSError, MemoryError)


def serve(pipe: Connection, memory: int, rest: float) -> None:
    """The process: bytes in, a photo or a refusal out, until it is left alone for a while."""
    confine_itself(Limits(memory=memory))
    try:
        while pipe.poll(rest):
            pipe.send_bytes(_answer(pipe.recv_bytes()))
    except (EOFError, OSError):
        return
    finally:
        pipe.close()


def _answer(data: bytes) -> bytes:
    try:
        photo = decode(data)
        head = _HEAD.pack(_READY, photo.width, photo.height, len(photo.content))
        return head + photo.content + photo.thumbnail
    except (NoPhoto, MemoryError) as trouble:
        huge = not isinstance(trouble, NoPhoto) or trouble.huge
        return _HEAD.pack(_HUGE if huge else _NONE, 0, 0, 0)


def decoded(data: bytes) -> Photo:
    """The photo in these bytes, decoded elsewhere; raises NoPhoto."""
    with _TURN:
        answer = _ask(data)
    what, width, height, length = _HEAD.unpack_from(answer)
    if what != _READY:
        raise NoPhoto(huge=what == _HUGE)
    content = answer[_HEAD.size : _HEAD.size + length]
    return Photo(content, answer[_HEAD.size + length :], width, height)


_TURN = threading.Lock()
_NOW: dict[str, Any] = {}


def _ask(data: bytes) -> bytes:
    """Ask the process that is there, or a fresh one where it has gone to rest."""
    known = _NOW.pop("process", None)
    if known is not None:
        try:
            answer: bytes = known.asked(data)
            _NOW["process"] = known
            return answer
        except _GONE:
            known.stop()
    limits = Limits(SECONDS, MEMORY)
    fresh = Apart(serve, (MEMORY, REST), limits, duplex=True)
    try:
        answer = fresh.asked(data)
    except _GONE:
        # It broke, took too long or too much; what is left of it must not answer for the next photo.
        fresh.stop()
        return _HEAD.pack(_NONE, 0, 0, 0)
    _NOW["process"] = fresh
    return answer


@atexit.register
def _let_go() -> None:
    known = _NOW.pop("process", None)
    if known is not None:
        known.stop()
