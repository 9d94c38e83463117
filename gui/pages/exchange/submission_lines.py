"""What was made for the superior before, as lines of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.pages.exchange.line_model import LineColumn

if TYPE_CHECKING:
    from core.office.submit import SubmissionRow

SENT = "上报"


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A package; ``unit`` tells the lines apart, as the table wants it."""

    row: SubmissionRow

    @property
    def unit(self) -> str:
        """The number of the package."""
        return str(self.row.id)


def _made(line: SubmissionLine) -> str:
    return line.row.made_at[:16].replace("T", " ")


def _sent(line: SubmissionLine) -> str:
    return f"{line.row.sent_on:%Y-%m-%d}" if line.row.sent_on else "登记上报"


def _sent_tip(line: SubmissionLine) -> str:
    return "点一下修改上报日期" if line.row.sent_on else "点一下登记哪天上报"


COLUMNS = (
    LineColumn("材料", lambda line: line.row.name, tip=lambda line: f"{line.row.name}\n回车查看留存的文件"),
    LineColumn("生成时间", _made, "2024-12-31 10:42", gives_way=2),
    LineColumn("截至", lambda line: line.row.as_of.isoformat(), "2024-12-31", gives_way=1),
    LineColumn("文件", lambda line: f"{len(line.row.files)} 个", "888 个", is_number=True),
    LineColumn(SENT, _sent, "2024-12-31", is_link=True, tip=_sent_tip),
)
