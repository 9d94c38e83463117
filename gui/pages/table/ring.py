"""The frame of the row the keyboard is on: it leaves out merged cells, which belong to other rows too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

if TYPE_CHECKING:
    from gui.pages.table.view import TableView

FRAME = 2


def own_boxes(view: TableView, line: int) -> list[QRect]:
    """The parts of a line that no merged cell interrupts, from 具体措施 on while cells merge."""
    boxes: list[QRect] = []
    joined = False
    for column in range(view.cell_delegate.first_own_column(), view.table_model.columnCount()):
        if view.is_merged(line, column):
            joined = False
            continue
        box = view.visualRect(view.table_model.index(line, column))
        if joined:
            boxes[-1] = boxes[-1].united(box)
        else:
            boxes.append(box)
        joined = True
    return boxes


def frame(box: QRect) -> list[QRect]:
    """Four sides of an inset frame, 2 px; the row's own line stays outside."""
    box = box.adjusted(0, 0, -1, -1)
    return [
        QRect(box.left(), box.top(), box.width(), FRAME),
        QRect(box.left(), box.bottom() - FRAME + 1, box.width(), FRAME),
        QRect(box.left(), box.top(), FRAME, box.height()),
        QRect(box.right() - FRAME + 1, box.top(), FRAME, box.height()),
    ]
