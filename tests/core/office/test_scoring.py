"""考核评分 in a real file: what is counted, who is ranked, the table of rules."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import InvalidError, OutputError
from core.job import Job
from core.ledger.scoring import DONE_IN_TIME, DONE_LATE, EVIDENCE, OVERDUE, RETURNED_IN_TIME, SENT_BACK
from core.model.ledger import EntryState
from core.model.units import UnitKind
from core.office import overview, progress, reviewing, scoring, statistics
from core.office.form_value import FormValue
from core.office.scoring import DEFAULTS, ScoreLine, UnitScore
from core.store.database import Store

AS_OF = date(2025, 1, 10)
Q4 = "2024Q4"
UNIT = "财政局"


def _done(store: Store, measure: int, day: date, period: str = Q4, unit: str = UNIT) -> int:
    key = progress.find_obligation(store, None, measure, unit).id
    value = FormValue(EntryState.DONE, day, text="已完成。", received_on=day)
    progress.save(store, key, period, value)
    return key


def _of(found: tuple[UnitScore, ...], unit: str = UNIT) -> UnitScore:
    return next(score for score in found if score.unit == unit)


def _lines(score: UnitScore) -> dict[str, ScoreLine]:
    return {line.rule_key: line for line in score.lines}


def test_what_is_counted_of_a_unit(store: Store) -> None:
    """按期, 逾期完成 and 逾期未完成 of all that has come due; what was sent in by the cut-off of all that is expected."""
    in_time, late = _done(store, 1, date(2024, 12, 31)), _done(store, 2, date(2025, 1, 5))
    view = overview.overview(store, None, AS_OF)
    own = [view.statuses[item.id] for item in view.obligations if item.unit == UNIT]
    overdue = sum(status.overdue for status in own)

    score = _of(scoring.scores(store, None, AS_OF))

    lines = _lines(score)
    base = overdue + 2
    assert (lines[DONE_IN_TIME].count, lines[DONE_IN_TIME].base) == (1, base)
    assert lines[DONE_IN_TIME].points == round(50 / base, 2)
    assert lines[DONE_IN_TIME].obligations == (in_time,)
    assert (lines[DONE_LATE].count, lines[DONE_LATE].obligations) == (1, (late,))
    assert (lines[OVERDUE].count, lines[OVERDUE].points) == (overdue, max(-2 * overdue, -20))
    assert (lines[EVIDENCE].count, lines[EVIDENCE].base) == (0, base)
    assert (lines[RETURNED_IN_TIME].count, lines[RETURNED_IN_TIME].base) == (1, len(own))
    assert in_time not in lines[RETURNED_IN_TIME].obligations
    assert score.points == round(sum(line.points for line in score.lines), 2)


def test_a_period_counts_what_was_done_in_it(store: Store) -> None:
    """Without a period everything up to the date counts."""
    _done(store, 1, date(2024, 9, 30), "2024Q3")
    _done(store, 2, date(2024, 11, 2))

    of_period = _of(scoring.scores(store, None, AS_OF, period_key=Q4))
    whole = _of(scoring.scores(store, None, AS_OF))

    assert (_lines(of_period)[DONE_IN_TIME].count, _lines(whole)[DONE_IN_TIME].count) == (1, 2)


def test_what_was_sent_back_counts_also_when_it_was_corrected(store: Store) -> None:
    key = _done(store, 1, date(2024, 12, 1))
    reviewing.send_back(store, [key], Q4, "缺少签到表")
    progress.save(store, key, Q4, FormValue(EntryState.DONE, date(2024, 12, 1), text="已补签到表。"))
    today = date.today()

    line = _lines(_of(scoring.scores(store, None, today, period_key=Q4)))[SENT_BACK]
    other = _lines(_of(scoring.scores(store, None, today, period_key="2024Q3")))[SENT_BACK]

    assert (line.count, line.points, line.obligations) == (1, -1, (key,))
    assert other.count == 0


def test_courts_and_collectives_have_no_place(store: Store) -> None:
    """They come last, with the reason; the others are best first and equals share the place."""
    _done(store, 1, date(2024, 12, 1))
    found = scoring.scores(store, None, AS_OF)

    ranked = [score for score in found if score.ranked]
    rest = found[len(ranked) :]
    assert [score.points for score in ranked] == sorted((s.points for s in ranked), reverse=True)
    for before, after in itertools.pairwise(ranked):
        assert (before.position == after.position) == (before.points == after.points)
    assert {score.kind for score in rest} == {UnitKind.DISCIPLINE_JUSTICE, UnitKind.GROUP}
    assert all(score.position is None and score.why_not for score in rest)


def test_a_unit_with_nothing_due_does_not_stand_first(store: Store) -> None:
    """Before the first cut-off most owe nothing yet: no place, with the reason; of who did something it counts whole."""
    early = date(2024, 6, 25)
    _done(store, 1, date(2024, 6, 20), "2024Q2")

    found = scoring.scores(store, None, early)

    waiting = [score for score in found if score.why_not == scoring.NOTHING_DUE]
    assert waiting
    assert all(score.position is None and score.points <= 0 for score in waiting)
    best = _of(found)
    assert (best.position, best.points) == (1, 71.43)
    assert scoring.left_out_words(best) == "按时报送：没有应报（到期）的事项，不计此项，其余按比例折算"


def test_courts_are_ranked_where_the_office_wants_it(store: Store) -> None:
    """In the scores and in the statistics; collectives never."""
    _done(store, 1, date(2024, 12, 1))
    court = next(s.unit for s in scoring.scores(store, None, AS_OF) if s.kind is UnitKind.DISCIPLINE_JUSTICE)
    assert not next(u for u in statistics.statistics(store, None, AS_OF).units if u.unit == court).ranked

    scoring.save_score_rules(store, DEFAULTS, justice=True)

    assert _of(scoring.scores(store, None, AS_OF), court).position is not None
    figures = {u.unit: u for u in statistics.statistics(store, None, AS_OF).units}
    assert figures[court].position is not None
    assert {u.kind for u in figures.values() if not u.ranked} == {UnitKind.GROUP}


def test_the_table_of_rules_is_kept_and_journaled(store: Store) -> None:
    """Only what changed is named; saving the same again writes nothing."""
    rules = [replace(r, points=-5, cap=None) if r.key == OVERDUE else r for r in DEFAULTS]
    rules = [replace(r, active=False) if r.key == EVIDENCE else r for r in rules]

    scoring.save_score_rules(store, rules)
    scoring.save_score_rules(store, rules)

    assert scoring.score_rules(store) == tuple(rules)
    rows = store.db.execute("SELECT before, after FROM journal WHERE action = '修改评分规则'").fetchall()
    assert len(rows) == 1
    before, after = map(json.loads, rows[0])
    assert before == {"逾期未完成": "每项-2分，上限20分", "佐证材料": "按比率20分，不设上限"}
    assert after == {"逾期未完成": "每项-5分，不设上限", "佐证材料": "停用"}
    assert EVIDENCE not in _lines(_of(scoring.scores(store, None, AS_OF)))


@pytest.mark.parametrize(
    "change",
    [{"points": float("nan")}, {"points": float("inf")}, {"points": 1001}, {"cap": -1}, {"per": "每次"}],
)
def test_a_table_that_makes_no_sense_is_refused(store: Store, change: dict[str, object]) -> None:
    rules = (replace(DEFAULTS[0], **change), *DEFAULTS[1:])  # type: ignore[arg-type]

    with pytest.raises(InvalidError) as caught:
        scoring.save_score_rules(store, rules)

    assert caught.value.field == DEFAULTS[0].key
    with pytest.raises(InvalidError):
        scoring.save_score_rules(store, DEFAULTS[:-1])
    assert scoring.score_rules(store) == DEFAULTS


def test_scores_as_a_workbook(store: Store, ledger: Path, tmp_path: Path) -> None:
    """Points are numbers that can be added up; the rules stand on a sheet of their own."""
    path = tmp_path / "评分.xlsx"
    found = scoring.scores(store, None, AS_OF, period_key=Q4)

    written = scoring.export_scores(store, None, AS_OF, path, Job(), period_key=Q4)

    book = load_workbook(path)
    table = list(book["考核评分"].iter_rows(min_row=2, values_only=True))
    assert written.units == len(found) == len(table) - 1
    assert table[0] == ("名次", "单位", *(rule.title for rule in DEFAULTS), "合计", "说明")
    assert [row[1] for row in table[1:]] == [score.unit for score in found]
    assert [row[-2] for row in table[1:]] == [score.points for score in found]
    assert [row[0] for row in book["评分规则"].iter_rows(min_row=3, values_only=True)] == [r.title for r in DEFAULTS]
    with pytest.raises(OutputError):
        scoring.export_scores(store, None, AS_OF, ledger, Job())
