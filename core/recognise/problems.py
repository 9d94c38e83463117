"""What a person must look at: gaps and repeats in the numbers, counts, names, phrases, text that was not used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from core.model.plan import Problem, Role, Severity
from core.model.units import Register
from core.recognise import numbers
from core.recognise.blocks import Block, Paragraph, Place, Source
from core.recognise.found import Found, Heading, Item
from core.recognise.measures import Understood

_WORTH = 12
"""Shortest text outside the plan that is told of."""


class Problems:
    """All problems of one reading, the worst first."""

    def __init__(
        self,
        source: Source,
        found: Found,
        others: Sequence[Found],
        understood: Sequence[Understood],
        register: Register | None,
        unused: Sequence[Block],
        headings: Sequence[Block] = (),
    ) -> None:
        """Keep what is looked at."""
        self._source, self._found, self._others = source, found, others
        self._understood, self._register = understood, register
        self._unused, self._titles = unused, headings

    def all(self) -> tuple[Problem, ...]:
        """Errors, warnings, then remarks; each with its place."""
        if not self._found.items:
            return (Problem("", Severity.ERROR, "没有找到任何措施。"),)
        found = [
            *_numbers(self._found.items),
            *_headings(self._found.sections(), "部分", self._labels()),
            *_headings(self._found.tasks(), "任务", self._labels()),
            *self._counts(),
            *self._phrases(),
            *self._repairs(),
            *self._names(),
            *(Problem(str(place), severity, what) for place, severity, what in self._found.doubts),
            *self._other_plans(),
            *self._leftovers(),
            *self._cleaned(),
        ]
        order = list(Severity)
        return tuple(sorted(found, key=lambda problem: order.index(problem.severity)))

    def _cleaned(self) -> Iterator[Problem]:
        """What was put right in the text: words one by one, blanks and marks summed up."""
        repairs = self._source.repairs
        words = [repair for repair in repairs if "“" in repair]
        yield from (Problem("", Severity.WARNING, repair) for repair in words)
        if len(repairs) > len(words):
            what = f"文字中有 {len(repairs) - len(words)} 处多余空格、断行或半角标点，已整理。"
            yield Problem("", Severity.INFO, what)

    def _labels(self) -> set[str]:
        """Numbers of headings that hold no measure: they are not missing."""
        texts = [block.text for block in (*self._unused, *self._titles) if isinstance(block, Paragraph)]
        return {number.label for text in texts if (number := numbers.leading(text))}

    def _counts(self) -> Iterator[Problem]:
        for section in self._found.sections():
            number = sum(item.section is section for item in self._found.items)
            if section.declared is not None and section.declared != number:
                what = f"“{section.label}{section.title}”写明共 {section.declared} 项，读到 {number} 项。"
                yield Problem(str(section.place), Severity.ERROR, what)

    def _phrases(self) -> Iterator[Problem]:
        for each in self._understood:
            place = _place(each.item)
            if each.left:
                yield Problem(place, Severity.WARNING, f"{_name(each.item)}没有读懂“{'”“'.join(each.left)}”。")
            if not any(each.measure.names(role) for role in Role) and self._found.kind == "table":
                yield Problem(place, Severity.WARNING, f"{_name(each.item)}没有责任单位。")
            if not each.measure.text:
                yield Problem(place, Severity.ERROR, f"{_name(each.item)}没有措施文字。")

    def _repairs(self) -> Iterator[Problem]:
        places: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for each in self._understood:
            for pair in each.repaired:
                places[pair].append(each.item.places[0])
        for (broken, name), found in places.items():
            more = f"，{len(found)} 处" if len(found) > 1 else ""
            yield Problem(str(found[0]), Severity.WARNING, f"“{broken}”按“{name}”理解{more}。")

    def _names(self) -> Iterator[Problem]:
        if self._register is None or not self._register.units:
            return
        unknown: dict[str, list[str]] = defaultdict(list)
        for each in self._understood:
            for role in Role:
                for name in each.measure.names(role):
                    if self._register.find(name) is None:
                        unknown[name].append(_place(each.item))
        for name, places in unknown.items():
            yield Problem(places[0], Severity.INFO, f"单位名册中没有“{name}”，导入时加入名册（{len(places)} 处）。")

    def _other_plans(self) -> Iterator[Problem]:
        for other in self._others:
            if other.kind == self._found.kind or len(other.items) * 2 > len(self._found.items):
                kind = "一份清单" if other.kind == "body" else "一张表"
                what = f"文件中还有{kind}，有 {len(other.items)} 项带责任的内容，没有读入。"
                same = other.kind == "body" and self._found.kind == "table"
                yield Problem(str(other.place), Severity.INFO if same else Severity.WARNING, what)

    def _leftovers(self) -> Iterator[Problem]:
        texts = [block for block in self._unused if isinstance(block, Paragraph) and len(block.text) >= _WORTH]
        tables = [block for block in self._unused if not isinstance(block, Paragraph)]
        if texts:
            yield Problem(str(texts[0].place), Severity.INFO, f"有 {len(texts)} 段文字不在措施之内，没有读入。")
        for table in tables:
            yield Problem(str(table.place), Severity.INFO, f"有一张 {len(table.rows)} 行的表不是任务表，没有读入。")


def _numbers(items: Sequence[Item]) -> Iterator[Problem]:
    """Gaps and repeats; numbers may run through the plan or begin anew in each section or task."""
    last: dict[str, Item] = {}
    for item in items:
        before = last.get(item.style)
        if item.value is None:
            continue
        last[item.style] = item
        if before is None or before.value is None:
            if item.value > 1:
                yield Problem(
                    _place(item), Severity.ERROR, f"第一项是{item.label}，缺{_span(item, 1, item.value - 1)}。"
                )
            continue
        if item.value == before.value + 1 or (item.value == 1 and not _same_group(before, item)):
            continue
        if item.value > before.value + 1:
            first = before.value + 1 if _same_group(before, item) or item.value > before.value + 1 else 1
            gap = _span(item, first, item.value - 1)
            yield Problem(_place(item), Severity.ERROR, f"{before.label}后面是{item.label}，缺{gap}。")
        elif item.value == before.value:
            yield Problem(_place(item), Severity.WARNING, f"序号{item.label}重复。")
        elif _same_group(before, item) or item.value != 1:
            yield Problem(_place(item), Severity.WARNING, f"{before.label}后面是{item.label}，序号次序不对。")


def _headings(headings: Sequence[Heading], kind: str, elsewhere: set[str]) -> Iterator[Problem]:
    """Gaps in the numbers of sections or tasks; they may begin anew."""
    last: dict[str, int] = {}
    styles = Counter(numbers.style_of(heading.label) for heading in headings)
    for heading in headings:
        number = numbers.leading(heading.label)
        if number is None:
            continue
        is_main = styles[number.style] * 2 >= len(headings)
        expected = last.get(number.style, 0 if is_main else number.value - 1) + 1
        last[number.style] = number.value
        missing = [numbers.like(heading.label, no) for no in range(expected, number.value)]
        if missing and not elsewhere.issuperset(missing):
            names = [missing[0], missing[-1]]
            gap = names[0] if expected == number.value - 1 else f"{names[0]}—{names[1]}"
            yield Problem(str(heading.place), Severity.WARNING, f"{kind}{heading.label}前面缺{gap}。")


def _same_group(before: Item, item: Item) -> bool:
    return before.section is item.section and before.task is item.task


def _span(item: Item, first: int, last: int) -> str:
    names = [numbers.like(item.label, number) for number in (first, last)]
    return names[0] if first == last else f"{names[0]}—{names[1]}"


def _name(item: Item) -> str:
    return item.label or f"“{item.text[:12]}…”"


def _place(item: Item) -> str:
    return str(item.places[0]) if item.places else ""
