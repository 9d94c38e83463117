"""What a form holds beside state and words: figures of targets, who said it, how and when it came."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.errors import InvalidError
from core.job import Job
from core.model import edit
from core.model.edited import Edited
from core.model.ledger import EntryState
from core.model.plan import Target
from core.office import bundled, check, editing, enter_plan, form_value, forms, measures, obligations, progress
from core.office.changes import Changes
from core.office.editing import EditKind
from core.office.form_value import FormValue, TargetValue
from core.office.forms import FormTarget
from core.store import plans as plan_rows
from core.store.database import Store

Q4 = "2024Q4"
DAY = date(2025, 1, 10)
TODAY = datetime.now().astimezone().date()
HOURS = 7
"""定西市's measure 7 asks for 20 hours and for 30."""


@pytest.fixture
def trained(store: Store) -> int:
    """An obligation of 定西市's measure 7, the plan p2 of the file."""
    with store.transaction() as db:
        enter_plan.enter_plan(db, "p2", bundled.load("dingxi"))
    return obligations.list_obligations(store, "p2", DAY, measure=HOURS)[0].id


def begun(*targets: TargetValue, text: str = "") -> FormValue:
    return FormValue(EntryState.IN_PROGRESS, text=text, targets=targets)


def shown(store: Store, obligation: int) -> list[tuple[float | None, str, float | None]]:
    """(value, note, short) of each target."""
    return [(t.value, t.note, t.short) for t in forms.form(store, obligation, Q4, DAY).targets]


def newest(store: Store) -> str:
    return measures.measure_detail(store, "p2", HOURS, DAY).history[0].text


def edit_targets(store: Store, change: Callable[[tuple[Target, ...]], tuple[Target, ...]]) -> None:
    """勘误 of the targets of measure 7."""
    with store.reading() as db:
        plan = next(plan_rows.load(db, row.id) for row in plan_rows.listing(db) if row.key == "p2")
    before: Edited = edit.begin(plan)
    after = edit.change_measure(before, HOURS, targets=change(plan.measures[HOURS - 1].targets))
    editing.apply_edit(store, "p2", after, kind=EditKind.CORRECTION)


def test_a_form_shows_every_target_and_how_far_it_is(store: Store, trained: int) -> None:
    """Required beside reached; what nobody has said is empty."""
    first, second = forms.form(store, trained, Q4, DAY).targets
    assert (first.target.text, first.target.value, first.target.unit) == ("不少于20学时", 20, "学时")
    assert (first.value, first.note, first.short) == (None, "", None)

    progress.save(store, trained, Q4, begun(TargetValue(1, 22.5, " 缺一次集训 "), TargetValue(0, 20)))

    form = forms.form(store, trained, Q4, DAY)
    assert form.targets == (
        FormTarget(first.target, 20, "", 0),
        FormTarget(second.target, 22.5, "缺一次集训", 7.5),
    )
    assert form.value is not None
    assert form.value.targets == (TargetValue(0, 20), TargetValue(1, 22.5, "缺一次集训"))


def test_the_journal_tells_the_figures_with_their_units(store: Store, trained: int) -> None:
    """45.0 is 45; a change shows both."""
    progress.save(store, trained, Q4, begun(TargetValue(0, 15.0)))
    assert "量化指标 不少于20学时：15学时" in newest(store)

    progress.save(store, trained, Q4, begun(TargetValue(0, 20.5, "含网课"), TargetValue(1, None, "未开展")))

    assert "量化指标 不少于20学时：15学时 → 不少于20学时：20.5学时（含网课）；每年不少于30学时：未开展" in newest(store)
    assert check.check(store, Job()) == ()


def test_a_figure_taken_out_is_gone_and_told(store: Store, trained: int) -> None:
    """An empty field says nothing; the same again changes nothing."""
    progress.save(store, trained, Q4, begun(TargetValue(0, 15)))
    progress.save(store, trained, Q4, begun(TargetValue(0, None, " ")))

    assert shown(store, trained) == [(None, "", None), (None, "", None)]
    assert "量化指标 不少于20学时：15学时 → 无" in newest(store)
    assert progress.save(store, trained, Q4, begun()) == Changes()


def test_a_figure_follows_its_target_through_a_change_of_the_plan(store: Store, trained: int) -> None:
    """Other order, other words, gone: a figure never stands beside a target it was not said of."""
    progress.save(store, trained, Q4, begun(TargetValue(0, 15), TargetValue(1, 28)))

    edit_targets(store, lambda found: (found[1], found[0]))
    assert [row[0] for row in shown(store, trained)] == [28, 15]

    edit_targets(store, lambda found: (found[1], found[0]))
    edit_targets(store, lambda found: (found[0], replace(found[1], text="每年不少于40学时", value=40)))
    assert shown(store, trained) == [(15, "", 5), (28, "", 12)]

    edit_targets(store, lambda found: found[:1])
    assert [row[0] for row in shown(store, trained)] == [15]


