"""出具 and 发文登记: what leaves the office is kept as it left, with its figures and the rows behind them.

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

from core.errors import InvalidError, NotFoundError, UsageError
from core.job import Job
from core.model.issued import Change, Content, Issued, IssuedFile
from core.model.ledger import Period
from core.model.typed import typed
from core.office import documents, issuer, numbering
from core.office.asked import Asked, Made, file_name
from core.office.changes import Changes
from core.office.draft import MARK
from core.office.issued_rows import changes_of, content_of
from core.office.overview import Overview, overview, plan_row
from core.office.period_choice import chosen_period
from core.office.periods import period_of
from core.office.units import unit_named
from core.publish.table_document import Format
from core.store import evidence_files, journal, periods, units
from core.store import issued as rows
from core.store.database import Store, read_only_error
from core.store.issued import NewIssued
from core.store.lock import user_name

__all__ = [
    "Change",
    "Issued",
    "already",
    "changed_since",
    "find",
    "issue",
    "issue_letters",
    "kept_path",
    "list_issued",
    "sign_for",
    "sign_for_all",
    "withdraw",
]

_BY_NAME = {"midterm": "中期", "final": "终期"}
"""Kinds that are of a period of their own where none is asked for."""
_LATEST = frozenset({"report", "circular", "reminder", "notice"})
"""Kinds that take the newest period where none is asked for."""


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


def already(store: Store, kind: str, asked: Asked) -> tuple[Issued, ...]:
    """What was issued of this kind for the same plan, period and unit and is not withdrawn, the newest first.

    Raises NotFoundError (plan, unit), InvalidError (period).
    """
    row, period = plan_row(store, asked.plan_key), _period(store, kind, asked)
    unit = unit_named(store, asked.unit).name if asked.unit is not None else None
    return tuple(
        one
        for one in list_issued(store, row.key, kind=kind)
        if one.withdrawn_on is None and one.unit == unit and one.period_key == (period.key if period else None)
    )


def list_issued(store: Store, plan_key: str | None = None, *, kind: str | None = None) -> tuple[Issued, ...]:
    """发文登记 of a plan (None: the whole file), or one kind of it, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    plan_id = None if plan_key is None else plan_row(store, plan_key).id
    with store.reading() as db:
        found = rows.of_plan(db, plan_id)
    return tuple(one for one in found if kind in (None, one.kind.value))


def find(store: Store, issued_id: int) -> Issued:
    """One line.

    Raises NotFoundError.
    """
    with store.reading() as db:
        return _found(rows.find(db, issued_id))


def content(store: Store, issued_id: int) -> Content:
    """The figures and rows of a document as it was issued.

    Raises NotFoundError.
    """
    find(store, issued_id)
    with store.reading() as db:
        return rows.content(db, issued_id)


def kept_path(store: Store, issued_id: int, place: int = 0) -> Path:
    """Where a file of a document lies as it was issued.

    Raises NotFoundError for a line or a file that is not there.
    """
    found = find(store, issued_id)
    if not 0 <= place < len(found.files):
        raise NotFoundError("这份发文没有保存文件。")
    file = found.files[place]
    return evidence_files.path_of(store.path, file.sha256, file.name)


def sign_for(store: Store, issued_id: int, on: date | None, by: str = "") -> Changes:
    """签收: when and by whom; None takes it away.

    Raises NotFoundError, InvalidError (on) for a day before it was issued.
    """
    return sign_for_all(store, [issued_id], on, by)


def sign_for_all(store: Store, ids: Sequence[int], on: date | None, by: str = "") -> Changes:
    """签收 of several documents that were handed over together: all of them or none.

    Raises as ``sign_for``.
    """
    by = typed(by) if on else ""
    with store.transaction() as db:
        old = [_found(rows.find(db, one)) for one in ids]
        late = next((one for one in old if on is not None and on < one.issued_on), None)
        if late is not None:
            hint = f"“{_named(late)}”的发文日期是 {late.issued_on}。"
            raise InvalidError("签收日期早于发文日期。", hint=hint, field="on")
        changed = [one for one in old if (one.signed_on, one.signed_by) != (on, by)]
        for one in changed:
            rows.sign(db, one.id, on, by)
        if changed:
            journal.append(
                db,
                "登记签收" if on else "取消签收",
                _told(changed),
                before=_signed(changed[0].signed_on, changed[0].signed_by) if len(changed) == 1 else _signers(changed),
                after=_signed(on, by),
            )
    return Changes(periods=True) if changed else Changes()


