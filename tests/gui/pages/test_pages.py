"""What holds for every page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Signal

from gui.pages import PAGES, PageEntry
from gui.pages.base import Page

SIGNALS = {name for name, value in vars(Page).items() if isinstance(value, Signal)}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_no_page_hides_a_signal_of_pages_behind_a_method(entry: PageEntry) -> None:
    """A method of that name would never be called: what is connected to it is the signal, and its button is dead."""
    assert "open_group" in SIGNALS
    hidden = {name for made in entry.load().__mro__ if made is not Page for name in vars(made)} & SIGNALS
    assert not hidden
