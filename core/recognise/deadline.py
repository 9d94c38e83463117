"""完成时限 understood: the parts of a phrase, each with its date or recurrence and the matter it speaks of.

A date is the last day of the named period. What is not understood is left, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from core.model.plan import Deadline, DeadlineKind
from core.recognise.dates import AFTER_ISSUE, Point, after_issue, points
from core.recognise.deadline_text import in_text
from core.recognise.marks import full_width, squeeze

__all__ = ["DeadlineReading", "in_text", "is_deadline", "understand"]

_LABEL = re.compile(
    r"^(?:完成|办结|整改|推进|实施|工作)*(?:时限|期限|时间节点|时间要求|时间|日期|进度)(?:要求|安排)?[：]"
)
_MARKS = re.compile(r"[，；。！（）〔〕、\s]+")
_CLAUSE = re.compile(r"[，；。！（）［］]+|(?<=完成)、|(?<=[坚持推进])、")
_NOTHING = re.compile(r"^(?:[/／\\—–―－\-~…*]+|无|暂无|无明确时限|不限|未定|待定|未明确|无时限要求)$")
_ONGOING = re.compile(
    r"(?:并|且|后|之后|同时|然后|以后|此后|再)*(?:要|需)?(?:(?:长期|持续|常态化?|长效|始终|不断|一直|常年|永久|经常性?|滚动|贯穿)(?:地|性)?"
    r"(?:长期|持续|常态化?|有效|深入|规范|稳步|不断|全面|动态|全年|始终|地|性|化)*"
    r"(?:坚持|推进|推动|实施|开展|落实|抓好|执行|深化|进行|保持|巩固|提升|完善|更新|优化|跟进|改进|运行|任务|工作|整改|努力|发力|用力|加强|强化|做好|抓|管理|"
    r"推行|维护|监测|全过程|全程|有效|坚持不懈|跟踪|督促|督导|调整|用好|建设|规范|健全|提高|监管|全年)*|坚持不懈|日常工作|日常|动态(?:调整|更新|管理|推进)|一以贯之)"
)
_INSTRUCTED = re.compile(
    r"(?:按照?|根据|依据|依照|遵照|待|随|视|结合|与|跟随|以)(?P<whose>[^，；。]{0,20}?)"
    r"(?:部署|安排|要求|通知|统一|时限|时间表|进度|进展|规定|时间|节点|方案|计划|步骤|指示|精神)"
    r"(?:和|及|与|、|的|部署|安排|要求|通知|统一|时限|时间表?|进度|进展|规定|节点|方案|计划|步骤|工作|情况|印发|下发|出台|明确|确定|实施|指示|精神|后|而定|为准|同步|适时|及时|"
    r"组织|开展|推进|完成|落实|执行|启动|办理|实施|推动|按期|按时|做好|有序)*"
    r"|(?:时间|时限|日期)?(?:另行|另)(?:通知|部署|安排|确定|文)|(?:待|等待?)(?:上级|国家|省|市|自治区|县)[^，；。]{0,12}"
)
_ABOVE = re.compile(
    r"上级|国家|中央|国务院|自治区|全国|[省市县区州盟旗厅局委部]|统一|部署|通知|主管|组织|党委|人大|机构|改革|平台|系统|^$"
)
_OWN_PACE = re.compile(r"时间节点|序时|计划|进度|节点|方案|规定|时限|要求时间")
_VAGUE = re.compile(
    r"(?:及时|适时|定期|不定期|随时|立即|即时|即刻|立行立改|即知即改|即行即改|边查边改|按需|视情|视情况|尽快|尽早|近期|日常|"
    r"按期|按时|如期|分批|分步|分阶段|有序|按序时进度|按时间节点|按计划|按进度)(?:组织|开展|推进|完成|落实|执行|启动|实施|进行|整改|办理|要求|推动|调整|更新)*"
)
_FROM_NOW = re.compile(r"^(?:自|从|由)?(?:即日|现在|目前|印发之日|发文之日|本方案印发之日|即)(?:起|开始)?(?:至|到)")
_THROUGHOUT = re.compile(r"(?:贯穿|覆盖|坚持)全年")
_PERIODS = (
    (
        re.compile(
            r"(?:每|各|按|逐|分)个?(?:半年|半年度)(?:[至最]少)?(?:[一1]次)?末?底?|半年[一1][次报]|一年[两二2]次|每年[两二2]次"
        ),
        "halfyearly",
    ),
    (
        re.compile(
            r"(?:每一?个?|各个?|按|逐个?|分)季度?(?:度)?|季度末(?:前)?|一季度[一1]次|(?<![一二三四第\d])季度[一1]次"
        ),
        "quarterly",
    ),
    (re.compile(r"(?:每一?个?|按|逐|各)月份?|月末前?|一月[一1]次|月度"), "monthly"),
    (re.compile(r"(?:每一?个?|各|按|逐)(?:年度?)(?:[至最]少)?(?:[一1]次)?|一年[一1]次|年年|年度性"), "yearly"),
)
_DAY_IN_PERIOD = re.compile(
    r"^(?:的)?(?:第?[一二三首末]个?月|最后一个月|最后一月|首月|末月|结束后|次月|下一?个?月|的|前|后|初|末|底|中旬|上旬|下旬|月底|"
    r"[一二三四五六七八九十\d]{1,3}(?:日|号|个工作日|天)|[之以]?[前内])+"
)
_LIST = re.compile(r"^(?:[、和及与或，]|以及|各)+$")
_LEADING = re.compile(
    r"^(?:其中|对于|对(?![口接标外照账应])|力争|确保|原则上|务必|最迟|最晚|并且?|且|以后|之后|此后|今后|：|、|，|[前内起](?=[^期端部容设步初]))+"
)
_TRAILING = re.compile(
    r"(?:其中|于|在|应|要|须|需|力争|确保|原则上|务必|务于|最迟|最晚|拟|计划|预计|争取|应当|必须|限期?|自|从|到|至|：|、)+$"
)
_DONE = re.compile(
    r"^(?:前|内|之前|以前|底|末|的|要|须|需|应|并|且|全部|全面|基本|初步|各|分别|率先|如期|按期|按时|组织|阶段性|整体|圆满|集中|务必|确保|力争)*"
    r"(?:完成|实现|落实|落实到位|到位|见效|达标|建成|办结|见成效|取得实效|取得明显成效|取得成效|取得阶段性成效|取得明显进展|取得积极进展|开展|实施|推进|启动|整改|"
    r"整改到位|一次|[1-9]次|全部|任务|工作|成效|进展|目标|销号|到位|组织|上报|报送|结束|结项|清零|以上|左右|止)*$"
)
_VERB = re.compile(r"^(?:前|内)?(?:要|须|应)?(?:全部|全面|基本|初步)?(?:完成|实现)(?=.)")


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """The parts of a phrase in order, and what of it was not understood."""

    parts: tuple[Deadline, ...] = ()
    left: str = ""


@dataclass(slots=True)
class _Draft:
    issued: date | None
    year: int | None
    said: int | None = None
    parts: list[Deadline] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    tails: dict[int, str] = field(default_factory=dict)
    pending: str = ""

    def yearly(self, point: Point) -> bool:
        """Whether a point without a year goes on after one of every year: 每年3月底前…，12月底前…."""
        last = self.parts[-1].recur if self.parts else None
        return (
            point.year is None
            and point.shift is None
            and point.month is not None
            and (last or "").startswith("yearly-")
        )

    def year_of(self, point: Point) -> int | None:
        """The year of a point: said, counted from the document's, or that of the point before."""
        base = self.said if self.said is not None and point.shift != 0 else self.year
        if point.year is not None:
            self.said = point.year
        elif point.shift is not None and self.year is not None:
            return (self.year if point.shift == 0 or self.said is None else self.said) + point.shift
        return point.year if point.year is not None else base


