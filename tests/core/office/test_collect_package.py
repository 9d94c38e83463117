"""County to city: a county's 上报材料包 is collected like a unit's return, with its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.job import Job
from core.model.ledger import EntryState
from core.model.plan import Severity
from core.office import attach, files, ledger_settings, progress, submit
from core.office.collected import Fate, Verdict
from core.office.form_value import FormValue
from core.office.ledger_settings import LedgerSettings
from core.store import evidence
from core.store.database import Store
from tests.core.exchange import templates
from tests.core.office.returned_files import collected, contents, record_of

Q2 = "2024Q2"


@pytest.fixture
def package(store: Store, tmp_path: Path) -> Path:
    """What 古县 sends: two measures begun, a file of evidence for the second."""
    ledger_settings.save(store, LedgerSettings("古县司法局"))
    for number in (1, 2):
        obligation = progress.find_obligation(store, None, number, "公安局").id
        value = FormValue(EntryState.IN_PROGRESS, text=f"公安局第{number}项")
        progress.save(store, obligation, Q2, value)
    (tmp_path / "通知.pdf").write_bytes(b"%PDF-1.4 notice")
    attach.add_evidence(store, obligation, Q2, [tmp_path / "通知.pdf"], Job())
    template = tmp_path / "市级统计表.xlsx"
    template.write_bytes(templates.city_with_sums())
    (tmp_path / "签批件.pdf").write_bytes(b"%PDF-1.4 signed")
    options = submit.SubmitOptions(as_of=date(2024, 6, 30), with_mail=False, extras=(tmp_path / "签批件.pdf",))
    return submit.submit(store, None, Q2, template, tmp_path / "上报", Job(), options).folder


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Store]:
    """A ledger of another office, in whose register the county's bureau is a unit."""
    with closing(files.create_ledger(tmp_path / "市.db")) as opened:
        yield opened


def test_the_manifest_is_the_countys_return(city: Store, package: Path) -> None:
    """The filled template beside it is no second return; evidence goes where the manifest says; again: nothing."""
    found, accepted = collected(city, package)
    (file,) = found.files
    assert (file.name, file.unit, file.verdict) == ("上报清单.json", "司法局", Verdict.OK)
    assert not [one for one in file.problems if one.severity is Severity.ERROR]
    assert accepted.rows == 2
    row = record_of(city, 2, "司法局", Q2)
    assert row is not None
    assert "公安局第2项" in row.text
    with city.reading() as db:
        assert len(evidence.of_progress(db, [row.id])) == 1
    (proof,) = [one for one in found.loose if one.fate is Fate.EVIDENCE]
    assert (proof.unit, proof.measure_no) == ("司法局", 2)
    fates = {one.name: (one.fate, one.unit) for one in found.loose}
    assert fates["签批件.pdf"] == (Fate.TRAY, "司法局")  # added by hand: nothing in the manifest speaks for it
    assert fates["校验清单.txt"][0] is Fate.SKIPPED
    before = contents(city)
    again, accepted = collected(city, package)
    assert again.files[0].verdict is Verdict.DUPLICATE
    assert not accepted.written
    assert contents(city) == before


def test_the_countys_own_ledger_does_not_take_it(store: Store, package: Path) -> None:
    found, accepted = collected(store, package)
    assert found.files[0].verdict is Verdict.REJECTED
    assert "自己" in found.files[0].problems[0].what
    assert not accepted.written
