"""Reports due upward: periods and to-dos from the plan's own text (rule 10)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError, LedgerFileError, NotFoundError
from core.job import Job
from core.model.ledger import EntryState
from core.office import bundled, files, periods, progress, reading, upward
from core.office.form_value import FormValue
from core.store.database import Store

MIDTERM, FINAL = date(2024, 8, 15), date(2025, 8, 15)


@pytest.fixture
def qinzhou(tmp_path: Path) -> Iterator[Store]:
    """A file of 钦州."""
    with closing(files.create_ledger(tmp_path / "钦州.db", "qinzhou")) as opened:
        yield opened


def _acts(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT action FROM journal ORDER BY id")]


def test_the_reports_of_qinzhou_stand_with_their_dates(qinzhou: Store) -> None:
    found = upward.upward_reports(qinzhou, None)

    assert [(one.due_on, one.to, one.period_key, one.needs_evidence) for one in found] == [
        (MIDTERM, "市司法局", "中期", True),
        (FINAL, "市司法局", "终期", True),
    ]
    assert all(one.id is not None and one.sent_on is None for one in found)
    assert periods.period_of(qinzhou, None, "中期").cut_off == MIDTERM
    assert periods.period_of(qinzhou, None, "终期").cut_off == FINAL


def test_an_undated_report_is_a_to_do_without_a_period(tmp_path: Path) -> None:
    with closing(files.create_ledger(tmp_path / "红寺堡.db", "hongsibu")) as store:
        (found,) = upward.upward_reports(store, None)

    assert (found.due_on, found.due_text, found.period_key, found.days_left(MIDTERM)) == (
        None,
        "按照任务节点",
        None,
        None,
    )


@pytest.mark.parametrize("plan", ["guxian", "dingxi", "suizhou"])
def test_a_plan_that_wants_none_has_none(tmp_path: Path, plan: str) -> None:
    with closing(files.create_ledger(tmp_path / "台账.db", plan)) as store:
        assert upward.upward_reports(store, None) == ()


@pytest.mark.parametrize(
    ("as_of", "left"), [(date(2024, 8, 14), 1), (MIDTERM, 0), (date(2024, 8, 16), -1), (date(2024, 2, 29), 168)]
)
def test_days_to_the_date(qinzhou: Store, as_of: date, left: int) -> None:
    assert upward.upward_reports(qinzhou, None)[0].days_left(as_of) == left


def test_sent_and_not_sent_again(qinzhou: Store) -> None:
    key = upward.upward_reports(qinzhou, None)[0].id
    assert key is not None

    upward.mark_sent(qinzhou, key, date(2024, 8, 12))
    sent = upward.upward_reports(qinzhou, None)[0]
    assert not upward.mark_sent(qinzhou, key, date(2024, 8, 12)).periods
    upward.mark_sent(qinzhou, key, None)

    assert (sent.sent_on, sent.days_left(date(2024, 8, 12)), sent.days_left(date(2024, 8, 11))) == (
        date(2024, 8, 12),
        None,
        4,
    )
    assert upward.upward_reports(qinzhou, None)[0].sent_on is None
    assert _acts(qinzhou)[-2:] == ["标为已上报", "标为未上报"]


def test_a_file_of_before_gets_its_rows_when_it_is_opened_for_writing(qinzhou: Store) -> None:
    path = qinzhou.path
    qinzhou.db.executescript("DELETE FROM upward_report; DELETE FROM period;")
    qinzhou.close()

    with closing(files.open_ledger(path, read_only=True)) as reader:
        found = upward.upward_reports(reader, None)
        assert [(one.id, one.due_on, one.period_key) for one in found] == [
            (None, MIDTERM, "中期"),
            (None, FINAL, "终期"),
        ]
        assert periods.period_of(reader, None, "中期").cut_off == MIDTERM
        with pytest.raises(LedgerFileError):
            upward.mark_sent(reader, 1, MIDTERM)

    for _ in range(2):
        with closing(files.open_ledger(path)) as writer:
            assert [one.id for one in upward.upward_reports(writer, None)] == [1, 2]
            assert _acts(writer).count("列出上报事项") == 1


def test_a_second_plan_brings_its_own(store: Store) -> None:
    reading.import_plan(store, bundled.load("qinzhou"), None, Job())

    assert upward.upward_reports(store, None) == ()
    assert [one.period_key for one in upward.upward_reports(store, "p2")] == ["中期@p2", "终期@p2"]


def test_a_new_report_closes_a_period_of_its_own(store: Store) -> None:
    upward.save_upward(store, None, None, what="半年小结", to="市司法局", due_on=date(2025, 6, 30))

    (found,) = upward.upward_reports(store, None)

    assert found.period_key is not None
    assert periods.period_of(store, None, found.period_key).cut_off == date(2025, 6, 30)
    assert _acts(store)[-1] == "新增上报事项"
    with pytest.raises(InvalidError, match="是方案要求报送的"):
        periods.delete_period(store, found.period_key)


def test_another_date_moves_an_empty_period_and_leaves_one_with_entries(qinzhou: Store) -> None:
    first, last = upward.upward_reports(qinzhou, None)
    owed = progress.find_obligation(qinzhou, None, 1, "市司法局").id
    progress.save(qinzhou, owed, "终期", FormValue(EntryState.IN_PROGRESS, text="已部署。"))

    for one in (first, last):
        assert one.due_on is not None
        upward.save_upward(qinzhou, None, one.id, what=one.what, to=one.to, due_on=one.due_on.replace(day=20))

    assert periods.period_of(qinzhou, None, "中期").cut_off == date(2024, 8, 20)
    assert periods.period_of(qinzhou, None, "终期").cut_off == FINAL
    assert upward.upward_reports(qinzhou, None)[1].due_on == date(2025, 8, 20)


def test_a_report_without_a_name_or_that_is_not_there(store: Store) -> None:
    with pytest.raises(InvalidError) as caught:
        upward.save_upward(store, None, None, what=" ")
    assert caught.value.field == "what"
    with pytest.raises(NotFoundError):
        upward.mark_sent(store, 99, MIDTERM)
