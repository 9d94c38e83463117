"""Grids and paragraphs written as the files an office has: docx, xlsx, pdf, text, a pasted page."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core import paths


@dataclass(frozen=True)
class Box:
    """A cell of a grid: text and spans."""

    text: str
    rows: int = 1
    columns: int = 1


Grid = Sequence[Sequence[Box | None]]
"""None where another cell covers the place."""
Line = str | tuple[str, str]
"""A paragraph, or (automatic number's style, text)."""


def docx_table(path: Path, before: Sequence[str], grid: Grid) -> None:
    """Paragraphs and a table with its merges."""
    import docx

    document = docx.Document()
    for line in before:
        document.add_paragraph(line)
    table = document.add_table(len(grid), len(grid[0]))
    table.style = "Table Grid"
    cells = [list(row.cells) for row in table.rows]
    for top, row in enumerate(grid):
        for left, box in enumerate(row):
            if box is None:
                continue
            cell = cells[top][left]
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(cells[top + box.rows - 1][left + box.columns - 1])
            lines = box.text.split("\n")
            cell.paragraphs[0].text = lines[0]
            for extra in cell.paragraphs[1:]:
                extra._p.getparent().remove(extra._p)
            for line in lines[1:]:
                cell.add_paragraph(line)
    document.save(str(path))


def xlsx_table(path: Path, before: Sequence[str], grid: Grid) -> None:
    """A sheet, the paragraphs as full-width rows over the table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = len(grid[0])
    for number, line in enumerate(before, 1):
        sheet.cell(number, 1, line)
        if width > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    for top, row in enumerate(grid, len(before) + 1):
        for left, box in enumerate(row, 1):
            if box is None:
                continue
            sheet.cell(top, left, int(box.text) if box.text.isdecimal() else box.text or None)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(
                    start_row=top, end_row=top + box.rows - 1, start_column=left, end_column=left + box.columns - 1
                )
    book.save(path)


def tsv_table(path: Path, before: Sequence[str], grid: Grid) -> None:
    """Text with tabs, as a table copied out of a page: merges are gone, what they covered is blank."""
    rows = ["\t".join(_flat(box.text) if box else "" for box in row) for row in grid]
    if _is_ragged(grid):
        rows = ["\t".join(_flat(box.text) for box in row if box) for row in grid]
    path.write_text("\n".join([*before, *rows]) + "\n", encoding="utf-8")


def html_table(path: Path, before: Sequence[str], grid: Grid) -> None:
    """A page as a browser saves or pastes it."""
    parts = [f"<p>{html.escape(line)}</p>" for line in before]
    parts.append("<table border=1>")
    for row in grid:
        parts.append("<tr>")
        for box in row:
            if box is not None:
                text = html.escape(box.text).replace("\n", "<br>")
                parts.append(f'<td rowspan="{box.rows}" colspan="{box.columns}">{text}</td>')
        parts.append("</tr>")
    parts.append("</table>")
    path.write_text("<html><body>" + "".join(parts) + "</body></html>", encoding="utf-8")


def docx_tables(path: Path, parts: Sequence[tuple[Sequence[str], Grid]]) -> None:
    """Several tables with paragraphs before each."""
    import docx

    document = docx.Document()
    for number, (before, grid) in enumerate(parts):
        part = path.with_suffix(f".{number}.docx")
        docx_table(part, before, grid)
        for element in docx.Document(str(part)).element.body[:-1]:
            document.element.body.insert(-1, element)
        part.unlink()
    document.save(str(path))


def docx_list(path: Path, lines: Sequence[Line]) -> None:
    """Paragraphs; those with a style get Word's automatic numbers."""
    import docx

    document = docx.Document()
    for line in lines:
        if isinstance(line, str):
            document.add_paragraph(line)
        else:
            document.add_paragraph(line[1], style=line[0])
    document.save(str(path))


def text_list(path: Path, lines: Sequence[Line]) -> None:
    """One paragraph a line."""
    path.write_text("\n".join(line if isinstance(line, str) else line[1] for line in lines) + "\n", encoding="utf-8")


def run_on(path: Path, lines: Sequence[Line]) -> None:
    """A copy that has lost its line breaks, but for the title's."""
    texts = [line if isinstance(line, str) else line[1] for line in lines]
    path.write_text(texts[0] + "\n\n" + "".join(texts[1:]) + "\n", encoding="utf-8")


def pdf_list(path: Path, lines: Sequence[Line]) -> None:
    """Lines of 34 characters, the first of a paragraph indented by two, as a printed notice."""
    page = _Page(path, landscape=False)
    for line in lines:
        text = "　　" + (line if isinstance(line, str) else line[1])
        while text:
            page.line(text[:34])
            text = text[34:]
    page.close()


def pdf_table(path: Path, before: Sequence[str], grid: Grid) -> None:
    """A ruled table over pages; a merged cell that runs on is drawn on each page, its text goes on there."""
    page = _Page(path, landscape=True)
    for line in before:
        page.line(line)
    page.grid(grid)
    page.close()


class _Page:
    """A canvas that breaks pages between rows."""

    SIZE = 9.0
    STEP = 12.0

    def __init__(self, path: Path, *, landscape: bool) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        if "ScoringSong" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("ScoringSong", str(paths.RESOURCES / "fonts" / "TaizhangSong.ttf")))
        self.width, self.height = (842.0, 595.0) if landscape else (595.0, 842.0)
        self.canvas = Canvas(str(path), pagesize=(self.width, self.height))
        self.y = self.height - 50
        self.rest: dict[tuple[int, int], list[str]] = {}
        self._font()

    def _font(self) -> None:
        self.canvas.setFont("ScoringSong", self.SIZE)

    def line(self, text: str) -> None:
        if self.y < 50:
            self.turn()
        self.canvas.drawString(50, self.y, text)
        self.y -= self.STEP * 1.3

    def turn(self) -> None:
        self.canvas.showPage()
        self._font()
        self.y = self.height - 50

    def close(self) -> None:
        self.canvas.save()

    def grid(self, grid: Grid) -> None:
        """Draw rows; heights by the tallest cell that ends in each."""
        widths = _widths(grid, self.width - 100)
        edges = [50.0]
        for width in widths:
            edges.append(edges[-1] + width)
        heights = self._heights(grid, edges)
        start = 0
        while start < len(grid):
            end, room = start, self.y - 40
            while end < len(grid) and room >= heights[end]:
                room -= heights[end]
                end += 1
            end = max(end, start + 1)
            self._rows(grid, start, end, edges, heights)
            start = end
            if start < len(grid):
                self.turn()

    def _rows(self, grid: Grid, start: int, end: int, edges: list[float], heights: list[float]) -> None:
        top = self.y
        for row in range(start, end):
            for column in range(len(grid[0])):
                self._cell(grid, row, column, start, end, edges, heights, top)
        self.y = top - sum(heights[start:end])

    def _cell(
        self,
        grid: Grid,
        row: int,
        column: int,
        start: int,
        end: int,
        edges: list[float],
        heights: list[float],
        top: float,
    ) -> None:
        origin = _owner(grid, row, column)
        box = grid[origin[0]][origin[1]]
        if box is None or column != origin[1] or (row != origin[0] and row != start):
            return
        last = min(origin[0] + box.rows, end)
        y1 = top - sum(heights[start:row])
        y2 = top - sum(heights[start:last])
        x1, x2 = edges[column], edges[column + box.columns]
        self.canvas.rect(x1, y2, x2 - x1, y1 - y2)
        if row == origin[0]:
            self.rest[origin] = self._wrapped(box.text, x2 - x1)
        room = int((y1 - y2 - 4) / self.STEP) if last < origin[0] + box.rows else 999
        for number, text in enumerate(self.rest[origin][:room]):
            self.canvas.drawString(x1 + 3, y1 - 10 - number * self.STEP, text)
        self.rest[origin] = self.rest[origin][room:]

    def _heights(self, grid: Grid, edges: list[float]) -> list[float]:
        heights = [16.0] * len(grid)
        for row, boxes in enumerate(grid):
            for column, box in enumerate(boxes):
                if box is None:
                    continue
                need = len(self._wrapped(box.text, edges[column + box.columns] - edges[column])) * self.STEP + 6
                have = sum(heights[row : row + box.rows])
                if need > have:
                    heights[row + box.rows - 1] += need - have
        return heights

    def _wrapped(self, text: str, width: float) -> list[str]:
        number = max(1, int((width - 6) / self.SIZE))
        return [line[at : at + number] for line in text.split("\n") for at in range(0, max(len(line), 1), number)]


def _owner(grid: Grid, row: int, column: int) -> tuple[int, int]:
    for top in range(row, -1, -1):
        for left in range(column, -1, -1):
            box = grid[top][left]
            if box is not None and top + box.rows > row and left + box.columns > column:
                return top, left
    return row, column


def _widths(grid: Grid, room: float) -> list[float]:
    most = [1.0] * len(grid[0])
    for row in grid:
        for column, box in enumerate(row):
            if box is not None and box.columns == 1:
                most[column] = max(most[column], min(float(len(box.text)), 60.0))
    shares = [max(length, 5.0) for length in most]
    return [room * share / sum(shares) for share in shares]


def _is_ragged(grid: Grid) -> bool:
    """Whether cells are missing that nothing covers."""
    covered = sum(box.rows * box.columns for row in grid for box in row if box)
    return covered < len(grid) * len(grid[0])


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


TableWriter = Callable[[Path, Sequence[str], Grid], None]
TABLE_WRITERS: dict[str, TableWriter] = {
    "docx": docx_table,
    "xlsx": xlsx_table,
    "txt": tsv_table,
    "html": html_table,
    "pdf": pdf_table,
}
