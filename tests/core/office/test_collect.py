"""回收: what came is put beside the ledger; what is clean is written, nothing is lost, nothing changes in silence."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from core.exchange.returned import SheetProblem
from core.model.ledger import EntryState, Review
from core.model.plan import Severity
from core.office import progress, reviewing, undo
from core.office.collected import Verdict, problem_words
from core.office.form_value import FormValue
from core.store import received
from core.store.database import Store
from tests.core.office.returned_files import (
    PERIOD,
    begun,
    collected,
    contents,
    done,
    file_of,
    filled,
    looked,
    numbers_of,
    record_of,
    sent,
)


def whats(found: Any) -> list[str]:
    return [problem.what for problem in found.problems]


def test_a_filled_sheet_goes_into_the_ledger(store: Store, tmp_path: Path) -> None:
    """With who filled it in, how it came and the day; what nobody filled in stays as it was."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, *_ = numbers_of(path)

    def sign(sheet: Any) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "填报人：":
                    cell.value = "填报人：王五"

    filled(path, {first: begun("办了两件事", 存在问题="人手不足"), second: done()}, sign)
    found, accepted = collected(store, path)

    file = file_of(found, "财政局")
    assert (file.verdict, file.rows, len(file.taken()), file.unchanged) == (
        Verdict.OK,
        len(numbers_of(path)),
        2,
        file.rows - 2,
    )
    assert (accepted.written, accepted.rows) == (True, 2)
    row = record_of(store, first, "财政局")
    assert row is not None
    assert (row.state, row.text, row.problems) == (EntryState.IN_PROGRESS, "办了两件事", "人手不足")
    assert (row.said_by, row.came_by, row.received_on) == ("王五", "填报表", date.today())
    other = record_of(store, second, "财政局")
    assert other is not None
    assert (other.state, other.done_on) == (EntryState.DONE, date(2024, 12, 20))
    assert sum(1 for number in numbers_of(path) if record_of(store, number, "财政局")) == 2


def test_looking_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    filled(path, {numbers_of(path)[0]: begun()})
    before = contents(store)
    looked(store, path)
    assert contents(store) == before
    assert not list(store.path.parent.glob("*.佐证材料"))


def test_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    """The same bytes, also under another name, and the same content saved anew by another program."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    filled(path, {numbers_of(path)[0]: begun()})
    collected(store, path)
    before = contents(store)

    again, accepted = collected(store, path)
    assert file_of(again, "财政局").verdict is Verdict.DUPLICATE
    assert not accepted.written
    copy = shutil.copyfile(path, tmp_path / "新建 Microsoft Excel 工作表.xlsx")
    assert file_of(looked(store, copy), "财政局").verdict is Verdict.DUPLICATE
    openpyxl.load_workbook(path).save(copy)
    assert copy.read_bytes() != path.read_bytes()
    resaved, accepted = collected(store, copy)
    assert file_of(resaved, "财政局").verdict is Verdict.DUPLICATE
    assert not accepted.written
    assert contents(store) == before


def test_what_was_typed_since_is_not_taken_back_by_an_old_return(store: Store, tmp_path: Path) -> None:
    """The unit telephoned after its sheet was collected; the folder is dropped once more."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    filled(path, {number: begun("表中所写")})
    collected(store, path)
    obligation = progress.find_obligation(store, None, number, "财政局").id
    progress.save(store, obligation, PERIOD, FormValue(EntryState.IN_PROGRESS, text="电话更正", came_by="电话"))
    collected(store, path, over_review=True)
    row = record_of(store, number, "财政局")
    assert row is not None
    assert row.text == "电话更正"


