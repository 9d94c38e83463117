"""档案: its four parts behind one row of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.pages.archive.journal_panel import JournalPanel
from gui.pages.base import Page
from gui.pages.progress.sideways import SidewaysArea
from gui.pages.units.exported_bar import ExportedBar
from gui.widgets import labels
from gui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from core.office.history import JournalPlace
    from core.office.journal_sheet import JournalFile
    from gui.context import Context

JOURNAL, MEETINGS, BACKUPS, SETTINGS = "journal", "meetings", "backups", "settings"
_PARTS = ((JOURNAL, "操作日志"), (MEETINGS, "会商会议"), (BACKUPS, "备份与校验"), (SETTINGS, "设置"))
_MARGIN, _GAP = 16, 12
_LAST = "archive_part"
"""The part that was open, kept with the context: a change of the display makes the pages anew."""


class ArchivePage(Page):
    """A part is made when it is first looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.parts: dict[str, QWidget] = {}
        self.choice = Segmented(_PARTS, self, name="档案的部分")
        self.stack = QStackedWidget(self)
        area = SidewaysArea(self.stack, self)  # before anything is in it: Qt styles what is moved anew
        self.bar = ExportedBar(self)
        title = QHBoxLayout()
        title.setSpacing(16)
        title.addWidget(labels.label("档案", "title", self))
        title.addWidget(self.choice)
        title.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_GAP)
        layout.addLayout(title)
        layout.addWidget(self.bar)
        layout.addWidget(area, 1)
        self.choice.changed.connect(self.show_part)
        self.context.ledger_opened.connect(self.bar.hide)
        QShortcut(QKeySequence("Ctrl+F"), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(self._find)
        self.show_part(context.property(_LAST) or JOURNAL)

    @Slot(object)
    def show_part(self, key: str) -> None:
        """Bring a part to the front."""
        if self.stack.currentWidget() is self.parts.get(MEETINGS) and key != MEETINGS and not self.flush():
            self.choice.set_value(MEETINGS)
            return
        self.choice.set_value(key)
        self.context.setProperty(_LAST, key)
        if key not in self.parts:
            made = self.parts[key] = self._made(key)
            self.stack.addWidget(made)
        self.stack.setCurrentWidget(self.parts[key])

    def _made(self, key: str) -> QWidget:
        if key == JOURNAL:
            journal = JournalPanel(self.context, self.stack)
            journal.open_place.connect(self._on_place)
            journal.exported.connect(self._on_exported)
            return journal
        if key == MEETINGS:
            from gui.pages.archive.meeting_panel import MeetingPanel

            meetings = MeetingPanel(self.context, self.stack)
            meetings.open_measure.connect(self.open_measure)
            return meetings
        if key == BACKUPS:
            from gui.pages.archive.backup_panel import BackupPanel

            backups = BackupPanel(self.context, self.stack)
            backups.backed_up.connect(self.backed_up)
            backups.restore_asked.connect(self.restore_asked)
            return backups
        from gui.pages.archive.settings_panel import SettingsPanel

        settings = SettingsPanel(self.context, self.stack)
        settings.display_changed.connect(self.display_changed)
        return settings

    def flush(self) -> bool:
        """What was typed is saved; False when a meeting cannot be saved as it stands."""
        if not self.context.has_store:
            return True
        self._flush_settings()
        meetings = self.parts.get(MEETINGS)
        if meetings is None:
            return True
        from gui.pages.archive.meeting_panel import MeetingPanel

        assert isinstance(meetings, MeetingPanel)
        return meetings.flush()

    def _flush_settings(self) -> None:
        settings = self.parts.get(SETTINGS)
        if settings is not None:
            from gui.pages.archive.settings_panel import SettingsPanel

            assert isinstance(settings, SettingsPanel)
            settings.flush()

    def tell(self, text: str) -> None:
        """Say something that has just happened."""
        self.bar.set_items([(text, "", "")])

    def show_evidence(self, evidence_id: int) -> None:
        """The meeting whose minutes a file is."""
        from core.office import meetings
        from gui.pages.archive.meeting_panel import MeetingPanel

        found = meetings.meeting_of_minutes(self.context.store, evidence_id)
        if found is None:
            return
        self.context.set_scope(plan_key=found[0])
        self.show_part(MEETINGS)
        panel = self.parts[MEETINGS]
        assert isinstance(panel, MeetingPanel)
        panel.show_meeting(found[1])

    def show_settings(self) -> None:
        """设置, at what documents still lack of the issuer."""
        from gui.pages.archive.settings_panel import SettingsPanel

        self.show_part(SETTINGS)
        settings = self.parts.get(SETTINGS)
        if isinstance(settings, SettingsPanel) and self.stack.currentWidget() is settings:
            settings.show_issuer()

    def take_keyboard(self) -> None:
        """Into the table of the journal."""
        journal = self.parts.get(JOURNAL)
        if isinstance(journal, JournalPanel) and self.stack.currentWidget() is journal:
            journal.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _find(self) -> None:
        journal = self.parts.get(JOURNAL)
        if isinstance(journal, JournalPanel) and self.stack.currentWidget() is journal:
            journal.focus_words()

    @Slot(object, bool)
    def _on_place(self, place: JournalPlace, wants_form: bool) -> None:
        self.context.set_scope(
            plan_key=place.plan_key, period_key=place.period_key if wants_form and place.period_key else None
        )
        if wants_form and place.obligation_id is not None:
            self.open_obligation.emit(place.obligation_id)
        else:
            self.open_measure.emit(place.measure_no)

    @Slot(object)
    def _on_exported(self, made: JournalFile) -> None:
        self.bar.show_file(made.path, f"{made.lines} 条")
