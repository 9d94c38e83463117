"""上报清单.json: what a submission says, for a city's program.

It says in JSON what the filled template says to people, so that a city collects the returns of its counties' programs
like those of its own units: each measure by its text, its state, its words, and who speaks (``unit``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.errors import InvalidError

FORMAT = "taizhang-submission/1"
MANIFEST_NAME = "上报清单.json"
_MOST = 64 << 20
"""Bytes of a manifest that is read; a plan of 71 measures and forty units has less than one MB."""


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """What one unit of the county said of a measure."""

    unit: str
    role: str
    state: str
    done_on: date | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class MeasureSaid:
    """What the county says of one measure. ``state`` is computed (六态), ``entry_state`` the word an entry would have.

    ``evidence``: numbers of ``SubmissionManifest.evidence``.
    """

    number: int
    label: str
    text: str
    state: str
    entry_state: str
    section: str = ""
    task: str = ""
    division: str = ""
    deadline: str = ""
    done_on: date | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    reached: str = ""
    is_overdue: bool = False
    evidence: tuple[str, ...] = ()
    units: tuple[UnitSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceSent:
    """A piece of evidence in the package."""

    number: str
    path: str
    title: str
    sha256: str
    measures: tuple[int, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubmissionManifest:
    """Everything of one submission. ``unit``: the office that sends; ``names``: what a superior may call it."""

    file_id: str
    unit: str
    names: tuple[str, ...]
    made_at: str
    as_of: date
    plan_key: str
    plan_title: str
    plan_number: str | None
    period_key: str
    period_title: str
    first_day: date
    last_day: date
    measures: tuple[MeasureSaid, ...]
    evidence: tuple[EvidenceSent, ...] = ()
    files: tuple[tuple[str, str, int, str], ...] = ()
    """(path, SHA-256, bytes, kind), the manifest itself and the list of checksums left out."""
    figures: Mapping[str, Any] = field(default_factory=dict)


def manifest_bytes(manifest: SubmissionManifest) -> bytes:
    """As it lies in the package."""
    return json.dumps(plain(manifest), ensure_ascii=False, indent=1).encode()


def plain(manifest: SubmissionManifest) -> dict[str, Any]:
    """Keys and values, as JSON holds them."""
    return {
        "format": FORMAT,
        "file": manifest.file_id,
        "unit": manifest.unit,
        "names": list(manifest.names),
        "made_at": manifest.made_at,
        "as_of": manifest.as_of.isoformat(),
        "plan": {"key": manifest.plan_key, "title": manifest.plan_title, "number": manifest.plan_number},
        "period": {
            "key": manifest.period_key,
            "title": manifest.period_title,
            "first_day": manifest.first_day.isoformat(),
            "last_day": manifest.last_day.isoformat(),
        },
        "figures": dict(manifest.figures),
        "measures": [_plain_measure(one) for one in manifest.measures],
        "evidence": [
            {
                "number": one.number,
                "path": one.path,
                "title": one.title,
                "sha256": one.sha256,
                "measures": list(one.measures),
                "units": list(one.units),
            }
            for one in manifest.evidence
        ],
        "files": [
            {"path": path, "sha256": digest, "size": size, "kind": kind} for path, digest, size, kind in manifest.files
        ],
    }


def _plain_measure(one: MeasureSaid) -> dict[str, Any]:
    return {
        "no": one.number,
        "label": one.label,
        "text": one.text,
        "section": one.section,
        "task": one.task,
        "division": one.division,
        "deadline": one.deadline,
        "state": one.state,
        "entry_state": one.entry_state,
        "overdue": one.is_overdue,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "progress": one.progress,
        "problems": one.problems,
        "next_steps": one.next_steps,
        "reached": one.reached,
        "evidence": list(one.evidence),
        "units": [
            {
                "unit": said.unit,
                "role": said.role,
                "state": said.state,
                "done_on": said.done_on.isoformat() if said.done_on else None,
                "progress": said.progress,
                "problems": said.problems,
                "next_steps": said.next_steps,
            }
            for said in one.units
        ],
    }


def is_manifest(data: bytes) -> bool:
    """Whether a file looks like a manifest, cheaply."""
    return len(data) <= _MOST and f'"{FORMAT.split("/", maxsplit=1)[0]}/'.encode() in data[:4096]


def read_manifest(data: bytes, name: str = MANIFEST_NAME) -> SubmissionManifest:
    """A manifest that another program's ledger sent.

    Raises InvalidError for what is none, is of a newer program, or lacks what it must say.
    """
    broken = InvalidError(f"“{name}”不是完整的上报清单。", hint="请对方重新生成上报材料包。", where=name)
    if len(data) > _MOST:
        raise broken
    try:
        value = json.loads(data.decode("utf-8-sig"))
        kind, _, version = str(value["format"]).partition("/")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise broken from error
    if kind != FORMAT.partition("/")[0]:
        raise broken
    if version != FORMAT.partition("/")[2]:
        raise InvalidError(
            f"“{name}”由更新版本的程序生成，本版本读不了。", hint="请安装新版本，或请对方报送表格。", where=name
        )
    try:
        return _manifest(value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken from error


def _manifest(value: dict[str, Any]) -> SubmissionManifest:
    plan, period = value["plan"], value["period"]
    return SubmissionManifest(
        file_id=_text(value["file"]),
        unit=_text(value["unit"]),
        names=_texts(value.get("names", [])),
        made_at=_text(value["made_at"]),
        as_of=date.fromisoformat(value["as_of"]),
        plan_key=_text(plan["key"]),
        plan_title=_text(plan["title"]),
        plan_number=None if plan.get("number") is None else _text(plan["number"]),
        period_key=_text(period["key"]),
        period_title=_text(period["title"]),
        first_day=date.fromisoformat(period["first_day"]),
        last_day=date.fromisoformat(period["last_day"]),
        measures=tuple(_measure(one) for one in _list(value["measures"])),
        evidence=tuple(
            EvidenceSent(
                _text(one["number"]),
                inside(one["path"]),
                _text(one["title"]),
                _text(one["sha256"]),
                tuple(_whole(no) for no in one["measures"]),
                _texts(one["units"]),
            )
            for one in _list(value.get("evidence", []))
        ),
        files=tuple(
            (inside(one["path"]), _text(one["sha256"]), _whole(one["size"]), _text(one["kind"]))
            for one in _list(value.get("files", []))
        ),
        figures=dict(value.get("figures", {})),
    )


def _measure(one: dict[str, Any]) -> MeasureSaid:
    words = ("section", "task", "division", "deadline", "progress", "problems", "next_steps", "reached")
    return MeasureSaid(
        number=_whole(one["no"]),
        label=_text(one["label"]),
        text=_text(one["text"]),
        state=_text(one["state"]),
        entry_state=_text(one["entry_state"]),
        is_overdue=bool(one.get("overdue")),
        done_on=_day(one.get("done_on")),
        evidence=_texts(one.get("evidence", [])),
        units=tuple(
            UnitSaid(
                _text(said["unit"]),
                _text(said["role"]),
                _text(said["state"]),
                _day(said.get("done_on")),
                _text(said.get("progress", "")),
                _text(said.get("problems", "")),
                _text(said.get("next_steps", "")),
            )
            for said in _list(one.get("units", []))
        ),
        **{word: _text(one.get(word, "")) for word in words},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(one) for one in _list(value))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def inside(value: object) -> str:
    """A path that stays in the package."""
    path = _text(value)
    parts = path.split("/")
    if not path or path.startswith(("/", "\\")) or ":" in path or "\\" in path or ".." in parts:
        raise ValueError(path)
    return path
