"""Letters that stand for Chinese characters: czj, caizhengju and caizj all find 财政局, 财zj too.

The table of readings knows every reading of a character, so that 行, 长 or the 洞 of 洪洞 are found by each of theirs;
no dictionary of words is needed to choose one. How it is made: resources/pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from core import paths

_RUNS = re.compile(r"[a-z]+|[^a-z]+")
_DIGRAPHS = ("zh", "ch", "sh")
_MOST_WAYS = 6
"""Ways to cut a run of letters into syllables that are tried; xian is two of them."""
_MOST_CUTS = 64
_MOST_LETTERS = 32
_VOWELS = frozenset("aeiouv")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a word: a pattern; in small letters the word itself (``word``), or for pinyin the first letters of
    what it finds (``letters``, see ``first_letters``).
    """

    pattern: re.Pattern[str]
    word: str | None = None
    letters: str = ""


def ways(word: str, alphabet: frozenset[str]) -> tuple[Way, ...]:
    """What finds a word in a text, the word itself first, then what its letters may stand for.

    ``alphabet``: the characters of the texts to be searched; others need not be looked for.
    """
    folded = word.lower()
    found = [Way(re.compile(re.escape(folded), re.IGNORECASE), word=folded)]
    runs = _RUNS.findall(folded)
    if len(folded) > _MOST_LETTERS or not any(map(_are_letters, runs)):
        return tuple(found)
    cut = [_ways(run) if _are_letters(run) else ((run,),) for run in runs]
    for parts in islice(product(*cut), _MOST_WAYS):
        classes = [part for tokens in parts for part in _classes(tokens, alphabet)]
        if all(classes):
            first = "".join(token[0] if _are_letters(token) else token for tokens in parts for token in tokens)
            found.append(Way(re.compile("".join(classes)), letters=first))
    return tuple(found)


@lru_cache(maxsize=64)
def _ways(letters: str) -> tuple[tuple[str, ...], ...]:
    """Cuts of letters: into first letters alone, then into syllables, the longest first.

    Where all of it is syllables (the last one may be unfinished), cuts with single letters among them are left out.
    """
    table = _table()
    cuts = list(islice(_cuts(letters), _MOST_CUTS))
    whole = [cut for cut in cuts if all(token in table for token in cut[:-1])]
    found = dict.fromkeys((whole or sorted(cuts, key=len))[: _MOST_WAYS - 1])
    single = tuple(letters)
    return tuple({single: None, **found} if all(map(_is_begin, single)) else found)


def _cuts(letters: str) -> Iterator[tuple[str, ...]]:
    if not letters:
        yield ()
        return
    if _is_begin(letters):
        yield (letters,)
    for length in range(min(6, len(letters) - 1), 0, -1):
        head = letters[:length]
        if head in _table() or head in _DIGRAPHS or (length == 1 and _is_begin(head)):
            for rest in _cuts(letters[length:]):
                yield (head, *rest)


def _classes(tokens: tuple[str, ...], alphabet: frozenset[str]) -> Iterator[str]:
    """For each token of a run the part of the pattern; empty where no character of the alphabet fits."""
    for place, token in enumerate(tokens):
        if not _are_letters(token):
            yield re.escape(token)
            continue
        is_whole = token in _table() and place < len(tokens) - 1 and len(token) > 1
        kept = "".join(sorted((_table()[token] if is_whole else _beginning(token)) & alphabet))
        yield f"[{kept}]" if kept else ""


def _are_letters(run: str) -> bool:
    return run.isascii() and run.isalpha()


def _is_begin(letters: str) -> bool:
    return bool(_beginning(letters))


@lru_cache(maxsize=512)
def _beginning(letters: str) -> frozenset[str]:
    """The characters with a reading that begins so."""
    found: frozenset[str] = frozenset()
    return found.union(*(chars for syllable, chars in _table().items() if syllable.startswith(letters)))


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    """By syllable without tone, ü as v, the characters that are read so; hm and ng are cries, not what one types."""
    return {syllable: frozenset(first + further) for syllable, first, further in _lines()}


@lru_cache(maxsize=1)
def first_letters() -> tuple[dict[int, str], dict[int, str]]:
    """For str.translate: the first letter of the usual reading, and of another one where that begins otherwise."""
    usual = {ord(char): syllable[0] for syllable, first, _ in _lines() for char in first}
    other = {
        ord(char): syllable[0]
        for syllable, _, further in _lines()
        for char in further
        if usual.get(ord(char)) != syllable[0]
    }
    return usual, usual | other


def reading(char: str) -> str:
    """The usual reading of a character without its tone, ü as v; empty for what is none."""
    return _usual_readings().get(char, "")


@lru_cache(maxsize=1)
def _usual_readings() -> dict[str, str]:
    return {char: syllable for syllable, first, _ in _lines() for char in first}


def _lines() -> Iterator[tuple[str, str, str]]:
    text = (paths.RESOURCES / "pinyin" / "readings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        syllable, first, further = line.split(" ")
        if not _VOWELS.isdisjoint(syllable):
            yield syllable, first.replace("-", ""), further.replace("-", "")
