"""审核: 通过, 退回, again; what was 通过 is not overwritten in silence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidError, ReviewedError
from core.job import Job
from core.model.ledger import EntryState, Review, State
from core.office import (
    attach,
    check,
    evidence_versions,
    files,
    forms,
    measures,
    obligations,
    progress,
    reading,
    reviewing,
    undo,
    units,
)
from core.office.changes import Changes
from core.office.form_value import FormValue
from core.store.database import Store

Q4 = "2024Q4"
DAY, NEXT_DAY = date(2024, 11, 3), date(2024, 11, 4)
DONE = FormValue(EntryState.DONE, date(2024, 11, 2), text="已组织轮训。")


@pytest.fixture
def obligation(store: Store) -> int:
    """财政局 in measure 1, 已完成 and 待审."""
    key = progress.find_obligation(store, None, 1, "财政局").id
    progress.save(store, key, Q4, DONE)
    return key


def state_of(store: Store, obligation: int, as_of: date = NEXT_DAY) -> State:
    return forms.form(store, obligation, Q4, as_of).obligation.status.state


def history(store: Store) -> list[str]:
    """The newest first."""
    return [line.text for line in measures.measure_detail(store, None, 1, DAY).history]


def test_done_then_returned_is_in_progress_and_done_again_after_the_correction(store: Store, obligation: int) -> None:
    """The case of the law, and back: the corrected entry waits for review and counts."""
    assert state_of(store, obligation, DAY) is State.DONE

    reviewing.send_back(store, [obligation], Q4, "缺签到表")
    assert state_of(store, obligation) is State.IN_PROGRESS
    returned = forms.form(store, obligation, Q4, NEXT_DAY)
    assert (returned.review, returned.review_reason, returned.times_returned) == (Review.RETURNED, "缺签到表", 1)
    assert returned.reviewed_at is not None
    assert returned.reviewed_by

    progress.save(store, obligation, Q4, FormValue(EntryState.DONE, date(2024, 11, 4), text="已补签到表。"))
    again = forms.form(store, obligation, Q4, NEXT_DAY)
    assert (again.obligation.status.state, again.review) == (State.DONE, Review.PENDING)
    assert again.review_reason == "缺签到表"
    assert "审核 退回 → 待审" in history(store)[0]
    assert history(store)[1] == "审核退回：第1项 财政局，2024年第四季度。审核 待审 → 退回；退回原因 缺签到表"

    reviewing.accept(store, [obligation], Q4)
    passed = forms.form(store, obligation, Q4, NEXT_DAY)
    assert (passed.review, passed.review_reason, passed.times_returned) == (Review.ACCEPTED, None, 1)
    assert history(store)[0] == "审核通过：第1项 财政局，2024年第四季度。审核 待审 → 通过"
    assert check.check(store, Job()) == ()


def test_a_returned_entry_saved_unchanged_stays_returned(store: Store, obligation: int) -> None:
    """Nothing was corrected."""
    reviewing.send_back(store, [obligation], Q4, "缺签到表")

    assert progress.save(store, obligation, Q4, DONE) == Changes()
    assert forms.form(store, obligation, Q4, DAY).review is Review.RETURNED


def test_a_returned_claim_of_having_no_part_in_it_does_not_count(store: Store) -> None:
    """不涉及 takes the obligation out until it is 退回."""
    key = progress.find_obligation(store, None, 1, "财政局").id
    progress.save(store, key, Q4, FormValue(EntryState.NOT_APPLICABLE, reason="无执法职能"))
    assert state_of(store, key) is State.NOT_APPLICABLE

    reviewing.send_back(store, [key], Q4, "有行政检查职权")

    assert state_of(store, key) is State.NOT_STARTED


def test_a_return_needs_its_reason(store: Store, obligation: int) -> None:
    """Nothing is written without one."""
    with pytest.raises(InvalidError) as caught:
        reviewing.send_back(store, [obligation], Q4, "  ")

    assert caught.value.field == "reason"
    assert forms.form(store, obligation, Q4, DAY).review is Review.PENDING


def test_a_second_reason_replaces_the_first_which_stays_in_the_history(store: Store, obligation: int) -> None:
    """It was 退回 once, for two reasons."""
    reviewing.send_back(store, [obligation], Q4, "缺签到表")
    reviewing.send_back(store, [obligation], Q4, "缺签到表和照片")

    form = forms.form(store, obligation, Q4, DAY)
    assert (form.review_reason, form.times_returned) == ("缺签到表和照片", 1)
    assert "退回原因 缺签到表 → 缺签到表和照片" in history(store)[0]


def test_what_was_passed_is_not_overwritten_in_silence(store: Store, obligation: int) -> None:
    """Refused whole; said by name; written when it is meant, and the journal says so."""
    reviewing.accept(store, [obligation], Q4)
    other = FormValue(EntryState.DONE, date(2024, 11, 3), text="改过。")

    with pytest.raises(ReviewedError, match="第1项 财政局，2024年第四季度的进展已审核通过，没有改动"):
        progress.save(store, obligation, Q4, other)
    kept = forms.form(store, obligation, Q4, DAY)
    assert kept.value is not None
    assert (kept.value.text, kept.review) == ("已组织轮训。", Review.ACCEPTED)

    progress.save(store, obligation, Q4, other, over_review=True)
    assert forms.form(store, obligation, Q4, DAY).review is Review.PENDING
    newest = history(store)[0]
    assert newest.startswith("改动已审核的进展：第1项 财政局，2024年第四季度。")
    assert "审核 通过 → 待审" in newest
    assert "完成日期 2024-11-02 → 2024-11-03" in newest


def test_the_journal_keeps_both_values_of_a_change_over_a_review(store: Store, obligation: int) -> None:
    """Before and after as plain values, for whoever has to prove it."""
    reviewing.accept(store, [obligation], Q4)
    progress.save(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="改过。"), over_review=True)

    row = store.db.execute("SELECT before, after FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    before, after = (json.loads(text) for text in row)
    assert (before["状态"], before["工作进展"], before["审核"]) == ("已完成", "已组织轮训。", "通过")
    assert (after["状态"], after["工作进展"], after["审核"]) == ("推进中", "改过。", "待审")
    assert "完成日期" not in after


def test_a_draft_over_a_passed_entry_is_kept_when_saving_is_refused(store: Store, obligation: int) -> None:
    """The clerk's input is not lost with the refusal."""
    reviewing.accept(store, [obligation], Q4)
    progress.keep_draft(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="改到一半"))

    with pytest.raises(ReviewedError):
        progress.save(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="改到一半"))

    draft = forms.form(store, obligation, Q4, DAY).draft
    assert draft is not None
    assert draft.text == "改到一半"


