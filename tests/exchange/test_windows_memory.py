"""The job object that holds a reading process on Windows."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from zhengui.exchange import windows_memory
from zhengui.exchange.windows_memory import confine, memory_of, release, seconds_of


def test_the_structures_are_as_long_as_windows_expects() -> None:
    assert ctypes.sizeof(windows_memory._Limits) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)


@pytest.mark.skipif(sys.platform == "win32", reason="this is how it answers elsewhere")
def test_elsewhere_there_is_no_job() -> None:
    assert confine(1, 1_000_000) is None
    assert memory_of(1) == 0
    assert seconds_of(1) == 0


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has jobs")
def test_a_process_ends_with_its_job() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    job = confine(child.pid, 500_000_000)
    assert job is not None
    release(job)
    began = time.monotonic()
    assert child.wait(30) is not None
    assert time.monotonic() - began < 20


def came_true(question: Callable[[], bool]) -> bool:
    """Whether it does within a minute, on a computer that has much else to do."""
    for _wait in range(600):
        if question():
            return True
        time.sleep(0.1)
    return False


#: Holds 80 MB and keeps a core busy until it is ended.
BUSY = "held = bytearray(b'x') * 80_000_000\nwhile True: pass"


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows is asked so")
def test_what_another_process_takes_can_be_asked_for() -> None:
    before = memory_of(os.getpid())
    assert before > 0
    child = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        assert came_true(lambda: memory_of(child.pid) > 80_000_000)
        assert came_true(lambda: 0.5 < seconds_of(child.pid) < 600)
        taken = seconds_of(child.pid)
        assert came_true(lambda: seconds_of(child.pid) > taken)
        assert memory_of(child.pid) < 1_000_000_000
    finally:
        child.kill()
        child.wait(30)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows is asked so")
def test_a_process_that_is_not_there_takes_nothing() -> None:
    assert memory_of(0x7FFF_FFF0) == 0
    assert seconds_of(0x7FFF_FFF0) == 0
    assert confine(0x7FFF_FFF0, 1_000_000) is None
