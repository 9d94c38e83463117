"""会商机制: members of the plan's own text, meetings, and decisions that stand in the history of their measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import EvidenceError, InvalidError, NotFoundError
from core.job import Job
from core.office import attach, check, files, history, measures, meeting_topics, meetings, overview, undo
from core.office.history import JournalFilter
from core.office.meetings import DecisionValue, Meeting, MeetingValue, Member
from core.store.database import Store

DAY = date(2025, 1, 10)
FIRST = MeetingValue(DAY, "第一次会商会议", "县政府三楼", "1.听取进展情况", "司法局、财政局")
DECIDED = replace(FIRST, decisions=(DecisionValue(None, 4, "一季度补齐培训学时。", date(2025, 3, 31)),))


def only(store: Store) -> Meeting:
    (found,) = meetings.meetings(store, None)
    return found


def lines_of(store: Store, no: int) -> list[str]:
    return [line.text for line in measures.measure_detail(store, None, no, DAY).history]


def values(meeting: Meeting) -> tuple[DecisionValue, ...]:
    return tuple(DecisionValue(d.id, d.measure_no, d.text, d.due_on, d.withdrawn) for d in meeting.decisions)


class TestMembers:
    def test_they_come_from_the_plan_and_have_no_row_until_one_is_changed(self, store: Store) -> None:
        found = meetings.members(store, None)

        assert found
        assert all(member.id is None and member.unit for member in found)
        assert store.db.execute("SELECT count(*) FROM meeting_member").fetchone() == (0,)

    def test_a_change_is_kept_with_all_others_and_says_only_who_changed(self, store: Store) -> None:
        first, *rest = meetings.members(store, None)
        meetings.save_members(store, None, [replace(first, liaison="王芳", phone="0357-8320001"), *rest])

        found = meetings.members(store, None)
        assert [m.unit for m in found] == [m.unit for m in (first, *rest)]
        assert (found[0].liaison, found[0].phone) == ("王芳", "0357-8320001")
        (line,) = history.journal_page(store, JournalFilter(action="修改会商成员")).lines
        assert line.subject == first.unit
        assert "联络员 王芳，电话 0357-8320001" in line.changes[0].new

    def test_who_leaves_keeps_the_row(self, store: Store) -> None:
        known = meetings.members(store, None)
        meetings.save_members(store, None, known[:1])
        (first,) = meetings.members(store, None)[:1]
        meetings.save_members(store, None, [replace(first, left_on=DAY)])

        assert meetings.members(store, None)[0].left_on == DAY

    def test_a_member_left_out_of_the_list_stays(self, store: Store) -> None:
        meetings.save_members(store, None, [Member(None, "财政局"), Member(None, "教育局")])
        second = meetings.members(store, None)[1]
        meetings.save_members(store, None, [replace(second, person="李明")])

        assert {m.unit for m in meetings.members(store, None)} == {"财政局", "教育局"}

    def test_without_a_unit_nothing_is_written(self, store: Store) -> None:
        with pytest.raises(InvalidError) as refused:
            meetings.save_members(store, None, [Member(None, " ")])

        assert refused.value.field == "unit"


class TestMeetings:
    def test_a_decision_stands_in_the_meeting_and_in_the_history_of_its_measure(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)

        assert saved.changes.measures == {4}
        assert only(store).decisions[0].text == "一季度补齐培训学时。"
        assert lines_of(store, 4)[0] == (
            "会议议定：第4项 第一次会商会议，2025-01-10。议定事项 一季度补齐培训学时；办理期限 2025-03-31"
        )

    def test_a_corrected_decision_says_what_it_was(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)
        (one,) = values(only(store))
        meetings.save_meeting(store, None, saved.id, replace(FIRST, decisions=(replace(one, text="二季度补齐。"),)))

        assert lines_of(store, 4)[0].startswith("更正议定事项")
        assert "一季度补齐培训学时。 → 二季度补齐。" in lines_of(store, 4)[0]

    def test_a_decision_moved_to_another_measure_is_told_in_both(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)
        (one,) = values(only(store))
        again = meetings.save_meeting(store, None, saved.id, replace(FIRST, decisions=(replace(one, measure_no=5),)))

        assert again.changes.measures == {4, 5}
        assert "措施 第4项 → 第5项" in lines_of(store, 4)[0]
        assert "措施 第4项 → 第5项" in lines_of(store, 5)[0]
        assert only(store).decisions[0].measure_no == 5

    def test_a_withdrawn_decision_stays_with_its_reason(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)
        (one,) = values(only(store))
        meetings.save_meeting(store, None, saved.id, replace(FIRST, decisions=(replace(one, withdrawn="记错了会议"),)))

        assert only(store).decisions[0].withdrawn == "记错了会议"
        assert lines_of(store, 4)[0].startswith("撤回议定事项：第4项 第一次会商会议，2025-01-10（记错了会议）")

    def test_saving_the_same_again_writes_nothing(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)
        before = history.journal_page(store, JournalFilter()).total
        same = replace(FIRST, decisions=values(only(store)))

        assert meetings.save_meeting(store, None, saved.id, same).changes.measures == frozenset()
        assert history.journal_page(store, JournalFilter()).total == before

    def test_decisions_left_out_of_the_form_stay(self, store: Store) -> None:
        saved = meetings.save_meeting(store, None, None, DECIDED)
        meetings.save_meeting(store, None, saved.id, replace(FIRST, place="县委"))

        assert only(store).place == "县委"
        assert len(only(store).decisions) == 1

    @pytest.mark.parametrize(
        ("value", "field"),
        [
            (replace(FIRST, title=" "), "title"),
            (replace(FIRST, held_on=None), "held_on"),
            (replace(FIRST, decisions=(DecisionValue(None, 4, " "),)), "decisions"),
        ],
    )
    def test_what_is_missing_is_named_and_nothing_written(self, store: Store, value: MeetingValue, field: str) -> None:
        with pytest.raises(InvalidError) as refused:
            meetings.save_meeting(store, None, None, value)

        assert refused.value.field == field
        assert meetings.meetings(store, None) == ()

    def test_an_unknown_measure_takes_the_whole_meeting_back(self, store: Store) -> None:
        with pytest.raises(NotFoundError):
            meetings.save_meeting(store, None, None, replace(FIRST, decisions=(DecisionValue(None, 99, "补齐。"),)))

        assert meetings.meetings(store, None) == ()

    def test_a_meeting_is_one_step_that_can_be_taken_back(self, store: Store) -> None:
        meetings.save_meeting(store, None, None, DECIDED)
        undo.undo(store)

        assert meetings.meetings(store, None) == ()
        undo.redo(store)
        assert only(store).decisions[0].measure_no == 4


class TestMinutes:
    def test_the_file_is_stored_like_evidence_and_stays_when_the_ledger_is_opened_again(
        self, store: Store, tmp_path: Path
    ) -> None:
        saved = meetings.save_meeting(store, None, None, FIRST)
        file = tmp_path / "会议纪要〔2025〕1号.txt"
        file.write_text("会议议定……", encoding="utf-8")
        meetings.attach_minutes(store, saved.id, file, Job())
        path = store.path
        store.close()
        with_again = files.open_ledger(path)
        try:
            minutes = only(with_again).minutes

            assert minutes is not None
            assert (minutes.title, minutes.category, minutes.missing) == ("会议纪要〔2025〕1号", "会议材料", False)
            assert check.check(with_again, Job()) == ()
        finally:
            with_again.close()

    def test_a_missing_file_of_minutes_is_found_by_check(self, store: Store, tmp_path: Path) -> None:
        saved = meetings.save_meeting(store, None, None, FIRST)
        file = tmp_path / "纪要.txt"
        file.write_text("一", encoding="utf-8")
        meetings.attach_minutes(store, saved.id, file, Job())
        minutes = only(store).minutes
        assert minutes is not None
        minutes.path.unlink()

        (finding,) = check.findings(store, Job())
        assert finding.what == "佐证材料“纪要”不见了"
        assert finding.advice

    def test_a_file_knows_its_meeting_unless_it_proves_a_progress_too(self, store: Store, tmp_path: Path) -> None:
        saved = meetings.save_meeting(store, None, None, FIRST)
        file = tmp_path / "纪要.txt"
        file.write_text("一", encoding="utf-8")
        meetings.attach_minutes(store, saved.id, file, Job())
        minutes = only(store).minutes
        assert minutes is not None
        assert meetings.meeting_of_minutes(store, minutes.id) == ("guxian", saved.id)
        obligation = overview.overview(store, None, DAY).obligations[0].id
        attach.reuse_evidence(store, obligation, "2024Q4", minutes.id)

        assert meetings.meeting_of_minutes(store, minutes.id) is None

    def test_taken_off_it_stays_stored(self, store: Store, tmp_path: Path) -> None:
        saved = meetings.save_meeting(store, None, None, FIRST)
        file = tmp_path / "纪要.txt"
        file.write_text("一", encoding="utf-8")
        meetings.attach_minutes(store, saved.id, file, Job())
        meetings.remove_minutes(store, saved.id)

        assert only(store).minutes is None
        assert store.db.execute("SELECT count(*) FROM evidence").fetchone() == (1,)

    def test_a_file_that_is_gone_leaves_the_meeting_as_it_is(self, store: Store, tmp_path: Path) -> None:
        saved = meetings.save_meeting(store, None, None, FIRST)
        with pytest.raises(EvidenceError):
            meetings.attach_minutes(store, saved.id, tmp_path / "没有.pdf", Job())

        assert only(store).minutes is None


class TestTopics:
    def test_what_is_late_comes_with_its_units_the_longest_first(self, store: Store) -> None:
        topics = meeting_topics.late_topics(store, None, DAY)

        assert topics
        assert [t.days for t in topics] == sorted((t.days for t in topics), reverse=True)
        assert all(t.units and t.days > 0 for t in topics)

    def test_on_the_day_the_plan_began_nothing_is_late(self, store: Store) -> None:
        assert meeting_topics.late_topics(store, None, date(2024, 4, 26)) == ()

    def test_they_are_numbered_on_and_never_twice_on_the_agenda(self, store: Store) -> None:
        first, second, *_ = meeting_topics.late_topics(store, None, DAY)
        agenda = meeting_topics.with_topics("1.学习文件\n", [first])
        agenda = meeting_topics.with_topics(agenda, [first, second])

        assert agenda.split("\n") == ["1.学习文件", f"2.{first.line}", f"3.{second.line}"]