@pytest.mark.parametrize("targets", [(TargetValue(2, 1.0),), (TargetValue(-1, 1.0),), (TargetValue(0, float("nan")),)])
def test_a_figure_needs_its_target_and_is_a_number(
    store: Store, trained: int, targets: tuple[TargetValue, ...]
) -> None:
    """Bound to its field, nothing written."""
    with pytest.raises(InvalidError) as caught:
        progress.save(store, trained, Q4, begun(*targets))

    assert caught.value.field == "targets"
    assert forms.form(store, trained, Q4, DAY).value is None


def test_who_said_it_and_how_it_came_is_kept_and_told(store: Store, trained: int) -> None:
    """In the form and in the history."""
    value = FormValue(EntryState.IN_PROGRESS, text="在办。", said_by=" 王五 ", came_by="电话")
    progress.save(store, trained, Q4, value)

    form = forms.form(store, trained, Q4, DAY)
    assert (form.said_by, form.came_by, form.received_on) == ("王五", "电话", TODAY)
    assert "填报人 王五；来源 电话" in newest(store)


def test_it_came_in_one_of_five_ways(store: Store, trained: int) -> None:
    """Anything else is refused with its field."""
    for came_by in form_value.CAME_BY:
        progress.save(store, trained, Q4, FormValue(EntryState.IN_PROGRESS, came_by=came_by))
        assert forms.form(store, trained, Q4, DAY).came_by == came_by
    with pytest.raises(InvalidError) as caught:
        progress.save(store, trained, Q4, FormValue(EntryState.IN_PROGRESS, came_by="托梦"))

    assert caught.value.field == "came_by"


def test_the_day_it_came_is_that_of_the_first_saving_until_it_is_changed(store: Store, trained: int) -> None:
    """A correction a week later does not make it late; a day that was typed holds."""
    progress.save(store, trained, Q4, begun(text="一"))
    earlier = TODAY - timedelta(days=40)
    store.db.execute("UPDATE progress SET received_on = ?", [earlier.isoformat()])
    store.db.commit()

    progress.save(store, trained, Q4, begun(text="二"))
    assert forms.form(store, trained, Q4, DAY).received_on == earlier

    typed = date(2024, 12, 20)
    progress.save(store, trained, Q4, replace(begun(text="二"), received_on=typed))
    progress.save(store, trained, Q4, begun(text="三"))
    assert forms.form(store, trained, Q4, DAY).received_on == typed
    assert f"收到日期 {earlier} → {typed}" in measures.measure_detail(store, "p2", HOURS, DAY).history[1].text


def test_a_draft_keeps_every_field(store: Store, trained: int) -> None:
    """What was typed comes back as it was."""
    typed = FormValue(
        EntryState.DONE,
        None,
        None,
        "一",
        "二",
        "三",
        "",
        (TargetValue(1, 12.5, "缺"),),
        "王五",
        "纸质",
        date(2024, 12, 1),
    )

    progress.keep_draft(store, trained, Q4, typed)

    assert forms.form(store, trained, Q4, DAY).draft == typed


def test_a_draft_of_an_earlier_version_is_read(store: Store, trained: int) -> None:
    """It holds fewer fields."""
    old = {
        "state": "已完成",
        "done_on": None,
        "part": None,
        "text": "半句",
        "problems": "",
        "next_steps": "",
        "reason": "",
    }
    store.db.execute(
        "INSERT INTO draft VALUES (?, ?, '', ?, '2024-12-01')", [trained, Q4, json.dumps(old, ensure_ascii=False)]
    )
    store.db.commit()

    assert forms.form(store, trained, Q4, DAY).draft == FormValue(EntryState.DONE, text="半句")


def test_the_command_line_leaves_alone_what_it_has_no_words_for(store: Store, trained: int) -> None:
    """`record` over an entry typed into the form keeps problems, figures, who said it and when it came."""
    received = date(2024, 12, 20)
    progress.save(
        store,
        trained,
        Q4,
        FormValue(
            EntryState.IN_PROGRESS, text="在办。", problems="缺人。", targets=(TargetValue(0, 15),), said_by="王五",
            came_by="电话", received_on=received,
        ),
    )  # fmt: skip

    progress.record(store, trained, Q4, FormValue(EntryState.DONE, date(2024, 12, 30), text="办结。"))

    form = forms.form(store, trained, Q4, DAY)
    assert form.value == FormValue(
        EntryState.DONE, date(2024, 12, 30), text="办结。", problems="缺人。", targets=(TargetValue(0, 15),),
        said_by="王五", came_by="电话", received_on=received,
    )  # fmt: skip
