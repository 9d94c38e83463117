"""The kinds of official documents (文种), in the order of the page 报告; the value is the word of the command line."""

from __future__ import annotations

from enum import Enum


class DocumentKind(Enum):
    """文种."""

    TABLE = "table"
    PROGRESS = "progress"
    REPORT = "report"
    MIDTERM = "midterm"
    FINAL = "final"
    CIRCULAR = "circular"
    REMINDER = "reminder"
    NOTICE = "notice"
    CATALOGUE = "catalogue"
    LEDGER = "ledger"

    @property
    def title(self) -> str:
        """The word on the screen."""
        return _TITLES[self]


_TITLES = {
    DocumentKind.TABLE: "任务分解表",
    DocumentKind.PROGRESS: "任务落实情况统计表",
    DocumentKind.REPORT: "进展情况报告",
    DocumentKind.MIDTERM: "中期评估报告",
    DocumentKind.FINAL: "终期评估报告",
    DocumentKind.CIRCULAR: "通报",
    DocumentKind.REMINDER: "催办函、提示函",
    DocumentKind.NOTICE: "督办通知单",
    DocumentKind.CATALOGUE: "佐证材料目录",
    DocumentKind.LEDGER: "单位工作台账",
}
