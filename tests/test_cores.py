"""What the program does before anything else."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import ctypes, resource
from zhengui.app import leave_no_core
leave_no_core()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Windows writes no cores by itself")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
