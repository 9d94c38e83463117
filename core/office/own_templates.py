"""本单位模板: an office's own Word file for a kind of document, kept with the ledger and filled instead of our layout."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from core.errors import InvalidError, NotFoundError, OutputError
from core.job import Job
from core.model.document_kind import DocumentKind
from core.office import issuer
from core.office.asked import Asked, Made
from core.office.changes import Changes
from core.office.draft import Draft
from core.office.evidence import store_files, today
from core.office.issuer import Issuer
from core.office.numbering import open_number
from core.publish.fonts import machine_fonts
from core.publish.output import Target, put
from core.publish.own_check import Checked, check
from core.publish.own_places import MEANING, Place
from core.publish.own_template import fill
from core.publish.table_document import Format, Published
from core.publish.text_document import (
    Blank,
    Imprint,
    Letterhead,
    Paragraph,
    RedHead,
    Role,
    TextDocument,
    TextPart,
)
from core.publish.write_text import write_text
from core.store import evidence_files, journal
from core.store import own_templates as rows
from core.store.database import Store, read_only_error
from core.store.own_templates import OwnTemplate

__all__ = [
    "KINDS",
    "MEANING",
    "Checked",
    "OwnTemplate",
    "Place",
    "add_template",
    "as_pdfs",
    "check_file",
    "filled",
    "leave_template",
    "list_templates",
    "path_of",
    "save_sample",
    "use_again",
    "used_for",
]

KINDS = (
    DocumentKind.REPORT,
    DocumentKind.MIDTERM,
    DocumentKind.FINAL,
    DocumentKind.CIRCULAR,
    DocumentKind.REMINDER,
    DocumentKind.NOTICE,
)
"""The texts: what can have a template."""
REPORTS = frozenset({DocumentKind.REPORT, DocumentKind.MIDTERM, DocumentKind.FINAL})
MOST_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class Added:
    """A template that was kept, and what to look at in it."""

    template: OwnTemplate
    checked: Checked
    changes: Changes


def check_file(path: Path) -> Checked:
    """Look at a template before it is kept.

    Raises InvalidError (file) for what is no Word document, OutputError for a file that cannot be read.
    """
    return check(_read(path), path.name)


def add_template(store: Store, kind: DocumentKind, path: Path, job: Job) -> Added:
    """Keep a Word file as the template of a kind; the one before stays in the file and is used no more.

    Raises InvalidError (kind; file: no Word document, no {{正文}}), EvidenceError, LedgerFileError (read-only), Cancelled.
    """
    if kind not in KINDS:
        raise InvalidError(f"“{kind.title}”是表格，不用模板。", hint="请选报告、通报或函。", field="kind")
    if store.read_only:
        raise read_only_error(store.path)
    checked = check_file(path)
    if checked.problems:
        hint = "请在 WPS 或 Word 中改好模板，再选一次。"
        raise InvalidError(f"“{path.name}”不能用作模板：{'；'.join(checked.problems)}。", hint=hint, field="file")
    (stored,) = store_files(store, [path], job)
    with store.transaction() as db:
        old = rows.used(db, kind)
        rows.add(db, kind, stored, today())
        new = _used(rows.used(db, kind), kind)
        journal.append(
            db,
            "使用本单位模板",
            kind.title,
            before={"模板": old.name} if old else None,
            after={"模板": new.name, "可填位置": "、".join(checked.places)},
        )
    return Added(new, checked, Changes(periods=True))


def use_again(store: Store, template_id: int) -> Changes:
    """Use an earlier template again.

    Raises NotFoundError.
    """
    with store.transaction() as db:
        new = next((one for one in rows.everything(db) if one.id == template_id), None)
        if new is None:
            raise NotFoundError("这份模板已不在台账中。", hint="请重新选择模板文件。")
        old = rows.used(db, new.kind)
        if new.is_used:
            return Changes()
        rows.use(db, new)
        journal.append(
            db, "使用本单位模板", new.kind.title, before={"模板": old.name} if old else None, after={"模板": new.name}
        )
    return Changes(periods=True)


def leave_template(store: Store, kind: DocumentKind) -> Changes:
    """Use the program's own layout again; the template stays in the file."""
    with store.transaction() as db:
        old = rows.used(db, kind)
        if old is None:
            return Changes()
        rows.leave(db, kind)
        journal.append(db, "停用本单位模板", kind.title, before={"模板": old.name}, after={"模板": "无"})
    return Changes(periods=True)


def list_templates(store: Store) -> tuple[OwnTemplate, ...]:
    """All that were ever kept, the newest first."""
    with store.reading() as db:
        return rows.everything(db)


def used_for(store: Store, kind: DocumentKind) -> OwnTemplate | None:
    """The template in use for a kind."""
    with store.reading() as db:
        return rows.used(db, kind)


def path_of(store: Store, template: OwnTemplate) -> Path:
    """Where its file lies."""
    return evidence_files.path_of(store.path, template.sha256, template.name)


