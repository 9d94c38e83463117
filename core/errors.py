"""The tree of known errors.

    KnownError                 something a person can act on: one Chinese sentence and a next step
    ├── UsageError             the command line was called wrongly (exit code 2)
    ├── LedgerFileError        the ledger file: foreign, newer, damaged, locked, read-only
    ├── OutputError            an output path that cannot be written
    ├── EvidenceError          an evidence file that cannot be taken in or is gone
    ├── NotFoundError          an unknown measure, unit, plan or period
    ├── InvalidError           an entry that breaks a rule of the ledger (不涉及 without a reason …)
    └── ReviewedError          an entry that was 通过 and may be changed only when the clerk says so
    Cancelled                  the clerk pressed 取消; not an error, never shown

Everything else that is raised is a fault of ours: it goes to the log and to one dialog with details to copy.
"""

from __future__ import annotations


class KnownError(Exception):
    """A problem that is not a fault of the program.

    ``message`` says in one Chinese sentence what happened, ``hint`` what to do next (may be empty),
    ``where`` the file, row or column it is about (may be empty).
    """

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        """Keep the three parts; ``str()`` of the error is the one line for the command line."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """One line: what happened and what to do."""
        return f"{self.message}{self.hint}"


class UsageError(KnownError):
    """The command line was called in a way that makes no sense."""


class LedgerFileError(KnownError):
    """The ledger file cannot be opened or written."""


class OutputError(KnownError):
    """A file that was to be written cannot be written."""


class EvidenceError(KnownError):
    """An evidence file cannot be taken in, or is missing or altered."""


class NotFoundError(KnownError):
    """A name or number that the ledger does not hold."""


class InvalidError(KnownError):
    """An entry that breaks a rule; ``field`` names the field it is bound to."""

    def __init__(self, message: str, *, hint: str = "", where: str = "", field: str = "") -> None:
        """As KnownError, with the name of the field in the form."""
        super().__init__(message, hint=hint, where=where)
        self.field = field


class ReviewedError(KnownError):
    """An entry that was 通过 would be overwritten; nothing was written."""


class Cancelled(Exception):  # noqa: N818 - it is no error: the clerk asked for it
    """Raised inside long work after 取消; the transaction around it rolls back."""
