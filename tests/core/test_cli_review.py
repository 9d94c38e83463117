"""`record` over an entry that was 通过, and what `status` says of 逾期完成."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core import cli
from core.model.ledger import EntryState, Review
from core.office import files, forms, progress, reviewing
from core.office.form_value import FormValue

Run = Callable[..., tuple[int, str, str]]
PLACE = ("--measure", "1", "--unit", "财政局", "--period", "2024Q4")
DAY = date(2025, 1, 10)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives exit code, stdout, stderr."""

    def _run(*argv: object) -> tuple[int, str, str]:
        code = cli.main([str(part) for part in argv])
        out, err = capsys.readouterr()
        return code, out, err

    return _run


@pytest.fixture
def passed(ledger: Path) -> Path:
    """财政局 in measure 1: 已完成 in 2024Q4, and 通过."""
    with closing(files.open_ledger(ledger)) as store:
        key = progress.find_obligation(store, None, 1, "财政局").id
        progress.save(store, key, "2024Q4", FormValue(EntryState.DONE, date(2024, 11, 2), text="已轮训。"))
        reviewing.accept(store, [key], "2024Q4")
    return ledger


def form_of(ledger: Path) -> forms.Form:
    with closing(files.open_ledger(ledger, read_only=True)) as store:
        key = progress.find_obligation(store, None, 1, "财政局").id
        return forms.form(store, key, "2024Q4", DAY)


def test_record_over_a_passed_entry_is_refused_in_one_line(run: Run, passed: Path, tmp_path: Path) -> None:
    """Exit 1, what it was about and what to do; neither the words nor the file are written."""
    scan = tmp_path / "签到表.pdf"
    scan.write_bytes(b"x")

    code, out, err = run("record", passed, *PLACE, "--state", "推进中", "--text", "重写", "--evidence", scan)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "第1项 财政局，2024年第四季度的进展已审核通过，没有改动。" in err
    assert "退回" in err
    form = form_of(passed)
    assert form.value is not None
    assert (form.value.text, form.review, form.evidence) == ("已轮训。", Review.ACCEPTED, ())


def test_record_of_the_same_words_adds_its_evidence_and_stays_passed(run: Run, passed: Path, tmp_path: Path) -> None:
    """Nothing that was reviewed changes."""
    scan = tmp_path / "签到表.pdf"
    scan.write_bytes(b"x")
    same = ("--state", "已完成", "--done", "2024-11-02", "--text", "已轮训。")

    assert run("record", passed, *PLACE, *same)[0] == 0
    assert run("record", passed, *PLACE, *same, "--evidence", scan)[0] == 0

    form = form_of(passed)
    assert (form.review, [row.name for row in form.evidence]) == (Review.ACCEPTED, ["签到表.pdf"])


def test_record_after_a_return_waits_for_review_again(run: Run, passed: Path) -> None:
    """What the refusal says to do."""
    with closing(files.open_ledger(passed)) as store:
        reviewing.send_back(store, [progress.find_obligation(store, None, 1, "财政局").id], "2024Q4", "缺签到表")

    assert run("record", passed, *PLACE, "--state", "推进中", "--text", "重写")[0] == 0

    assert form_of(passed).review is Review.PENDING


def test_status_tells_late_from_in_time(run: Run, ledger: Path) -> None:
    """逾期完成 is a part of 已完成."""
    for unit, day in (("财政局", "2024-12-31"), ("人社局", "2025-01-01")):
        run("record", ledger, "--measure", 1, "--unit", unit, "--state", "已完成", "--done", day)

    assert "已完成 2（逾期完成 1）" in run("status", ledger, "--as-of", "2025-01-10")[1]
