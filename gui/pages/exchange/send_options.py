"""How the sheets are made: one file each, in a folder or zipped; only what changed; with mail drafts; where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.office.dispatch import ASIDE_FOLDER, MAIL_FOLDER, PASTE_FOLDER, Packing
from gui import messages, theme
from gui.widgets import button, labels
from gui.widgets.check import CheckBox, RadioButton
from gui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKINGS = (
    (Packing.FILES, "一个文件"),
    (Packing.FOLDERS, "一个文件夹"),
    (Packing.ZIPS, "一个压缩包"),
)


class SendOptions(QWidget):
    """``changed`` tells that another way was chosen."""

    changed = Signal()
    open_group = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self._is_folder_chosen = False
        self._group = ""
        self._build()
        self.only_changed.toggled.connect(self.changed)
        self.choose.clicked.connect(self._on_choose)
        self.complete.clicked.connect(self._on_complete)

    def _build(self) -> None:
        area = QScrollArea(self)
        inner = QWidget(area.viewport())
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(labels.label("每单位", "strong", inner))
        self.packing = QButtonGroup(self)
        for at, (_, text) in enumerate(_PACKINGS):
            radio = RadioButton(text, inner)
            self.packing.addButton(radio, at)
            column.addWidget(radio)
        self.packing.button(0).setChecked(True)
        column.addSpacing(8)
        self.only_changed = CheckBox("只生成有改动的", inner)
        self.only_changed.setToolTip("与上次下发相同的不再生成")
        self.with_drafts = CheckBox("同时写邮件草稿", inner)
        drafts = f"草稿放在“{MAIL_FOLDER}”，微信和网页邮箱用的文字放在“{PASTE_FOLDER}”，不会自动发送。"
        for widget in (self.only_changed, self.with_drafts, _note(drafts, inner)):
            column.addWidget(widget)
        column.addSpacing(8)
        self._build_folder(column, inner)
        column.addSpacing(8)
        self._build_without(column, inner)
        column.addStretch(1)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the field the keyboard is in
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _build_folder(self, column: QVBoxLayout, inner: QWidget) -> None:
        self.choose = button.secondary("选择", "folder-open", inner, is_small=True)
        self.choose.setAccessibleName("选择存放填报表的文件夹")
        head = QHBoxLayout()
        head.addWidget(labels.label("存放位置", "strong", inner))
        head.addStretch(1)
        head.addWidget(self.choose)
        self.where = ElidedLabel("", "", inner)
        aside = f"文件夹里同名的、不是本程序生成的文件，会移到“{ASIDE_FOLDER}”，不会丢失。"
        column.addLayout(head)
        column.addWidget(self.where)
        column.addWidget(_note(aside, inner))

    def _build_without(self, column: QVBoxLayout, inner: QWidget) -> None:
        self.without_head = labels.label("不下发", "strong", inner)
        self.without = _note("", inner)
        self.complete = button.link("补全名单", inner)
        self.complete.setToolTip("到“单位”页写明这个集合指哪些单位")
        row = QHBoxLayout()
        row.addWidget(self.complete)
        row.addStretch(1)
        for widget in (self.without_head, self.without):
            column.addWidget(widget)
        column.addLayout(row)

    def show_without(self, without: Sequence[tuple[str, str]], groups: Sequence[str]) -> None:
        """Who gets no sheet and why; ``groups``: those of them that are collectives to be completed."""
        whys: dict[str, list[str]] = {}
        for unit, why in without:
            whys.setdefault(why, []).append(unit)
        self.without.setText("\n".join(f"{'、'.join(units)}：{why}" for why, units in whys.items()))
        self.without_head.setText(f"不下发 {len(without)} 个")
        for widget in (self.without_head, self.without):
            widget.setVisible(bool(without))
        self._group = groups[0] if groups else ""
        self.complete.setVisible(bool(groups))

    def propose(self, folder: Path) -> None:
        """A folder as long as the clerk has chosen none."""
        if not self._is_folder_chosen:
            self._show_folder(folder)

    def use(self, folder: Path) -> None:
        """The clerk chose a folder."""
        self._is_folder_chosen = True
        self._show_folder(folder)

    def forget(self) -> None:
        """Another ledger: its own folder is proposed again."""
        self._is_folder_chosen = False

    def chosen_packing(self) -> Packing:
        """How the workbooks lie in the folder."""
        return _PACKINGS[self.packing.checkedId()][0]

    def _show_folder(self, folder: Path) -> None:
        self.folder = folder
        self.where.setText(folder.name)
        self.where.setToolTip(str(folder))

    @Slot()
    def _on_choose(self) -> None:
        start = self.folder or Path.home()
        while not start.is_dir() and start != start.parent:
            start = start.parent
        messages.choose_folder(self, "选择存放填报表的文件夹", start, self.use)

    @Slot()
    def _on_complete(self) -> None:
        self.open_group.emit(self._group)


def _note(text: str, parent: QWidget) -> QLabel:
    made = labels.label(text, "note", parent)
    made.setWordWrap(True)
    made.setMinimumWidth(theme.px(120))
    return made
