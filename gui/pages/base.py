"""What the window expects of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from core.model.edit import Edited
    from core.office.changes import Changes
    from gui.context import Context
    from gui.pages.filters import TableFilter


class Page(QWidget):
    """A page asks core.office, shows the answer and says by signal what it cannot do itself.

    It listens to the context: ``ledger_opened``, ``scope_changed`` and ``changed``. A page that is not on screen
    may wait with reloading until ``showEvent``.
    """

    open_measure = Signal(int)
    """Show a measure (its number) on 任务分解."""
    open_obligation = Signal(object)
    """Show the form of an obligation (its id) on 进展填报."""
    open_page = Signal(str)
    """Go to another page by its key."""
    import_asked = Signal()
    """Choose a document and import its plan."""
    paste_asked = Signal()
    """Import the plan that was copied from a page or a sheet."""
    new_asked = Signal()
    """Make another ledger, with a bundled plan or a blank one."""
    practice_asked = Signal()
    """Make or open the sample to practise on."""
    edit_asked = Signal(object)
    """Edit the plan, beginning at a measure (its number; None: at the first)."""
    open_unit = Signal(str)
    """Show what a unit is responsible for on 进展填报."""
    open_unit_part = Signal(str, str)
    """The same, only what is 逾期 or in a state (the word on the screen)."""
    open_register = Signal(str)
    """Show a unit in the register, on 单位."""
    open_group = Signal(str)
    """Show a collective on 单位."""
    open_document = Signal(str, str)
    """Show a document on 报告: the key of its kind, and a unit or an empty text."""
    open_settings = Signal()
    """Show what documents need to know of their issuer, in 档案."""
    show_filtered = Signal(object)
    """Show 任务分解 filtered; carries a gui.pages.filters.TableFilter."""
    show_reviews = Signal()
    """Show what waits for review on 进展填报."""

    display_changed = Signal()
    """Size or colours of the window were set: dress it anew."""
    backed_up = Signal()
    """A backup was made: the status line says when."""
    restore_asked = Signal(object)
    """Restore the ledger from a backup or package (its path; None: one is to be chosen)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def flush(self) -> bool:
        """Write what was typed and is not saved yet.

        False when it cannot be saved as it stands: the window then stays open and the page shows why.
        """
        return True

    def unfinished(self) -> str:
        """What the window would forget if it were closed now, in a sentence; empty where there is nothing."""
        return ""

    def tell(self, text: str) -> None:
        """Say something that has just happened, in the page's bar; the table page does."""

    def take_keyboard(self) -> None:
        """The window has just been opened: put the keyboard where the work is; the table page does."""

    def show_measure(self, no: int) -> None:
        """Bring a measure of the current plan into view; the table page does."""

    def take_edit(self, changes: Changes, edited: Edited) -> None:  # noqa: ARG002 - for the heirs
        """The plan was edited by hand: tell everybody; the table page keeps its measure open."""
        self.context.announce(changes)

    def show_obligation(self, obligation_id: int) -> None:
        """Bring the form of an obligation into view; the progress page does."""

    def show_unit(self, unit: str, part: str = "") -> None:
        """Show what one unit is responsible for, or a part of it."""

    def show_group(self, name: str) -> None:
        """Show what a collective stands for; the page of units does."""

    def show_document(self, kind: str, unit: str | None = None) -> None:
        """Show a kind of document, of one unit where that can be asked for; the report page does."""

    def show_settings(self) -> None:
        """Show the settings of documents; the page 档案 does."""

    def show_table_filter(self, wanted: TableFilter) -> None:
        """Show the measures that are asked for; the table page does."""

    def show_pending(self) -> None:
        """Show what waits for review; the progress page does."""

    def show_evidence(self, evidence_id: int) -> None:
        """Bring a piece of evidence into view; the progress page does."""
