"""Saving as one goes: what is typed into one form reaches the file without being asked for.

A moment after the last key, on leaving a field, a row or the page, and at once with Ctrl+S. Input that keeps the
rules goes into the ledger; input that is unfinished (已完成 without a date) is kept in the file as a draft; what the
file refuses (full disk, locked) is held here, by obligation and period, and tried again with every save.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from core.errors import InvalidError, KnownError
from core.model.ledger import Review
from core.office import form_value, progress
from core.office.changes import Changes

if TYPE_CHECKING:
    from core.office.form_value import Finding, FormValue
    from core.office.forms import Form
    from gui.context import Context

PAUSE = 900
"""Milliseconds after the last key until what was typed is saved."""
LONGEST = 3000
"""Who types on without a pause is not kept waiting longer than this, and a pause: a power cut takes no more."""

Place = tuple[int, str, str | None]
"""Obligation, period and 时限项: what an input belongs to."""


class Saving(Enum):
    """How the input of the form stands to the file."""

    UNTOUCHED = auto()
    """Nothing was typed since the form was opened."""
    WAITING = auto()
    SAVED = auto()
    DRAFT = auto()
    """Unfinished, kept as a draft."""
    FAILED = auto()
    """Neither could be written; the input is held in the window."""


@dataclass(frozen=True, slots=True)
class Typed:
    """All that stands in a form: the value, and what cannot be part of one (a date that is no date)."""

    value: FormValue
    date_text: str = ""
    wrong: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the footer and the fields show: how it stands, since when (HH:MM), and what is to mend."""

    saving: Saving
    at: str = ""
    findings: tuple[Finding, ...] = ()
    error: KnownError | None = None


@dataclass
class _Held:
    """The input of one form on its way to the file."""

    form: Form
    typed: Typed
    over_review: bool = False
    """The clerk has said that what was 通过 is to be changed."""


