"""Mail drafts of 上报: the template loose, the evidence in zips, no mail over the limit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.exchange.mail import Attachment, Draft, eml_bytes
from core.exchange.package import PackageFile, parts, write_zip
from core.job import Job
from core.model.plan import Severity
from core.office.package_folder import busy, folder_at
from core.office.submit_content import Content
from core.office.submit_findings import Check, Finding
from core.publish.output import put

MAIL_FOLDER = "邮件草稿"
_LOOSE = ("上报表", "进展情况报告", "清单")
_MAY_BE_LOOSE = "随附材料"
_LEFT = "原模板"
_DRAFT, _ZIP = "上报邮件", "佐证材料"
_SHARE = 0.72
"""Of a mail's bytes for what it carries: base64 adds a third, and its line breaks a little."""


@dataclass(frozen=True, slots=True)
class Mails:
    """What goes with which mail: ``loose`` with the first, then each of ``parts`` as a zip.

    ``is_one``: the only zip goes with the first mail too.
    """

    loose: tuple[PackageFile, ...]
    parts: tuple[tuple[PackageFile, ...], ...]
    is_one: bool

    @property
    def count(self) -> int:
        """How many mails there are."""
        return 1 if self.is_one else 1 + len(self.parts)


def mails_of(files: Sequence[PackageFile], limit: int, findings: list[Finding]) -> Mails:
    """Deal files out to mails of at most ``limit`` bytes; what fits in none is told."""
    room = max(int(limit * _SHARE), 64 * 1024)
    loose = [one for one in files if one.kind in (*_LOOSE, _MAY_BE_LOOSE)]
    if sum(one.size for one in loose) > room:
        loose = [one for one in loose if one.kind != _MAY_BE_LOOSE]
    packed = [one for one in files if one.kind != _LEFT and one not in loose]
    dealt, too_large = parts(packed, room)
    size = sum(one.size for one in loose)
    if size > room:
        words = f"上报表和清单有{size / (1 << 20):.1f} MB，第一封邮件超过上限，请用U盘报送"
        findings.append(Finding(Check.PACKAGE, Severity.WARNING, words))
    for one in too_large:
        words = f"“{one.path}”有{one.size / (1 << 20):.1f} MB，超过邮件的上限，请用U盘报送"
        findings.append(Finding(Check.PACKAGE, Severity.WARNING, words))
    is_one = len(dealt) <= 1 and size + sum(one.size + 1024 for part in dealt for one in part) <= room
    return Mails(tuple(loose), dealt, is_one)


def put_mails(
    mails: Mails, content: Content, to: str, folder: Path, job: Job
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write zips (for web mail) and drafts, one after another: never more than one zip is in memory.

    Those of a package before go. Gives the paths of the zips and of the drafts. Raises OutputError, Cancelled.
    """
    place = folder_at(folder / MAIL_FOLDER)
    _forget_last(place)
    total = len(mails.parts)
    zips: list[Path] = []
    drafts: list[Path] = []
    waiting = tuple(Attachment(one.path.rpartition("/")[2], b"".join(one.pieces())) for one in mails.loose)
    if not mails.is_one or not total:
        drafts.append(_put_draft(mails, content, to, place, 1, waiting))
        waiting = ()
    for at, part in enumerate(mails.parts, 1):
        buffer = io.BytesIO()
        write_zip(part, buffer, job)
        name = f"{_ZIP}（第{at}卷，共{total}卷）.zip" if total > 1 else f"{_ZIP}.zip"
        put(buffer.getvalue(), place / name)
        zips.append(place / name)
        attached = (*waiting, Attachment(name, buffer.getvalue()))
        drafts.append(_put_draft(mails, content, to, place, len(drafts) + 1, attached))
    return tuple(zips), tuple(drafts)


def _put_draft(
    mails: Mails, content: Content, to: str, place: Path, at: int, attachments: tuple[Attachment, ...]
) -> Path:
    path = place / (f"{_DRAFT}{at}.eml" if mails.count > 1 else f"{_DRAFT}.eml")
    put(eml_bytes(_draft(content, to, at, mails.count, attachments)), path)
    return path


def _forget_last(place: Path) -> None:
    """Drafts and zips of a package before: a second mail of then does not belong to the first of now."""
    for path in (*place.glob(f"{_DRAFT}*.eml"), *place.glob(f"{_ZIP}*.zip")):
        try:
            path.unlink()
        except OSError as error:
            raise busy(path) from error


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
