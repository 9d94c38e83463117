"""The way in: a file is read as what it is, not as what its name says."""

from __future__ import annotations

from pathlib import Path

from core.job import Job
from core.recognise.blocks import Source
from core.recognise.sources import limits
from core.recognise.sources.errors import UnreadableError

PASTED = "粘贴的内容"
"""The name of a source that has no file."""
_ZIP, _PDF = b"PK", b"%PDF-"


def read_source(path: Path, job: Job) -> Source:
    """Read a document into blocks.

    Raises UnreadableError (one Chinese sentence and what to do) for what cannot be read, Cancelled after 取消. The
    file is only read, never written, and never more than 100 MB of it.
    """
    data = _bytes(path)
    return _read(data, path.name, job)


def read_pasted(text: str, html: str | None = None) -> Source:
    """Read what was pasted: the page behind it where that has a table or a list, else the text.

    Never fails: a clipboard without any text gives a source without blocks.
    """
    from core.recognise.sources.html import read_html
    from core.recognise.sources.text import read_text

    job = Job()
    if html and (not text.strip() or any(tag in html.casefold() for tag in ("<table", "<ol", "<li"))):
        blocks = read_html(html[: limits.TREE])
        if blocks:
            return Source(PASTED, "text", blocks)
    return read_text(text[: limits.TREE], PASTED, job)


def _bytes(path: Path) -> bytes:
    name, where = path.name, str(path)
    try:
        if path.is_dir():
            raise UnreadableError(f"“{name}”是文件夹，不是文档。", hint="请选择里面的文件。", where=where)
        with path.open("rb") as file:
            data = file.read(limits.FILE + 1)
    except FileNotFoundError as error:
        raise UnreadableError(f"没有找到“{name}”。", hint="它可能已被移动或改名，请重新选择。", where=where) from error
    except PermissionError as error:
        hint = "请在其他程序中关闭它，或请管理员给予读取权限。"
        raise UnreadableError(f"没有权限读取“{name}”，或它正被其他程序独占。", hint=hint, where=where) from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"“{name}”读不出来。", hint="请把它复制到本机再导入。", where=where) from error
    if not data:
        raise UnreadableError(f"“{name}”是空文件（0 字节）。", hint="请重新复制或下载这份文件。", where=where)
    if len(data) > limits.FILE:
        raise UnreadableError(
            f"“{name}”超过 100 MB，没有读取。", hint="请删去其中的图片，只留文字和表格，另存后再导入。", where=where
        )
    return data


def _read(data: bytes, name: str, job: Job) -> Source:
    from core.recognise.sources.pdf import read_pdf
    from core.recognise.sources.text import decode, read_text

    if data.startswith(_ZIP):
        return _read_package(data, name, job)
    if _PDF in data[:1024]:
        return read_pdf(data, name, job)
    text, repairs = decode(data, name)
    return read_text(text, name, job, repairs)


def _read_package(data: bytes, name: str, job: Job) -> Source:
    """A packed document: which one it is, its parts say."""
    from core.recognise.sources.docx import read_docx

    package = limits.open_package(data, name)
    names = {each.casefold() for each in package.namelist()}
    if any(each.startswith("word/") for each in names):
        return read_docx(package, name, job)
    raise UnreadableError(f"“{name}”是压缩包，不是文档。", hint="请先解压，再选择里面的文件。", where=name)
