"""Dates, shares and figures in the words of official paper (GB/T 15835-2011: half-width digits, full years)."""

from __future__ import annotations

from datetime import date

from core.ledger.figures import Figures


def day(value: date) -> str:
    """2024年1月8日, without leading zeros."""
    return f"{value.year}年{value.month}月{value.day}日"


def percent(rate: float) -> str:
    """A rate between 0 and 1 with at most one decimal: 63%, 66.7%."""
    return f"{rate * 100:.1f}".removesuffix(".0") + "%"


def states(figures: Figures, what: str, unit: str = "项") -> str:
    """All of ``what`` by state, which add up to the total; rate and lights behind: 措施38项：已完成9，推进中…"""
    parts = [
        ("已完成", figures.done),
        ("推进中", figures.in_progress),
        ("未启动", figures.not_started),
        ("长期坚持", figures.ongoing),
        ("待部署", figures.waiting),
        ("不涉及", figures.not_applicable),
    ]
    said = "，".join(f"{title}{number}" for title, number in parts if number)
    rate = "" if figures.completion is None else f"，完成率{percent(figures.completion)}"
    lights = [f"{title}{number}" for title, number in (("逾期", figures.overdue), ("临近", figures.due_soon)) if number]
    return f"{what}{figures.total}{unit}：{said}{rate}；{'，'.join(lights) or '没有逾期'}"
