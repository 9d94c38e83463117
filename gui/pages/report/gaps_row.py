"""What is to be known of a document before it is handed out: what the ledger does not hold, what was chosen for it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.office import issuer
from gui import messages, theme
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel

_HEIGHT = 32
_SHOWN = 40


class GapsRow(QWidget):
    """One amber line; hidden while nothing is missing."""

    settings_asked = Signal()
    """Some of it is a setting of the issuer, and the clerk wants to fill it in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: tuple[str, ...] = ()
        self.setFixedHeight(theme.px(_HEIGHT))
        ink = theme.tokens().due_soon.text
        self.sentence = ElidedLabel("", "note", self)
        self.sentence.setStyleSheet(f"color: {ink};")
        self.look = button.link("查看", self)
        self.look.setAccessibleName("查看待补充的内容")
        self.look.clicked.connect(self._on_look)
        self.fill = button.link("填写发文设置", self)
        self.fill.setToolTip("到“档案，设置”填写发文机关、主送机关、联系人等，填一次，各种文件都用")
        self.fill.clicked.connect(self.settings_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        layout.addWidget(labels.IconLabel("warning-fill", 16, ink, self))
        layout.addWidget(self.sentence)
        layout.addWidget(self.look)
        layout.addWidget(self.fill)
        layout.addStretch(1)
        self.hide()

    def set_gaps(self, gaps: tuple[str, ...]) -> None:
        """Show what is missing; nothing hides the line."""
        self._gaps = gaps
        self.sentence.setText(f"待补充 {len(gaps)} 处：{gaps[0]}" if gaps else "")
        self.fill.setVisible(any(issuer.is_setting(gap) for gap in gaps))
        self.setVisible(bool(gaps))

    @Slot()
    def _on_look(self) -> None:
        listed = "\n".join(f"{place}. {gap}" for place, gap in enumerate(self._gaps[:_SHOWN], start=1))
        rest = len(self._gaps) - _SHOWN
        messages.ask(
            self,
            "待补充",
            f"{listed}\n还有 {rest} 处。" if rest > 0 else listed,
            [messages.Action("关闭", is_escape=True, is_primary=True)],
            headline=f"台账里没有、文中留空的有 {len(self._gaps)} 处",
        )


class NotesRow(QWidget):
    """What was chosen for the clerk (a 商请函 in place of a 催办函) or cannot be shown: one quiet line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[str, ...] = ()
        self.setFixedHeight(theme.px(_HEIGHT))
        self.sentence = ElidedLabel("", "small", self)
        self.look = button.link("查看", self)
        self.look.setAccessibleName("查看全部说明")
        self.look.clicked.connect(self._on_look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        layout.addWidget(labels.IconLabel("info", 16, theme.tokens().second_text, self))
        layout.addWidget(self.sentence)
        layout.addWidget(self.look)
        layout.addStretch(1)
        self.hide()

    def set_notes(self, notes: tuple[str, ...]) -> None:
        """Show them; nothing hides the line."""
        self._notes = notes
        self.sentence.setText(notes[0] if len(notes) == 1 else f"说明 {len(notes)} 条：{notes[0]}" if notes else "")
        self.look.setVisible(len(notes) > 1)
        self.setVisible(bool(notes))

    @Slot()
    def _on_look(self) -> None:
        listed = "\n".join(f"{place}. {note}" for place, note in enumerate(self._notes, start=1))
        actions = [messages.Action("关闭", is_escape=True, is_primary=True)]
        messages.ask(self, "说明", listed, actions, headline=f"这份文件的说明 {len(self._notes)} 条")
