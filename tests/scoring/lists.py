"""A plan laid out as a document of running text in one of many ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.model.plan import Measure, Plan
from tests.scoring.compare import Answer, answers_of
from tests.scoring.writers import Line

_CN = "零一二三四五六七八九十"
_BEFORE = (
    "为贯彻落实上级决策部署，全面提升工作质量和效能，结合实际，制定本方案。",
    "一、总体要求",
    "坚持以人民为中心，坚持问题导向，到2025年底，各项工作取得明显成效，人民群众满意度大幅上升。",
    "（一）坚持党的领导。把党的领导贯穿工作的全过程和各方面。",
    "（二）坚持问题导向。聚焦突出问题，补短板、强弱项。",
)
_AFTER = (
    "三、工作要求",
    "（一）加强组织领导。各单位要高度重视，结合实际细化任务、压实责任，确保各项任务落到实处。",
    "（二）强化督促检查。对工作推进迟缓的单位予以通报，情况于2025年11月30日前报送。",
    "各单位要及时总结经验，重要情况及时报告。",
)


@dataclass(frozen=True)
class Manner:
    """How the list is written.

    ``phrase`` is lines, bracket, tail, prose, square, hollow, bare or leader; ``numbers`` the styles of section, task, measure;
    ``wrapped``: all inside a part 二、重点任务; ``through``: the measures' numbers do not begin anew; ``automatic``:
    Word numbers the measures.
    """

    phrase: str
    numbers: tuple[str, str, str]
    wrapped: bool = True
    through: bool = False
    automatic: bool = False
    heads: bool = False
    """Tasks have a responsibility of their own too."""
    own_line: bool = False
    """The phrase in brackets in a paragraph of its own."""


def write(plan: Plan, manner: Manner) -> tuple[list[Line], list[Answer]]:
    """The paragraphs and what they should be read as."""
    maker = _Maker(plan, manner)
    lines: list[Line] = [plan.document.title]
    if manner.wrapped:
        lines += [*_BEFORE, "二、重点任务"]
    lines += maker.lines()
    lines += _AFTER if manner.wrapped else ()
    return lines, maker.answers


class _Maker:
    def __init__(self, plan: Plan, manner: Manner) -> None:
        self.plan, self.manner = plan, manner
        self.answers: list[Answer] = []
        self.count = {"section": 0, "task": 0, "measure": 0}
        self.titles: dict[str, str | None] = {"section": None, "task": None}

    def lines(self) -> Iterator[Line]:
        section = task = 0
        for measure, answer in zip(self.plan.measures, answers_of(self.plan), strict=True):
            if not self.manner.numbers[0]:
                yield from self._measure(measure)
                self.answers.append(self._answer(answer))
                continue
            if measure.section != section:
                section, task = measure.section or 0, 0
                yield self._heading("section", self.plan.sections[section - 1].title)
            if (measure.task or 0) != task:
                task = measure.task or 0
                yield self._heading("task", self.plan.tasks[task - 1].title)
            yield from self._measure(measure)
            self.answers.append(self._answer(answer))

    def _heading(self, kind: str, title: str) -> Line:
        self.count[kind] += 1
        lower = ("task", "measure") if kind == "section" else ("measure",)
        for name in lower:
            if not (self.manner.through and name == "measure"):
                self.count[name] = 0
        if kind == "section":
            self.titles["task"] = None
        style = self.manner.numbers[0 if kind == "section" else 1]
        if style == "标题":
            self.titles[kind] = title
            return "Heading 1", title
        label = numbered(style, self.count[kind])
        self.titles[kind] = label + title
        return label + title + ("。（司法局牵头，各有关单位配合）" if kind == "task" and self.manner.heads else "")

    def _measure(self, measure: Measure) -> Iterator[Line]:
        self.count["measure"] += 1
        phrase = _phrase(measure, self.manner.phrase)
        text = measure.text if self.manner.own_line else measure.text + phrase
        if self.manner.phrase == "lines":
            text = measure.text
        if self.manner.automatic:
            yield "List Number", text
        else:
            yield numbered(self.manner.numbers[2], self.count["measure"]) + text
        if self.manner.phrase == "lines":
            yield from _field_lines(measure)
        elif self.manner.own_line:
            yield phrase

    def _answer(self, answer: Answer) -> Answer:
        answer = replace(answer, section=self.titles["section"], task=self.titles["task"])
        if self.manner.phrase == "bare":
            everybody = answer.lead | answer.responsible | answer.cooperating
            answer = replace(answer, lead=frozenset(), responsible=everybody, cooperating=frozenset())
        if self.manner.phrase in ("prose", "square", "hollow", "bare", "leader"):
            answer = replace(answer, deadline=None, dates=None)
        return answer


def numbered(style: str, value: int) -> str:
    """A number in its style."""
    chinese = (
        _CN[value]
        if value <= 10
        else (_CN[value // 10] if value >= 20 else "") + "十" + (_CN[value % 10] if value % 10 else "")
    )
    return {
        "一、": f"{chinese}、", "（一）": f"（{chinese}）", "1.": f"{value}.", "1．": f"{value}．", "1、": f"{value}、",
        "（1）": f"（{value}）", "1）": f"{value}）", "①": chr(0x2460 + value - 1) if value <= 20 else f"{value}.",
        "(1)": f"({value})", "1. ": f"{value}. ",
    }[style]  # fmt: skip


def _field_lines(measure: Measure) -> Iterator[str]:
    for title, names in (
        ("牵头单位", measure.lead),
        ("责任单位", measure.responsible),
        ("配合单位", measure.cooperating),
    ):
        if names:
            yield f"{title}：{'、'.join(names)}"
    if measure.deadline_raw:
        yield f"完成时限：{measure.deadline_raw}"


def _phrase(measure: Measure, kind: str) -> str:
    labels = (("牵头单位", measure.lead), ("责任单位", measure.responsible), ("配合单位", measure.cooperating))
    fields = [f"{title}：{'、'.join(names)}" for title, names in labels if names]
    if kind == "bracket":
        dates = [f"完成时限：{measure.deadline_raw}"] if measure.deadline_raw else []
        return f"（{'；'.join([*fields, *dates])}）"
    if kind == "tail":
        tail = f"，{measure.deadline_raw}" if measure.deadline_raw else ""
        return f"（{'；'.join(fields)}{tail}）"
    if kind == "square":
        return "".join(f"[{field.replace('：', ':')}]" for field in fields)
    if kind == "leader":
        return f"(责任领导:李某某;{';'.join(fields).replace('：', ':')})"
    if kind == "bare":
        return f"（{'、'.join((*measure.lead, *measure.responsible, *measure.cooperating))}）"
    verbs = (("牵头", measure.lead), ("负责", measure.responsible), ("配合", measure.cooperating))
    said = "，".join(f"{'、'.join(names)}{verb}" for verb, names in verbs if names)
    return f"〔{said}〕" if kind == "hollow" else f"（{said}）"
