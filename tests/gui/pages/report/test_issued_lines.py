"""发文登记 in words: what tells one line from the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.model.document_kind import DocumentKind
from core.model.issued import Issued
from gui.pages.report.issued_lines import short_title


@pytest.mark.parametrize("before", ["", "（示例）"])
def test_a_title_begins_where_it_differs_from_its_plan(before) -> None:
    """Also where a bracket stands before the plan's title."""
    plan = f"{before}古县三年行动计划（2023—2025年）"
    day, title = date(2025, 1, 8), f"{plan}2024年第四季度进展情况报告"
    row = Issued(1, DocumentKind.REPORT, "p1", "2024Q4", day, None, "", title, "", day, (), "", "")

    assert short_title(row, f"{plan}重点任务分解表") == "2024年第四季度进展情况报告"
    assert short_title(replace(row, title=f"{plan}重点任务分解表"), f"{plan}重点任务分解表") == "重点任务分解表"
