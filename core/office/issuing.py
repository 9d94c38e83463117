"""出具: a document is made as it leaves the office and entered in 发文登记 (``issued``).

The files go first into the content-addressed folder, then the lines into the register: one transaction and one entry of
the journal for one press, also where it issues letters to many units. A 文号 is in the register once.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from sqlite3 import Connection

from core.errors import InvalidError, UsageError
from core.job import Job
from core.model.issued import Issued, IssuedFile
from core.model.ledger import Period
from core.model.typed import typed
from core.office import documents, issuer, numbering
from core.office.asked import Asked, Made, file_name
from core.office.draft import MARK
from core.office.issued import already, in_register, period_of_kind, told
from core.office.issued_rows import content_of
from core.office.overview import Overview, overview
from core.office.units import unit_named
from core.publish.table_document import Format
from core.store import evidence_files, journal, periods, units
from core.store import issued as rows
from core.store.database import Store, read_only_error
from core.store.issued import NewIssued
from core.store.lock import user_name


def issue(
    store: Store,
    kind: str,
    asked: Asked,
    job: Job,
    *,
    formats: Sequence[Format] = (),
    files: Sequence[Path] = (),
    issued_on: date | None = None,
    recipient: str | None = None,
    note: str = "",
    again: bool = False,
) -> Issued:
    """Make a document as it leaves the office and enter it in 发文登记.

    ``formats``: which files are made and kept, empty: all that a text has (PDF first). ``files``: the paper as it was
    finished outside (a DOCX gone on with, a stamped scan), kept instead of what the program would make. ``asked.number``
    is its 文号, ``issued_on`` its 成文日期 (None: ``asked.dated``, else today); ``again``: although one like it was issued.

    Raises InvalidError (number: it was used; again: one like it was issued; date), UsageError (a format that the kind
    does not have), EvidenceError (a file), LedgerFileError (read-only, full), what ``documents.make`` raises, Cancelled.
    """
    paper = _Paper(kind, _dated(asked, issued_on), tuple(formats), tuple(files), recipient, typed(note))
    return _issue(store, [paper], job, again=again)[0]


def issue_letters(
    store: Store,
    kind: str,
    asked: Asked,
    names: Sequence[str],
    job: Job,
    *,
    formats: Sequence[Format] = (),
    issued_on: date | None = None,
    note: str = "",
    again: bool = False,
) -> tuple[Issued, ...]:
    """The letters or notices to some units, each a line with its own file; ``asked.numbers``: their 文号.

    All of them are issued or none. Raises as ``issue``, and InvalidError where there is nothing to write to a unit.
    """
    if not names:
        raise InvalidError("没有选择发函单位。", field="units")
    dated = _dated(asked, issued_on)
    papers = [
        _Paper(
            kind,
            replace(dated, unit=name, number=numbering.tidy(dated.number_for(name)), numbers=()),
            tuple(formats),
            (),
            None,
            note,
        )
        for name in dict.fromkeys(names)
    ]
    return _issue(store, papers, job, again=again)


@dataclass(frozen=True, slots=True)
class _Paper:
    """One document to be issued."""

    kind: str
    asked: Asked
    formats: tuple[Format, ...]
    files: tuple[Path, ...]
    recipient: str | None
    note: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A document with its files by format."""

    paper: _Paper
    document: Made
    files: dict[Format, bytes]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A line before its transaction."""

    new: NewIssued
    period: Period | None
    unit: str | None


def _issue(store: Store, papers: Sequence[_Paper], job: Job, *, again: bool) -> tuple[Issued, ...]:
    if store.read_only:
        raise read_only_error(store.path)
    for paper in papers:
        issuer.refuse_unauthorised(issuer.load(store), documents.KINDS[paper.kind].key)
    _check(store, papers, again=again)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    drawn: list[_Drawn] = []
    for place, paper in enumerate(papers):
        job.step(place, len(papers), f"正在出具{f'致{paper.asked.unit}的函' if len(papers) > 1 else ''}")
        drawn.append(_drawn(store, paper, job))
    _show_templates(drawn, job)
    first = papers[0].asked
    view = overview(store, first.plan_key, first.as_of)  # letters of one press are of one plan and one date
    made = [_made(store, one, view, now, job) for one in drawn]
    with store.transaction() as db:
        for paper in papers:
            if paper.asked.number:
                numbering.refuse_taken(db, paper.asked.number)
        found = [in_register(rows.find(db, rows.add(db, _placed(db, ready)))) for ready in made]
        journal.append(db, "出具", told(found), after=_words(found))
    return tuple(found)


def _check(store: Store, papers: Sequence[_Paper], *, again: bool) -> None:
    numbers = [paper.asked.number for paper in papers if paper.asked.number]
    with store.reading() as db:
        for number in numbers:
            numbering.refuse_taken(db, number)
    if len(set(numbers)) < len(numbers):
        raise InvalidError("有两份文件的文号相同。", hint="请逐份编号。", field="number")
    for paper in papers:
        like = already(store, paper.kind, paper.asked)
        if like and not again:
            raise InvalidError(
                f"“{like[0].title}”已于 {like[0].issued_on} 出具。",
                hint="确有需要的，可以再出具一份。",
                field="again",
            )


def _drawn(store: Store, paper: _Paper, job: Job) -> _Drawn:
    """Make the document and what the program writes of it; a PDF of an own template comes of its Word file."""
    kind = documents.KINDS[paper.kind]
    document = documents.make(store, paper.kind, paper.asked, job)
    if paper.files:
        return _Drawn(paper, document, {})
    wanted = paper.formats or (("pdf", "docx") if "docx" in kind.formats else ("pdf",))
    is_filled = paper.asked.own_template and document.text is not None
    files: dict[Format, bytes] = {}
    for fmt in wanted:
        if fmt not in kind.formats:
            raise UsageError(f"“{kind.title}”没有 {fmt} 格式。", hint=f"可选：{'、'.join(kind.formats)}。")
        files[fmt] = b"" if is_filled and fmt == "pdf" else _bytes(document, fmt, job)
    return _Drawn(paper, document, files)


def _bytes(document: Made, fmt: Format, job: Job) -> bytes:
    buffer = io.BytesIO()
    document.write(fmt, buffer, job)
    return buffer.getvalue()


def _show_templates(drawn: Sequence[_Drawn], job: Job) -> None:
    """The pages of own templates, of all letters in one start of LibreOffice."""
    empty = [one for one in drawn if one.files.get("pdf") == b""]
    if not empty:
        return
    from core.office import own_templates

    words = [one.files.get("docx") or _bytes(one.document, "docx", job) for one in empty]
    for one, pdf in zip(empty, own_templates.as_pdfs(words, empty[0].document.name, job), strict=True):
        one.files["pdf"] = pdf


def _made(store: Store, drawn: _Drawn, view: Overview, now: str, job: Job) -> _Ready:
    paper, document = drawn.paper, drawn.document
    kind, asked = documents.KINDS[paper.kind], paper.asked
    period = period_of_kind(store, paper.kind, asked)
    files = _taken(store, paper.files, job) if paper.files else _written(store, document, drawn.files, job)
    unit = unit_named(store, asked.unit).name if asked.unit is not None else None
    content = content_of(store, view, document.figures, period, unit=unit, section=asked.section)
    new = NewIssued(
        kind=kind.key,
        plan_id=view.row.id,
        as_of=asked.as_of,
        number=asked.number,
        title=(document.title or document.name).replace("\n", ""),
        recipient=_recipient(paper, document, unit),
        issued_on=asked.dated or asked.as_of,
        files=files,
        content=replace(content, superior=asked.superior),
        made_at=now,
        who=user_name(),
        note=paper.note,
    )
    return _Ready(new, period, unit)


def _recipient(paper: _Paper, document: Made, unit: str | None) -> str:
    """主送 as it was given, else as it stands on the paper; what stands open there is not known."""
    if paper.recipient is not None:
        return typed(paper.recipient)
    on_paper = "" if MARK in document.recipient else document.recipient
    return on_paper or unit or ""


def _placed(db: Connection, ready: _Ready) -> NewIssued:
    """The line with the rows of its period and its unit."""
    return replace(
        ready.new,
        period_id=periods.ensure(db, ready.period) if ready.period else None,
        unit_id=units.ids(db)[ready.unit] if ready.unit else None,
    )


def _written(store: Store, document: Made, files: Mapping[Format, bytes], job: Job) -> tuple[IssuedFile, ...]:
    """The files that the program made, put into the folder."""
    found = []
    for fmt, data in files.items():
        name = f"{file_name(document.name)}.{fmt}"
        kept = evidence_files.take_stream(store.path, name, io.BytesIO(data), len(data), job)
        found.append(IssuedFile(name, kept.sha256, kept.size))
    return tuple(found)


def _taken(store: Store, paths: Sequence[Path], job: Job) -> tuple[IssuedFile, ...]:
    """Files that were finished outside, copied into the folder."""
    found = (evidence_files.take(store.path, path, job) for path in paths)
    return tuple(IssuedFile(kept.name, kept.sha256, kept.size) for kept in found)


def _dated(asked: Asked, issued_on: date | None) -> Asked:
    day = issued_on or asked.dated or datetime.now().astimezone().date()
    return replace(asked, dated=day, number=numbering.tidy(typed(asked.number)))


def _words(found: Sequence[Issued]) -> dict[str, str | list[str]]:
    first = found[0]
    words: dict[str, str | list[str]] = {
        "文号": [one.number for one in found if one.number],
        "主送": [one.recipient for one in found if one.recipient],
        "发文日期": first.issued_on.isoformat(),
        "统计截止日期": first.as_of.isoformat(),
        "文件": [file.name for one in found for file in one.files[:1]],
    }
    return {key: word for key, word in words.items() if word}
