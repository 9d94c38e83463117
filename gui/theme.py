"""The one place of colours, sizes and type: the tokens of the look, light and high contrast.

Widgets that paint themselves ask ``tokens()`` at each paint, so that a change of theme needs no bookkeeping.
Sizes of text go through ``px()``: the base size is a setting (14 logical pixels unless the clerk wants it larger).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont

BASE = 14
"""Size of the interface text in logical pixels when nothing is set."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Ink:
    """Colours of one pill: text and icon, ground, and border (empty for none)."""

    text: str
    ground: str
    border: str = ""


@dataclass(frozen=True, slots=True, repr=False, eq=False)  # 45 fields: comparing methods nobody needs cost 3 ms
class Tokens:
    """Every colour of the window, as #RRGGBB."""

    name: str
    surface: str
    ground: str
    table_head: str
    line: str
    strong_line: str
    field_border: str
    text: str
    second_text: str
    disabled_text: str
    accent: str
    accent_hover: str
    accent_pressed: str
    chosen: str
    on_accent: str
    hover: str
    pressed: str
    primary_ring: str
    done: Ink
    due_soon: Ink
    overdue: Ink
    ongoing: Ink
    in_progress: Ink
    not_started: Ink
    waiting: Ink
    done_late: Ink
    verify: Ink
    incomplete: Ink
    plain: Ink
    bar_done: str
    bar_in_progress: str
    bar_not_started: str
    tip: str
    on_tip: str
    tip_link: str
    info_ground: str
    info_border: str
    paper_ground: str
    scroll_handle: str
    is_high_contrast: bool = False


LIGHT = Tokens(
    name="light",
    surface="#FFFFFF",
    ground="#F5F7FA",
    table_head="#F5F7FA",
    line="#DCE1E8",
    strong_line="#B9C3CF",
    field_border="#8793A3",
    text="#1F2933",
    second_text="#5B6776",
    disabled_text="#8A94A1",
    accent="#1F5FA8",
    accent_hover="#194E8A",
    accent_pressed="#143F70",
    chosen="#E8F0FA",
    on_accent="#FFFFFF",
    hover="#F0F3F7",
    pressed="#E1E7EE",
    primary_ring="#1F2933",
    done=Ink("#2A7449", "#E6F4EA"),
    due_soon=Ink("#8A5200", "#FFF4E0"),
    overdue=Ink("#B3261E", "#FDECEA"),
    ongoing=Ink("#2F6480", "#E6F0F5"),
    in_progress=Ink("#2B3A4A", "#EAEEF3", "#C5CFDA"),
    not_started=Ink("#5B6776", "#FFFFFF", "#B9C3CF"),
    waiting=Ink("#5B6776", "#EEF0F3"),
    done_late=Ink("#5B6776", "#FFFFFF", "#B9C3CF"),
    verify=Ink("#1F2933", "#FFFFFF", "#8793A3"),
    incomplete=Ink("#8A5200", "#FFF4E0"),
    plain=Ink("#5B6776", "#EEF0F3"),
    bar_done="#2A7449",
    bar_in_progress="#7D95B1",
    bar_not_started="#DCE1E8",
    tip="#1F2933",
    on_tip="#FFFFFF",
    tip_link="#A9CBF2",
    info_ground="#E8F0FA",
    info_border="#B5CDE8",
    paper_ground="#E4E8EE",
    scroll_handle="#B9C3CF",
)

HIGH_CONTRAST = Tokens(
    name="high contrast",
    surface="#000000",
    ground="#000000",
    table_head="#1C1C1C",
    line="#7A7A7A",
    strong_line="#B0B0B0",
    field_border="#FFFFFF",
    text="#FFFFFF",
    second_text="#E0E0E0",
    disabled_text="#8C8C8C",
    accent="#FFD83D",
    accent_hover="#FFE680",
    accent_pressed="#E0B800",
    chosen="#3A3000",
    on_accent="#000000",
    hover="#2A2A2A",
    pressed="#3A3A3A",
    primary_ring="#FFFFFF",
    done=Ink("#6BE39A", "#000000", "#6BE39A"),
    due_soon=Ink("#FFB454", "#000000", "#FFB454"),
    overdue=Ink("#FF8F85", "#000000", "#FF8F85"),
    ongoing=Ink("#7CD0F5", "#000000", "#7CD0F5"),
    in_progress=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    not_started=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    waiting=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    done_late=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    verify=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    incomplete=Ink("#FFB454", "#000000", "#FFB454"),
    plain=Ink("#FFFFFF", "#000000", "#FFFFFF"),
    bar_done="#6BE39A",
    bar_in_progress="#B0B0B0",
    bar_not_started="#444444",
    tip="#1C1C1C",
    on_tip="#FFFFFF",
    tip_link="#FFD83D",
    info_ground="#3A3000",
    info_border="#FFD83D",
    paper_ground="#1C1C1C",
    scroll_handle="#FFFFFF",
    is_high_contrast=True,
)


class _Active:
    """What is in force now; one per process, as there is one QApplication."""

    tokens: Tokens = LIGHT
    base: int = BASE
    families: tuple[str, ...] = ()


def tokens() -> Tokens:
    """The colours in force."""
    return _Active.tokens


def base() -> int:
    """The base text size in force, logical pixels."""
    return _Active.base


def use(chosen: Tokens, *, base_size: int = BASE, families: tuple[str, ...] = ()) -> None:
    """Put colours, base size (logical pixels) and font families in force; the caller repaints."""
    _Active.tokens = chosen
    _Active.base = base_size
    if families:
        _Active.families = families
    font.cache_clear()


def px(size: float) -> int:
    """A size of the look (at base 14) in logical pixels at the base size in force, at least 1."""
    return max(1, round(size * _Active.base / BASE))


@lru_cache(maxsize=64)
def font(size: int = BASE, *, bold: bool = False) -> QFont:
    """The interface face at a size of the look, with digits of equal width.

    The object is shared: copy it before changing it.
    """
    made = QFont()
    if _Active.families:
        made.setFamilies(list(_Active.families))
    made.setPixelSize(px(size))
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def link_font(size: int = BASE) -> QFont:
    """The face of words that can be pressed: underlined where colours say little."""
    if not _Active.tokens.is_high_contrast:
        return font(size)
    made = QFont(font(size))
    made.setUnderline(True)
    return made


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """A colour object for a token's value; shared, so do not change it."""
    return QColor(name)
