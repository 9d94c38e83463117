"""Ctrl+F1: every key of the window on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QStyle, QVBoxLayout, QWidget

from gui import theme
from gui.pages import PageEntry
from gui.widgets import button, labels
from gui.widgets.paint import key_tag
from gui.widgets.reading_area import ReadingArea

Keys = tuple[tuple[str, str], ...]
_COMPARING = "对照上级、新版本"
GROUPS: tuple[tuple[str, Keys], ...] = (
    (
        "文件",
        (
            ("新建台账", "Ctrl+N"),
            ("打开台账", "Ctrl+O"),
            ("导入方案", "Ctrl+I"),
            ("粘贴导入", "Ctrl+Shift+I"),
            ("移动台账文件", "Ctrl+Shift+M"),
            ("从备份或移交包恢复", "Ctrl+Shift+U"),
            ("打开所在文件夹", "Ctrl+Shift+O"),
            ("示例台账（练习）", "Ctrl+Shift+L"),
            ("文件菜单", "Alt+F"),
            ("退出", "Ctrl+Q"),
        ),
    ),
    (
        "窗口",
        (
            ("搜索", "Ctrl+K"),
            ("撤销、重做", "Ctrl+Z  Ctrl+Y"),
            ("高对比度", "Ctrl+Shift+H"),
            ("下一个、上一个控件", "Tab  Shift+Tab"),
            ("列表、导航、顶栏", "F6"),
            ("表格：筛选、排序一列", "Alt+↓"),
            ("表格：全选、复制", "Ctrl+A  Ctrl+C"),
            ("关闭抽屉、菜单", "Esc"),
            ("使用手册、本表", "F1  Ctrl+F1"),
        ),
    ),
    (
        "任务分解",
        (
            ("打开措施", "Enter"),
            ("填报", "F2"),
            ("修改方案", "Ctrl+Shift+E"),
            ("调整时限", "Ctrl+Shift+D"),
            ("打印预览", "Ctrl+P"),
            ("导出", "Ctrl+E"),
            ("打印当前列表", "Ctrl+Shift+P"),
            ("复制所选", "Ctrl+C"),
        ),
    ),
    ("首页", (("打开所在的行", "Enter"), ("打印本周到期", "Ctrl+P"))),
    (
        "导入、修改方案",
        (
            ("上一处、下一处问题", "F7  F8"),
            ("修改一格", "F2"),
            ("增加、删除一项", "Insert  Delete"),
            ("拆成两项", "Ctrl+Shift+Enter"),
            ("复制所选、粘贴各格", "Ctrl+C  Ctrl+V"),
            ("与下一项合并", "Ctrl+M"),
            ("上移、下移", "Alt+↑  Alt+↓"),
            ("撤销、重做", "Ctrl+Z  Ctrl+Y"),
            ("另起部分、任务（修改时）", "Ctrl+Shift+B  R"),
            ("确认导入、保存修改", "Ctrl+Enter"),
        ),
    ),
    (
        _COMPARING,
        (
            ("采纳、确认一项", "Enter"),
            ("不采纳、不是同一项", "Delete"),
            ("采纳本项全部建议，到下一项", "Ctrl+Enter"),
            ("确认全部新旧对应", "Ctrl+Shift+Enter"),
            ("上一项、下一项", "F7  F8"),
        ),
    ),
    (
        "进展填报",
        (
            ("上一项、下一项", "F7  F8"),
            ("上一个、下一个单位或措施", "Ctrl+PgUp  PgDn"),
            ("保存", "Ctrl+S"),
            ("保存，到下一项", "Ctrl+Enter"),
            ("选状态", "Ctrl+1 … 5"),
            ("沿用上期文字", "Ctrl+D"),
            ("通过、退回", "F9  Shift+F9"),
            ("同时填报多个单位", "Ctrl+M"),
            ("列表、表单、佐证", "F6"),
            ("多选一行", "Ctrl+↑↓  空格"),
            ("粘贴截图作佐证", "Ctrl+V"),
        ),
    ),
    (
        "下发回收",
        (
            ("到第几步", "Ctrl+1 … 5"),
            ("选中单位、接受一处", "空格"),
            ("签收、催办、去核对", "Enter"),
            ("下一份待核对", "F8"),
            ("全部接受", "Ctrl+A"),
            ("接受所选", "Ctrl+Enter"),
            ("改正、退回此行", "F2  Delete"),
        ),
    ),
    (
        "报告",
        (
            ("打印", "Ctrl+P"),
            ("导出 PDF", "Ctrl+E"),
            ("出具、发文登记", "Ctrl+Shift+S  F8"),
            ("缩略图、数字来源", "F4  F7"),
            ("文种、选项、页面、数字", "F6"),
            ("重新排版", "F5"),
        ),
    ),
    (
        "单位",
        (
            ("搜索单位", "Ctrl+F"),
            ("改名", "F2"),
            ("移出集合", "Delete"),
            ("复制所选、粘贴名册", "Ctrl+C  Ctrl+V"),
        ),
    ),
    (
        "档案",
        (
            ("搜索日志", "Ctrl+F"),
            ("复制所选", "Ctrl+C"),
            ("到所在的填报或措施", "Enter"),
            ("保存会议", "Ctrl+S"),
            ("修改、撤回议定事项", "Enter  Delete"),
        ),
    ),
)

_COLUMNS = 4
"""At most."""
_MARGINS, _RING = 112, 4
"""Of the sheet on its screen, of what is scrolled."""


class _KeyTag(QWidget):
    """A key in its frame."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme.font(12)).horizontalAdvance(self._key) + 12, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        painter.setFont(theme.font(12))
        key_tag(painter, self.rect(), self._key, ink=tokens.second_text, border=tokens.strong_line)
        painter.end()


