"""What goes into the row of one measure in a superior's template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.exchange.template_columns import TemplateField

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class FillRow:
    """``number`` in the plan that is asked for (ours, or a superior's), ``label`` as printed; a field without a value leaves its cell alone.

    ``by_unit``: what each unit alone says, for templates with a row for each of a measure's units.
    """

    number: int
    label: str
    text: str
    values: Mapping[TemplateField, Value] = field(default_factory=dict)
    by_unit: Mapping[str, Mapping[TemplateField, Value]] = field(default_factory=dict)