class FormSaver(QObject):
    """Holds the input of the open form, and of forms left behind that could not be written."""

    standing_changed = Signal(object)
    """A Standing of the open form."""
    left_behind = Signal(object, object)
    """Input of a Form that is not open still cannot be written; carries the form and the KnownError."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form: Form | None = None
        self._typed: Typed | None = None
        self._over_review = False
        self._is_dirty = False
        self._standing = Standing(Saving.UNTOUCHED)
        self._held: dict[Place, _Held] = {}
        self._drafts: set[tuple[int, str]] = set()
        """Where this window has seen or left a draft."""
        self._unread: dict[tuple[int, str], Typed] = {}
        """Drafts with a date that is no date: the file cannot keep those letters, the window does."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.save_now)
        self._waiting = QElapsedTimer()
        self._longest = LONGEST

    @property
    def standing(self) -> Standing:
        """How the open form stands to the file."""
        return self._standing

    @property
    def typed(self) -> Typed | None:
        """What stands in the open form, None while it is empty."""
        return self._typed

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not written yet."""
        return self._is_dirty

    @property
    def is_stored(self) -> bool:
        """Whether the file has an entry or a draft of the open form."""
        return self._form is not None and (self._form.value is not None or self._form.draft is not None)

    @property
    def is_locked(self) -> bool:
        """Whether the open form was 通过 and the clerk has not said yet that it is to be changed."""
        form = self._form
        is_accepted = form is not None and form.value is not None and form.review is Review.ACCEPTED
        return is_accepted and not self._over_review

    def unlock(self) -> None:
        """The clerk wants to change what was 通过; it then waits for review again."""
        self._over_review = True

    def marks(self, period_key: str | None) -> dict[int, str]:
        """What to say of obligations in the list: 未保存 is nowhere but in this window, 草稿 is no entry yet."""
        found = {where[0]: "草稿" for where in self._drafts if where[1] == period_key}
        return found | {where[0]: "未保存" for where in self._held if where[1] == period_key}

    def set_pause(self, milliseconds: int, longest: int = LONGEST) -> None:
        """Save that long after the last key, and from ``longest`` on without waiting for one that is the last."""
        self._timer.setInterval(milliseconds)
        self._longest = longest

    def open(self, form: Form) -> Typed | None:
        """Take a form over after the one before was left; what to show in it, None for an empty form."""
        self._timer.stop()
        held = self._find_held(form)
        self._form = form
        self._over_review = False
        self._is_dirty = False
        if held is not None:
            self._typed, self._over_review = held.typed, held.over_review
            self._is_dirty = True
            self._save_soon()
            self._tell(Standing(Saving.WAITING))
        elif form.draft is not None:
            self._over_review = True  # a draft beside what was 通过: the clerk has begun to change it
            self._drafts.add(_where(form))
            unread = self._unread.get(_where(form))
            self._typed = unread if unread is not None and unread.value == form.draft else Typed(form.draft)
            self._tell(Standing(Saving.DRAFT, findings=_findings(form, self._typed)))
        else:
            self._typed = Typed(form.value) if form.value is not None else None
            self._tell(Standing(Saving.SAVED if form.saved_at else Saving.UNTOUCHED, at=_clock(form.saved_at)))
        return self._typed

    def refresh(self, form: Form) -> bool:
        """The open form was read again; True when its value is to be shown: nothing unsaved stands in the fields."""
        self._form = form
        if form.review is Review.PENDING:
            self._over_review = False  # it waits for review again: a later 通过 is a new one
        if self._is_dirty or self._standing.saving is Saving.DRAFT:
            return False
        fresh = Typed(form.value) if form.value is not None else None
        if fresh == self._typed:
            return False
        is_same = _without_receipt(fresh) == _without_receipt(self._typed)
        self._typed = fresh
        if is_same:
            return False  # the file has noted the day of receipt: no field that is being typed into changes
        self._tell(Standing(Saving.SAVED if form.saved_at else Saving.UNTOUCHED, at=_clock(form.saved_at)))
        return True

    def close(self) -> None:
        """No form is open any more; the input must have been flushed."""
        self._timer.stop()
        self._form, self._typed, self._is_dirty = None, None, False

    def forget(self) -> None:
        """Another ledger is open: what was held belongs to a file that is closed."""
        self.close()
        self._held.clear()
        self._drafts.clear()
        self._unread.clear()

    def edit(self, typed: Typed) -> None:
        """Something was typed; it is saved after a pause."""
        if typed == self._typed:
            return
        self._typed = typed
        self._is_dirty = True
        self._save_soon()
        known = self._standing.findings
        if known and self._form is not None:  # what is put right goes at once, what is new is said when it is saved
            left = _findings(self._form, typed)
            known = tuple(finding for finding in known if finding in left)
        waiting = Standing(Saving.WAITING, self._standing.at, known)
        if waiting != self._standing:  # not with every key
            self._tell(waiting)

    def _save_soon(self) -> None:
        """After a pause; once there has been none for long, the timer that runs is left to run out."""
        if not self._timer.isActive():
            self._waiting.start()
        if self._waiting.elapsed() < self._longest:
            self._timer.start()

    @Slot()
    def save_now(self) -> bool:
        """Write what was typed; True when it is in the file, as an entry or as a draft."""
        self._timer.stop()
        form, typed = self._form, self._typed
        if form is None or typed is None or not self._is_dirty:
            return True
        standing = self._write(form, typed, over_review=self._over_review)
        self._is_dirty = standing.saving is Saving.FAILED
        if self._is_dirty:
            self._held[place(form, typed)] = _Held(form, typed, self._over_review)
        else:
            self._held.pop(place(form, typed), None)
            self._remember(typed.value, standing)
        self._tell(standing)
        return not self._is_dirty

    def flush(self) -> bool:
        """Write all that is still only here; True when nothing is left that is in no file."""
        if not self.save_now():
            return False
        for where, held in list(self._held.items()):
            standing = self._write(held.form, held.typed, over_review=held.over_review)
            if standing.saving is Saving.FAILED:
                self.left_behind.emit(held.form, standing.error)
                return False  # a locked file makes each try wait: one is enough to know
            del self._held[where]
        return True

    def _find_held(self, form: Form) -> _Held | None:
        """Input of this form that is in no file: that of the 时限项 shown, else of any."""
        here = {where[2]: held for where, held in self._held.items() if where[:2] == _where(form)}
        shown = form.draft or form.value
        return here.get(shown.part if shown is not None else None) or next(iter(here.values()), None)

    def _write(self, form: Form, typed: Typed, *, over_review: bool) -> Standing:
        """To the ledger if it keeps the rules, else to the drafts; FAILED when the file refuses both."""
        findings = _findings(form, typed)
        try:
            if findings:
                return self._write_draft(form, typed, findings)
            try:
                changes = progress.save(self._context.store, *_where(form), typed.value, over_review=over_review)
            except InvalidError as error:
                return self._write_draft(form, typed, (form_value.Finding(error.field, str(error)),))
        except KnownError as error:
            return Standing(Saving.FAILED, findings=findings, error=error)
        self._drafts.discard(_where(form))
        if changes != Changes():
            self._context.announce(changes)
        return Standing(Saving.SAVED, at=_now())

    def _write_draft(self, form: Form, typed: Typed, findings: tuple[Finding, ...]) -> Standing:
        progress.keep_draft(self._context.store, *_where(form), typed.value)
        self._drafts.add(_where(form))
        if typed.date_text:
            self._unread[_where(form)] = typed
        return Standing(Saving.DRAFT, at=_now(), findings=findings)

    def _remember(self, now: FormValue, standing: Standing) -> None:
        """Know the new value as the ledger's."""
        if self._form is None:
            return
        if standing.saving is not Saving.SAVED:
            self._form = replace(self._form, draft=now)
            return
        self._form = replace(self._form, value=now, draft=None)

    def _tell(self, standing: Standing) -> None:
        self._standing = standing
        self.standing_changed.emit(standing)


def place(form: Form, typed: Typed) -> Place:
    """What an input belongs to."""
    return form.obligation.id, form.period.key, typed.value.part


def _without_receipt(typed: Typed | None) -> Typed | None:
    return replace(typed, value=replace(typed.value, received_on=None)) if typed is not None else None


def _where(form: Form) -> tuple[int, str]:
    return form.obligation.id, form.period.key


def _findings(form: Form, typed: Typed) -> tuple[Finding, ...]:
    """What is to mend: a date that is no date before a date that is missing."""
    wrong = {finding.field for finding in typed.wrong}
    rules = form_value.check_value(typed.value, parts=form.parts)
    return (*typed.wrong, *(finding for finding in rules if finding.field not in wrong))


def _now() -> str:
    return datetime.now().strftime("%H:%M")


def _clock(saved_at: str | None) -> str:
    """HH:MM of a time as the ledger writes it (2025-01-10T10:42:07), the date before it when not today."""
    if not saved_at:
        return ""
    day, _, clock = saved_at.replace(" ", "T").partition("T")
    short = clock[:5]
    return short if day == datetime.now().strftime("%Y-%m-%d") else f"{day} {short}".strip()
