"""The window's own settings (recent files, sizes), one JSON file; settings of an office live in its ledger file.

A settings file that cannot be read is set aside under another name and said so in the log; it is never
overwritten in silence.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from core import paths

_LOG = logging.getLogger(__name__)
_RECENT_MAX = 8


@dataclass
class Settings:
    """What the window remembers between two starts."""

    recent: list[str] = field(default_factory=list)
    """Ledger files, the last one first."""
    font_size: int = 14
    """Base size of the window's text in logical pixels."""
    geometry: str = ""
    """Size and state of the window, as Qt writes it, base64."""
    column_widths: dict[str, list[int]] = field(default_factory=dict)
    """Column widths a table, in logical pixels."""
    high_contrast: bool = False
    """Light text on black, for weak eyes and weak screens."""
    plan_columns: dict[str, list[str]] = field(default_factory=dict)
    """What the clerk said of the columns of a plan: titles of the header to the keys of its columns."""
    builtin_file_dialog: bool = False
    """Use Qt's own file dialog: some Linux desktops freeze in theirs."""

    second_places: dict[str, dict[str, str]] = field(default_factory=dict)
    """Where copies of the backups of a ledger file go: folder, time of the newest, what was wrong (``second_place``)."""

    def remember(self, ledger: Path) -> None:
        """Put a ledger file at the head of the recent ones."""
        path = str(ledger)
        self.recent = [path, *(p for p in self.recent if p != path)][:_RECENT_MAX]


def _file() -> Path:
    return paths.config_folder() / "settings.json"


def load() -> Settings:
    """Read the settings; defaults where there are none."""
    file = _file()
    if not file.exists():
        return Settings()
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        known = {f.name for f in fields(Settings)}
        return Settings(**{key: value for key, value in raw.items() if key in known})
    except (ValueError, TypeError, AttributeError) as error:
        aside = file.with_suffix(".unreadable.json")
        file.replace(aside)
        _LOG.warning("settings could not be read (%s); set aside as %s", error, aside.name)
        return Settings()


def save(settings: Settings) -> None:
    """Write the settings, whole or not at all."""
    file = _file()
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2), encoding="utf-8")
    part.replace(file)
