"""Windows' own seal: bytes that only the present account of this computer can read again (DPAPI)."""

from __future__ import annotations

import ctypes

from zhengui.storage.problem import StorageProblem


class _Blob(ctypes.Structure):
    """The DATA_BLOB of the Windows data protection functions."""

    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


def seal(data: bytes) -> bytes:
    """Bytes that only the present account of this Windows computer can read again."""
    sealed = _crypt("CryptProtectData", data)
    if sealed is None:
        raise StorageProblem("电脑没有接受钥匙的保存请求。请重新登录电脑后再试。")
    return sealed


def unseal(data: bytes) -> bytes | None:
    """The same back; None in another account, on another computer, or where they were changed."""
    return _crypt("CryptUnprotectData", data)


def _crypt(function: str, data: bytes) -> bytes | None:
    """Run one of the Windows data protection functions for the current user; None where it refuses."""
    buffer = ctypes.create_string_buffer(data, len(data))
    source = _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
    result = _Blob()
    crypt32 = ctypes.CDLL("crypt32")
    if not getattr(crypt32, function)(ctypes.byref(source), None, None, None, None, 0, ctypes.byref(result)):
        return None
    try:
        return ctypes.string_at(result.data, result.size)
    finally:
        ctypes.CDLL("kernel32").LocalFree(result.data)
