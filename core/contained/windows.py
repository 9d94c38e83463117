"""What bounds a child on Windows: a job object, which limits its memory and ends it with its parent."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _LIMIT_PROCESS_MEMORY, _END_WITH_JOB = 0x0100, 0x2000
    _EXTENDED_LIMITS = 9
    _MAY_SET_QUOTA, _MAY_TERMINATE = 0x0100, 0x0001

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("Basic", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    class Bounds:
        """Holds the job object of a child.

        Where Windows refuses one (an old system, or a job around us that allows none), the clock alone bounds it.
        """

        def __init__(self, pid: int, megabytes: int) -> None:
            """Bound the process ``pid``."""
            self._kernel = kernel = ctypes.WinDLL("kernel32")
            kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = wintypes.HANDLE
            self._job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
            limits = _Extended()
            limits.Basic.LimitFlags = _LIMIT_PROCESS_MEMORY | _END_WITH_JOB
            limits.ProcessMemoryLimit = megabytes << 20
            size = ctypes.sizeof(limits)
            kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            process = wintypes.HANDLE(kernel.OpenProcess(_MAY_SET_QUOTA | _MAY_TERMINATE, 0, pid))
            kernel.AssignProcessToJobObject(self._job, process)
            kernel.CloseHandle(process)

        def close(self) -> None:
            """Let the job object go; whatever is still in it ends."""
            self._kernel.CloseHandle(self._job)
            self._job = wintypes.HANDLE(None)

else:

    class Bounds:
        """Nothing: on other systems a child bounds itself (``child.py``)."""

        def __init__(self, pid: int, megabytes: int) -> None:
            """Nothing is to be done."""

        def close(self) -> None:
            """Nothing is to be let go."""
