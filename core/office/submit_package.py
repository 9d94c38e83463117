"""The package of 上报 as it lies on the disk: folder or zip, parts and drafts for mail."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.errors import KnownError, OutputError
from core.exchange.fill_template import Filled
from core.exchange.manifest import MANIFEST_NAME, EvidenceSent, MeasureSaid, SubmissionManifest, manifest_bytes
from core.exchange.package import ATTACHED, CHECKSUM_NAME, PackageFile, checksum_bytes
from core.exchange.secrecy import mark_in_name, mark_in_text, mark_on_page, word_text
from core.exchange.template import Template, TemplateMapping
from core.job import Job
from core.model.document_kind import DocumentKind
from core.model.plan import Severity
from core.office import ledger_settings
from core.office.catalogue_rows import handed_out_as
from core.office.evidence import today
from core.office.listing import Column, Listing, listing_document
from core.office.package_folder import ASIDE_FOLDER, clean, folder_at, forget_last, put_zip, replace_file
from core.office.returns import returns
from core.office.status import plan_status
from core.office.submit_content import Content, Piece
from core.office.submit_findings import Check, Finding
from core.office.submit_mail import MAIL_FOLDER, mails_of, put_mails
from core.office.superior_order import SuperiorOrder
from core.publish.table_document import write_document
from core.store import settings, submissions
from core.store.database import Store
from core.store.opening import is_ledger

EVIDENCE_FOLDER, ORIGINAL_FOLDER = "佐证材料", "原模板"
CATALOGUE_NAME = "佐证材料目录.xlsx"
MAIL_LIMIT = 20 << 20
"""Bytes of a mail that most public offices' mail servers take, the attachments as they travel (a third larger)."""
_TEMPLATE, _REPORT, _CATALOGUE, _EVIDENCE, _EXTRA, _ORIGINAL, _LISTS = (
    "上报表",
    "进展情况报告",
    "佐证材料目录",
    "佐证材料",
    ATTACHED,
    "原模板",
    "清单",
)


__all__ = ["ASIDE_FOLDER", "MAIL_FOLDER", "Packing", "SubmitOptions", "Written", "catalogue", "write_package"]

_TELLING = 24
"""Letters of an entry by which a document that repeats it is known."""


