"""Photos from outside are decoded in a process of their own, with limits."""

from __future__ import annotations

import io
import os
import random
import signal
import sys
from contextlib import suppress

import pytest
from PIL import Image

from zhengui.exchange import photo_reading
from zhengui.values.photo import NoPhoto, decode


def photo(width: int, height: int, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(written, kind)
    return written.getvalue()


def _worker() -> int:
    return int(photo_reading._NOW["process"].worker.pid)


def test_a_photo_comes_back_as_it_would_be_decoded_here() -> None:
    data = photo(2000, 900, "PNG")
    assert photo_reading.decoded(data) == decode(data)
    first = _worker()
    assert first != os.getpid()
    assert photo_reading.decoded(photo(60, 40)).width == 60
    # One process serves them all.
    assert _worker() == first


def test_bytes_that_are_none_are_refused_and_the_next_one_is_read() -> None:
    chance = random.Random(3)
    whole = photo(400, 300)
    for _ in range(20):
        spoilt = bytearray(whole[: chance.randrange(4, len(whole))])
        spoilt[chance.randrange(len(spoilt))] ^= 0xFF
        with suppress(NoPhoto):
            photo_reading.decoded(bytes(spoilt))
    assert photo_reading.decoded(whole).height == 300


def test_a_process_that_breaks_is_replaced() -> None:
    photo_reading.decoded(photo(10, 10))
    first = _worker()
    os.kill(first, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    assert photo_reading.decoded(photo(12, 10)).width == 12
    assert _worker() != first


def test_who_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    photo_reading._let_go()
    monkeypatch.setattr(photo_reading, "SECONDS", -1.0)
    with pytest.raises(NoPhoto):
        photo_reading.decoded(photo(3000, 3000, "PNG"))
    assert "process" not in photo_reading._NOW


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent watches")
def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    photo_reading._let_go()
    monkeypatch.setattr(photo_reading, "MEMORY", 30_000_000)
    with pytest.raises(NoPhoto):
        photo_reading.decoded(photo(6000, 6000, "PNG"))
    photo_reading._let_go()


def test_it_goes_to_rest_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    photo_reading._let_go()
    monkeypatch.setattr(photo_reading, "REST", 0.05)
    photo_reading.decoded(photo(10, 10))
    worker = photo_reading._NOW["process"].worker
    worker.join(20)
    assert not worker.is_alive()
    assert photo_reading.decoded(photo(14, 10)).width == 14
    photo_reading._let_go()
