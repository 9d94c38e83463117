"""What the name of a file or folder says: the unit, the number of the evidence."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from core.exchange.known_names import unit_named
from core.exchange.returned import KnownLedger

_BY_CONVENTION = re.compile(r"(\d{1,3})\s*[-–—_]\s*\d{1,3}(?![\d月日])(?!\s*[-./_]\s*\d)")
_AS_PRINTED = re.compile(r"\((\d{1,3})\)")
_IN_WORDS = re.compile(r"措施\s*(\d{1,3})(?!\d)|第\s*(\d{1,3})\s*[项条号]")
_OF_A_FOLDER = re.compile(r"[\d年第一二三四季度月上下半中终期填报表佐证明材料送附件和及_\-\s()+.]*")
_SEPARATORS = " \t_-–—、，,.．()（）【】[]"


class UnitNames:
    """Finds units in names, as the register calls them."""

    def __init__(self, known: KnownLedger) -> None:
        """With names and aliases of the ledger."""
        self._known = known
        names = sorted(known.units.items(), key=lambda pair: (-len(pair[0]), pair[0]))
        self._names = [(plain(name), unit) for name, unit in names if len(name) > 1]
        """The longest first."""

    def of_a_folder(self, name: str) -> str | None:
        """The unit of a folder or zip called like it, with no more beside the name than what a return is called."""
        stem = plain(name)
        if stem.casefold().endswith(".zip"):
            stem = stem.rpartition(".")[0]
        if found := unit_named(stem, self._known):
            return found
        for known, unit in self._names:
            if known in stem and _OF_A_FOLDER.fullmatch(stem.replace(known, "", 1)):
                return unit
        return None

    def at_the_ends(self, stem: str) -> str | None:
        """The unit that a file name begins or ends with."""
        trimmed = stem.strip(_SEPARATORS)
        for known, unit in self._names:
            if trimmed.startswith(known) or trimmed.endswith(known):
                return unit
        return None

    def bare(self, stem: str) -> str:
        """A stem without the name of a unit before it."""
        trimmed = stem.lstrip(_SEPARATORS.replace("(", "").replace("（", ""))
        for known, _ in self._names:
            if trimmed.startswith(known):
                return trimmed.removeprefix(known).lstrip(_SEPARATORS.replace("(", ""))
        return trimmed


def number_in(stem: str) -> tuple[int, bool] | None:
    """The number of a measure at the beginning of a name, and whether it stands as the plan prints it: （4）."""
    if found := _AS_PRINTED.match(stem):
        return int(found[1]), True
    if found := _BY_CONVENTION.match(stem):
        return int(found[1]), False
    if found := _IN_WORDS.match(stem):
        return int(found[1] or found[2]), False
    return None


def stem_of(name: str) -> str:
    """A file name without its ending, half-width."""
    return plain(PurePath(name).stem)


def plain(text: str) -> str:
    """Half-width, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def begins_with(stem: str, token: str) -> bool:
    """Whether a name begins with a number of evidence and not with a longer one."""
    if not token or not stem.startswith(token):
        return False
    rest = stem.removeprefix(token)
    return not rest or not (rest[0].isdigit() and token[-1].isdigit())


def label_number(label: str) -> int | None:
    """The number in a printed label: 4 of （4）."""
    digits = "".join(letter for letter in plain(label) if letter.isdigit())
    return int(digits) if digits else None
