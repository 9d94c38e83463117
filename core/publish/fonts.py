"""The five faces of an official document: their official names, and the files that stand in for them on a machine.

XLSX and DOCX only name a face. A PDF embeds one: the official face where the machine has it as TrueType, else the
bundled free one of resources/fonts, and the clerk is told which were replaced. A character that a face lacks
(仿宋_GB2312 holds 6,763) is taken from the next face that has it, never drawn as a box.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from core import paths
from core.errors import OutputError
from core.publish.truetype import NotTrueTypeError, TrueTypeFile


class Face(StrEnum):
    """A face by its role; the value is the official name that XLSX and DOCX write."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    HEAD = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"


@dataclass(frozen=True, slots=True)
class _Search:
    """How a face is found: names that are as good as the official one, words in file names, the bundled file."""

    names: tuple[str, ...]
    files: tuple[str, ...]
    bundled: str


_SEARCH = {
    Face.TITLE: _Search(
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
        ("fzxbs", "小标宋", "xiaobiaosong"),
        "TaizhangXiaoBiaoSong.ttf",
    ),
    Face.BODY: _Search(
        ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"), ("simfang", "fangsong", "仿宋"), "TaizhangFangSong.ttf"
    ),
    Face.HEAD: _Search(("黑体", "SimHei"), ("simhei", "黑体"), "TaizhangHei.ttf"),
    Face.KAI: _Search(("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"), ("simkai", "kaiti", "楷体"), "TaizhangKai.ttf"),
    Face.SONG: _Search(("宋体", "SimSun"), ("simsun", "宋体"), "TaizhangSong.ttf"),
}
_RARE = "TaizhangRare.ttf"
_FILE = itemgetter(0)
_MISSING = "〓"
"""What Chinese printers set for a character that no fount has."""


class FontFile:
    """One face ready to measure: a file, and the widths of its characters in em, read once."""

    def __init__(self, file: TrueTypeFile) -> None:
        """Wrap an opened file."""
        self.file = file
        self.key = f"{file.path}#{file.index}"
        self._widths: dict[str, float | None] = {}

    def width(self, character: str) -> float | None:
        """The advance in em, None when the face lacks the character."""
        if character not in self._widths:
            self._widths[character] = self.file.width(character)
        return self._widths[character]


class FontChain:
    """A face with the faces that help out behind it, first the one that is wanted."""

    def __init__(self, files: tuple[FontFile, ...]) -> None:
        """Keep the faces in their order; there is at least one."""
        self.files = files
        self._found: dict[str, tuple[FontFile, str, float]] = {}

    def width(self, text: str, size: float) -> float:
        """The width of a text in pt at ``size`` pt."""
        found = self._found
        try:
            return sum([found[character][2] for character in text]) * size
        except KeyError:
            return sum([self._find(character)[2] for character in text]) * size

    def runs(self, text: str) -> list[tuple[FontFile, str]]:
        """The text in runs of one face each; a character that no face has becomes 〓."""
        known = self._found
        try:
            found = [known[character] for character in text]
        except KeyError:
            found = [self._find(character) for character in text]
        return [(file, "".join([item[1] for item in run])) for file, run in groupby(found, key=_FILE)]

    def _find(self, character: str) -> tuple[FontFile, str, float]:
        if character not in self._found:
            self._found[character] = self._search(character)
        return self._found[character]

    def _search(self, character: str) -> tuple[FontFile, str, float]:
        for drawn in (character, _MISSING, " "):
            for file in self.files:
                width = file.width(drawn)
                if width is not None:
                    return file, drawn, width
        return self.files[0], "", 0.0


@dataclass(frozen=True, slots=True)
class Fonts:
    """The faces of this machine by role, and the official names that had to be replaced."""

    chains: dict[Face, FontChain]
    substituted: tuple[str, ...]

    def chain(self, face: Face) -> FontChain:
        """The face for a role."""
        return self.chains[face]

    def replaced(self, used: tuple[Face, ...]) -> tuple[str, ...]:
        """The official names among ``used`` that had to be replaced."""
        return tuple(face.value for face in used if face.value in self.substituted)


def machine_fonts() -> Fonts:
    """Find the five faces on this machine; searched once while the program runs.

    Raises OutputError when there is neither an official nor a bundled face.
    """
    return _fonts(paths.FONTS, _folders())


@lru_cache(maxsize=4)
def _fonts(bundled: Path, folders: tuple[Path, ...]) -> Fonts:
    candidates = list(_candidates(folders))
    own = {face: _opened(bundled / search.bundled) for face, search in _SEARCH.items()}
    found = {face: _on_machine(search, candidates) for face, search in _SEARCH.items()}
    helpers = [own[Face.BODY], own[Face.SONG], *found.values(), _opened(bundled / _RARE)]
    chains = {}
    for face in Face:
        order = [found[face] or own[face], own[face], *helpers]
        files = tuple(dict.fromkeys(file for file in order if file is not None))
        if not files:
            raise OutputError("缺少随附字体，无法排版。", hint="请重新安装本程序。", where=str(bundled))
        chains[face] = FontChain(files)
    return Fonts(chains, tuple(face.value for face in Face if found[face] is None))


def _opened(path: Path) -> FontFile | None:
    try:
        return FontFile(TrueTypeFile(path))
    except NotTrueTypeError:
        return None


def _on_machine(search: _Search, candidates: list[Path]) -> FontFile | None:
    """The machine's own file for a face: picked by file name, accepted by the names inside; best name first."""
    best: tuple[int, FontFile] | None = None
    for path in candidates:
        if not any(word in path.name.casefold() for word in search.files):
            continue
        for index in range(TrueTypeFile.faces(path)):
            try:
                file = TrueTypeFile(path, index)
            except NotTrueTypeError:
                continue
            ranks = [rank for rank, name in enumerate(search.names) if name in file.names]
            if ranks and (best is None or min(ranks) < best[0]):
                best = min(ranks), FontFile(file)
    return best[1] if best else None


def _candidates(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for root, _, names in os.walk(folder):
            yield from (Path(root, name) for name in sorted(names) if name.casefold().endswith((".ttf", ".ttc")))


def _folders() -> tuple[Path, ...]:
    """Where this system keeps fonts, for everybody and for this user."""
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        local = os.environ.get("LOCALAPPDATA")
        return (windows, Path(local) / "Microsoft" / "Windows" / "Fonts") if local else (windows,)
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    )
