"""What holds for every bundled plan and its register, and how much each of them has."""

import calendar
import re
from datetime import date
from pathlib import Path

import pytest

from core.model import plan_json, units_json
from core.model.plan import DeadlineKind, Measure, Plan, Role
from core.model.units import Register, UnitKind

DATA = Path(__file__).resolve().parents[2] / "data"
KEYS = sorted(path.stem for path in DATA.glob("*.json") if ".units" not in path.name)
COUNTS = {"guxian": (6, 20, 38), "dingxi": (6, 24, 71), "hongsibu": (6, 0, 43)}
"""Sections, tasks and measures."""
DATED = {DeadlineKind.BY, DeadlineKind.BY_THEN_ONGOING}
HALF_WIDTH = re.compile(r"[,;:!?()]")
BLANK = re.compile(r"\s")


def _text(key: str) -> str:
    return (DATA / f"{key}.json").read_text(encoding="utf-8")


@pytest.fixture(name="plan", params=KEYS)
def _plan(request: pytest.FixtureRequest) -> Plan:
    return plan_json.loads(_text(request.param))


@pytest.fixture(name="register", params=KEYS)
def _register(request: pytest.FixtureRequest) -> tuple[Plan, Register]:
    units = units_json.loads((DATA / f"{request.param}.units.json").read_text(encoding="utf-8"))
    return plan_json.loads(_text(request.param)), Register(units)


def _names(measure: Measure) -> list[str]:
    return [name for role in Role for name in measure.names(role)]


def _is_last_day(year: int, month: int, day: int, phrase: str) -> bool:
    """The last of its month, unless the phrase prints the day itself."""
    return day == calendar.monthrange(year, month)[1] or f"{month}月{day}日" in phrase


@pytest.mark.parametrize("key", KEYS)
def test_round_trip(key: str) -> None:
    """A plan is written as it was read."""
    assert plan_json.dumps(plan_json.loads(_text(key))) == _text(key)


@pytest.mark.parametrize("key", [key for key in COUNTS if key in KEYS])
def test_counts(key: str) -> None:
    """Nothing of the printed plan is missing."""
    plan = plan_json.loads(_text(key))

    assert (len(plan.sections), len(plan.tasks), len(plan.measures)) == COUNTS[key]


def test_dingxi_declares_its_counts() -> None:
    """Five of six section rows of 定西市 print how many measures they have; the first row is lost."""
    plan = plan_json.loads(_text("dingxi"))

    assert [section.declared_count for section in plan.sections] == [None, 21, 9, 11, 4, 10]
    assert [sum(m.task == task.no for m in plan.measures) for task in plan.tasks] == [
        *(3, 5, 1, 3, 4),
        *(3, 4, 3, 3, 2, 2, 3, 1),
        *(2, 3, 4),
        *(3, 3, 5),
        *(3, 1),
        *(4, 3, 3),
    ]


def test_hongsibu_has_no_tasks() -> None:
    """The measures of 红寺堡区 stand right under their sections."""
    plan = plan_json.loads(_text("hongsibu"))

    assert [sum(m.section == s.no for m in plan.measures) for s in plan.sections] == [7, 11, 8, 9, 1, 7]
    assert {m.task for m in plan.measures} == {None}


def test_numbers(plan: Plan) -> None:
    """Sections, tasks and measures are each numbered from 1 without a gap."""
    for rows in (plan.sections, plan.tasks, plan.measures):
        assert [row.no for row in rows] == list(range(1, len(rows) + 1))


def test_tree(plan: Plan) -> None:
    """Each measure stands in a known place, in printed order, and no place is empty."""
    section_of = {task.no: task.section for task in plan.tasks}

    for measure in plan.measures:
        assert measure.task is None or section_of[measure.task] == measure.section, measure.no
    places = [(m.section, m.task) for m in plan.measures]
    assert [no for no, _ in places if no is not None] == sorted(no for no, _ in places if no is not None)
    assert [no for _, no in places if no is not None] == sorted(no for _, no in places if no is not None)
    assert {s.no for s in plan.sections} == {section for section, _ in places if section is not None}
    assert set(section_of) == {task for _, task in places if task is not None}


def test_declared_counts(plan: Plan) -> None:
    """Where a section says how many measures it has, it has as many."""
    for section in plan.sections:
        counted = sum(measure.section == section.no for measure in plan.measures)
        assert section.declared_count in {None, counted}, section.title


def test_printed_texts_are_clean(plan: Plan) -> None:
    """No half-width punctuation and no blank is left from the extraction, and no label in a text or a title."""
    for row in (*plan.sections, *plan.tasks):
        assert not HALF_WIDTH.search(row.title), row
        assert not BLANK.search(row.title), row
        assert not row.label or not row.title.startswith(row.label), row
    for measure in plan.measures:
        assert not measure.label or not measure.text.startswith(measure.label), measure.no
        for printed in (measure.text, measure.division_raw or "", measure.deadline_raw or ""):
            assert not HALF_WIDTH.search(printed), measure.no
            assert not BLANK.search(printed), measure.no


def test_deadlines(plan: Plan) -> None:
    """A dated part holds a date, the last day of its period; a recurring one its rule; the others neither."""
    for measure in plan.measures:
        phrase = (measure.deadline_raw or "") + measure.text
        for part in measure.deadlines:
            assert (part.date is not None) == (part.kind in DATED), measure.no
            assert (part.recur is not None) == (part.kind is DeadlineKind.RECURRING), measure.no
            if part.date is not None:
                assert _is_last_day(part.date.year, part.date.month, part.date.day, phrase), measure.no
            if part.recur is not None:
                assert _is_rule(part.recur, phrase), measure.no


def _is_rule(recur: str, phrase: str) -> bool:
    if recur in {"yearly", "halfyearly", "quarterly", "monthly"}:
        return True
    day = date.fromisoformat(recur.replace("yearly", "2023"))  # no leap year: the end of February is written 28
    return _is_last_day(day.year, day.month, day.day, phrase)


def test_targets(plan: Plan) -> None:
    """A target is a figure that the measure itself prints."""
    for measure in plan.measures:
        for target in measure.targets:
            assert target.text in measure.text, measure.no
            assert target.op in {">=", "<=", "=", ">", "<"}, measure.no
            assert target.value is not None, measure.no


def test_what_is_to_verify_says_why(plan: Plan) -> None:
    """The clerk reads in the note what is to be compared with the print."""
    for measure in plan.measures:
        assert measure.note or not measure.to_verify, measure.no


def test_names_are_in_the_register(register: tuple[Plan, Register]) -> None:
    """Every unit of a measure is registered, and a measure names none twice."""
    plan, units = register
    for measure in plan.measures:
        found = [units.find(name) for name in _names(measure)]
        assert None not in found, (measure.no, _names(measure))
        assert len({unit.name for unit in found if unit}) == len(found), measure.no
    assert all(units.find(standing.unit) for standing in plan.document.standing)


def test_register(register: tuple[Plan, Register]) -> None:
    """No name stands for two units; only collectives have members, all registered; unknown members are said."""
    _, units = register
    written = [name for unit in units.units for name in (unit.name, *unit.aliases)]

    assert len(set(written)) == len(written)
    for unit in units.units:
        assert unit.is_group == (unit.kind is UnitKind.GROUP), unit.name
        assert unit.is_group or not unit.members, unit.name
        assert unit.incomplete or unit.members or not unit.is_group, unit.name
        assert set(unit.members) <= {known.name for known in units.units}, unit.name
