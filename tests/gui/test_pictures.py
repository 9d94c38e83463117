"""The command that takes the pictures of the manual asks for scenes that there are."""

from __future__ import annotations

from pathlib import Path

from docs.pictures import take
from tests.gallery.sample import AS_OF, Stage
from tests.gallery.scenes import scenes


def test_every_picture_has_its_scene() -> None:
    """A renamed scene would leave an old picture behind in silence."""
    stage = Stage(Path("x.db"), Path("x.docx"), "2024Q4", AS_OF, returns=Path("收到"))

    assert set(take.WANTED) <= {scene.name for scene in scenes(stage)}
    assert {path.stem for path in take.TARGET.glob("*.png")} == set(take.WANTED.values())
