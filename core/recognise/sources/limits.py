"""What keeps a reader safe: sizes are checked before anything is unpacked, and no entity or DTD is ever followed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.recognise.sources.errors import UnreadableError, damaged, locked, too_large

if TYPE_CHECKING:
    from lxml.etree import _Element

FILE = 100 * 1024 * 1024
"""Largest document taken in, in bytes."""
UNPACKED = 1024 * 1024 * 1024
"""Largest sum of what a packed document unpacks to, pictures included."""
TREE = 64 * 1024 * 1024
"""Largest part read as a whole tree of elements (a plan of 71 measures has 0.3 MB)."""
TAGS = 1_000_000
"""Most tags of such a part; a book of five hundred pages has a third of them."""
STREAM = 768 * 1024 * 1024
"""Largest part read piece by piece: a sheet with a million blank formatted rows of 18 columns has 540 MB."""
TEXT = 2_000_000
"""Most letters of a document; a plan has some ten thousand, a thick book half a million."""
PART = 100_000
"""Most letters of one paragraph or cell; a plan without any line break has thirty thousand."""
PARTS = 100_000
"""Most paragraphs and filled cells of a document together."""
PASTED, PASTED_TEXT = 20_000, 300_000
"""Most parts and letters of what is pasted, which the window itself understands."""
_RATIO, _RATIO_FROM = 200, 16 * 1024 * 1024
_ENTRIES = 20_000
_PIECE = 1024 * 1024
_ENCRYPTED = 0x1
_STREAMED = re.compile(r"/?(?:xl/worksheets/[^/]+\.xml|content\.xml)", re.IGNORECASE)
"""Read piece by piece, blanks let go: blank formatted rows that are all alike pack a thousand to one."""
_BEFORE_ROOT = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
"""What may stand before the first element, a document type excepted."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def open_package(data: bytes, name: str, *, is_streamed: bool = False) -> zipfile.ZipFile:
    """Open a packed document whose sums are sound; ``is_streamed`` where its sheets are read piece by piece.

    Raises UnreadableError for one that is damaged, locked, or unpacks to far more than a document would.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        entries = package.infolist()
    except _BROKEN as error:
        raise damaged(name) from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise locked(name)
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise too_large(name)
    for entry in entries:
        is_packed_thin = entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(entry.compress_size, 1)
        if is_packed_thin and not (is_streamed and _STREAMED.fullmatch(entry.filename)):
            raise too_large(name)
    return package


def pieces(package: zipfile.ZipFile, part: str, name: str, limit: int = STREAM) -> Iterator[bytes]:
    """Unpack one part piece by piece, never more than ``limit`` bytes whatever the package claims."""
    total = 0
    try:
        with package.open(part) as file:
            while piece := file.read(_PIECE):
                total += len(piece)
                if total > limit:
                    raise too_large(name)
                yield piece
    except (KeyError, *_BROKEN) as error:
        raise damaged(name) from error


def beginning(package: zipfile.ZipFile, part: str, name: str, size: int = _PIECE) -> bytes:
    """The first bytes of one part."""
    try:
        with package.open(part) as file:
            return file.read(size)
    except (KeyError, *_BROKEN) as error:
        raise damaged(name) from error


def member(package: zipfile.ZipFile, part: str, name: str, limit: int = TREE) -> bytes:
    """One part unpacked."""
    return b"".join(pieces(package, part, name, limit))


def tree(data: bytes, name: str) -> _Element:
    """Parse XML without entities, DTD or network; depth is bounded by the parser (256).

    Raises UnreadableError for broken XML and for any document type declaration.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    refuse_doctype(data[:_PIECE], name)
    if data.count(b"<") > TAGS:
        raise too_large(name)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise foreign_entities(name)
    return root


def refuse_doctype(head: bytes, name: str) -> None:
    """No office program writes a DTD into its files; one that is there is there to do harm.

    ``head``: the beginning of the part, so much of it that its first element begins there.
    """
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    at = 0
    while before := _BEFORE_ROOT.match(plain, at):
        at = before.end()
    if b"<!DOCTYPE" in plain[:4096] or plain.startswith((b"<!DOCTYPE", b"<!--", b"<?"), at):
        raise foreign_entities(name)


def foreign_entities(name: str) -> UnreadableError:
    """The XML declares a document type, by which it could pull in other files."""
    return UnreadableError(
        f"“{name}”中含有外部实体声明，不是正常的文档，没有读取。", hint="请向发文单位重新索取这份文件。", where=name
    )
