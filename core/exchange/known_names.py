"""Names of units and periods as people write them, and what of the ledger they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from core.errors import InvalidError
from core.exchange.returned import KnownLedger
from core.ledger import periods
from core.model.ledger import Period

_WORDY = re.compile(r"(20\d\d)年?(?:第?([一二三四1-4])季度|([上下])半年|(\d{1,2})月份?|(?=年|度|全年|$))")
_QUARTERS = {word: at for at, word in enumerate("一二三四", 1)}


def plain_name(word: str) -> str:
    """A unit's name as it is compared: without blanks and without the bracket of a stamp."""
    return re.sub(r"[\s（(]*(?:盖章|公章|签章)[）)]*$", "", "".join(unicodedata.normalize("NFKC", word).split()))


def unit_named(word: str, known: KnownLedger) -> str | None:
    """The unit of a name or alias, however it is spaced."""
    if not word:
        return None
    if word in known.units:
        return known.units[word]
    wanted = plain_name(word)
    found = {unit for name, unit in known.units.items() if plain_name(name) == wanted}
    return found.pop() if len(found) == 1 else None


def unit_within(text: str, known: KnownLedger) -> str | None:
    """The one unit whose name or alias stands in a text; a name inside a longer name does not count."""
    plain = "".join(text.split())
    hits: list[tuple[int, int, str]] = []
    for name, unit in known.units.items():
        at = plain.find(name) if len(name) > 1 else -1
        if at >= 0:
            hits.append((at, at + len(name), unit))
    longest = {
        unit
        for start, end, unit in hits
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in hits)
    }
    return longest.pop() if len(longest) == 1 else None


def period_named(word: str, known: Sequence[Period]) -> Period | None:
    """The period of a title or key; one that the file does not have yet may still be meant."""
    plain = "".join(unicodedata.normalize("NFKC", word).split())
    if not plain:
        return None
    for period in known:
        if plain in (period.title, period.key):
            return period
    return _worded(plain, known, whole=True)


def period_within(text: str, known: Sequence[Period]) -> Period | None:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    hits = [period for period in known if len(period.title) > 1 and period.title in plain]
    longest = [one for one in hits if not any(one.title in other.title and one != other for other in hits)]
    dated = _worded(plain, known, whole=False)
    found = {period.key: period for period in ([dated] if dated else longest)}
    return next(iter(found.values())) if len(found) == 1 else None


def _worded(plain: str, known: Sequence[Period], *, whole: bool) -> Period | None:
    """2024年第四季度, 2024年4季度, 2024年12月: one and only one of them."""
    found = {key for key in map(_key_of, _WORDY.finditer(plain)) if key} if not whole else set()
    if whole:
        match = _WORDY.match(plain)
        found = {_key_of(match)} if match and match.end() >= len(plain.rstrip("年度全")) else set()
        found |= {plain.upper()}
    read = [period for period in (key_period(key, known) for key in found) if period is not None]
    return read[0] if len({period.key for period in read}) == 1 else None


def _key_of(match: re.Match[str]) -> str:
    year, quarter, half, month = match.groups()
    if quarter:
        return f"{year}Q{_QUARTERS.get(quarter, quarter)}"
    if half:
        return f"{year}H{1 if half == '上' else 2}"
    return f"{year}-{int(month):02}" if month else ""


def key_period(key: str, known: Sequence[Period]) -> Period | None:
    """The period of a key, the file's own first."""
    for period in known:
        if period.key == key:
            return period
    try:
        return periods.parse(key)
    except InvalidError:
        return None
