"""Put a text on the clipboard of Windows, for a trial to paste it; run by the Windows Python under wine.

usage: clipboard.py text-file        in UTF-8
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

CF_UNICODETEXT = 13
GMEM_MOVEABLE = 2


def put(text: str) -> None:
    """Put a text on the clipboard; it stays there when this program ends. OSError where Windows refuses."""
    user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.GlobalAlloc.restype = kernel.GlobalLock.restype = ctypes.c_void_p
    kernel.GlobalAlloc.argtypes = (ctypes.c_uint, ctypes.c_size_t)
    kernel.GlobalLock.argtypes = kernel.GlobalUnlock.argtypes = (ctypes.c_void_p,)
    user.SetClipboardData.argtypes = (ctypes.c_uint, ctypes.c_void_p)
    user.SetClipboardData.restype = ctypes.c_void_p
    written = text.replace("\n", "\r\n").encode("utf-16-le") + b"\0\0"
    if not user.OpenClipboard(None):
        raise OSError("the clipboard is held by another program")
    try:
        user.EmptyClipboard()
        handle = kernel.GlobalAlloc(GMEM_MOVEABLE, len(written))
        ctypes.memmove(kernel.GlobalLock(handle), written, len(written))
        kernel.GlobalUnlock(handle)
        if not user.SetClipboardData(CF_UNICODETEXT, handle):
            raise OSError("the clipboard took no text")
    finally:
        user.CloseClipboard()


if __name__ == "__main__":
    put(Path(sys.argv[1]).read_text(encoding="utf-8"))
