"""The words of a period measure by measure: for the manifest, and for whatever columns a template has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.exchange.fill_row import FillRow, Value
from core.exchange.manifest import MeasureSaid, UnitSaid
from core.exchange.template_columns import TemplateField
from core.model.division import printed_division
from core.model.ledger import EntryState, Obligation, State
from core.model.plan import Measure, Role
from core.office.overview import Overview, headings
from core.office.submit_content import Content, Said
from core.store.progress import ProgressRow, ReachedRow

_END = "；。;. \n\t　"
_SAME = 3


def measures_said(content: Content) -> tuple[MeasureSaid, ...]:
    """Each measure of the plan as it is said upward."""
    said = content.by_obligation
    numbers: dict[int, list[str]] = defaultdict(list)
    for piece in content.pieces:
        for no in piece.measures:
            numbers[no].append(piece.number)
    return tuple(_measure(content, measure, said, numbers[measure.no]) for measure in content.view.plan.measures)


def _measure(
    content: Content, measure: Measure, said: Mapping[int, Sequence[Said]], numbers: Sequence[str]
) -> MeasureSaid:
    view = content.view
    items = sorted(view.of_measure(measure.no), key=lambda item: item.role.rank)
    status = view.measures[measure.no]
    section, task = headings(view.plan, measure)
    own = [one for item in items for one in said.get(item.id, ()) if one.goes]
    done = [day for item in items if (day := _done_on(view, item)) is not None]
    return MeasureSaid(
        number=measure.no,
        label=measure.label,
        text=measure.text,
        section=f"{section.label}{section.title}" if section else "",
        task=f"{task.label}{task.title}" if task else "",
        division=printed_division(measure),
        deadline=measure.deadline_raw or "",
        state=status.state.title,
        entry_state=_entry_state(status.state, own).value,
        is_overdue=status.overdue,
        done_on=max(done) if status.state is State.DONE and done else None,
        progress=_joined((one.obligation.unit, _words(one.record)) for one in own)
        or _joined((item.unit, _before(view, item)) for item in items),
        problems=_joined((one.obligation.unit, one.record.problems) for one in own),
        next_steps=_joined((one.obligation.unit, one.record.next_steps) for one in own),
        reached=_joined((one.obligation.unit, _figures(one.reached)) for one in own),
        evidence=tuple(numbers),
        units=tuple(_unit(one) for one in own),
    )


def _unit(one: Said) -> UnitSaid:
    record = one.record
    return UnitSaid(
        one.obligation.unit,
        one.obligation.role.title,
        record.state.value,
        record.done_on,
        record.reason or record.text,
        record.problems,
        record.next_steps,
    )


def _entry_state(state: State, own: Sequence[Said]) -> EntryState:
    """The word that an entry of the whole county would have."""
    if state is State.ONGOING:
        return EntryState.KEPT_UP if own else EntryState.NOT_STARTED
    return {
        State.DONE: EntryState.DONE,
        State.IN_PROGRESS: EntryState.IN_PROGRESS,
        State.NOT_APPLICABLE: EntryState.NOT_APPLICABLE,
    }.get(state, EntryState.IN_PROGRESS if own else EntryState.NOT_STARTED)


def _words(record: ProgressRow) -> str:
    """What one record says; 不涉及 with its reason, a record without words with its state."""
    part = f"（{record.part}）" if record.part else ""
    if record.state is EntryState.NOT_APPLICABLE:
        return f"{part}不涉及（{record.reason.strip(_END)}）" if record.reason else f"{part}不涉及"
    if record.text.strip():
        return f"{part}{record.text.strip()}"
    day = f"于{_day(record.done_on)}" if record.done_on else ""
    return f"{part}{day}{record.state.value}"


def _before(view: Overview, item: Obligation) -> str:
    """Of an obligation that says nothing this period because it was done before."""
    day = _done_on(view, item)
    return f"已于{_day(day)}完成" if day is not None and view.statuses[item.id].state is State.DONE else ""


def _done_on(view: Overview, item: Obligation) -> date | None:
    days = [due.done_on for due in view.dues(item) if due.done_on is not None]
    return max(days, default=None)


def _figures(reached: Sequence[ReachedRow]) -> str:
    return "，".join(
        f"{row.target}：{'' if row.value is None else f'{row.value:g}'}{row.note}"
        for row in reached
        if row.value is not None or row.note
    )


def _joined(pairs: Iterable[tuple[str, str]], states: Sequence[str] = ()) -> str:
    """单位：文字；单位：文字。 Each on a line of its own; where three units or more say the very same, together.

    ``states``: one for each pair, put in brackets behind the unit; empty where the words say it.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for place, (unit, text) in enumerate(pairs):
        if words := text.strip(_END):
            state = f"（{states[place]}）" if states and states[place] else ""
            alike.setdefault((words, state), []).append(unit)
    lines = []
    for (words, state), units in alike.items():
        named = list(dict.fromkeys(units))
        together = ["、".join(named)] if len(named) >= _SAME else named
        lines += [f"{unit}{state}：{words}" for unit in together]
    return "；\n".join(lines) + "。" if lines else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def fill_rows(content: Content, measures: Sequence[MeasureSaid], fields: frozenset[TemplateField]) -> list[FillRow]:
    """What goes into a template that asks for these fields: states stand beside the words where it has no column."""
    with_states = TemplateField.STATE not in fields
    titles = {piece.number: piece.item.title for piece in content.pieces}
    rows = []
    for one in measures:
        words = (_with_states(content, one.number) if with_states else "") or one.progress
        row = _fill_row(content.view.measure(one.number), one, words, fields, titles)
        rows.append(replace(row, by_unit=_by_unit(content, one.number, with_states=with_states)))
    return rows


