"""One document on its way into the ledger: what was read, what the clerk did to it, what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from core.model.plan import Measure, Plan, Severity
from core.office.review import Place, Review
from gui.import_sheet import edits
from gui.import_sheet.editing import Editing
from gui.import_sheet.issues import Issue, issues_of
from gui.import_sheet.lines import Gap, Line, lines_of
from gui.import_sheet.places import Places


class Session(Editing):
    """Holds the review and the history of the draft. Numbers are those of the edited plan unless said otherwise."""

    def __init__(self, review: Review, parent: QObject | None = None) -> None:
        super().__init__(replace(review.draft.plan, problems=()), review.register, parent)
        self.review = review
        self.places = Places(review)
        self.issues = issues_of(review, self.places)

    # -- what there is -----------------------------------------------------------------------------

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
        return lines_of(self.edited, self.register, self._gaps(), self._marked())

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
        firsts = [
            place for no in nos for origin in self.edited.origin[no - 1] if (place := self.places.text_place(origin))
        ]
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
        self._do(f"补{issue.gap_text}", lambda e: edits.fill(e, before, issue.missing), handles=(issue.key,))
        return before + 1

    # -- inner ---------------------------------------------------------------------------------------------

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


def _doubted(measure: Measure, why: str | None) -> Measure:
    if why is None:
        return measure
    return replace(measure, to_verify=True, note=measure.note or why)
