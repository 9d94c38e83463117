"""The quick card: two A4 pages to lie beside the keyboard. `python -m docs.manual.card` writes 快速上手.pdf.

Keys are those of the window (gui/shortcuts.py), so that the card cannot name others.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from core import paths
from gui.shortcuts import GROUPS

TARGET = Path(__file__).with_name("快速上手.pdf")
_PLAIN, _BOLD = "taizhang-plain", "taizhang-bold"
_ACCENT, _LINE, _QUIET = HexColor("#1F5FAE"), HexColor("#B9C3CF"), HexColor("#55606E")
_MARGIN = 16 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_DAYS = (
    ("收到方案", "把文件拖到窗口上，左边原件、右边读到的内容，先看问题，核对后“确认导入”。“各乡镇”等集合补全名单。"),
    ("发填报表", "下发回收，选报送期，生成填报表：每个单位一份，只有它自己的事项。来取的登记签收。"),
    ("收填报表", "收到的文件、文件夹、压缩包、扫描件一起拖进来，新旧并排核对，勾选接受；看不懂的列成清单发回去。"),
    ("补录审核", "电话里说的在进展填报里录，佐证拖进来；F9 通过，Shift+F9 退回。不用点保存。"),
    ("催办", "首页看谁逾期、谁没报；下发回收里点“催办”；报告里一次生成全部催办函。"),
    ("出报告", "报告里选文种，待补充的先补上，定稿后“出具”：编文号，留住这一份和当时的数字。"),
    ("上报", "选上级的 Excel 模板，先检查，再生成上报材料，附邮件草稿，或写到 U 盘。"),
    ("移交归档", "档案里“移交打包”：台账、材料、能直接看的 Excel 和 PDF 在一个压缩包里。"),
)
_SURE = (
    "做错了按 Ctrl+Z，本次打开以后的每一步都能撤回。",
    "不用点保存；没填完的下次打开还在。",
    "打开时、大改动前自动备份；请在“档案，备份与校验”里再设一处，存到 U 盘或共享文件夹。",
    "右上角的统计截止日期改成哪天，所有数字就按哪天算。",
    "程序不联网。没有密码：电脑要锁屏，U 盘要加密，涉密材料不要放进来。",
    "任何一页按 F1，打开使用手册的那一节。",
)


def main() -> None:
    """Write the two pages."""
    pdfmetrics.registerFont(TTFont(_PLAIN, paths.FONTS / "TaizhangHei.ttf"))
    pdfmetrics.registerFont(TTFont(_BOLD, paths.FONTS / "TaizhangHei-Bold.ttf"))
    document = BaseDocTemplate(str(TARGET), pagesize=A4, title="台账快速上手", author="", invariant=1)
    frame = Frame(_MARGIN, _MARGIN, _WIDTH, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build([*_first_page(), PageBreak(), *_second_page()])
    print(TARGET.name)


def _style(size: float, font: str = _PLAIN, **more: object) -> ParagraphStyle:
    return ParagraphStyle(f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.5, wordWrap="CJK", **more)


def _first_page() -> list[Flowable]:
    cells = [
        [
            Paragraph(str(at), _style(15, _BOLD, textColor=_ACCENT, alignment=1)),
            Paragraph(name, _style(13, _BOLD)),
            Paragraph(words, _style(11.5)),
        ]
        for at, (name, words) in enumerate(_DAYS, start=1)
    ]
    table = Table(cells, colWidths=(12 * mm, 26 * mm, _WIDTH - 38 * mm))
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ]
    )
    return [
        Paragraph("台账快速上手", _style(24, _BOLD)),
        Spacer(0, 5 * mm),
        Paragraph("一份方案，从收文到归档", _style(14, _BOLD, textColor=_ACCENT)),
        Spacer(0, 2 * mm),
        table,
        Spacer(0, 7 * mm),
        Paragraph("请放心", _style(14, _BOLD, textColor=_ACCENT)),
        Spacer(0, 2 * mm),
        *(
            Paragraph(f"•  {words}", _style(11.5, leftIndent=14, bulletIndent=0, firstLineIndent=-14))
            for words in _SURE
        ),
    ]


def _second_page() -> list[Flowable]:
    """All keys in two columns that are as even as can be."""
    groups = [_group(title, keys) for title, keys in GROUPS]
    sizes = [len(keys) + 2 for _, keys in GROUPS]
    cut = min(range(1, len(groups)), key=lambda at: abs(sum(sizes[:at]) - sum(sizes[at:])))
    half = (_WIDTH - 10 * mm) / 2
    columns = Table([[groups[:cut], "", groups[cut:]]], colWidths=(half, 10 * mm, half))
    columns.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()])
    return [Paragraph("快捷键", _style(18, _BOLD)), Spacer(0, 2 * mm), columns]


def _group(title: str, keys: tuple[tuple[str, str], ...]) -> Table:
    rows: list[list[object]] = [[Paragraph(title, _style(10, _BOLD, textColor=_ACCENT)), ""]]
    right = _style(8.6, alignment=2, textColor=_QUIET)
    rows += [[Paragraph(what, _style(8.6)), Paragraph(key, right)] for what, key in keys]
    made = Table(rows, colWidths=("56%", "44%"))
    made.setStyle(
        [*_no_padding(), ("LINEBELOW", (0, 1), (-1, -1), 0.3, _LINE), ("BOTTOMPADDING", (0, -1), (-1, -1), 5)]
    )
    return made


def _no_padding() -> list[tuple[object, ...]]:
    whole = (0, 0), (-1, -1)
    sides = [(f"{side}PADDING", *whole, 0) for side in ("LEFT", "RIGHT")]
    return [*sides, ("TOPPADDING", *whole, 0.6), ("BOTTOMPADDING", *whole, 0.9)]


if __name__ == "__main__":
    sys.exit(main())
