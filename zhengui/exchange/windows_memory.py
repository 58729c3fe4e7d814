"""Keep another process within limits on Windows: a job object caps it, and its memory and time can be asked for."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from typing import Any

_TERMINATE, _SET_QUOTA, _QUERY_LIMITED_INFORMATION = 0x1, 0x100, 0x1000
_LIMIT_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
_EXTENDED_LIMIT_INFORMATION = 9


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = [
        ("cb", wintypes.DWORD),
        ("page_fault_count", wintypes.DWORD),
        ("peak_working_set_size", ctypes.c_size_t),
        ("working_set_size", ctypes.c_size_t),
        ("quota_peak_paged_pool_usage", ctypes.c_size_t),
        ("quota_paged_pool_usage", ctypes.c_size_t),
        ("quota_peak_non_paged_pool_usage", ctypes.c_size_t),
        ("quota_non_paged_pool_usage", ctypes.c_size_t),
        ("pagefile_usage", ctypes.c_size_t),
        ("peak_pagefile_usage", ctypes.c_size_t),
    ]


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h."""

    _fields_ = [
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h."""

    _fields_ = [
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    ]


def confine(pid: int, memory: int) -> int | None:
    """Put the process into a job of its own with at most `memory` bytes; it ends when the job is let go.

    Returns the job, or None on other systems and where Windows refuses; whoever calls then only watches.
    """
    if sys.platform == "win32":
        kernel = _kernel()
        process = kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, pid)
        if not process:
            return None
        job = kernel.CreateJobObjectW(None, None)
        limits = _Limits(process_memory_limit=memory)
        limits.basic.limit_flags = _LIMIT_PROCESS_MEMORY | _KILL_ON_CLOSE
        size = ctypes.sizeof(limits)
        try:
            if not kernel.SetInformationJobObject(
                job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size
            ) or not kernel.AssignProcessToJobObject(job, process):
                kernel.CloseHandle(job)
                return None
            return int(job)
        finally:
            kernel.CloseHandle(process)
    return None


def release(job: int) -> None:
    """Let the job go, and with it whatever still runs in it."""
    if sys.platform == "win32":
        _kernel().CloseHandle(job)


def _kernel() -> Any:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        kernel.SetInformationJobObject.argtypes = [
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        ]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        kernel.CloseHandle.argtypes = [wintypes.HANDLE]
        kernel.GetProcessTimes.argtypes = [wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4]
        return kernel
    raise RuntimeError("only Windows has kernel32")


@contextmanager
def _opened(kernel: Any, pid: int) -> Iterator[Any]:
    """The process, to be asked; nothing where it cannot be, or has ended."""
    handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
    try:
        yield handle
    finally:
        if handle:
            kernel.CloseHandle(handle)


def memory_of(pid: int) -> int:
    """Bytes that the process has committed; 0 where it cannot be asked, on other systems, or once it has ended."""
    if sys.platform == "win32":
        kernel = _kernel()
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        with _opened(kernel, pid) as handle:
            if handle and kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb):
                return int(counters.pagefile_usage)
    return 0


def seconds_of(pid: int) -> float:
    """Seconds for which the process has kept a core busy; 0 where it cannot be asked, on other systems, or once gone."""
    if sys.platform == "win32":
        kernel = _kernel()
        begun, ended, system, user = (wintypes.FILETIME() for _each in range(4))
        times = (ctypes.byref(each) for each in (begun, ended, system, user))
        with _opened(kernel, pid) as handle:
            if handle and kernel.GetProcessTimes(handle, *times):
                return sum((each.dwHighDateTime << 32) + each.dwLowDateTime for each in (system, user)) / 1e7
    return 0.0
