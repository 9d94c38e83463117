"""The document a plan was read from, read again for looking: beside the plan while it is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.office import review as office
from core.office.reading import originals
from gui.import_sheet.places import Places

if TYPE_CHECKING:
    from core.job import Job
    from core.model.plan import Plan
    from core.office.files import Store
    from core.office.review import Place, Review
    from gui.context import Context

_CHEAP = frozenset([".docx", ".pdf", ".xlsx", ".xls", ".ods", ".txt", ".csv", ".html", ".htm"])
"""What is read without another program."""


class Original:
    """Finds measures of the plan in its document by their words: their numbers may be others by now."""

    def __init__(self, review: Review, plan: Plan) -> None:
        self.review = review
        self._places = Places(review)
        read = {_squeezed(m.text): m.no for m in review.draft.plan.measures}
        self._read = {m.no: read[words] for m in plan.measures if (words := _squeezed(m.text)) in read}
        self._numbers = {there: here for here, there in self._read.items()}

    def places(self, nos: Sequence[int]) -> tuple[Place, ...]:
        """Where measures of the plan, by the numbers they had at first, stand in the document."""
        found = (self._places.text_place(self._read[no]) for no in nos if no in self._read)
        return tuple(place for place in found if place is not None)

    def measures_at(self, place: Place) -> tuple[int, ...]:
        """The measures of the plan that were read from a place."""
        nos = self._places.measures_at([place])
        return tuple(self._numbers[no] for no in nos if no in self._numbers)


def read_again(context: Context, plan_key: str, show: Callable[[Review], None]) -> None:
    """Read the newest original in the background; nothing happens where there is none or it cannot be read."""
    found = originals(context.store, plan_key)
    if not found or found[-1].suffix.lower() not in _CHEAP or not found[-1].is_file():
        return
    context.jobs.start("正在打开原件", partial(_read, context.store, found[-1]), show, on_error=_ignore)


def _read(store: Store, path: Path, job: Job) -> Review:
    own = store.worker()
    try:
        return office.review_document(own, path, job)
    finally:
        own.close()


def _ignore(error: BaseException) -> None:
    import logging

    logging.getLogger(__name__).info("the original could not be read again: %s", error)


def _squeezed(text: str) -> str:
    return "".join(text.split())
