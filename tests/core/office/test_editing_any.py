"""Whatever is edited: the file holds the plan as it was edited, and what was said before came true."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import KnownError
from core.job import Job
from core.ledger.expand import responsibilities
from core.model import edit
from core.model.edit import Edited
from core.model.ledger import EntryState
from core.model.plan import Plan
from core.office import check, editing, files, former, overview, progress
from core.office.editing import EditKind
from core.office.form_value import FormValue
from core.store import journal, obligations, plans, units
from core.store.database import Store
from tests.examples import examples

OWED = set[tuple[int, str]]


def plan(store: Store) -> Plan:
    with store.reading() as db:
        return plans.load(db, overview.plan_row(store, None).id)


def owed(store: Store) -> OWED:
    with store.reading() as db:
        return {(o.measure, o.unit) for o in obligations.of_plan(db, overview.plan_row(store, None).id)}


def entries(store: Store) -> int:
    """How many entries the rules see."""
    view = overview.overview(store, None, date(2025, 1, 1))
    active = {item.id for item in view.obligations}
    return sum(len(records) for key, records in view.progress.items() if key in active)


ACTS = ["add", "delete", "split", "merge", "move", "division", "section", "task", "carry"]


def act(e: Edited, data: st.DataObject) -> Edited:
    count = len(e.plan.measures)
    no, other = data.draw(st.integers(1, count)), data.draw(st.integers(1, count))
    section = data.draw(st.sampled_from([s.no for s in e.plan.sections]))
    match data.draw(st.sampled_from(ACTS)):
        case "add":
            return edit.change_measure(edit.add_measure(e, no, text="新增。"), no + 1, responsible=("新单位", "各村"))
        case "delete":
            return edit.delete_measure(e, no)
        case "split":
            return edit.split_measure(e, no, len(e.measure(no).text) // 2)
        case "merge":
            return edit.merge_measures(e, no, other)
        case "move":
            there = e.measure(other)
            return edit.move_measure(e, no, after=other, section=there.section, task=there.task)
        case "division":
            return edit.change_measure(e, no, responsible=("财政局", "新单位"), lead=(), division_raw="财政局、新单位")
        case "section":
            return edit.delete_section(e, section)
        case "task":
            return edit.add_task(e, None, section, "", "新任务")
    return edit.move_section(e, section, None)


def edited(e: Edited, data: st.DataObject) -> Edited:
    for _ in range(data.draw(st.integers(1, 5))):
        try:
            e = act(e, data)
        except KnownError:
            continue
        if len(e.plan.sections) < 2:
            break
    return e


@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_what_is_said_before_comes_true(guxian_template: Path, data: st.DataObject) -> None:
    """Plan, obligations, hidden entries, journal and the file itself, after two edits one behind the other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.db"
        shutil.copyfile(guxian_template, path)
        with closing(files.open_ledger(path)) as store:
            for no in range(1, 39, 3):
                row = overview.overview(store, None, date(2025, 1, 1)).of_measure(no)[0]
                progress.save(store, row.id, "2024Q4", FormValue(EntryState.IN_PROGRESS, text=f"{no}"))
            for kind in EditKind:
                _apply_and_compare(store, edited(edit.begin(plan(store)), data), kind)
            assert check.check(store, Job()) == ()
            assert len(former.former_measures(store, None)) + len(plan(store).measures) >= 38


def _apply_and_compare(store: Store, e: Edited, kind: EditKind) -> None:
    before, entries_before, effect = owed(store), entries(store), editing.effect_of(store, None, e)
    editing.apply_edit(store, None, e, kind=kind, basis="〔2025〕3号")

    goes_on = {origin[0]: no for no, origin in enumerate(e.origin, 1) if origin}
    kept = {(goes_on[no], unit) for no, unit in before - set(effect.gone)}
    assert plan(store) == e.plan
    assert owed(store) == kept | set(effect.appear)
    assert entries(store) == entries_before - sum(hidden.entries for hidden in effect.hidden)
    with store.reading() as db:
        register = units.load(db)
        assert list(journal.broken(db)) == []
    standing = e.plan.document.standing
    assert owed(store) == {
        (m.no, part.unit) for m in e.plan.measures for part in responsibilities(m, standing, register)
    }
