"""对照上级: what the clerk decides of a suggested answer."""

from __future__ import annotations

from enum import Enum


class Decision(Enum):
    """One of our measures as the answer to one of a superior plan's."""

    ACCEPTED = "accepted"
    """As it was suggested."""
    ADDED = "added"
    """By the clerk's own knowledge, without a suggestion."""
    REJECTED = "rejected"

    @property
    def title(self) -> str:
        """The word on the screen and in the journal."""
        return {Decision.ACCEPTED: "采纳", Decision.ADDED: "补充", Decision.REJECTED: "不采纳"}[self]

    @property
    def is_answer(self) -> bool:
        """Whether the measure answers."""
        return self is not Decision.REJECTED
