"""发文登记 as lines of a table, and a document that left the office in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.pages.exchange.line_model import LineColumn

if TYPE_CHECKING:
    from core.model.issued import Issued

SIGNED = "签收"
_LETTERS = ("催办", "提示", "商请")
_BASE = re.compile(r"(?:（[^）]*）)?[^（]*")
"""What a plan's title begins with, up to its years in brackets; brackets may stand before it too."""
_FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """A line of the register; ``unit`` tells the lines apart, as the table wants it."""

    row: Issued
    title: str

    @property
    def unit(self) -> str:
        """The number of the line."""
        return str(self.row.id)


def short_title(row: Issued, plan_title: str) -> str:
    """The title without that of its plan, and of a letter its unit first: what tells one from the other."""
    base = _BASE.match(plan_title.replace("\n", ""))
    rest = row.title.removeprefix(base[0] if base else "")
    if rest.startswith("（") and "）" in rest:
        rest = rest.partition("）")[2]
    rest = rest or row.title
    if not row.unit:
        return rest
    word = next((word for word in _LETTERS if row.title.startswith(f"关于{word}")), "")
    return f"{row.unit}：{word}函" if word else f"{row.unit}：{row.kind.title}"


def recipient(row: Issued) -> str:
    """主送; what the text left open is none."""
    return "" if row.recipient.startswith("【") else row.recipient


def formats(row: Issued) -> str:
    """What was kept: Word、PDF."""
    return "、".join(dict.fromkeys(format_word(file.name) for file in row.files))


def format_word(name: str) -> str:
    """What a kind of file is called: Word, PDF."""
    ending = name.rpartition(".")[2].lower()
    return _FORMATS.get(ending, ending.upper())


def named(row: Issued) -> str:
    """文号 and title."""
    return f"{row.number} {row.title}" if row.number else row.title


def note(row: Issued) -> str:
    """Date and what was kept, below the title."""
    said = "，已作废" if row.withdrawn_on else ""
    return f"{row.issued_on}，{formats(row)}{said}"


def signed(row: Issued) -> str:
    """签收 in words: the day, 作废, or the link to note it; only letters to a unit have to be signed for."""
    if row.withdrawn_on:
        return "已作废"
    if row.signed_on:
        return f"{row.signed_on}"
    return "登记签收" if row.awaits_signature else "可登记签收"


def signed_words(row: Issued) -> str:
    """签收 with the day and the name."""
    if row.signed_on is None:
        return "没有登记"
    return f"{row.signed_on}，{row.signed_by}" if row.signed_by else str(row.signed_on)


def _signed_tip(line: IssuedLine) -> str:
    row = line.row
    if row.withdrawn_on:
        return f"{row.withdrawn_on} 作废：{row.note.removeprefix('作废：')}"
    if row.signed_on:
        return f"{row.signed_by or '签收人未登记'}，点一下修改"
    if row.awaits_signature:
        return "发给单位的函，应当签收：点一下登记谁在哪天签收"
    return "不是发给单位的函，不要求签收；收到了回执，可以点一下登记"


COLUMNS = (
    LineColumn("标题", lambda line: line.title, tip=lambda line: f"{line.row.title}\n回车打开留存的文件"),
    LineColumn("文号", lambda line: line.row.number, "古司函〔2025〕123号", gives_way=1),
    LineColumn("主送", lambda line: recipient(line.row), "应急管理局", gives_way=2),
    LineColumn("发文日期", lambda line: str(line.row.issued_on), "2024-12-31"),
    LineColumn(SIGNED, lambda line: signed(line.row), "2024-12-31", is_link=True, tip=_signed_tip),
)