def _fill_row(
    measure: Measure,
    one: MeasureSaid,
    words: str,
    fields: frozenset[TemplateField],
    titles: Mapping[str, str],
) -> FillRow:
    values: dict[TemplateField, Value] = {
        TemplateField.LABEL: one.label,
        TemplateField.TEXT: one.text,
        TemplateField.SECTION: one.section,
        TemplateField.TASK: one.task or one.section,
        TemplateField.DEADLINE: one.deadline,
        TemplateField.TARGETS: "；".join(target.text for target in measure.targets),
        TemplateField.STATE: one.state,
        TemplateField.DONE_ON: one.done_on,
        TemplateField.PROGRESS: words,
        TemplateField.PROBLEMS: one.problems,
        TemplateField.NEXT: one.next_steps,
        TemplateField.REACHED: one.reached,
        TemplateField.EVIDENCE: "；\n".join(f"{number} {titles[number]}" for number in one.evidence),
        **_division(measure, fields),
    }
    return FillRow(one.number, one.label, one.text, values)


def _with_states(content: Content, no: int) -> str:
    """单位（状态）：文字, where the template has no column for the state."""
    said = content.by_obligation
    items = sorted(content.view.of_measure(no), key=lambda item: item.role.rank)
    own = [one for item in items for one in said.get(item.id, ()) if one.goes]
    pairs = [(one.obligation.unit, _words(one.record)) for one in own]
    states = [one.record.state.value for one in own]
    return _joined(pairs, ["" if state in words else state for state, (_, words) in zip(states, pairs, strict=True)])


def _by_unit(content: Content, no: int, *, with_states: bool) -> dict[str, dict[TemplateField, Value]]:
    """What each unit of a measure says, for templates with a row for each of them."""
    said = content.by_obligation
    titles: dict[int, str] = {piece.item.id: f"{piece.number} {piece.item.title}" for piece in content.pieces}
    found: dict[str, dict[TemplateField, Value]] = {}
    for item in content.view.of_measure(no):
        own = [one for one in said.get(item.id, ()) if one.goes]
        if not own:
            continue
        words = "；".join(_words(one.record).strip(_END) for one in own)
        state = content.view.statuses[item.id].state.title
        files = [titles[one.id] for record in own for one in record.evidence if one.id in titles]
        found[item.unit] = {
            TemplateField.STATE: state,
            TemplateField.DONE_ON: _done_on(content.view, item),
            TemplateField.PROGRESS: f"（{state}）{words}" if with_states and state not in words else words,
            TemplateField.PROBLEMS: "；".join(one.record.problems for one in own if one.record.problems),
            TemplateField.NEXT: "；".join(one.record.next_steps for one in own if one.record.next_steps),
            TemplateField.REACHED: "；".join(filter(None, (_figures(one.reached) for one in own))),
            TemplateField.EVIDENCE: "；\n".join(dict.fromkeys(files)),
        }
    return found


def _division(measure: Measure, fields: frozenset[TemplateField]) -> dict[TemplateField, str]:
    """Names by role where the template tells roles apart, else the phrase as it is printed."""
    names = {role: "、".join(measure.names(role)) for role in Role}
    whole = printed_division(measure)
    apart = fields & {TemplateField.LEAD, TemplateField.COOPERATING}
    values = {
        TemplateField.DIVISION: whole,
        TemplateField.LEAD: names[Role.LEAD],
        TemplateField.RESPONSIBLE: names[Role.RESPONSIBLE] if apart else whole,
        TemplateField.COOPERATING: names[Role.COOPERATING],
    }
    if apart and not fields & {TemplateField.RESPONSIBLE, TemplateField.DIVISION}:
        if not values[TemplateField.LEAD]:
            values[TemplateField.LEAD] = names[Role.RESPONSIBLE]
        elif TemplateField.COOPERATING in fields:
            both = (names[Role.RESPONSIBLE], names[Role.COOPERATING])
            values[TemplateField.COOPERATING] = "、".join(name for name in both if name)
    return values
