"""The package of 上报 as it lies on the disk: folder or zip, parts and drafts for mail."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.errors import KnownError, OutputError
from core.exchange.fill_template import Filled
from core.exchange.mail import Attachment, Draft, eml_bytes
from core.exchange.manifest import MANIFEST_NAME, EvidenceSent, MeasureSaid, SubmissionManifest, manifest_bytes
from core.exchange.package import CHECKSUM_NAME, PackageFile, checksum_bytes, parts, write_zip
from core.exchange.secrecy import mark_in_name, mark_on_page
from core.exchange.template import Template, TemplateMapping
from core.job import Job
from core.model.document_kind import DocumentKind
from core.model.plan import Severity
from core.office import ledger_settings
from core.office.evidence import today
from core.office.listing import Column, Listing, listing_document
from core.office.returns import returns
from core.office.status import plan_status
from core.office.submit_content import Content, Piece
from core.office.submit_findings import Check, Finding
from core.publish.output import put
from core.publish.table_document import write_document
from core.store import settings, submissions
from core.store.database import Store, is_ledger

EVIDENCE_FOLDER, MAIL_FOLDER, ORIGINAL_FOLDER, ASIDE_FOLDER = "佐证材料", "邮件草稿", "原模板", "原有文件"
CATALOGUE_NAME = "佐证材料目录.xlsx"
MAIL_LIMIT = 20 << 20
"""Bytes of a mail that most public offices' mail servers take, the attachments as they travel (a third larger)."""
_TEMPLATE, _REPORT, _CATALOGUE, _EVIDENCE, _EXTRA, _ORIGINAL, _LISTS = (
    "上报表",
    "进展情况报告",
    "佐证材料目录",
    "佐证材料",
    "随附材料",
    "原模板",
    "清单",
)


class Packing(StrEnum):
    """How the package lies in the folder."""

    FOLDER = "folder"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """``as_of`` None: the period's last day, or today while it runs. ``to``: the address of the draft.

    ``extras``: further files that go along (a stamped scan, say). ``mail_limit``: bytes of one mail.
    ``with_evidence``: the numbered files of evidence and their catalogue go along.
    """

    as_of: date | None = None
    packing: Packing = Packing.FOLDER
    with_mail: bool = True
    mail_limit: int = MAIL_LIMIT
    to: str = ""
    extras: tuple[Path, ...] = ()
    mapping: TemplateMapping | None = None
    with_evidence: bool = True


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
    template: Template,
    filled: Filled,
    folder: Path,
    job: Job,
    options: SubmitOptions,
) -> Written:
    """Make every file in memory, then put them into the folder, the list of checksums last.

    Raises OutputError, Cancelled.
    """
    findings: list[Finding] = []
    name = _clean(f"{content.view.row.title[:40]}{content.period.title}上报材料")
    files = _files(store, content, measures, template, filled, job, options, findings)
    mails = _mails(content, files, options, findings, job) if options.with_mail else []
    with store.reading() as db:
        ours = {one.sha256 for one in submissions.everything(db)}
    _folder(folder)
    aside: list[Path] = []
    if options.packing is Packing.ZIP:
        paths = [_put_zip(files, folder, name, aside, job)]
        main = paths[0]
    else:
        _forget_last(folder)
        paths = [_replace_file(one, folder, ours, aside, job) for one in files]
        main = paths[0]
    part_paths, drafts = _put_mails(mails, folder) if mails else ((), ())
    return Written(name, folder, main, tuple(files), tuple(paths), part_paths, drafts, tuple(aside), tuple(findings))


