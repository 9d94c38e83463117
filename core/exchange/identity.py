"""Whose sheet it is: by the hidden sheet where that came back, else by what is written in it and by its file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from core.exchange.hidden_identity import Hidden, SentRow, hidden_in
from core.exchange.known_names import key_period, period_named, period_within, unit_named, unit_within
from core.exchange.read_workbook import Book, Page, shown
from core.exchange.returned import Identity, Known, KnownLedger, KnownPlan, SheetProblem
from core.ledger import periods
from core.model.ledger import Period
from core.model.plan import Severity
from core.recognise.sources.errors import UnreadableError

_UNIT = re.compile(r"(?:填报|报送|填表|责任)单位(?:名称)?[（(]?(?:盖章|公章|签章)?[）)]?\s*[:：]\s*([^\s　,，;；]+)")
_UNIT_LABEL = re.compile(r"(?:填报|报送|填表)单位(?:名称)?(?:[（(](?:盖章|公章|签章)[）)])?\s*[:：]?\s*")
_PERIOD = re.compile(r"(?:报送期|填报期|报告期|填报时段)\s*[:：]\s*([^\s　,，;；]+)")
_OFFICE = re.compile(r"(?:联系单位|联系人|发文单位|报送至|报)\s*[:：][^\n　]*")
_TABLE_NAME = re.compile(r"(重点|主要|工作|目标)*任务(分解|分工|责任)(表|清单)$")
_FOOT_ROWS = 6
"""Some move 填报单位 to the foot."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a workbook says of itself. ``sent`` are its rows as they went out, none where the hidden sheet is gone."""

    plan: KnownPlan | None
    period: Period | None
    unit: str | None
    version: int | None
    how: Known
    sent: tuple[SentRow, ...] = ()
    problems: tuple[SheetProblem, ...] = ()

    @property
    def identity(self) -> Identity:
        """The same as the ledger's keys."""
        return Identity(
            self.plan.key if self.plan else None,
            self.period.key if self.period else None,
            self.unit,
            self.version,
            self.how,
        )


def told_by(book: Book, page: Page, head_rows: int, name: str, known: KnownLedger) -> Told:
    """Whose sheet a page is; ``head_rows`` stand above its header.

    What is hidden and what is written must agree: where they name two units or periods, neither is taken and a
    person decides. Raises UnreadableError for the sheet of another ledger file or of a plan that is not in the file.
    """
    hidden = hidden_in(book)
    problems: list[SheetProblem] = []
    if hidden is not None:
        _refuse_foreign(hidden, known, name)
    if hidden is None or not hidden.is_whole:
        if hidden is not None:
            what = "隐藏的标识不完整或被改动过，改按表中所写的单位、报送期和措施认"
            problems.append(_problem(Severity.WARNING, what))
        return _by_sight(page, head_rows, name, known, hidden.words if hidden else {}, problems)
    words = hidden.words
    plan = next((plan for plan in known.plans if plan.key == words["plan"]), None)
    seen = _seen(page, head_rows, name, known, plan)
    if plan is None:
        raise UnreadableError(
            f"“{name}”是方案“{words.get('plan_title') or words['plan']}”的填报表，本台账中没有这个方案。",
            hint="请核对是否发错了表。",
            where=name,
        )
    unit = _agreed_unit(words["unit"], seen, known, problems)
    period = _agreed_period(words["period"], words.get("period_title", ""), seen, known, problems)
    version = int(words["version"]) if words["version"].isdecimal() else None
    return Told(plan, period, unit, version, Known.IDENTITY, tuple(hidden.rows), tuple(problems))


def _refuse_foreign(hidden: Hidden, known: KnownLedger, name: str) -> None:
    file_id = hidden.words.get("file", "")
    if file_id and known.file_id and file_id != known.file_id:
        raise UnreadableError(
            f"“{name}”是另一个台账文件下发的填报表{_of_whom(hidden)}，没有读取。",
            hint="请核对打开的台账是否正确，或请该单位用本台账下发的表填报。",
            where=name,
        )


def _of_whom(hidden: Hidden) -> str:
    """The unit and the plan it says of itself."""
    said = [hidden.words.get(key, "") for key in ("unit", "plan_title")]
    return f"（{'，'.join(word for word in said if word)}）" if any(said) else ""


# What is seen ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the head of the page and the name of the file say; ``unit`` only where the register has it."""

    unit_word: str = ""
    unit: str | None = None
    period_word: str = ""
    period: Period | None = None
    heading: str = ""
    unit_of_file: str | None = None
    period_of_file: Period | None = None


