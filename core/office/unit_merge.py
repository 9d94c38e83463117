"""合并单位: two entries of the register that are the same unit become one; nothing that was said of either is lost.

An obligation of the merged unit goes over whole, with its entries, drafts, evidence, 延期 and 异议, where the other
unit owes nothing. Where both owe a measure, the obligation of the unit that stays goes on with the stronger role, and
the entries of the other join it. Where both have said something else of one period, only the clerk knows which one
holds: the merge waits for the choice, and the entry that was not chosen stays with the merged unit's obligation,
inactive and readable in the history of the measure. What a merged unit said while it owed nothing stays with it too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from core.errors import InvalidError
from core.ledger.merging import check_mergeable, free_name, merged
from core.model.units import Register, Unit
from core.office import backups
from core.office.changes import Changes
from core.office.form_value import value_from, value_of, words
from core.office.register_effect import GroupEffect, Owed, effect_between, write_register
from core.office.unit_changes import find_unit, unit_words
from core.office.unit_groups import group_words, holds
from core.office.units import measures_naming
from core.store import journal, merged_units, plans, progress
from core.store import units as unit_rows
from core.store.database import Store
from core.store.merged_units import Pair
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Both units have said something of one measure in one period (and part), and not the same.

    ``id`` names it in the choices of ``merge_units``. ``have`` is what the unit that stays said, ``got`` what the
    other one said, under the words of the form.
    """

    id: int
    plan: str
    measure: int
    period_key: str
    period_title: str
    part: str | None
    have: dict[str, Any]
    got: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merge would do.

    ``moved`` obligations go over with all that was said of them; of ``both`` the one of the unit that stays goes on,
    with the stronger role. ``entries``, ``drafts``, ``adjustments``, ``objections`` count what goes over. ``names``
    become aliases. ``groups`` hold the merged unit, as member or exception; ``divisions`` are the measures that name
    it. ``conflicts`` wait for the clerk's choice. ``obligations``: what appears and goes.
    """

    moved: tuple[Owed, ...]
    both: tuple[Owed, ...]
    entries: int
    drafts: int
    adjustments: int
    objections: int
    names: tuple[str, ...]
    groups: tuple[str, ...]
    divisions: tuple[tuple[str, int], ...]
    conflicts: tuple[MergeConflict, ...]
    obligations: GroupEffect


def merge_effect(store: Store, name: str, into: str) -> MergeEffect:
    """What ``merge_units`` would do; nothing is written. Raises as it does, but for conflicts without a choice."""
    with store.reading() as db:
        return _plan(db, name, into).effect()


def merge_units(store: Store, name: str, into: str, choices: Mapping[int, str] | None = None) -> Changes:
    """Merge ``name`` into ``into``, whose row stays; everything the other one is called becomes an alias.

    ``choices``: for each conflict, by its id, the name of the unit whose entry counts; the other entry stays in the
    file as history, with its evidence.

    Raises NotFoundError; InvalidError (into) for a unit with itself, a unit with a collective, one that was merged
    already or has left, one that is a member where the other is an exception, (choices) for a conflict without a
    choice.
    """
    backups.before(store, "合并单位")
    with store.transaction() as db:
        act = _plan(db, name, into)
        conflicts = act.conflicts()
        chosen = _chosen(act, conflicts, choices or {})
        effect = act.effect()
        old_id, into_id = act.unit_ids
        for pair in act.pairs:
            if pair.other is None:
                merged_units.hand_over(db, pair, into_id)
        for pair in act.both:
            _join(act, pair, chosen)
        merged_units.move_letters(db, old_id, into_id)
        unit_rows.rename(db, act.unit.name, act.gone_name)
        write_register(db, unit_rows.load(db), act.after)
        _journal(act, effect, conflicts, chosen)
    touched = frozenset(owed.measure for owed in (*effect.moved, *effect.both))
    return Changes(measures=effect.obligations.changes.measures | touched, units=True, plan=False)


@dataclass(frozen=True, slots=True)
class _Merge:
    """A merge while it is looked at or done. ``unit`` goes on in ``into``; its row is then called ``gone_name``."""

    db: Connection
    unit: Unit
    into: Unit
    before: Register
    after: Register
    gone_name: str
    unit_ids: tuple[int, int]
    pairs: tuple[Pair, ...]

    @property
    def both(self) -> tuple[Pair, ...]:
        """Measures that the merged unit owes and that the other one has an obligation in."""
        return tuple(pair for pair in self.pairs if pair.other is not None and pair.is_active)

    def matches(self, pair: Pair) -> Iterator[tuple[ProgressRow, ProgressRow | None]]:
        """Each entry of the merged unit with that of the other one for the same period and part."""
        assert pair.other is not None
        there = {(row.period.key, row.part): row for row in progress.of_obligation(self.db, pair.other)}
        for row in progress.of_obligation(self.db, pair.id):
            yield row, there.get((row.period.key, row.part))

    def said(self, row: ProgressRow) -> dict[str, Any]:
        """What an entry says, under the words of the form."""
        reached = "；".join(
            f"{r.target}：{'' if r.value is None else r.value}{r.note}" for r in progress.reached(self.db, row.id)
        )
        return words(value_of(row)) | ({"量化指标": reached} if reached else {}) | {"审核": row.review.value}

    def conflicts(self) -> tuple[MergeConflict, ...]:
        """Entries of both for one place that do not say the same."""
        return tuple(
            MergeConflict(
                row.id,
                pair.plan,
                pair.measure,
                row.period.key,
                row.period.title,
                row.part,
                self.said(other),
                self.said(row),
            )
            for pair in self.both
            for row, other in self.matches(pair)
            if other is not None and self.said(row) != self.said(other)
        )

    def effect(self) -> MergeEffect:
        """What it does."""
        going = [pair for pair in self.pairs if pair.other is None or pair.is_active]
        keys = [pair.id for pair in going]
        called = {self.unit.name: self.into.name}
        groups = [g.name for g in self.before.units if self.unit.name in (*g.members, *(e.unit for e in g.exceptions))]
        return MergeEffect(
            moved=tuple(Owed(p.plan, p.measure, self.into.name) for p in going if p.other is None and p.is_active),
            both=tuple(Owed(p.plan, p.measure, self.into.name) for p in self.both),
            entries=merged_units.count(self.db, "progress", keys),
            drafts=merged_units.count(self.db, "draft", keys),
            adjustments=merged_units.count(self.db, "adjustment", keys),
            objections=merged_units.count(self.db, "objection", keys),
            names=self.unit.names,
            groups=tuple(groups),
            divisions=_divisions(self.db, self.before, self.unit),
            conflicts=self.conflicts(),
            obligations=effect_between(self.db, self.before, self.after, called=called),
        )


def _plan(db: Connection, name: str, into: str) -> _Merge:
    before = unit_rows.load(db)
    unit, stays = find_unit(before, name), find_unit(before, into)
    check_mergeable(before, unit, stays)
    if holds(before, unit.name, stays.name) or holds(before, stays.name, unit.name):
        raise InvalidError(f"“{unit.name}”和“{stays.name}”一个包含另一个，不能合并。", field="into")
    gone_name = free_name(before, unit, stays)
    after = merged(before, unit, stays, gone_name, datetime.now().astimezone().date())
    known = unit_rows.ids(db)
    keys = known[unit.name], known[stays.name]
    return _Merge(db, unit, stays, before, after, gone_name, keys, merged_units.pairs(db, *keys))


def _chosen(act: _Merge, conflicts: Sequence[MergeConflict], choices: Mapping[int, str]) -> dict[int, bool]:
    """For each conflict whether the entry of the merged unit is the one that counts."""
    open_ones = [c for c in conflicts if choices.get(c.id) not in (act.unit.name, act.into.name)]
    if open_ones:
        first = open_ones[0]
        raise InvalidError(
            f"两个单位对第 {first.measure} 项措施{first.period_title}的填报不同，共 {len(open_ones)} 处要选择。",
            hint="请逐处选择以哪一个为准，另一个留作历史。",
            field="choices",
        )
    return {conflict.id: choices[conflict.id] == act.unit.name for conflict in conflicts}


def _join(act: _Merge, pair: Pair, chosen: Mapping[int, bool]) -> None:
    """What was said under one obligation joins what was said under the other."""
    db, other = act.db, pair.other
    assert other is not None
    for row, there in tuple(act.matches(pair)):
        if there is None:
            merged_units.move_entry(db, row.id, other)
            continue
        counts, stays_behind = (row.id, there.id) if chosen.get(row.id) else (there.id, row.id)
        merged_units.share_evidence(db, stays_behind, counts)
        if chosen.get(row.id):
            merged_units.swap_entries(db, row.id, there.id)
    merged_units.move_drafts(db, pair.id, other)
    merged_units.move_notes(db, pair.id, other)


def _journal(act: _Merge, effect: MergeEffect, conflicts: Sequence[MergeConflict], chosen: Mapping[int, bool]) -> None:
    now = next(unit for unit in act.after.units if unit.name == act.into.name)
    counts = {"转入的责任事项": len(effect.moved), "合并的责任事项": len(effect.both), "填报": effect.entries}
    said = {key: f"{number} 个" for key, number in counts.items() if number}
    journal.append(
        act.db,
        "合并单位",
        f"{act.unit.name} 并入 {act.into.name}",
        before=_words(act.unit),
        after=_words(now) | said | effect.obligations.words(),
    )
    ids = {(pair.plan, pair.measure): pair.measure_id for pair in act.both}
    for conflict in conflicts:
        own = chosen[conflict.id]
        journal.append(
            act.db,
            "合并单位",
            f"第{conflict.measure}项 {act.into.name}，{conflict.period_title}",
            measure_id=ids[conflict.plan, conflict.measure],
            before=(conflict.have if own else conflict.got) | {"单位": act.into.name if own else act.unit.name},
            after=(conflict.got if own else conflict.have) | {"单位": act.unit.name if own else act.into.name},
            reason="两个单位都有填报，选择了其中一个，另一个留作历史",
        )
    for pair in act.both:
        for value in merged_units.drafts(act.db, pair.id).values():
            journal.append(
                act.db,
                "合并单位",
                f"第{pair.measure}项 {act.unit.name}",
                measure_id=pair.measure_id,
                before=words(value_from(json.loads(value))),
                reason="没有填完的内容，合并后的单位在同一报送期已有没填完的内容",
            )


def _words(unit: Unit) -> dict[str, str]:
    filled = {key: word for key, word in unit_words(unit).items() if word}
    return filled | (group_words(unit) if unit.is_group else {})


def _divisions(db: Connection, register: Register, unit: Unit) -> tuple[tuple[str, int], ...]:
    """(plan, measure) of the divisions that name a unit."""
    return tuple(
        (row.key, no) for row in plans.listing(db) for no in measures_naming(plans.load(db, row.id), register, unit)
    )
