"""`python -m tests.seeds FOLDER`: each bundled text against the published text it was entered from.

FOLDER holds the extracted texts of the documents (*.txt). A text counts as the same when it stands in its document
character by character, blanks, breaks, table marks and half-width forms aside. One that does not must say why in
the measure's note; the differences are printed for the eye. Exit code 1 when a difference has no note.
"""

from __future__ import annotations

import difflib
import re
import sys
import unicodedata
from pathlib import Path

from core.model.plan import Measure
from core.office import bundled

_TAGS = re.compile(r"<[^>]{0,20}>")
_BLANKS = re.compile(r"[\s\u00a0\u3000|#*]+")
_MARKS = str.maketrans({"，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "？": "?", "－": "-"})
_AROUND = 40


def plain(text: str) -> str:
    """What is compared: no tags, no blanks, one form of each mark."""
    folded = unicodedata.normalize("NFC", _TAGS.sub("", text)).translate(_MARKS)
    return _BLANKS.sub("", folded)


def main() -> int:
    """Compare all plans; gives the exit code."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    documents = {path: plain(path.read_text(encoding="utf-8")) for path in sorted(Path(sys.argv[1]).glob("*.txt"))}
    unexplained = 0
    for key in bundled.keys():  # noqa: SIM118 - a function
        plan = bundled.load(key)
        path, document = max(documents.items(), key=lambda item: _held(plan.measures, item[1]))
        different = [measure for measure in plan.measures if plain(measure.text) not in document]
        same = len(plan.measures) - len(different)
        print(f"{key}: {same} of {len(plan.measures)} texts stand in {path.name} character by character")
        for measure in different:
            unexplained += measure.note is None
            print(f"  {measure.no} {'noted' if measure.note else 'NOT NOTED'}: {_difference(measure, document)}")
    return int(unexplained > 0)


def _held(measures: tuple[Measure, ...], document: str) -> int:
    return sum(plain(measure.text) in document for measure in measures)


def _difference(measure: Measure, document: str) -> str:
    """Where the text leaves the document: entered → as the document has it."""
    text = plain(measure.text)
    begin = document.find(text[:8])
    if begin < 0:
        return "its beginning is not in the document"
    there = document[begin : begin + len(text) + _AROUND]
    parts = [
        f"“{there[c:d]}” → “{text[a:b]}”"
        for tag, a, b, c, d in difflib.SequenceMatcher(None, text, there, autojunk=False).get_opcodes()
        if tag != "equal" and a < len(text)
    ]
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
