"""Files that run when they are opened: kept as any evidence, never handed to the system."""

from __future__ import annotations

from pathlib import PurePath

_ENDINGS = frozenset(
    [
        ".exe",
        ".com",
        ".scr",
        ".pif",
        ".cpl",
        ".msi",
        ".msp",
        ".msix",
        ".appx",
        ".bat",
        ".cmd",
        ".ps1",
        ".psm1",
        ".vbs",
        ".vbe",
        ".js",
        ".jse",
        ".wsf",
        ".wsh",
        ".hta",
        ".lnk",
        ".url",
        ".scf",
        ".reg",
        ".jar",
        ".inf",
        ".chm",
        ".hlp",
        ".iso",
        ".img",
        ".vhd",
        ".vhdx",
        ".application",
        ".gadget",
        ".sh",
        ".run",
        ".desktop",
        ".appimage",
        ".deb",
        ".rpm",
        ".py",
    ]
)


def is_program(name: str) -> bool:
    """Whether a file of this name runs something when it is opened; dots and blanks behind it change nothing."""
    return PurePath(name.rstrip(". \u3000").replace("\\", "/")).suffix.lower() in _ENDINGS