def _periods_of(plan: KnownPlan | None, known: KnownLedger) -> list[Period]:
    """Those of the plan, its own first: two plans may both have a 中期."""
    if plan is None:
        return list(known.periods)
    is_first = bool(known.plans) and known.plans[0].key == plan.key
    mine = [period for period in known.periods if periods.is_of_plan(period.key, plan.key, is_first=is_first)]
    return sorted(mine, key=lambda period: not period.key.endswith(f"@{plan.key}"))


def _seen(page: Page, head_rows: int, name: str, known: KnownLedger, plan: KnownPlan | None) -> _Seen:
    heading = _text(page, [row for row in page.rows if row <= head_rows])
    text = f"{heading}\n{_text(page, sorted(page.rows)[-_FOOT_ROWS:])}"
    times = _periods_of(plan, known)
    unit_word = _unit_word(page, text, known)
    found = _PERIOD.search(text)
    period_word = found[1] if found else ""
    stem = unicodedata.normalize("NFKC", PurePath(name.replace("\\", "/")).stem)
    return _Seen(
        unit_word,
        unit_named(unit_word, known),
        period_word,
        period_named(period_word, times) or (None if period_word else period_within(heading, times)),
        heading,
        unit_within(stem, known) or unit_within(page.name, known),
        period_within(stem, times),
    )


def _text(page: Page, rows: Iterable[int]) -> str:
    """The texts of some rows, a line each."""
    return "\n".join(
        shown(value) for row in sorted(rows) for value in page.rows[row].values() if isinstance(value, str)
    )


def _unit_word(page: Page, text: str, known: KnownLedger) -> str:
    """What stands behind 填报单位：, in its cell or in the next one."""
    for found in _UNIT.finditer(text):
        if not found[0].startswith("责任") or unit_named(found[1], known):
            return found[1]
    for cells in page.rows.values():
        columns = sorted(cells)
        for at, column in enumerate(columns[:-1]):
            value = cells[column]
            if isinstance(value, str) and _UNIT_LABEL.fullmatch(value.strip()):
                return shown(cells[columns[at + 1]]).split("\n")[0].strip()
    return ""


# Both together -----------------------------------------------------------------------------------------------------


def _agreed_unit(hidden: str, seen: _Seen, known: KnownLedger, problems: list[SheetProblem]) -> str | None:
    mine = known.units.get(hidden)
    if mine is None:
        problems.append(_problem(Severity.ERROR, "单位库中没有这个单位", hidden))
        return None
    if seen.unit is not None and seen.unit != mine:
        what = f"标识是“{mine}”的表，表中填报单位写的是“{seen.unit_word}”，请确定是哪个单位的"
        problems.append(_problem(Severity.ERROR, what, seen.unit_word))
        return None
    if seen.unit_word and seen.unit is None:
        what = f"单位库中没有表中写的填报单位，按标识认作“{mine}”"
        problems.append(_problem(Severity.WARNING, what, seen.unit_word))
    elif seen.unit_of_file is not None and seen.unit_of_file != mine:
        what = f"文件名中写的是“{seen.unit_of_file}”，表是“{mine}”的，按表读"
        problems.append(_problem(Severity.WARNING, what, seen.unit_of_file))
    return mine


def _agreed_period(
    key: str, title: str, seen: _Seen, known: KnownLedger, problems: list[SheetProblem]
) -> Period | None:
    mine = key_period(key, known.periods)
    if mine is None:
        problems.append(_problem(Severity.ERROR, "台账中没有这个报送期", title or key))
        return None
    if seen.period_word and seen.period_word != title and (seen.period is None or seen.period.key != mine.key):
        what = f"标识是“{mine.title}”的表，表中报送期写的是“{seen.period_word}”，请确定是哪一期的"
        problems.append(_problem(Severity.ERROR, what, seen.period_word))
        return None
    _say_period_of_file(mine, seen, problems)
    return mine


def _say_period_of_file(read: Period, seen: _Seen, problems: list[SheetProblem]) -> None:
    """An old sheet under a new name is taken for what it is, but never unsaid.

    A month or a quarter within the longer one is no contradiction.
    """
    named = seen.period_of_file
    if named is None or named.key == read.key:
        return
    if named.first_day <= read.last_day and read.first_day <= named.last_day:
        return
    what = f"文件名中写的是“{named.title}”，表是“{read.title}”的，按表读"
    problems.append(_problem(Severity.WARNING, what, named.title))


