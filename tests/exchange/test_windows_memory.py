"""The job object that holds a reading process on Windows."""

from __future__ import annotations

import ctypes
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
    assert memory_of(child.pid) > 0
    assert seconds_of(child.pid) >= 0
    release(job)
    began = time.monotonic()
    assert child.wait(30) is not None
    assert time.monotonic() - began < 20