def _files(
    store: Store,
    content: Content,
    measures: Sequence[MeasureSaid],
    template: Template,
    filled: Filled,
    job: Job,
    options: SubmitOptions,
    findings: list[Finding],
) -> list[PackageFile]:
    """The files in their order: the filled template first, the checksums last."""
    stem = Path(template.name).stem
    title = stem if content.period.title in stem else f"{content.period.title} {stem}"
    ending = ".xlsm" if template.has_macros else ".xlsx"
    files = [PackageFile.of_bytes(f"{_clean(title)}{ending}", _TEMPLATE, filled.data)]
    report = _report(store, content, job, findings)
    if report is not None:
        files.append(report)
    files += _extras(options.extras, findings)
    evidence = [_evidence_file(piece) for piece in content.pieces] if options.with_evidence else []
    catalogue = _catalogue(content, evidence, job)
    files += [*([catalogue] if catalogue else []), *evidence]
    if template.losses:
        files.append(PackageFile.of_bytes(f"{ORIGINAL_FOLDER}/{_clean(template.name)}", _ORIGINAL, template.data))
    manifest = _manifest(store, content, measures, evidence, files)
    files.append(PackageFile.of_bytes(MANIFEST_NAME, _LISTS, manifest_bytes(manifest)))
    files.append(PackageFile.of_bytes(CHECKSUM_NAME, _LISTS, checksum_bytes(files)))
    return files


def _report(store: Store, content: Content, job: Job, findings: list[Finding]) -> PackageFile | None:
    """进展情况报告, where this version can make it."""
    from core.office import documents
    from core.office.asked import Asked

    kind = documents.KINDS[DocumentKind.REPORT.value]
    if kind.make is None:
        words = f"这个版本还不能生成{kind.title}，没有放入；已有的可以作为随附材料加入"
        findings.append(Finding(Check.PACKAGE, Severity.INFO, words))
        return None
    try:
        asked = Asked(content.view.row.key, content.as_of, content.period.key)
        document = documents.make(store, kind.key.value, asked, job)
        buffer = io.BytesIO()
        document.write("docx", buffer, job)
    except KnownError as error:
        findings.append(Finding(Check.PACKAGE, Severity.WARNING, f"{kind.title}没有放入：{error.message}"))
        return None
    findings += [Finding(Check.PACKAGE, Severity.WARNING, f"{kind.title}：{gap}") for gap in document.gaps]
    return PackageFile.of_bytes(f"{_clean(document.name)}.docx", _REPORT, buffer.getvalue())


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
        files.append(PackageFile.of_bytes(f"随附材料/{_clean(path.name)}", _EXTRA, data))
    return files


def _evidence_file(piece: Piece) -> PackageFile:
    """措施号-单位-材料名-日期."""
    item = piece.item
    day = item.proves_on or item.received_on
    units = piece.units[0] if len(piece.units) == 1 else f"{piece.units[0]}等"
    name = _clean(f"{piece.number}-{units}-{item.title[:60]}-{day:%Y%m%d}")
    path = f"{EVIDENCE_FOLDER}/{name}{Path(item.name).suffix.lower()}"
    return PackageFile(path, _EVIDENCE, item.sha256, item.size, source=piece.path)


