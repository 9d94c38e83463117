"""One document on its way into the ledger: what was read, what the clerk did to it, what is still to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from core.errors import KnownError
from core.model import edit
from core.model.edit import Edited
from core.model.plan import Measure, Plan, Severity
from core.office.rereading import reread
from core.office.review import Place, Review
from gui.import_sheet.history import History, State
from gui.import_sheet.issues import Issue, issues_of
from gui.import_sheet.lines import DEADLINE, DIVISION, Gap, Line, cut_heading, cut_label, lines_of, shown_label
from gui.import_sheet.places import Places

_FIELDS = {DIVISION: "division_raw", DEADLINE: "deadline_raw"}
_WORDS = {DIVISION: "修改分工", DEADLINE: "修改时限"}


class Session(QObject):
    """Holds the review and the history of the draft. Numbers are those of the edited plan unless said otherwise."""

    changed = Signal()
    """The draft, or what was dealt with, is another."""
    refused = Signal(object)
    """An edit that is not possible; carries the KnownError."""

    def __init__(self, review: Review, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.review = review
        self.places = Places(review)
        self.issues = issues_of(review, self.places)
        self.history = History(State(edit.begin(replace(review.draft.plan, problems=()))))

    # -- what there is -----------------------------------------------------------------------------

    @property
    def edited(self) -> Edited:
        """The draft as it stands."""
        return self.history.state.edited

    @property
    def plan(self) -> Plan:
        """The plan as it would be imported."""
        return self.edited.plan

    def plan_to_import(self) -> Plan:
        """The plan as it enters the ledger: measures with an open doubt are 待核对, and say why."""
        doubts: dict[int, str] = {}
        for issue in self.issues:
            if issue.severity is Severity.WARNING and not self.is_handled(issue):
                for no in self.now(issue.measures):
                    doubts.setdefault(no, f"{issue.text}。")
        return replace(self.plan, measures=tuple(_doubted(m, doubts.get(m.no)) for m in self.plan.measures))

    def lines(self) -> tuple[Line, ...]:
        """The lines of the draft table."""
        return lines_of(self.edited, self.review.register, self._gaps(), self._marked())

    def issue(self, key: str) -> Issue | None:
        """A problem by its key."""
        everything = [*self.issues, *(child for issue in self.issues for child in issue.children)]
        return next((issue for issue in everything if issue.key == key), None)

    def is_handled(self, issue: Issue) -> bool:
        """Whether the clerk has dealt with a problem; an added measure must have its text."""
        if self.is_about_nothing(issue):
            return bool(self.plan.measures)
        return issue.key in self.history.state.handled

    def is_about_nothing(self, issue: Issue) -> bool:
        """Whether it says that no measure was found: that is over only when there are some."""
        return issue.severity is Severity.ERROR and not self.review.draft.plan.measures

    def was_filled(self, issue: Issue) -> bool:
        """Whether the missing measures were added by hand: then undoing, not 恢复, takes them away."""
        added = {m.label for m, origin in zip(self.plan.measures, self.edited.origin, strict=True) if not origin}
        return issue.is_gap and bool(added & set(issue.missing))

    def open_issues(self, severity: Severity) -> int:
        """How many problems of a kind are left."""
        return sum(issue.severity is severity and not self.is_handled(issue) for issue in self.issues)

    @property
    def doubtful(self) -> int:
        """How many things to check are still open."""
        return self.open_issues(Severity.WARNING)

    @property
    def blank(self) -> tuple[int, ...]:
        """Measures without a text: they cannot be imported."""
        told = {no for issue in self.issues if not self.is_handled(issue) for no in self.now(issue.measures)}
        return tuple(m.no for m in self.plan.measures if not m.text.strip() and m.no not in told)

    @property
    def to_do(self) -> int:
        """How many things stand in the way of the import."""
        return self.open_issues(Severity.ERROR) + len(self.blank)

    # -- numbers before and after editing --------------------------------------------------------------

    def now(self, origins: Sequence[int]) -> tuple[int, ...]:
        """The measures of today that go back to some of the plan as it was read."""
        wanted = set(origins)
        return tuple(no for no, numbers in enumerate(self.edited.origin, 1) if wanted & set(numbers))

    def places_of(self, nos: Sequence[int]) -> tuple[Place, ...]:
        """Where measures were read from; none for those added by hand."""
        origins = [origin for no in nos for origin in self.edited.origin[no - 1]]
        return tuple(dict.fromkeys(place for origin in origins for place in self.places.of_measure.get(origin, ())))

    def own_places(self, nos: Sequence[int]) -> tuple[Place, ...]:
        """Where the measures themselves stand, their text first; the headings over them are left out."""
        firsts = [place for no in nos for origin in self.edited.origin[no - 1] if (place := self._text_place(origin))]
        plan = self.review.draft.plan
        headings = {"".join(f"{section.label}{section.title}".split()) for section in plan.sections}
        headings |= {"".join(f"{task.label}{task.title}".split()) for task in plan.tasks}
        rest = [p for p in self.places_of(nos) if "".join(self.places.text(p).split()) not in headings]
        return tuple(dict.fromkeys([*firsts, *rest]))

    def source_gaps(self) -> dict[Place, str]:
        """Before which places of the source numbers are missing, in words."""
        found: dict[Place, str] = {}
        for issue in self.issues:
            if issue.is_gap and issue.gap_before is not None and not self.is_handled(issue):
                place = self.places.text_place(issue.gap_before)
                if place is not None:
                    found[place] = f"此处缺：没有{issue.gap_text}"
        return found

    # -- problems -------------------------------------------------------------------------------------

    def handle(self, issue: Issue, *, is_handled: bool = True) -> None:
        """Deal with a problem (无误, 知道了, 原件如此), or take that back."""
        words = f"{issue.title}：{issue.text[:12]}"
        self.history.handle(issue.key, is_handled=is_handled, words=words)
        self.changed.emit()

    def fill_gap(self, issue: Issue) -> int | None:
        """手工补: add the missing measures, still without text; the number of the first."""
        after = self.now([issue.gap_before]) if issue.gap_before is not None else ()
        if not after or not issue.missing:
            return None
        before = after[0] - 1
        heading = self.plan.measures[max(before, 1) - 1]

        def add(e: Edited) -> Edited:
            at = before or None
            for label in issue.missing:
                e = edit.add_measure(e, at, section=heading.section, task=heading.task)
                at = (at or 0) + 1
                e = edit.change_measure(e, at, label=label)
            return e

        self._do(f"补{issue.gap_text}", add, handles=(issue.key,))
        return before + 1

    # -- editing ------------------------------------------------------------------------------------------

    def change_cell(self, no: int, column: str, text: str) -> None:
        """Other words in a cell; what a division or deadline says is understood anew."""
        before = self.edited.measure(no)
        after = self.read_as(no, column, text)
        if after == before:
            return

        def change(e: Edited) -> Edited:
            if column in _FIELDS:
                fields = {
                    name: getattr(after, name)
                    for name in ("lead", "responsible", "cooperating", "division_raw", "deadline_raw", "deadlines")
                }
                return edit.change_measure(e, no, **fields)
            return edit.change_measure(e, no, label=after.label, text=after.text)

        words = f"{_WORDS.get(column, '修改措施')}{after.label}"
        self._do(words, change, handles=self._settled(no, column))

    def read_as(self, no: int, column: str, text: str) -> Measure:
        """The measure as it would be with other words in a cell; nothing is changed."""
        measure = self.edited.measure(no)
        if column not in _FIELDS:
            label, words = cut_label(text, measure.label)
            return replace(measure, label=label, text=words)
        typed = replace(measure, **{_FIELDS[column]: text.strip() or None})  # type: ignore[arg-type]
        return reread(typed, self.plan, fields={column})

    def change_heading(self, no: int, text: str, *, is_task: bool) -> None:
        """Other words for a section or a task."""
        label, title = cut_heading(text)
        headings: Sequence[object] = self.plan.tasks if is_task else self.plan.sections
        here = headings[no - 1]
        if (here.label, here.title) == (label, title) or not (label or title):  # type: ignore[attr-defined]
            return
        change = edit.change_task if is_task else edit.change_section
        self._do("修改标题", lambda e: change(e, no, label, title))

    def split(self, no: int, at: int) -> None:
        """Cut a measure's text before character ``at`` of the cell, its label counted in."""
        label = len(shown_label(self.edited.measure(no).label))
        self._do(f"拆分{self._name(no)}", lambda e: edit.split_measure(e, no, at - label))

    def merge(self, no: int) -> None:
        """Put the next measure into this one."""
        if no < len(self.plan.measures):
            words = f"合并{self._name(no)}和{self._name(no + 1)}"
            self._do(words, lambda e: edit.merge_measures(e, no, no + 1))

    def add(self, after: int | None) -> int:
        """A new measure after another one; its number."""
        self._do("增加措施", lambda e: edit.add_measure(e, after))
        return (after or 0) + 1

    def delete(self, nos: Sequence[int]) -> None:
        """Take measures out of the draft."""

        def take_out(e: Edited) -> Edited:
            for no in sorted(nos, reverse=True):
                e = edit.delete_measure(e, no)
            return e

        words = f"删除{self._name(nos[0])}" if len(nos) == 1 else f"删除 {len(nos)} 项措施"
        self._do(words, take_out)

    def move(self, no: int, by: int) -> int | None:
        """One place up (-1) or down (1), over the edge of a heading into the next; its number then, None at the end."""
        other = no + by
        if not 1 <= other <= len(self.plan.measures):
            return None
        here, there = self.edited.measure(no), self.edited.measure(other)
        is_same = (here.section, here.task) == (there.section, there.task)
        after: int | None = other
        if is_same and by < 0:
            after = self._before(other)
        elif not is_same and by > 0:
            after = None
        self._do(
            f"移动{self._name(no)}",
            lambda e: edit.move_measure(e, no, after=after, section=there.section, task=there.task),
        )
        return other if is_same else no

    def move_to(self, nos: Sequence[int], section: int | None, task: int | None) -> None:
        """Put measures at the end of another heading."""
        wanted = sorted(nos)

        def put(e: Edited) -> Edited:
            marks = [e.origin[no - 1] or (-no,) for no in wanted]
            e = replace(e, origin=tuple(mark or (-no,) for no, mark in enumerate(e.origin, 1)))
            for mark in marks:
                no = e.origin.index(mark) + 1
                own = [m.no for m in e.plan.measures if (m.section, m.task) == (section, task) and m.no != no]
                e = edit.move_measure(e, no, after=own[-1] if own else None, section=section, task=task)
            return replace(e, origin=tuple(tuple(n for n in mark if n > 0) for mark in e.origin))

        self._do(f"移动{self._name(wanted[0])}" if len(wanted) == 1 else f"移动 {len(wanted)} 项措施", put)

    def begin_task(self, no: int) -> None:
        """Begin a new task with this measure and those after it that stand under the same heading."""
        here = self.edited.measure(no)

        def begin(e: Edited) -> Edited:
            before = {task.title for task in e.plan.tasks}
            title = next(name for number in range(1, 99) if (name := f"新任务{number}") not in before)
            e = edit.add_task(e, here.task, here.section, "", title)
            new = next(task.no for task in e.plan.tasks if task.title == title)
            mine = (e.measure(no).section, e.measure(no).task)
            after = no
            for each in range(no, len(e.plan.measures) + 1):
                if (e.measure(each).section, e.measure(each).task) != mine:
                    break
                e = edit.move_measure(e, each, after=after, section=here.section, task=new)
                after = each
            return e

        self._do("另起任务", begin)

    def delete_heading(self, no: int, *, is_task: bool) -> None:
        """Take a section or task away; its measures go to its neighbour."""
        delete = edit.delete_task if is_task else edit.delete_section
        self._do("删除标题", lambda e: delete(e, no))

    def undo(self) -> None:
        """One step back."""
        if self.history.undo():
            self.changed.emit()

    def redo(self) -> None:
        """One step forward again."""
        if self.history.redo():
            self.changed.emit()

    def change_title(self, title: str) -> None:
        """Another name for the plan; an empty one is refused silently."""
        if title and title != self.plan.title:
            has_own = bool(self.plan.document.table_title)
            self._do(
                "修改方案名称",
                lambda e: (
                    edit.change_document(e, table_title=title) if has_own else edit.change_document(e, title=title)
                ),
            )

    # -- inner ---------------------------------------------------------------------------------------------

    def _do(self, words: str, operation: Callable[[Edited], Edited], *, handles: tuple[str, ...] = ()) -> None:
        state = self.history.state
        try:
            edited = operation(state.edited)
        except KnownError as error:
            self.refused.emit(error)
            return
        self.history.push(State(edited, state.handled | set(handles), words))
        self.changed.emit()

    def _settled(self, no: int, column: str) -> tuple[str, ...]:
        """The problems that an edit of a cell deals with: those that speak of this cell alone."""
        origins = set(self.edited.origin[no - 1])
        return tuple(
            issue.key
            for issue in self.issues
            if not issue.is_gap and issue.column == column and issue.measures and set(issue.measures) <= origins
        )

    def _gaps(self) -> dict[int, Gap]:
        found: dict[int, Gap] = {}
        for issue in self.issues:
            if issue.is_gap and issue.gap_before is not None and not self.is_handled(issue):
                now = self.now([issue.gap_before])
                if now:
                    found[now[0]] = Gap(issue.key, f"待补：{issue.gap_text}")
        return found

    def _marked(self) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        for issue in self.issues:
            if issue.severity is Severity.WARNING and not self.is_handled(issue):
                for no in self.now(issue.measures):
                    found[no] = found.get(no, frozenset()) | {issue.column}
        return found

    def _text_place(self, origin: int) -> Place | None:
        return self.places.text_place(origin)

    def _before(self, no: int) -> int | None:
        """The measure before another one under the same heading."""
        if no < 2:
            return None
        here, before = self.edited.measure(no), self.edited.measure(no - 1)
        return no - 1 if (here.section, here.task) == (before.section, before.task) else None

    def _name(self, no: int) -> str:
        return self.edited.measure(no).label or f"第{no}项"


def _doubted(measure: Measure, why: str | None) -> Measure:
    if why is None:
        return measure
    return replace(measure, to_verify=True, note=measure.note or why)
