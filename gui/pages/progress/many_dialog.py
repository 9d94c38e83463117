"""同时填报多个单位: one measure, the units of it, what is said of all, and what will happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.office.form_value import check_value
from gui import theme
from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.form_fields import FormFields
from gui.pages.progress.parts import Card
from gui.pages.progress.unit_checks import UnitCheckList
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from core.model.units import Unit
    from core.office.form_value import FormValue
    from core.office.forms import Form
    from core.office.many import ManyFilled
    from core.office.obligations import ObligationRow

_WIDTH = 900
_HEIGHT = 640
_UNITS_WIDTH = 276
_PAUSE = 150
"""Milliseconds after the last key until what will happen is told anew."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be filled in: obligations, the value, and whether entries that are there are written over."""

    obligations: tuple[int, ...]
    value: FormValue
    overwrite: bool


class ManyDialog(FormDialog):
    """Reads forms and effects by the functions it is given; hands out a Wish."""

    wished = Signal(object)

    def __init__(
        self,
        rows: Sequence[ObligationRow],
        groups: Sequence[Unit],
        first: Form,
        read: Callable[[int], Form | None],
        foresee: Callable[[Wish], ManyFilled],
        parent: QWidget | None,
    ) -> None:
        """``rows``: all obligations of the plan; ``first``: the form whose measure is chosen at first."""
        super().__init__(f"同时填报多个单位：{first.period.title}", parent, width=_WIDTH)
        self._rows = rows
        self._groups = groups
        self._read = read
        self._foresee = foresee
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.tell)
        self._build()
        self._connect()
        self.measure.setCurrentIndex(max(self.measure.findData(first.obligation.measure_no), 0))
        self._on_measure_chosen()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.measure = ComboBox(self, name="措施")
        self.measure.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for row in sorted({row.measure_no: row for row in self._rows}.values(), key=lambda row: row.measure_no):
            self.measure.addItem(f"{row.measure_label}{row.measure_text}", row.measure_no)
        self.add_fields(("措施", self.measure))
        panes = QHBoxLayout()
        panes.setSpacing(12)
        panes.addWidget(self._build_units())
        panes.addWidget(self._build_value(), 1)
        self.body.addLayout(panes, 1)
        self.overwrite = CheckBox("本期已有的填报也改写（已审核通过的除外）", self)
        self.body.addWidget(self.overwrite)
        self.effect = labels.label("", "", self)
        self.effect.setWordWrap(True)
        self.effect.setMinimumHeight(theme.px(40))
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.effect)
        self.add_foot("填报")
        self.step.setDefault(False)  # Enter in a small field must not fill in twenty units: Ctrl+Enter does
        room = self.screen().availableGeometry().height()
        self.resize(theme.px(_WIDTH), min(theme.px(_HEIGHT), room - theme.px(64)))

    def _build_units(self) -> QWidget:
        pane = Card(self)
        pane.setFixedWidth(theme.px(_UNITS_WIDTH))
        self.links = {name: button.link(name, pane) for name in ("全选", "全不选", "只选未填")}
        row = QHBoxLayout()
        row.setSpacing(12)
        for link in self.links.values():
            row.addWidget(link)
        row.addStretch(1)
        self.group = ComboBox(pane, name="按单位集合选")
        self.group.addItem("按单位集合选", None)
        for group in self._groups:
            self.group.addItem(group.name, group)
        self.list = UnitCheckList(pane)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(11, 11, 1, 1)
        layout.setSpacing(8)
        layout.addLayout(row)
        held = QHBoxLayout()
        held.setContentsMargins(0, 0, 10, 0)
        held.addWidget(self.group)
        layout.addLayout(held)
        layout.addWidget(self.list, 1)
        return pane

    def _build_value(self) -> QWidget:
        pane = Card(self)
        self.fields = FormFields(pane)
        scroll = QScrollArea(pane)
        scroll.setWidget(self.fields)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self.fields.setAutoFillBackground(False)
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.addWidget(scroll)
        return pane

    def _connect(self) -> None:
        self.measure.activated.connect(self._on_measure_chosen)
        self.links["全选"].clicked.connect(partial(self._choose, lambda _row: True))
        self.links["全不选"].clicked.connect(partial(self._choose, lambda _row: False))
        self.links["只选未填"].clicked.connect(partial(self._choose, is_unfilled))
        self.group.activated.connect(self._on_group_chosen)
        self.list.units.chosen_changed.connect(self._tell_soon)
        self.fields.edited.connect(self._tell_soon)
        self.overwrite.toggled.connect(self._tell_soon)

    # --- what was said ---------------------------------------------------------------------------

    def wish(self) -> Wish | None:
        """What is to be filled in; None while it is not whole."""
        typed = self.fields.typed()
        ids = tuple(row.id for row in self.list.units.chosen())
        if typed is None or typed.wrong or not ids:
            return None
        return Wish(ids, typed.value, self.overwrite.isChecked())

    def take(self) -> None:
        """Hand out what is to be filled in."""
        self.tell()
        wish = self.wish()
        if wish is not None and self.step.isEnabled():
            self.wished.emit(wish)
            self.accept()

    @Slot()
    def tell(self) -> None:
        """What will happen, and what is still missing."""
        self._timer.stop()
        self.effect.setText("")
        self.step.setEnabled(False)
        self.step.setText("填报")
        missing = self._missing()
        self.note.say(missing)
        wish = self.wish()
        if missing or wish is None:
            return
        found = self._foresee(wish)
        self.effect.setText(effect_words(found))
        self.step.setText(f"填报 {found.filled} 个单位" if found.filled else "填报")
        self.step.setEnabled(found.filled > 0)

    def _missing(self) -> str:
        if not self.list.units.chosen():
            return "请选择单位。"
        typed = self.fields.typed()
        if typed is None:
            return "请选择状态，填写进展。"
        if typed.wrong:
            return typed.wrong[0].message
        found = check_value(typed.value, parts=(typed.value.part,) if typed.value.part else ())
        return found[0].message if found else ""

    @Slot()
    def _tell_soon(self) -> None:
        self._timer.start()

    # --- units -----------------------------------------------------------------------------------

    @Slot()
    def _on_measure_chosen(self) -> None:
        """Its units, those checked that have said nothing yet; its choices and targets in the form."""
        rows = [row for row in self._rows if row.measure_no == self.measure.currentData()]
        self.measure.setToolTip(self.measure.currentText())
        self.list.units.choose(())
        self.list.units.reset_rows(sorted(rows, key=lambda row: (row.is_group, row.period_entry)))
        if rows:
            self.list.setCurrentIndex(self.list.units.index(0))
        form = self._read(rows[0].id) if rows else None
        if form is not None:
            own = self.fields.typed()
            kept = own.value if own is not None else None
            self.fields.show_form(replace(form, value=None, draft=None, previous=None), None)
            if kept is not None and kept.state in form.states:
                self._show_again(kept)
        self._choose(is_unfilled)
        self.tell()

    def _show_again(self, kept: FormValue) -> None:
        """What was typed for another measure, without its figures and 时限项."""
        from gui.pages.progress.saver import Typed

        self.fields.show_value(Typed(replace(kept, part=None, targets=())))

    def _choose(self, wanted: Callable[[ObligationRow], bool], _checked: bool = False) -> None:
        self.list.units.choose([row.id for row in self.list.units.rows() if wanted(row)])

    @Slot()
    def _on_group_chosen(self) -> None:
        """The members of a collective, and it itself."""
        group = self.group.currentData()
        if group is not None:
            self._choose(lambda row: row.unit in group.members or group.name in (row.unit, *row.via))
            self.group.setCurrentIndex(0)


def is_unfilled(row: ObligationRow) -> bool:
    """Whether a unit has said nothing yet in the period; a collective that is 待补全 is nobody to say it."""
    return not row.period_entry and not row.has_draft and not row.is_group


def effect_words(found: ManyFilled) -> str:
    """将填报 31 个单位；跳过 9 个：本期已有填报 8 个，已审核通过 1 个（财政局）."""
    words = f"将填报 {found.filled} 个单位"
    if not found.skipped:
        return f"{words}，确定后可以撤销。"
    reasons = Counter(why for _, why in found.skipped)
    said = "，".join(f"{why} {count} 个{_names(found, why)}" for why, count in reasons.most_common())
    return f"{words}，确定后可以撤销；跳过 {len(found.skipped)} 个：{said}。"


def _names(found: ManyFilled, why: str) -> str:
    names = [unit for unit, reason in found.skipped if reason == why and unit]
    return f"（{'、'.join(names)}）" if 0 < len(names) <= 3 else ""
