"""Tables in plain text: columns between tabs or pipes, or HTML, as pages and spreadsheets leave them on the clipboard."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from core.recognise.blocks import Place, Table
from core.recognise.sources.grid import Slot, table_of

BREAK = "\x0b"
"""A line break inside a cell or a paragraph, while lines are being told apart."""
Found = tuple[Callable[[Place], Table], int]
"""A table that waits for its place, and the line after it."""
_BREAKS = re.compile(r"\r\n|[\n\r\x0c\x85\u2028\u2029]")
_LONGEST_CELL = 20_000
_TAG = re.compile(r"</?(?:p|br|div|span|b|i|u|strong|em|font|sup|sub|a)\b[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"</p\s*>|<br\s*/?>|</div\s*>", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十百]{1,4}、|\d{1,3}[.．、)）]|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳])\t+[^\t]+\t*"
)
_HEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_PIPES = re.compile(r"\s*(?:[-*]\s+)?\|.*\|\s*")
_SEPARATOR = re.compile(r"[\s|:+-]+")


def split_lines(text: str) -> list[str]:
    """Lines; a quoted cell of a spreadsheet stays on one, its breaks marked."""
    return _BREAKS.split(_unquoted(text)) if "\t" in text and '"' in text else _BREAKS.split(text)


def _unquoted(text: str) -> str:
    """Put cells that were quoted because of breaks in them on one line, as spreadsheets copy them."""
    text = text.replace("\r\n", "\n")
    out: list[str] = []
    at = 0
    while (start := _next_quote(text, at)) >= 0:
        end = _closing_quote(text, start + 1)
        inner = text[start + 1 : end]
        is_cell = end > 0 and text[end + 1 : end + 2] in {"", "\t", "\n"} and ("\n" in inner or '""' in inner)
        out.append(text[at:start])
        if is_cell:
            out.append(inner.replace('""', '"').replace("\n", BREAK))
            at = end + 1
        else:
            out.append('"')
            at = start + 1
    return "".join(out) + text[at:]


def _next_quote(text: str, at: int) -> int:
    while (found := text.find('"', at)) >= 0:
        if found == 0 or text[found - 1] in "\t\n":
            return found
        at = found + 1
    return -1


def _closing_quote(text: str, at: int) -> int:
    last = at + _LONGEST_CELL
    while (found := text.find('"', at, last)) >= 0:
        if text[found + 1 : found + 2] != '"':
            return found
        at = found + 2
    return -1


def rows_of_text(lines: list[str], at: int) -> Found | None:
    """The table that begins at a line, if one does."""
    line = lines[at]
    if _PIPES.fullmatch(line):
        return _piped(lines, at)
    if "\t" in line:
        return _tabbed(lines, at)
    return None


def _piped(lines: list[str], at: int) -> Found | None:
    rows: list[list[str]] = []
    end = at
    while end < len(lines) and _PIPES.fullmatch(lines[end]):
        inner = lines[end].strip().lstrip("-* ")
        if not _SEPARATOR.fullmatch(inner):
            rows.append([cell_text(cell) for cell in inner.strip("|").split("|")])
        end += 1
    if not rows:
        return None
    return _grid(rows), end


def _tabbed(lines: list[str], at: int) -> Found | None:
    end = at
    while end < len(lines) and lines[end].strip() and _is_row(lines, end, at):
        end += 1
    rows = [line.split("\t") for line in lines[at:end]]
    widest = max((len(row) for row in rows), default=0)
    has_columns = any(len([cell for cell in row if cell.strip()]) > 1 for row in rows)
    if not has_columns or (len(rows) < 2 and widest < 3):
        return None
    rows = _mended(rows)
    return _grid([[cell_text(cell) for cell in row] for row in rows]), end


def _is_row(lines: list[str], at: int, first: int) -> bool:
    """A line of a table; a section head over all columns has lost its tabs, but rows stand before and after it."""
    line = lines[at]
    if _NUMBERED.fullmatch(line):
        return False
    if "\t" in line.strip("\t 　") or (at > first and "\t" in line):
        return True
    is_inside = at > first and at + 1 < len(lines)
    return is_inside and all("\t" in near.strip() for near in (lines[at - 1], lines[at + 1]))


def _mended(rows: list[list[str]]) -> list[list[str]]:
    """Put rows together that a break inside a cell has torn, where all rows then have as many cells as the first."""
    width = len(rows[0])
    if all(len(row) == width for row in rows):
        return rows
    out: list[list[str]] = []
    for row in rows:
        fits = bool(out) and len(out[-1]) < width and len(out[-1]) + len(row) - 1 <= width
        if fits and not any(len(part) == 1 and _HEAD.match(part[0]) for part in (row, out[-1])):
            last = out[-1]
            out[-1] = [*last[:-1], last[-1] + BREAK + row[0], *row[1:]]
        else:
            out.append(list(row))
    return out if all(len(row) == width for row in out) else rows


def _grid(rows: list[list[str]]) -> Callable[[Place], Table]:
    width = max(len(row) for row in rows)
    return lambda place: table_of(list(_slots(rows, width)), place)


def _slots(rows: list[list[str]], width: int) -> Iterator[Slot]:
    for at, row in enumerate(rows):
        if len(row) == 1 and width > 1:
            yield Slot(at, 0, row[0], 1, width)
            continue
        for column, text in enumerate(row):
            yield Slot(at, column, text)


def cell_text(raw: str) -> str:
    """The text of a cell without the tags that a page left in it; a paragraph is a line."""
    if "<" in raw:
        raw = _TAG.sub("", _LINE_TAG.sub(BREAK, raw))
    if "&" in raw:
        raw = html.unescape(raw)
    return "\n".join(line.strip() for line in raw.split(BREAK) if line.strip())
