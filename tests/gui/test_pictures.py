"""The command that takes the pictures of the manual asks for scenes that there are."""

from __future__ import annotations

from pathlib import Path

import pdfplumber

from docs.manual import card
from docs.pictures import take
from gui.shortcuts import GROUPS
from tests.gallery.sample import AS_OF, Stage
from tests.gallery.scenes import scenes


def test_every_picture_has_its_scene() -> None:
    """A renamed scene would leave an old picture behind in silence."""
    stage = Stage(Path("x.db"), Path("x.docx"), "2024Q4", AS_OF, returns=Path("收到"))

    assert set(take.WANTED) <= {scene.name for scene in scenes(stage)}
    assert {path.stem for path in take.TARGET.glob("*.png")} == set(take.WANTED.values())


def test_the_quick_card_names_the_keys_of_the_window() -> None:
    """Made anew after a key was changed: two pages, every act with its key."""
    with pdfplumber.open(card.TARGET) as book:
        pages = [page.extract_text() for page in book.pages]
    said = "".join("\n".join(pages).split())
    keys = {"".join(what.split()) for _, group in GROUPS for what, _ in group}

    assert len(pages) == 2
    assert {what for what in keys if what not in said} == set()
