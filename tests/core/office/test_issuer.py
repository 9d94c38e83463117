"""Which gaps of a document the settings of the issuer close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import InvalidError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office import documents, history, issued, issuer, issuing, ledger_settings
from core.office.asked import Asked
from core.store import settings
from core.store.database import Store


def gaps(store: Store, kind: str) -> set[str]:
    asked = Asked(None, date(2025, 3, 31), None if kind in {"midterm", "final"} else "2024Q4")
    return set(documents.preview(store, kind, asked, Job())[1].gaps)


@pytest.mark.parametrize("kind", ["report", "midterm", "circular", "reminder", "notice"])
def test_filling_in_all_settings_closes_just_the_gaps_that_are_settings(store: Store, kind: str) -> None:
    """So the window leads to 发文设置 where that helps, and nowhere else."""
    before = gaps(store, kind)
    ledger_settings.save(store, replace(ledger_settings.load(store), office="古县司法局"))
    value = issuer.Issuer(
        number="古司函",
        circular_number="古司通",
        notice_number="古司督",
        addressee="古县人民政府",
        circular_to="各乡镇人民政府",
        contact="李喆",
        phone="0357-8320000",
        may_supervise=True,
    )
    issuer.save(store, value)
    after = gaps(store, kind)

    closed = {gap for gap in before if issuer.is_setting(gap)}
    assert closed
    assert closed == before - after
    assert not any(issuer.is_setting(gap) for gap in after)


def test_a_notice_leaves_only_an_office_that_may_issue_it(store: Store) -> None:
    """It is drafted anyway; a letter needs no such right."""
    asked = Asked(None, date(2025, 3, 31), "2024Q4", "公安局")
    with pytest.raises(InvalidError, match="不能出具"):
        issuing.issue(store, "notice", asked, Job(), formats=("docx",))
    assert issued.list_issued(store) == ()
    issuer.save(store, replace(issuer.load(store), may_supervise=True))

    assert issuing.issue(store, "notice", asked, Job(), formats=("docx",)).kind is DocumentKind.NOTICE


def test_who_signs_a_report_is_a_setting_of_its_own(store: Store) -> None:
    """Else the office, else whoever letters go out from; 代章 where it is the one that has no seal."""
    value = issuer.Issuer(body="联席会议办公室", seal="古县司法局")
    assert (value.report_name, value.report_seal) == ("联席会议办公室", "古县司法局")
    assert replace(value, office="古县司法局").report_name == "古县司法局"
    assert replace(value, office="古县司法局").report_seal == ""
    assert replace(value, office="古县司法局", report_by="古县人民政府").report_name == "古县人民政府"


def test_a_head_that_is_not_known_any_more_is_a_printed_one(store: Store) -> None:
    """Settings come back as they were kept, each told in the journal by its word."""
    value = replace(issuer.load(store), head=issuer.HeadForm.NONE, stamped=True, mark="古县司法局文件")
    issuer.save(store, value)
    line = history.journal_page(store, history.JournalFilter()).lines[0]

    assert issuer.load(store) == value
    assert {change.field for change in line.changes} == {"通报红头", "发文机关标志", "落款按盖章排列"}
    with store.transaction() as db:
        settings.write(db, {"issuer_head": "gold"})
    assert issuer.load(store).head is issuer.HeadForm.RED
