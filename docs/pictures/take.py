"""Take the pictures of the manual and the README from the real window: `python -m docs.pictures.take`.

The ledger is the sample year of 示例县, which `taizhang demo --year` makes, in a folder that is thrown away; nothing
of a real office is shown. Colours are reduced to a palette: the window has few.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "manual" / "pictures"
SIZE = (1366, 768)
WANTED = {
    "01-首页": "home",
    "02-任务分解": "table",
    "02-任务分解-详情": "drawer",
    "03-进展填报": "progress",
    "04-回收": "exchange",
    "04-核对新旧": "check",
    "05-任务分解表": "report",
    "06-单位": "units",
    "07-备份与校验": "archive",
    "08-导入方案": "import",
}
"""Scenes of the gallery, and the names their pictures have in the manual."""


def main() -> None:
    """Walk through the scenes and write a PNG each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image

    from tests.gallery import camera, sample

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        camera.take(folder, SIZE, lambda scene: scene.name in WANTED, sample.year)
        for scene, picture in WANTED.items():
            with Image.open(folder / f"{scene}.png") as taken:
                taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
                    TARGET / f"{picture}.png", optimize=True
                )
            print(f"{picture}.png")


if __name__ == "__main__":
    sys.exit(main())