def test_a_cell_left_empty_clears_nothing(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number, blank, *_ = numbers_of(path)
    for one, text in ((number, "原有进展"), (blank, "也有进展")):
        obligation = progress.find_obligation(store, None, one, "财政局").id
        value = FormValue(EntryState.IN_PROGRESS, text=text, problems="原有问题", next_steps="原有打算")
        progress.save(store, obligation, PERIOD, value)
    filled(path, {number: {"状态": "推进中", "工作进展": "新的进展"}})

    found, accepted = collected(store, path)

    row, other = record_of(store, number, "财政局"), record_of(store, blank, "财政局")
    assert row is not None
    assert other is not None
    assert (row.text, row.problems, row.next_steps) == ("新的进展", "原有问题", "原有打算")
    assert other.text == "也有进展"
    assert accepted.rows == 1
    said = whats(file_of(found, "财政局"))
    assert sum("没有清空" in what for what in said) == 2
    assert any(f"第 {blank} 项" in what and "空着" in what for what in said)


def test_what_was_passed_changes_only_with_a_yes(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number, other, *_ = numbers_of(path)
    obligation = progress.find_obligation(store, None, number, "财政局").id
    progress.save(store, obligation, PERIOD, FormValue(EntryState.IN_PROGRESS, text="审核过的"))
    reviewing.accept(store, [obligation], PERIOD)
    filled(path, {number: begun("改了的"), other: begun("别的")})

    found, accepted = collected(store, path)
    (conflict,) = file_of(found, "财政局").conflicts
    assert (conflict.measure_no, conflict.title, conflict.have, conflict.got) == (
        number,
        "工作进展",
        "审核过的",
        "改了的",
    )
    assert accepted.rows == 1
    row = record_of(store, number, "财政局")
    assert row is not None
    assert (row.text, row.review) == ("审核过的", Review.ACCEPTED)

    again, accepted = collected(store, path)
    assert not accepted.written
    assert len(file_of(again, "财政局").conflicts) == 1

    _, accepted = collected(store, path, over_review=True)
    assert accepted.rows == 1
    row = record_of(store, number, "财政局")
    assert row is not None
    assert (row.text, row.review) == ("改了的", Review.PENDING)
    last, accepted = collected(store, path, over_review=True)
    assert not accepted.written
    assert not file_of(last, "财政局").conflicts


def test_rows_with_problems_stay_out_and_the_others_go_in(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    good, bad, *_ = numbers_of(path)
    filled(path, {good: begun(), bad: {"状态": "基本完成了吧", "工作进展": "不知算不算"}})
    found, accepted = collected(store, path)
    file = file_of(found, "财政局")
    assert (file.verdict, accepted.rows) == (Verdict.PARTIAL, 1)
    (problem,) = [one for one in file.problems if one.severity is Severity.ERROR]
    assert problem.row is not None
    assert "基本完成了吧" in problem.found
    assert record_of(store, bad, "财政局") is None


def test_a_deleted_row_is_told(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    first, second, *_ = numbers_of(path)
    filled(path, {first: begun()}, lambda sheet: sheet.delete_rows(6))
    found, accepted = collected(store, path)
    file = file_of(found, "财政局")
    assert file.verdict is Verdict.PARTIAL
    assert any(f"表中没有第 {second} 项" in what for what in whats(file))
    assert accepted.rows == 1


def test_an_empty_sheet_is_no_return(store: Store, tmp_path: Path) -> None:
    paths = sent(store, tmp_path, "财政局", "司法局")
    filled(paths["司法局"], {numbers_of(paths["司法局"])[0]: begun()})
    found, accepted = collected(store, *paths.values())
    assert file_of(found, "财政局").verdict is Verdict.REJECTED
    assert "财政局" in found.missing
    assert "司法局" not in found.missing
    assert accepted.rows == 1


def test_a_stray_sheet_of_another_period_does_not_ask_for_all_its_units(store: Store, tmp_path: Path) -> None:
    paths = sent(store, tmp_path / "四季度", "财政局", "司法局", "公安局")
    stray = sent(store, tmp_path / "三季度", "司法局", "公安局", period="2024Q3")["公安局"]
    for path in (paths["财政局"], paths["司法局"], stray):
        filled(path, {numbers_of(path)[0]: begun()})
    found, _ = collected(store, paths["财政局"], paths["司法局"], stray)
    assert "公安局" in found.missing
    assert not {"财政局", "司法局"} & set(found.missing)


def test_a_short_text_that_was_not_understood_is_told_although_the_sentence_holds_it() -> None:
    what = "状态：没有这个状态，应为：未启动、推进中、已完成、不涉及"
    assert problem_words(SheetProblem(Severity.ERROR, what, 5, "F", "已")) == f"{what}（表中为“已”）"
    version = SheetProblem(Severity.WARNING, "这是第 1 版填报表，最近下发的是第 2 版", found="第 1 版")
    assert problem_words(version) == version.what


def test_the_very_sheet_that_was_sent_is_no_return(store: Store, tmp_path: Path) -> None:
    """Also where it holds what the ledger has: the folder of a dispatch is dropped, and some have filled theirs in."""
    first = sent(store, tmp_path / "先", "财政局")["财政局"]
    obligation = progress.find_obligation(store, None, numbers_of(first)[0], "财政局").id
    progress.save(store, obligation, PERIOD, FormValue(EntryState.IN_PROGRESS, text="已有"))
    paths = sent(store, tmp_path / "下发", "财政局", "司法局")
    filled(paths["司法局"], {numbers_of(paths["司法局"])[0]: begun()})
    found, accepted = collected(store, tmp_path / "下发")
    assert file_of(found, "财政局").verdict is Verdict.REJECTED
    assert whats(file_of(found, "财政局")) == ["这是下发时的原表，没有填写过"]
    assert "财政局" in found.missing
    assert accepted.kept == 1


def test_two_returns_of_a_unit_that_contradict_each_other(store: Store, tmp_path: Path) -> None:
    """Neither wins; where only one says something, or both the same, that is taken."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    same, differs, only, *_ = numbers_of(path)
    second = shutil.copyfile(path, tmp_path / "财政局（改）.xlsx")
    filled(path, {same: begun("一样"), differs: begun("甲")})
    filled(second, {same: begun("一样"), differs: begun("乙"), only: begun("只有后一份")})

    found, accepted = collected(store, path, second)

    assert [file.verdict for file in found.files] == [Verdict.PARTIAL, Verdict.PARTIAL]
    assert all(any("内容不同" in what for what in whats(file)) for file in found.files)
    assert record_of(store, differs, "财政局") is None
    assert record_of(store, same, "财政局") is not None
    assert record_of(store, only, "财政局") is not None
    before = contents(store)
    _, accepted = collected(store, path, second, over_review=True)
    assert not accepted.written
    assert contents(store) == before

    found, accepted = collected(store, second)
    assert not accepted.written
    assert "没有采用的 1 项，须确认" in whats(found.files[0])[0]
    collected(store, second, over_review=True)
    kept = record_of(store, differs, "财政局")
    assert kept is not None
    assert kept.text == "乙"


def test_two_equal_returns_are_one(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    filled(path, {numbers_of(path)[0]: begun()})
    copy = shutil.copyfile(path, tmp_path / "再发一次.xlsx")
    found, accepted = collected(store, path, copy)
    assert sorted(file.verdict for file in found.files) == [Verdict.DUPLICATE, Verdict.OK]
    assert accepted.rows == 1
    with store.reading() as db:
        assert len(received.everything(db)) == 1


def test_a_corrected_return_of_a_later_day_goes_over_the_first(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path / "一", "财政局")["财政局"]
    number = numbers_of(path)[0]
    second = shutil.copyfile(path, tmp_path / "财政局更正.xlsx")
    filled(path, {number: begun("先写的")})
    filled(second, {number: begun("更正的")})
    collected(store, path)
    found, accepted = collected(store, path, second)
    assert [file.verdict for file in found.files] == [Verdict.DUPLICATE, Verdict.OK]
    assert accepted.rows == 1
    row = record_of(store, number, "财政局")
    assert row is not None
    assert row.text == "更正的"


def test_a_collect_is_one_step_that_can_be_taken_back(store: Store, tmp_path: Path) -> None:
    paths = sent(store, tmp_path, "财政局", "司法局")
    for path in paths.values():
        filled(path, {numbers_of(path)[0]: begun()})
    before = contents(store)
    collected(store, *paths.values())
    label = undo.undo_label(store)
    assert label is not None
    assert label.startswith("回收填报表（2 份，改动 2 行")
    undo.undo(store)
    after = contents(store)
    for grown in ("journal", "journal_end"):
        assert after.pop(grown) != before.pop(grown)
    assert after == before
    undo.redo(store)
    assert file_of(looked(store, paths["财政局"]), "财政局").verdict is Verdict.DUPLICATE


def test_the_file_is_kept_as_it_came(store: Store, ledger: Path, tmp_path: Path) -> None:
    """And stays when the ledger is opened again: it is no stray."""
    from contextlib import closing

    from core.office import files
    from core.store import evidence_files

    path = sent(store, tmp_path, "财政局")["财政局"]
    filled(path, {numbers_of(path)[0]: begun()})
    collected(store, path)
    store.close()
    with closing(files.open_ledger(ledger)) as opened:
        (row,) = received.everything(opened.db)
        kept = evidence_files.path_of(opened.path, row.sha256, row.name)
        assert kept.read_bytes() == path.read_bytes()
        assert (row.unit, row.period, row.verdict, row.is_settled) == ("财政局", PERIOD, "ok", True)


def test_a_draft_in_the_form_outlives_the_return(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    obligation = progress.find_obligation(store, None, number, "财政局").id
    progress.keep_draft(store, obligation, PERIOD, FormValue(text="没写完"))
    filled(path, {number: begun("表中所写")})
    found, _ = collected(store, path)
    with store.reading() as db:
        from core.store import progress as rows

        draft = rows.draft(db, obligation, PERIOD, None)
    assert draft is not None
    assert draft["text"] == "没写完"
    assert any("草稿" in what for what in whats(file_of(found, "财政局")))


def test_done_taken_back_by_a_sheet_is_said(store: Store, tmp_path: Path) -> None:
    """With the day that goes along."""
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    obligation = progress.find_obligation(store, None, number, "财政局").id
    progress.save(store, obligation, PERIOD, FormValue(EntryState.DONE, date(2024, 11, 1), text="完成"))
    filled(path, {number: begun("还没做完")})
    found = looked(store, path)
    file = file_of(found, "财政局")
    assert {diff.field: (diff.have, diff.got) for diff in file.diffs} == {
        "state": ("已完成", "推进中"),
        "done_on": ("2024-11-01", ""),
        "text": ("完成", "还没做完"),
    }
    assert any("在台账中是已完成" in what for what in whats(file))


def test_a_period_that_would_be_made_is_said(store: Store, tmp_path: Path) -> None:
    """Named in a sheet that has lost its identity."""
    from core.exchange.unit_sheet import IDENTITY_SHEET

    path = sent(store, tmp_path, "财政局")["财政局"]
    filled(path, {numbers_of(path)[0]: begun()})
    book = openpyxl.load_workbook(path)
    del book[IDENTITY_SHEET]
    for name in list(book.defined_names):
        del book.defined_names[name]
    cell = book.worksheets[0]["A2"]
    cell.value = cell.value.replace("2024年第四季度", "2025年第一季度")
    book.save(other := tmp_path / "表.xlsx")
    file = file_of(looked(store, other), "财政局")
    assert any("还没有报送期“2025年第一季度”" in what for what in whats(file))


def test_names_from_a_zip_are_kept_safely(store: Store, tmp_path: Path) -> None:
    """Whatever a zip calls a file, nothing is written outside the folder beside the ledger."""
    import zipfile

    path = sent(store, tmp_path / "下发", "财政局")["财政局"]
    number = numbers_of(path)[0]
    filled(path, {number: begun()})
    pack = tmp_path / "财政局.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.write(path, "../../../表.xlsx")
        archive.writestr(f"..\\..\\{number}-1 照片:秘?.j*pg", b"\xff\xd8\xff photo")
        archive.writestr(f"{number}-2 {'长' * 230}.{'x' * 60}", b"\xff\xd8\xff long")

    def others() -> set[Path]:
        return {one for one in tmp_path.rglob("*") if "佐证材料" not in str(one) and "备份" not in str(one)}

    before = others()
    found, accepted = collected(store, pack)
    assert accepted.rows == 1
    assert accepted.evidence == 2, found.loose
    assert others() == before
    with store.reading() as db:
        names = [row.name for row in received.everything(db)]
    assert not any(set('\\/:*?"<>|') & set(name) for name in names)


def test_a_number_without_its_file_is_said(store: Store, tmp_path: Path) -> None:
    path = sent(store, tmp_path, "财政局")["财政局"]
    number = numbers_of(path)[0]
    filled(path, {number: begun(佐证材料编号=f"{number}-1、{number}-2")})
    path.with_name(f"{number}-1 通知.pdf").write_bytes(b"%PDF-1.4")
    file = file_of(looked(store, path, path.with_name(f"{number}-1 通知.pdf")), "财政局")
    assert [what for what in whats(file) if "没有随表收到" in what] == [
        f"第 {number} 项写有佐证材料编号“{number}-2”，没有随表收到这份材料"
    ]