class Packing(StrEnum):
    """How the package lies in the folder."""

    FOLDER = "folder"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """``as_of`` None: the period's last day, or today while it runs. ``to``: the address of the draft.

    ``extras``: further files that go along (a stamped scan, say). ``mail_limit``: bytes of one mail.
    ``with_evidence``: the numbered files of evidence and their catalogue go along. ``superior``: the key of the plan in
    whose order and numbers all is said (对照上级), empty for ours.
    """

    as_of: date | None = None
    packing: Packing = Packing.FOLDER
    with_mail: bool = True
    mail_limit: int = MAIL_LIMIT
    to: str = ""
    extras: tuple[Path, ...] = ()
    mapping: TemplateMapping | None = None
    with_evidence: bool = True
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What lies there now; ``files`` with the bytes of those that were made."""

    name: str
    folder: Path
    filled: Path
    files: tuple[PackageFile, ...]
    paths: tuple[Path, ...]
    parts: tuple[Path, ...]
    drafts: tuple[Path, ...]
    aside: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_package(
    store: Store,
    content: Content,
    measures: Sequence[MeasureSaid],
    order: SuperiorOrder | None,
    template: Template,
    filled: Filled,
    folder: Path,
    job: Job,
    options: SubmitOptions,
    source: Path,
) -> Written:
    """Make every file in memory, then put them into the folder, the list of checksums last.

    ``source``: where the template lies; it stays. Raises OutputError, Cancelled.
    """
    findings: list[Finding] = []
    name = clean(f"{content.view.row.title[:40]}{content.period.title}上报材料")
    files = _files(store, content, measures, order, template, filled, job, options, findings)
    mails = mails_of(files, options.mail_limit, findings) if options.with_mail else None
    with store.reading() as db:
        ours = {one.sha256 for one in submissions.everything(db)}
    folder_at(folder)
    aside: list[Path] = []
    if options.packing is Packing.ZIP:
        paths = [put_zip(files, folder, name, aside, job)]
        main = paths[0]
    else:
        forget_last(folder, source)
        paths = [replace_file(one, folder, ours, aside, job) for one in files]
        main = paths[0]
    part_paths, drafts = put_mails(mails, content, options.to, folder, job) if mails else ((), ())
    return Written(name, folder, main, tuple(files), tuple(paths), part_paths, drafts, tuple(aside), tuple(findings))


def _files(
    store: Store,
    content: Content,
    measures: Sequence[MeasureSaid],
    order: SuperiorOrder | None,
    template: Template,
    filled: Filled,
    job: Job,
    options: SubmitOptions,
    findings: list[Finding],
) -> list[PackageFile]:
    """The files in their order: the filled template first, the checksums last."""
    stem = Path(template.name).stem
    title = f"{stem}（已填）" if content.period.title in stem else f"{content.period.title} {stem}"
    ending = ".xlsm" if template.has_macros else ".xlsx"
    files = [PackageFile.of_bytes(f"{clean(title)}{ending}", _TEMPLATE, filled.data)]
    report = _report(store, content, options.superior, job, findings)
    if report is not None:
        files.append(report)
    files += _extras(options.extras, findings)
    if not options.with_evidence:
        content = replace(content, pieces=())
    evidence = [_evidence_file(piece) for piece in content.pieces]
    catalogue = _catalogue(content, order, evidence, job)
    files += [*([catalogue] if catalogue else []), *evidence]
    if template.losses:
        files.append(PackageFile.of_bytes(f"{ORIGINAL_FOLDER}/{clean(template.name)}", _ORIGINAL, template.data))
    manifest = _manifest(store, content, measures, order, evidence, files)
    files.append(PackageFile.of_bytes(MANIFEST_NAME, _LISTS, manifest_bytes(manifest)))
    files.append(PackageFile.of_bytes(CHECKSUM_NAME, _LISTS, checksum_bytes(files)))
    return files


def _report(store: Store, content: Content, superior: str, job: Job, findings: list[Finding]) -> PackageFile | None:
    """进展情况报告, where it can be made."""
    from core.office import documents
    from core.office.asked import Asked

    kind = documents.KINDS[DocumentKind.REPORT.value]
    try:
        asked = Asked(content.view.row.key, content.as_of, content.period.key, superior=superior)
        document = documents.make(store, kind.key.value, asked, job)
        buffer = io.BytesIO()
        document.write("docx", buffer, job)
    except KnownError as error:
        findings.append(Finding(Check.PACKAGE, Severity.WARNING, f"{kind.title}没有放入：{error.message}"))
        return None
    if document.gaps:
        words = f"{kind.title}中空着，请补填：{'；'.join(document.gaps)}"
        findings.append(Finding(Check.PACKAGE, Severity.WARNING, words))
    if _tells_a_secret(content, buffer.getvalue()):
        words = f"{kind.title}引用了带有密级字样的填报文字，没有放入"
        findings.append(Finding(Check.SECRET, Severity.ERROR, words))
        return None
    return PackageFile.of_bytes(f"{clean(document.name)}.docx", _REPORT, buffer.getvalue())


def _tells_a_secret(content: Content, document: bytes) -> bool:
    """Whether a document repeats the words of an entry that is marked."""
    text = "".join(word_text(document).split())
    if mark_in_text(text):
        return True
    marked = [one.record for one in content.said if one.mark is not None]
    words = [piece for one in marked for piece in (one.text, one.problems, one.next_steps, one.reason) if piece.strip()]
    return any("".join(piece.split())[:_TELLING] in text for piece in words)


def _extras(paths: Sequence[Path], findings: list[Finding]) -> list[PackageFile]:
    """Files a clerk adds; none that carries a mark of secrecy, no ledger."""
    files: list[PackageFile] = []
    for path in paths:
        mark = mark_in_name(path.name) or mark_on_page(path)
        if mark is not None:
            words = f"随附材料“{path.name}”带有密级字样“{mark}”，没有放入"
            findings.append(Finding(Check.SECRET, Severity.ERROR, words))
            continue
        if is_ledger(path):
            words = f"“{path.name}”是台账文件，没有放入"
            findings.append(Finding(Check.PACKAGE, Severity.ERROR, words))
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            raise OutputError(f"“{path.name}”读不了。", hint="请检查文件后再加入。", where=str(path)) from error
        files.append(PackageFile.of_bytes(f"随附材料/{clean(path.name)}", _EXTRA, data))
    return files


def _evidence_file(piece: Piece) -> PackageFile:
    """措施号-单位-材料名-日期."""
    item = piece.item
    path = f"{EVIDENCE_FOLDER}/{handed_out_as(piece.number, piece.units, item)}"
    return PackageFile(path, _EVIDENCE, item.sha256, item.size, source=piece.path)


def catalogue(content: Content, order: SuperiorOrder | None = None) -> Listing:
    """What evidence goes, as a list; with an ``order`` by the numbers of the superior's measures."""
    labels = {measure.no: measure.label for measure in content.view.plan.measures}
    if order is not None:
        theirs = {line.no: line.superior.label or str(line.no) for line in order.lines}
        asked = order.asked_of
        labels = {no: "、".join(theirs[one] for one in asked.get(no, ())) or "—" for no in labels}
    return Listing(
        title=f"{content.period.title}佐证材料目录",
        notes=(
            f"方案：{content.view.row.title}",
            f"统计截止日期：{content.as_of:%Y-%m-%d}；共{len(content.pieces)}份",
            *(["措施为上级方案的编号，材料编号的前一段为本级措施号"] if order is not None else []),
        ),
        columns=(
            Column("编号", 17.0),
            Column("材料名称", is_centred=False),
            Column("文号", 36.0),
            Column("类别", 18.0),
            Column("日期", 27.0),
            Column("措施", 26.0),
            Column("单位", 42.0),
        ),
        rows=tuple(
            (
                piece.number,
                piece.item.title,
                piece.item.number or "",
                piece.item.category,
                f"{piece.item.proves_on or piece.item.received_on:%Y-%m-%d}",
                "、".join(labels[no] or str(no) for no in piece.measures),
                "、".join(piece.units),
            )
            for piece in content.pieces
        ),
    )


