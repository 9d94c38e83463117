"""Render every scene at six sizes and two themes into PNG: ``python -m tests.gallery [FOLDER] [--only TEXT]``.

A list of what can be seen to be wrong without eyes (``faults``) stands beside the pictures, in 问题.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Size:
    """Physical pixels of the window, the scale of the screen, and the size of the text (logical pixels)."""

    name: str
    width: int
    height: int
    scale: str
    text: int = 14


SIZES = (
    Size("1366×768", 1366, 768, "1"),
    Size("1366×768，125%", 1366, 768, "1.25"),
    Size("1920×1080", 1920, 1080, "1"),
    Size("1920×1080，特大字", 1920, 1080, "1", text=18),
    Size("1920×1080，150%", 1920, 1080, "1.5"),
    Size("1920×1080，200%", 1920, 1080, "2"),
)
THEMES = ("light", "contrast")


def main() -> int:
    """One process a size and theme: the scale is fixed when Qt starts."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("out/gallery"))
    parser.add_argument("--only", default="", help="only scenes whose name contains this")
    parser.add_argument("--size", type=int, choices=range(len(SIZES)), help="only this size")
    parser.add_argument("--theme", choices=THEMES, help="only this theme")
    parser.add_argument("--pages", action="store_true", help="only the pages as they open")
    parser.add_argument("--year", action="store_true", help="on the sample year instead of the small ledger")
    args = parser.parse_args()
    if args.size is not None and args.theme is not None:
        return _one(args)
    failed = 0
    for number in range(len(SIZES)) if args.size is None else [args.size]:
        for theme in THEMES if args.theme is None else [args.theme]:
            command = [sys.executable, "-m", "tests.gallery", str(args.folder), "--only", args.only]
            command += [flag for flag in ("--pages", "--year") if getattr(args, flag.removeprefix("--"))]
            done = subprocess.run([*command, "--size", str(number), "--theme", theme], check=False)
            failed += done.returncode != 0
    return 1 if failed else 0


def _one(args: argparse.Namespace) -> int:
    size, folder, theme = SIZES[args.size], args.folder, args.theme
    os.environ["QT_SCALE_FACTOR"] = size.scale
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(folder, size)}"
    from tests.gallery import sample
    from tests.gallery.camera import take
    from tests.gallery.scene import Scene

    def wanted(scene: Scene) -> bool:
        return args.only in scene.name and (scene.is_page or not args.pages)

    target = folder / f"{size.name}-{'高对比度' if theme == 'contrast' else '浅色'}"
    target.mkdir(parents=True, exist_ok=True)
    scale = float(size.scale)
    found = take(
        target,
        (int(size.width / scale), int(size.height / scale)),
        wanted,
        sample.year if args.year else sample.small,
        is_high_contrast=theme == "contrast",
        font_size=size.text,
    )
    (target / "问题.txt").write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    print(f"{target}：{len(found)} 处可能的问题")
    return 0


def _screen(folder: Path, size: Size) -> Path:
    """Qt's off-screen platform has a screen of 800×800 unless it is told another; dialogs look at it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{size.width}x{size.height}.json"
    screen = {"name": "office", "x": 0, "y": 0, "width": size.width, "height": size.height, "logicalDpi": 96, "dpr": 1}
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
