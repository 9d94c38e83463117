"""Collectives become units: members by role, exceptions, collectives in collectives, units that have left."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.expand import responsibilities
from core.model.plan import Measure, Role
from core.model.units import Exemption, Register, Unit, UnitKind

GONE = date(2024, 5, 1)


def _group(name: str, *members: str, without: tuple[str, ...] = (), incomplete: bool = False) -> Unit:
    return Unit(
        name,
        UnitKind.GROUP,
        is_group=True,
        members=members,
        incomplete=incomplete,
        exceptions=tuple(Exemption(unit, "不负责") for unit in without),
    )


def _owed(register: Register, *names: str) -> list[str]:
    measure = Measure(no=1, label="（1）", section=None, task=None, text="做", responsible=names)
    return [part.unit for part in responsibilities(measure, (), register)]


def test_an_exception_is_not_owed() -> None:
    register = Register([Unit("甲"), Unit("乙"), _group("各局", "甲", "乙", without=("乙",))])

    assert _owed(register, "各局") == ["甲"]


def test_an_exception_is_known_by_its_alias() -> None:
    register = Register([Unit("甲"), Unit("乙", aliases=("乙局",)), _group("各局", "甲", "乙", without=("乙局",))])

    assert _owed(register, "各局") == ["甲"]


def test_a_unit_that_is_named_itself_owes_though_it_is_an_exception_of_the_collective() -> None:
    register = Register([Unit("甲"), Unit("乙"), _group("各局", "甲", "乙", without=("乙",))])

    assert _owed(register, "各局", "乙") == ["甲", "乙"]


def test_a_collective_in_a_collective_gives_its_members_but_the_exceptions_of_both() -> None:
    register = Register(
        [
            *(Unit(name) for name in "甲乙丙丁"),
            _group("各镇", "甲", "乙", "丙", without=("甲",)),
            _group("各单位", "各镇", "丁", without=("乙",)),
        ]
    )

    assert _owed(register, "各单位") == ["丙", "丁"]
    assert _owed(register, "各镇") == ["乙", "丙"]


def test_the_way_through_collectives_is_kept_from_the_printed_one_inwards() -> None:
    register = Register([Unit("甲"), _group("各镇", "甲"), _group("各单位", "各镇")])
    measure = Measure(no=1, label="（1）", section=None, task=None, text="做", lead=("各单位",))

    (part,) = responsibilities(measure, (), register)

    assert (part.unit, part.role, part.via) == ("甲", Role.LEAD, ("各单位", "各镇"))


def test_a_whole_collective_can_be_an_exception() -> None:
    register = Register(
        [Unit("甲"), Unit("乙"), _group("各镇", "甲"), _group("各单位", "各镇", "乙", without=("各镇",))]
    )

    assert _owed(register, "各单位") == ["乙"]


def test_a_collective_whose_members_are_all_exceptions_stands_for_itself_so_that_somebody_owes() -> None:
    register = Register([Unit("甲"), _group("各局", "甲", without=("甲",))])

    assert _owed(register, "各局") == ["各局"]


def test_an_incomplete_inner_collective_keeps_its_own_obligation() -> None:
    register = Register([Unit("甲"), _group("各镇", "甲", incomplete=True), _group("各单位", "各镇")])

    assert _owed(register, "各单位") == ["甲", "各镇"]


def test_a_unit_that_left_owes_nothing_by_name_or_through_a_collective() -> None:
    register = Register([Unit("甲", left_on=GONE), Unit("乙"), _group("各局", "甲", "乙")])

    assert _owed(register, "甲", "各局") == ["乙"]


def test_a_collective_that_left_gives_nobody() -> None:
    group = _group("各局", "甲")
    register = Register([Unit("甲"), Unit(group.name, group.kind, is_group=True, members=("甲",), left_on=GONE)])

    assert _owed(register, "各局") == []


def test_a_merged_unit_is_the_one_it_went_on_in() -> None:
    register = Register(
        [
            Unit("甲（已并入乙）", left_on=GONE, merged_into="乙"),
            Unit("乙", aliases=("甲",)),
        ]
    )

    assert _owed(register, "甲") == ["乙"]


@pytest.mark.parametrize("first", ["各甲", "各乙"])
def test_collectives_that_hold_one_another_come_to_an_end(first: str) -> None:
    register = Register([Unit("丙"), _group("各甲", "各乙", "丙"), _group("各乙", "各甲")])

    assert _owed(register, first) == ["丙"]


@st.composite
def _registers(draw: st.DrawFn) -> Register:
    """Collectives that hold units and one another in any way, with any exceptions, whole or not."""
    groups = [f"各{n}" for n in range(draw(st.integers(1, 6)))]
    units = [f"局{n}" for n in range(draw(st.integers(0, 5)))]
    some = st.lists(st.sampled_from([*groups, *units]), max_size=8, unique=True)
    gone = draw(st.sets(st.sampled_from([*groups, *units])))
    made = [
        Unit(name, left_on=GONE if name in gone else None)
        if name in units
        else Unit(
            name,
            UnitKind.GROUP,
            is_group=True,
            members=tuple(draw(some)),
            exceptions=tuple(Exemption(unit, "理由") for unit in draw(some)),
            incomplete=draw(st.booleans()),
            left_on=GONE if name in gone else None,
        )
        for name in [*groups, *units]
    ]
    return Register(made)


@given(_registers())
def test_any_register_gives_each_unit_once_and_never_one_that_left(register: Register) -> None:
    for unit in register.units:
        owed = _owed(register, unit.name)

        assert len(owed) == len(set(owed))
        assert all(register.find(name).left_on is None for name in owed)  # type: ignore[union-attr]
        assert owed or unit.left_on is not None


@given(_registers())
def test_nobody_owes_through_a_collective_that_states_it_does_not_belong(register: Register) -> None:
    for group in register.present:
        direct = {item.unit for item in group.exceptions} - {group.name}

        assert not direct & set(_owed(register, group.name))


def test_thirty_collectives_with_two_ways_to_each_are_walked_once() -> None:
    groups = [_group(f"各{n}", f"各{n + 1}", f"左{n}", f"右{n}") for n in range(30)]
    sides = [_group(f"{side}{n}", f"各{n + 1}") for n in range(30) for side in "左右"]
    register = Register([*groups, *sides, _group("各30", "甲"), Unit("甲")])

    assert _owed(register, "各0") == ["甲"]
