"""The face of the window: one the machine has, else the bundled one.

Qt ships no fonts, and its default on Linux is one without Chinese; so the families are named.
"""

from __future__ import annotations

import logging

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from core import paths
from gui import theme

_LOG = logging.getLogger(__name__)
FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "SimHei",
)
"""Faces for the screen, the best first."""
BUNDLED = ("TaizhangHei.ttf", "TaizhangHei-Bold.ttf")
SAMPLE = "台账措施佐证（），。0123"
"""Characters that the chosen face must have."""


def choose() -> tuple[str, ...]:
    """The families to use, the first of which surely has Chinese; registers the bundled face if need be."""
    # one list instead of a question for each; a family of several makers is listed as “name [maker]”
    known = {name.partition(" [")[0].casefold() for name in QFontDatabase.families()}
    present = tuple(name for name in FAMILIES if name.casefold() in known)
    for index, name in enumerate(present):
        if has_chinese(name):
            return present[index:]
    return register_bundled()


def has_chinese(family: str) -> bool:
    """Whether a family has the sample characters itself, not by falling back to another."""
    font = QFont(family)
    font.setPixelSize(theme.base())  # the size that will be drawn: Qt keeps the face it opens for this question
    face = QRawFont.fromFont(font)
    return face.isValid() and all(face.supportsCharacter(ord(character)) for character in SAMPLE)


def register_bundled() -> tuple[str, ...]:
    """Register the face that comes with the program; its family."""
    families: list[str] = []
    for file in BUNDLED:
        number = QFontDatabase.addApplicationFont(str(paths.FONTS / file))
        if number < 0:
            _LOG.error("the bundled face %s cannot be loaded", file)
            continue
        families += [name for name in QFontDatabase.applicationFontFamilies(number) if name not in families]
    return tuple(families)
