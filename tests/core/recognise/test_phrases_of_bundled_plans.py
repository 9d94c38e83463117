"""Every phrase of the five bundled plans, entered by eye, must be understood as it was entered."""

from pathlib import Path

import pytest

from core.model import plan_json, units_json
from core.model.plan import Measure, Role
from core.model.units import Register
from core.recognise import deadline, division, target
from core.recognise.names import known_names, repair

DATA = Path(__file__).resolve().parents[3] / "data"
KEYS = ("guxian", "dingxi", "hongsibu", "suizhou", "qinzhou")


def _text(name: str) -> str:
    return (DATA / f"{name}.json").read_text(encoding="utf-8")


@pytest.fixture(name="plan", scope="module", params=KEYS)
def _plan(request):
    return plan_json.loads(_text(request.param)), Register(units_json.loads(_text(f"{request.param}.units")))


def _mended(names, register):
    known = known_names(register)
    return tuple(repair(name, known) or name for name in names)


def test_divisions(plan):
    plan, register = plan
    for measure in plan.measures:
        reading = division.understand(measure.division_raw)
        lists = (reading.lead, reading.responsible, reading.cooperating)
        assert tuple(_mended(names, register) for names in lists) == tuple(measure.names(role) for role in Role), (
            measure.no
        )
        assert not reading.left


def test_standing(plan):
    plan, _ = plan
    said = [unit for measure in plan.measures for unit in division.understand(measure.division_raw).standing]
    assert said == [standing.unit for standing in plan.document.standing]


def test_deadline_column(plan):
    """The parts entered are among those of the phrase; 古县 (7) and (8) each take one of two."""
    plan, _ = plan
    for measure in plan.measures:
        if measure.deadline_raw:
            reading = deadline.understand(measure.deadline_raw, issued=plan.document.date)
            assert set(measure.deadlines) <= set(reading.parts), measure.no
            assert len(measure.deadlines) == len(reading.parts) or any(part.scope for part in reading.parts)
            assert not reading.left


def test_deadlines_in_the_text(plan):
    plan, _ = plan
    for measure in plan.measures:
        if measure.deadline_raw is None:
            assert deadline.in_text(measure.text, issued=plan.document.date) == measure.deadlines, measure.no


def _figures(targets):
    return [(each.op, each.value, each.unit, each.period) for each in targets]


def test_targets(plan):
    plan, _ = plan
    for measure in plan.measures:
        assert _figures(target.in_text(measure.text)) == _figures(measure.targets), measure.no


def test_words_of_targets(plan):
    """The words of a target as entered, but for one whose subject the eye cut shorter (红寺堡 38)."""
    plan, _ = plan
    found = [each.text for measure in plan.measures for each in target.in_text(measure.text)]
    entered = [each.text for measure in plan.measures for each in measure.targets]
    assert all(mine.endswith(theirs) for mine, theirs in zip(found, entered, strict=True))


@pytest.mark.parametrize(
    "form", ["{text}（{phrase}）", "{text}\n（{phrase}）", "{text}〔{phrase}〕。", "{text}[{phrase}]"]
)
def test_phrases_behind_a_text_are_cut_off(plan, form):
    plan, _ = plan
    for measure in plan.measures:
        assert _cut(measure, form) == (measure.text, measure.division_raw.strip("、")), measure.no


def _cut(measure: Measure, form: str) -> tuple[str, str | None]:
    body, phrase, _ = division.find_inline(form.format(text=measure.text, phrase=measure.division_raw))
    return body, phrase


def test_texts_have_no_phrase_behind(plan):
    plan, _ = plan
    for measure in plan.measures:
        assert division.find_inline(measure.text) == (measure.text, None, None), measure.no
