"""A scene of the gallery, and the ways a scene brings the window to a state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.main_window import MainWindow

Prepare = Callable[["MainWindow"], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: its file name, what to do in the window before it, and how long the window then works (seconds)."""

    name: str
    prepare: Prepare
    wait: float = 0.4
    is_page: bool = False
    """A page as it opens: one for each entry of the navigation."""
    is_busy: bool = False
    """Long work goes on while the picture is taken."""


def page_of(key: str) -> Prepare:
    """A page as it opens."""
    return lambda window: window.show_page(key)


def over(key: str, act: Callable[[Any], object]) -> Prepare:
    """Something done on a page."""

    def prepare(window: MainWindow) -> None:
        window.show_page(key)
        act(window.page(key))

    return prepare
