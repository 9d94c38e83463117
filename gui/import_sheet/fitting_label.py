"""A note that says less where there is less room, so that no word is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.elided import ElidedLabel


class FittingLabel(ElidedLabel):
    """Shows the first of its wordings that fits; the fullest one is its tooltip and its accessible name."""

    def __init__(self, role: str, parent: QWidget) -> None:
        super().__init__("", role, parent)
        self._wordings: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_wordings(self, wordings: Sequence[str]) -> None:
        """The wordings, from the fullest to the shortest."""
        self._wordings = tuple(dict.fromkeys(wordings)) or ("",)
        self.setText(self._wordings[0])
        self.setAccessibleName(self._wordings[0])
        self._tell()
        self.updateGeometry()
        self.update()

    @property
    def shown(self) -> str:
        """The wording for the width there is."""
        metrics = QFontMetrics(self.font())
        fitting = (words for words in self._wordings if metrics.horizontalAdvance(words) <= self.width())
        return next(fitting, self._wordings[-1])

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._wordings[0]) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.shown, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _tell(self) -> None:
        self.setToolTip("" if self.shown == self._wordings[0] else self._wordings[0])
