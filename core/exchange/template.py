"""A superior's template as it was read: its tables, what their columns ask for, which rows are to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.exchange.template_columns import Meaning, TemplateField, meaning

_LEFT_FREE = ("备注", "备 注", "说明", "附注")


class Shape(StrEnum):
    """Whether the template says which measures it wants."""

    LISTED = "listed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of a table: ``title`` as printed (lines of a header joined by /), ``fields`` it asks for, if known.

    ``title_row`` counts from 1. A column may ask for several things at once (进展情况及存在问题).
    """

    sheet: str
    letter: str
    column: int
    title: str
    fields: tuple[TemplateField, ...] = ()
    is_hidden: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the title also means something else, so that a person should look."""
        return any(
            one.is_day_or_deadline and TemplateField.DEADLINE in self.fields
            for one in (meaning(part) for part in self.title.split("/"))
        )


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """One table of a sheet; rows count from 1, ``first`` to ``last`` (may be ``first - 1``) are its body.

    ``listed`` are the rows that name a measure, ``below`` is the first row that is kept below the body, if any.
    """

    sheet: str
    header: tuple[int, int]
    columns: tuple[TemplateColumn, ...]
    shape: Shape
    first: int
    last: int
    listed: tuple[int, ...] = ()
    below: int | None = None

    def column_of(self, field: TemplateField) -> TemplateColumn | None:
        """The first column that asks for this alone, else one that asks for it among others."""
        own = [one for one in self.columns if field in one.fields]
        return min(own, key=lambda one: len(one.fields), default=None)


@dataclass(frozen=True, slots=True)
class TemplateMapping:
    """What a clerk said of a template once: the sheet, the last row of its header, fields by column letter."""

    sheet: str
    header: tuple[int, int]
    fields: Mapping[str, tuple[TemplateField, ...]]

    def plain(self) -> dict[str, object]:
        """As it is kept in the file."""
        fields = {letter: [field.value for field in found] for letter, found in self.fields.items()}
        return {"sheet": self.sheet, "header": list(self.header), "fields": fields}

    @classmethod
    def of_plain(cls, value: dict[str, object]) -> TemplateMapping:
        """The other way."""
        header, fields = value["header"], value["fields"]
        assert isinstance(header, list)
        assert isinstance(fields, dict)
        known = {str(letter): tuple(TemplateField(word) for word in words) for letter, words in fields.items()}
        return cls(str(value["sheet"]), (int(header[0]), int(header[1])), known)


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it was read. ``losses``: what openpyxl cannot keep, told before anything is saved.

    ``signature`` knows the form again next period: the titles of its header, not the period named above it.
    ``unknown`` are titles nobody has said anything of.
    """

    name: str
    data: bytes
    sheets: tuple[str, ...]
    tables: tuple[TemplateTable, ...]
    signature: str
    losses: tuple[str, ...] = ()

    @property
    def has_macros(self) -> bool:
        """Whether it must stay an .xlsm."""
        return self.name.lower().endswith(".xlsm")

    @property
    def unknown(self) -> tuple[TemplateColumn, ...]:
        """Columns with a title that was not recognised; 备注 is the superior's or left free."""
        found = (one for table in self.tables for one in table.columns if one.title and not one.fields)
        return tuple(one for one in found if one.title not in _LEFT_FREE)


def meaning_of(parts: Sequence[str]) -> Meaning:
    """The meaning of a title of several lines: the lowest that says something."""
    for part in reversed(parts):
        found = meaning(part)
        if found.fields or found.grade is not None:
            return found
    return meaning("".join(parts))
