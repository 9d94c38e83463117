"""发文: a document that left the office, with its file as it was, its figures and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.model.document_kind import DocumentKind


class Counted(StrEnum):
    """What a figure counts; the value is the word on the screen."""

    OBLIGATIONS = "责任事项"
    MEASURES = "措施"
    UNITS = "单位"
    TARGETS = "量化指标"
    FILES = "佐证材料"
    SHARE = "比率"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a document and the rows behind it.

    ``value``: as it is printed. ``obligations``: the rows behind it. ``measures``: numbers of the measures it counts
    where it counts those. ``base``: of a share, what it is divided by (numbers of measures or obligations, as
    ``obligations`` or ``measures`` is what is divided). ``key`` is the same in two documents of one kind.
    """

    key: str
    label: str
    value: str
    rule: str
    obligations: tuple[int, ...]
    measures: tuple[int, ...] = ()
    base: tuple[int, ...] = ()
    counted: Counted = Counted.OBLIGATIONS


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file of a document as it was issued; its bytes lie in the content-addressed folder."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of 发文登记. ``unit``: to which one unit it went, None where it is no letter.

    ``number``: 文号, empty where it has none. ``files``: what was kept, the first is the one to open. ``made_at``:
    local ISO time of the registering, by ``who``. ``signed_on``, ``signed_by``: 签收. ``withdrawn_on``: 作废, the line
    and its number stay. ``note``: what is to be remembered of it.
    """

    id: int
    kind: DocumentKind
    plan_key: str
    period_key: str | None
    as_of: date
    unit: str | None
    number: str
    title: str
    recipient: str
    issued_on: date
    files: tuple[IssuedFile, ...]
    made_at: str
    who: str
    signed_on: date | None = None
    signed_by: str = ""
    withdrawn_on: date | None = None
    note: str = ""

    @property
    def file_name(self) -> str:
        """The name of the file to open."""
        return self.files[0].name if self.files else ""

    @property
    def awaits_signature(self) -> bool:
        """Whether a unit has to sign for it (letters) and nobody has; others may be signed for."""
        return self.unit is not None and self.signed_on is None and self.withdrawn_on is None

    @property
    def digest(self) -> str:
        """SHA-256 of the file to open."""
        return self.files[0].sha256 if self.files else ""


@dataclass(frozen=True, slots=True)
class EntryThen:
    """What a unit had said of an obligation when a document was issued. ``reached``: 量化指标 with its value."""

    record: int
    period: str
    part: str | None
    state: str
    done_on: date | None
    review: str
    text: str
    problems: str
    next_steps: str
    reason: str
    reached: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RowThen:
    """An obligation as it stood when a document was issued: state and light in words, date, entries, evidence."""

    obligation: int
    measure: int
    label: str
    unit: str
    state: str
    light: str
    due: date | None
    entries: tuple[EntryThen, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is kept of an issued document beside its file: its figures and the rows behind them.

    ``section``: the number of the only section it is about, None for the whole plan. ``superior``: the key of the plan
    in whose order it was written, empty for ours.
    """

    figures: tuple[Figure, ...] = ()
    rows: tuple[RowThen, ...] = ()
    section: int | None = None
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is another than in an issued document. ``rows``: the obligations behind it.

    ``is_figure``: a number of the document, else a row. ``then``, ``now``: in words, empty where there was or is nothing.
    """

    label: str
    then: str
    now: str
    rows: tuple[int, ...] = field(default=())
    is_figure: bool = False
