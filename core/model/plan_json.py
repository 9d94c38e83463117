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
        title=raw["title"],
        number=raw.get("number"),
        issuer=raw.get("issuer"),
        date=_date(raw.get("date")),
        table_title=raw.get("table_title"),
        level=raw.get("level"),
        members=tuple(Member(m["unit"], m.get("person"), m.get("post")) for m in raw.get("members", ())),
        required_reports=tuple(
            RequiredReport(r["what"], r.get("who"), r.get("due"), r.get("to")) for r in raw.get("required_reports", ())
        ),
        columns=tuple(Column(c["key"], c["title"]) for c in raw.get("columns", ())),
        section_rows=bool(raw.get("section_rows", False)),
        standing=tuple(Standing(s["unit"], Role(s["role"])) for s in raw.get("standing", ())),
    )


def document_to(document: Document) -> dict[str, Any]:
    """The document part as plain values."""
    plain: dict[str, Any] = _plain(asdict(document))
    return plain


def _plan(raw: Mapping[str, Any]) -> Plan:
    return Plan(
        document=document_from(raw["document"]),
        sections=tuple(
            Section(s["no"], s.get("label") or "", s["title"], s.get("declared_count")) for s in raw.get("sections", ())
        ),
        tasks=tuple(Task(t["no"], t.get("section"), t.get("label") or "", t["title"]) for t in raw.get("tasks", ())),
        measures=tuple(_measure(m) for m in raw["measures"]),
        problems=tuple(
            Problem(p.get("where") or "", Severity(p["severity"]), p["what"]) for p in raw.get("problems", ())
        ),
    )


def _measure(raw: Mapping[str, Any]) -> Measure:
    return Measure(
        no=raw["no"],
        label=raw.get("label") or "",
        section=raw.get("section"),
        task=raw.get("task"),
        text=raw["text"],
        lead=tuple(raw.get("lead", ())),
        responsible=tuple(raw.get("responsible", ())),
        cooperating=tuple(raw.get("cooperating", ())),
        division_raw=raw.get("division_raw"),
        deadline_raw=raw.get("deadline_raw"),
        deadlines=tuple(
            Deadline(DeadlineKind(d["kind"]), _date(d.get("date")), d.get("recur"), d.get("scope"))
            for d in raw.get("deadlines", ())
        ),
        targets=tuple(
            Target(t["text"], t.get("metric"), t.get("op"), t.get("value"), t.get("unit"), t.get("period"))
            for t in raw.get("targets", ())
        ),
        source=raw.get("source") or "table",
        to_verify=bool(raw.get("to_verify", False)),
        note=raw.get("note"),
    )


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
