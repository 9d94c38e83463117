"""The review of a document before it is imported: what was read beside what was understood of it.

Nothing is written before ``take_in``. The clerk's word on columns is kept by the titles of the header
(``header_key``), so that the next document of the same make is read right at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import InvalidError
from core.job import Job
from core.ledger.expand import responsibilities
from core.model.division import printed_division
from core.model.plan import Deadline, DeadlineKind, Document, Measure, Plan, Role
from core.model.units import Register
from core.office.reading import Imported, import_plan
from core.recognise.blocks import Block, Cell, Paragraph, Place, Source, Table
from core.recognise.draft import Draft, recognise
from core.recognise.sources.pdf_places import Box, boxes_on_page
from core.recognise.sources.reading import read_pasted, read_source
from core.store import units
from core.store.database import Store

__all__ = [
    "COLUMN_KEYS",
    "SKIP",
    "Block",
    "Box",
    "Cell",
    "Column",
    "Draft",
    "Imported",
    "Paragraph",
    "Place",
    "Review",
    "Source",
    "Table",
    "boxes_of_page",
    "columns_of",
    "deadline_note",
    "division_note",
    "header_key",
    "original_of",
    "printed_division",
    "review_again",
    "review_document",
    "review_pasted",
    "take_in",
]

SKIP = "skip"
"""The clerk's word for a column that is not to be read."""
COLUMN_KEYS: Mapping[str, str] = {
    "no": "序号",
    "section": "重点任务（一级）",
    "task": "重点任务（二级）",
    "text": "具体措施",
    "division": "责任分工",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "cooperating": "配合单位",
    "deadline": "完成时限",
    "other": "备注",
    SKIP: "不用",
}
"""What a column can be, with its word on the screen."""
_SHOWN_AS = {"person": "other", "progress": "other"}
_RECURRENCES = {"yearly": "每年", "halfyearly": "每半年", "quarterly": "每季度", "monthly": "每月"}
_COLLECTIVE = ("各", "有关", "相关", "其他")

Remembered = Mapping[str, Sequence[str]]
"""What was said of columns before: the header's key to the keys of its columns."""


@dataclass(frozen=True, slots=True)
class Review:
    """A document read, with the draft made of it; ``pdf`` are the bytes of a PDF, whose pages are shown as they are.

    ``columns``: what the clerk said of columns, by their number from 1; empty when the reader's own mind holds.
    """

    source: Source
    draft: Draft
    register: Register
    path: Path | None = None
    pdf: bytes | None = None
    pasted: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)

    @property
    def has_table(self) -> bool:
        """Whether columns can be named at all."""
        return any(isinstance(block, Table) for block in self.source.blocks)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table that the plan is read from: its number from 1, its key and its printed title."""

    number: int
    key: str
    title: str


def review_document(store: Store, path: Path, job: Job, remembered: Remembered | None = None) -> Review:
    """Read a document for review; nothing is written.

    Raises UnreadableError for a document that cannot be read, InvalidError for one without any measure and any
    table that could hold some, Cancelled.
    """
    source = read_source(path, job)
    pdf = path.read_bytes() if source.kind == "pdf" else None
    return _reviewed(store, source, job, remembered or {}, path=path, pdf=pdf)


def review_pasted(store: Store, text: str, html: str | None, job: Job, remembered: Remembered | None = None) -> Review:
    """Read what was copied from a page or a sheet; as ``review_document``."""
    return _reviewed(store, read_pasted(text, html), job, remembered or {}, pasted=text)


def review_again(review: Review, columns: Mapping[int, str], job: Job) -> Review:
    """The same document with the clerk's word on its columns; without any, as the reader sees it."""
    draft = recognise(review.source, register=review.register, columns=columns or None, job=job)
    return replace(review, draft=draft, columns=dict(columns))


def take_in(store: Store, review: Review, plan: Plan, job: Job) -> Imported:
    """Import the plan as the clerk has put it right; the document, or what was pasted, is kept as its original.

    One transaction and one journal entry. Raises as ``import_plan``.
    """
    with original_of(review) as file:
        return import_plan(store, plan, file, job)


@contextmanager
def original_of(review: Review) -> Iterator[Path | None]:
    """The document, or what was pasted as a file for as long as it is wanted; None where there was nothing."""
    if review.path is not None or not review.pasted.strip():
        yield review.path
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{review.source.name}.txt"
        file.write_text(review.pasted, encoding="utf-8")
        yield file


# --- columns -------------------------------------------------------------------------------------


