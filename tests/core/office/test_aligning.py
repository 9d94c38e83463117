"""对照上级: suggestions for two plans of the file or a bundled superior, and the clerk's decisions kept."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.model import edit
from core.model.alignment import Decision
from core.office import aligning, bundled, check, editing, measures, reading, undo
from core.office.changes import Changes
from core.office.editing import EditKind
from core.store import plans
from core.store.database import Store

_DAY = date(2025, 1, 10)


@pytest.fixture
def city(store: Store) -> str:
    """定西市's plan in the same file; gives its key."""
    return reading.import_plan(store, bundled.load("dingxi"), None, Job()).key


def line(found: aligning.Aligned, no: int) -> aligning.Line:
    return next(line for line in found.lines if line.superior.no == no)


def owns(found: aligning.Aligned, no: int) -> list[tuple[int, Decision | None]]:
    return [(answer.own, answer.decision) for answer in line(found, no).answers]


@pytest.mark.parametrize("superior", ["dingxi", "p2"])
def test_the_superior_is_a_bundled_plan_or_one_of_the_file(store: Store, city: str, superior: str) -> None:
    found = aligning.aligned(store, superior)

    assert city == "p2"
    assert (found.own.key, len(found.lines)) == ("guxian", 71)
    assert owns(found, 64) == [(32, None)]
    assert 14 in found.unanswering
    assert set(found.unanswered) == {line.superior.no for line in found.lines if not line.answers}


def test_ours_is_the_first_other_plan(store: Store, city: str) -> None:
    assert aligning.aligned(store, "guxian").own.key == city


def test_what_cannot_be_held_against_each_other_is_said(store: Store) -> None:
    with pytest.raises(InvalidError, match="没有可以对照的本级方案"):
        aligning.aligned(store, "guxian")
    with pytest.raises(InvalidError, match="不能与自己对照"):
        aligning.aligned(store, "guxian", "guxian")
    with pytest.raises(NotFoundError, match="没有方案“长安”"):
        aligning.aligned(store, "长安")
    with pytest.raises(NotFoundError, match="上级方案中没有第 72 项"):
        aligning.decide(store, "dingxi", [(72, 1)], Decision.ADDED)
    with pytest.raises(NotFoundError, match="本级方案中没有第 39 项"):
        aligning.decide(store, "dingxi", [(1, 39)], Decision.ADDED)


def test_the_plans_to_choose_from_are_those_of_the_file_then_those_in_the_box(store: Store, city: str) -> None:
    """Ours is a county's: of the box the cities come first, the district last."""
    keys = [superior.key for superior in aligning.superiors(store)]

    assert keys == [city, "dingxi", "suizhou", "qinzhou", "hongsibu"]


@pytest.mark.parametrize("superior", ["dingxi", "p2"])
def test_decisions_are_kept_and_stand_before_what_is_only_suggested(store: Store, city: str, superior: str) -> None:
    assert aligning.decide(store, superior, [(64, 32), (65, 33)], Decision.ACCEPTED) == Changes(frozenset({32, 33}))
    aligning.decide(store, superior, [(18, 26)], Decision.ADDED)
    aligning.decide(store, superior, [(18, 8)], Decision.REJECTED)

    found = aligning.aligned(store, superior)

    assert owns(found, 64) == [(32, Decision.ACCEPTED)]
    assert owns(found, 18) == [(26, Decision.ADDED), (7, None)]
    assert line(found, 18).rejected == (8,)
    assert aligning.answers_of(store, superior) == {18: (26,), 64: (32,), 65: (33,)}
    assert not check.check(store, Job())


def test_a_rejected_answer_leaves_its_place_to_none(store: Store) -> None:
    aligning.decide(store, "dingxi", [(64, 32)], Decision.REJECTED)

    found = aligning.aligned(store, "dingxi")

    assert 64 in found.unanswered
    assert 32 not in [answer.own for each in found.lines for answer in each.answers if each.superior.no == 64]


def test_a_decision_is_journaled_in_words_and_can_be_undone(store: Store) -> None:
    aligning.decide(store, "dingxi", [(64, 32)], Decision.ACCEPTED)
    aligning.decide(store, "dingxi", [(64, 32)], Decision.REJECTED)
    assert measures.measure_detail(store, None, 32, _DAY).history[0].text == (
        "对照上级：第32项，定西市第64项。对照 采纳 → 不采纳"
    )

    undo.undo(store)
    assert aligning.answers_of(store, "dingxi") == {64: (32,)}
    undo.undo(store)
    assert aligning.answers_of(store, "dingxi") == {}
    undo.redo(store)
    assert aligning.answers_of(store, "dingxi") == {64: (32,)}


def test_a_decision_taken_back_leaves_only_the_suggestion(store: Store) -> None:
    aligning.decide(store, "dingxi", [(64, 32)], Decision.ACCEPTED)
    aligning.decide(store, "dingxi", [(64, 32)], None)

    assert owns(aligning.aligned(store, "dingxi"), 64) == [(32, None)]
    assert aligning.decide(store, "dingxi", [(64, 32)], None) == Changes()


def test_decisions_follow_measures_to_other_numbers_and_into_others(store: Store, city: str) -> None:
    aligning.decide(store, city, [(64, 32), (65, 33)], Decision.ACCEPTED)
    with store.reading() as db:
        own = plans.load(db, 1)
    edited = edit.merge_measures(edit.delete_measure(edit.begin(own), 1), 31, 32)

    editing.apply_edit(store, None, edited, kind=EditKind.CORRECTION)

    assert aligning.answers_of(store, city) == {64: (31,), 65: (31,)}
    aligning.decide(store, city, [(65, 31)], Decision.REJECTED)
    assert aligning.answers_of(store, city) == {64: (31,)}


def test_conflicts_are_those_of_what_was_decided(store: Store) -> None:
    """定西 4 is due 2023: ours of mid 2024 is late; 6 asks for 40 hours, ours names none."""
    found = aligning.aligned(store, "dingxi")
    assert [c.text for c in line(found, 4).conflicts] == ["我方2024年6月30日完成，上级要求2023年12月31日前完成"]
    assert "上级要求“不少于40学时”，我方没有写明" in [c.text for c in line(found, 6).conflicts]
    assert not line(found, 3).conflicts

    aligning.decide(store, "dingxi", [(4, 25)], Decision.ADDED)

    (late,) = line(aligning.aligned(store, "dingxi"), 4).conflicts
    assert late.own == 25


def test_to_add_one_the_nearest_come_first(store: Store) -> None:
    found = aligning.aligned(store, "dingxi")

    assert 23 in aligning.nearest(found, 32)[:3]
    assert 32 not in aligning.nearest(found, 64)
    assert len(aligning.nearest(found, 64)) == 37


def test_plans_that_stay_as_they_are_are_compared_once(store: Store) -> None:
    first = aligning.aligned(store, "dingxi")
    aligning.decide(store, "dingxi", [(64, 32)], Decision.REJECTED)

    again = aligning.aligned(store, "dingxi", before=first)
    other = aligning.aligned(store, "qinzhou", before=first)

    assert again.compared is first.compared
    assert line(again, 64).rejected == (32,)
    assert other.compared is not first.compared
