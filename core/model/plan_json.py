"""The Plan JSON of the contract ("taizhang-plan/1"): text ↔ Plan. No file is opened here.

Unknown is null, an empty list where a list is meant; keys come in the order of the contract.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from core.errors import InvalidError
from core.model.plan import (
    Column,
    Deadline,
    DeadlineKind,
    Document,
    Measure,
    Member,
    Plan,
    Problem,
    RequiredReport,
    Role,
    Section,
    Severity,
    Standing,
    Target,
    Task,
)

FORMAT = "taizhang-plan/1"
_MOST = 1_000_000
"""Numbers of a plan are below this."""


def loads(text: str) -> Plan:
    """Read a plan.

    Raises InvalidError with the place when the text is no plan of this format.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidError("这不是方案文件：不是 JSON 格式。", hint="请选择本程序导出的方案文件。") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise InvalidError("这不是方案文件：缺少格式标记。", hint="请选择本程序导出的方案文件。")
    try:
        return _plan(raw)
    except KeyError as error:
        raise InvalidError(
            f"方案文件内容不完整：缺少 {error.args[0]}。", hint="请重新导出，或用“导入方案”读取原文件。"
        ) from error
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidError(f"方案文件内容不完整：{error}。", hint="请重新导出，或用“导入方案”读取原文件。") from error


def dumps(plan: Plan) -> str:
    """Write a plan, two blanks an indent, Chinese as it is."""
    return json.dumps({"format": FORMAT, **_plain(asdict(plan))}, ensure_ascii=False, indent=2) + "\n"


def document_from(raw: Mapping[str, Any]) -> Document:
    """Read the document part alone."""
    return Document(
        title=_text(raw["title"]),
        number=_said(raw.get("number")),
        issuer=_said(raw.get("issuer")),
        date=_date(raw.get("date")),
        table_title=_said(raw.get("table_title")),
        level=_said(raw.get("level")),
        members=tuple(
            Member(_text(m["unit"]), _said(m.get("person")), _said(m.get("post"))) for m in raw.get("members", ())
        ),
        required_reports=tuple(
            RequiredReport(_text(r["what"]), _said(r.get("who")), _said(r.get("due")), _said(r.get("to")))
            for r in raw.get("required_reports", ())
        ),
        columns=tuple(Column(_text(c["key"]), _text(c["title"])) for c in raw.get("columns", ())),
        section_rows=bool(raw.get("section_rows", False)),
        standing=tuple(Standing(_text(s["unit"]), Role(s["role"])) for s in raw.get("standing", ())),
    )


def document_to(document: Document) -> dict[str, Any]:
    """The document part as plain values."""
    plain: dict[str, Any] = _plain(asdict(document))
    return plain


def _plan(raw: Mapping[str, Any]) -> Plan:
    plan = Plan(
        document=document_from(raw["document"]),
        sections=tuple(
            Section(
                _whole(s["no"]), _text(s.get("label") or ""), _text(s["title"]), _maybe_whole(s.get("declared_count"))
            )
            for s in raw.get("sections", ())
        ),
        tasks=tuple(
            Task(_whole(t["no"]), _maybe_whole(t.get("section")), _text(t.get("label") or ""), _text(t["title"]))
            for t in raw.get("tasks", ())
        ),
        measures=tuple(_measure(m) for m in raw["measures"]),
        problems=tuple(
            Problem(_text(p.get("where") or ""), Severity(p["severity"]), _text(p["what"]))
            for p in raw.get("problems", ())
        ),
    )
    for numbered in (plan.sections, plan.tasks, plan.measures):
        if len({one.no for one in numbered}) < len(numbered):
            raise ValueError("编号有重复")
    return plan


def _measure(raw: Mapping[str, Any]) -> Measure:
    return Measure(
        no=_whole(raw["no"]),
        label=_text(raw.get("label") or ""),
        section=_maybe_whole(raw.get("section")),
        task=_maybe_whole(raw.get("task")),
        text=_text(raw["text"]),
        lead=_texts(raw.get("lead", ())),
        responsible=_texts(raw.get("responsible", ())),
        cooperating=_texts(raw.get("cooperating", ())),
        division_raw=_said(raw.get("division_raw")),
        deadline_raw=_said(raw.get("deadline_raw")),
        deadlines=tuple(
            Deadline(DeadlineKind(d["kind"]), _date(d.get("date")), _said(d.get("recur")), _said(d.get("scope")))
            for d in raw.get("deadlines", ())
        ),
        targets=tuple(
            Target(
                _text(t["text"]),
                _said(t.get("metric")),
                _said(t.get("op")),
                _number(t.get("value")),
                _said(t.get("unit")),
                _said(t.get("period")),
            )
            for t in raw.get("targets", ())
        ),
        source=_text(raw.get("source") or "table"),
        to_verify=bool(raw.get("to_verify", False)),
        note=_said(raw.get("note")),
    )


def _text(value: object) -> str:
    """A text that can be stored; raises TypeError, ValueError."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} 不是文字")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError("文字里有不能保存的字符")
    return value


def _said(value: object) -> str | None:
    return None if value is None else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r:.40} 不是一列文字")
    return tuple(_text(one) for one in value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _MOST:
        raise TypeError(f"{value!r:.40} 不是编号")
    return value


def _maybe_whole(value: object) -> int | None:
    return None if value is None else _whole(value)


def _number(value: object) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not -1e15 < value < 1e15:
        raise TypeError(f"{value!r:.40} 不是数值")
    return value


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks any JSON value
    """Tuples to lists, dates to ISO strings."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value
