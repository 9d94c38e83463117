"""What stands in the table's place when there is nothing to show: what to do next."""

from __future__ import annotations

from collections.abc import Callable

from gui.widgets import button
from gui.widgets.empty_state import EmptyState


def not_there() -> EmptyState:
    """The rows could not be read; a message has said why."""
    return EmptyState("table", "没有读出任务分解", "请按提示处理后重新打开这个台账。")


def reading() -> EmptyState:
    """A large plan takes a moment; the status line shows how far it is."""
    return EmptyState("table", "正在读取任务分解", "措施和责任事项较多，读完后显示在这里。")


def not_read(on_again: Callable[[], None]) -> EmptyState:
    """取消 was pressed."""
    again = button.secondary("重新读取", "arrow-clockwise")
    again.clicked.connect(on_again)
    return EmptyState("table", "没有读完任务分解", "已按取消停下，重新读取后显示全部措施。", [again])


def nothing_found(on_clear: Callable[[], None], on_edit: Callable[[], None] | None, *, is_filtered: bool) -> EmptyState:
    """No measure passes the filters; or the plan has none at all."""
    if not is_filtered:
        if on_edit is None:
            return EmptyState("table", "方案里没有具体措施", "这份方案还没有可以跟踪的措施。")
        edit = button.primary("修改方案", "pencil-simple")
        edit.clicked.connect(on_edit)
        return EmptyState("table", "方案里没有具体措施", "点“修改方案”，逐项录入措施、分工和时限。", [edit])
    clear = button.secondary("清除筛选", "funnel")
    clear.clicked.connect(on_clear)
    return EmptyState("funnel", "没有符合条件的措施", "换一个条件，或者清除筛选再看全部措施。", [clear])
