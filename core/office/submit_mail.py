"""Mail drafts of 上报: the template loose, the evidence in zips, no mail over the limit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from core.exchange.mail import Attachment, Draft, eml_bytes
from core.exchange.package import PackageFile, parts, write_zip
from core.job import Job
from core.model.plan import Severity
from core.office.package_folder import folder_at
from core.office.submit_content import Content
from core.office.submit_findings import Check, Finding
from core.publish.output import put

MAIL_FOLDER = "邮件草稿"
PACKED = ("佐证材料目录", "佐证材料")
"""Kinds of files that go in zips; the original of a template stays behind."""
LOOSE = ("上报表", "进展情况报告", "随附材料", "清单")


def mails_of(
    content: Content, files: Sequence[PackageFile], limit: int, to: str, findings: list[Finding], job: Job
) -> list[tuple[Draft, bytes | None]]:
    """Drafts with what each carries; evidence in zips that each open by themselves."""
    room = max(int(limit * 0.72), 64 * 1024)  # base64 adds a third, and lines of 76 letters a little
    loose = [one for one in files if one.kind in LOOSE]
    packed = [one for one in files if one.kind in PACKED]
    dealt, too_large = parts(packed, room)
    words = [f"“{one.path}”有{one.size / (1 << 20):.1f} MB，超过邮件的上限，请用U盘报送" for one in too_large]
    findings += [Finding(Check.PACKAGE, Severity.WARNING, word) for word in words]
    zips = []
    for part in dealt:
        buffer = io.BytesIO()
        write_zip(part, buffer, job)
        zips.append(buffer.getvalue())
    return _drafts(content, loose, zips, room, to)


def _drafts(
    content: Content, loose: Sequence[PackageFile], zips: Sequence[bytes], room: int, to: str
) -> list[tuple[Draft, bytes | None]]:
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


def put_mails(mails: Sequence[tuple[Draft, bytes | None]], folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The drafts, and beside them the zips alone for web mail. Drafts of a package before are ours to replace."""
    place = folder_at(folder / MAIL_FOLDER)
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
