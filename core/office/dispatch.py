"""下发: a workbook for each unit, a cover list, mail drafts; sent again only when something changed."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from core.errors import NotFoundError, OutputError
from core.exchange.mail import Attachment, Draft, eml_bytes, paste_text
from core.exchange.unit_sheet import UnitSheet, content_mark
from core.job import Job
from core.model.units import Unit
from core.office.changes import Changes
from core.office.listing import Column, Listing, listing_document
from core.office.overview import plan_row
from core.office.periods import period_of
from core.office.unit_sheets import SheetSet, unit_sheets
from core.publish.output import put
from core.publish.table_document import write_document
from core.store import dispatches, journal, periods, plans, units
from core.store.database import Store
from core.store.dispatches import DispatchRow

COVER_NAME = "下发清单"
MAIL_FOLDER, PASTE_FOLDER, ASIDE_FOLDER = "邮件草稿", "网页邮箱和聊天用", "原有文件"


class Packing(StrEnum):
    """How the workbooks lie in the folder."""

    FILES = "files"
    FOLDERS = "folders"
    ZIPS = "zips"


class Sending(StrEnum):
    """How a sheet stands against the last one its unit was given."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class DispatchedFile:
    """One unit's workbook; ``rows`` obligations or 时限项 are on it."""

    unit: str
    path: Path
    version: int
    rows: int
    sending: Sending


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What was made. ``skipped``: (unit, why it got none); ``aside``: files that lay under a name we needed, moved."""

    period_key: str
    files: tuple[DispatchedFile, ...]
    cover: Path | None
    skipped: tuple[tuple[str, str], ...]
    drafts: tuple[Path, ...]
    aside: tuple[Path, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class DispatchOptions:
    """``units``: only these (None: all); ``only_changed``: leave out whose sheet is the one they have."""

    units: Collection[str] | None = None
    only_changed: bool = False
    packing: Packing = Packing.FILES
    with_drafts: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """A workbook ready to be put in its place."""

    sheet: UnitSheet
    sending: Sending
    name: str
    data: bytes
    content: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def dispatch(
    store: Store,
    plan_key: str | None,
    period_key: str,
    folder: Path,
    job: Job,
    options: DispatchOptions | None = None,
) -> Dispatched:
    """Make the sheets of a period into a folder and note who was given which version.

    A period the file does not have is made. Nothing is written before every workbook is whole in memory. A file
    that lies under a name we need and that we did not write (a filled sheet, say) is moved into 原有文件.

    Raises NotFoundError, InvalidError, OutputError, LedgerFileError, Cancelled.
    """
    options = options or DispatchOptions()
    found = unit_sheets(store, plan_key, period_key)
    with store.reading() as db:
        known = dispatches.newest(db, found.plan_id, found.period.key)
        is_only_plan = len(plans.listing(db)) == 1
    made, same = _workbooks(found, known, options, job, is_only_plan=is_only_plan)
    ours = {row.file_sha256 for row in known.values()}
    paths, drafts, aside = _put_all(found, made, folder, options, ours)
    cover = _write_cover(found, made, folder, job) if made else None
    _keep(store, found, made, paths)
    skipped = tuple((unit, why) for unit, why in found.without if options.units is None or unit in options.units)
    return Dispatched(
        found.period.key,
        tuple(
            DispatchedFile(one.sheet.unit, path, one.sheet.version, len(one.sheet.rows), one.sending)
            for one, path in zip(made, paths, strict=True)
        ),
        cover,
        (*skipped, *((unit, "与上次下发相同") for unit in same)),
        drafts,
        aside,
        Changes(),
    )


def dispatched(store: Store, plan_key: str | None, period_key: str) -> tuple[DispatchRow, ...]:
    """The newest sheet of each unit for a period, in the order of the register.

    Raises NotFoundError, InvalidError.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    with store.reading() as db:
        return tuple(dispatches.newest(db, row.id, period.key).values())


