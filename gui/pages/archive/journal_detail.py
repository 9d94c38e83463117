"""One act of the journal whole: who, when, why, and each field before and after with what differs marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.parts import Card
from gui.widgets import button, labels

if TYPE_CHECKING:
    from core.office.history import HistoryLine, JournalPlace
    from core.office.history_words import FieldChange

WIDTH, NARROW = 348, 276
_PAD = 15
_COMPARED = 3000
"""Longer texts are shown one after the other: comparing letter by letter would take seconds."""
_SHORT = 16
_PIECES = re.compile(r"[\d.,%％-]+|[A-Za-z]+|.", re.DOTALL)
"""What is compared: a number or a foreign word is one piece, 320 and 380 share no digits."""
_ALIKE = 0.35
"""Texts that have less in common are read more easily one after the other."""


class JournalDetail(Card):
    """A card at the right of the table; its buttons lead to the measure, the form, and the rest of the history."""

    measure_asked = Signal()
    form_asked = Signal()
    history_asked = Signal(bool)
    """The whole history is asked for: of the obligation, else of its measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("这条记录的内容")
        self.head = labels.label("", "head", self)
        self.head.setWordWrap(True)
        self.when = labels.label("", "second", self)
        self.body = QTextBrowser(self)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        self.body.setAccessibleName("变动")
        self.body.setProperty("role", "reading")
        self.body.viewport().setAutoFillBackground(False)
        self.body.document().setDocumentMargin(0)
        self.measure = button.secondary("查看措施", "table", self)
        self.form = button.secondary("查看填报", "note-pencil", self)
        self.history = button.link("这项措施的全部记录", self)
        self.own_history = button.link("这个责任事项的全部记录", self)
        self._build()
        self.measure.clicked.connect(self.measure_asked)
        self.form.clicked.connect(self.form_asked)
        self.history.clicked.connect(self._on_history)
        self.own_history.clicked.connect(self._on_own_history)
        self.show_line(None)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD, 12, _PAD, 12)
        layout.setSpacing(4)
        for widget in (self.head, self.when):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self.body, 1)
        self.foot = QWidget(self)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.measure)
        row.addWidget(self.form)
        row.addStretch(1)
        foot.addLayout(row)
        for link in (self.own_history, self.history):
            line = QHBoxLayout()
            line.addWidget(link)
            line.addStretch(1)
            foot.addLayout(line)
        layout.addWidget(self.foot)

    def show_line(self, line: HistoryLine | None, place: JournalPlace | None = None) -> None:
        """Show an act; ``place`` is where it can be seen."""
        self.head.setText(line.action if line is not None else "")
        self.head.setVisible(line is not None)
        self.when.setText(f"{line.at}，{line.who}" if line is not None else "在左侧选一条，这里列出改动前后的内容")
        self.body.setHtml(html_of(line) if line is not None else "")
        self.foot.setVisible(place is not None)
        for widget in (self.form, self.own_history):
            widget.setVisible(place is not None and place.obligation_id is not None)

    @Slot()
    def _on_history(self) -> None:
        self.history_asked.emit(False)

    @Slot()
    def _on_own_history(self) -> None:
        self.history_asked.emit(True)


def html_of(line: HistoryLine) -> str:
    """What an act was about, its fields, and the reason, as rich text in the colours in force."""
    tokens = theme.tokens()
    size, note = theme.px(14), theme.px(12)
    told = [(change.field, _change(change)) for change in line.changes]
    if line.reason:
        told.append(("原因", _text(line.reason)))
    head = f"margin:8px 0 2px 0;font-size:{note}px;color:{tokens.second_text}"
    parts = [f'<p style="margin:0 0 8px 0">{_text(line.subject)}</p>']
    parts += [f'<p style="{head}">{_text(name)}</p><p style="margin:0">{words}</p>' for name, words in told]
    if not told:
        parts.append(f'<p style="margin:0;color:{tokens.second_text}">没有记下字段的变动。</p>')
    return f'<div style="font-size:{size}px;color:{tokens.text};line-height:150%">{"".join(parts)}</div>'


def _change(change: FieldChange) -> str:
    if not change.old:
        return _text(change.new)
    if not change.new:
        return f"{_gone(change.old)} → 无"
    if max(len(change.old), len(change.new)) <= _SHORT:
        return f"{_gone(change.old)} → {_come(change.new)}"
    if len(change.old) + len(change.new) > _COMPARED:
        return f"{_gone(change.old)}<br>→ {_come(change.new)}"
    old, new = _PIECES.findall(change.old), _PIECES.findall(change.new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return f"{_gone(change.old)}<br>→ {_come(change.new)}"
    made = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            made.append(_text("".join(old[i1:i2])))
            continue
        if i2 > i1:
            made.append(_gone("".join(old[i1:i2])))
        if j2 > j1:
            made.append(_come("".join(new[j1:j2])))
    return "".join(made)


def _gone(text: str) -> str:
    tokens = theme.tokens()
    style = f"text-decoration:line-through;color:{tokens.second_text};background-color:{tokens.plain.ground}"
    return f'<span style="{style}">{_text(text)}</span>'


def _come(text: str) -> str:
    style = f"text-decoration:underline;background-color:{theme.tokens().chosen}"
    return f'<span style="{style}">{_text(text)}</span>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
