"""County to city: what a county's program submits is read by its city like a returned sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import InvalidError
from core.exchange.manifest import MeasureSaid, SubmissionManifest, manifest_bytes
from core.exchange.read_submission import read_submission
from core.exchange.returned import Identity, KnownLedger, KnownObligation, KnownPlan, ReturnedSheet
from core.job import Job
from core.ledger.periods import parse
from core.model.ledger import EntryState
from core.model.plan import Severity
from tests.core.exchange.test_package import MANIFEST

S = EntryState
PLAIN = (S.NOT_STARTED, S.IN_PROGRESS, S.DONE, S.NOT_APPLICABLE)
LASTING = (S.NOT_STARTED, S.IN_PROGRESS, S.KEPT_UP, S.NOT_APPLICABLE)
TEXTS = {
    7: "加强行政执法人员培训，每人每年接受不少于60学时的业务知识和法律法规培训。",
    8: "全面落实行政执法公示制度，行政执法决定公开率达到100%。",
    9: "建立健全行政执法监督机制，定期开展行政执法案卷评查。",
}
OBLIGATIONS = tuple(
    KnownObligation(no + 100, no, f"（{no}）", text, LASTING if no == 9 else PLAIN) for no, text in TEXTS.items()
)
PLAN = KnownPlan(
    "city", "全市任务分解表", {no: (f"（{no}）", text) for no, text in TEXTS.items()}, {"古县": OBLIGATIONS}
)
CITY = KnownLedger("ff" * 16, (PLAN,), (parse("2024Q2"),), {"古县": "古县", "霍州市": "霍州市"})


def said(number: int, text: str, state: EntryState = S.IN_PROGRESS, **more: object) -> MeasureSaid:
    plain = MeasureSaid(number, f"（{number}）", text, state.value, state.value, progress=f"司法局：第{number}项。")
    return replace(plain, **more)  # type: ignore[arg-type]


def county(*measures: MeasureSaid, **more: object) -> SubmissionManifest:
    return replace(MANIFEST, measures=measures, **more)  # type: ignore[arg-type]


def read(manifest: SubmissionManifest, known: KnownLedger = CITY, decided: Identity | None = None) -> ReturnedSheet:
    return read_submission(manifest_bytes(manifest), "上报清单.json", known, Job(), decided=decided)


def test_the_county_is_known_by_a_name_and_its_measures_by_their_text() -> None:
    """Its numbers are those of its own plan."""
    found = read(county(said(1, TEXTS[8]), said(2, TEXTS[7], S.DONE, done_on=date(2024, 6, 20))))
    assert (found.identity.plan_key, found.identity.period_key, found.identity.unit) == ("city", "2024Q2", "古县")
    assert [(row.row, row.number, row.state, row.done_on, row.progress) for row in found.rows] == [
        (1, 8, S.IN_PROGRESS, None, "司法局：第1项。"),
        (2, 7, S.DONE, date(2024, 6, 20), "司法局：第2项。"),
    ]
    assert not [one for one in found.problems if one.severity is Severity.ERROR]
    assert found.seen == {107, 108}


def test_a_measure_of_the_county_alone_is_left_out_and_no_error() -> None:
    found = read(county(said(1, TEXTS[8]), said(2, "本县自行开展的专项整治行动，由乡镇分别组织实施。")))
    assert [row.number for row in found.rows] == [8]
    assert {one.severity for one in found.problems} <= {Severity.INFO}


def test_two_measures_like_one_are_never_guessed_at() -> None:
    found = read(county(said(1, TEXTS[8]), said(2, TEXTS[8])))
    assert found.rows == ()
    assert [one.row for one in found.problems if "有几项都像第8项" in one.what] == [1, 2]


def test_what_was_not_begun_and_says_nothing_is_no_row() -> None:
    found = read(county(said(1, TEXTS[8], S.NOT_STARTED, progress="")))
    assert (found.rows, found.seen) == ((), {108})


def test_a_state_the_city_does_not_know_becomes_the_nearest_and_is_told() -> None:
    found = read(county(said(1, TEXTS[9], S.DONE), said(2, TEXTS[8], S.KEPT_UP)))
    assert [row.state for row in found.rows] == [S.KEPT_UP, S.IN_PROGRESS]
    assert len([one for one in found.problems if "记作" in one.what]) == 2


def test_not_applicable_gives_its_words_as_reason() -> None:
    (row,) = read(county(said(1, TEXTS[8], S.NOT_APPLICABLE))).rows
    assert (row.reason, row.progress) == ("司法局：第1项。", "")


def test_an_unknown_county_or_plan_is_asked_for() -> None:
    """Then the clerk's word counts."""
    stranger = county(said(1, TEXTS[8]), unit="某县司法局", names=("某县",))
    found = read(stranger)
    assert (found.identity.unit, found.rows) == (None, ())
    assert [one.severity for one in found.problems] == [Severity.ERROR]
    decided = read(stranger, decided=Identity("city", "2024Q2", "古县"))
    assert [row.number for row in decided.rows] == [8]
    two = replace(CITY, plans=(PLAN, replace(PLAN, key="p2", title="另一方案")))
    assert read(county(said(1, TEXTS[8])), two).identity.plan_key is None


def test_the_ledgers_own_manifest_is_refused() -> None:
    with pytest.raises(InvalidError, match="本台账自己的"):
        read(county(said(1, TEXTS[8]), file_id=CITY.file_id))
