"""What is known before a document is issued, and the rows behind a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.job import Job
from core.model.document_kind import DocumentKind
from core.model.units import UnitKind
from core.office import issued, issuer, issuing, numbering
from core.office.asked import Asked
from core.office.behind import rows_behind
from core.office.overview import overview
from core.office.to_issue import addressees, to_issue
from core.office.unit_changes import save_unit, unit_value
from core.office.units import unit_named
from core.store.database import Store

AS_OF = date(2025, 1, 10)
ASKED = Asked(None, AS_OF, "2024Q4")


def test_letters_go_to_those_who_owe_something(store: Store) -> None:
    """Each with the next free number of the year; a 督办通知单 never to 纪检司法机关."""
    issuer.save(store, replace(issuer.load(store), number="古司函"))
    ready = to_issue(store, "reminder", ASKED, AS_OF)

    assert ready.is_many
    assert ready.numbers[0] == (ready.units[0], "古司函〔2025〕1号")
    assert [unit for unit, _ in ready.numbers] == list(ready.units)
    assert ready.like == ()

    late = addressees(store, DocumentKind.NOTICE, ASKED)
    court = unit_named(store, late[0])
    save_unit(store, court.name, replace(unit_value(court), kind=UnitKind.DISCIPLINE_JUSTICE))
    assert court.name not in addressees(store, DocumentKind.NOTICE, ASKED)
    assert court.name in addressees(store, DocumentKind.REMINDER, ASKED)


def test_what_was_issued_before_is_named(store: Store) -> None:
    """Of letters: which units have theirs; of others: the document itself; a withdrawn one does not count."""
    units = to_issue(store, "reminder", ASKED, AS_OF).units[:2]
    first, _ = issuing.issue_letters(store, "reminder", ASKED, units, Job(), formats=("docx",), issued_on=AS_OF)
    ready = to_issue(store, "reminder", ASKED, AS_OF)
    assert ready.written == units

    issued.withdraw(store, first.id, AS_OF, "写错了")
    assert to_issue(store, "reminder", ASKED, AS_OF).written == units[1:]
    one = to_issue(store, "reminder", replace(ASKED, unit=units[1]), AS_OF)
    assert not one.is_many
    assert [line.unit for line in one.like] == [units[1]]


def test_a_kind_that_is_no_letter_has_one_number(store: Store) -> None:
    issuer.save(store, replace(issuer.load(store), circular_number="古司通"))
    numbering.begin_after(store, "古司通", 2025, 6)
    ready = to_issue(store, "circular", ASKED, AS_OF)

    assert (ready.units, ready.numbers) == ((), (("", "古司通〔2025〕7号"),))
    assert to_issue(store, "table", ASKED, AS_OF).numbers == ()


def test_the_rows_behind_a_number(store: Store) -> None:
    """Obligations in the order of the plan, or measures where it counts those."""
    view = overview(store, None, AS_OF)
    items = [view.obligations[40], view.obligations[3]]
    rows = rows_behind(store, None, [item.id for item in items])

    assert [(row.obligation, row.unit) for row in rows] == [(item.id, item.unit) for item in reversed(items)]
    assert rows[0].text == view.measure(items[1].measure).text.replace("\n", "")
    assert [(row.measure, row.obligation) for row in rows_behind(store, None, (), (7, 2))] == [(2, None), (7, None)]