def withdraw(store: Store, issued_id: int, on: date | None, reason: str = "") -> Changes:
    """作废: the line stays with its number and its file; None: it is in force again.

    Raises NotFoundError, InvalidError (reason) without one.
    """
    reason = typed(reason)
    if on is not None and not reason:
        raise InvalidError("没有填写作废原因。", field="reason")
    with store.transaction() as db:
        old = _found(rows.find(db, issued_id))
        if old.withdrawn_on == on:
            return Changes()
        rows.withdraw(db, issued_id, on, f"作废：{reason}" if on else "")
        journal.append(
            db,
            "作废发文" if on else "取消作废",
            _named(old),
            before={"作废日期": str(old.withdrawn_on)} if old.withdrawn_on else None,
            after={"作废日期": str(on) if on else "无"},
            reason=reason or None,
        )
    return Changes(periods=True)


def changed_since(store: Store, issued_id: int, as_of: date | None = None) -> tuple[Change, ...]:
    """Figure by figure, then row by row: what is another on ``as_of`` (None: the document's own date).

    Raises NotFoundError, Cancelled.
    """
    line = find(store, issued_id)
    with store.reading() as db:
        then = rows.content(db, issued_id)
    return changes_of(then, _content_now(store, line, then, as_of or line.as_of))


# Issuing -------------------------------------------------------------------------------------------------------


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
        found = [_found(rows.find(db, rows.add(db, _placed(db, ready)))) for ready in made]
        journal.append(db, "出具", _told(found), after=_words(found))
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
    period = _period(store, paper.kind, asked)
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


def _content_now(store: Store, line: Issued, then: Content, as_of: date) -> Content:
    """What a document like it would stand on now; without figures where there is nothing to write any more."""
    kind, section = line.kind.value, then.section
    asked = Asked(line.plan_key, as_of, line.period_key, line.unit, section, superior=then.superior)
    try:
        figures = documents.make(store, kind, asked, Job()).figures
    except InvalidError:
        figures = ()
    view = overview(store, line.plan_key, as_of)
    return content_of(store, view, figures, _period(store, kind, asked), unit=line.unit, section=section)


def _period(store: Store, kind: str, asked: Asked) -> Period | None:
    """The period that a kind is made for when it is asked so."""
    if "period" not in documents.KINDS[kind].uses:
        return None
    key = plan_row(store, asked.plan_key).key
    if kind in _LATEST:
        return chosen_period(store, key, asked.period_key, asked.as_of)
    word = asked.period_key or _BY_NAME.get(kind)
    return period_of(store, key, word) if word else None


def _dated(asked: Asked, issued_on: date | None) -> Asked:
    day = issued_on or asked.dated or datetime.now().astimezone().date()
    return replace(asked, dated=day, number=numbering.tidy(typed(asked.number)))


# Words of the journal ------------------------------------------------------------------------------------------


def _named(one: Issued) -> str:
    return f"{one.number} {one.title}" if one.number else one.title


def _told(found: Sequence[Issued]) -> str:
    return _named(found[0]) if len(found) == 1 else f"{found[0].kind.title}（{len(found)}份）"


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


def _signed(on: date | None, by: str) -> dict[str, str]:
    return {"签收日期": on.isoformat() if on else "无", "签收人": by or "无"}


def _signers(found: Sequence[Issued]) -> dict[str, str | list[str]]:
    """What stood of several before, each by its number or title."""
    return {
        "签收": [
            f"{one.number or one.title}：{'，'.join(_signed(one.signed_on, one.signed_by).values())}" for one in found
        ]
    }


def _found(row: Issued | None) -> Issued:
    if row is None:
        raise NotFoundError("这份发文不在登记中。", hint="请刷新后再试。")
    return row
