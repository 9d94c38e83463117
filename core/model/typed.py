"""Text as a person typed or pasted it, without what no file of Office takes."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""What Word, PDF readers and old systems put between lines."""

_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters, byte order marks and halves of characters: no font shows them, no workbook may hold them."""


def typed(text: str) -> str:
    """The text with one kind of line break, without hidden characters and without blanks around it."""
    return writable(text).strip()


def writable(text: str) -> str:
    """The same with its blanks, for a file that takes no control characters."""
    return _HIDDEN.sub("", _BREAKS.sub("\n", text))
