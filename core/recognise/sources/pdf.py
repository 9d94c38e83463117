"""PDF with text: paragraphs and ruled tables of each page. A scan has no text, which is said at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from core.job import Job
from core.pdfium import PDFIUM
from core.recognise.blocks import Block, Paragraph, Place, Source
from core.recognise.sources.errors import UnreadableError, damaged, locked
from core.recognise.sources.grid import table_of
from core.recognise.sources.pdf_lines import TextLine, glued, is_wrapped, lines_of
from core.recognise.sources.pdf_page import PageContent, read_page
from core.recognise.sources.pdf_tables import find_grids, slots_of

_PROBED = 5
"""Pages looked at before a document without text is called a scan."""
_PAGES = 2000
_PAGE_NUMBER = re.compile(
    r"[-—–─·. \d]*\d+[-—–─·. ]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+", re.ASCII
)
_NUMBER = re.compile(
    r"(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、|\d{1,3}[.．、](?!\d)|第[一二三四五六七八九十百]{1,4}[章节条])"
)
_ENDS = frozenset("。；！？：）”’.;!?:)〕》")
_SAYS = re.compile(r"[：:]|[。；]$")
"""A field or a sentence says something where it stands, however often it is repeated: 责任单位：各乡镇."""
_MARGIN = 0.12
"""Share of the height at head and foot where page numbers and running heads stand."""
_WRONG_PASSWORD = 4


@dataclass(slots=True)
class _Page:
    """A page taken apart: lines outside tables, and tables, by their height."""

    number: int
    width: float
    height: float
    items: list[tuple[float, TextLine | list[Any]]] = field(default_factory=list)
    turned: str = ""
    """Text across the rest and outside tables: a page number as a rule."""


def read_pdf(data: bytes, name: str, job: Job) -> Source:
    """Read a PDF page by page.

    Raises UnreadableError for one that is damaged, locked, or holds pictures only.
    """
    pages, repairs = _taken_apart(data, name, job)
    repairs += _drop_margins(pages)
    blocks = tuple(_Flow(pages).blocks())
    return Source(name, "pdf", blocks, len(pages), tuple(repairs))


def _taken_apart(data: bytes, name: str, job: Job) -> tuple[list[_Page], list[str]]:
    document = _opened(data, name)
    try:
        with PDFIUM:
            count = len(document)
        if not 0 < count <= _PAGES:
            raise damaged(name) if not count else _too_long(name)
        return _all_pages(document, count, name, job)
    finally:
        with PDFIUM, suppress(Exception):
            document.close()


def _opened(data: bytes, name: str) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    import pypdfium2

    try:
        with PDFIUM:
            return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD:
            raise locked(name) from error
        raise damaged(name) from error


def _too_long(name: str) -> UnreadableError:
    return UnreadableError(
        f"“{name}”超过 {_PAGES} 页，没有读取。", hint="请只留下任务分解表所在的页，再导入。", where=name
    )


def _all_pages(document: Any, count: int, name: str, job: Job) -> tuple[list[_Page], list[str]]:  # noqa: ANN401
    pages: list[_Page] = []
    pictures: list[int] = []
    unknown = total = 0
    for index in range(count):
        job.step(index, count, f"读取第 {index + 1} 页，共 {count} 页")
        with PDFIUM:
            content = read_page(document, index)
        total += len(content.characters)
        unknown += content.unknown
        if content.has_images and len(content.characters) < 2:
            pictures.append(index + 1)
        if index + 1 == min(count, _PROBED) and not total and pictures:
            raise _scan(name)
        pages.append(_page(content, index + 1))
    if not total:
        raise _scan(name) if pictures else _empty(name)
    if unknown > total // 3:
        raise _unknown_text(name)
    repairs = [f"第{page}页是图片，没有文字，没有读取。" for page in pictures]
    if unknown:
        repairs.append(f"有 {unknown} 个字符在 PDF 中没有对应的文字，以“\ufffd”代替。")
    return pages, repairs


def _scan(name: str) -> UnreadableError:
    return UnreadableError(
        f"“{name}”是扫描的图片，没有文字，读不出来。",
        hint="请向发文单位索取电子版，或先用文字识别软件转成文字。",
        where=name,
    )


def _empty(name: str) -> UnreadableError:
    return UnreadableError(f"“{name}”中没有文字。", hint="请检查选的是不是这份文件。", where=name)


def _unknown_text(name: str) -> UnreadableError:
    return UnreadableError(
        f"“{name}”中的文字没有编码，读出来是乱码。",
        hint="请向发文单位索取 Word 版，或先用文字识别软件转成文字。",
        where=name,
    )


def _page(content: PageContent, number: int) -> _Page:
    page = _Page(number, content.width, content.height)
    rest, turned = content.characters, content.asides
    for grid in find_grids(content):
        inside, aside = [char for char in rest if grid.holds(char)], [char for char in turned if grid.holds(char)]
        if not any(char.text.strip() for char in inside + aside):
            continue
        rest = [char for char in rest if not grid.holds(char)]
        turned = [char for char in turned if not grid.holds(char)]
        page.items.append((grid.ys[0], slots_of(grid, inside, aside)))
    page.turned = "".join(char.text for char in turned).strip()
    page.items += [(line.base, line) for line in lines_of(rest)]
    page.items.sort(key=lambda item: item[0])
    return page


# --- heads and feet ------------------------------------------------------------------------------


def _drop_margins(pages: list[_Page]) -> list[str]:
    """Leave out page numbers and heads that run through the document; say which."""
    repairs = []
    numbers: list[str] = []
    heads = _running_heads(pages)
    seen: set[str] = set()
    for page in pages:
        if _PAGE_NUMBER.fullmatch(page.turned):
            numbers.append(f"第{page.number}页“{page.turned}”")
        elif page.turned:
            repairs.append(f"第{page.number}页横着的文字“{page.turned}”没有读取。")
        kept = []
        for place, item in page.items:
            if isinstance(item, TextLine) and _is_margin(page, place):
                if _PAGE_NUMBER.fullmatch(item.text):
                    numbers.append(f"第{page.number}页“{item.text}”")
                    continue
                if item.text in heads and item.text in seen:
                    continue
                seen.add(item.text)
            kept.append((place, item))
        page.items = kept
    if numbers:
        repairs.append("页码没有读取：" + "、".join(numbers) + "。")
    repairs += [f"每页重复的“{head}”只读取一次。" for head in sorted(heads)]
    return repairs


def _is_margin(page: _Page, place: float) -> bool:
    return not _MARGIN * page.height < place < (1 - _MARGIN) * page.height


def _running_heads(pages: list[_Page]) -> set[str]:
    found: Counter[str] = Counter()
    for page in pages:
        ends = [page.items[0], page.items[-1]] if page.items else []
        found.update(
            {
                item.text
                for place, item in ends
                if isinstance(item, TextLine) and _is_margin(page, place) and not _SAYS.search(item.text)
            }
        )
    least = max(3, len(pages) // 2)
    return {text for text, times in found.items() if times >= least}


# --- paragraphs ----------------------------------------------------------------------------------


class _Flow:
    """Puts the lines of all pages together into paragraphs; a paragraph may go on over a page end."""

    def __init__(self, pages: list[_Page]) -> None:
        self._pages = pages
        self._edges = {width: _edges(pages, width) for width in {round(page.width) for page in pages}}
        self._paragraphs = self._tables = 0
        self._lines: list[TextLine] = []
        self._number = 0

    def blocks(self) -> Iterator[Block]:
        for page in self._pages:
            is_first = True
            for _, item in page.items:
                if not isinstance(item, TextLine):
                    yield from self._closed()
                    self._tables += 1
                    yield table_of(item, Place(page=page.number, table=self._tables))
                else:
                    if not self._goes_on(item, self._edges[round(page.width)], is_over_page=is_first):
                        yield from self._closed()
                        self._number = page.number
                    self._lines.append(item)
                is_first = False
        yield from self._closed()

    def _closed(self) -> Iterator[Paragraph]:
        if self._lines:
            text = ""
            for line in self._lines:
                text = glued(text, line.text)
            self._lines = []
            self._paragraphs += 1
            yield Paragraph(text, Place(page=self._number, paragraph=self._paragraphs))

    def _goes_on(self, line: TextLine, edges: tuple[float, float], *, is_over_page: bool) -> bool:
        """Whether a line goes on with the paragraph that is being collected."""
        if not self._lines:
            return False
        first, before = self._lines[0], self._lines[-1]
        left, right = edges
        if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
            return False
        if not is_over_page and not 0 < line.base - before.base < 2.6 * line.size:
            return False
        is_open = before.text[-1] not in _ENDS
        if _NUMBER.match(line.text) and not is_open:
            return False
        room = right - before.x1
        if not is_wrapped(line, room) and not (is_open and before.x0 < left + line.size and room < 4 * line.size):
            return False
        if line.x0 <= left + 1.2 * line.size:
            return True
        is_hanging = len(self._lines) > 1 and abs(line.x0 - before.x0) < 2
        return is_hanging or (is_open and bool(_NUMBER.match(first.text)) and len(self._lines) == 1)


def _edges(pages: list[_Page], width: int) -> tuple[float, float]:
    """Left and right edge of the text on pages of that width."""
    lines = [
        item
        for page in pages
        if round(page.width) == width
        for _, item in page.items
        if isinstance(item, TextLine) and len(item.text) > 4
    ]
    if not lines:
        return 0.0, float(width)
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
