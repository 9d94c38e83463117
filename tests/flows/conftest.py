"""The real window over a real ledger; messages and file questions go to a recorder."""

from __future__ import annotations

from tests.gui.conftest import dressed, qtbot, recorder

__all__ = ["dressed", "qtbot", "recorder"]