def test_saving_a_passed_entry_unchanged_leaves_it_passed(store: Store, obligation: int) -> None:
    """Also with blanks around the words."""
    reviewing.accept(store, [obligation], Q4)

    assert progress.save(store, obligation, Q4, FormValue(DONE.state, DONE.done_on, text=" 已组织轮训。 ")) == Changes()
    assert forms.form(store, obligation, Q4, DAY).review is Review.ACCEPTED


def test_evidence_comes_and_goes_while_the_review_stays(store: Store, obligation: int) -> None:
    """A scan that came later does not undo 通过; the journal tells of it."""
    reviewing.accept(store, [obligation], Q4)

    added = attach.add_pasted(store, obligation, Q4, "签到表.png", b"png")
    assert forms.form(store, obligation, Q4, DAY).review is Review.ACCEPTED
    assert "加入佐证材料" in history(store)[0]
    attach.remove_evidence(store, obligation, Q4, added.rows[0].id)

    assert forms.form(store, obligation, Q4, DAY).review is Review.ACCEPTED
    assert "移除佐证材料" in history(store)[0]


def test_a_missing_proof_that_comes_answers_the_return(store: Store, obligation: int, tmp_path: Path) -> None:
    """What was 退回 for want of a scan waits for review again with it; one it had already answers nothing."""
    had = attach.add_pasted(store, obligation, Q4, "通知.png", b"had").rows[0]
    reviewing.send_back(store, [obligation], Q4, "缺签到表")

    attach.reuse_evidence(store, obligation, Q4, had.id)
    assert forms.form(store, obligation, Q4, DAY).review is Review.RETURNED
    attach.add_pasted(store, obligation, Q4, "签到表.png", b"png")

    form = forms.form(store, obligation, Q4, DAY)
    assert (form.review, form.review_reason, form.times_returned) == (Review.PENDING, "缺签到表", 1)
    assert form.obligation.status.state is State.DONE
    assert history(store)[0] == "加入佐证材料：第1项 财政局，2024年第四季度。审核 退回 → 待审；佐证材料 签到表.png"


