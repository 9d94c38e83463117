"""What of a document goes into one copy of an office's own Word file."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.publish.description import TableDocument
from core.publish.layout import Layout
from core.publish.text_document import Block, Paragraph, Role, Signature, TextPart, TextTable
from core.publish.text_layout import LaidDocument, LaidText


@dataclass(slots=True)
class Copy:
    """What goes into one copy of the template: one letter, or a whole report; with its annexes, tables or texts."""

    part: TextPart
    made: LaidText
    annexes: list[Layout | tuple[TextPart, LaidText]] = field(default_factory=list)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Those of its text."""
        return self.part.blocks

    def first(self, role: Role) -> str:
        """The text of the first paragraph of a role, empty where there is none."""
        return next((one.text for one in self.blocks if isinstance(one, Paragraph) and one.role is role), "")

    @property
    def signature(self) -> Signature:
        """Name and date."""
        return next((one for one in self.blocks if isinstance(one, Signature)), Signature("", ""))

    @property
    def number(self) -> str:
        """文号, at the head or under the title."""
        part = self.part
        head = part.letterhead or part.red_head
        return head.number if head else self.first(Role.NUMBER_UNDER)

    @property
    def form_number(self) -> str:
        """编号 of a form, which shows it itself."""
        rows = [row for one in self.blocks if isinstance(one, TextTable) for row in one.rows if len(row) > 1]
        return next((row[1].text for row in rows if row[0].text == "编号"), "")


def copies_of(laid: LaidDocument) -> list[Copy]:
    """The copies that a document needs: one for each part that restarts."""
    found: list[Copy] = []
    for part, made in zip(laid.document.parts, laid.parts, strict=True):
        if isinstance(part, TextPart) and isinstance(made, LaidText):
            if not part.blocks:
                continue  # a 版记 on a page of its own: the template has its place
            if not found or part.restarts:
                found.append(Copy(part, made))
            else:
                found[-1].annexes.append((part, made))
        elif isinstance(part, TableDocument) and isinstance(made, Layout) and found:
            found[-1].annexes.append(made)
    return found
