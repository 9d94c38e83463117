"""A new version of a plan in the file: progress, evidence and decisions follow their measures when the clerk confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError
from core.job import Job
from core.model import edit
from core.model.alignment import Decision
from core.model.ledger import EntryState
from core.model.plan import Document
from core.office import (
    aligning,
    bundled,
    check,
    former,
    former_versions,
    forms,
    new_version,
    overview,
    progress,
    reading,
    undo,
)
from core.office.form_value import FormValue
from core.store import plans
from core.store.database import Store

DAY = date(2025, 1, 10)


@pytest.fixture
def version(store: Store):
    """The plan of the file without its measure 2, with another text for 36 and with 32 behind 4."""
    with store.reading() as db:
        edited = edit.begin(plans.load(db, 1))
    edited = edit.change_measure(edited, 36, text="完善行政执法人员心理咨询、健康筛查和危机干预机制。")
    edited = edit.move_measure(edited, 32, after=4, section=None, task=None)
    edited = edit.delete_measure(edited, 2)
    return edit.change_document(edited, title="工作方案（2025年修订）").plan


def pairs_of(found: new_version.Difference) -> list[tuple[int, int]]:
    return [(kept.old, kept.new) for kept in found.kept]


def test_progress_and_decisions_follow_their_measures(store: Store, version) -> None:
    lawyers = progress.find_obligation(store, None, 32, "司法局").id
    progress.save(store, lawyers, "2024Q4", FormValue(EntryState.IN_PROGRESS, text="已聘任法律顾问12名。"))
    aligning.decide(store, "dingxi", [(64, 32)], Decision.ACCEPTED)
    found = new_version.compare_version(store, None, version)
    assert ([k.old for k in found.moved], [k.old for k in found.changed], found.went) == ([32], [36], (2,))

    new_version.take_version(store, None, version, pairs_of(found), basis="古司发〔2025〕3号")

    view = overview.overview(store, None, DAY)
    assert view.plan.document.title == "工作方案（2025年修订）"
    assert view.measure(4).text.startswith("加强公职律师")
    moved = progress.find_obligation(store, None, 4, "司法局").id
    assert moved == lawyers
    assert forms.form(store, moved, "2024Q4", DAY).value.text == "已聘任法律顾问12名。"
    assert aligning.answers_of(store, "dingxi") == {64: (4,)}
    assert [one.no for one in former.former_measures(store, None)] == [2]
    assert not check.check(store, Job())
    undo.undo(store)
    assert overview.overview(store, None, DAY).measure(32).text.startswith("加强公职律师")


def test_a_version_needs_its_basis_and_possible_pairs(store: Store, version) -> None:
    found = new_version.compare_version(store, None, version)

    with pytest.raises(InvalidError) as basis:
        new_version.take_version(store, None, version, pairs_of(found), basis=" ")
    with pytest.raises(InvalidError, match="对应有重复"):
        new_version.take_version(store, None, version, [(1, 1), (1, 2)], basis="1号")
    with pytest.raises(InvalidError, match="对应有重复"):
        new_version.take_version(store, None, version, pairs_of(found), basis="1号", merged={1: 2})

    assert basis.value.field == "basis"


def test_a_measure_the_clerk_lets_go_on_in_another_keeps_what_was_said_of_it(store: Store, version) -> None:
    found = new_version.compare_version(store, None, version)

    new_version.take_version(store, None, version, pairs_of(found), basis="1号", merged={2: 1})

    (gone,) = former.former_measures(store, None)
    assert (gone.no, gone.merged_into) == (2, 1)


def test_another_plan_of_the_same_campaign_shares_little(store: Store) -> None:
    other = replace(bundled.load("suizhou"))

    found = new_version.compare_version(store, None, other)

    assert len(found.kept) < 10
    assert len(found.came) > 19


def test_the_old_version_stays_readable_and_goes_with_an_undo(store: Store, version, tmp_path: Path) -> None:
    document = tmp_path / "修订.docx"
    document.write_bytes(b"the revised document")
    old = overview.overview(store, None, DAY).plan
    found = new_version.compare_version(store, None, version)

    new_version.take_version(store, None, version, pairs_of(found), basis="古司发〔2025〕3号", source=document)

    (kept,) = former_versions.former_versions(store, None)
    assert "古政办发〔2024〕21号" in kept.name
    assert former_versions.former_plan(store, None, kept.sha256) == old
    assert [path.read_bytes() for path in reading.originals(store, "guxian")] == [b"the revised document"]
    made = former_versions.export_former(store, None, kept.sha256, "xlsx", tmp_path / "旧.xlsx", Job())
    assert made.path is not None
    assert not check.check(store, Job())
    undo.undo(store)
    assert former_versions.former_versions(store, None) == ()
    assert reading.originals(store, "guxian") == ()
    undo.redo(store)
    assert len(former_versions.former_versions(store, None)) == 1


def test_what_a_bare_table_does_not_say_of_itself_stays(store: Store, version) -> None:
    old = overview.overview(store, None, DAY).plan.document
    bare = replace(version, document=Document("工作举措（修订）", columns=old.columns))
    found = new_version.compare_version(store, None, bare)

    new_version.take_version(store, None, bare, pairs_of(found), basis="古司发〔2025〕3号")

    new = overview.overview(store, None, DAY).plan.document
    assert (new.title, new.number) == ("工作举措（修订）", "古司发〔2025〕3号")
    assert (new.issuer, new.date, new.required_reports) == (old.issuer, old.date, old.required_reports)


def test_a_version_says_before_what_it_does_to_obligations(store: Store, version) -> None:
    found = new_version.compare_version(store, None, version)
    going = len(overview.overview(store, None, DAY).of_measure(2))

    effect = new_version.effect_of_version(store, None, version, pairs_of(found))

    assert len(effect.gone) == going
    assert effect.appear == ()


def test_a_version_without_measures_is_refused(store: Store) -> None:
    empty = replace(bundled.load("guxian"), measures=())

    with pytest.raises(InvalidError, match="没有措施"):
        new_version.take_version(store, None, empty, [], basis="1号")