def test_a_newer_version_of_a_proof_answers_the_return(store: Store, obligation: int, tmp_path: Path) -> None:
    """The list was unsigned; the signed one takes its place."""
    old = attach.add_pasted(store, obligation, Q4, "签到表.png", b"unsigned").rows[0]
    reviewing.send_back(store, [obligation], Q4, "签到表未签字")
    signed = tmp_path / "签到表（签字）.png"
    signed.write_bytes(b"signed")

    evidence_versions.add_version(store, old.id, signed, Job())

    assert forms.form(store, obligation, Q4, DAY).review is Review.PENDING


def test_the_same_record_with_a_new_file_answers_the_return(store: Store, obligation: int, tmp_path: Path) -> None:
    """From the command line too."""
    reviewing.send_back(store, [obligation], Q4, "缺签到表")
    scan = tmp_path / "签到表.pdf"
    scan.write_bytes(b"x")

    progress.record(store, obligation, Q4, DONE, [scan])

    assert forms.form(store, obligation, Q4, DAY).review is Review.PENDING
    assert history(store)[0] == "填报进展：第1项 财政局，2024年第四季度。审核 退回 → 待审；佐证材料 签到表.pdf"


def test_a_withdrawn_return_is_not_counted(store: Store, obligation: int) -> None:
    """撤回审核: back to 待审, and done again."""
    reviewing.send_back(store, [obligation], Q4, "点错了")
    reviewing.reopen(store, [obligation], Q4)

    form = forms.form(store, obligation, Q4, DAY)
    assert (form.review, form.times_returned, form.review_reason) == (Review.PENDING, 0, None)
    assert form.obligation.status.state is State.DONE
    assert history(store)[0].startswith("撤回审核")


def test_many_are_reviewed_at_once_and_the_rest_is_named(store: Store) -> None:
    """What has no entry and what was passed already is left alone; one journal entry each."""
    units.complete_group(store, "各乡镇", ["北平镇", "岳阳镇", "旧县镇"], whole=True)
    rows = obligations.list_obligations(store, None, DAY, measure=1)
    filled = [row.id for row in rows[:-1]]
    for key in filled:
        progress.save(store, key, Q4, DONE)
    reviewing.accept(store, filled[:1], Q4)

    done = reviewing.accept(store, [*(row.id for row in rows), 10**6], Q4)

    assert done.reviewed == len(rows) - 2
    assert done.changes == Changes(frozenset({1}), frozenset(filled[1:]))
    assert done.skipped == (
        (rows[0].unit, "已经通过"),
        (rows[-1].unit, "本期没有填报"),
        ("", "这个责任事项已不在台账中"),
    )
    assert sum(line.startswith("审核通过") for line in history(store)) == len(filled)


def test_a_return_of_many_is_whole_or_not_at_all(store: Store, obligation: int, monkeypatch) -> None:
    """The second journal entry fails: the first entry is not 退回 either."""
    other = progress.find_obligation(store, None, 3, "财政局").id
    progress.save(store, other, Q4, DONE)
    written = []

    def fail_at_the_second(*args: object, **kwargs: object) -> None:
        written.append(args)
        if len(written) > 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.store.journal.append", fail_at_the_second)
    with pytest.raises(Exception, match="磁盘"):
        reviewing.send_back(store, [obligation, other], Q4, "缺签到表")

    assert [forms.form(store, key, Q4, DAY).review for key in (obligation, other)] == [Review.PENDING] * 2


def test_the_list_of_those_to_review_begins_with_the_oldest(store: Store, obligation: int) -> None:
    """A corrected entry joins at the end; what is passed, returned or no longer owed is not in it."""
    second = progress.find_obligation(store, None, 3, "财政局").id
    progress.save(store, second, "2024Q3", FormValue(EntryState.IN_PROGRESS, text="一"))
    store.db.execute("UPDATE progress SET saved_at = '2024-10-08T09:00:00+08:00' WHERE obligation_id = ?", [second])
    store.db.commit()

    rows = reviewing.to_review(store, None)
    assert [(row.measure_no, row.unit, row.period_title) for row in rows] == [
        (3, "财政局", "2024年第三季度"),
        (1, "财政局", "2024年第四季度"),
    ]
    assert (reviewing.waiting(store, None), reviewing.waiting(store, None, Q4)) == (2, 1)
    assert [row.obligation_id for row in reviewing.to_review(store, None, Q4)] == [obligation]

    reviewing.send_back(store, [second], "2024Q3", "太简单")
    assert [row.measure_no for row in reviewing.to_review(store, None)] == [1]
    assert [(row.measure_no, row.reason) for row in reviewing.sent_back(store, None)] == [(3, "太简单")]
    progress.save(store, second, "2024Q3", FormValue(EntryState.IN_PROGRESS, text="一，二"))

    assert [row.measure_no for row in reviewing.to_review(store, None)] == [1, 3]
    reviewing.accept(store, [obligation, second], "2024Q3")
    assert [row.measure_no for row in reviewing.to_review(store, None)] == [1]


