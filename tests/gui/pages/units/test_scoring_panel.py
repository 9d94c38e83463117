"""考核评分 on the page 单位: ranking, breakdown, the table of rules, export."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.model.ledger import EntryState
from core.office import files, progress, scoring
from core.office.form_value import FormValue
from core.office.scoring import DEFAULTS
from core.office.word_order import order_key
from core.store.database import Store
from gui.context import Context
from gui.pages.units.score_rules_dialog import READ_ONLY, ScoreRulesDialog
from gui.pages.units.scoring_panel import WHOLE, ScorePanel

UNIT = "财政局"


@pytest.fixture
def done(store: Store) -> int:
    """财政局 has done the first measure in time."""
    key = progress.find_obligation(store, None, 1, UNIT).id
    progress.save(store, key, "2024Q4", FormValue(EntryState.DONE, date(2024, 12, 1), text="完成。"))
    return key


@pytest.fixture
def panel(qtbot: QtBot, context: Context, done: int) -> Iterator[ScorePanel]:
    made = ScorePanel(context)
    qtbot.addWidget(made)
    made.resize(1174, 640)
    with qtbot.waitSignal(made.model.modelReset, timeout=20000):
        made.show()
    yield made
    made.close()


def _reread(qtbot: QtBot, panel: ScorePanel, act: object) -> None:
    with qtbot.waitSignal(panel.model.modelReset, timeout=20000):
        act()  # type: ignore[operator]


def _dialog(qtbot: QtBot, store: Store, *, is_read_only: bool = False) -> ScoreRulesDialog:
    made = ScoreRulesDialog(store, None, is_read_only=is_read_only)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_ranking_is_what_the_core_says(panel: ScorePanel, store: Store) -> None:
    """Best first, those without a place below with the reason; period and date in words."""
    found = scoring.scores(store, None, date(2025, 1, 10), period_key="2024Q4")

    shown = [panel.model.score(row) for row in range(panel.model.rowCount())]
    assert [(s.unit, s.position, s.points) for s in shown if s] == [(s.unit, s.position, s.points) for s in found]
    assert panel.words.text() == "2024年第四季度，截至2025年1月10日"
    assert panel.model.texts(len(found) - 1)[0] == "—"
    assert "不参加排名" in panel.foot.text()


def test_a_click_on_a_head_sorts_and_the_third_one_ranks_again(panel: ScorePanel) -> None:
    """Units without a place stay below, the chosen unit stays chosen."""
    panel.table.choose(UNIT)
    order = [panel.model.texts(row)[1] for row in range(panel.model.rowCount())]
    head = panel.table.horizontalHeader()

    head.sectionClicked.emit(1)
    by_name = [panel.model.texts(row) for row in range(panel.model.rowCount())]
    names = [texts[1] for texts in by_name if texts[0] != "—"]
    assert names == sorted(names, key=order_key)
    assert [texts[0] for texts in by_name[len(names) :]] == ["—"] * (len(by_name) - len(names))
    assert panel.table.current() == UNIT

    head.sectionClicked.emit(1)
    assert panel.model.texts(0)[1] == names[-1]
    head.sectionClicked.emit(1)
    assert [panel.model.texts(row)[1] for row in range(panel.model.rowCount())] == order


def test_the_breakdown_leads_to_the_obligations(qtbot: QtBot, panel: ScorePanel, done: int) -> None:
    """按期完成 names the one that was done; 其余 shows all that are missing."""
    panel.table.choose(UNIT)
    first = len(panel.breakdown.links)
    link = next(b for b in panel.breakdown.links if b.toolTip().startswith("（1）"))

    with qtbot.waitSignal(panel.open_obligation) as told:
        link.click()

    assert told.args == [done]
    more = [b for b in panel.breakdown.findChildren(type(link)) if b.text().startswith("其余")]
    more[0].click()
    assert len(panel.breakdown.links) > first


def test_selected_rows_are_copied_with_their_heads(panel: ScorePanel) -> None:
    panel.table.selectAll()
    panel.table.copy_rows()

    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["名次", "单位", "合计"]
    assert len(lines) == panel.model.rowCount() + 1


def test_all_periods_together(qtbot: QtBot, panel: ScorePanel) -> None:
    _reread(qtbot, panel, panel.span.button(WHOLE).click)

    assert panel.words.text().startswith("已截止的各报送期，截至")


def test_rules_are_edited_and_the_ranking_follows(qtbot: QtBot, panel: ScorePanel, store: Store) -> None:
    """A rule that is off has no column; 恢复默认 brings everything back."""
    columns = panel.model.columnCount()
    panel.rules.click()
    dialog = panel.dialog
    assert dialog is not None
    dialog.rows[0].active.setChecked(False)
    dialog.rows[1].points.setText("60.5")
    dialog.rows[1].cap.setText("55")

    _reread(qtbot, panel, dialog.save.click)

    rules = scoring.score_rules(store)
    assert (rules[0].active, rules[1].points, rules[1].cap) == (False, 60.5, 55)
    assert panel.model.columnCount() == columns - 1
    again = _dialog(qtbot, store)
    again.defaults.click()
    assert again.value() == DEFAULTS


@pytest.mark.parametrize("text", ["", "三", "1,5"])
def test_what_is_no_number_is_told_and_not_saved(qtbot: QtBot, store: Store, text: str) -> None:
    dialog = _dialog(qtbot, store)

    dialog.rows[4].points.setText(text)

    assert not dialog.save.isEnabled()
    assert "逾期未完成" in dialog.note.text()
    dialog.rows[4].points.setText("-1000.5")
    dialog.save.click()
    assert "1000" in dialog.note.text()
    assert scoring.score_rules(store) == DEFAULTS


def test_a_file_that_is_only_read_says_why_rules_stay(qtbot: QtBot, store: Store) -> None:
    dialog = _dialog(qtbot, store, is_read_only=True)

    assert dialog.note.text() == READ_ONLY
    assert not dialog.save.isEnabled()
    assert not any(row.points.isEnabled() or row.active.isEnabled() for row in dialog.rows)
    assert not dialog.justice.isEnabled()


def test_the_ranking_is_written_as_a_workbook(qtbot: QtBot, panel: ScorePanel, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.exported, timeout=20000) as told:
        panel.write(tmp_path / "评分")

    assert told.args[0].path == tmp_path / "评分.xlsx"
    assert told.args[0].path.exists()


def test_without_a_plan_it_says_what_to_do(qtbot: QtBot, tmp_path: Path, dressed: object) -> None:
    context = Context()
    panel = ScorePanel(context)
    qtbot.addWidget(panel)
    panel.show()

    assert panel.rooms.currentWidget() is panel.empty
    assert not panel.rules.isEnabled()
    assert not panel.export.isEnabled()
    with closing(files.create_ledger(tmp_path / "空.db", "blank")) as store:
        context.set_store(store)
        qtbot.waitUntil(lambda: not context.jobs.is_busy, timeout=20000)
        assert panel.rooms.currentWidget() is panel.empty
        context.set_store(None)
    context.jobs.close()


def test_a_rule_with_nothing_behind_it_is_said_in_the_breakdown(qtbot: QtBot, panel: ScorePanel, store: Store) -> None:
    """No points but words: the cell is a dash, the breakdown says what is left out and how the rest was scaled."""
    early = date(2024, 12, 5)
    own = next(s for s in scoring.scores(store, None, early) if s.unit == UNIT)

    panel.model.set_scores((own,), DEFAULTS)
    panel.breakdown.show_score(own, DEFAULTS, {})

    said = [label.text() for label in panel.breakdown.findChildren(QLabel)]
    left_out = [line.rule_key for line in own.lines if line.left_out]
    assert left_out
    assert said.count("没有应报（到期）的事项，不计此项，其余按比例折算") == len(left_out)
    assert any("折算乘以" in text for text in said)
    assert panel.model.texts(0).count("—") == len(left_out)
