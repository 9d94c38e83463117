"""Text as it is typed or pasted."""

from __future__ import annotations

import pytest

from core.model.typed import typed, writable


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  两端空格 \n", "两端空格"),
        ("一\r\n二\r三\x0b四\x0c五\u2028六", "一\n二\n三\n四\n五\n六"),
        ("空\x00字\x08符\x7f\x9f", "空字符"),
        ("\ufeff开头", "开头"),
        ("半\ud83d个", "半个"),
        ("😀𠮷保留\t制表", "😀𠮷保留\t制表"),
        ("\x01", ""),
    ],
)
def test_hidden_characters_go_and_line_breaks_are_of_one_kind(pasted: str, kept: str) -> None:
    """What a person sees stays as it is."""
    assert typed(pasted) == kept


def test_a_file_keeps_the_blanks() -> None:
    """Only what it cannot hold goes."""
    assert writable(" 一\x0b二 ") == " 一\n二 "