def _by_sight(
    page: Page, head_rows: int, name: str, known: KnownLedger, words: Mapping[str, str], problems: list[SheetProblem]
) -> Told:
    """By what is written. ``words`` of a hidden sheet that is not whole serve only where nothing is written."""
    heading = _text(page, [row for row in page.rows if row <= head_rows])
    word = _unit_word(page, f"{heading}\n{_text(page, sorted(page.rows)[-_FOOT_ROWS:])}", known)
    plan = _plan_of(known, page, heading, unit_named(word, known)) or _plan_by_key(known, words)
    seen = _seen(page, head_rows, name, known, plan)
    unit, how = _unit_by_sight(seen, known, words, problems)
    period = seen.period or (None if seen.period_word else seen.period_of_file)
    if period is None and not seen.period_word and "period" in words:
        period = key_period(words["period"], known.periods)
    if period is None:
        problems.append(_problem(Severity.ERROR, "没有认出是哪个报送期的表，请指定报送期", seen.period_word))
    if plan is None:
        problems.append(_problem(Severity.ERROR, "没有认出是哪个方案的表，请指定方案"))
    if period is not None:
        _say_period_of_file(period, seen, problems)
    if unit and period and plan:
        by = "表中的填报单位" if how is Known.VISIBLE else "文件名"
        said = f"没有隐藏的标识，按{by}、报送期和措施文字认作“{unit}”{period.title}的表"
        problems.append(_problem(Severity.INFO, said))
    return Told(plan, period, unit, None, how, (), tuple(problems))


def _unit_by_sight(
    seen: _Seen, known: KnownLedger, words: Mapping[str, str], problems: list[SheetProblem]
) -> tuple[str | None, Known]:
    if seen.unit is not None:
        if seen.unit_of_file in (None, seen.unit):
            return seen.unit, Known.VISIBLE
        what = f"文件名中写的是“{seen.unit_of_file}”，表中填报单位写的是“{seen.unit}”，请确定是哪个单位的"
        problems.append(_problem(Severity.ERROR, what, seen.unit_of_file or ""))
        return None, Known.VISIBLE
    found = None
    if not seen.unit_word:
        within = unit_within(_without_office(seen.heading, known), known) or known.units.get(words.get("unit", ""))
        if within is not None and seen.unit_of_file in (None, within):
            return within, Known.VISIBLE
        found = seen.unit_of_file if within is None else None
    if found is None:
        problems.append(_problem(Severity.ERROR, "没有认出是哪个单位的表，请指定单位", seen.unit_word))
    return found, Known.FILE_NAME


def _without_office(heading: str, known: KnownLedger) -> str:
    """The heading without whom to ask and without the plan's name: either may hold a unit that is not meant."""
    text = _OFFICE.sub("", heading)
    for plan in known.plans:
        text = text.replace(_TABLE_NAME.sub("", plan.title), "")
    return text


def _plan_by_key(known: KnownLedger, words: Mapping[str, str]) -> KnownPlan | None:
    return next((plan for plan in known.plans if plan.key == words.get("plan")), None)


def _plan_of(known: KnownLedger, page: Page, heading: str, unit: str | None) -> KnownPlan | None:
    """The plan by its name in the heading, else the one whose measures stand on the page."""
    named = [plan for plan in known.plans if _TABLE_NAME.sub("", plan.title) in heading]
    if len(named) == 1:
        return named[0]
    plans = named or list(known.plans)
    if len(plans) == 1:
        return plans[0]
    texts = {_squeezed(shown(value)) for cells in page.rows.values() for value in cells.values()}
    counted = sorted(
        ((_hits(plan, texts, unit), at) for at, plan in enumerate(plans)), key=lambda pair: (-pair[0], pair[1])
    )
    if not counted or counted[0][0] == 0 or (len(counted) > 1 and counted[0][0] == counted[1][0]):
        return None
    return plans[counted[0][1]]


def _hits(plan: KnownPlan, texts: Iterable[str], unit: str | None) -> int:
    own = {one.number for one in plan.obligations.get(unit or "", ())}
    of_plan = {_squeezed(f"{label}{text}") for number, (label, text) in plan.texts.items() if not own or number in own}
    of_plan |= {_squeezed(text) for number, (_, text) in plan.texts.items() if not own or number in own}
    return len(of_plan & set(texts))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _problem(severity: Severity, what: str, found: str = "") -> SheetProblem:
    return SheetProblem(severity, what, found=found)
