"""The words of a period measure by measure: for the manifest, and for whatever columns a template has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.exchange.fill_row import FillRow, Value
from core.exchange.manifest import MeasureSaid, UnitSaid
from core.exchange.template_columns import TemplateField
from core.ledger.states import measure_status
from core.model.division import printed_division
from core.model.ledger import EntryState, Obligation, State, Status
from core.model.plan import Measure, Role, Section, Task
from core.office.overview import Overview, headings
from core.office.submit_content import Content, Said
from core.office.superior_order import SuperiorOrder, items_of, status_of
from core.store.progress import ProgressRow, ReachedRow

_END = "；。;. \n\t　"
_SAME = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what goes upward: ``said`` in the superior's numbering where that is asked for, else in ours.

    ``measure`` holds text, deadline and targets as they are asked, and our division; ``items`` are the obligations it
    is gathered from.
    """

    measure: Measure
    items: tuple[Obligation, ...]
    said: MeasureSaid


def measures_said(content: Content) -> tuple[Told, ...]:
    """Each measure of the plan as it is said upward."""
    view = content.view
    return tuple(
        told(content, measure, headings(view.plan, measure), items_of(view, (measure.no,)), view.measures[measure.no])
        for measure in view.plan.measures
    )


def in_order(content: Content, order: SuperiorOrder) -> tuple[Told, ...]:
    """Each measure of the superior plan with what those of ours say that answer it; without one it says nothing."""
    view = content.view
    return tuple(
        told(
            content,
            _as_asked(line.superior, [view.measure(no) for no in line.own]),
            headings(order.plan, line.superior),
            items_of(view, line.own),
            status_of(view, line.own) if line.own else None,
        )
        for line in order.lines
    )


def _as_asked(superior: Measure, own: Sequence[Measure]) -> Measure:
    """A superior measure with our units: theirs are not those who answer for it here."""
    names = {role: tuple(dict.fromkeys(name for one in own for name in one.names(role))) for role in Role}
    return replace(
        superior,
        division_raw=own[0].division_raw if len(own) == 1 else None,
        lead=names[Role.LEAD],
        responsible=names[Role.RESPONSIBLE],
        cooperating=names[Role.COOPERATING],
    )


def told(
    content: Content,
    measure: Measure,
    under: tuple[Section | None, Task | None],
    items: tuple[Obligation, ...],
    status: Status | None,
) -> Told:
    """What the obligations say of a measure; ``under``: its headings; ``status`` None: nobody answers it."""
    section, task = under
    said = content.by_obligation
    own = [one for item in items for one in said.get(item.id, ()) if one.goes]
    done = [day for item in items if (day := content.view.done_on(item)) is not None]
    state = status.state if status is not None else None
    numbers = {item.measure for item in items}
    return Told(
        measure,
        items,
        MeasureSaid(
            number=measure.no,
            label=measure.label,
            text=measure.text,
            section=f"{section.label}{section.title}" if section else "",
            task=f"{task.label}{task.title}" if task else "",
            division=printed_division(measure),
            deadline=measure.deadline_raw or "",
            state=state.title if state is not None else "",
            entry_state=_entry_state(state, own).value if state is not None else EntryState.NOT_STARTED.value,
            is_overdue=status is not None and status.overdue,
            done_on=max(done) if state is State.DONE and done else None,
            progress=_joined((one.obligation.unit, _words(one.record)) for one in own)
            or _joined((item.unit, _before(content.view, item)) for item in items),
            problems=_joined((one.obligation.unit, one.record.problems) for one in own),
            next_steps=_joined((one.obligation.unit, one.record.next_steps) for one in own),
            reached=_joined((one.obligation.unit, _figures(one.reached)) for one in own),
            evidence=tuple(piece.number for piece in content.pieces if numbers.intersection(piece.measures)),
            units=tuple(_unit(one) for one in own),
        ),
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
    day = view.done_on(item)
    return f"已于{_day(day)}完成" if day is not None and view.statuses[item.id].state is State.DONE else ""


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


def fill_rows(content: Content, lines: Sequence[Told], fields: frozenset[TemplateField]) -> list[FillRow]:
    """What goes into a template that asks for these fields: states stand beside the words where it has no column."""
    with_states = TemplateField.STATE not in fields
    titles = {piece.number: piece.item.title for piece in content.pieces}
    rows = []
    for line in lines:
        words = (_with_states(content, line.items) if with_states else "") or line.said.progress
        row = _fill_row(line.measure, line.said, words, fields, titles)
        rows.append(replace(row, by_unit=_by_unit(content, line.items, with_states=with_states)))
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


def _with_states(content: Content, items: Sequence[Obligation]) -> str:
    """单位（状态）：文字, where the template has no column for the state."""
    said = content.by_obligation
    own = [one for item in items for one in said.get(item.id, ()) if one.goes]
    pairs = [(one.obligation.unit, _words(one.record)) for one in own]
    states = [one.record.state.value for one in own]
    return _joined(pairs, ["" if state in words else state for state, (_, words) in zip(states, pairs, strict=True)])


def _by_unit(
    content: Content, items: Sequence[Obligation], *, with_states: bool
) -> dict[str, dict[TemplateField, Value]]:
    """What each unit of a measure says, for templates with a row for each of them."""
    view, said = content.view, content.by_obligation
    titles: dict[int, str] = {piece.item.id: f"{piece.number} {piece.item.title}" for piece in content.pieces}
    found: dict[str, dict[TemplateField, Value]] = {}
    for unit in dict.fromkeys(item.unit for item in items):
        its = [item for item in items if item.unit == unit]
        own = [one for item in its for one in said.get(item.id, ()) if one.goes]
        if not own:
            continue
        words = "；".join(_words(one.record).strip(_END) for one in own)
        states = [view.statuses[item.id] for item in its]
        state = states[0].state if len(states) == 1 else measure_status((), states, view.clock).state
        days = [day for item in its if (day := view.done_on(item)) is not None]
        files = [titles[one.id] for record in own for one in record.evidence if one.id in titles]
        found[unit] = {
            TemplateField.STATE: state.title,
            TemplateField.DONE_ON: max(days, default=None),
            TemplateField.PROGRESS: f"（{state.title}）{words}" if with_states and state.title not in words else words,
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
