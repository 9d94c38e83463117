"""The rows of a returned sheet, each given to its obligation or said to be nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.exchange import values
from core.exchange.foot import is_foot
from core.exchange.header import Header, meaning, title_of
from core.exchange.identity import Told
from core.exchange.read_workbook import Page, letter, shown
from core.exchange.returned import (
    KnownPlan,
    ReturnedRow,
    SheetProblem,
)
from core.exchange.row_match import Match, Matcher
from core.exchange.row_values import FILLED, Letters, RowCells, RowReader
from core.exchange.unit_sheet import Field
from core.job import Job
from core.model.ledger import Period
from core.model.plan import Severity

_SHOWN_TEXT, _MOST_ROWS, _STEP = 60, 3000, 200


@dataclass(slots=True)
class _Raw:
    """A row of the table before its measure is known."""

    cells: RowCells
    number: object
    text: str


class RowsReading:
    """Goes through the rows of a page once whose sheet it is known."""

    def __init__(
        self, page: Page, found: Sequence[Header], plan: KnownPlan, unit: str, period: Period, told: Told
    ) -> None:
        self._page, self._headers = page, found
        self._matcher = Matcher(plan, unit, told.sent)
        self._reader = RowReader(period)
        self.rows: list[ReturnedRow] = []
        self.seen: set[int] = set()
        self.problems: list[SheetProblem] = []
        self._at: dict[tuple[int, str | None], ReturnedRow] = {}
        self._contradicted: set[tuple[int, str | None]] = set()

    def run(self, job: Job) -> None:
        """Read all rows; far more of them than a plan has measures are no return any more."""
        raws = self._raws()
        if len(raws) > _MOST_ROWS:
            what = f"表中有 {len(raws)} 行，只读了前 {_MOST_ROWS} 行"
            self.problems.append(SheetProblem(Severity.ERROR, what, raws[_MOST_ROWS].cells.row))
            raws = raws[:_MOST_ROWS]
        self._matcher.look_over((raw.number, raw.text) for raw in raws)
        for at, raw in enumerate(raws):
            if at % _STEP == 0:
                job.step(at, len(raws), f"核对工作表“{self._page.name}”")
            self._take(raw)
        self.rows = [
            row._replace(has_error=True) if (row.obligation_id, row.part) in self._contradicted else row
            for row in self.rows
        ]
        self.problems += self._reader.problems

    def _raws(self) -> list[_Raw]:
        page, raws = self._page, []
        last = max(page.rows, default=0)
        shared = self._shared_out()
        for at, header in enumerate(self._headers):
            end = self._headers[at + 1].row if at + 1 < len(self._headers) else last + 1
            letters = Letters(header.columns)
            for row in range(header.last_row + 1, end):
                own = page.rows.get(row, {})
                cells = {**own, **shared[row]} if row in shared else own
                broken = self._broken(row, header)
                if (not cells and not broken) or is_foot(cells):
                    continue
                raws.append(self._raw(row, cells, header, letters, broken))
        return raws

    def _shared_out(self) -> dict[int, dict[int, object]]:
        """Values of cells merged over several rows, for the rows they run over."""
        shared: dict[int, dict[int, object]] = {}
        first = self._headers[0].last_row
        for top, left, bottom, _ in self._page.merges:
            value = self._page.rows.get(top, {}).get(left)
            if value is None or bottom == top or top <= first or is_foot({left: value}):
                continue
            for row in range(top + 1, bottom + 1):
                shared.setdefault(row, {})[left] = value
        self._say_merges()
        return shared

    def _say_merges(self) -> None:
        for top, left, bottom, right in self._page.merges:
            header = next((one for one in reversed(self._headers) if one.last_row < top), None)
            value = self._page.rows.get(top, {}).get(left)
            if header is None or value is None or is_foot({left: value}):
                continue
            fields = {column: one for one, column in header.columns.items()}
            here = fields.get(left)
            if here not in FILLED:
                continue
            if bottom > top:
                what = f"“{title_of(here)}”第 {top} 至 {bottom} 行合并为一格，按每一行都这样填读"
                self.problems.append(SheetProblem(Severity.INFO, what, top, letter(left), shown(value)))
            covered = [fields[column] for column in range(left + 1, right + 1) if fields.get(column) in FILLED]
            if covered:
                names = "、".join(f"“{title_of(one)}”" for one in covered)
                what = f"与{names}合并为一格，只作“{title_of(here)}”读"
                self.problems.append(SheetProblem(Severity.WARNING, what, top, letter(left), shown(value)))

    def _broken(self, row: int, header: Header) -> dict[Field, str]:
        found: dict[Field, str] = {}
        if not self._page.errors and not self._page.unknown:
            return found
        for one, column in header.columns.items():
            text = self._page.errors.get((row, column)) or self._page.unknown.get((row, column))
            if text:
                found[one] = text
        return found

    def _raw(
        self,
        row: int,
        cells: Mapping[int, object],
        header: Header,
        letters: Letters,
        broken: Mapping[Field, str],
    ) -> _Raw:
        found = {one: cells[column] for one, column in header.columns.items() if column in cells}
        torn: dict[Field, str] = {}
        for one, columns in header.doubles.items():
            for column in columns:
                if column not in cells:
                    continue
                if one not in found:
                    found[one] = cells[column]
                elif shown(found[one]).strip() != shown(cells[column]).strip() and one in FILLED:
                    torn[one] = shown(cells[column])
        made = RowCells(row, found, letters, broken, torn)
        return _Raw(made, found.get(Field.NO), shown(found.get(Field.TEXT, "")).strip())

    def _take(self, raw: _Raw) -> None:
        cells = raw.cells
        if not cells.is_filled and values.is_blank(raw.number) and not raw.text:
            return
        if not cells.is_filled and self._is_note(raw):
            return
        match = self._matcher.match(raw.number, raw.text)
        if match.what:
            self._say(raw, match)
        if match.obligation is not None:
            self.seen.add(match.obligation.id)
            if cells.is_filled:
                self._add(self._reader.read(cells, match.obligation))

    def _say(self, raw: _Raw, match: Match) -> None:
        """What is to be said of how a row was known; of a row in which nothing is filled in it is no harm."""
        cells = raw.cells
        is_known = match.obligation is not None
        if is_known and (not cells.is_filled or not {Field.NO, Field.TEXT} <= cells.letters.keys()):
            return  # said once of the whole sheet
        found = " ".join(part for part in (shown(raw.number or ""), raw.text) if part)
        found = found or " ".join(cells.text(one) for one in FILLED if cells.text(one))
        place = cells.letters.get(Field.TEXT if raw.text else Field.NO) or cells.letters.get(Field.NO)
        severity = match.severity if cells.is_filled else Severity.INFO
        self.problems.append(SheetProblem(severity, match.what, cells.row, place, found[:_SHOWN_TEXT]))

    @staticmethod
    def _is_note(raw: _Raw) -> bool:
        """A line of explanation or a heading between the rows: one cell, and no number in it."""
        return (
            len(raw.cells.cells) == 1
            and not raw.text
            and not str(raw.number or "").strip()[:1].isdigit()
            and (meaning(str(raw.number)) is None)
        )

    def _add(self, row: ReturnedRow) -> None:
        """Two rows for one obligation: the same twice is one, two different ones contradict each other."""
        key = row.obligation_id, row.part
        first = self._at.get(key)
        if first is None:
            self._at[key] = row
            self.rows.append(row)
        elif _said(first) == _said(row):
            what = f"与第 {first.row} 行重复，内容相同，只算一次"
            self.problems.append(SheetProblem(Severity.INFO, what, row.row, row.columns.get(Field.NO.value)))
        else:
            self._contradicted.add(key)
            what = f"与第 {first.row} 行是同一项，内容不同，请确定以哪一行为准"
            self.problems.append(
                SheetProblem(
                    Severity.ERROR, what, row.row, row.columns.get(Field.PROGRESS.value), row.progress or row.reason
                )
            )


def _said(row: ReturnedRow) -> tuple[object, ...]:
    texts = tuple("".join(text.split()) for text in (row.progress, row.problems, row.next_steps, row.reason))
    return (row.state, row.done_on, texts, row.targets, row.evidence)
