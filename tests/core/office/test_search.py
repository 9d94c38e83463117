"""Search over measures, units, progress and evidence: words, numbers, pinyin; what is found is in the file now."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.job import Job
from core.model.ledger import EntryState
from core.office import attach, bundled, evidence, progress, reading, search, search_index, undo
from core.office.form_value import FormValue
from core.office.search import Hit
from core.store.database import Store

Q3, Q4 = "2024Q3", "2024Q4"
TRAINED = FormValue(
    EntryState.DONE,
    done_on=date(2024, 11, 2),
    text="组织行政执法人员轮训三期，参训二百余人次，考试合格率百分之九十八，补考人员已全部通过，并建立培训档案备查，年底前统一核验。",
    problems="经费不足",
)


def fill(store: Store, no: int = 1, unit: str = "财政局", value: FormValue = TRAINED, period: str = Q4) -> int:
    key = progress.find_obligation(store, None, no, unit).id
    progress.save(store, key, period, value)
    return key


def of_kind(store: Store, text: str, kind: str) -> list[Hit]:
    return [hit for hit in search.search(store, None, text) if hit.kind == kind]


def marked(hit: Hit) -> list[str]:
    return [hit.title[begin:end] for begin, end in hit.marks]


def test_a_number_finds_its_measure_first(store: Store) -> None:
    assert of_kind(store, "12", "measure")[0].measure_no == 12
    assert of_kind(store, "１２", "measure")[0].measure_no == 12


@pytest.mark.parametrize("word", ["czj", "caizhengju", "caizj", "财zj", "财政"])
def test_a_unit_is_found_by_letters(store: Store, word: str) -> None:
    hit = of_kind(store, word, "unit")[0]

    assert hit.unit == "财政局"
    assert hit.title.startswith(marked(hit)[0])


def test_one_letter_finds_the_units_that_begin_with_it(store: Store) -> None:
    found = search.search(store, None, "c")

    assert "财政局" in [hit.unit for hit in found]
    assert {hit.kind for hit in found} == {"unit"}


def test_a_measure_is_found_by_the_unit_that_owes_it(store: Store) -> None:
    hit = of_kind(store, "轮训", "measure")[0]
    assert marked(hit) == ["轮训"]
    with_division = of_kind(store, "财政局", "measure")[0]
    assert [with_division.note[a:b] for a, b in with_division.note_marks] in ([], ["财政局"])


@pytest.mark.parametrize(
    "word", ["轮训", "lunxun", "lxsq", "经费不足", "jfbz", "财政局 轮训", "czj 轮训", "2024年第四季度 lunxun"]
)
def test_progress_is_found_by_what_was_said_and_of_whom(store: Store, word: str) -> None:
    key = fill(store)
    (hit,) = of_kind(store, word, "progress")

    assert (hit.obligation_id, hit.period_key, hit.measure_no, hit.unit) == (key, Q4, 1, "财政局")
    assert hit.note.endswith("财政局，2024年第四季度")


def test_the_words_found_are_shown(store: Store) -> None:
    fill(store)
    (hit,) = of_kind(store, "培训档案", "progress")

    assert marked(hit) == ["培训档案"]
    assert hit.title.startswith("…")


def test_words_of_another_unit_do_not_match(store: Store) -> None:
    fill(store)

    assert of_kind(store, "教育局 轮训", "progress") == []


def test_the_newest_record_comes_first(store: Store) -> None:
    fill(store, period=Q3)
    fill(store, period=Q4)

    assert [hit.period_key for hit in of_kind(store, "轮训", "progress")] == [Q4, Q3]


def test_evidence_is_found_by_title_number_note_and_letters(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "会议纪要.pdf"
    scan.write_bytes(b"%PDF-1.4")
    (row,) = attach.add_evidence(store, fill(store), Q4, [scan], Job()).rows
    evidence.describe(
        store,
        row.id,
        title="会议纪要",
        number="古司发〔2024〕7号",
        category="文件",
        proves_on=None,
        pages=None,
        note="盖章件",
    )
    for word in ("会议", "hyjy", "huiyi", "〔2024〕7号", "盖章"):
        assert [hit.evidence_id for hit in of_kind(store, word, "evidence")] == [row.id], word


def test_a_write_of_any_connection_is_found_at_once(store: Store) -> None:
    assert of_kind(store, "轮训三期", "progress") == []
    with closing(store.worker()) as own:
        fill(own)
    assert len(of_kind(store, "轮训三期", "progress")) == 1
    fill(store, value=FormValue(EntryState.IN_PROGRESS, text="改了"))
    assert of_kind(store, "轮训三期", "progress") == []


def test_what_an_old_index_finds_is_compared_with_the_file(store: Store) -> None:
    fill(store)
    search.search(store, None, "轮训")
    undo.undo(store)

    assert not [hit for hit in search.search(store, None, "轮训", fresh=False) if hit.kind == "progress"]


def test_without_an_index_the_rest_is_found(store: Store) -> None:
    fill(store)
    found = search.search(store, None, "财政", fresh=False)

    assert {hit.kind for hit in found} == {"measure", "unit"}
    assert not search_index.is_ready(store)
    search_index.keep(store, search_index.read(store, search_index.search_version(store), Job()))
    assert search_index.is_ready(store)


def test_progress_of_another_plan_is_not_shown(store: Store) -> None:
    fill(store)
    imported = reading.import_plan(store, bundled.load("suizhou"), None, Job())

    assert not [hit for hit in search.search(store, imported.key, "轮训三期") if hit.kind == "progress"]


def test_nothing_typed_finds_nothing(store: Store) -> None:
    assert search.search(store, None, "  ") == ()
