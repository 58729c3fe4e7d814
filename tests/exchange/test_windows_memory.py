"""The job object that holds a reading process on Windows."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time

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


#: Holds 80 MB and keeps a core busy until it is ended.
BUSY = "held = bytearray(b'x') * 80_000_000\nwhile True: pass"


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows is asked so")
def test_what_another_process_takes_can_be_asked_for() -> None:
    before = memory_of(os.getpid())
    assert before > 0
    child = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        for _wait in range(600):
            if memory_of(child.pid) > 80_000_000 and seconds_of(child.pid) > 0.5:
                break
            time.sleep(0.1)
        assert 80_000_000 < memory_of(child.pid) < 1_000_000_000
        taken = seconds_of(child.pid)
        assert 0.5 < taken < 600
        time.sleep(0.5)
        assert seconds_of(child.pid) > taken
    finally:
        child.kill()
        child.wait(30)


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows is asked so")
def test_a_process_that_is_not_there_takes_nothing() -> None:
    assert memory_of(0x7FFF_FFF0) == 0
    assert seconds_of(0x7FFF_FFF0) == 0
    assert confine(0x7FFF_FFF0, 1_000_000) is None
