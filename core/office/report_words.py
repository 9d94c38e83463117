"""What figures and records of the ledger are in the sentences of a document, each with how it is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.ledger.figures import Figures, rules_for
from core.ledger.returns import Returns
from core.model.ledger import Status
from core.model.plan import Document
from core.office.overview import Overview
from core.office.paper_words import day, percent
from core.office.said import Said, Voice

_END = "。！？；…"
_CLAUSE = re.compile(r"[，。；：！？]")
_SUBJECT_LEAST, _SUBJECT_MOST = 6, 34
_WHO = ("部门", "单位", "机关", "政府", "机构", "领域", "过程")
_RANGE = 3
_DIGITS = "一二三四五六七八九"
_STATES = (
    ("done", "已完成"),
    ("in_progress", "推进中"),
    ("not_started", "未启动"),
    ("ongoing", "长期坚持"),
    ("waiting", "待部署"),
    ("not_applicable", "不涉及"),
)


def basis(document: Document) -> str:
    """《…》（文号)."""
    number = f"（{document.number}）" if document.number else ""
    return f"{in_marks(document.title)}{number}"


def in_marks(title: str) -> str:
    """《…》; marks inside become 〈…〉."""
    inner = title.replace("\n", "").replace("《", "〈").replace("》", "〉")
    return f"《{inner}》"


def states(figures: Figures, what: str) -> str:
    """38项措施中，已完成9项，…；完成率26.5%（9÷34）；逾期3项，临近2项: what stands at nothing is left out."""
    found = [f"{title}{getattr(figures, key)}项" for key, title in _STATES if getattr(figures, key)]
    rate = figures.completion
    base = figures.total - figures.ongoing - figures.waiting - figures.not_applicable
    rates = "，没有可计算完成率的事项" if rate is None else f"，完成率{percent(rate)}（{figures.done}÷{base}）"
    lights = [
        f"{title}{number}项"
        for title, number in (
            ("逾期", figures.overdue),
            ("临近时限", figures.due_soon),
            ("逾期完成", figures.done_late),
        )
        if number
    ]
    return f"{figures.total}项{what}中，{'、'.join(found) or '没有记录'}{rates}；{'、'.join(lights) or '没有逾期和临近时限的'}"


def came_back(came: Returns, period: str) -> str:
    """本期应报…项，已报…，报送率…: what units sent."""
    if came.return_rate is None or came.in_time_rate is None:
        return f"{period}没有应报的责任事项"
    sent_back = f"，其中退回待重报{came.sent_back}项" if came.sent_back else ""
    return (
        f"{period}应报责任事项{came.expected}项，截至{day(came.as_of)}已报{came.returned}项{sent_back}，"
        f"报送率{percent(came.return_rate)}（{came.returned}÷{came.expected}）；"
        f"按时报送{came.in_time}项，按时报送率{percent(came.in_time_rate)}（{came.in_time}÷{came.expected}），"
        f"报送截止日为{day(came.cut_off)}{'，截至统计日还没有到' if came.as_of < came.cut_off else ''}"
    )


def counting_rules(soon_days: int, came: Returns | None = None) -> str:
    """How the figures of a document are counted, for its note."""
    rules = rules_for(soon_days)
    parts = [
        "责任事项＝措施×单位，同一单位在同一措施中只计一次",
        f"已完成：{rules['done']}",
        f"推进中：{rules['in_progress']}",
        rules["completion"],
        f"逾期：{rules['overdue']}",
        f"临近时限：{rules['due_soon']}",
        f"逾期完成：{rules['done_late']}",
    ]
    if came is not None:
        parts += [came.rules["expected"], came.rules["returned"], came.rules["in_time"], came.rules["return_rate"]]
    return f"统计口径：{'；'.join(parts)}。"


def numbers(found: Iterable[int]) -> str:
    """（1）、（4）至（7）: measures by their numbers in the plan, in order; three and more in a row as a range."""
    runs: list[list[int]] = []
    for no in sorted(set(found)):
        if runs and runs[-1][-1] == no - 1:
            runs[-1].append(no)
        else:
            runs.append([no])
    return "、".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    return "、".join(f"（{no}）" for no in run) if len(run) < _RANGE else f"（{run[0]}）至（{run[-1]}）"


def outside(words: Mapping[int, Said], found: Sequence[int]) -> str:
    """Which units say of which measures that they are none of theirs, and why; empty where none does."""
    told = (
        f"措施（{no}）{'、'.join(voice.who)}（{voice.text.removeprefix('不涉及，')}）"
        for no in found
        for voice in words[no].out
    )
    joined = "；".join(told)
    return f"说明不涉及及其理由的：{joined}。" if joined else ""


def subject(view: Overview, no: int) -> str:
    """（4）and the beginning of a measure; the annex has its whole text."""
    return f"（{no}）{beginning(view.measure(no).text)}"


def beginning(text: str) -> str:
    """The beginning of a measure, word for word to the end of a clause."""
    text = text.split("\n", maxsplit=1)[0]
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    if text and text[-1] not in _END:
        ends.append(len(text))
    fitting = [end for end in ends if _SUBJECT_LEAST <= end <= _SUBJECT_MOST]
    if fitting and fitting[-1] < len(text) - 1 and text[: fitting[-1]].endswith(_WHO):
        fitting = []  # 司法行政部门会同有关部门: only who, not what
    return text[: fitting[-1]] if fitting else f"{text[:_SUBJECT_MOST]}……"


def by_days(view: Overview, late: Iterable[int]) -> str:
    """其中逾期194天的有措施（4）；逾期10天的有措施（1）至（3）: late measures by how long, the longest first."""
    found: dict[int, list[int]] = {}
    for no in late:
        found.setdefault(late_by(view.measures[no], view.clock.as_of) or 0, []).append(no)
    if len(found) == 1:
        ((days, measures),) = found.items()
        return f"{'均' if len(measures) > 1 else ''}逾期{days}天，即措施{numbers(measures)}"
    return "其中" + "；".join(f"逾期{days}天的有措施{numbers(found[days])}" for days in sorted(found, reverse=True))


def listed(parts: Sequence[str]) -> list[str]:
    """一是…, 二是…; what stands alone has no number."""
    return list(parts) if len(parts) == 1 else [f"{digit}是{part}" for digit, part in zip(_DIGITS, parts, strict=False)]


def voices(found: Sequence[Voice], *, alone: bool) -> str:
    """What was said, one after another, each with who said it; whole, as it was said."""
    parts = []
    for voice in found:
        text = " ".join(voice.text.split())
        parts.append(ended(text) if alone else f"{'、'.join(voice.who)}：{ended(text)}")
    return "".join(parts)


def ended(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith(tuple(_END)) else f"{text}。"


def late_by(status: Status, as_of: date) -> int | None:
    """Days since the date that passed, None when nothing is late."""
    return (as_of - status.next_due).days if status.overdue and status.next_due else None