def catalogue(content: Content) -> Listing:
    """What evidence goes, as a list."""
    labels = {measure.no: measure.label for measure in content.view.plan.measures}
    return Listing(
        title=f"{content.period.title}佐证材料目录",
        notes=(
            f"方案：{content.view.row.title}",
            f"统计截止日期：{content.as_of:%Y-%m-%d}；共{len(content.pieces)}份",
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


def _catalogue(content: Content, evidence: Sequence[PackageFile], job: Job) -> PackageFile | None:
    if not evidence:
        return None
    buffer = io.BytesIO()
    write_document(listing_document(catalogue(content)), "xlsx", buffer, job)
    return PackageFile.of_bytes(f"{EVIDENCE_FOLDER}/{CATALOGUE_NAME}", _CATALOGUE, buffer.getvalue())


def _manifest(
    store: Store,
    content: Content,
    measures: Sequence[MeasureSaid],
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
        plan_key=view.row.key,
        plan_title=view.row.title,
        plan_number=view.plan.document.number,
        period_key=period.key,
        period_title=period.title,
        first_day=period.first_day,
        last_day=period.last_day,
        measures=tuple(measures),
        evidence=tuple(
            EvidenceSent(piece.number, file.path, piece.item.title, file.sha256, piece.measures, piece.units)
            for piece, file in zip(content.pieces, evidence, strict=True)
        ),
        files=tuple((one.path, one.sha256, one.size, one.kind) for one in files),
        figures={
            "measures": status["measures"],
            "obligations": status["obligations"],
            "returns": {key: returned[key] for key in ("expected", "returned", "in_time", "sent_back")},
        },
    )


def _county(name: str) -> tuple[str, ...]:
    """古县 of 古县司法局 or 古县人民政府办公室: what a city calls the county."""
    for end in ("县", "区", "市", "旗"):
        head, found, rest = name.partition(end)
        if found and 1 <= len(head) <= 8 and rest:
            return (f"{head}{end}",)
    return ()


def _mails(
    content: Content, files: Sequence[PackageFile], options: SubmitOptions, findings: list[Finding], job: Job
) -> list[tuple[Draft, bytes | None]]:
    """Drafts with what each carries; evidence in zips that each open by themselves."""
    room = max(int(options.mail_limit * 0.72), 64 * 1024)  # base64 adds a third, and lines of 76 letters a little
    loose = [one for one in files if one.kind in (_TEMPLATE, _REPORT, _EXTRA, _LISTS)]
    packed = [one for one in files if one.kind in (_CATALOGUE, _EVIDENCE)]
    dealt, too_large = parts(packed, room)
    words = [f"“{one.path}”有{one.size / (1 << 20):.1f} MB，超过邮件的上限，请用U盘报送" for one in too_large]
    findings += [Finding(Check.PACKAGE, Severity.WARNING, word) for word in words]
    zips = []
    for part in dealt:
        buffer = io.BytesIO()
        write_zip(part, buffer, job)
        zips.append(buffer.getvalue())
    return _drafts(content, loose, zips, room, options.to)


def _drafts(
    content: Content, loose: Sequence[PackageFile], zips: Sequence[bytes], room: int, to: str
) -> list[tuple[Draft, bytes | None]]:
    period = content.period.title
    first = tuple(Attachment(one.path.rpartition("/")[2], b"".join(one.pieces())) for one in loose)
    size = sum(len(one.data) for one in first)
    total = len(zips)
    is_together = total == 1 and size + len(zips[0]) <= room
    count = 1 if total == 0 or is_together else total + 1
    drafts: list[tuple[Draft, bytes | None]] = []
    names = [f"佐证材料{f'（第{at}卷，共{total}卷）' if total > 1 else ''}.zip" for at in range(1, total + 1)]
    with_zip = (*first, Attachment(names[0], zips[0])) if is_together else first
    drafts.append((_draft(content, to, 1, count, with_zip), zips[0] if is_together else None))
    if not is_together:
        for at, (name, data) in enumerate(zip(names, zips, strict=True), 2):
            drafts.append((_draft(content, to, at, count, (Attachment(name, data),)), data))
    assert period
    return drafts


def _draft(content: Content, to: str, at: int, count: int, attachments: tuple[Attachment, ...]) -> Draft:
    counted = f"（{at}/{count}）" if count > 1 else ""
    subject = f"{content.view.row.title}{content.period.title}进展情况{counted}"
    names = "\n".join(f"　　{place}. {one.name}" for place, one in enumerate(attachments, 1))
    day = content.as_of
    text = (
        f"　　现将《{content.view.row.title}》{content.period.title}进展情况报上，"
        f"统计截止{day.year}年{day.month}月{day.day}日，请审阅。\n　　附件：\n{names}\n"
    )
    if count > 1:
        text += f"　　材料较多，分{count}封邮件发送，这是第{at}封；每个压缩包可以单独打开。\n"
    return Draft(to, subject, text, attachments)


def _put_mails(mails: Sequence[tuple[Draft, bytes | None]], folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The drafts, and beside them the zips alone for web mail. Drafts of a package before are ours to replace."""
    place = _folder(folder / MAIL_FOLDER)
    drafts, zips = [], []
    for at, (draft, data) in enumerate(mails, 1):
        path = place / (f"上报邮件{at}.eml" if len(mails) > 1 else "上报邮件.eml")
        put(eml_bytes(draft), path)
        drafts.append(path)
        if data is not None:
            path = place / draft.attachments[-1].name
            put(data, path)
            zips.append(path)
    return tuple(zips), tuple(drafts)


def _put_zip(files: Sequence[PackageFile], folder: Path, name: str, aside: list[Path], job: Job) -> Path:
    target = folder / f"{name}.zip"
    if target.is_file():
        aside += _set_aside(target)
    part = folder / f".taizhang-{name}.part"
    try:
        with part.open("wb") as opened:
            write_zip(files, opened, job, name)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"“{target.name}”没有保存（{error.strerror or error}）。", hint="请换一个位置再生成。", where=str(target)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _replace_file(one: PackageFile, folder: Path, ours: set[str], aside: list[Path], job: Job) -> Path:
    """Write one file whole; what lies there and is none of ours goes aside."""
    target = folder.joinpath(*one.path.split("/"))
    try:
        if target.is_file() and _digest(target) not in {*ours, one.sha256}:
            aside += _set_aside(target)
    except OSError as error:
        raise _busy(target) from error
    return put_file(one, folder, job)


def put_file(one: PackageFile, folder: Path, job: Job) -> Path:
    """Write one file of a package into its place in a folder, whole or not at all.

    Raises OutputError, Cancelled.
    """
    target = folder.joinpath(*one.path.split("/"))
    _folder(target.parent)
    job.step(0, 0, f"正在写入 {one.path}")
    if one.data is not None:
        put(one.data, target)
        return target
    part = target.with_name(f".taizhang-{one.sha256[:16]}.part")
    try:
        with part.open("wb") as opened:
            for piece in one.pieces():
                job.step(0, 0, f"正在写入 {one.path}")
                opened.write(piece)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"“{target.name}”没有保存（{error.strerror or error}）。", hint="请换一个位置再生成。", where=str(target)
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def free_folder(folder: Path, name: str) -> Path:
    """A folder of that name that nothing lies under yet.

    Raises OutputError.
    """
    number, target = 1, folder / name
    while target.exists():
        number += 1
        target = folder / f"{name}({number})"
    return _folder(target)


def _forget_last(folder: Path) -> None:
    """Take away what a package of ours left here before, as far as nobody has changed it: it is kept as sent."""
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
        listed = [(str(one["path"]), str(one["sha256"])) for one in json.loads(text)["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for path, digest in listed:
        file = folder.joinpath(*path.split("/"))
        try:
            if ".." not in path.split("/") and file.is_file() and _digest(file) == digest:
                file.unlink()
        except OSError as error:
            raise _busy(file) from error


def _set_aside(target: Path) -> list[Path]:
    place = target.parent / ASIDE_FOLDER
    place.mkdir(exist_ok=True)
    free, number = place / target.name, 1
    while free.exists():
        number += 1
        free = place / f"{target.stem}({number}){target.suffix}"
    target.replace(free)
    return [free]


def _busy(target: Path) -> OutputError:
    return OutputError(f"“{target.name}”正被其他程序打开，没有替换。", hint="请关闭它，再生成一次。", where=str(target))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{path.name}”。", hint="请换一个位置，或检查权限。", where=str(path)) from error
    return path


def _clean(text: str) -> str:
    """As the name of a file on any system."""
    return "".join(letter for letter in text if letter >= " " and letter not in '\\/:*?"<>|').strip(" .")
