"""The cells of one row as values: state, day, texts, figures, numbers of evidence; what is wrong in them is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from core.exchange import values
from core.exchange.header import title_of
from core.exchange.read_workbook import letter, shown
from core.exchange.returned import KnownObligation, ReturnedRow, SheetProblem
from core.exchange.unit_sheet import Field
from core.model.ledger import EntryState, Period
from core.model.plan import Severity

FILLED = (
    Field.STATE, Field.DONE_ON, Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS, Field.REACHED, Field.EVIDENCE,
)  # fmt: skip
_TO_FILL = frozenset(FILLED)
_ERROR_BEGINS = ("#", "E")
_ERROR = re.compile(
    r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|BLOCKED!|FIELD!|UNKNOWN!|GETTING_DATA)|Err:\d{3}"
)
_SPLIT = re.compile(r"[\s,，、;；/]+")
_NOWHERE = {"", "/", "-", "--", "—", "——", "无", "\\", "暂无", "没有"}
_LATE = 366


class Letters(dict[Field, str]):
    """Letters of the columns by field; ``named`` the same by the fields' names, shared by all rows."""

    def __init__(self, columns: Mapping[Field, int]) -> None:
        super().__init__((one, letter(column)) for one, column in columns.items())
        self.named = {one.value: name for one, name in self.items()}


@dataclass(slots=True)
class RowCells:
    """The cells of a row by field, with their letters; merged cells are already shared out.

    ``broken`` holds, for fields whose cell shows an error or a formula without value, what stands there.
    """

    row: int
    cells: Mapping[Field, object]
    letters: Letters
    broken: Mapping[Field, str] = field(default_factory=dict)
    torn: Mapping[Field, str] = field(default_factory=dict)
    """Fields with two columns that say two things; here what the second one says."""

    is_filled: bool = field(init=False, default=False)
    """Whether the unit wrote anything; a stroke through a cell is nothing."""
    errors: frozenset[Field] = field(init=False, default=frozenset())
    """Fields whose cell holds what a program shows for a formula that went wrong."""

    def __post_init__(self) -> None:
        """Look once at all cells to fill."""
        is_filled = bool(self.broken) and any(one in FILLED for one in self.broken)
        for one, value in self.cells.items():
            if one not in _TO_FILL:
                continue
            is_filled = is_filled or not values.is_blank(value)
            if isinstance(value, str) and value[:1] in _ERROR_BEGINS and _ERROR.fullmatch(value.strip()):
                self.errors = self.errors | {one}
        self.is_filled = is_filled

    def text(self, of: Field) -> str:
        """The text of a field; a stroke is kept: it may be all a unit has to say."""
        return shown(self.cells.get(of, ""))


