"""Makes readings.txt, by hand: `uv run --group pinyin resources/pinyin/make_pinyin.py`.

One line a syllable without tone (ü as v), then the characters of which it is the first reading, then those of which it
is a further one (or -): the search takes 行 for xing and for hang. Characters are those of GBK that pypinyin knows.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

TARGET = Path(__file__).with_name("readings.txt")
SECOND_SPELLINGS = {"lve": "lue", "nve": "nue"}


def main() -> None:
    """Write the table."""
    first: dict[str, set[str]] = defaultdict(set)
    further: dict[str, set[str]] = defaultdict(set)
    for code, readings in PINYIN_DICT.items():
        char = chr(code)
        if not "\u4e00" <= char <= "\u9fff" or not char.encode("gbk", "ignore"):
            continue
        syllables = dict.fromkeys(to_normal(reading, v_to_u=False) for reading in readings.split(","))
        for place, syllable in enumerate(syllables):
            (further if place else first)[syllable].add(char)
            if syllable in SECOND_SPELLINGS:
                further[SECOND_SPELLINGS[syllable]].add(char)
    lines = (
        f"{syllable} {''.join(sorted(first[syllable])) or '-'} {''.join(sorted(further[syllable])) or '-'}\n"
        for syllable in sorted({*first, *further})
        if syllable.isascii() and syllable.isalpha()
    )
    TARGET.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
