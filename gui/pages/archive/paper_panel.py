"""红头, 版记, signature and 文号 of documents: how the issued paper looks, and which number is next."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from core.errors import KnownError
from core.model.document_kind import DocumentKind
from core.office import numbering
from core.office.issuer import HEAD_FORMS, TITLES, HeadForm, Issuer
from gui import theme
from gui.pages.archive.issuer_form import IssuerForm, TextField
from gui.widgets import labels
from gui.widgets.check import CheckBox
from gui.widgets.combo import ComboBox

if TYPE_CHECKING:
    from gui.context import Context

_NARROW = 64
_TEXTS = (
    TextField("mark", "红头文字", "", "通报的发文机关标志，空着即为发文机关加“文件”二字"),
    TextField("copies_to", "通报抄送", "如 县委办公室，县政府办公室", "写在通报版记里，空着就没有抄送一行"),
    TextField("letter_copies", "函的抄送", "", "写在催办函、提示函、商请函最后一面的下方，空着就没有抄送一行"),
    TextField("printer", "印发机关", "", "写在通报版记里，空着即为发文机关"),
    TextField("report_by", "报告落款", "", "进展情况报告、评估报告以谁的名义上报，空着即为单位名称"),
    TextField("signer", "签发人", "", "报告是上行文，带红头时在文号的右边写签发人姓名；本单位模板里写 {{签发人}}"),
    TextField("circular_number", "通报代字", "如 古司发", "通报的文号里年份前的字"),
    TextField("notice_number", "督办代字", "如 古司督", "督办通知单的编号里年份前的字"),
    TextField("report_number", "报告代字", "如 古司报", "报告的文号里年份前的字，用在本单位模板和发文登记里"),
)
_NUMBERED = (DocumentKind.REMINDER, DocumentKind.CIRCULAR, DocumentKind.NOTICE, DocumentKind.REPORT)
_MOST_ROWS = len(_NUMBERED)


class PaperPanel(IssuerForm):
    """Texts, the form of the head, and a line for each 机关代字 with the last number that was given."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, _TEXTS, parent)
        self.head = ComboBox(self, name=TITLES["head"])
        self.report_head = ComboBox(self, name=TITLES["report_head"])
        for form, title in HEAD_FORMS.items():
            self.head.addItem(title, form)
            self.report_head.addItem(title, form)
        self.add_row("通报红头", self.head, "套红纸上已经印有红头时，选“留出套红位置”")
        self.add_row("报告红头", self.report_head, "进展情况报告、评估报告带红头时，文号居左，签发人居右，末页有版记")
        self.stamped = CheckBox("落款按加盖印章排列", self)
        self.stamped.setAccessibleName(TITLES["stamped"])
        self.stamped.setToolTip("成文日期右空四字，署名在日期之上居中；没有勾选时按不盖章的落款排列")
        self.outer.addWidget(self.stamped)
        self.number_rows: list[QWidget] = []
        self.words: list[QLabel] = []
        self.last: list[QSpinBox] = []
        for place in range(_MOST_ROWS):
            self._add_number_row(place)
        self.outer.addWidget(self.saved)
        self.outer.addWidget(self.note)
        self.outer.addStretch(1)
        self.head.activated.connect(self.save)
        self.report_head.activated.connect(self.save)
        self.stamped.clicked.connect(self.save)
        self._series: list[numbering.Series] = []
        self.reload()

    def _add_number_row(self, place: int) -> None:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        spin = QSpinBox(holder)
        spin.setRange(0, numbering.MOST)
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        spin.setFixedWidth(theme.px(_NARROW))
        spin.setToolTip("用到的最后一个顺序号，包括在别处登记的；下一份文件从后一号编起，用过的不再用")
        spin.editingFinished.connect(partial(self._on_last, place))
        word = labels.label("", "second", holder)
        word.setBuddy(spin)
        line.addWidget(word)
        line.addWidget(spin)
        line.addWidget(labels.label("号", "second", holder))
        line.addStretch(1)
        self.number_rows.append(holder)
        self.words.append(word)
        self.last.append(spin)
        self.outer.addWidget(holder)

    def first_empty(self) -> QWidget | None:
        """The first 机关代字 that documents lack, None where they have them."""
        return self.empty(["circular_number", "notice_number"])

    def show_more(self, value: Issuer, *, is_locked: bool) -> None:
        """Head, seal and the numbers of this year."""
        self.fields["mark"].setPlaceholderText(f"{value.name}文件" if value.name else "发文机关加“文件”")
        self.fields["printer"].setPlaceholderText(value.name or "同发文机关")
        self.fields["report_by"].setPlaceholderText(value.office or value.body or "同单位名称")
        self.head.setCurrentIndex(max(self.head.findData(value.head), 0))
        self.stamped.setChecked(value.stamped)
        self.report_head.setCurrentIndex(max(self.report_head.findData(value.report_head), 0))
        self.head.setEnabled(not is_locked)
        self.report_head.setEnabled(not is_locked)
        self.stamped.setEnabled(not is_locked)
        self._show_numbers(is_locked=is_locked)

    def _show_numbers(self, *, is_locked: bool) -> None:
        found: dict[str, numbering.Series] = {}
        if self._context.has_store:
            for kind in _NUMBERED:
                one = numbering.series(self._context.store, kind, date.today().year)
                if one is not None:
                    found.setdefault(one.word, one)
        self._series = list(found.values())
        for place, (word, spin) in enumerate(zip(self.words, self.last, strict=True)):
            self.number_rows[place].setVisible(place < len(self._series))
            if place < len(self._series):
                one = self._series[place]
                word.setText(f"{one.word}〔{one.year}〕已用到")
                spin.setAccessibleName(f"{one.word}〔{one.year}〕已用到的顺序号")
                spin.setValue(one.last)
                spin.setEnabled(not is_locked)

    def more(self) -> dict[str, Any]:
        """Head and seal as they stand."""
        return {
            "head": HeadForm(self.head.currentData() or HeadForm.RED),
            "report_head": HeadForm(self.report_head.currentData() or HeadForm.NONE),
            "stamped": self.stamped.isChecked(),
        }

    def _on_last(self, place: int) -> None:
        """Numbers up to this one were given, here or elsewhere."""
        if place >= len(self._series) or self._context.read_only or not self._context.has_store:
            return
        one, value = self._series[place], self.last[place].value()
        if value == one.last:
            return
        try:
            changes = numbering.begin_after(self._context.store, one.word, one.year, value)
        except KnownError as error:
            self.reload()
            self.say(str(error), is_wrong=True)
            return
        self._context.announce(changes)
        self.saved.setText("已保存")
