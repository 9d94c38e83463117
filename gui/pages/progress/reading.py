"""What the page reads: the obligations of the list, one form, the form that a file of evidence belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import KnownError
from core.ledger.periods import quarter_of
from core.office import evidence, forms, obligations
from gui import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from core.office.files import Store
    from core.office.forms import Form
    from core.office.obligations import ObligationRow
    from gui.context import Context
    from gui.plan_reader import Scope


def read_rows(store: Store, scope: Scope) -> tuple[ObligationRow, ...]:
    """Every obligation of the plan, the most urgent first.

    Raises NotFoundError for an unknown plan.
    """
    plan_key, period_key, as_of = scope
    return obligations.list_obligations(store, plan_key, as_of, period=period_key)


def read_form(context: Context, obligation_id: int, part: str | None, window: QWidget) -> Form | None:
    """The form of the period in force, None when it cannot be read; the reason is then shown."""
    key = context.period_key or quarter_of(context.as_of).key
    try:
        return forms.form(context.store, obligation_id, key, context.as_of, part=part)
    except KnownError as error:
        messages.show_error(window, error)
        return None


def place_of(context: Context, rows: Sequence[ObligationRow], evidence_id: int) -> tuple[int, str] | None:
    """Obligation and period of a file, the period in force first; None when no form of this plan has it."""
    shown = {row.id for row in rows}
    places = [place for place in evidence.forms_of(context.store, evidence_id) if place[0] in shown]
    return next((place for place in places if place[1] == context.period_key), places[0] if places else None)
