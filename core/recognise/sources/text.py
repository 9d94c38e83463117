"""Plain text: lines are paragraphs, and what is left of tables in it (tabs, pipes, HTML) becomes tables again."""

from __future__ import annotations

import codecs
import re

from core.job import Job
from core.recognise.blocks import Block, Paragraph, Place, Source, Table
from core.recognise.sources.errors import SAVE_ANEW, UnreadableError
from core.recognise.sources.html import looks_like_html, read_html
from core.recognise.sources.line_width import unwrapped
from core.recognise.sources.text_tables import BREAK, rows_of_text, split_lines

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FEW = 0.01
"""A share of wrong bytes up to which a text is taken for a damaged one of its encoding."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_RULE = re.compile(r"\s*(?:[-*_=—─]\s*){3,}")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_STEP = 500


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes and what was repaired in it.

    UTF-8, UTF-16, UTF-32 by their marks, else UTF-8, UTF-16 without a mark, GB18030.
    Raises UnreadableError for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), name)
    even, odd = data[:4096:2].count(0), data[1:4096:2].count(0)
    if max(even, odd) > len(data[:4096]) // 20 and len(data) > 4:
        return _checked(data.decode("utf-16-be" if even > odd else "utf-16-le", "replace"), name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return _checked(min(texts, key=lambda text: text.count("\ufffd")), name)


def _checked(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    wrong = text.count("\ufffd") + len(_CONTROLS.findall(text))
    if wrong > max(2, len(text) * _FEW):
        raise UnreadableError(f"“{name}”不是能读的文档。", hint=SAVE_ANEW, where=name)
    repairs = (f"有 {wrong} 个字符已损坏，读不出来，以“\ufffd”代替。",) if wrong else ()
    return _CONTROLS.sub("\ufffd", text), repairs


def read_text(text: str, name: str, job: Job, repairs: tuple[str, ...] = ()) -> Source:
    """Read a text of lines; a web page saved as a file is read as such."""
    if looks_like_html(text):
        return Source(name, "text", read_html(text), repairs=repairs)
    lines, told = unwrapped(split_lines(text))
    return Source(name, "text", tuple(_blocks(lines, job)), repairs=(*repairs, *told))


def _blocks(lines: list[str], job: Job) -> list[Block]:
    out: list[Block] = []
    tables = at = 0
    while at < len(lines):
        if at % _STEP == 0:
            job.step(at, len(lines), "读取文字")
        found = rows_of_text(lines, at)
        if found is not None:
            grid, at = found
            tables += 1
            out.append(grid(Place(table=tables)))
            continue
        paragraph = _paragraph(lines[at])
        if paragraph is not None:
            out.append(paragraph)
        at += 1
    return _numbered(out)


def _paragraph(line: str) -> Paragraph | None:
    """A line without the signs of Markdown; None for blank lines and rules."""
    text = line.strip().replace(BREAK, "\n")
    if not text or _RULE.fullmatch(text):
        return None
    text = _BOLD.sub(lambda found: found[1], text)
    mark = _HEADING.match(text)
    if mark is None:
        return Paragraph(text, Place())
    text = _BOLD.sub(lambda found: found[1], text[mark.end() :].rstrip("# "))
    return Paragraph(text, Place(), heading=len(mark[1])) if text else None


def _numbered(blocks: list[Block]) -> list[Block]:
    """Paragraphs get their numbers when it is known which lines are paragraphs."""
    out: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, Table):
            out.append(block)
            continue
        count += 1
        out.append(Paragraph(block.text, Place(paragraph=count), block.number, block.heading))
    return out