def understand(phrase: str, *, issued: date | None = None, year: int | None = None) -> DeadlineReading:
    """The parts of a deadline phrase.

    ``issued`` is the date of the document, ``year`` the year that a phrase without one (6月底前) means: the
    document's, or that of the column's head.
    """
    text = _LABEL.sub("", squeeze(full_width(phrase))).strip('，；。、“”"')
    if not text:
        return DeadlineReading()
    if _NOTHING.match(text):
        return DeadlineReading((Deadline(DeadlineKind.UNSPECIFIED),))
    draft = _Draft(issued, year if year is not None else (issued.year if issued else None))
    for clause in _CLAUSE.split(text):
        if clause:
            _clause(clause, draft)
    _dates_win(draft)
    _scopes(draft)
    if draft.pending:
        draft.left.append(draft.pending)
    return DeadlineReading(tuple(draft.parts), "，".join(draft.left))


def is_deadline(phrase: str) -> bool:
    """Whether the words are a deadline phrase and nothing else."""
    if len(phrase) > 60:
        return False
    reading = understand(phrase, issued=date(2024, 1, 1))
    return bool(reading.parts) and not reading.left and all(part.scope is None for part in reading.parts)


def _clause(text: str, draft: _Draft) -> None:
    """One clause: dates, else after the issue, recurring, ongoing, on instruction, or vague words, else left."""
    text = _FROM_NOW.sub("", text)
    issue = AFTER_ISSUE.search(text)
    if issue is not None:
        _after_issue(text, issue, draft)
        return
    found = list(points(text))
    if found and text.startswith("起", found[0].end) and len(text) > found[0].end + 1:
        _clause(text[found[0].end + 1 :], draft)
        return
    if found and not _THROUGHOUT.fullmatch(text):
        _dated(text, found, draft)
        return
    for read in (_recurring, _ongoing, _instructed, _vague):
        if read(text, draft):
            return
    if draft.pending:
        draft.left.append(draft.pending)
    draft.pending = text


