"""What is said of a document that cannot be read."""

from __future__ import annotations

from core.errors import KnownError

SAVE_ANEW = "请用 WPS 或 Office 打开它，另存为 .docx 或 .xlsx，再导入。"
"""The way out for formats that are not read and for damaged files that an office program still opens."""


class UnreadableError(KnownError):
    """A document that cannot be read: what is the matter with it, and what to do. The file is untouched."""


def damaged(name: str) -> UnreadableError:
    """The file is of a known kind, but cut off or altered."""
    return UnreadableError(
        f"“{name}”已损坏或不完整，读不出来。",
        hint="请重新取得这份文件，或用 WPS、Office 打开并另存后再导入。",
        where=name,
    )


def locked(name: str) -> UnreadableError:
    """The file asks for a password."""
    return UnreadableError(
        f"“{name}”设有密码，读不出来。", hint="请在 WPS 或 Office 中打开它，去掉密码并另存，再导入。", where=name
    )


def too_large(name: str) -> UnreadableError:
    """The content is far beyond any plan; reading it would take all memory."""
    return UnreadableError(
        f"“{name}”展开后内容过大，没有读取。", hint="请删去其中的图片和无关内容，另存后再导入。", where=name
    )
