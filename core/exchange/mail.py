"""Mail drafts: an .eml that a mail program opens ready to send, and words to paste for web mail and chat.

Nothing is sent by this program: it has no network. ``X-Unsent: 1`` makes mail programs open the file as a draft.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that waits to be sent; ``to`` is empty where the register has no address."""

    to: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def eml_bytes(draft: Draft) -> bytes:
    """The draft as a mail program reads it."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if draft.to:
        message["To"] = draft.to
    message["Subject"] = _one_line(draft.subject)
    message.set_content(draft.text, charset="utf-8", cte="base64")
    for attachment in draft.attachments:
        kind, _ = mimetypes.guess_type(PurePath(attachment.name).name)
        main, _, sub = (kind or "application/octet-stream").partition("/")
        message.add_attachment(attachment.data, maintype=main, subtype=sub, filename=attachment.name)
    return message.as_bytes()


def paste_text(draft: Draft, files: Sequence[str]) -> str:
    """The same in words to copy: 收件人, 主题, 正文, 附件."""
    return "\r\n".join(
        [
            f"收件人：{draft.to or '（名册中没有邮箱）'}",
            f"主题：{_one_line(draft.subject)}",
            f"附件：{'、'.join(files)}",
            "正文：",
            draft.text,
            "",
        ]
    )


def _one_line(text: str) -> str:
    """A header cannot hold a break: what is behind one would become another header."""
    return " ".join(text.split())