def _dated(text: str, found: list[Point], draft: _Draft) -> None:
    """The points of a clause; a list of points (6月、12月底前) shares scope and year."""
    before = text[: found[0].start]
    for at, point in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        between = text[point.end : following.start] if following else text[point.end :]
        listed = following is not None and _LIST.match(between) is not None
        tail, head = ("", "") if listed else _divided(between) if following else (between, "")
        _point(point, text, before, draft)
        if following is not None and listed and point.every and not following.every:
            found[at + 1] = replace(following, every=True)
        if not listed:
            _tail(tail, point, draft)
            before = head


def _divided(between: str) -> tuple[str, str]:
    """What stands between two points, as the first one's and the second one's words."""
    first, mark, second = between.partition("、")
    return (first, second) if mark else (between, "")


def _point(point: Point, text: str, before: str, draft: _Draft) -> None:
    scope = _scope(before) or None
    if scope is None and draft.pending:
        scope, draft.pending = draft.pending, ""
    if point.every or draft.yearly(point):
        draft.parts.append(Deadline(DeadlineKind.RECURRING, recur=point.recur, scope=scope))
        return
    day = point.on(draft.year_of(point))
    kind = DeadlineKind.BY if day is not None else DeadlineKind.UNSPECIFIED
    if day is None:
        draft.left.append(text[point.start : point.end])
    if scope is None and draft.parts and draft.parts[-1] == Deadline(DeadlineKind.ONGOING):
        draft.parts.pop()
        kind = DeadlineKind.BY_THEN_ONGOING if day is not None else kind
    draft.parts.append(Deadline(kind, date=day, scope=scope))


def _tail(text: str, point: Point, draft: _Draft) -> None:
    """The words behind a point: 完成, 并长期坚持, or what is to be done by then."""
    ongoing = _ONGOING.search(text)
    if ongoing is not None and (not text[ongoing.end() :] or _DONE.match(text[ongoing.end() :])):
        text = text[: ongoing.start()]
        last = draft.parts[-1]
        plain = point.bare and not text and not point.marked and not ongoing[0].startswith(("并", "且", "后", "同时"))
        if last.kind is DeadlineKind.BY:
            draft.parts[-1] = (
                replace(last, kind=DeadlineKind.ONGOING, date=None)
                if plain
                else replace(last, kind=DeadlineKind.BY_THEN_ONGOING)
            )
    if text and not _DONE.match(text):
        draft.tails[len(draft.parts) - 1] = _VERB.sub("", text)


