"""What the first three steps show, read in one go (gui/plan_reader.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.office import periods, return_lines, returns, sendings
from core.office.overview import overview

if TYPE_CHECKING:
    from core.office.files import Store
    from core.office.periods import PeriodLine
    from core.office.return_lines import ReturnLine
    from core.office.returns import Returns
    from core.office.sendings import Sendings
    from gui.plan_reader import Scope


@dataclass(frozen=True, slots=True, eq=False)
class ExchangeReading:
    """A period as it stands: which there are, what it expects, what was sent, what the ledger keeps of what came."""

    lines: tuple[PeriodLine, ...]
    returns: Returns
    sendings: Sendings
    kept: tuple[ReturnLine, ...]


def read_exchange(store: Store, scope: Scope) -> ExchangeReading:
    """Read it for a plan, a period and a date; without a period there is nothing to read."""
    plan_key, period_key, as_of = scope
    assert period_key is not None, "the page asks for nothing without one"
    view = overview(store, plan_key, periods.period_of(store, plan_key, period_key).last_day)
    found = returns.returns(store, plan_key, period_key, as_of, view=view)
    return ExchangeReading(
        periods.period_lines(store, plan_key, as_of),
        found,
        sendings.sendings(store, plan_key, period_key, view=view),
        return_lines.return_lines(store, plan_key, found),
    )
