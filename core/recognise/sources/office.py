"""Formats that only an office program reads (.doc .wps .rtf): LibreOffice turns them into one of ours, if it is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from core import temporary
from core.job import Job
from core.recognise.sources.errors import SAVE_ANEW, UnreadableError, damaged

SECONDS = 120.0
"""How long LibreOffice may take; a plan takes five seconds, the first start on an old PC a minute."""
_EACH = 10.0
"""Each document after the first."""
_WAIT = 0.1
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
"""Links of a document are not followed; whatever goes out all the same ends at a port where nobody listens."""
_WINDOWS_FOLDERS = ("LibreOffice/program/soffice.exe", "LibreOffice 5/program/soffice.exe")


def find_office() -> str | None:
    """LibreOffice on this machine; None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    if sys.platform == "win32":
        for root in (os.environ.get("PROGRAMFILES"), os.environ.get("PROGRAMFILES(X86)")):
            for each in _WINDOWS_FOLDERS:
                path = Path(root or "C:/Program Files") / each
                if path.is_file():
                    return str(path)
    return None


def convert(data: bytes, name: str, suffix: str, target: str, job: Job) -> bytes:
    """The document as LibreOffice saves it anew; macros are not run, links not followed.

    ``suffix`` is the kind of the document (doc), ``target`` the kind wanted (docx). Raises UnreadableError where there
    is no LibreOffice or it cannot read the document, Cancelled after 取消; the program is ended either way.
    """
    return convert_all([data], name, suffix, target, job)[0]


def convert_all(documents: Sequence[bytes], name: str, suffix: str, target: str, job: Job) -> list[bytes]:
    """Several documents in one start of LibreOffice, which takes longer than they do. ``name``: of all of them.

    Raises as ``convert``.
    """
    program = find_office()
    if program is None:
        raise UnreadableError(f"“{name}”是旧格式（.{suffix}）的文档，不能直接读取。", hint=SAVE_ANEW, where=name)
    with tempfile.TemporaryDirectory(prefix=temporary.prefix(), ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        sources = [work / f"document{place}.{suffix}" for place in range(len(documents))]
        for source, data in zip(sources, documents, strict=True):
            source.write_bytes(data)
        _settle(work / "profile")
        _run(_command(program, work, sources, target), name, job, SECONDS + _EACH * (len(documents) - 1))
        try:
            return [(work / "out" / f"{source.stem}.{target}").read_bytes() for source in sources]
        except OSError as error:
            raise damaged(name) from error


def _command(program: str, work: Path, sources: Sequence[Path], target: str) -> list[str]:
    """A profile of its own keeps the clerk's LibreOffice out of it, and macros at their default: not run."""
    profile = (work / "profile").as_uri()
    switches = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    out = ["--convert-to", target, "--outdir", str(work / "out"), *map(str, sources)]
    return [program, f"-env:UserInstallation={profile}", *switches, *out]


def _settle(profile: Path) -> None:
    """Write the settings of a profile before its first start."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        "utf-8",
    )


def _run(command: list[str], name: str, job: Job, most: float) -> None:
    """``most``: the seconds it may take."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, creationflags=flags
        )
    except OSError as error:
        raise UnreadableError(f"“{name}”需要用 LibreOffice 打开，但它启动不了。", hint=SAVE_ANEW, where=name) from error
    started = time.monotonic()
    try:
        while process.poll() is None:
            seconds = time.monotonic() - started
            job.step(int(min(seconds, most)), int(most), "正在用 LibreOffice 转换文档")
            if seconds > most:
                raise UnreadableError(f"“{name}”用 LibreOffice 打开时间过长，已停止。", hint=SAVE_ANEW, where=name)
            time.sleep(_WAIT)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the children it starts."""
    if process.poll() is not None:
        return
    with suppress(OSError):
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True, timeout=10
            )
        else:
            os.killpg(process.pid, 9)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
