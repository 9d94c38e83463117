"""回收: one workbook as it came back, understood row by row. Nothing is asked of the ledger but what is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.exchange import values
from core.exchange.corrections import Fixes, corrected
from core.exchange.foot import foot_of, is_foot
from core.exchange.header import Header, headers, meaning, title_of
from core.exchange.identity import Told, key_period, told_by
from core.exchange.read_workbook import Book, Page, letter, read_book, shown
from core.exchange.returned import (
    Identity,
    KnownLedger,
    KnownPlan,
    ReturnedRow,
    ReturnedSheet,
    SheetProblem,
)
from core.exchange.row_match import Match, Matcher
from core.exchange.row_values import FILLED, Letters, RowCells, RowReader
from core.exchange.unit_sheet import CHOICE_SHEET, IDENTITY_SHEET, Field
from core.job import Job
from core.model.ledger import Period
from core.model.plan import Severity
from core.recognise.sources.errors import UnreadableError

_IMPORTANT = (Field.STATE, Field.DONE_ON, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS)
_OWN_PAGES = (IDENTITY_SHEET, CHOICE_SHEET)
_SHOWN_TEXT, _MOST_ROWS, _STEP = 60, 3000, 200


def read_returned(
    data: bytes,
    name: str,
    known: KnownLedger,
    job: Job,
    *,
    decided: Identity | None = None,
    fixes: Fixes | None = None,
) -> ReturnedSheet:
    """Read a returned workbook.

    Where it cannot be told whose it is, or it says two things at once, the identity has gaps, there is a problem
    that says why, and no row is read; ``decided`` is what a person made of it then. ``fixes`` are cells that a person
    read in the program's place.

    Raises UnreadableError for what is locked, damaged or no sheet of ours, and for the sheet of another ledger file;
    Cancelled.
    """
    book = read_book(data, name, job, (CHOICE_SHEET,))
    page, found = _page(book, name)
    if fixes:
        page = corrected(page, fixes)
    told = told_by(book, page, found[0].row - 1, name, known)
    if decided is not None:
        told = _decided(told, decided, known)
    problems = [*told.problems, *_other_pages(book, page), *(p for header in found for p in header.problems)]
    foot = foot_of([cells for row, cells in sorted(page.rows.items()) if row > found[0].last_row and is_foot(cells)])
    sheet = ReturnedSheet(name, page.name, told.identity, (), frozenset(), (), foot)
    if told.plan is None or told.period is None or told.unit is None:
        return replace(sheet, problems=tuple(problems))
    problems += _version(told, known)
    problems += _columns(page, found)
    reading = _Reading(page, found, told.plan, told.unit, told.period, told)
    reading.run(job)
    problems += reading.problems
    if not reading.rows and not any(problem.severity is Severity.ERROR for problem in reading.problems):
        problems.append(SheetProblem(Severity.WARNING, "表中没有填写任何内容"))
    return replace(sheet, rows=tuple(reading.rows), seen=frozenset(reading.seen), problems=_in_order(problems))


def _in_order(problems: Sequence[SheetProblem]) -> tuple[SheetProblem, ...]:
    """Those of the sheet as a whole first, then by row and column; each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda one: (one.row or 0, len(one.column or ""), one.column or "")))


# Which page, whose sheet -------------------------------------------------------------------------------------------


def _page(book: Book, name: str) -> tuple[Page, list[Header]]:
    """The page with the unit's table: a visible one before a hidden one, the fullest, the first of equals."""
    all_found = [(page, headers(page)) for page in book.pages if page.name not in _OWN_PAGES and page.rows]
    possible = [(page, found) for page, found in all_found if found]
    if not possible:
        raise UnreadableError(
            f"“{name}”中没有找到填报表的表头（措施编号、具体措施、状态、工作进展等）。",
            hint="请核对是不是下发的填报表；表头被删去的，请该单位在下发的表上重新填报。",
            where=name,
        )
    if len(possible) == 1:
        return possible[0]
    return max(possible, key=lambda one: (one[0].is_visible, _filled(one[0], one[1][0]), len(one[1][0].columns)))


def _filled(page: Page, header: Header) -> int:
    """How many rows have something in a column to fill, and a measure beside it."""
    columns = [header.columns[one] for one in FILLED if one in header.columns]
    return sum(
        any(column in cells for column in columns)
        for row, cells in page.rows.items()
        if row > header.last_row and not is_foot(cells)
    )


