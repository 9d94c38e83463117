"""What the tiles of 首页 say, and which measures each of them stands for: pure, so that it can be tested alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.ledger.figures import RULES, rules_for
from core.model.ledger import Light, State
from gui.pages.filters import TableFilter
from gui.pages.home import tiles
from gui.pages.home.bars import LATE, PARTS
from gui.pages.home.tiles import TileText

if TYPE_CHECKING:
    from core.ledger.figures import Figures
    from core.office.home import Home

FILTERS = {
    tiles.TOTAL: TableFilter(),
    tiles.DONE: TableFilter(states=frozenset({State.DONE})),
    tiles.IN_PROGRESS: TableFilter(states=frozenset({State.IN_PROGRESS})),
    tiles.NOT_STARTED: TableFilter(states=frozenset({State.NOT_STARTED})),
    tiles.STEADY: TableFilter(states=frozenset({State.ONGOING, State.WAITING})),
    tiles.OVERDUE: TableFilter(lights=frozenset({Light.OVERDUE})),
    tiles.DUE_SOON: TableFilter(lights=frozenset({Light.DUE_SOON})),
}
"""What a tile shows when it is pressed."""
_STEADY_TOO = frozenset({State.ONGOING, State.WAITING, State.NOT_APPLICABLE})

RULE_TITLES = {
    "total": "措施总数",
    **{state.value: state.title for state in State},
    "due_soon": "临近",
    "overdue": "逾期",
    "done_late": "逾期完成",
    "completion": "完成率",
}
"""The word of each figure that has a rule."""


def filter_of(key: str, home: Home) -> TableFilter:
    """The measures a tile counts: the last of the sum holds 不涉及, too."""
    if key == tiles.STEADY and home.statistics.measures.not_applicable:
        return TableFilter(states=_STEADY_TOO, title="长期、待部署、不涉及")
    return FILTERS[key]


def only_of(word: str) -> dict[str, Any]:
    """What a part of a bar adds to a filter: its states, or the light; nothing without a word."""
    keys = (tiles.DONE, tiles.IN_PROGRESS, tiles.STEADY, tiles.NOT_STARTED, tiles.OVERDUE)
    key = next((key for key, name in zip(keys, (*PARTS, LATE), strict=True) if name == word), tiles.TOTAL)
    return {"states": FILTERS[key].states, "lights": FILTERS[key].lights}


def tile_texts(home: Home) -> dict[str, TileText]:
    """Figures and notes. The five of the sum add up whatever the states are: 不涉及 stands with the last, and is named."""
    figures = home.statistics.measures
    owed = home.statistics.obligations
    return {
        tiles.TOTAL: TileText(figures.total, (f"责任事项 {owed.total} 个",), RULES["total"]),
        tiles.DONE: TileText(figures.done, _done_notes(figures), _done_tip(figures)),
        tiles.IN_PROGRESS: TileText(figures.in_progress, _lights(home, State.IN_PROGRESS), RULES["in_progress"]),
        tiles.NOT_STARTED: TileText(figures.not_started, _not_started(home), RULES["not_started"]),
        tiles.STEADY: TileText(
            figures.ongoing + figures.waiting + figures.not_applicable, _steady_notes(figures), _steady_tip(figures)
        ),
        tiles.OVERDUE: TileText(figures.overdue, _overdue_notes(home), RULES["overdue"]),
        tiles.DUE_SOON: TileText(
            figures.due_soon, (f"{home.soon_days} 天内到期",), rules_for(home.soon_days)["due_soon"]
        ),
    }


def rate(value: float | None) -> str:
    """26.3%, a dash where there is nothing to divide by."""
    return "—" if value is None else f"{value * 100:.1f}%"


def _done_notes(figures: Figures) -> tuple[str, ...]:
    words = f"完成率 {rate(figures.completion)}"
    if not figures.done_late:
        return (words,)
    return f"{words}，逾期完成 {figures.done_late}", f"{rate(figures.completion)}，逾期完成 {figures.done_late}"


def _done_tip(figures: Figures) -> str:
    on_time = f"按期完成 {figures.done - figures.done_late}，逾期完成 {figures.done_late}\n" if figures.done else ""
    return f"{on_time}{RULES['done']}\n{RULES['completion']}"


def _lights(home: Home, state: State) -> tuple[str, ...]:
    found = [s for s in home.statistics.view.measures.values() if s.state is state]
    late, soon = sum(s.overdue for s in found), sum(s.due_soon for s in found)
    parts = [f"{word} {count}" for word, count in (("逾期", late), ("临近", soon)) if count]
    return ("含" + "、".join(parts),) if parts else ("没有逾期和临近",) if found else ("没有推进中的措施",)


def _not_started(home: Home) -> tuple[str, ...]:
    if not home.statistics.measures.not_started:
        return ("没有未启动的措施",)
    notes = _lights(home, State.NOT_STARTED)
    if notes[0].startswith("含"):
        return notes
    first = home.first_not_started
    return (f"最早 {first.isoformat()} 到期",) if first is not None else ("都没有标明日期",)


def _steady_notes(figures: Figures) -> tuple[str, ...]:
    """The three that stand in this tile, so that the sum can be followed."""
    parts = [("长期", figures.ongoing), ("待部署", figures.waiting), ("不涉及", figures.not_applicable)]
    said = [f"{word} {count}" for word, count in parts if count]
    if not said:
        return "本方案没有此类措施", "没有此类措施"
    if figures.not_applicable and len(said) > 1:
        return "、".join(said), f"含不涉及 {figures.not_applicable}"
    return ("、".join(said),)


def _steady_tip(figures: Figures) -> str:
    words = f"长期坚持：{RULES['ongoing']}\n待部署：{RULES['waiting']}"
    if figures.not_applicable:
        words += f"\n不涉及 {figures.not_applicable} 项计在这里，使五个数相加相等。{RULES['not_applicable']}"
    return words


def _overdue_notes(home: Home) -> tuple[str, ...]:
    days = home.longest_overdue
    return (f"最长 {days} 天",) if days is not None else ("没有逾期",)