def sign_for(
    store: Store, plan_key: str | None, period_key: str, unit: str, by: str | None, on: date | None
) -> Changes:
    """签收: who took the sheet and when; None takes it back.

    Raises NotFoundError where the unit was given none.
    """
    row, period = plan_row(store, plan_key), period_of(store, plan_key, period_key)
    with store.transaction() as db:
        sheet = dispatches.newest(db, row.id, period.key).get(unit)
        if sheet is None:
            raise NotFoundError(f"{period.title}还没有向“{unit}”下发填报表。", hint="请先生成填报表。")
        dispatches.sign(db, sheet.id, by, on)
        journal.append(
            db,
            "登记签收",
            f"{period.title} {unit}",
            before={"签收人": sheet.signed_by, "签收日期": sheet.signed_on.isoformat() if sheet.signed_on else None},
            after={"签收人": by, "签收日期": on.isoformat() if on else None},
        )
    return Changes()


def sending_of(content: str, last: DispatchRow | None) -> Sending:
    """How a sheet with this mark stands against the last one its unit was given."""
    if last is None:
        return Sending.NEW
    return Sending.SAME if last.content_sha256 == content else Sending.CHANGED


def _workbooks(
    found: SheetSet, known: dict[str, DispatchRow], options: DispatchOptions, job: Job, *, is_only_plan: bool
) -> tuple[list[_Made], list[str]]:
    """The workbooks to write, and the units whose sheet is the one they have."""
    from core.exchange.write_sheet import sheet_bytes

    wanted = [sheet for sheet in found.sheets if options.units is None or sheet.unit in options.units]
    made, same = [], []
    for at, plain in enumerate(wanted):
        job.step(at, len(wanted), f"正在生成 {plain.unit}的填报表")
        last, content = known.get(plain.unit), content_mark(plain)
        sending = sending_of(content, last)
        if sending is Sending.SAME and options.only_changed:
            same.append(plain.unit)
            continue
        version = 1 if last is None else last.version + (sending is Sending.CHANGED)
        sheet = replace(plain, version=version)
        name = _file_name(sheet, is_only_plan=is_only_plan)
        made.append(_Made(sheet, sending, name, sheet_bytes(sheet), content))
    return made, same


def _file_name(sheet: UnitSheet, *, is_only_plan: bool) -> str:
    of = "" if is_only_plan else f"（{sheet.plan_title}）"
    return f"{_clean(f'{sheet.unit}{sheet.period.title}填报表{of}')[:120]}.xlsx"


def _clean(text: str) -> str:
    """As the name of a file on any system."""
    return "".join(letter for letter in text if letter not in '\\/:*?"<>|\r\n\t').strip(" .")


def _put_all(
    found: SheetSet, made: list[_Made], folder: Path, options: DispatchOptions, ours: set[str]
) -> tuple[list[Path], tuple[Path, ...], tuple[Path, ...]]:
    _folder(folder)
    paths, aside = [], []
    for one in made:
        place = folder
        data, name = one.data, one.name
        if options.packing is Packing.FOLDERS:
            place = _folder(folder / _clean(one.sheet.unit))
        elif options.packing is Packing.ZIPS:
            data, name = _zipped(one.name, one.data), f"{Path(one.name).stem}.zip"
        target = place / name
        aside += _set_aside(target, ours)
        put(data, target)
        paths.append(target)
    drafts = _put_drafts(found, made, folder) if options.with_drafts else ()
    return paths, drafts, tuple(aside)


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{path.name}”。", hint="请换一个位置，或检查权限。", where=str(path)) from error
    return path


def _zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def _set_aside(target: Path, ours: set[str]) -> list[Path]:
    """Move away what lies there unless it is a sheet as we wrote it: it may be one that a unit has filled."""
    try:
        if not target.is_file() or hashlib.sha256(target.read_bytes()).hexdigest() in ours:
            return []
        place = target.parent / ASIDE_FOLDER
        place.mkdir(exist_ok=True)
        free = place / target.name
        number = 1
        while free.exists():
            number += 1
            free = place / f"{target.stem}({number}){target.suffix}"
        target.replace(free)
    except OSError as error:
        raise OutputError(
            f"“{target.name}”正被其他程序打开，没有替换。", hint="请关闭它，再生成一次。", where=str(target)
        ) from error
    return [free]


