"""Draw taizhang.svg in the sizes that desktops ask for: taizhang-16.png … and taizhang.ico. Run by hand."""

from __future__ import annotations

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
        if size == SIZES[-1]:
            picture.save(str(FOLDER / "taizhang.ico"))
    app.quit()


if __name__ == "__main__":
    main()
