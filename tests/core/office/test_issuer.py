"""Which gaps of a document the settings of the issuer close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.job import Job
from core.office import documents, issuer, ledger_settings
from core.office.asked import Asked
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