def save_sample(kind: DocumentKind, target: Target, job: Job) -> None:
    """A Word file of the program's own look with every place in it, to make a template of.

    Raises OutputError when it cannot be written.
    """
    put_in = {place: f"{{{{{place}}}}}" for place in Place}
    blocks = (
        Paragraph(Role.TITLE, put_in[Place.TITLE]),
        Paragraph(Role.ADDRESSEE, f"{put_in[Place.ADDRESSEE]}："),
        Paragraph(Role.BODY, put_in[Place.BODY]),
        Paragraph(Role.ANNEX_FIRST, put_in[Place.ANNEXES]),
        Blank(),
        Paragraph(Role.NUMBER, f"{put_in[Place.SIGNED]}　　　　"),
        Paragraph(Role.NUMBER, f"{put_in[Place.SEAL]}　　　　"),
        Paragraph(Role.NUMBER, f"{put_in[Place.DATED]}　　　　"),
    )
    name, number = put_in[Place.ISSUER], put_in[Place.NUMBER]
    if kind is DocumentKind.REMINDER:
        part, imprint = TextPart(blocks, Letterhead(name, number)), None
    else:
        part = TextPart(blocks, red_head=RedHead(f"{name}文件", number))
        imprint = Imprint(put_in[Place.COPIES], put_in[Place.PRINTER], f"{put_in[Place.PRINTED]}印发")
    write_text(TextDocument(f"{kind.title}模板", (part,), imprint), "docx", target, job)


def filled(store: Store, kind: DocumentKind, made: Made, asked: Asked) -> Made:
    """The same document, written into the office's own template of its kind.

    Raises NotFoundError where the kind has no template or its file is gone.
    """
    template = used_for(store, kind)
    if template is None or made.text is None:
        hint = "请先在“档案，设置”里选择模板文件，或不按本单位模板生成。"
        raise NotFoundError(f"“{kind.title}”没有本单位模板。", hint=hint)
    try:
        data = path_of(store, template).read_bytes()
    except OSError as error:
        hint = "请在“档案，设置”里重新选择模板文件。"
        raise NotFoundError(f"模板“{template.name}”不见了。", hint=hint) from error
    known = _known(issuer.load(store), kind, asked)
    return replace(made, write=partial(_write, data, template.name, made.text, known))


def _known(sender: Issuer, kind: DocumentKind, asked: Asked) -> dict[Place, str]:
    """What stands in no text, but a template may have a place for."""
    copies = {DocumentKind.CIRCULAR: sender.copies_to, DocumentKind.REMINDER: sender.letter_copies}
    known = {
        Place.COPIES: copies.get(kind, ""),
        Place.PRINTER: sender.printer or sender.name,
        Place.SIGNER: sender.signer,
    }
    if kind in REPORTS:  # without a head of its own a report does not show its number
        year = (asked.dated or asked.as_of).year
        known[Place.NUMBER] = open_number(Draft(), sender.report_number, asked.number, year, Place.NUMBER)
        known[Place.PRINTER] = sender.printer or sender.report_name
    return known


def _write(
    data: bytes, name: str, text: TextDocument, known: Mapping[Place, str], fmt: Format, target: Target, job: Job
) -> Published:
    """DOCX by filling; PDF from it through LibreOffice, the only program that shows the office's own look."""
    from core.publish import pages

    if fmt not in ("docx", "pdf"):
        raise ValueError(fmt)
    whole = fill(data, name, text, machine_fonts(), job, known=known)
    if fmt == "docx":
        put(whole, target)
        return Published(0, ())
    (shown,) = as_pdfs([whole], name, job)
    put(shown, target)
    return Published(pages.page_count(shown), ())


def as_pdfs(documents: Sequence[bytes], name: str, job: Job) -> list[bytes]:
    """Word files (``name``: what they are called) as PDF, all in one start of LibreOffice.

    Raises OutputError with the way out where there is no LibreOffice or it fails, Cancelled.
    """
    from core.recognise.sources import office
    from core.recognise.sources.errors import UnreadableError

    hint = "请导出 Word，在 WPS 或 Word 里另存为 PDF；或不按本单位模板生成 PDF。"
    if office.find_office() is None:
        raise OutputError("按本单位模板生成 PDF 要用 LibreOffice，这台电脑没有安装。", hint=hint)
    try:
        return office.convert_all(documents, name, "docx", "pdf", job)
    except UnreadableError as error:
        raise OutputError("LibreOffice 没有把填好的模板转成 PDF。", hint=hint) from error


def can_show() -> bool:
    """Whether this machine can make a PDF of a filled template."""
    from core.recognise.sources import office

    return office.find_office() is not None


def _used(found: OwnTemplate | None, kind: DocumentKind) -> OwnTemplate:
    if found is None:
        raise NotFoundError(f"“{kind.title}”的模板没有保存下来。")
    return found


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidError(f"“{path.name}”超过 20 MB，不像是模板。", hint="请压缩其中的图片后再选。", field="file")
        with io.FileIO(path) as file:
            return file.readall()
    except OSError as error:
        raise OutputError(f"“{path.name}”读不了。", hint="请检查文件是否还在、有没有权限。", where=str(path)) from error
