"""另一处: where copies of the backups go beside the ledger's own disk, with a light for how old the newest is."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import settings as settings_file
from core.model.ledger import Light
from core.office import second_place
from core.office.second_place import SecondPlace
from gui import messages
from gui.messages import Action
from gui.pages.progress.parts import Card
from gui.widgets import button, labels
from gui.widgets.elided import ElidedLabel
from gui.widgets.pill import Pill, PillKind

if TYPE_CHECKING:
    from pathlib import Path

    from gui.context import Context

_PAD = 16
_PILLS = {
    Light.NORMAL: ("正常", PillKind.DONE),
    Light.DUE_SOON: ("该更新了", PillKind.DUE_SOON),
    Light.OVERDUE: ("太久了", PillKind.OVERDUE),
}


class SecondPlaceCard(Card):
    """``changed``: the place is another, or what lies there; ``copy_asked``: make a backup and bring it there now."""

    changed = Signal()
    copy_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_PAD, 12, _PAD, 12)
        outer.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.choose = button.secondary("选择文件夹", "folder-open", self)
        self.choose.setToolTip("U 盘、移动硬盘或共享文件夹；每次备份后，把新的备份和佐证材料也复制一份过去")
        self.copy = button.secondary("现在复制", "copy", self)
        self.give_up = button.ghost("不再复制", "", self)
        self.light = Pill("", PillKind.PLAIN, self)
        line.addWidget(labels.label("另一处", "head", self))
        line.addWidget(self.light)
        line.addStretch(1)
        for one in (self.give_up, self.choose, self.copy):
            line.addWidget(one)
        outer.addLayout(line)
        self.where = ElidedLabel("", "", self)
        self.words = labels.label("", "second", self)
        self.words.setWordWrap(True)
        outer.addWidget(self.where)
        outer.addWidget(self.words)
        self.choose.clicked.connect(self._on_choose)
        self.copy.clicked.connect(self.copy_asked)
        self.give_up.clicked.connect(self._on_give_up)
        self.reload()

    @property
    def place(self) -> SecondPlace | None:
        """That of the open ledger."""
        context = self._context
        return second_place.place_of(context.settings, context.store.path) if context.has_store else None

    @Slot()
    def reload(self) -> None:
        """Show the place and its light; nothing is asked of the disk."""
        place, context = self.place, self._context
        light, said = second_place.light_of(place, datetime.now().astimezone())
        if place is None or light is None:
            self.light.set_pill("没有设置", PillKind.INCOMPLETE)
        else:
            words, kind = _PILLS[light]
            self.light.set_pill(words if place.at is not None else "还没有", kind)
        self.where.setText(str(place.folder) if place is not None else "")
        self.where.setVisible(place is not None)
        self.words.setText(f"{said}。")
        self.choose.setText("换文件夹" if place is not None else "选择文件夹")
        self.choose.setEnabled(context.has_store)
        self.copy.setVisible(place is not None)
        self.copy.setEnabled(not context.read_only)
        self.give_up.setVisible(place is not None)

    def take(self, ledger: Path, place: SecondPlace | None) -> None:
        """Remember a place, or what came of a copy."""
        second_place.remember(self._context.settings, ledger, place)
        settings_file.save(self._context.settings)
        self.reload()
        self.changed.emit()

    @Slot()
    def _on_choose(self) -> None:
        path = self._context.store.path
        place = self.place
        start = place.folder if place is not None else path.parent
        messages.choose_folder(self, "备份的另一处", start, partial(self._chosen, path))

    def _chosen(self, ledger: Path, folder: Path) -> None:
        if second_place.is_same_disk(ledger, folder):
            messages.ask(
                self,
                "备份的另一处",
                "硬盘坏了，两处会一起丢失。最好选 U 盘、移动硬盘或共享文件夹。",
                [
                    Action("仍用这里", partial(self._begin, ledger, folder)),
                    Action("重新选择", self._on_choose, "folder-open", is_primary=True, is_escape=True),
                ],
                headline="这个文件夹和台账在同一块盘上",
                facts=[("文件夹", str(folder))],
            )
            return
        self._begin(ledger, folder)

    def _begin(self, ledger: Path, folder: Path) -> None:
        self.take(ledger, SecondPlace(folder))
        if not self._context.read_only:
            self.copy_asked.emit()

    @Slot()
    def _on_give_up(self) -> None:
        self.take(self._context.store.path, None)
        self.choose.setFocus()
