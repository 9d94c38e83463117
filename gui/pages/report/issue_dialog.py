"""出具: the last look before a document leaves the office: its 文号 and date, to whom, and whether it went before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui import messages
from gui.pages.progress.dialog_frame import FormDialog
from gui.pages.progress.parts import Note
from gui.widgets import button, labels
from gui.widgets.check import CheckBox
from gui.widgets.date_field import DateField
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from core.office.documents import Kind
    from core.office.to_issue import ToIssue

_FILTERS = ("定稿文件 (*.pdf *.docx *.doc *.wps *.ofd *.jpg *.png)", "所有文件 (*)")
_NO_WORD = "没有设置这类文件的机关代字，可以不编号，也可以在这里填写。"
Numbers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IssueWish:
    """What was said: the day, 文号 (by unit where there are several), 主送 (None: as in the text), the finished paper."""

    on: date
    units: tuple[str, ...]
    numbers: Numbers
    recipient: str | None = None
    note: str = ""
    files: tuple[Path, ...] = ()
    again: bool = False


class IssueDialog(FormDialog):
    """``said`` carries an IssueWish. ``free``: the free 文号 of units in a year, asked anew when the year is another."""

    said = Signal(object)
    settings_asked = Signal()

    def __init__(
        self,
        kind: Kind,
        ready: ToIssue,
        gaps: int,
        free: Callable[[tuple[str, ...], int], Numbers],
        parent: QWidget | None,
        *,
        today: date,
    ) -> None:
        super().__init__("出具", parent, width=600)
        self._ready, self._free = ready, free
        self._files: tuple[Path, ...] = ()
        self._numbers: Numbers = ready.numbers
        self.add_head(f"出具{kind.title}", self._what())
        if gaps:
            self.body.addWidget(self._warning(f"文中还有 {gaps} 处待补充，出具后文件不能再改。"))
        self._build(today)
        self.again = CheckBox(self._again_words(), self)
        if ready.like:
            self.body.addWidget(self._warning(self._like_words()))
            self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.again.setVisible(bool(ready.like))
        self.add_foot("出具", "paper-plane-tilt")
        self._connect()
        self._check()
        first = self.again if ready.like else self.cancel if gaps else self.step  # Enter sends nothing out with gaps
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _what(self) -> str:
        kept = "出具后文件和文中数字按现在的样子留存，登记到“发文登记”，以后台账变了也不变。"
        if self._ready.is_many:
            return f"{len(self._ready.units)} 个单位各出具一份。{kept}"
        return kept

    def _warning(self, words: str) -> Note:
        note = Note(self)
        note.say(words, is_wrong=True)
        return note

    # --- fields ----------------------------------------------------------------------------------

    def _build(self, today: date) -> None:
        self.day = DateField(self, name="成文日期", may_be_empty=False)
        self.day.set_value(today)
        self.number = QLineEdit(self)
        self.number.setMaxLength(60)
        self.number.setToolTip("机关代字〔年份〕序号，如“古司函〔2025〕3号”；用过的文号不再用，作废的也不用")
        self.recipient = QLineEdit(self)
        self.recipient.setMaxLength(200)
        self.recipient.setToolTip("登记在发文登记里的主送单位；空着时用文中的主送机关")
        self.number.setAccessibleName("文号")
        self.remark = QLineEdit(self)
        self.remark.setMaxLength(200)
        fields: list[tuple[str, QWidget]] = [("成文日期", self.day), ("文号", self._number_row())]
        self.recipient.setVisible(not self._ready.units)
        if not self._ready.units:
            fields.append(("主送", self.recipient))
        if not self._ready.is_many:
            fields.append(("留存文件", self._file_row()))
        fields.append(("备注", self.remark))
        self.add_fields(*fields)
        self._show_numbers()

    def _number_row(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.numbered = CheckBox("每份依次编号", row)
        self.range = labels.label("", "second", row)
        self.fill = button.link("填写发文设置", row)
        self.fill.setToolTip("到“档案，设置”填写机关代字，填一次，以后自动编号")
        layout.addWidget(self.number if not self._ready.is_many else self.numbered, not self._ready.is_many)
        layout.addWidget(self.range)
        layout.addWidget(self.fill)
        if self._ready.is_many:
            layout.addStretch(1)
        self.number.setVisible(not self._ready.is_many)
        self.numbered.setVisible(self._ready.is_many)
        row.setAccessibleName("文号")
        return row

    def _file_row(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.file = ElidedLabel("现在的页面", parent=row)
        self.other = button.secondary("改用定稿文件", "paperclip", row, is_small=True)
        self.other.setToolTip("在 WPS 里改定的 Word、盖章后的扫描件：留存它，不留存程序排的页面")
        self.own = button.link("用现在的页面", row)
        self.own.hide()
        layout.addWidget(self.file, 1)
        layout.addWidget(self.own)
        layout.addWidget(self.other)
        row.setAccessibleName("留存文件")
        return row

    def _connect(self) -> None:
        self.day.changed.connect(self._on_day)
        self.day.problem_changed.connect(self._check)
        self.number.textChanged.connect(self._check)
        self.again.toggled.connect(self._on_again)
        self.numbered.toggled.connect(self._show_range)
        self.fill.clicked.connect(self._on_fill)
        if not self._ready.is_many:
            self.other.clicked.connect(self._on_other)
            self.own.clicked.connect(partial(self._take_files, []))

    # --- 文号 ------------------------------------------------------------------------------------

    def units(self) -> tuple[str, ...]:
        """To whom letters go: those that have one already only where it is said so."""
        if self.again.isChecked():
            return self._ready.units
        return tuple(unit for unit in self._ready.units if unit not in self._ready.written)

    def _show_numbers(self) -> None:
        has_word = bool(self._numbers) or not self._ready.is_many
        self.number.setText(self._numbers[0][1] if self._numbers and not self._ready.is_many else "")
        self.numbered.setEnabled(bool(self._numbers))
        self.numbered.setChecked(bool(self._numbers))
        self.number.setPlaceholderText("")
        self.number.setAccessibleDescription("" if has_word else _NO_WORD)
        self.fill.setVisible(not self._numbers)
        self._show_range()

    @Slot()
    def _show_range(self) -> None:
        """Of many the first and the last."""
        if not self._ready.is_many:
            self.range.setText("")
        elif not self._numbers:
            self.range.setText("没有设置机关代字，不编号")
        elif not self.numbered.isChecked():
            self.range.setText("不编号")
        elif len(self._numbers) == 1:
            self.range.setText(self._numbers[0][1])
        else:
            self.range.setText(f"{self._numbers[0][1]}—{self._numbers[-1][1].rpartition('〕')[2]}")

    @Slot(object)
    def _on_day(self, day: date) -> None:
        """Another year counts anew, unless a number of one's own was typed."""
        is_ours = self._ready.is_many or self.number.text() == (self._numbers[0][1] if self._numbers else "")
        self._numbers = self._free(self.units() if self._ready.is_many else (), day.year)
        if is_ours:
            self._show_numbers()

    @Slot()
    def _on_again(self) -> None:
        day = self.day.value()
        if self._ready.is_many and day is not None:
            self._numbers = self._free(self.units(), day.year)
            self._show_numbers()
        self._check()

    # --- once more -------------------------------------------------------------------------------

    def _like_words(self) -> str:
        last = self._ready.like[0]
        if self._ready.is_many:
            names = "、".join(self._ready.written[:5])
            more = f"等 {len(self._ready.written)} 个单位" if len(self._ready.written) > 5 else ""
            return f"本期已给{names}{more}出具过。"
        number = f"，文号{last.number}" if last.number else ""
        return f"这份文件已于 {last.issued_on} 出具过{number}。"

    def _again_words(self) -> str:
        return "已出具过的单位再出具一份" if self._ready.is_many else "再出具一份"

    # --- the finished paper ----------------------------------------------------------------------

    @Slot()
    def _on_other(self) -> None:
        messages.choose_open_many(self, "选择定稿文件", Path.home(), list(_FILTERS), self._take_files)

    def _take_files(self, paths: list[Path], _checked: bool = False) -> None:
        self._files = tuple(paths)
        self.file.setText("、".join(path.name for path in paths) or "现在的页面")
        self.own.setVisible(bool(paths))

    @Slot()
    def _on_fill(self) -> None:
        self.reject()
        self.settings_asked.emit()

    # --- the step --------------------------------------------------------------------------------

    @Slot()
    def _check(self) -> None:
        problem = ""
        if not self.day.is_right():
            problem = "请改成文日期。"
        elif self._ready.is_many and not self.units():
            problem = "各单位都已出具过；要再出具，请先打勾。"
        elif self._ready.like and not self._ready.is_many and not self.again.isChecked():
            problem = "已出具过；要再出具，请先打勾。"
        self.step.setEnabled(not problem)
        self.note.say(problem)

    def take(self) -> None:
        """Hand out what was said."""
        day = self.day.value()
        if day is None or not self.day.commit():
            return
        number = self.number.text().strip()
        if self._ready.is_many:
            numbers = self._numbers if self.numbered.isChecked() else ()
        else:
            numbers = (("", number),) if number else ()
        recipient = self.recipient.text().strip() or None
        self.said.emit(
            IssueWish(day, self.units(), numbers, recipient, self.remark.text(), self._files, self.again.isChecked())
        )
        self.accept()
