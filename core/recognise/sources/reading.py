"""The way in: a file is read as what it is, not as what its name says."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from core.contained.run import run
from core.job import Job
from core.recognise.blocks import Block, Cell, Paragraph, Source, Table
from core.recognise.clean import tidy
from core.recognise.sources import limits
from core.recognise.sources.errors import SAVE_ANEW, UnreadableError, damaged, locked, too_large

PASTED = "粘贴的内容"
"""The name of a source that has no file."""
_CUT = "粘贴的内容太多，只读了前面的部分。"
_ZIP, _PDF, _RTF, _OLE = b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = b"\xec\xa5"
_CHOOSE = "请选择方案的 Word、Excel、PDF 或文本文件。"
_FOREIGN = (
    (b"SQLite format 3", "台账或数据库文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"MZ\x90", "程序"),
    (b"\x7fELF", "程序"),
)
"""Files that are known not to be documents, by their first bytes."""


@dataclass(frozen=True, slots=True)
class ByOffice:
    """A document that only an office program reads: the kind it is, and whether it holds sheets."""

    suffix: str
    is_sheet: bool = False


def read_source(path: Path, job: Job) -> Source:
    """Read a document into blocks, in a bounded child (``core/contained``).

    Raises UnreadableError (one Chinese sentence and what to do) for what cannot be read, Cancelled after 取消. The
    file is only read, never written, and never more than 100 MB of it.
    """
    return tidy(read_as_is(path, job))


def read_as_is(path: Path, job: Job) -> Source:
    """The same without putting any text right: for sheets of names, numbers and addresses."""
    data, name = _bytes(path), path.name
    found = run(read_here, data, name, job=job, name=name)
    if isinstance(found, Source):
        return found
    from core.recognise.sources.office import convert

    target = "xlsx" if found.is_sheet else "docx"
    made = convert(data, name, found.suffix, target, job)
    return run(_read_made, made, name, target, job=job, name=name)


def read_pasted(text: str, html: str | None = None) -> Source:
    """Read what was pasted: the page behind it where that has a table or a list, else the text.

    Never fails: a clipboard without any text gives a source without blocks.
    """
    from core.recognise.sources.html import read_html
    from core.recognise.sources.text import read_text

    job = Job()
    if html and (not text.strip() or any(tag in html.casefold() for tag in ("<table", "<ol", "<li"))):
        blocks = read_html(html[: limits.TEXT])
        if blocks:
            return tidy(_beginning(Source(PASTED, "text", blocks)))
    lines = text[: limits.PASTED_TEXT].splitlines(keepends=True)
    short = "".join(line if len(line) <= limits.PART else line[: limits.PART] + "\n" for line in lines[: limits.PASTED])
    told = (_CUT,) if len(short) < len(text) else ()
    return tidy(_beginning(read_text(short, PASTED, job, told)))


def _beginning(source: Source) -> Source:
    """So much of what was pasted as the window waits for; that there was more is said."""
    blocks: list[Block] = []
    room = limits.PASTED
    for block in source.blocks:
        if isinstance(block, Table):
            width = max(len(block.rows[0]), 1) if block.rows else 1
            kept = block.rows[: max(room // width, 0)]
            blocks += [replace(block, rows=_closed(kept))] if kept else []
            room -= len(block.rows) * width
        else:
            blocks += [block] if room > 0 else []
            room -= 1
    if room >= 0:
        return source
    return replace(source, blocks=tuple(blocks), repairs=tuple({**dict.fromkeys(source.repairs), _CUT: None}))


def _closed(rows: tuple[tuple[Cell | None, ...], ...]) -> tuple[tuple[Cell | None, ...], ...]:
    """Rows from the head of a table; a cell reaches no further down than they do."""
    return tuple(
        tuple(cell and replace(cell, row_span=min(cell.row_span, len(rows) - at)) for cell in row)
        for at, row in enumerate(rows)
    )


def _bytes(path: Path) -> bytes:
    name, where = path.name, str(path)
    try:
        if path.is_dir():
            raise UnreadableError(f"“{name}”是文件夹，不是文档。", hint="请选择里面的文件。", where=where)
        if path.exists() and not path.is_file():
            raise UnreadableError(f"“{name}”不是文件，读不出来。", hint="请选择文档。", where=where)
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(min(size, limits.FILE) + 1)
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


def _modest(source: Source, name: str) -> Source:
    """A source of the size of a document; more is not sent on to be understood, which takes longer than reading."""
    texts = (block.text for block in source.blocks if isinstance(block, Paragraph))
    cells = (
        cell.text
        for block in source.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell is not None and cell.text
    )
    count = length = longest = 0
    for text in chain(texts, cells):
        count += 1
        length += len(text)
        longest = max(longest, len(text))
    if count > limits.PARTS or length > limits.TEXT or longest > limits.PART:
        raise too_large(name)
    return source


def read_here(data: bytes, name: str, job: Job) -> Source | ByOffice:
    """Tell the kind of a file by its first bytes, and read it, in this process.

    Raises UnreadableError; a parser may also end the process, which is what the child is for.
    """
    found = _read(data, name, job)
    return _modest(found, name) if isinstance(found, Source) else found


def _read(data: bytes, name: str, job: Job) -> Source | ByOffice:
    from core.recognise.sources.pdf import read_pdf
    from core.recognise.sources.text import decode, read_text

    if data.startswith(_ZIP):
        return _read_package(data, name, job)
    if data.startswith(_OLE):
        return _read_container(data, name, job)
    if _PDF in data[:1024]:
        return read_pdf(data, name, job)
    if data.startswith(_RTF):
        return ByOffice("rtf")
    for mark, kind in _FOREIGN:
        if data.startswith(mark):
            raise UnreadableError(f"“{name}”是{kind}，不是文档。", hint=_CHOOSE, where=name)
    text, repairs = decode(data, name)
    head = text[:4096].lstrip()
    if head.startswith("<?xml"):
        limits.refuse_doctype(head.encode("utf-8", "replace"), name)
        return ByOffice("xml", is_sheet="office:spreadsheet" in head)
    if head.startswith("MIME-Version:"):
        raise UnreadableError(f"“{name}”是单个文件的网页，不能直接读取。", hint=SAVE_ANEW, where=name)
    if len(text) > limits.TEXT:
        raise too_large(name)
    return read_text(text, name, job, repairs)


def _read_package(data: bytes, name: str, job: Job) -> Source | ByOffice:
    """A packed document: which one it is, its parts say."""
    from core.recognise.sources.docx import read_docx
    from core.recognise.sources.opendocument import read_opendocument
    from core.recognise.sources.sheet import read_sheets

    package = limits.open_package(data, name)
    names = {each.casefold() for each in package.namelist()}
    if any(each.startswith("word/") for each in names):
        return read_docx(package, name, job)
    if any(each.startswith("xl/") for each in names):
        return read_sheets(data, name, job, package)
    if "content.xml" in names:
        kind = limits.member(package, "mimetype", name) if "mimetype" in names else b""
        if b"opendocument.text" in kind:
            return ByOffice("odt")
        return read_opendocument(package, name, job)
    if "ofd.xml" in names:
        hint = "请用 WPS 或 OFD 阅读器打开它，转为 PDF 或 Word 文档，再导入。"
        raise UnreadableError(f"“{name}”是 OFD 版式文件，不能直接读取。", hint=hint, where=name)
    if any(each.startswith("ppt/") for each in names):
        raise UnreadableError(f"“{name}”是演示文稿，不是方案文件。", hint=_CHOOSE, where=name)
    raise UnreadableError(f"“{name}”是压缩包，不是文档。", hint="请先解压，再选择里面的文件。", where=name)


def _read_container(data: bytes, name: str, job: Job) -> Source | ByOffice:
    """A file of the old Office and of WPS: which one it is, the names of its streams say."""
    from core.recognise.sources.container import Container, workbook_sheets
    from core.recognise.sources.sheet import check_extents, read_sheets

    container = Container(data, name)
    streams = container.names
    if "EncryptedPackage" in streams:
        raise locked(name)
    if "WordDocument" in streams:
        head = container.stream("WordDocument")[:32]
        if head.startswith(_WORD) and len(head) > 11 and head[11] & 1:
            raise locked(name)
        return ByOffice("doc")
    book = next((each for each in ("Workbook", "Book") if each in streams), None)
    if book is not None:
        is_locked, extents = workbook_sheets(container.stream(book), name)
        if is_locked:
            raise locked(name)
        check_extents(extents, name)
        return read_sheets(data, name, job)
    if "PowerPoint Document" in streams:
        raise UnreadableError(f"“{name}”是演示文稿，不是方案文件。", hint=_CHOOSE, where=name)
    raise damaged(name)


def _read_made(made: bytes, name: str, target: str, job: Job) -> Source:
    """A document that LibreOffice has saved anew for us."""
    from core.recognise.sources.docx import read_docx
    from core.recognise.sources.sheet import read_sheets

    package = limits.open_package(made, name)
    found = read_sheets(made, name, job, package) if target == "xlsx" else read_docx(package, name, job)
    return _modest(found, name)
