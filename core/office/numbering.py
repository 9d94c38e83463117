"""文号: 机关代字〔year〕serial号. The next free one is the highest that was ever given, plus one; none is given twice.

Given are the numbers of 发文登记, those of withdrawn documents too, and what the office says it gave out elsewhere
(a register on paper that was begun before this ledger).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from core.errors import InvalidError
from core.model.document_kind import DocumentKind
from core.office import issuer
from core.office.changes import Changes
from core.office.draft import AT_ISSUE, Draft
from core.office.issuer import Issuer
from core.store import issued, journal
from core.store import settings as rows
from core.store.database import Store

MOST = 9999
"""A serial number beyond it is a slip of the finger."""
_FIELDS = {
    DocumentKind.REPORT: "report_number",
    DocumentKind.MIDTERM: "report_number",
    DocumentKind.FINAL: "report_number",
    DocumentKind.CIRCULAR: "circular_number",
    DocumentKind.REMINDER: "number",
    DocumentKind.NOTICE: "notice_number",
}
_NUMBER = re.compile(r"(?P<word>.*?)\s*[〔\[［（(](?P<year>\d{4})[〕\]］）)]\s*第?0*(?P<serial>\d+)\s*号?")
_OPEN = "　　"
"""Where the serial number is written."""
_KEY = "number_after"


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one 机关代字 in one year; ``last`` is the highest that was given, 0 for none."""

    word: str
    year: int
    last: int

    @property
    def next(self) -> str:
        """The next free number."""
        return number_text(self.word, self.year, self.last + 1)


def number_text(word: str, year: int, serial: int | str) -> str:
    """古司函〔2024〕12号 (GB/T 9704-2012 §7.2.5: no 第, no leading zero)."""
    return f"{word}〔{year}〕{serial}号"


def parsed(number: str) -> tuple[str, int, int] | None:
    """机关代字, year and serial of a 文号 however its brackets were typed, None for anything else."""
    found = _NUMBER.fullmatch(number.strip())
    return (found["word"], int(found["year"]), int(found["serial"])) if found else None


def tidy(number: str) -> str:
    """A 文号 as the standard writes it; what is none stays as it was typed."""
    found = parsed(number)
    return number_text(*found) if found else number.strip()


def word_of(sender: Issuer, kind: DocumentKind) -> str:
    """机关代字 for a kind, empty where none is set or the kind carries no number."""
    return getattr(sender, _FIELDS[kind]) if kind in _FIELDS else ""


def open_number(draft: Draft, word: str, number: str, year: int, what: str) -> str:
    """The 文号 as it stands in a draft: given, or 机关代字 and year with the place of the serial number left open.

    ``what``: its gap where no 机关代字 is set.
    """
    if number:
        return tidy(number)
    if not word:
        return draft.gap(what)
    draft.gap(AT_ISSUE["发文顺序号"])
    return number_text(word, year, _OPEN)


def series(store: Store, kind: DocumentKind, year: int) -> Series | None:
    """The numbers that documents of a kind get, None where no 机关代字 is set for it."""
    with store.reading() as db:
        word = word_of(issuer.of_file(db), kind)
        return Series(word, year, _last(db, word, year)) if word else None


def next_number(store: Store, kind: DocumentKind, year: int) -> str:
    """The next free 文号, to be shown before it is taken; empty where no 机关代字 is set."""
    found = series(store, kind, year)
    return found.next if found else ""


def next_numbers(store: Store, kind: DocumentKind, year: int, units: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The next free 文号 for a letter to each of the units, in their order; empty where no 机关代字 is set."""
    found = series(store, kind, year)
    if found is None:
        return ()
    return tuple((unit, number_text(found.word, year, found.last + place)) for place, unit in enumerate(units, start=1))


def refuse_taken(db: Connection, number: str) -> None:
    """Inside the transaction that gives a number: it must never have been given.

    Raises InvalidError (number).
    """
    found = parsed(number)
    if found is None:
        if any(one == number.strip() for one in issued.numbers(db)):
            raise _taken(number)
        return
    given = {parsed(one) for one in issued.numbers(db)}
    if found in given or found[2] <= _elsewhere(db, found[0], found[1]):
        raise _taken(tidy(number), number_text(found[0], found[1], _last(db, found[0], found[1]) + 1))


def begin_after(store: Store, word: str, year: int, last: int) -> Changes:
    """Numbers up to ``last`` were given out elsewhere: the next one is behind them.

    Raises InvalidError (last) for a number below one that was given already, or beyond 9999.
    """
    if not 0 <= last <= MOST:
        raise InvalidError(f"已用序号应为 0—{MOST}。", hint="请填写整数。", field="last")
    with store.transaction() as db:
        old = _elsewhere(db, word, year)
        if old == last:
            return Changes()
        rows.write(db, {_key(word, year): str(last)})
        journal.append(
            db,
            "登记已用文号",
            f"{word}〔{year}〕",
            before={"已用到": f"{old}号" if old else "无"},
            after={"已用到": f"{last}号" if last else "无"},
        )
    return Changes(periods=True)


def _last(db: Connection, word: str, year: int) -> int:
    found = (parsed(one) for one in issued.numbers(db))
    own = [one[2] for one in found if one is not None and one[:2] == (word, year)]
    return max([*own, _elsewhere(db, word, year)])


def _elsewhere(db: Connection, word: str, year: int) -> int:
    key = _key(word, year)
    return int(rows.read(db, [key]).get(key, "0"))


def _key(word: str, year: int) -> str:
    return f"{_KEY}:{year}:{word}"


def _taken(number: str, free: str = "") -> InvalidError:
    hint = f"下一个可用的是{free}。" if free else "请换一个文号。"
    return InvalidError(f"文号“{number}”已经用过，不能重复使用。", hint=hint, field="number")
