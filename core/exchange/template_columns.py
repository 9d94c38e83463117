"""What a column of a superior's template asks for: by its title, and by the titles beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.model.ledger import Period
from core.recognise.columns import named


class TemplateField(StrEnum):
    """What we can put into a column; the value is the word on screen and command line."""

    SEQUENCE = "序号"
    LABEL = "措施编号"
    SECTION = "一级任务"
    TASK = "重点任务"
    TEXT = "具体措施"
    DIVISION = "责任分工"
    LEAD = "牵头单位"
    RESPONSIBLE = "责任单位"
    COOPERATING = "配合单位"
    DEADLINE = "完成时限"
    TARGETS = "量化指标"
    STATE = "状态"
    DONE_ON = "完成日期"
    PROGRESS = "工作进展"
    PROBLEMS = "存在问题"
    NEXT = "下一步工作"
    REACHED = "指标完成值"
    EVIDENCE = "佐证材料"


RESULTS = frozenset(
    {
        TemplateField.STATE,
        TemplateField.DONE_ON,
        TemplateField.PROGRESS,
        TemplateField.PROBLEMS,
        TemplateField.NEXT,
        TemplateField.REACHED,
        TemplateField.EVIDENCE,
    }
)
"""What a period says; the others say which measure it is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one title means. ``fields``: several where a column asks for several things; ``grade`` of an outline."""

    fields: tuple[TemplateField, ...] = ()
    grade: int | None = None
    is_state_or_text: bool = False
    is_day_or_deadline: bool = False


_NOTHING = Meaning()
_LONGEST = 30
_BRACKETS = re.compile(r"[（(〔\[].*?[）)〕\]]")
_MARKS = re.compile(r"[\s*＊:：、，,。.;；!！?？_#|\\\"“”']+")
_SAID = (
    (TemplateField.PROGRESS, re.compile(r"进展|落实情况|推进情况|开展情况|工作情况|完成情况|成效|进度情况|做法")),
    (TemplateField.PROBLEMS, re.compile(r"问题|困难|不足|难点|堵点")),
    (TemplateField.NEXT, re.compile(r"下一?步|下阶段|下一阶段|下季度|后续|打算|工作计划")),
)
"""What a unit says; one title may ask for several of them (进展情况及存在问题)."""
_NAMES = (
    (TemplateField.SEQUENCE, r"序号|序|编号|项次|№|NO|No|no"),
    (TemplateField.LABEL, r"(措施|任务|事项|条目|工作|项目)(编号|序号|号)"),
    (TemplateField.STATE, r".*状态|是否(已|按期|按时|全面)?(完成|落实|办结).*|完成与否|(完成|办理)进度"),
    (TemplateField.DONE_ON, r"(实际|具体)(完成|办结)(日期|时间)|(完成|办结|落实)日期|办结时间"),
    (TemplateField.EVIDENCE, r".*(佐证|证明材料|印证|支撑材料|附件).*"),
    (TemplateField.REACHED, r".*(完成值|实际值|达到值|指标完成|量化完成).*"),
    (TemplateField.TARGETS, r".*(量化|目标值|指标).*"),
)
_PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in _NAMES)
_GRADES = tuple(
    (grade, re.compile(pattern))
    for grade, pattern in (
        (4, r".*(措施|举措)"),
        (3, r".*(内容|要点|要求|清单|细则|分解|描述|目标)|具体(任务|事项|工作)"),
        (0, r"一级.*|.*(类别|领域|板块|方面|类型|大类)"),
        (1, r"二级.*|.*(重点任务|重点工作|主要任务)"),
        (2, r".*(任务|事项|工作|名称|项目)"),
    )
)
"""Names of the columns of the outline, the finest highest; the first that fits counts."""
_NOT_PLANNED = re.compile(
    r"(需|拟|请|未|已|其他|其它|注意|亮点|特色|创新).*|.*(采取|整改|协调|支持|帮助|建议|请求).*(事项|措施|举措|工作|任务|项目)"
)
"""事项, 措施 and 工作 of a column that asks what was done or is wanted (需协调事项, 采取的措施), not which measure it is."""
_ROLES = {
    "lead": TemplateField.LEAD,
    "responsible": TemplateField.RESPONSIBLE,
    "cooperating": TemplateField.COOPERATING,
    "division": TemplateField.DIVISION,
    "deadline": TemplateField.DEADLINE,
    "no": TemplateField.SEQUENCE,
}


def meaning(title: str) -> Meaning:
    """What a title asks for; nothing where it is not known."""
    plain = unicodedata.normalize("NFKC", title)
    name = _MARKS.sub("", _BRACKETS.sub("", plain)) or _MARKS.sub("", plain)
    if not name or len(name) > _LONGEST:
        return _NOTHING
    if name == "完成情况":
        return Meaning((TemplateField.PROGRESS,), is_state_or_text=True)
    if name == "完成时间":
        return Meaning((TemplateField.DEADLINE,), is_day_or_deadline=True)
    for field, pattern in _PATTERNS:
        if pattern.fullmatch(name):
            return Meaning((field,))
    found = sorted((match.start(), field) for field, pattern in _SAID if (match := pattern.search(name)))
    if found:
        return Meaning(tuple(field for _, field in found))
    key = named(name)
    if key in _ROLES:
        return Meaning((_ROLES[key],))
    if _NOT_PLANNED.fullmatch(name):
        return _NOTHING
    if key == "outline" or key is None:
        grade = next((grade for grade, pattern in _GRADES if pattern.fullmatch(name)), None)
        return Meaning(grade=grade) if grade is not None or key is None else Meaning(grade=2)
    return _NOTHING


def fields_of(meanings: Sequence[Meaning]) -> list[tuple[TemplateField, ...]]:
    """What each column of a header is, once the others are known."""
    fields = [one.fields for one in meanings]
    said = {field for one in meanings if not one.is_state_or_text for field in one.fields}
    has_deadline = any(TemplateField.DEADLINE in one.fields for one in meanings if not one.is_day_or_deadline)
    for at, one in enumerate(meanings):
        if one.is_state_or_text and TemplateField.PROGRESS in said and TemplateField.STATE not in said:
            fields[at] = (TemplateField.STATE,)
        if one.is_day_or_deadline and has_deadline and TemplateField.DONE_ON not in said:
            fields[at] = (TemplateField.DONE_ON,)
    outline = [(one.grade, at) for at, one in enumerate(meanings) if one.grade is not None]
    if outline:
        _, text = max(outline)
        fields[text] = (TemplateField.TEXT,)
        rest = sorted((at for _, at in outline if at != text), key=lambda at: (meanings[at].grade, at))
        for at, field in zip(rest[:2], _headings([meanings[at].grade for at in rest]), strict=False):
            fields[at] = (field,)
    return fields


def _headings(grades: Sequence[int | None]) -> tuple[TemplateField, ...]:
    """What one or two columns above the measure are."""
    if len(grades) == 1:
        return (TemplateField.SECTION,) if grades[0] == 0 else (TemplateField.TASK,)
    return TemplateField.SECTION, TemplateField.TASK


_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?)|[Qq]([1-4])")
_HALF = re.compile(r"([上下])半年")
_MONTH = re.compile(r"(?<!\d)(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?")
_YEAR = re.compile(r"(20\d\d)年?")


def speaks_of(title: str, period: Period) -> bool | None:
    """Whether a title that names a span of time (一季度进展, 7月, 上半年) names this period; None if it names none."""
    plain = unicodedata.normalize("NFKC", title)
    year = _YEAR.search(plain)
    if year is not None and not period.first_day.year <= int(year[1]) <= period.last_day.year:
        return False
    first, last = period.first_day, period.last_day
    span = (first.month, last.month)
    if found := _QUARTER.search(plain):
        quarter = _number(found[1] or found[2])
        return span == (quarter * 3 - 2, quarter * 3)
    if found := _HALF.search(plain):
        return span == ((1, 6) if found[1] == "上" else (7, 12))
    if found := _MONTH.search(plain):
        month = _number(found[1])
        return span == (month, month)
    return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return sum(_DIGITS[letter] for letter in text)
