"""Draw taizhang.svg in the sizes that desktops ask for: taizhang-16.png …, all of them in taizhang.ico. Run by hand.

The drawing is ours, of the window's colours (gui/theme.py); it is under the licence of the program.
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent
SIZES = (16, 24, 32, 48, 64, 128, 256)


def main() -> None:
    """Write the pictures beside the drawing."""
    app = QGuiApplication([])
    drawing = QSvgRenderer(str(FOLDER / "taizhang.svg"))
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        picture.save(str(FOLDER / f"taizhang-{size}.png"))
    (FOLDER / "taizhang.ico").write_bytes(ico([(FOLDER / f"taizhang-{size}.png").read_bytes() for size in SIZES]))
    app.quit()


def ico(pictures: list[bytes]) -> bytes:
    """An icon of Windows with all sizes, from 16 for the task bar to 256 for the desktop; Qt writes only one."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 256 is written as 0
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + entries + b"".join(pictures)


if __name__ == "__main__":
    main()