def _put_drafts(found: SheetSet, made: list[_Made], folder: Path) -> tuple[Path, ...]:
    """For each unit a mail draft, and beside it the words to paste into web mail or a chat."""
    mails, pastes = _folder(folder / MAIL_FOLDER), _folder(folder / PASTE_FOLDER)
    paths = []
    for one in made:
        draft = _draft(found, one)
        stem = Path(one.name).stem
        put(eml_bytes(draft), mails / f"{stem}.eml")
        put(paste_text(draft, [one.name]).encode("utf-8-sig"), pastes / f"{stem}.txt")
        paths.append(mails / f"{stem}.eml")
    return tuple(paths)


def _draft(found: SheetSet, one: _Made) -> Draft:
    sheet, unit = one.sheet, found.register.find(one.sheet.unit)
    day = sheet.cut_off
    asker = "，".join(part for part in (sheet.office, sheet.phone) if part)
    text = (
        f"{sheet.unit}：\n"
        f"　　现将《{sheet.plan_title}》{sheet.period.title}填报表发给你们，共 {len(sheet.rows)} 项。"
        f"请填写后由单位负责人签字盖章，于{day.year}年{day.month}月{day.day}日前"
        "将电子表、盖章扫描件和佐证材料一并报回。\n"
        f"　　佐证材料文件名请以表中“佐证材料编号”开头。\n{f'　　联系：{asker}' if asker else ''}\n"
    )
    to = unit.mail if unit and unit.mail else ""
    subject = f"{sheet.period.title}填报表（{sheet.unit}）"
    return Draft(to, subject, text, (Attachment(one.name, one.data),))


def _write_cover(found: SheetSet, made: list[_Made], folder: Path, job: Job) -> Path:
    """As PDF: it is printed and signed, and every workbook in the folder stays a unit's."""
    path = folder / f"{COVER_NAME} {_clean(found.period.title)}.pdf"
    write_document(listing_document(cover_list(found, [one.sheet for one in made])), "pdf", path, job)
    return path


def cover_list(found: SheetSet, sheets: list[UnitSheet]) -> Listing:
    """What was made and for whom, with room for 签收."""
    return Listing(
        title=f"{found.period.title}填报表下发清单",
        notes=(
            f"方案：{found.plan_title}",
            f"截止日期：{found.cut_off.year}年{found.cut_off.month}月{found.cut_off.day}日；共{len(sheets)}个单位",
        ),
        columns=(
            Column("序号", 13.0),
            Column("单位"),
            Column("项数", 15.0),
            Column("版本", 15.0),
            Column("联络员", 24.0),
            Column("电话", 36.0),
            Column("邮箱", 44.0),
            Column("签收人", 24.0),
            Column("签收日期", 28.0),
        ),
        rows=tuple(_cover_row(at, sheet, found.register.find(sheet.unit)) for at, sheet in enumerate(sheets, 1)),
    )


def _cover_row(at: int, sheet: UnitSheet, unit: Unit | None) -> tuple[str, ...]:
    contact = (unit.contact, unit.phone, unit.mail) if unit else ("", "", "")
    return str(at), sheet.unit, str(len(sheet.rows)), str(sheet.version), *(word or "" for word in contact), "", ""


def _keep(store: Store, found: SheetSet, made: list[_Made], paths: list[Path]) -> None:
    """Note what was given to whom. The files lie there already: without the note they are only made again."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    with store.transaction() as db:
        period_id = periods.ensure(db, found.period)
        ids = units.ids(db)
        for one, path in zip(made, paths, strict=True):
            dispatches.add(
                db,
                found.plan_id,
                period_id,
                ids[one.sheet.unit],
                version=one.sheet.version,
                made_at=now,
                content_sha256=one.content,
                file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                file_name=path.name,
            )
        journal.append(
            db,
            "下发填报表",
            f"{found.period.title}，{len(made)} 个单位",
            after={"单位": "、".join(f"{one.sheet.unit}（第{one.sheet.version}版）" for one in made)},
        )
