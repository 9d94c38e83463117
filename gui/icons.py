"""The one place of icons: glyphs of the Phosphor face that qtawesome ships, drawn as outlines at any scale.

qtawesome itself is not imported: doing so loads twelve icon faces and costs as much as the whole bare window
(0.1 s, measured). Its face and its table of names are read instead.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from gui import theme

_FACE = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"
_EM = 256
_DISABLED = QIcon.Mode.Disabled
_ON = QIcon.State.On


def _folder() -> Path:
    """Where qtawesome keeps its faces; found without importing it."""
    spec = find_spec("qtawesome")
    # a built program holds the folder of the face without the package around it
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise FileNotFoundError("qtawesome")
    return Path(next(iter(places))) / "fonts"


@lru_cache(maxsize=1)
def _face() -> QRawFont:
    return QRawFont(str(_folder() / _FACE), _EM)


@lru_cache(maxsize=1)
def _code_points() -> str:
    return (_folder() / _NAMES).read_text(encoding="utf-8")


def _character(name: str) -> str:
    """The character of a name, looked up in the text: parsing all 4,470 names costs 3 ms of the start.

    Raises KeyError for a name that is not there.
    """
    names = _code_points()
    key = f'"{name}":'
    place = names.find(key)
    if place < 0:
        raise KeyError(name)
    value = names[place + len(key) : place + len(key) + 16].split('"', 2)[1]
    return chr(int(value, 16))


@lru_cache(maxsize=256)
def outline(name: str) -> QPainterPath:
    """The glyph's outline in a square of side 1, y downwards.

    Raises KeyError for a name the face does not have.
    """
    glyphs = _face().glyphIndexesForString(_character(name))
    path = _face().pathForGlyph(glyphs[0])
    # The face's box is one em high and stands on the base line: ascent 1 em, descent 0.
    box = QTransform().scale(1 / _EM, 1 / _EM).translate(0, _face().ascent())
    return box.map(path)


def paint(painter: QPainter, box: QRect | QRectF, name: str, colour: str | QColor) -> None:
    """Draw a glyph into a square; for delegates and pills."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.x(), box.y())
    painter.scale(box.width(), box.height())
    painter.fillPath(outline(name), QColor(colour))
    painter.restore()


class _Engine(QIconEngine):
    """Draws one glyph. ``colour`` empty: second text; the disabled colour when disabled; ``on`` when chosen."""

    def __init__(self, name: str, colour: str, on: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._on = on

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tokens = theme.tokens()
        if mode == _DISABLED:
            return tokens.disabled_text
        if state == _ON and self._on:
            return self._on
        return self._colour or tokens.second_text

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        box = QRect(0, 0, side, side)
        box.moveCenter(rect.center())
        paint(painter, box, self._name, self._ink(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._on)


@lru_cache(maxsize=256)
def icon(name: str, colour: str = "", *, on: str = "") -> QIcon:
    """An icon by its Phosphor name, without the ``ph.`` before it.

    ``colour`` is #RRGGBB, second text when empty; ``on`` the colour in a checked button. Cached: call
    ``forget()`` after a change of theme.
    """
    outline(name)  # a wrong name fails here, not at the first paint
    return QIcon(_Engine(name, colour, on))


def forget() -> None:
    """Drop the cached icons, so that the next ones are drawn in the theme in force."""
    icon.cache_clear()


def app_icon() -> QIcon:
    """The program's own icon, in the sizes that desktops ask for."""
    from core.paths import RESOURCES

    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addFile(str(RESOURCES / "icons" / f"taizhang-{size}.png"), QSize(size, size))
    return made