class RowReader:
    """Reads the filled rows of one sheet; problems collect in ``problems``."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self.problems: list[SheetProblem] = []

    def read(self, cells: RowCells, known: KnownObligation) -> ReturnedRow:
        """The values of a row that has something in it."""
        found: list[SheetProblem] = []
        wrong = cells.errors.union(cells.broken) if cells.errors or cells.broken else frozenset[Field]()
        for one in FILLED if wrong else ():
            if one in wrong:
                text = cells.broken.get(one)
                what = "公式没有算出的值，请改成文字或数字" if text and text.startswith("=") else "单元格显示的是错误值"
                found.append(self._problem(cells, one, Severity.ERROR, what, text))
        for one, text in cells.torn.items():
            what = f"有两列“{title_of(one)}”，内容不同，请确定以哪一列为准"
            found.append(self._problem(cells, one, Severity.ERROR, what, f"{cells.text(one)} / {text}"))
        state = None if Field.STATE in wrong else self._state(cells, known, found)
        done_on = None if Field.DONE_ON in wrong else self._day(cells, state, found)
        part = self._part(cells, known, found)
        progress, problems, next_steps = [
            "" if one in wrong else self._text(cells, one) for one in (Field.PROGRESS, Field.PROBLEMS, Field.NEXT_STEPS)
        ]
        is_out = state is EntryState.NOT_APPLICABLE
        if is_out and values.is_blank(progress):
            found.append(
                self._problem(cells, Field.PROGRESS, Severity.ERROR, "选了“不涉及”，没有在“工作进展”中写明理由")
            )
        reached = () if Field.REACHED in wrong else self._figures(cells, known, found)
        evidence = () if Field.EVIDENCE in wrong else tuple(self._evidence(cells, found))
        self.problems += found
        return ReturnedRow(
            row=cells.row,
            obligation_id=known.id,
            number=known.number,
            part=part,
            state=state,
            done_on=done_on,
            progress="" if is_out else progress,
            problems=problems,
            next_steps=next_steps,
            reason=progress if is_out else "",
            targets=reached,
            evidence=evidence,
            columns=cells.letters.named,
            has_error=bool(found) and any(problem.severity is Severity.ERROR for problem in found),
        )

    def _problem(
        self, cells: RowCells, of: Field, severity: Severity, what: str, text: str | None = None
    ) -> SheetProblem:
        return SheetProblem(severity, what, cells.row, cells.letters.get(of), cells.text(of) if text is None else text)

    def _state(self, cells: RowCells, known: KnownObligation, found: list[SheetProblem]) -> EntryState | None:
        value = cells.cells.get(Field.STATE)
        if value in known.states:
            return EntryState(str(value))
        if values.is_blank(value):
            found.append(self._problem(cells, Field.STATE, Severity.ERROR, self._no_state(cells)))
            return None
        read = values.state(value, known.states)
        if read.problem:
            found.append(self._problem(cells, Field.STATE, Severity.ERROR, f"状态：{read.problem}"))
        elif read.note:
            found.append(self._problem(cells, Field.STATE, Severity.INFO, f"状态{read.note}"))
        return read.value

    @staticmethod
    def _no_state(cells: RowCells) -> str:
        filled = {one for one in FILLED if not values.is_blank(cells.cells.get(one))}
        if filled == {Field.PROGRESS}:
            return "没有选状态，只写了工作进展；如正在办理，请选“推进中”"
        if Field.DONE_ON in filled:
            return "没有选状态，但填了完成日期；如已完成，请选“已完成”"
        return "没有选状态"

    def _day(self, cells: RowCells, state: EntryState | None, found: list[SheetProblem]) -> date | None:
        value = cells.cells.get(Field.DONE_ON)
        if value is None and state is not EntryState.DONE:
            return None
        read = values.day(value, self._period)
        if read.problem:
            found.append(self._problem(cells, Field.DONE_ON, Severity.ERROR, f"完成日期：{read.problem}"))
            return None
        if read.note:
            found.append(self._problem(cells, Field.DONE_ON, Severity.INFO, f"完成日期{read.note}"))
        if state is EntryState.DONE and read.value is None:
            found.append(self._problem(cells, Field.DONE_ON, Severity.ERROR, "状态是“已完成”，没有填完成日期"))
        if read.value is None or state is None:
            return read.value
        return self._sensible(cells, state, read.value, found)

    def _sensible(self, cells: RowCells, state: EntryState, day: date, found: list[SheetProblem]) -> date | None:
        """A day fits what is done; on what is not done it is a plan, or the state is wrong."""
        last = max(self._period.last_day, self._period.cut_off)
        if state in (EntryState.DONE, EntryState.KEPT_UP):
            if day > last:
                what = f"完成日期在{self._period.title}及其截止日期之后，请核对"
                found.append(self._problem(cells, Field.DONE_ON, Severity.WARNING, what))
            elif (self._period.first_day - day).days > 5 * _LATE:
                found.append(self._problem(cells, Field.DONE_ON, Severity.WARNING, "完成日期过早，请核对年份"))
            return day
        if day > last and state is EntryState.IN_PROGRESS:
            what = "状态是“推进中”，这个日期看作计划完成的日期，没有采用"
            found.append(self._problem(cells, Field.DONE_ON, Severity.INFO, what))
        else:
            what = f"状态是“{state.value}”，却填了完成日期，请核对是不是已完成"
            found.append(self._problem(cells, Field.DONE_ON, Severity.ERROR, what))
        return None

    def _part(self, cells: RowCells, known: KnownObligation, found: list[SheetProblem]) -> str | None:
        text = self._text(cells, Field.PART) if Field.PART in cells.cells else ""
        if text in _NOWHERE:
            return None
        wanted = _squeezed(text)
        hit = [part for part in known.parts if _squeezed(part) == wanted]
        if len(hit) == 1:
            return hit[0]
        choice = f"应为：{'、'.join(known.parts)}" if known.parts else "这项措施不分时限项"
        found.append(self._problem(cells, Field.PART, Severity.ERROR, f"没有这个时限项，{choice}"))
        return None

    @staticmethod
    def _text(cells: RowCells, of: Field) -> str:
        """A number or a day in a column of words keeps the look it had; a stroke is nothing, 无 is an answer."""
        value = cells.cells.get(of)
        if value is None:
            return ""
        text = shown(value).strip()
        return "" if text != "无" and values.is_blank(text) else text

    def _figures(self, cells: RowCells, known: KnownObligation, found: list[SheetProblem]) -> tuple[float | None, ...]:
        value = cells.cells.get(Field.REACHED)
        if not known.targets:
            if not values.is_blank(value):
                what = "这项措施没有量化指标，填的完成值没有采用"
                found.append(self._problem(cells, Field.REACHED, Severity.WARNING, what))
            return ()
        read = values.figures(value, known.targets)
        said: set[str] = set()
        for one in read:
            if one.problem and one.problem not in said:
                said.add(one.problem)
                what = f"{title_of(Field.REACHED)}：{one.problem}"
                found.append(self._problem(cells, Field.REACHED, Severity.ERROR, what, one.raw or None))
            elif one.note and one.note not in said:
                said.add(one.note)
                found.append(
                    self._problem(cells, Field.REACHED, Severity.INFO, f"{title_of(Field.REACHED)}{one.note}", one.raw)
                )
        return tuple(one.value for one in read)

    def _evidence(self, cells: RowCells, found: list[SheetProblem]) -> Iterator[str]:
        value = cells.cells.get(Field.EVIDENCE)
        if value is None:
            return
        if isinstance(value, datetime | date):
            # Typed as 4-1, the table program made a day of it.
            number = f"{value.month}-{value.day}"
            what = f"佐证材料编号被表格软件改成了日期，按“{number}”读"
            found.append(self._problem(cells, Field.EVIDENCE, Severity.WARNING, what))
            yield number
            return
        text = cells.text(Field.EVIDENCE)
        if text.strip() not in _NOWHERE:
            yield from (word for word in _SPLIT.split(text) if word)


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
