"""Thumbnails of evidence: made away from the window, kept by file, an icon by type where there is nothing to draw."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from gui.pages.report.drawing import Drawer
from gui.pages.report.page_source import first_page, read_picture

if TYPE_CHECKING:
    from core.office.evidence import EvidenceRow

SIDE = 68
"""Logical pixels of the picture inside the 72 × 72 frame."""
MAX_PDF = 64 * 1024 * 1024
"""Bytes of a PDF that is read for its first page; a larger one keeps the icon."""
_KEPT = 200
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"})
_ICONS = {
    ".pdf": "file-pdf",
    ".doc": "file-text",
    ".docx": "file-text",
    ".wps": "file-text",
    ".xls": "table",
    ".xlsx": "table",
    ".et": "table",
    ".csv": "table",
    ".ppt": "presentation",
    ".pptx": "presentation",
    ".zip": "archive",
    ".rar": "archive",
    ".7z": "archive",
    ".mp4": "film-strip",
    ".mp3": "music-notes",
    ".wav": "music-notes",
    ".txt": "file-text",
    ".ofd": "file-text",
}


def is_picture(name: str) -> bool:
    """Whether a file of this name is shown as a picture."""
    return Path(name).suffix.lower() in _PICTURES


def can_preview(name: str) -> bool:
    """Whether 预览 can show a file of this name."""
    return is_picture(name) or Path(name).suffix.lower() == ".pdf"


def type_icon(name: str) -> str:
    """The icon that stands for a file of this name."""
    if is_picture(name):
        return "image"
    return _ICONS.get(Path(name).suffix.lower(), "file")


def draw_thumbnail(path: Path, name: str, side: int) -> QImage | None:
    """A picture or first page that fits a square of ``side`` device pixels; None where there is nothing to draw."""
    if is_picture(name):
        image = read_picture(path, side * 2)
    elif Path(name).suffix.lower() == ".pdf":
        if path.stat().st_size > MAX_PDF:
            return None
        # drawn at twice the size: text scaled down reads better than text drawn small
        image = first_page(path, 2 * side)
    else:
        return None
    return image.scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


class Thumbnails(QObject):
    """Hands out thumbnails that are there and makes those that are not."""

    arrived = Signal()
    """A thumbnail is there that was asked for before: paint again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixmaps: OrderedDict[tuple[str, int], QPixmap | None] = OrderedDict()
        self._drawer = Drawer(self)
        self._drawer.drawn.connect(self._on_drawn)

    def get(self, row: EvidenceRow, ratio: float) -> QPixmap | None:
        """The thumbnail at a device pixel ratio; None while it is made, or for good where there is none."""
        if row.missing or not can_preview(row.name):
            return None
        side = round(SIDE * ratio)
        key = (str(row.path), side)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        self._drawer.wish(key, partial(draw_thumbnail, row.path, row.name, side))
        return None

    def is_idle(self) -> bool:
        """Whether nothing is being made."""
        return self._drawer.is_idle()

    def close(self) -> None:
        """Drop what waits and wait for the thread."""
        self._drawer.close()

    @Slot(object, object)
    def _on_drawn(self, key: tuple[str, int], result: object) -> None:
        self._pixmaps[key] = QPixmap.fromImage(result) if isinstance(result, QImage) else None
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        self.arrived.emit()
