"""Documents of a folder with their answers: one folder a document with meta.json (files → answer) and gold*.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.scoring.compare import Answer


def cases(folder: Path) -> Iterator[tuple[Path, list[Answer]]]:
    """Every document with its answers."""
    for meta in sorted(folder.glob("*/meta.json")):
        said = json.loads(meta.read_text(encoding="utf-8"))
        for name, gold in sorted(said["files"].items()):
            yield meta.parent / name, _answers(meta.parent / gold, either="table" in gold)


def _answers(path: Path, *, either: bool) -> list[Answer]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    return [_answer(raw, either=either) for raw in gold["measures"]]


def _answer(raw: dict[str, Any], *, either: bool) -> Answer:
    return Answer(
        raw["text"],
        raw["section"],
        raw["task"],
        frozenset(raw["lead"]),
        frozenset(raw["responsible"]),
        frozenset(raw["cooperating"]),
        raw["deadline_raw"],
        either=either,
    )


def dates_in(text: str) -> set[str]:
    """The last days that phrases like 2021年3月底前 name; for the eye, not for a figure."""
    return set(re.findall(r"\d{4}年(?:\d{1,2}月)?底前", text))
