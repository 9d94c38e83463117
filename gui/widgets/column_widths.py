"""Widths of columns: those of the look shared out over the room there is, and those the clerk has dragged, remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from gui import theme

LEAST = 40
"""Pixels of the look under which no column can be dragged."""


class Width(NamedTuple):
    """What a column wants, in pixels: ``natural``, or with ``share`` its part of what the others leave, ``natural`` the least.

    ``gives_way``: left out where the room is too small, the highest first; 0 never.
    """

    natural: int
    share: float = 0.0
    gives_way: int = 0


class _Memory:
    """Where dragged widths are kept; the settings of the window once there is one."""

    kept: ClassVar[dict[str, list[int]]] = {}


def use(kept: dict[str, list[int]]) -> None:
    """Keep dragged widths here: a list a table, pixels of the look, 0 for a column nobody dragged."""
    _Memory.kept = kept


def remember(name: str, columns: int, own: Mapping[int, int]) -> None:
    """Keep what was dragged in a table; nothing dragged is forgotten."""
    if own:
        _Memory.kept[name] = [round(own.get(at, 0) * theme.BASE / theme.base()) for at in range(columns)]
    else:
        _Memory.kept.pop(name, None)


def remembered(name: str, columns: int) -> dict[int, int]:
    """What was dragged in a table, in pixels at the size in force; nothing where its columns are others now."""
    kept = _Memory.kept.get(name, [])
    if len(kept) != columns:
        return {}
    return {at: theme.px(width) for at, width in enumerate(kept) if width > 0}


def fitted(wanted: Sequence[Width], room: int, own: Mapping[int, int], *, may_scroll: bool = False) -> list[int]:
    """The width of every column, 0 for one that is left out.

    Dragged columns give back what is too much for the room, then columns give way; where the table ``may_scroll``
    neither happens.
    """
    shares = [at for at, width in enumerate(wanted) if width.share and at not in own]
    if not shares:  # somebody has to take the rest
        shares = [at for at, width in enumerate(wanted) if width.share][-1:]
    widths = [0 if at in shares else own.get(at, width.natural) for at, width in enumerate(wanted)]
    least = sum(wanted[at].natural for at in shares)
    if not may_scroll:
        _take_back(wanted, widths, own, sum(widths) + least - room)
        for at in sorted((at for at, w in enumerate(wanted) if w.gives_way), key=lambda at: -wanted[at].gives_way):
            if sum(widths) + least > room:
                widths[at] = 0
    rest = room - sum(widths)
    for place, at in enumerate(shares):
        all_shares = sum(wanted[other].share for other in shares[place:])
        widths[at] = max(round(rest * wanted[at].share / all_shares), min(wanted[at].natural, max(rest, LEAST)))
        if may_scroll:
            widths[at] = max(widths[at], wanted[at].natural)
        rest -= widths[at]
    return widths


def _take_back(wanted: Sequence[Width], widths: list[int], own: Mapping[int, int], lack: int) -> None:
    """From the columns that were dragged wider, the widest first, what the room lacks."""
    for at in sorted(own, key=lambda at: widths[at] - wanted[at].natural, reverse=True):
        spare = widths[at] - wanted[at].natural if widths[at] else 0
        if lack <= 0 or spare <= 0:
            return
        taken = min(lack, spare)
        widths[at] -= taken
        lack -= taken


def dragged(
    wanted: Sequence[Width], widths: Sequence[int], own: Mapping[int, int], at: int, width: int
) -> dict[int, int]:
    """The dragged widths after the right edge of a column was moved to make it ``width`` wide.

    The column that takes the rest cannot have a width of its own: its neighbour gives or takes what its edge moved.
    """
    shares = [other for other, one in enumerate(wanted) if one.share and other not in own]
    least = theme.px(LEAST)
    if at not in shares or len(shares) > 1:
        return {**own, at: max(width, least)}
    after = next((other for other in range(at + 1, len(widths)) if widths[other]), None)
    if after is None:
        return dict(own)
    return {**own, after: max(widths[after] - (width - widths[at]), least)}
