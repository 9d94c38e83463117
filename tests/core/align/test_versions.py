"""Versions of one plan: what moved, changed, came and went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.align.versions import Field, as_edit, compare, difference, pairs
from core.model import edit
from core.model.edited import Edited
from core.model.plan import Deadline, DeadlineKind, Plan
from core.office import bundled

KEYS = bundled.keys()


def settled(key: str) -> Edited:
    return edit.begin(bundled.load(key))


def truth(edited: Edited) -> list[tuple[int, int]]:
    return sorted((origin[0], no) for no, origin in enumerate(edited.origin, 1) if origin)


@pytest.mark.parametrize("key", KEYS)
def test_the_same_version_changes_nothing(key: str) -> None:
    plan = bundled.load(key)

    found = compare(plan, plan)

    assert [(k.old, k.new, k.likeness) for k in found.kept] == [(m.no, m.no, 1.0) for m in plan.measures]
    assert (found.moved, found.changed, found.came, found.went) == ((), (), (), ())


def test_numbers_that_only_shift_are_no_move() -> None:
    old = settled("guxian")
    new = edit.delete_measure(old, 3)

    found = compare(old.plan, new.plan)

    assert (found.went, found.came, found.moved, found.changed) == ((3,), (), (), ())
    assert [(k.old, k.new) for k in found.kept] == truth(new)


def test_one_that_is_put_elsewhere_has_moved_and_no_other() -> None:
    old = settled("guxian")
    new = edit.move_measure(old, 32, after=4, section=None, task=None)

    found = compare(old.plan, new.plan)

    assert [(k.old, k.new) for k in found.moved] == [(32, 5)]
    assert found.changed == ()


def test_what_changed_is_named() -> None:
    old = settled("guxian")
    day = (Deadline(DeadlineKind.BY, date(2026, 6, 30)),)
    new = edit.change_measure(old, 4, deadline_raw="2026年6月底前", deadlines=day)
    new = edit.change_measure(new, 36, text="建立行政执法人员心理咨询服务、心理健康筛查和危机干预制度。")
    new = edit.change_measure(new, 37, responsible=("财政局",))

    found = compare(old.plan, new.plan)

    assert [(k.old, k.changed) for k in found.changed] == [
        (4, (Field.DEADLINE,)),
        (36, (Field.TEXT,)),
        (37, (Field.DIVISION,)),
    ]


def test_a_name_put_right_in_print_is_no_other_division() -> None:
    plan = bundled.load("guxian")
    assert plan.measures[0].division_raw == "各乡镇、各行政执单位"
    first = replace(plan.measures[0], division_raw="各乡镇、各行政执法单位")

    assert compare(plan, replace(plan, measures=(first, *plan.measures[1:]))).changed == ()


def test_one_that_came_and_one_that_went_are_not_taken_for_each_other() -> None:
    old = settled("guxian")
    new = edit.add_measure(edit.delete_measure(old, 14), 13, text="建立涉企行政检查备案制度，实行扫码入企。")

    found = compare(old.plan, new.plan)

    assert (found.went, found.came) == ((14,), (14,))


def test_a_measure_cut_in_two_and_two_made_one_are_told() -> None:
    old = settled("guxian")
    cut = edit.split_measure(old, 31, old.measure(31).text.index("注重"))
    merged = edit.merge_measures(old, 33, 32)

    split, joined = compare(old.plan, cut.plan), compare(old.plan, merged.plan)

    assert dict(split.came_from) in ({31: 31}, {32: 31})
    assert split.went == ()
    assert joined.came == ()
    assert list(joined.went_into.values()) == [32]


@pytest.mark.parametrize("key", KEYS)
def test_a_version_revised_in_every_fifth_measure_is_followed(key: str) -> None:
    """Every fifth text gets another beginning and another end, the first ten go behind the others, one goes."""
    edited = settled(key)
    for measure in edited.plan.measures[::5]:
        text = f"市县两级要{measure.text[4:-6]}，并于每季度末通报情况。"
        edited = edit.change_measure(edited, measure.no, text=text)
    edited = edit.delete_measure(edited, 12)
    last = len(edited.plan.measures)
    for _ in range(10):
        edited = edit.move_measure(edited, 1, after=last, section=None, task=None)

    assert list(pairs(bundled.load(key), edited.plan)) == truth(edited)


def test_the_clerk_s_pairs_stand_for_those_of_the_texts() -> None:
    plan = bundled.load("guxian")

    found = difference(plan, plan, [(1, 2)])

    assert [(k.old, k.new) for k in found.kept] == [(1, 2)]
    assert len(found.came) == len(found.went) == 37
    with pytest.raises(ValueError):
        difference(plan, plan, [(1, 2), (1, 3)])
    with pytest.raises(ValueError):
        difference(plan, plan, [(1, 39)])


def test_as_an_edit_it_has_the_old_numbers_of_what_goes_on() -> None:
    new = replace(bundled.load("guxian"), measures=bundled.load("guxian").measures[:3])

    assert as_edit(new, [(7, 1), (2, 3)], {9: 3}).origin == ((7,), (), (2, 9))


def test_empty_versions() -> None:
    plan = bundled.load("guxian")
    none: Plan = replace(plan, measures=())

    assert len(compare(plan, none).went) == 38
    assert len(compare(none, plan).came) == 38
