"""Sheets of several plans come back as they went out: parts, figures, notes, all states."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.model.ledger import EntryState
from core.model.plan import Measure
from core.office import bundled, files, progress
from core.office.form_value import FormValue, TargetValue
from core.office.forms import states_of
from core.office.overview import overview
from core.store import progress as rows
from core.store.database import Store
from tests.core.office.returned_files import PERIOD, collected, contents, file_of, filled, record_of, sent

OUT = EntryState.NOT_APPLICABLE


@pytest.fixture
def plan_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(files.create_ledger(tmp_path / "台账.db", request.param)) as opened:
        yield opened


def scopes_of(measure: Measure) -> tuple[str, ...]:
    return tuple(part.scope for part in measure.deadlines if part.scope) if len(measure.deadlines) > 1 else ()


def said(measure: Measure, number: int, part: str | None) -> FormValue:
    """Something else for each obligation; one in four has a note to its figures."""
    states = states_of(measure.deadlines)
    state = states[number % len(states)]
    return FormValue(
        state,
        date(2024, 11, 5) if state is EntryState.DONE else None,
        part,
        text="" if state is OUT else f"进展 {number}\n第二行，完成率 {number % 100}%",
        problems="问题一" if number % 2 else "",
        reason="不属于本单位" if state is OUT else "",
        targets=tuple(
            TargetValue(at, 45.5 + at if number % 2 else None, "缺一次集训" if number % 4 < 2 else "")
            for at, _ in enumerate(measure.targets)
        ),
    )


@pytest.mark.parametrize("plan_store", ["dingxi", "hongsibu", "suizhou"], indirect=True)
def test_what_nobody_touched_changes_nothing(plan_store: Store, tmp_path: Path) -> None:
    """Every obligation has an entry, some by 时限项; the sheets are only saved by another program."""
    store = plan_store
    view = overview(store, None, date(2024, 12, 31))
    for item in view.obligations[:: max(1, len(view.obligations) // 150)]:
        measure = view.measure(item.measure)
        for part in (None,) if item.id % 3 == 0 else scopes_of(measure) or (None,):
            progress.save(store, item.id, PERIOD, said(measure, item.id, part))
    paths = sent(store, tmp_path / "下发")
    for path in paths.values():
        openpyxl.load_workbook(path).save(path)
    before = contents(store)["progress"]

    found, accepted = collected(store, *paths.values())

    assert len(found.files) == len(paths)
    assert [(file.unit, diff) for file in found.files for diff in file.diffs] == []
    assert [(file.unit, file.problems) for file in found.files if file.errors] == []
    assert accepted.rows == 0
    assert contents(store)["progress"] == before


@pytest.mark.parametrize("plan_store", ["dingxi"], indirect=True)
def test_figures_and_parts_of_a_sheet_reach_their_record(plan_store: Store, tmp_path: Path) -> None:
    """A figure is written with its unit; of a measure in parts, the one that is named."""
    store = plan_store
    view = overview(store, None, date(2024, 12, 31))
    with_target = next(item for item in view.obligations if len(view.measure(item.measure).targets) == 1)
    target = view.measure(with_target.measure).targets[0]
    path = sent(store, tmp_path, with_target.unit)[with_target.unit]
    words = {"状态": "推进中", "工作进展": "培训一次", "指标完成值": f"12{target.unit or ''}"}
    filled(path, {with_target.measure: words})
    found, accepted = collected(store, path)
    assert (accepted.rows, file_of(found, with_target.unit).errors) == (1, 0), found.files[0].problems
    row = record_of(store, with_target.measure, with_target.unit)
    assert row is not None
    with store.reading() as db:
        assert [one.value for one in rows.reached(db, row.id)] == [12.0]


def test_a_part_that_is_named_has_its_own_record(tmp_path: Path) -> None:
    """In whichever bundled plan there is a measure of several parts."""
    for key in bundled.TITLES:
        store = files.create_ledger(tmp_path / key / "台账.db", key)
        with closing(store):
            view = overview(store, None, date(2024, 12, 31))
            item = next((one for one in view.obligations if scopes_of(view.measure(one.measure))), None)
            if item is None or item.is_group:
                continue
            part = scopes_of(view.measure(item.measure))[0]
            path = sent(store, tmp_path / key / "下发", item.unit)[item.unit]
            filled(path, {item.measure: {"状态": "推进中", "工作进展": "先做这一部分", "时限项": part}})
            _, accepted = collected(store, path)
            assert accepted.rows == 1
            assert record_of(store, item.measure, item.unit, part=part) is not None
            assert record_of(store, item.measure, item.unit) is None
            return
    pytest.fail("no bundled plan has a measure of several parts")
