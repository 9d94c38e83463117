"""量化指标 in the form: what is required, the field for what was reached, and how much is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.ledger.targets import short_of
from core.office.form_value import Finding, TargetValue, figure
from gui import theme
from gui.pages.progress.parts import Note
from gui.widgets import labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.pill import Pill, PillKind

if TYPE_CHECKING:
    from core.model.plan import Target

_WIDE = str.maketrans("０１２３４５６７８９．－％，", "0123456789.-%,")
_DIGITS = 12
"""Characters of a number; no figure of a county has more."""
_FIGURE = QRegularExpression(r"[-－]?[0-9０-９][0-9０-９,，]*[.．]?[0-9０-９]*\s*[%％]?")
"""What a figure may be typed with; words are not let in."""
_ONLY = "只填数字，说明写在工作进展中"


def parse_figure(text: str, unit: str = "") -> float | None:
    """Read 96, 96.5, 1,200 or 96% (the unit may stand behind it); None for an empty text.

    Raises ValueError with a sentence for the clerk.
    """
    plain = text.translate(_WIDE).strip().removesuffix(unit or "").removesuffix("%").replace(",", "").strip()
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        raise ValueError(_ONLY) from None
    if not plain.lstrip("-").replace(".", "", 1).isdigit():  # float() also reads inf and 1e9
        raise ValueError(_ONLY)
    return value


class TargetRow(QWidget):
    """全员轮训覆盖率 要求 100%，实际 [96] % 还差 4%; without a figure that could be compared, a field for words."""

    edited = Signal()
    left = Signal()

    def __init__(self, target: Target, position: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        self._position = position
        self._note = ""
        self._is_counted = target.value is not None
        self.field = QLineEdit(self)
        self.pill = Pill(parent=self)
        self.wrong = Note(self)
        self._build()
        self.field.textEdited.connect(self._on_edited)
        self.field.editingFinished.connect(self.left)

    def _build(self) -> None:
        target = self._target
        self.field.setAccessibleName(f"{target.metric or target.text}，{target.text}，实际")
        self.field.setAcceptDrops(False)
        metric = ElidedLabel(target.metric or "", parent=self)
        self.wrong.set_wraps(is_wrapping=False)
        metric.setVisible(bool(target.metric))
        words = labels.label(f"{_required(target)}，实际", "second", self)
        tip = f"{target.metric}：{target.text}" if target.metric else target.text
        for widget in (metric, words, self.field):
            widget.setToolTip(tip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(metric)
        row.addWidget(words)
        row.addWidget(self.field, 0 if self._is_counted else 1)
        if self._is_counted:
            self.field.setFixedWidth(theme.px(64))
            self.field.setMaxLength(_DIGITS)
            self.field.setValidator(QRegularExpressionValidator(_FIGURE, self.field))
            row.addWidget(labels.label(target.unit or "", "second", self))
        row.addWidget(self.pill)
        row.addWidget(self.wrong)
        row.addStretch(0 if not self._is_counted else 1)

    def set_value(self, value: TargetValue | None) -> None:
        """Show what was reached."""
        self._note = value.note if value is not None else ""
        shown = self._note
        if self._is_counted:
            shown = figure(value.value) if value is not None and value.value is not None else ""
            self.field.setToolTip(self._note or f"{self._target.text}。{_ONLY}")
        self.field.setText(shown)
        self._dress()

    def value(self) -> TargetValue | None:
        """What stands in the field; None while nothing is said, or while it is no number."""
        text = self.field.text().strip()
        if not self._is_counted:
            return TargetValue(self._position, None, text) if text else None
        try:
            number = parse_figure(text, self._target.unit or "")
        except ValueError:
            return None
        return TargetValue(self._position, number, self._note) if number is not None or self._note else None

    def problem(self) -> str:
        """Why the text cannot be taken; empty when it can."""
        if not self._is_counted:
            return ""
        try:
            parse_figure(self.field.text(), self._target.unit or "")
        except ValueError as error:
            return str(error)
        return ""

    @Slot()
    def _on_edited(self) -> None:
        self._dress()
        self.edited.emit()

    def _dress(self) -> None:
        """The pill beside the figure, or the sentence in its place."""
        problem = self.problem()
        self.wrong.say(problem, is_wrong=True)
        self.wrong.setVisible(bool(problem))
        self.field.setProperty("wrong", bool(problem))
        self.field.style().polish(self.field)
        value = self.value()
        short = short_of(self._target, value.value) if value is not None else None
        if short is None or problem:
            self.pill.set_pill("", PillKind.PLAIN)
        elif short > 0:
            self.pill.set_pill(self._short_words(short), PillKind.INCOMPLETE)
        else:
            self.pill.set_pill("已达到", PillKind.PLAIN)

    def _short_words(self, short: float) -> str:
        amount = f"{figure(short)}{self._target.unit or ''}"
        return f"超出 {amount}" if self._target.op in {"<=", "<"} else f"还差 {amount}"


class TargetRows(QWidget):
    """One row for each target of the measure; hidden where it has none."""

    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets: tuple[Target, ...] = ()
        self.rows: list[TargetRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_targets(self, targets: Sequence[Target]) -> None:
        """The rows of a measure; those of the same targets stay."""
        if tuple(targets) == self._targets and len(self.rows) == len(targets):
            return
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._targets = tuple(targets)
        self.rows = [TargetRow(target, place, self) for place, target in enumerate(targets)]
        before: QWidget | None = None
        for row in self.rows:
            self._layout.addWidget(row)
            row.edited.connect(self.edited)
            row.left.connect(self.left)
            if before is not None:
                QWidget.setTabOrder(before, row.field)
            before = row.field
        if self.rows:
            self.setFocusProxy(self.rows[0].field)

    def set_values(self, values: Sequence[TargetValue]) -> None:
        """Show what was reached of each."""
        by_place = {value.position: value for value in values}
        for place, row in enumerate(self.rows):
            row.set_value(by_place.get(place))

    def values(self) -> tuple[TargetValue, ...]:
        """What stands in the rows of which something is said."""
        return tuple(value for row in self.rows if (value := row.value()) is not None)

    def findings(self) -> tuple[Finding, ...]:
        """The first field that holds no number."""
        problem = next((row.problem() for row in self.rows if row.problem()), "")
        return (Finding("targets", problem),) if problem else ()

    def set_enabled(self, is_enabled: bool) -> None:
        """Read-only rather than disabled: figures can still be copied."""
        for row in self.rows:
            row.field.setReadOnly(not is_enabled)


def _required(target: Target) -> str:
    """要求 100%, 要求不少于60学时."""
    if target.value is None or not target.metric:
        return target.text if target.value is not None else f"要求{target.text}"
    amount = f"{figure(target.value)}{target.unit or ''}"
    how = {">=": "不少于 ", ">": "多于 ", "<=": "不多于 ", "<": "少于 "}.get(target.op or "", " ")
    if target.unit == "%" and target.op == ">=":
        how = " "
    return f"要求{how}{amount}"
