"""Where ``taizhang`` begins: the window when it is asked for nothing else, the command line otherwise.

Qt is imported only for the window. A child that reads foreign files (``core/contained``) is answered before all else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.contained import SWITCH


def main(argv: list[str] | None = None) -> int:
    """Run with the arguments given (those of the process when None); answers the exit code."""
    _free_children()
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == [SWITCH]:
        from core.contained import child

        return child.serve(arguments)
    if not asks_for_window(arguments):
        from core import cli

        return cli.main(arguments, _window_check)
    trouble = display_trouble()
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    rest_collector()
    from gui import app

    return app.run(Path(arguments[0]).absolute() if arguments else None)


def rest_collector() -> None:
    """Before Qt is imported: until the first table is on screen nothing is garbage, and looking for it takes time.

    ``gui.app`` lets the collector work again when the window is there.
    """
    import gc

    gc.disable()


def _free_children() -> None:
    """A built program finds its libraries by LD_LIBRARY_PATH; LibreOffice and the file manager must find their own."""
    if not getattr(sys, "frozen", False) or not sys.platform.startswith("linux"):
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before


def _window_check() -> list[str]:
    """Handed to the command line, which knows no window; only `self-check` calls it."""
    from gui.self_check import window_check

    return window_check()


def asks_for_window(arguments: list[str]) -> bool:
    """No argument, or exactly one that names a ledger file; the file need not exist."""
    if not arguments:
        return True
    return len(arguments) == 1 and not arguments[0].startswith("-") and arguments[0].lower().endswith(".db")


def display_trouble() -> str:
    """Why no window can be shown, in one Chinese line; empty when one can.

    Qt aborts the process with an English line where it finds no screen, so that is looked at before.
    """
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith("xcb"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY") and not platform:
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "没有图形界面，窗口打不开。请在桌面上启动，或使用命令行：taizhang demo 目录。"
    if display.startswith(":") and not _x_server_listens(display):
        return f"图形界面 {display} 连接不上，窗口打不开。请在桌面上启动，或使用命令行：taizhang demo 目录。"
    return _library_trouble()


def _x_server_listens(display: str) -> bool:
    socket = f"/tmp/.X11-unix/X{display[1:].split('.', maxsplit=1)[0]}"  # noqa: S108 - where X servers listen
    if Path(socket).exists():
        return True
    try:
        return f"@{socket}" in Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True


def _library_trouble() -> str:
    """Qt's X11 part needs a library that minimal desktops lack; name the line that brings it."""
    from ctypes import CDLL

    try:
        CDLL("libxcb-cursor.so.0")
    except OSError:
        return "系统缺少 libxcb-cursor0，窗口打不开。请执行：sudo apt install libxcb-cursor0"
    return ""


if __name__ == "__main__":
    sys.exit(main())
