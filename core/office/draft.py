"""A text as it is being put together: its paragraphs, and what the ledger does not hold and must be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.model.issued import Figure
from core.office.asked import Made, file_name
from core.publish.table import printed
from core.publish.text_document import Blank, Block, Paragraph, Role, Signature, TextCell, TextDocument, TextTable
from core.publish.write_text import write_text

MARK = "【待补充："
"""How the place of something begins that the ledger does not hold."""
AT_ISSUE = {
    "发文顺序号": "发文顺序号（出具时编排）",
    "成文日期": "成文日期（出具时填写）",
    "印发日期": "印发日期（出具时填写）",
}
"""What a document gets only when it is issued, as its gap: its place is left open as on any draft, 〔2025〕　　号, 2025年　月　日."""
_NUMBERS = "一二三四五六七八九十"
_TEN = 10


class Draft:
    """Collects blocks and gaps; a gap stands in the text as 【待补充：…】 and in ``gaps`` as it is said there.

    ``figures``: the numbers of the text with their rows (``core.office.noted``).
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.blocks: list[Block] = []
        self.gaps: list[str] = []
        self.figures: list[Figure] = []
        self._first = self._second = 0

    def gap(self, what: str) -> str:
        """The mark for something that the ledger does not hold; told once."""
        if what not in self.gaps:
            self.gaps.append(what)
        return f"{MARK}{what}】"

    def open_date(self, what: str, year: int) -> str:
        """The place of a date that is given when the document is issued; ``what``: 成文日期 or 印发日期."""
        self.gap(AT_ISSUE[what])
        return f"{year}年　月　日"

    def known(self, text: str | None, what: str) -> str:
        """The text, or the mark where there is none."""
        return text or self.gap(what)

    def title(self, text: str) -> None:
        """The title of the document."""
        self.blocks.append(Paragraph(Role.TITLE, printed(text)))

    def addressee(self, text: str) -> None:
        """主送机关."""
        self.blocks.append(Paragraph(Role.ADDRESSEE, f"{printed(text)}："))

    def say(self, text: str, role: Role = Role.BODY) -> None:
        """A paragraph for each line of the text."""
        for line in printed(text).split("\n"):
            if line.strip():
                self.blocks.append(Paragraph(role, line.strip()))

    def head(self, text: str) -> None:
        """The next heading 一、"""
        self._first, self._second = self._first + 1, 0
        self.say(f"{chinese(self._first)}、{text}", Role.HEADING_1)

    def under(self, text: str) -> None:
        """The next heading （一） under the last 一、"""
        self._second += 1
        self.say(f"（{chinese(self._second)}）{text}", Role.HEADING_2)

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str | TextCell]]) -> None:
        """A small table, its first row the head."""
        cells = tuple(
            tuple(cell if isinstance(cell, TextCell) else TextCell(printed(cell)) for cell in row) for row in rows
        )
        self.blocks.append(TextTable(tuple(widths), cells))

    def annexes(self, titles: Sequence[str]) -> None:
        """附件说明, a line below the text (GB/T 9704-2012 §7.3.4); one annex has no number."""
        if not titles:
            return
        self.blocks.append(Blank())
        for place, title in enumerate(titles, start=1):
            name = printed(title) if len(titles) == 1 else f"{place}.{printed(title)}"
            role = Role.ANNEX_FIRST if place == 1 else Role.ANNEX_NEXT
            self.blocks.append(Paragraph(role, f"附件：{name}" if place == 1 else name))

    def sign(self, name: str, day: str, seal: str = "", *, is_stamped: bool = False) -> None:
        """Name and date below the text; ``seal``: whose seal stands for it (代章)."""
        self.blocks.append(Signature(printed(name), day, f"（{printed(seal)}代章）" if seal else "", is_stamped))


def made_of(draft: Draft, text: TextDocument, recipient: str) -> Made:
    """The document of a draft; its title names the file. ``recipient``: 主送 as it stands on the paper."""
    return Made(
        file_name(text.title),
        partial(write_text, text),
        tuple(draft.gaps),
        tuple(draft.figures),
        text.title,
        recipient,
        text=text,
    )


def chinese(number: int) -> str:
    """1 as 一, 11 as 十一, 21 as 二十一; below 100."""
    tens, rest = divmod(number, _TEN)
    if not tens:
        return _NUMBERS[rest - 1]
    head = "" if tens == 1 else _NUMBERS[tens - 1]
    return f"{head}十{_NUMBERS[rest - 1] if rest else ''}"
