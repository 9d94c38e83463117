"""The right pane of 进展填报: the evidence of one form; files come by drop, button and paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QVBoxLayout, QWidget

from gui import theme
from gui.pages.progress.delegates import EvidenceDelegate
from gui.pages.progress.drop_zone import DropZone
from gui.pages.progress.evidence_model import EvidenceModel
from gui.pages.progress.list_views import SayingList
from gui.pages.progress.parts import Card, Note
from gui.pages.progress.thumbnails import Thumbnails, can_preview
from gui.widgets import button, labels
from gui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.evidence import EvidenceRow

WIDTH = 304
_REMOVE = "移除"
_TITLE = 11
"""Characters of a title that the undo bar has room for."""


class EvidencePanel(Card):
    """Shows evidence and asks for what is to be done with it."""

    choose_asked = Signal()
    preview_asked = Signal(object)
    open_asked = Signal(object)
    edit_asked = Signal(object)
    removal_asked = Signal(object)
    reuse_asked = Signal()
    replacement_asked = Signal(object)
    versions_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = EvidenceModel(self)
        self.thumbnails = Thumbnails(self)
        self._is_read_only = False
        self._build()
        self._connect()
        self._dress()

    def _build(self) -> None:
        self.count = labels.label("", "note", self)
        head = QHBoxLayout()
        head.setContentsMargins(15, 0, 11, 0)
        head.setSpacing(8)
        head.addWidget(labels.label("佐证材料", "head", self))
        head.addWidget(self.count)
        head.addStretch(1)
        self.reuse = button.ghost("选用已有", "folder-open", self, is_small=True)
        self.reuse.setToolTip("选用台账里已有的佐证材料，不必再存一份")
        head.addWidget(self.reuse)
        holder = QWidget(self)
        holder.setFixedHeight(theme.px(40))
        holder.setLayout(head)
        self.zone = DropZone(self)
        self.note = Note(self)
        self.note.hide()
        middle = QVBoxLayout()
        middle.setContentsMargins(11, 11, 11, 0)
        middle.setSpacing(8)
        middle.addWidget(self.zone)
        middle.addWidget(self.note)
        middle.addWidget(self._build_view(), 1)
        # Above the foot, not over it: a second click on 移除 must not hit 撤销.
        self.undo_bar = UndoBar(self)
        middle.addWidget(self.undo_bar)
        middle.addSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        layout.addWidget(holder)
        layout.addWidget(labels.rule(self))
        layout.addLayout(middle, 1)
        layout.addWidget(labels.rule(self))
        foot = self._build_foot()
        layout.addWidget(foot)
        whole = foot.minimumSizeHint().width() + 2
        self.remove.setText("")
        self.setMinimumWidth(foot.minimumSizeHint().width() + 2)
        self.setMaximumWidth(max(whole, theme.px(WIDTH)))
        self._whole = whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the bin alone says 移除."""
        super().resizeEvent(event)
        self.remove.setText(_REMOVE if self.width() >= self._whole else "")
        self.remove.updateGeometry()

    def _build_view(self) -> QListView:
        self.view = SayingList("paperclip", "本期还没有佐证材料", self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(EvidenceDelegate(self.thumbnails, self.view))
        self.view.setAccessibleName("佐证材料")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        return self.view

    def _build_foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setFixedHeight(theme.px(56))
        self.preview = button.secondary("预览", "eye", foot)
        self.open = button.secondary("打开", "arrow-square-out", foot)
        self.edit = button.icon_button("pencil-simple", "修改标题、文号、类别和日期（F2）", foot, is_small=False)
        self.remove = button.ghost(_REMOVE, "trash", foot)
        self.remove.setAccessibleName(_REMOVE)
        self.remove.setToolTip("从本事项移除；文件仍保存在台账里（Delete）")
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(9, 0, 7, 0)
        layout.setSpacing(6)
        layout.addWidget(self.preview)
        layout.addWidget(self.open)
        layout.addStretch(1)
        layout.addWidget(self.edit)
        layout.addWidget(self.remove)
        self._build_actions()
        return foot

    def _build_actions(self) -> None:
        """The same four by key and by right click, and what is done seldom."""
        self._actions: list[QAction] = []
        for text, key, asked in (
            ("预览", "Return", self._on_preview),
            ("打开", "Ctrl+Return", self._on_open),
            ("修改", "F2", self._on_edit),
            ("移除", "Delete", self._on_remove),
            ("替换为新版本", "Ctrl+R", self._on_replacement),
            ("历次版本", "", self._on_versions),
        ):
            action = QAction(text, self.view)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(asked)
            self.view.addAction(action)
            self._actions.append(action)

    def _connect(self) -> None:
        self.thumbnails.arrived.connect(self.view.viewport().update)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
        self.zone.choose.clicked.connect(self.choose_asked)
        self.reuse.clicked.connect(self.reuse_asked)
        self.preview.clicked.connect(self._on_preview)
        self.open.clicked.connect(self._on_open)
        self.edit.clicked.connect(self._on_edit)
        self.remove.clicked.connect(self._on_remove)

    # --- what is shown ---------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[EvidenceRow], *, refusal: str = "") -> None:
        """Show the evidence of a form; ``refusal`` says why nothing can be changed."""
        current = self.current()
        self.model.set_rows(rows)
        position = self.model.position(current.id) if current is not None else -1
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(max(position, 0)))
        self._is_read_only = bool(refusal)
        self.zone.set_refusal(refusal)
        self.reuse.setEnabled(not refusal)
        self.count.setText(f"{len(rows)} 件" if rows else "")
        self._dress()

    def say(self, text: str) -> None:
        """A sentence below the drop zone; empty takes it away."""
        self.note.say(text, glyph="info")
        self.note.setVisible(bool(text))

    def offer_undo(self, row: EvidenceRow) -> None:
        """Say that a file was removed, and that it can be brought back."""
        title = row.title if len(row.title) <= _TITLE else f"{row.title[: _TITLE - 1]}…"
        self.undo_bar.offer(f"已移除“{title}”")

    def select(self, evidence_id: int) -> None:
        """Make a card current and visible."""
        position = self.model.position(evidence_id)
        if position >= 0:
            self.view.setCurrentIndex(self.model.index(position))
            self.view.scrollTo(self.model.index(position))

    def current(self) -> EvidenceRow | None:
        """The evidence whose card is chosen."""
        return self.model.row_at(self.view.currentIndex())

    def close_thumbnails(self) -> None:
        """Wait for the drawing thread; before the window goes."""
        self.thumbnails.close()

    def sizeHint(self) -> QSize:
        """As wide as the look says."""
        return QSize(theme.px(WIDTH), theme.px(400))

    # --- inside ----------------------------------------------------------------------------------

    def _dress(self) -> None:
        row = self.current()
        is_there = row is not None and not row.missing
        self.preview.setEnabled(is_there and can_preview(row.name) if row is not None else False)
        self.open.setEnabled(is_there)
        self.edit.setEnabled(row is not None and not self._is_read_only)
        self.remove.setEnabled(row is not None and not self._is_read_only)
        buttons = (self.preview, self.open, self.edit, self.remove)
        for action, pressed in zip(self._actions[: len(buttons)], buttons, strict=True):
            action.setEnabled(pressed.isEnabled())
        replacement, versions = self._actions[len(buttons) :]
        replacement.setEnabled(row is not None and not self._is_read_only)
        versions.setEnabled(row is not None and row.replaces is not None)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._dress()

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        """The preview where there is one, else the program the file belongs to."""
        if self.preview.isEnabled():
            self._on_preview()
        elif self.open.isEnabled():
            self._on_open()

    @Slot(QPoint)
    def _on_menu_asked(self, position: QPoint) -> None:
        if not self.view.indexAt(position).isValid():
            return
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._actions)
        menu.popup(self.view.viewport().mapToGlobal(position))

    @Slot()
    def _on_preview(self) -> None:
        if self.current() is not None:
            self.preview_asked.emit(self.current())

    @Slot()
    def _on_replacement(self) -> None:
        if self.current() is not None:
            self.replacement_asked.emit(self.current())

    @Slot()
    def _on_versions(self) -> None:
        if self.current() is not None:
            self.versions_asked.emit(self.current())

    @Slot()
    def _on_open(self) -> None:
        if self.current() is not None:
            self.open_asked.emit(self.current())

    @Slot()
    def _on_edit(self) -> None:
        if self.current() is not None:
            self.edit_asked.emit(self.current())

    @Slot()
    def _on_remove(self) -> None:
        if self.current() is not None:
            self.removal_asked.emit(self.current())
