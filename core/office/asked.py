"""What a document is asked for, and what comes of it: the words between the registry of kinds and their makers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.job import Job
from core.model.issued import Figure
from core.publish.output import Target
from core.publish.table import TableOptions
from core.publish.table_document import Format, Published
from core.publish.text_document import TextDocument
from core.store.database import Store

Write = Callable[[Format, Target, Job], Published]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document is made for; a kind leaves aside what it does not use.

    ``period_key`` None: the newest period that had begun by the as-of date. ``unit`` None: all units, one after
    another; ``units``: of those only these, empty for all. ``section`` None: the whole plan, else the number of one of its sections. ``page`` None: as the kind is
    usually printed. ``number``: 文号 whole, ``numbers``: of letters to many units, by unit; ``dated``: 成文日期; what is
    not said stays open in the text. ``charts``: 附图. ``compared``: 与上次相比, where one of the kind was issued.
    ``brief``: 正文从简, without the units' own words, which stand in 单位工作台账.
    ``superior``: the key of a plan in whose order and numbers the measures are told (按上级方案编号), empty for ours.
    ``on_sheets``: of many letters each begins a new sheet, for printing on both sides. ``own_template``: filled into
    the office's own Word file for the kind (``own_templates``).
    """

    plan_key: str | None
    as_of: date
    period_key: str | None = None
    unit: str | None = None
    section: int | None = None
    page: TableOptions | None = None
    number: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    dated: date | None = None
    charts: bool = False
    compared: bool = False
    brief: bool = False
    superior: str = ""
    own_template: bool = False
    on_sheets: bool = False
    units: tuple[str, ...] = ()

    @property
    def is_brief(self) -> bool:
        """正文从简; 按上级方案编号 is there to gather the words."""
        return self.brief and not self.superior

    def number_for(self, unit: str) -> str:
        """The 文号 of the letter to one unit."""
        return dict(self.numbers).get(unit, self.number)

    def wants(self, unit: str) -> bool:
        """Whether a letter goes to this unit."""
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Made:
    """A document that can be written in its formats.

    ``name``: what to call the file, without its ending. ``gaps``: what the ledger does not hold and the document
    therefore leaves open, a sentence each. ``figures``: every number that was counted, with its rows. ``title``,
    ``recipient``: as they stand on the paper, for 发文登记. ``notes``: what was chosen for the clerk, a sentence each.
    ``text``: the description of a text, for an own template.
    """

    name: str
    write: Write
    gaps: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    title: str = ""
    recipient: str = ""
    notes: tuple[str, ...] = ()
    text: TextDocument | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written; ``substituted`` names official fonts that a bundled one stands in for.

    ``name``, ``gaps``, ``figures`` and ``notes`` as in ``Made``.
    """

    path: Path | None
    pages: int
    substituted: tuple[str, ...]
    name: str = ""
    gaps: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()


Maker = Callable[[Store, Asked, Job], Made]


def file_name(title: str) -> str:
    """A title as the name of a file, without what no system allows in one."""
    return "".join(letter for letter in title if letter not in '\\/:*?"<>|\r\n')
