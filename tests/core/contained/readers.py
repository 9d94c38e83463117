"""Readers that fail in every way, called in the child."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from core.errors import KnownError
from core.job import Job


def fine(text: str, job: Job) -> str:
    return text[::-1]


def who(job: Job) -> int:
    return os.getpid()


def ends(how: str, job: Job) -> str:
    """Ends its process as it is told; any other word comes back."""
    if how == "exit":
        os._exit(0)
    if how == "abort":
        os.abort()
    if how == "segfault":
        ctypes.string_at(0)
    if how == "hang":
        time.sleep(600)
    if how == "memory":
        return how * (1 << 33)
    if how == "eat":  # as a parser that does not ask
        kept = []
        while True:
            kept.append(bytearray(16 << 20))
    if how == "fault":
        return str(1 // 0)
    if how == "known":
        raise KnownError("这份文件不能用。", hint="请换一份。", where="表.xlsx")
    if how == "print":
        os.write(1, b"noise")
        print("noise", flush=True)
    return how


def once(mark: str, job: Job) -> str:
    """Ends the first process that does it."""
    if not Path(mark).exists():
        Path(mark).write_bytes(b"")
        os.abort()
    return "read"


def steps(count: int, job: Job) -> int:
    for at in range(count):
        job.step(at, count, f"第 {at} 步")
        time.sleep(0.06)
    return count


def waits(mark: str, job: Job) -> None:
    Path(mark).write_bytes(b"")
    time.sleep(600)