class ShortcutSheet(QDialog):
    """Opened by Ctrl+F1 and from the manual, closed by Esc."""

    def __init__(self, pages: Sequence[PageEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("快捷键")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        room = self.screen().availableGeometry()
        body = self._body(pages, room.width() - _MARGINS)
        outer.addWidget(ReadingArea(body, "快捷键", self), 1)
        close = button.primary("关闭", parent=self)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        outer.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) + _RING
        high = body.sizeHint().height() + 36 + 40 + close.sizeHint().height()
        self.resize(body.sizeHint().width() + 48 + bar, min(high, room.height() - 64))

    def _body(self, pages: Sequence[PageEntry], room: int) -> QWidget:
        """The groups in as many columns as fit into ``room`` pixels; what is too long is scrolled."""
        by_title = {page.title for page in pages}
        walk = tuple((page.title, f"Alt+{number}") for number, page in enumerate(pages, start=1))
        groups = [
            (title, walk + keys if title == "窗口" else keys)
            for title, keys in GROUPS
            if title in {"文件", "窗口", "导入、修改方案", _COMPARING} or title in by_title
        ]
        for count in range(_COLUMNS, 1, -1):
            body = self._columns(_parted(groups, count))
            if body.sizeHint().width() <= room:
                return body
            body.deleteLater()
        return self._columns([groups])

    def _columns(self, parts: Sequence[Sequence[tuple[str, Keys]]]) -> QWidget:
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(32)
        for index, part in enumerate(parts):
            if index:
                columns.addWidget(labels.rule(body, vertical=True))
            column = QVBoxLayout()
            column.setSpacing(16)
            for title, keys in part:
                column.addLayout(self._group(title, keys, body))
            column.addStretch(1)
            columns.addLayout(column)
        return body

    def _group(self, title: str, keys: Keys, body: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, theme.px(140))
        grid.setColumnStretch(0, 1)
        grid.addWidget(labels.label(title, "strong", body), 0, 0, 1, 2)
        for row, (what, key) in enumerate(keys, start=1):
            grid.addWidget(labels.label(what, parent=body), row, 0)
            grid.addWidget(_KeyTag(key, body), row, 1, Qt.AlignmentFlag.AlignRight)
        return grid


def _parted(groups: Sequence[tuple[str, Keys]], columns: int) -> list[Sequence[tuple[str, Keys]]]:
    """The groups in columns, in their order, so that the tallest column is as low as can be."""
    columns = min(columns, len(groups))
    cuts = [(0, *cut, len(groups)) for cut in combinations(range(1, len(groups)), columns - 1)]
    ways = [[groups[start:end] for start, end in pairwise(cut)] for cut in cuts]
    return min(ways, key=lambda way: max(sum(len(keys) + 2 for _, keys in part) for part in way))
