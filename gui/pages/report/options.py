"""The row of options above the pages: those that the chosen kind can be asked for, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.model.document_kind import DocumentKind
from core.office.tables import TableOptions
from core.publish.description import PageNumbers
from gui import theme
from gui.widgets import labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from core.office.document_choices import Choices
    from core.office.documents import Kind

MAX_ANNEX = 99
_SECTION_WIDTH, _UNIT_WIDTH, _ORDER_WIDTH = 176, 168, 216
_GAP = 8
_SIDE = 16
_HEIGHT = 56
_CLOSER = 14
"""Two rows of fields stand this much closer than two rows of options would."""
_NO_OPTIONS = "按上方的方案、报送期和统计截止日期生成"


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the fields. ``in_period``: only what belongs to the period of the top bar."""

    section: int | None = None
    unit: str | None = None
    in_period: bool = True
    superior: str = ""
    """The plan in whose order the measures are told, empty for ours."""
    charts: bool = False
    compared: bool = False
    brief: bool = False
    own_template: bool = False
    on_sheets: bool = False
    page: TableOptions = TableOptions()  # noqa: RUF009 - frozen


class OptionRow(QWidget):
    """A row of 56, or two and more where the window is narrow; ``changed`` is sent once the fields are right."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind | None = None
        self._plain_note = ""
        self._sent: Wish | None = None
        self._build()
        for combo in (self.section, self.period, self.unit, self.order, self.numbers, self.look):
            combo.activated.connect(self._on_changed)
        for box in self._boxes():
            box.toggled.connect(self._on_changed)
        self.annex.textEdited.connect(self._on_changed)

    def _build(self) -> None:
        self.section = ComboBox(self, name="范围")
        self.section.setMaximumWidth(theme.px(_SECTION_WIDTH))
        self.period = ComboBox(self, name="时段")
        self.period.addItem("本报送期", userData=True)
        self.period.addItem("全部时间", userData=False)
        self.period.setToolTip("本报送期：上方所选报送期内填报的内容；全部时间：截至统计截止日期的全部内容")
        self.unit = ComboBox(self, name="单位")
        self.unit.setMaximumWidth(theme.px(_UNIT_WIDTH))
        self.order = ComboBox(self, name="编号")
        self.order.addItem("按本方案", "")
        self.order.setMaximumWidth(theme.px(_ORDER_WIDTH))
        self.order.setToolTip(
            "按上级方案编号：在上级措施下汇总本级对应措施的进展，对应关系在任务分解的“对照上级”里确认"
        )
        self.numbers = ComboBox(self, name="页码")
        self.numbers.addItem("公文标准", PageNumbers.OFFICIAL)
        self.numbers.addItem("普通页脚", PageNumbers.PLAIN)
        self.numbers.setToolTip("公文标准：按 GB/T 9704，横排页的页码在纸的左侧；Excel 总用普通页脚")
        self.annex = QLineEdit(self)
        self.annex.setAccessibleName("附件号")
        self.annex.setFixedWidth(theme.px(48))
        self.annex.setMaxLength(2)
        self.annex.setToolTip("左上角的“附件2”；不要附件标记就留空")
        self._build_text_options()
        self.note = labels.label("", "small", self)
        self.glyph = labels.IconLabel("warning-octagon-fill", 16, theme.tokens().text, self)
        self.glyph.hide()
        self._cells: dict[str, QWidget] = {}
        for name, field, option in (
            ("范围", self.section, "section"),
            ("时段", self.period, "any_period"),
            ("单位", self.unit, "unit"),
            ("编号", self.order, "superior"),
            ("页码", self.numbers, "page"),
            ("附件号", self.annex, "annex"),
            ("版式", self.look, "look"),
            ("", self.charts, "charts"),
            ("", self.compared, "compared"),
            ("", self.brief, "brief"),
            ("", self.on_sheets, "on_sheets"),
        ):
            self._cells[option] = self._cell(name, field)

    def _build_text_options(self) -> None:
        """附图, 与上次相比, and in whose look a text is set."""
        self.look = ComboBox(self, name="版式")
        self.look.addItem("程序版式", userData=False)
        self.look.addItem("本单位模板", userData=True)
        self.charts = CheckBox("附图", self)
        self.charts.setToolTip("文后附图：各部分、各单位完成情况和各月到期，黑白打印也看得清；Excel 里没有")
        self.compared = CheckBox("与上次相比", self)
        self.brief = CheckBox("正文从简", self)
        self.brief.setToolTip("正文只写数字和每项措施的状态，各单位填报的原文见单位工作台账；按上级方案编号时不起作用")
        self.on_sheets = CheckBox("双面打印", self)
        self.on_sheets.setToolTip("每份函另起一张纸：页数为单数的后面加一页空白，双面打印不会印在前一份的背面")
        self.compared.setToolTip("与上次出具的同类文件相比，写明新完成、新逾期和变化的数字")

    def _cell(self, name: str, field: QWidget) -> QWidget:
        cell = QWidget(self)
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        if name:
            label = labels.label(name, "second", cell)
            label.setBuddy(field)
            row.addWidget(label)
        row.addWidget(field)
        return cell

    def fields(self) -> list[QWidget]:
        """Every field in its order, shown or not."""
        return [self.section, self.period, self.unit, self.order, self.numbers, self.annex, self.look, *self._boxes()]

    def _boxes(self) -> list[CheckBox]:
        return [self.charts, self.compared, self.brief, self.on_sheets]

    # --- places ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room in a row the next fields stand in another: no field is cut."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """A field that grew, was hidden or shown moves the others."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        left, top, right = _SIDE, 0, self.width() - _SIDE
        high = theme.px(_HEIGHT)
        shown = [cell for cell in self._cells.values() if not cell.isHidden()]
        notes = [widget for widget in (self.glyph, self.note) if not widget.isHidden() and self.note.text()]
        for cell in [*shown, *notes]:
            size = cell.sizeHint()
            if left > _SIDE and left + size.width() > right:
                left, top = _SIDE, top + high - theme.px(_CLOSER)
            y = top + (high - size.height()) // 2
            cell.setGeometry(QRect(left, y, min(size.width(), right - left), size.height()))
            left += size.width() + (_GAP if cell is self.glyph else 2 * _GAP)
        if self.height() != top + high:
            self.setFixedHeight(top + high)

    # --- what can be chosen ----------------------------------------------------------------------

    def set_kind(self, kind: Kind, *, unit: str | None = None) -> None:
        """Show the options of a kind as it is usually printed; ``unit`` chosen where it can be asked for."""
        self._kind = kind
        for option, cell in self._cells.items():
            cell.setVisible(option in kind.uses or (option == "annex" and "page" in kind.uses))
        self._cells["on_sheets"].setVisible(self._is_many())
        self.set_template("")
        self._show_order()
        self.annex.setText("" if kind.annex_no is None else str(kind.annex_no))
        self._choose_unit(unit)
        self._check()
        self._sent = self.value()

    def set_choices(self, choices: Choices) -> None:
        """Sections and units of another plan; what was chosen stays where it still can be."""
        before = self.section.currentData()
        self.section.clear()
        self.section.addItem(f"全部 {choices.measures} 项措施", None)
        for no, title, count in choices.sections:
            self.section.addItem(f"{title}（{count} 项）", no)
        self.section.setCurrentIndex(max(self.section.findData(before), 0))
        unit = self.unit.currentData()
        self.unit.clear()
        self.unit.addItem("全部单位", None)
        for name in choices.units:
            self.unit.addItem(name, name)
        self._choose_unit(unit)
        superior = self.order.currentData()
        self.order.clear()
        self.order.addItem("按本方案", "")
        for key, title in choices.superiors:
            self.order.addItem(f"按上级方案（{title}）", key)
        self.order.setCurrentIndex(max(self.order.findData(superior), 0))
        self._show_order()
        self._check()
        self._sent = self.value()

    def set_template(self, name: str) -> None:
        """The office's own template of the kind, empty for none: then there is nothing to choose."""
        self._cells["look"].setVisible(bool(name))
        self.look.setToolTip(f"本单位模板：{name}；在“档案，设置”里更换" if name else "")
        if not name:
            self.look.setCurrentIndex(0)
        self._note_if_plain()
        self._check()

    def _is_many(self) -> bool:
        """Whether there are letters to several units, one after another."""
        kinds = (DocumentKind.REMINDER, DocumentKind.NOTICE)
        return self._kind is not None and self._kind.key in kinds and self.unit.currentData() is None

    def _show_order(self) -> None:
        """Only where something was decided of 对照上级."""
        can = self._kind is not None and "superior" in self._kind.uses and self.order.count() > 1
        self._cells["superior"].setVisible(can)
        self._note_if_plain()

    def _note_if_plain(self) -> None:
        has_options = any(not cell.isHidden() for cell in self._cells.values())
        self._plain_note = "" if has_options else _NO_OPTIONS

    def _choose_unit(self, unit: str | None) -> None:
        """The one that is asked for; 单位工作台账 begins with one unit, all of them are hundreds of pages."""
        place = self.unit.findData(unit) if unit is not None else -1
        if place < 0 and self._kind is not None and self._kind.key is DocumentKind.LEDGER and self.unit.count() > 1:
            place = 1
        self.unit.setCurrentIndex(max(place, 0))

    # --- what is chosen --------------------------------------------------------------------------

    def value(self) -> Wish | None:
        """What stands in the fields the kind has, None while the annex number is none."""
        text = self.annex.text().strip()
        if text and not (text.isdecimal() and 0 < int(text) <= MAX_ANNEX):
            return None
        uses = self._kind.uses if self._kind is not None else frozenset()
        return Wish(
            section=self.section.currentData() if "section" in uses else None,
            unit=self.unit.currentData() if "unit" in uses else None,
            in_period=bool(self.period.currentData()) if "any_period" in uses else True,
            superior=str(self.order.currentData() or "") if "superior" in uses else "",
            charts="charts" in uses and self.charts.isChecked(),
            compared="compared" in uses and self.compared.isChecked(),
            brief="brief" in uses and self.brief.isChecked(),
            on_sheets=self._is_many() and self.on_sheets.isChecked(),
            own_template=bool(self.look.currentData()) and not self._cells["look"].isHidden(),
            page=TableOptions(
                annex_no=int(text) if text else None, page_numbers=PageNumbers(self.numbers.currentData())
            ),
        )

    def _check(self) -> None:
        is_wrong = self.value() is None
        self.annex.setProperty("wrong", is_wrong)
        self.annex.style().unpolish(self.annex)
        self.annex.style().polish(self.annex)
        self.note.setText(f"附件号应为 1—{MAX_ANNEX}" if is_wrong else self._plain_note)
        self.glyph.setVisible(is_wrong)
        self._place()

    @Slot()
    def _on_changed(self) -> None:
        self._cells["on_sheets"].setVisible(self._is_many())
        self._check()
        value = self.value()
        if value is not None and value != self._sent:
            self._sent = value
            self.changed.emit()
