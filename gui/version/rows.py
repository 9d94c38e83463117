"""What the tables and texts of 新版本对照 say."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from core.align.versions import Field
from core.model.division import printed_division
from core.office.review import deadline_note
from gui import theme
from gui.pages.exchange.text_diff import Stretch, differences
from gui.version.matching import Fate

if TYPE_CHECKING:
    from core.align.versions import Difference
    from core.model.plan import Measure
    from gui.version.matching import Line, Matching

ALL, OPEN, CHANGED, CAME, WENT = "all", "open", "changed", "came", "went"
FILTERS = (
    (ALL, "全部", ""),
    (OPEN, "待确认", ""),
    (CHANGED, "改动、移动", ""),
    (CAME, "新增", ""),
    (WENT, "删去", ""),
)
_FATES = {
    CHANGED: (Fate.CHANGED, Fate.MOVED),
    CAME: (Fate.CAME,),
    WENT: (Fate.WENT, Fate.MERGED),
}


def is_shown(line: Line, wanted: str) -> bool:
    """Whether a filter lets a line through."""
    if wanted == OPEN:
        return line.is_open
    return wanted == ALL or line.fate in _FATES[wanted]


def line_row(line: Line) -> tuple[str, str, str, str]:
    """Text, old number, what became of it, whether it was looked at."""
    measure = line.new or line.old
    assert measure is not None
    text = f"（{measure.no}）{measure.text}" if line.new else measure.text
    old = f"（{line.old.no}）" if line.old else ""
    confirmed = "" if line.fate is Fate.SAME else "待确认" if line.is_open else "已确认"
    return text, old, fate_words(line), confirmed


def fate_words(line: Line) -> str:
    """改动：文字、时限; 移动; 并入（3）."""
    if line.fate is Fate.MERGED:
        return f"并入（{line.at}）"
    if line.fate is Fate.CHANGED and line.kept is not None:
        words = "、".join(_SHORT[field] for field in line.kept.changed)
        return f"改动：{words}{'，移动' if line.kept.is_moved else ''}"
    return line.fate.value


_SHORT = {
    Field.LABEL: "编号",
    Field.HEADING: "标题",
    Field.TEXT: "文字",
    Field.DIVISION: "分工",
    Field.DEADLINE: "时限",
    Field.TARGETS: "指标",
}


def counts(found: Difference, matching: Matching) -> str:
    """How many of each, and what is left to look at."""
    same = sum(not kept.changed and not kept.is_moved for kept in found.kept)
    moved = sum(kept.is_moved and not kept.changed for kept in found.kept)
    left = matching.open
    return (
        f"原 {len(matching.old.measures)} 项，新 {len(matching.new.measures)} 项：未变 {same}，改动 {len(found.changed)}，"
        f"移动 {moved}，新增 {len(found.came)}，删去 {len(found.went)}。{f'还有 {left} 项待确认。' if left else ''}"
    )


def told(line: Line) -> str:
    """What the texts tell beside the pair: where it seems to come from or to have gone."""
    if not line.is_hint:
        return ""
    if line.new is not None:
        return f"这项的文字大多在原（{line.at}）中，可能是从它拆分出来的；原来的填报记录留在原（{line.at}）的后身。"
    return f"这项的文字大多在新（{line.at}）中，可能已并入；确认并入后填报记录归到新（{line.at}）。"


def both_texts(line: Line) -> tuple[str, str]:
    """Old and new text as rich text: struck where it went, underlined where it came."""
    old = line.old.text if line.old else ""
    new = line.new.text if line.new else ""
    if not old or not new:
        return escape(old), escape(new)
    found = differences(old, new)
    return _marked(old, found.gone, is_gone=True), _marked(new, found.come, is_gone=False)


def other_changes(line: Line) -> str:
    """Division and deadline where they are others, old → new."""
    if line.kept is None or line.old is None or line.new is None:
        return ""
    parts = []
    for field, words in ((Field.DIVISION, printed_division), (Field.DEADLINE, _deadline), (Field.TARGETS, _targets)):
        if field in line.kept.changed:
            was, now = words(line.old), words(line.new)
            if was == now and field is Field.DEADLINE:  # the same phrase, understood in another way
                was, now = (f"{was}，读作{deadline_note(m.deadlines, m.deadline_raw)}" for m in (line.old, line.new))
            parts.append(f"{field.value}：{was or '无'} → {now or '无'}")
    return "\n".join(parts)


def _deadline(measure: Measure) -> str:
    return measure.deadline_raw or "、".join(part.date.isoformat() for part in measure.deadlines if part.date)


def _targets(measure: Measure) -> str:
    return "、".join(target.text for target in measure.targets)


def _marked(text: str, stretches: tuple[Stretch, ...], *, is_gone: bool) -> str:
    tokens = theme.tokens()
    ink, line = (tokens.second_text, "line-through") if is_gone else (tokens.text, "underline")
    parts, at = [], 0
    for start, length in stretches:
        parts.append(escape(text[at:start]))
        words = escape(text[start : start + length])
        parts.append(f'<span style="color:{ink}; text-decoration:{line}">{words}</span>')
        at = start + length
    return "".join((*parts, escape(text[at:])))
