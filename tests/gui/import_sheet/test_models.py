"""The models keep Qt's rules, and say what they show."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from core.model.plan import Severity
from gui.import_sheet.draft_model import DraftModel
from gui.import_sheet.problem_model import AS_PRINTED, BACK, CHANGE, FILL, RIGHT, SEEN, ProblemModel
from gui.import_sheet.session import Session

EDIT = Qt.ItemDataRole.EditRole
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def draft(session: Session) -> DraftModel:
    made = DraftModel(session)
    made.show(session.lines())
    return made


@pytest.fixture
def problems(session: Session) -> ProblemModel:
    made = ProblemModel(session)
    made.show(session)
    return made


def test_the_draft_model_keeps_the_rules(draft: DraftModel, session: Session, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(draft)
    session.fill_gap(session.issues[0])
    draft.show(session.lines())
    qtmodeltester.check(draft)


def test_a_changed_cell_repaints_its_row_only(draft: DraftModel, session: Session) -> None:
    session.change_cell(1, "text", "（1）别的话。")

    assert draft.show(session.lines()) == [draft.row_of(1)]


def test_other_lines_are_a_reset(draft: DraftModel, session: Session) -> None:
    session.delete([1])

    assert draft.show(session.lines()) is None


def test_a_cell_tells_what_was_understood_of_it(draft: DraftModel) -> None:
    row = draft.row_of(4) or 0

    assert draft.index(row, 2).data(ACCESSIBLE) == "完成时限：2025年底前，2025-12-31"


def test_a_typed_cell_is_handed_on(draft: DraftModel, qtbot) -> None:
    row = draft.row_of(1) or 0
    with qtbot.waitSignal(draft.typed) as told:
        draft.setData(draft.index(row, 1), "司法局", EDIT)

    assert told.args == [row, "司法局"]
    assert draft.typed_column == 1


def test_the_problem_model_keeps_the_rules(problems: ProblemModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(problems)
    problems.set_only(Severity.WARNING)
    qtmodeltester.check(problems)


def test_each_kind_of_problem_has_its_acts(problems: ProblemModel, session: Session) -> None:
    acts = {issue.severity: problems.actions(issue) for issue in session.issues}

    assert acts[Severity.ERROR] == (FILL, AS_PRINTED)
    assert acts[Severity.WARNING] == (RIGHT, CHANGE)
    assert acts.get(Severity.INFO, (SEEN,)) == (SEEN,)


def test_what_was_dealt_with_can_be_taken_back_unless_rows_were_added(problems: ProblemModel, session: Session) -> None:
    gap, doubt = session.issues[0], session.issues[1]
    session.handle(doubt)
    session.fill_gap(gap)
    problems.refresh()

    assert problems.actions(doubt) == (BACK,)
    assert problems.actions(gap) == ()


def test_one_kind_can_be_shown_alone(problems: ProblemModel, session: Session) -> None:
    problems.set_only(Severity.ERROR)

    assert problems.rowCount() == 1
    problems.set_only(None)
    assert problems.rowCount() == len(session.issues)