def test_parts_are_reviewed_together_or_one_by_one(store: Store, tmp_path: Path) -> None:
    """Without a part every entry of the period, with one only that."""
    source = tmp_path / "方案.txt"
    source.write_text(
        "某县提升行政执法质量行动方案\n"
        "1.开展专项监督。应急领域专项监督2024年底前完成，其余事项2025年底前完成。（责任单位：司法局、财政局）\n",
        encoding="utf-8",
    )
    key = reading.import_document(store, source, Job()).key
    row = next(r for r in obligations.list_obligations(store, key, DAY) if r.unit == "财政局")
    parts = forms.form(store, row.id, Q4, DAY).parts
    if len(parts) < 2:
        pytest.fail(f"the document was read with the parts {parts}")
    for part in parts:
        progress.save(store, row.id, Q4, FormValue(EntryState.IN_PROGRESS, part=part, text=part))

    assert reviewing.accept(store, [row.id], Q4, part=parts[0]).reviewed == 1
    assert [r.part for r in reviewing.to_review(store, key)] == [parts[1]]
    assert reviewing.to_review(store, None) == ()
    assert reviewing.send_back(store, [row.id], Q4, "重写").reviewed == 2


def test_a_file_opened_for_reading_says_so(store: Store, obligation: int) -> None:
    """No review without a file that can be written."""
    from core.errors import LedgerFileError

    store.close()
    reader = files.open_ledger(store.path, read_only=True)
    try:
        with pytest.raises(LedgerFileError, match="只读"):
            reviewing.accept(reader, [obligation], Q4)
    finally:
        reader.close()


def test_a_list_shows_the_review_of_the_asked_period_and_reasons_come_back(store: Store, obligation: int) -> None:
    """Not that of another period; the reason used last is offered first."""

    def shown(period: str) -> Review | None:
        rows = obligations.list_obligations(store, None, NEXT_DAY, unit="财政局", measure=1, period=period)
        return rows[0].period_review

    assert (shown(Q4), shown("2024Q3")) == (Review.PENDING, None)
    assert reviewing.last_reasons(store) == ()
    reviewing.send_back(store, [obligation], Q4, "缺签到表")
    assert shown(Q4) is Review.RETURNED
    assert reviewing.last_reasons(store) == ("缺签到表",)
    reviewing.accept(store, [obligation], Q4)
    assert shown(Q4) is Review.ACCEPTED


def test_undo_of_a_return_takes_everything_of_it_back(store: Store, obligation: int) -> None:
    """Verdict, reason and count; redo brings them again."""
    reviewing.send_back(store, [obligation], Q4, "缺签到表")

    undo.undo(store)
    form = forms.form(store, obligation, Q4, DAY)
    assert (form.review, form.review_reason, form.times_returned) == (Review.PENDING, None, 0)
    assert form.obligation.status.state is State.DONE
    undo.redo(store)

    form = forms.form(store, obligation, Q4, DAY)
    assert (form.review, form.review_reason, form.times_returned) == (Review.RETURNED, "缺签到表", 1)


def test_undo_of_a_change_over_a_review_brings_the_passed_entry_back(store: Store, obligation: int) -> None:
    """Words and 通过 together."""
    reviewing.accept(store, [obligation], Q4)
    progress.save(store, obligation, Q4, FormValue(EntryState.IN_PROGRESS, text="改过。"), over_review=True)

    undo.undo(store)

    form = forms.form(store, obligation, Q4, DAY)
    assert form.value is not None
    assert (form.review, form.value.text) == (Review.ACCEPTED, "已组织轮训。")
