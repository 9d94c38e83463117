"""The words above and in the place of a return's fields."""

from __future__ import annotations

from core.exchange.returned import SheetProblem
from core.model.plan import Severity
from core.office.collected import CollectedFile, Verdict
from gui.pages.exchange.pane_words import nothing_words


def _duplicate(*problems: SheetProblem) -> CollectedFile:
    return CollectedFile(
        0, "甲.xlsx", "甲.xlsx", "", "a" * 64, 9, None, Verdict.DUPLICATE, problems=problems, received_id=1
    )


def test_what_is_not_in_the_ledger_is_not_said_to_be():
    error = SheetProblem(Severity.ERROR, "看不懂这个日期", 6, "G", "2024.13.5")
    assert nothing_words(_duplicate(), is_back=False) == "这份表的内容都在台账里了，没有要写入的改动。"
    assert nothing_words(_duplicate(error), is_back=False) == "除下面的 1 处问题外，这份表的内容都在台账里了。"
