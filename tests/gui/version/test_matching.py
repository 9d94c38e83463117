"""Pairs of old and new measures while the clerk looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.model import edit
from core.model.plan import Deadline, DeadlineKind
from core.office import bundled
from gui.version.matching import Fate, Matching
from gui.version.rows import counts, fate_words, line_row, other_changes, told


@pytest.fixture
def matching() -> Matching:
    """36 has another text, 32 stands behind 4, 2 is gone, one is new."""
    edited = edit.begin(bundled.load("guxian"))
    edited = edit.change_measure(edited, 36, text="完善行政执法人员心理咨询、健康筛查和危机干预机制。")
    edited = edit.move_measure(edited, 32, after=4, section=None, task=None)
    edited = edit.add_measure(edited, 20, text="建立涉企行政检查扫码入企制度。")
    edited = edit.delete_measure(edited, 2)
    return Matching(bundled.load("guxian"), edited.plan)


def of(matching: Matching, fate: Fate) -> list[tuple[int, int]]:
    return [line.key for line in matching.lines() if line.fate is fate]


def test_it_begins_with_what_the_texts_tell(matching: Matching) -> None:
    assert of(matching, Fate.CHANGED) == [(36, 36)]
    assert of(matching, Fate.MOVED) == [(32, 4)]
    assert of(matching, Fate.CAME) == [(0, 20)]
    assert of(matching, Fate.WENT) == [(2, 0)]
    assert matching.open == 4
    assert counts(matching.difference, matching).endswith("改动 1，移动 1，新增 1，删去 1。还有 4 项待确认。")


def test_what_is_parted_left_and_came_and_can_be_joined_again(matching: Matching) -> None:
    line = next(line for line in matching.lines() if line.fate is Fate.CHANGED)

    matching.part(line)

    assert (36, 0) in of(matching, Fate.WENT)
    assert (0, 36) in of(matching, Fate.CAME)
    came = next(line for line in matching.lines() if line.key == (0, 36))
    assert [measure.no for measure in matching.candidates(came)] == [2, 36]
    matching.join(36, 36)
    assert of(matching, Fate.CHANGED) == [(36, 36)]
    assert matching.open == 3


def test_what_left_can_go_into_one_that_goes_on(matching: Matching) -> None:
    gone = next(line for line in matching.lines() if line.fate is Fate.WENT)
    assert matching.heirs(gone)[0].no in {kept.new for kept in matching.difference.kept}

    matching.merge(2, 1)

    merged = next(line for line in matching.lines() if line.fate is Fate.MERGED)
    assert (fate_words(merged), merged.is_open) == ("并入（1）", False)
    matching.part(merged)
    assert of(matching, Fate.WENT) == [(2, 0)]


def test_a_merge_goes_with_the_pair_it_hangs_on(matching: Matching) -> None:
    matching.merge(2, 1)
    matching.part(next(line for line in matching.lines() if line.key == (1, 1)))

    assert matching.merged == {}


def test_a_phrase_that_is_understood_in_another_way_says_both_readings() -> None:
    plan = bundled.load("guxian")
    day = (Deadline(DeadlineKind.BY, date(2025, 1, 31)),)
    read = replace(plan, measures=(replace(plan.measures[0], deadlines=day), *plan.measures[1:]))

    line = Matching(plan, read).lines()[0]

    assert fate_words(line) == "改动：时限"
    assert other_changes(line) == "完成时限：2024年底前，读作2024-12-31 → 2024年底前，读作2025-01-31"


def test_rows_say_it_in_words(matching: Matching) -> None:
    rows = {line.key: line_row(line) for line in matching.lines()}

    assert rows[36, 36][1:] == ("（36）", "改动：文字", "待确认")
    assert rows[1, 1][2:] == ("未变", "")
    assert rows[2, 0][1:] == ("（2）", "删去", "待确认")
    assert all(not told(line) for line in matching.lines() if not line.is_hint)
