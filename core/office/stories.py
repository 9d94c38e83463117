"""What was said of each obligation of a plan: read in bulk, and put through the rules once for equal stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from core.ledger.states import Clock, Told, dues_of_counted, place, status_of_dues, told
from core.model.ledger import Due, Entry, Period, Review, Status
from core.model.plan import Deadline
from core.store import entries, progress
from core.store.database import Store
from core.store.entries import Marks, Record, Story
from core.store.progress import ProgressRow

_FEW = 1_000
"""Obligations, a measure's for instance, of which lists show the 时限项 too."""


class Stories:
    """What counts of the records of each obligation; equal ones are read and ruled once."""

    def __init__(self, stories: dict[int, Story], periods: Mapping[int, Period], clock: Clock) -> None:
        """``stories`` by obligation, as the store gives them; those without a record are not in it."""
        self.by_obligation = stories
        self.clock = clock
        self._periods = periods
        self._counted: dict[Story, tuple[Entry, ...]] = {}
        self._told: dict[Story, Told] = {}
        self._entries: dict[Record, Entry] = {}
        self._placed: dict[Record, tuple[tuple[object, ...], Entry] | None] = {}
        self._reviews: dict[Story, Review | None] = {}
        self._ruled: dict[tuple[Deadline, ...], Ruled] = {}

    def on(self, day: date) -> Stories:
        """The same on another date."""
        return Stories(self.by_obligation, self._periods, replace(self.clock, as_of=day))

    def entries(self, obligation_id: int) -> tuple[Entry, ...]:
        """All entries of an obligation, also those that count only later."""
        return tuple(map(self._entry, entries.records_of(self.by_obligation.get(obligation_id, ()))))

    def under(self, deadlines: tuple[Deadline, ...]) -> Ruled:
        """The same stories under some deadlines."""
        found = self._ruled.get(deadlines)
        if found is None:
            found = self._ruled[deadlines] = Ruled(self, deadlines)
        return found

    def counted(self, story: Story) -> tuple[Entry, ...]:
        """The entries of a story that count on the date, in their order."""
        found = self._counted.get(story)
        if found is None:
            known = self._placed
            records = entries.records_of(story)
            for record in records:
                if record not in known:
                    known[record] = self._place(record)
            # as states.counted chooses and orders them; no two entries of an obligation have the same place
            pairs = sorted(pair for record in records if (pair := known[record]) is not None)
            found = self._counted[story] = tuple([entry for _, entry in pairs])
        return found

    def told(self, story: Story) -> Told:
        """What the entries that count say together."""
        found = self._told.get(story)
        if found is None:
            found = self._told[story] = told(self.counted(story))
        return found

    def last_review(self, obligation_id: int) -> Review | None:
        """审核 of the record of the latest period, None without a record."""
        story = self.by_obligation.get(obligation_id, ())
        if story not in self._reviews:
            latest = max(self.entries(obligation_id), key=_period_place, default=None)
            self._reviews[story] = latest.review if latest else None
        return self._reviews[story]

    def review_on_date(self, obligation_id: int) -> Review | None:
        """审核 of the last record that counts on the date, None without one: later ones change no figure of it."""
        counted_now = self.counted(self.by_obligation.get(obligation_id, ()))
        return counted_now[-1].review if counted_now else None

    def _place(self, record: Record) -> tuple[tuple[object, ...], Entry] | None:
        entry = self._entry(record)
        where = place(entry, self.clock)
        return None if where is None else (where, entry)

    def _entry(self, record: Record) -> Entry:
        found = self._entries.get(record)
        if found is None:
            found = self._entries[record] = entries.entry_of(record, self._periods)
        return found


class Ruled:
    """Stories under the same deadlines; obligations with the same one share their status."""

    def __init__(self, stories: Stories, deadlines: tuple[Deadline, ...]) -> None:
        """Made by ``Stories.under``."""
        self._stories = stories
        self._by_obligation = stories.by_obligation
        self._deadlines = deadlines
        self._dues: dict[Story, tuple[Due, ...]] = {}
        self._statuses: dict[Story, Status] = {}

    def dues(self, obligation_id: int) -> tuple[Due, ...]:
        """The 时限项 of an obligation as they stand on the date."""
        return self._dues_of(self._by_obligation.get(obligation_id, ()))

    def status(self, obligation_id: int) -> Status:
        """State and lights of an obligation."""
        story = self._by_obligation.get(obligation_id, ())
        found = self._statuses.get(story)
        if found is None:
            # a large plan has tens of thousands of 时限项 and is seldom asked for them afterwards: they are not kept
            dues = self._dues_of(story) if len(self._by_obligation) <= _FEW else self._ruled(story)
            found = self._statuses[story] = status_of_dues(dues)
        return found

    def _dues_of(self, story: Story) -> tuple[Due, ...]:
        found = self._dues.get(story)
        if found is None:
            found = self._dues[story] = self._ruled(story)
        return found

    def _ruled(self, story: Story) -> tuple[Due, ...]:
        all_of = self._stories
        return dues_of_counted(self._deadlines, all_of.counted(story), all_of.clock, all_of.told(story))


class Records(Mapping[int, list[ProgressRow]]):
    """The records of the obligations with all their texts, read when somebody asks for the first of them."""

    def __init__(self, store: Store, plan_id: int, measure: int | None, only: int | None) -> None:
        """Those of a plan, of one measure of it, or of ``only`` one obligation."""
        self._store, self._plan_id, self._measure, self._only = store, plan_id, measure, only
        self._rows: dict[int, list[ProgressRow]] | None = None

    def marks(self, period: str | None = None) -> dict[int, Marks]:
        """What lists show of them, without reading the texts."""
        with self._store.reading() as db:
            return entries.marks(db, self._plan_id, self._measure, period, only=self._only)

    def _all(self) -> dict[int, list[ProgressRow]]:
        if self._rows is None:
            with self._store.reading() as db:
                self._rows = dict(progress.of_plan(db, self._plan_id, self._measure))
        return self._rows

    def __getitem__(self, key: int) -> list[ProgressRow]:
        return self._all()[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _period_place(entry: Entry) -> tuple[date, date]:
    return entry.period.first_day, entry.period.last_day
