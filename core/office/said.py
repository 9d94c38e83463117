"""What the units said of each measure, gathered for a document: equal words once, with all who said them.

Taken are the records that count on the date (rule 4), of one period or, without one, the last of each obligation. What
was sent back (退回) is not quoted, it waits for its correction; what carries a mark of secrecy (密) is not either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.exchange.secrecy import mark_in_text
from core.ledger.states import counts, order
from core.model.ledger import EntryState, Obligation, Review
from core.office.overview import Overview
from core.store.progress import ProgressRow


@dataclass(frozen=True, slots=True)
class Voice:
    """Equal words of one or many units; ``who`` names them, a whole collective by its own name."""

    who: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """The words about one measure. ``records`` are those they come from, in the order of the obligations.

    ``out``: why units say that it is none of theirs (不涉及), which is no work. ``secret``: units whose words carry a mark of secrecy (密); they are quoted nowhere.
    """

    work: tuple[Voice, ...]
    problems: tuple[Voice, ...]
    next_steps: tuple[Voice, ...]
    records: tuple[ProgressRow, ...]
    secret: tuple[str, ...] = ()
    out: tuple[Voice, ...] = ()


def said(view: Overview, period_key: str | None) -> dict[int, Said]:
    """By number of the measure, every measure of the plan; ``period_key`` None: the last words of each obligation."""
    return {measure.no: _of_measure(view, view.of_measure(measure.no), period_key) for measure in view.plan.measures}


def records_of(view: Overview, item: Obligation, period_key: str | None) -> tuple[ProgressRow, ...]:
    """The records of an obligation that a document quotes, one for each 时限项 that has its own."""
    found = [
        record
        for record in view.progress.get(item.id, ())
        if record.review is not Review.RETURNED
        and counts(record.entry, view.clock)
        and period_key in (None, record.period.key)
    ]
    found.sort(key=lambda record: order(record.entry))
    last = {record.part: record for record in found}
    return tuple(last.values())


def words(voices: Sequence[Voice], *, alone: bool) -> str:
    """The voices as the text of a cell, one below the other; ``alone``: there is only one who could speak."""
    return "\n".join(voice.text if alone else f"{'、'.join(voice.who)}：{voice.text}" for voice in voices)


def _of_measure(view: Overview, items: Sequence[Obligation], period_key: str | None) -> Said:
    found = [(item.unit, record) for item in items for record in records_of(view, item, period_key)]
    by_unit = [(unit, record) for unit, record in found if not is_marked(record)]
    return Said(
        work=_voices(items, [(unit, _scoped(record, record.text)) for unit, record in by_unit if not _is_out(record)]),
        problems=_voices(items, [(unit, _scoped(record, record.problems)) for unit, record in by_unit]),
        next_steps=_voices(items, [(unit, _scoped(record, record.next_steps)) for unit, record in by_unit]),
        records=tuple(record for _, record in by_unit),
        secret=tuple(dict.fromkeys(unit for unit, record in found if is_marked(record))),
        out=_voices(items, [(unit, _scoped(record, _reason(record))) for unit, record in by_unit if _is_out(record)]),
    )


def secret_gaps(view: Overview, found: Mapping[int, Said]) -> tuple[str, ...]:
    """A sentence for each measure some of whose words were left out."""
    return tuple(
        f"{view.measure(no).label or no}{'、'.join(one.secret)}的填报内容带有密级字样，没有写入"
        for no, one in found.items()
        if one.secret
    )


def is_marked(record: ProgressRow) -> bool:
    """Whether the words of a record carry a mark of secrecy."""
    return any(mark_in_text(text) for text in (record.text, record.problems, record.next_steps, record.reason))


def _is_out(record: ProgressRow) -> bool:
    return record.state is EntryState.NOT_APPLICABLE


def _reason(record: ProgressRow) -> str:
    return f"不涉及，{record.reason}" if record.reason else "不涉及"


def _scoped(record: ProgressRow, text: str) -> str:
    text = text.strip()
    return f"（{record.part}）{text}" if text and record.part else text


def _voices(items: Sequence[Obligation], said_by: Iterable[tuple[str, str]]) -> tuple[Voice, ...]:
    by_text: dict[str, list[str]] = defaultdict(list)
    for unit, text in said_by:
        if text:
            by_text[text].append(unit)
    return tuple(Voice(_who(items, units), text) for text, units in by_text.items())


def _who(items: Sequence[Obligation], units: Sequence[str]) -> tuple[str, ...]:
    """The units; where every member of a collective speaks, the collective stands for them."""
    left, names = list(dict.fromkeys(units)), []
    for group in dict.fromkeys(name for item in items for name in item.via):
        members = {item.unit for item in items if group in item.via}
        if len(members) > 1 and members <= set(left):
            names.append(group)
            left = [unit for unit in left if unit not in members]
    return (*names, *left)
