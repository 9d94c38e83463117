"""Lists of the detail: units of a measure in groups, 逾期 first, and the plainer lists of evidence and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.model.ledger import Review, State
from core.model.plan import Role
from gui.widgets.copying_list import CELLS
from gui.widgets.pill import PillKind, light_pill, state_pill

if TYPE_CHECKING:
    from datetime import date

    from core.model.adjustment import Terms
    from core.office.measures import MeasureDetail
    from core.office.obligations import ObligationRow

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_HEAD_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NO_DATE = "—"
_YEAR = 365


@dataclass(frozen=True, slots=True)
class GroupHead:
    """逾期 2 … 最近填报; pressed, it folds its rows away."""

    key: str
    count: int
    date_title: str
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the measure, ready to be drawn."""

    obligation_id: int
    unit: str
    remark: str
    state: tuple[str, PillKind]
    light: tuple[str, PillKind] | None
    date_text: str
    tip: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A title over a note; ``is_broken`` where something is missing."""

    title: str
    note: str
    path: str = ""
    is_broken: bool = False


def _group_of(row: ObligationRow) -> str:
    if row.status.overdue:
        return "逾期"
    if row.status.due_soon:
        return "临近"
    return row.status.state.title


_ORDER = ("逾期", "临近", *(s.title for s in (State.IN_PROGRESS, State.NOT_STARTED, State.ONGOING, State.WAITING)))


def unit_lines(detail: MeasureDetail, as_of: date, folded: frozenset[str]) -> list[GroupHead | UnitLine]:
    """Units in groups: what is late first, what is done last; folded groups show their head alone."""
    groups: dict[str, list[ObligationRow]] = {}
    for row in detail.obligations:
        groups.setdefault(_group_of(row), []).append(row)
    rest = [key for key in (State.DONE.title, State.NOT_APPLICABLE.title) if key in groups]
    lines: list[GroupHead | UnitLine] = []
    for key in [key for key in _ORDER if key in groups] + rest:
        is_done = key == State.DONE.title
        lines.append(GroupHead(key, len(groups[key]), "完成日期" if is_done else "最近填报", key in folded))
        if key not in folded:
            lines.extend(_unit_line(row, as_of, is_done=is_done) for row in groups[key])
    return lines


def first_open(rows: tuple[ObligationRow, ...]) -> ObligationRow | None:
    """The first obligation that is neither done nor 不涉及, the very first if there is none."""
    closed = {State.DONE, State.NOT_APPLICABLE}
    return next((row for row in rows if row.status.state not in closed), rows[0] if rows else None)


def _unit_line(row: ObligationRow, as_of: date, *, is_done: bool) -> UnitLine:
    day = row.done_on if is_done and row.done_on else row.last_entry
    remarks = [row.role.title] if row.role is not Role.RESPONSIBLE else []
    if row.is_group:
        remarks.append("待补全")
    if row.review is Review.RETURNED:
        remarks.append("已退回")
    if row.status.done_late:
        remarks.append("逾期完成")
    if row.objections:
        remarks.append("有异议")
    tips = [row.unit, row.role.title]
    if row.via:
        tips.append("经" + "、".join(f"“{name}”" for name in row.via))
    if day:
        tips.append(f"{'完成' if is_done else '最近填报'} {day.isoformat()}")
    if row.review is not None:
        tips.append(f"审核：{row.review.value}")
    return UnitLine(
        obligation_id=row.id,
        unit=row.unit,
        remark="，".join(remarks),
        state=state_pill(row.status.state),
        light=light_pill(row.status, as_of),
        date_text=_short(day, as_of),
        tip="，".join(tips),
    )


def _short(day: date | None, as_of: date) -> str:
    """Month and day within a year of the date of the page, else year and month; the tooltip has it whole."""
    if day is None:
        return _NO_DATE
    return day.strftime("%m-%d") if abs((as_of - day).days) < _YEAR else day.strftime("%Y-%m")


def evidence_lines(detail: MeasureDetail) -> list[NoteLine]:
    """The evidence of a measure, with what it proves; a vanished file says so."""
    lines = []
    for row in detail.evidence:
        notes = ["文件不见了，台账里还有它的登记" if row.missing else row.category]
        if row.number:
            notes.append(row.number)
        notes.append(f"{row.proves_on or row.received_on}")
        if row.pages:
            notes.append(f"{row.pages} 页")
        if row.also:
            notes.append("也用于" + "、".join(row.also))
        lines.append(NoteLine(row.title or row.name, "，".join(notes), str(row.path), row.missing))
    return lines


def adjustment_lines(detail: MeasureDetail) -> list[NoteLine]:
    """What was adjusted: what it was and what it became, over its basis; the newest first."""
    lines = []
    for found in detail.adjustments:
        what = f"{found.unit} 延期" if found.unit else found.what.value
        notes = [f"依据 {found.basis}", *([found.reason] if found.reason else []), found.at[:16].replace("T", " ")]
        old, new = _terms(found.old), _terms(found.new)
        if old == new:
            old, new = _dates(found.old) or old, _dates(found.new) or new
        lines.append(NoteLine(f"{what}：{old} → {new}", "，".join([*notes, found.who] if found.who else notes)))
    return lines


def _terms(terms: Terms) -> str:
    names = dict.fromkeys((*terms.lead, *terms.responsible, *terms.cooperating))
    return terms.phrase or _dates(terms) or "、".join(names) or "未写明"


def _dates(terms: Terms) -> str:
    dates = [part.date.isoformat() for part in terms.deadlines if part.date is not None]
    return "、".join(dict.fromkeys(dates))


def history_lines(detail: MeasureDetail) -> list[NoteLine]:
    """Who changed what, the last first as the ledger gives it."""
    return [NoteLine(line.text, f"{line.at}，{line.who}" if line.who else line.at) for line in detail.history]


class DetailModel(QAbstractListModel):
    """Lines of one of the lists."""

    copied_titles = ("单位", "状态", "提醒", "备注", "说明")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[GroupHead | UnitLine | NoteLine] = []

    def show(self, lines: list[Any]) -> None:
        """Show other lines."""
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def line(self, index: int) -> GroupHead | UnitLine | NoteLine | None:
        """What stands on a line."""
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _HEAD_FLAGS if isinstance(self.lines[index.row()], GroupHead) else _FLAGS

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == _DISPLAY:
            return _words(line)
        if role == _TOOLTIP:
            return line.tip if isinstance(line, UnitLine) else None
        if role == _ACCESSIBLE:
            return _spoken(line)
        return _cells(line) if role == CELLS else None


def _words(line: GroupHead | UnitLine | NoteLine) -> str:
    if isinstance(line, GroupHead):
        return f"{line.key} {line.count}"
    return line.unit if isinstance(line, UnitLine) else line.title


def _cells(line: GroupHead | UnitLine | NoteLine) -> tuple[str, ...] | None:
    """As it is copied; a note is one text."""
    if not isinstance(line, UnitLine):
        return None
    return line.unit, line.state[0], line.light[0] if line.light else "", line.remark, line.tip


def _spoken(line: GroupHead | UnitLine | NoteLine) -> str:
    if isinstance(line, GroupHead):
        return f"{line.key} {line.count}，{'已收起' if line.is_folded else '已展开'}"
    if isinstance(line, NoteLine):
        return f"{line.title}，{line.note}"
    light = f"，{line.light[0]}" if line.light else ""
    return f"{line.unit}，{line.state[0]}{light}，{line.tip}"
