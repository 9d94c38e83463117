"""What the list of step 2 shows of each unit, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.office.dispatch import Sending
from gui.pages.exchange.line_model import LineColumn
from gui.widgets.pill import PillKind

if TYPE_CHECKING:
    from core.office.sendings import UnitSending

SIGNED = "签收"
WORDS = {Sending.NEW: "尚未下发", Sending.CHANGED: "有改动", Sending.SAME: "与上次相同"}
_PILLS = {Sending.NEW: PillKind.VERIFY, Sending.CHANGED: PillKind.INCOMPLETE, Sending.SAME: PillKind.PLAIN}
_TIPS = {
    Sending.NEW: "本期还没有向这个单位下发填报表",
    Sending.CHANGED: "上次下发后，责任事项、时限或已填内容有改动，再次生成时版本加一",
    Sending.SAME: "与上次下发的内容相同，不用再发",
}


def signed_words(line: UnitSending) -> str:
    """Who signed and when; how to say so; nothing where no sheet was given."""
    if line.last is None:
        return ""
    if line.last.signed_by is None and line.last.signed_on is None:
        return "登记签收"
    day = f"{line.last.signed_on:%m-%d}" if line.last.signed_on else ""
    return " ".join(part for part in (line.last.signed_by, day) if part)


def _given(line: UnitSending) -> str:
    return line.last.made_at[:10] if line.last is not None else ""


def _signed_tip(line: UnitSending) -> str:
    if line.last is None:
        return "还没有下发，不能签收"
    if line.last.signed_by is None and line.last.signed_on is None:
        return "登记谁在哪天签收了填报表"
    day = line.last.signed_on.isoformat() if line.last.signed_on else "没有日期"
    return f"{line.last.signed_by or '没有姓名'}，{day}，按下可以修改"


COLUMNS = (
    LineColumn("单位", lambda line: line.unit),
    LineColumn("项数", lambda line: str(line.rows), "项数", is_number=True, tip=lambda line: f"表中 {line.rows} 行"),
    LineColumn(
        "版本", lambda line: str(line.version), "版本", is_number=True, tip=lambda line: f"第 {line.version} 版"
    ),
    LineColumn(
        "内容",
        lambda line: WORDS[line.sending],
        "与上次相同",
        pill=lambda line: _PILLS[line.sending],
        tip=lambda line: _TIPS[line.sending],
    ),
    LineColumn("上次下发", _given, "2024-12-31", gives_way=2),
    LineColumn("联络员", lambda line: line.contact, "欧阳一二", gives_way=1, tip=lambda line: line.phone),
    LineColumn("电话", lambda line: line.phone, "13800000000", gives_way=3),
    LineColumn(SIGNED, signed_words, "欧阳一二 12-31", is_link=True, tip=_signed_tip),
)
