"""数字来源: each number of a document with its rule and the rows behind it."""

from __future__ import annotations

from core.job import Job
from core.model.issued import Figure
from core.office import documents
from core.office.asked import Asked
from core.store.database import Store


def figures(store: Store, kind: str, asked: Asked, job: Job | None = None) -> tuple[Figure, ...]:
    """The numbers of a document as it would be printed now, in the order of its text.

    The same that ``Made.figures`` and ``Exported.figures`` carry; here without writing a page. Raises what
    ``documents.make`` raises.
    """
    return documents.make(store, kind, asked, job or Job()).figures