def columns_of(review: Review) -> tuple[Column, ...]:
    """The columns of the table that the plan was read from; of the largest table where none was; else nothing."""
    found = review.draft.columns
    tables = [block for block in review.source.blocks if isinstance(block, Table)]
    largest = max(tables, key=lambda table: len(table.rows), default=None)
    if found and (largest is None or any(title for _, title in found.values())):
        return tuple(Column(number, _SHOWN_AS.get(key, key), title) for number, (key, title) in found.items())
    if largest is None or (review.draft.plan.measures and not found and not review.columns):
        return ()
    heads = _head(largest)
    said = {number: _SHOWN_AS.get(key, key) for number, (key, _) in (found or {}).items()} | dict(review.columns)
    return tuple(Column(number, said.get(number, "other"), head) for number, head in enumerate(heads, 1))


def header_key(columns: Sequence[Column]) -> str:
    """By what a header is known again: its titles; empty for one without any."""
    titles = ["".join(column.title.split()) for column in columns]
    return "|".join(titles) if any(titles) else ""


def _head(table: Table) -> list[str]:
    """The first row that names each of its columns, as the likely header."""
    width = max((len(row) for row in table.rows), default=0)
    texts = [[cell.text.strip() if cell is not None else "" for cell in row] for row in table.rows[:8]]
    full = [row for row in texts if len({text for text in row if text}) * 2 > width]
    head = (full or texts or [[]])[0]
    return [text[:24] for text in head] + [""] * (width - len(head))


# --- what was understood -------------------------------------------------------------------------


def division_note(measure: Measure, document: Document, register: Register) -> str:
    """How many units a measure has and in which roles: 33 个单位，均为责任单位."""
    found = responsibilities(measure, document.standing, register)
    groups = [r.unit for r in found if r.is_group or (register.find(r.unit) is None and _is_collective(r.unit))]
    single = [r for r in found if r.unit not in groups]
    if not found:
        return "没有责任单位"
    notes = []
    if single:
        notes.append(_roles(Counter(r.role for r in single)))
    notes += [f"“{name}”名单待补全" for name in groups]
    return "，".join(notes)


def deadline_note(deadlines: Sequence[Deadline], raw: str | None) -> str:
    """The dates of a deadline: 2024-12-31；长期坚持."""
    notes = [_deadline(part) for part in deadlines]
    if not notes:
        return "没有读懂" if raw else "没有时限"
    return "；".join(notes)


def _is_collective(name: str) -> bool:
    return name.startswith(_COLLECTIVE)


def _roles(counts: Counter[Role]) -> str:
    """33 个单位，均为责任单位; 1 个牵头，5 个责任."""
    if len(counts) > 1:
        return "，".join(f"{counts[role]} 个{role.title.removesuffix('单位')}" for role in Role if counts[role])
    role, number = next(iter(counts.items()))
    return f"{number} 个单位，均为{role.title}" if number > 1 else f"1 个{role.title}"


def _deadline(part: Deadline) -> str:
    scope = f"{part.scope}：" if part.scope else ""
    day = part.date.isoformat() if part.date is not None else ""
    if part.kind is DeadlineKind.ONGOING:
        return f"{scope}长期坚持"
    if part.kind is DeadlineKind.BY_THEN_ONGOING:
        return f"{scope}{day}，并长期坚持" if day else f"{scope}长期坚持"
    if part.kind is DeadlineKind.ON_INSTRUCTION:
        return f"{scope}{day or '待部署'}"
    if part.kind is DeadlineKind.RECURRING and part.recur:
        return scope + _RECURRENCES.get(part.recur, part.recur.replace("yearly-", "每年 "))
    return f"{scope}{day or '没有具体日期'}"


# --- the page ------------------------------------------------------------------------------------


def boxes_of_page(review: Review, page: int) -> dict[Place, tuple[Box, ...]]:
    """Where what was read stands on a page (from 1) of a PDF; empty for other documents."""
    return boxes_on_page(review.pdf, review.source.blocks, page) if review.pdf is not None else {}


# --- reading -------------------------------------------------------------------------------------


def _reviewed(
    store: Store,
    source: Source,
    job: Job,
    remembered: Remembered,
    *,
    path: Path | None = None,
    pdf: bytes | None = None,
    pasted: str = "",
) -> Review:
    with store.reading() as db:
        register = units.load(db)
    draft = recognise(source, register=register, job=job)
    review = Review(source, draft, register, path, pdf, pasted)
    said = remembered.get(header_key(columns_of(review)))
    if said:
        review = review_again(review, dict(enumerate(said, 1)), job)
    if not review.draft.plan.measures and not review.has_table:
        raise InvalidError(
            f"“{source.name}”中没有读到任何措施。",
            hint="请检查是不是方案文件，里面有没有任务分解表或写明责任单位的措施。",
            where=str(path) if path is not None else "",
        )
    return review
