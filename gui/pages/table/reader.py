"""What the table reads: the board made ready, and what waits to be completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.office import board as office
from gui.pages.table.rows import TableRows, prepare

if TYPE_CHECKING:
    from core.office.board import Todo
    from core.office.files import Store
    from gui.plan_reader import Scope

LABEL = "正在读取任务分解"
Reading = tuple[TableRows, "tuple[Todo, ...]"]


def read_table(store: Store, scope: Scope) -> Reading:
    """The rows for a scope.

    Raises NotFoundError for an unknown plan.
    """
    plan_key, _, as_of = scope
    found = office.board(store, plan_key, as_of)
    return prepare(found), found.todo