def _other_pages(book: Book, page: Page) -> list[SheetProblem]:
    """What else has content is said, and what looks like a second table is warned of."""
    found = []
    if not page.is_visible:
        found.append(SheetProblem(Severity.INFO, f"工作表“{page.name}”是隐藏的，照样读取", found=page.name))
    for other in book.pages:
        if other is page or other.name in _OWN_PAGES or not other.rows:
            continue
        other_headers = headers(other)
        if other_headers and _filled(other, other_headers[0]):
            what = f"读取的是工作表“{page.name}”；工作表“{other.name}”也填有内容，没有读取，请核对"
            found.append(SheetProblem(Severity.WARNING, what, found=other.name))
        elif other.is_visible:
            what = f"读取的是工作表“{page.name}”，工作表“{other.name}”没有读取"
            found.append(SheetProblem(Severity.INFO, what, found=other.name))
    return found


def _decided(told: Told, decided: Identity, known: KnownLedger) -> Told:
    """What a person decided goes before what was found; what is settled by it is no problem any more."""
    plan = next((plan for plan in known.plans if plan.key == decided.plan_key), None) or told.plan
    period = key_period(decided.period_key, known.periods) if decided.period_key else told.period
    unit = decided.unit or told.unit
    is_whole = plan is not None and period is not None and unit is not None
    problems = tuple(
        replace(problem, severity=Severity.INFO) if is_whole and problem.severity is Severity.ERROR else problem
        for problem in told.problems
    )
    is_same = (plan, unit) == (told.plan, told.unit)
    return replace(
        told,
        plan=plan,
        period=period,
        unit=unit,
        problems=problems,
        sent=told.sent if is_same or told.unit is None else (),
    )


def _version(told: Told, known: KnownLedger) -> list[SheetProblem]:
    if told.version is None or told.plan is None or told.period is None or told.unit is None:
        return []
    newest = known.versions.get((told.plan.key, told.period.key, told.unit))
    if newest is None or told.version >= newest:
        return []
    what = f"这是第 {told.version} 版填报表，最近下发的是第 {newest} 版，请核对有没有缺项"
    return [SheetProblem(Severity.WARNING, what, found=f"第 {told.version} 版")]


def _columns(page: Page, found: Sequence[Header]) -> list[SheetProblem]:
    """Columns to fill that are gone, and columns of the unit's own that hold something."""
    header = found[0]
    problems = [
        SheetProblem(Severity.WARNING, f"没有找到“{title_of(one)}”一列", header.last_row)
        for one in _IMPORTANT
        if one not in header.columns
    ]
    if Field.TEXT not in header.columns:
        problems.append(SheetProblem(Severity.WARNING, "没有找到“具体措施”一列，只能按编号认", header.last_row))
    known = {*header.columns.values(), *(column for each in header.doubles.values() for column in each)}
    used: dict[int, str] = {}
    for row, cells in sorted(page.rows.items()):
        extra = cells.keys() - known
        if extra and len(extra) < len(cells) and row > header.last_row and not is_foot(cells):
            for column in extra:
                used.setdefault(column, shown(cells[column]))
    for column, text in sorted(used.items()):
        title = header.others.get(column, "")
        what = f"多出的列“{title}”没有读取" if title else "多出的一列没有读取"
        problems.append(SheetProblem(Severity.INFO, what, header.last_row, letter(column), title or text[:_SHOWN_TEXT]))
    return problems


# Rows --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """A row of the table before its measure is known."""

    cells: RowCells
    number: object
    text: str


class _Reading:
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
            replace(row, has_error=True) if (row.obligation_id, row.part) in self._contradicted else row
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
                cells = {**page.rows.get(row, {}), **shared.get(row, {})}
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
        for one, columns in header.doubles.items():
            for column in columns:
                if column not in cells:
                    continue
                if one not in found:
                    found[one] = cells[column]
                elif shown(found[one]).strip() != shown(cells[column]).strip() and one in FILLED:
                    what = f"有两列“{title_of(one)}”，内容不同，按前一列读，请核对"
                    self.problems.append(
                        SheetProblem(Severity.WARNING, what, row, letter(column), shown(cells[column]))
                    )
        return _Raw(
            RowCells(row, found, letters, broken), found.get(Field.NO), shown(found.get(Field.TEXT, "")).strip()
        )

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
