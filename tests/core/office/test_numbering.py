"""文号: shown before it is taken, by 机关代字 and year, never given twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import InvalidError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office import history, issued, issuer, issuing, numbering
from core.office.asked import Asked
from core.office.changes import Changes
from core.store.database import Store
from tests.core.office.filled import AS_OF, PERIOD

REMINDER, CIRCULAR = DocumentKind.REMINDER, DocumentKind.CIRCULAR


@pytest.fixture
def numbered(store: Store) -> Store:
    issuer.save(store, replace(issuer.load(store), number="古司函", circular_number="古司发"))
    return store


def issue(store: Store, kind: str, number: str, **changes: object) -> issued.Issued:
    asked = Asked(None, AS_OF, PERIOD, number=number, **changes)
    return issuing.issue(store, kind, asked, Job(), formats=("docx",), issued_on=date(2025, 1, 13))


def test_without_a_word_there_is_no_number(store) -> None:
    assert numbering.series(store, REMINDER, 2025) is None
    assert numbering.next_number(store, REMINDER, 2025) == ""
    assert numbering.next_numbers(store, REMINDER, 2025, ["公安局"]) == ()


def test_each_word_and_each_year_is_counted_by_itself(numbered) -> None:
    """Looking at the next number takes none."""
    for _ in range(2):
        assert numbering.next_number(numbered, REMINDER, 2025) == "古司函〔2025〕1号"
    issue(numbered, "circular", "古司发〔2025〕1号")

    assert numbering.next_number(numbered, REMINDER, 2025) == "古司函〔2025〕1号"
    assert numbering.next_number(numbered, CIRCULAR, 2025) == "古司发〔2025〕2号"
    assert numbering.next_number(numbered, CIRCULAR, 2026) == "古司发〔2026〕1号"


def test_a_number_of_a_withdrawn_paper_is_not_given_again(numbered) -> None:
    """A gap below the highest stays a gap."""
    line = issue(numbered, "circular", "古司发〔2025〕7号")
    issued.withdraw(numbered, line.id, date(2025, 1, 14), "重发")

    assert numbering.next_number(numbered, CIRCULAR, 2025) == "古司发〔2025〕8号"
    with numbered.reading() as db, pytest.raises(InvalidError, match="已经用过") as told:
        numbering.refuse_taken(db, "古司发[2025]7号")
    assert "8号" in told.value.hint
    with numbered.reading() as db:
        numbering.refuse_taken(db, "古司发〔2025〕3号")


def test_numbers_given_elsewhere_are_passed_over(numbered) -> None:
    """The change is in the journal, once."""
    changes = numbering.begin_after(numbered, "古司函", 2025, 11)

    assert changes.periods
    assert numbering.next_number(numbered, REMINDER, 2025) == "古司函〔2025〕12号"
    assert numbering.begin_after(numbered, "古司函", 2025, 11) == Changes()
    assert history.journal_page(numbered, history.JournalFilter()).lines[0].action == "登记已用文号"
    with numbered.reading() as db, pytest.raises(InvalidError):
        numbering.refuse_taken(db, "古司函〔2025〕11号")
    with pytest.raises(InvalidError, match="0—9999"):
        numbering.begin_after(numbered, "古司函", 2025, -1)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("古司函[2024]12号", "古司函〔2024〕12号"),
        ("古司函（2024）第012号", "古司函〔2024〕12号"),
        ("古司函〔2024〕12", "古司函〔2024〕12号"),
        ("会议纪要第3期", "会议纪要第3期"),
    ],
)
def test_a_number_is_written_as_the_standard_does(typed, written) -> None:
    """〔〕, no 第, no leading zero; what is none of that stays."""
    assert numbering.tidy(typed) == written
