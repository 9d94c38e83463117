"""What stands at a place of a finished PDF: the number under the pointer."""

from __future__ import annotations

from core.pdfium import PDFIUM

_OF_NUMBER = frozenset("0123456789.%/")
_NEAR = 4.0
"""Points around the pointer in which a character is still meant."""


def number_at(pdf: bytes, page: int, x: float, y: float) -> str:
    """The number whose print lies at ``x``, ``y`` (pt from the upper left corner) of page ``page`` (from 0), else "".

    A share comes with its 百分号 (15.8%), a part with its whole (19/27).
    """
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        text = sheet.get_textpage()
        place = text.get_index(x, sheet.get_height() - y, _NEAR, _NEAR)
        if place is None:
            return ""
        whole = text.get_text_range()
    return _number_around(whole, place)


def _number_around(text: str, place: int) -> str:
    """The run of figures that holds a place of a text."""
    if not 0 <= place < len(text) or text[place] not in _OF_NUMBER:
        return ""
    first, last = place, place
    while first > 0 and text[first - 1] in _OF_NUMBER:
        first -= 1
    while last + 1 < len(text) and text[last + 1] in _OF_NUMBER:
        last += 1
    found = text[first : last + 1].strip("./")
    return found if any(letter.isdigit() for letter in found) else ""