def _catalogue(
    content: Content, order: SuperiorOrder | None, evidence: Sequence[PackageFile], job: Job
) -> PackageFile | None:
    if not evidence:
        return None
    buffer = io.BytesIO()
    write_document(listing_document(catalogue(content, order)), "xlsx", buffer, job)
    return PackageFile.of_bytes(f"{EVIDENCE_FOLDER}/{CATALOGUE_NAME}", _CATALOGUE, buffer.getvalue())


def _manifest(
    store: Store,
    content: Content,
    measures: Sequence[MeasureSaid],
    order: SuperiorOrder | None,
    evidence: Sequence[PackageFile],
    files: Sequence[PackageFile],
) -> SubmissionManifest:
    view, period = content.view, content.period
    with store.reading() as db:
        file_id = settings.everything(db).get("file_id", "")
    office = ledger_settings.load(store).office
    issuer = view.plan.document.issuer or ""
    returned = returns(store, view.row.key, period.key, max(content.as_of, today())).plain()
    status = plan_status(store, view.row.key, content.as_of).plain()
    return SubmissionManifest(
        file_id=file_id,
        unit=office or issuer,
        names=tuple(dict.fromkeys(name for name in (office, *_county(office), issuer, *_county(issuer)) if name)),
        made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        as_of=content.as_of,
        plan_key=order.key if order else view.row.key,
        plan_title=order.plan.title if order else view.row.title,
        plan_number=(order.plan if order else view.plan).document.number,
        period_key=period.key,
        period_title=period.title,
        first_day=period.first_day,
        last_day=period.last_day,
        measures=tuple(measures),
        evidence=tuple(
            EvidenceSent(
                piece.number, file.path, piece.item.title, file.sha256, _asked(piece.measures, order), piece.units
            )
            for piece, file in zip(content.pieces, evidence, strict=True)
        ),
        files=tuple((one.path, one.sha256, one.size, one.kind) for one in files),
        figures={
            "measures": status["measures"],
            "obligations": status["obligations"],
            "returns": {key: returned[key] for key in ("expected", "returned", "in_time", "sent_back")},
        },
    )


def _asked(measures: Sequence[int], order: SuperiorOrder | None) -> tuple[int, ...]:
    """Measures that evidence proves, in the numbers of the package."""
    if order is None:
        return tuple(measures)
    asked = order.asked_of
    return tuple(sorted({no for one in measures for no in asked.get(one, ())}))


def _county(name: str) -> tuple[str, ...]:
    """古县 of 古县司法局 or 古县人民政府办公室: what a city calls the county."""
    for end in ("县", "区", "市", "旗"):
        head, found, rest = name.partition(end)
        if found and 1 <= len(head) <= 8 and rest:
            return (f"{head}{end}",)
    return ()
