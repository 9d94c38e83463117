"""What the list of step 3 shows of each unit, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.office.return_lines import Came
from gui.pages.exchange.line_model import LineColumn
from gui.widgets.pill import PillKind

if TYPE_CHECKING:
    from core.office.return_lines import ReturnLine

REMINDED = "催办"
STAMP = "盖章扫描件"
_PILLS = {
    Came.TROUBLE: PillKind.INCOMPLETE,
    Came.REFUSED: PillKind.INCOMPLETE,
    Came.SENT_BACK: PillKind.INCOMPLETE,
    Came.WAITING: PillKind.VERIFY,
    Came.RETURNED: PillKind.PLAIN,
}


def _came(line: ReturnLine) -> str:
    return f"有问题 {line.problems} 处" if line.came is Came.TROUBLE and line.problems else line.came.value


def _came_tip(line: ReturnLine) -> str:
    if line.came is Came.TROUBLE:
        return "填报表里有没能写入的内容，请到“核对”处理"
    if line.came is Came.REFUSED:
        return "收到的文件没有能用的内容，要请单位重报"
    if line.came is Came.SENT_BACK:
        return "已整份退回，等单位重报"
    if line.came is Came.WAITING:
        return "已经读入，还没有核对写入"
    if line.came is Came.RETURNED:
        return "没有收到填报表，但各项已通过其他途径填报" if line.by_other_ways else "已核对写入"
    return "还没有收到"


def _day(line: ReturnLine) -> str:
    if line.came_on is None:
        return ""
    late = f"，迟 {line.days_late} 天" if line.days_late else ""
    return f"{line.came_on:%m-%d}{late}"


def _day_tip(line: ReturnLine) -> str:
    if line.came_on is None:
        return "还没有收到"
    return f"{line.came_on}收到" + (f"，比截止日期晚 {line.days_late} 天" if line.days_late else "，在截止日期前")


def _stamp(line: ReturnLine) -> str:
    if line.has_stamp:
        return "有"
    return "登记收到" if line.is_back else ""


def _stamp_tip(line: ReturnLine) -> str:
    if line.has_stamp:
        return "、".join(file.name for file in line.files if file.is_scan)
    return "选择盖章扫描件的文件，登记收到" if line.is_back else "填报表还没有收到"


def reminded(line: ReturnLine) -> str:
    """How often a unit was reminded and when last; how to remind one that has not returned."""
    if line.reminders:
        return f"{len(line.reminders)} 次，{line.reminders[0].at:%m-%d}"
    return "" if line.is_back else "催办"


COLUMNS = (
    LineColumn("单位", lambda line: line.unit),
    LineColumn("回收", _came, "有问题 10 处", pill=lambda line: _PILLS.get(line.came), tip=_came_tip),
    LineColumn("收到日期", _day, "12-31，迟 100 天", tip=_day_tip),
    LineColumn(STAMP, _stamp, "盖章扫描件", is_link=True, tip=_stamp_tip, gives_way=1),
    LineColumn(
        "已报",
        lambda line: f"{line.returned}/{line.expected}",
        "100/100",
        is_number=True,
        tip=lambda line: f"应报 {line.expected} 个责任事项，台账里已有 {line.returned} 个",
        gives_way=2,
    ),
    LineColumn(REMINDED, reminded, "10 次，12-31", is_link=True),
)
RETURNED_AT = 4
"""Where 已报 stands."""
