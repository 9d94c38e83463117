"""方案: one plan document with its sections, tasks and measures, as printed and as understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum


class Role(Enum):
    """A unit's role in a measure, strongest first."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"

    @property
    def rank(self) -> int:
        """0 for the strongest role."""
        return list(Role).index(self)

    @property
    def title(self) -> str:
        """The word on the screen."""
        return {Role.LEAD: "牵头单位", Role.RESPONSIBLE: "责任单位", Role.COOPERATING: "配合单位"}[self]


class DeadlineKind(StrEnum):
    """What a part of a 完成时限 asks for."""

    BY = "by"
    ONGOING = "ongoing"
    BY_THEN_ONGOING = "by_then_ongoing"
    RECURRING = "recurring"
    ON_INSTRUCTION = "on_instruction"
    UNSPECIFIED = "unspecified"


class Severity(StrEnum):
    """How much a problem of a reading matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One part of a 完成时限.

    ``date`` is the last day of the named period. ``recur`` is ``yearly-MM-DD``, ``yearly``, ``halfyearly``,
    ``quarterly`` or ``monthly``. ``scope`` names the matter the part speaks of, None for all of the measure.
    """

    kind: DeadlineKind
    date: date | None = None
    recur: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """量化指标: 不少于60学时 is text, metric, op ">=", value 60, unit 学时, period."""

    text: str
    metric: str | None = None
    op: str | None = None
    value: float | None = None
    unit: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """重点任务（一级）."""

    no: int
    label: str
    title: str
    declared_count: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """重点任务（二级）; ``section`` is the number of its section."""

    no: int
    section: int | None
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Measure:
    """具体措施: the line that is tracked. ``section`` and ``task`` are numbers of the plan's lists."""

    no: int
    label: str
    section: int | None
    task: int | None
    text: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    division_raw: str | None = None
    deadline_raw: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    source: str = "table"
    to_verify: bool = False
    note: str | None = None

    def names(self, role: Role) -> tuple[str, ...]:
        """The unit names printed for a role."""
        return {Role.LEAD: self.lead, Role.RESPONSIBLE: self.responsible, Role.COOPERATING: self.cooperating}[role]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the 会商机制."""

    unit: str
    person: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class RequiredReport:
    """A report due upward by the plan's own text."""

    what: str
    who: str | None = None
    due: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: key as in the contract (section, task, no, text, division …), title as printed."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit named once for every measure of the plan (以下均需…落实，不再列出)."""

    unit: str
    role: Role


@dataclass(frozen=True, slots=True)
class Document:
    """The plan document itself."""

    title: str
    number: str | None = None
    issuer: str | None = None
    date: date | None = None
    table_title: str | None = None
    level: str | None = None
    members: tuple[Member, ...] = ()
    required_reports: tuple[RequiredReport, ...] = ()
    columns: tuple[Column, ...] = ()
    section_rows: bool = False
    standing: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reading was not sure of, with its place."""

    where: str
    severity: Severity
    what: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, whole."""

    document: Document
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The name on the screen: the table's title where the document has one."""
        return self.document.table_title or self.document.title