def _dates_win(draft: _Draft) -> None:
    """按照全省统一部署，2024年底前完成 is `by`: beside a date, instructions and vague words without a matter fall away."""
    weak = (Deadline(DeadlineKind.ON_INSTRUCTION), Deadline(DeadlineKind.UNSPECIFIED))
    if any(part.date or part.recur for part in draft.parts) and any(part in weak for part in draft.parts):
        kept = [at for at, part in enumerate(draft.parts) if part not in weak]
        draft.tails = {new: draft.tails[old] for new, old in enumerate(kept) if old in draft.tails}
        draft.parts = [draft.parts[at] for at in kept]


def _scopes(draft: _Draft) -> None:
    """Where a phrase has several parts, what stands behind a date is its scope: 2024年底前完成试点，….

    A single part speaks for all of the measure, whatever is said behind it.
    """
    if len(draft.parts) < 2:
        return
    for at, tail in draft.tails.items():
        if draft.parts[at].scope is None:
            draft.parts[at] = replace(draft.parts[at], scope=_LEADING.sub("", tail) or None)


def _scope(text: str) -> str:
    """The matter named before or behind a date, without the words that only bind."""
    return _TRAILING.sub("", _LEADING.sub("", text))


def _after_issue(text: str, issue: re.Match[str], draft: _Draft) -> None:
    day = after_issue(issue, draft.issued)
    kind = DeadlineKind.BY if day is not None else DeadlineKind.UNSPECIFIED
    if day is None:
        draft.left.append(issue[0])
    draft.parts.append(Deadline(kind, date=day, scope=_scope(text[: issue.start()]) or None))


def _recurring(text: str, draft: _Draft) -> bool:
    for period, recur in _PERIODS:
        found = period.search(text)
        if found is None:
            continue
        behind = _DAY_IN_PERIOD.sub("", text[found.end() :])
        if not (_DONE.match(behind) or _ONGOING.match(behind) or len(behind) < 20):
            continue
        draft.parts.append(
            Deadline(DeadlineKind.RECURRING, recur=recur, scope=_taken(_scope(text[: found.start()]), draft))
        )
        draft.tails[len(draft.parts) - 1] = "" if _DONE.match(behind) else behind
        return True
    return False


def _ongoing(text: str, draft: _Draft) -> bool:
    found = _ONGOING.search(text)
    if found is None or (found.end() < len(text) and not _DONE.match(text[found.end() :])):
        return False
    scope = _scope(text[: found.start()])
    if _DONE.match(scope):
        scope = ""
    last = draft.parts[-1] if draft.parts else None
    if not scope and not draft.pending and last is not None:
        if last.kind is DeadlineKind.BY:
            draft.parts[-1] = replace(last, kind=DeadlineKind.BY_THEN_ONGOING)
        return True
    draft.parts.append(Deadline(DeadlineKind.ONGOING, scope=_taken(scope, draft)))
    return True


def _instructed(text: str, draft: _Draft) -> bool:
    found = _INSTRUCTED.search(text)
    if found is None or (found.end() < len(text) and not _DONE.match(text[found.end() :])):
        return False
    scope = _scope(text[: found.start()])
    own = found["whose"] is not None and not _ABOVE.search(found["whose"])
    kind = DeadlineKind.UNSPECIFIED if own else DeadlineKind.ON_INSTRUCTION
    draft.parts.append(Deadline(kind, scope=_taken(scope, draft)))
    return True


def _vague(text: str, draft: _Draft) -> bool:
    found = _VAGUE.fullmatch(text)
    if found is None:
        return False
    draft.parts.append(Deadline(DeadlineKind.UNSPECIFIED, scope=_taken("", draft)))
    return True


def _taken(scope: str, draft: _Draft) -> str | None:
    """The scope, or the clause before that waits for a part of its own."""
    if not scope and draft.pending:
        scope, draft.pending = draft.pending, ""
    return scope or None
