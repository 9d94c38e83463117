"""示例台账: a county with forty units and a year of work, for practice, for the manual's pictures and for the benches.

The file says of itself that it is a sample (a setting), and every word in it that somebody seems to have said begins
with 【示例】. It is always made whole and new: never in a file that is there.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from sqlite3 import Connection

from core.errors import LedgerFileError, OutputError
from core.job import Job
from core.model.ledger import Review
from core.office import adjusting, documents, evidence, freezing, issuer, meetings, objections, reviewing
from core.office.asked import Asked
from core.office.enter_plan import enter_plan
from core.office.entry import place_of, write
from core.office.files import open_ledger
from core.office.sample_county import MARK, PLACE, plan, units
from core.office.sample_course import AS_OF, QUARTERS, Owed, Said, course
from core.office.sample_course import MARK as SAID
from core.office.sample_mark import KEY, sample_day
from core.office.sample_papers import Paper, count, paper
from core.office.sample_returns import last_quarter
from core.publish.table_document import Format
from core.store import evidence as evidence_table
from core.store import journal, opening, replacing, settings
from core.store import obligations as obligation_table
from core.store import plans as plan_table
from core.store.database import Store
from core.store.evidence_files import Stored

NAME = "示例台账.db"
PAPERS = "示例文件"
_PLAN = "p1"
_POSTPONED = 20
"""The number of a measure of which more is told."""
_MEETINGS = ((date(2025, 4, 10), "第一次会商会议"), (date(2025, 10, 16), "第二次会商会议"))
_EXPORTS: tuple[tuple[str, Format], ...] = (
    ("table", "pdf"),
    ("progress", "xlsx"),
    ("report", "docx"),
    ("reminder", "pdf"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What lies in the folder; ``is_new`` False: it was there."""

    ledger: Path
    papers: tuple[Path, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the year: the last so many quarters, and sheets for so many units in the last one."""

    quarters: int = len(QUARTERS)
    sheets: int | None = None


def make_sample(folder: Path, job: Job, extent: Extent | None = None) -> Sample:
    """Make the sample in a folder, whole or not at all; one that is there stays as it is.

    ``extent``: the whole year, or less of it for a test.

    Raises LedgerFileError where a file of an office has the name, OutputError for a folder that cannot be used.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"“{folder.name}”是文件，不是文件夹。", hint="请换一个目录。", where=str(folder))
    ledger = folder / NAME
    if ledger.exists():
        return _known(ledger)
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(
            f"“{folder.name}”里已有别的文件，示例不放在一起。", hint="请换一个空目录。", where=str(folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=replacing.UNFINISHED, dir=folder) as made:
        papers = _make(Path(made), job, extent or Extent())
        # the ledger last: where it stands, all stands
        for item in sorted(Path(made).iterdir(), key=lambda item: item.name == NAME):
            item.rename(folder / item.name)
    return Sample(ledger, tuple(folder / PAPERS / name for name in papers), is_new=True)


def _known(ledger: Path) -> Sample:
    with closing(open_ledger(ledger, read_only=True)) as store:
        if sample_day(store) is None:
            raise LedgerFileError(
                f"“{ledger.name}”不是示例台账，没有改动。", hint="请换一个空目录。", where=str(ledger)
            )
    papers = ledger.parent / PAPERS
    return Sample(ledger, tuple(sorted(papers.iterdir())) if papers.is_dir() else (), is_new=False)


def _make(folder: Path, job: Job, extent: Extent) -> list[str]:
    with closing(opening.create_file(folder / NAME, _begin)) as store:
        _set_up_office(store)
        owed = _owed(store)
        said = [one for one in course(owed) if one.period in QUARTERS[-extent.quarters :]]
        last = QUARTERS[-1]
        _enter(store, [one for one in said if one.period != last], job)
        _events(store, owed)
        words = {(one.obligation_id, one.value.part): one for one in said if one.period == last}
        last_quarter(store, last.key, words, folder, job, extent.sheets)
        _review(store, last.key, words.values())
        job.step(3, 3, "正在生成示例文件")
        names = _export(store, folder / PAPERS)
        store.forget_acts()
    return names


def _begin(db: Connection) -> None:
    content = plan()
    enter_plan(db, _PLAN, content, units())
    settings.write(db, {KEY: AS_OF.isoformat(), "office": f"{PLACE}司法局{MARK}"})
    journal.append(db, "新建示例台账", content.title, after={"方案": _PLAN, "措施": len(content.measures)})


def _set_up_office(store: Store) -> None:
    issuer.save(
        store,
        replace(
            issuer.load(store),
            body=f"{PLACE}行政执法协调监督工作专班{MARK}",
            number="示执督",
            contact="示例经办人",
            phone="0000-0000000",
        ),
    )


def _owed(store: Store) -> list[Owed]:
    """Every obligation of a unit, in a fixed order."""
    with store.reading() as db:
        plan_id = plan_table.listing(db)[0].id
        measures = {measure.no: measure for measure in plan_table.load(db, plan_id).measures}
        rows = obligation_table.of_plan(db, plan_id)
    return [Owed(row.id, measures[row.measure], row.unit) for row in rows if not row.is_group]


# --- entries, evidence, reviews -----------------------------------------------------------------


def _enter(store: Store, said: Sequence[Said], job: Job) -> None:
    """Quarter by quarter: what was said, its evidence, the reviews, the figures as they were then."""
    for at, (period, rows) in enumerate(groupby(said, key=lambda one: one.period)):
        job.step(at, len(QUARTERS), f"正在填写{period.title}")
        entries = list(rows)
        papers = [paper(period, number) for number in range(count())]
        stored = [evidence.store_bytes(store, one.name, one.data)[0] for one in papers]
        with store.transaction():
            for one in entries:
                place = place_of(store, one.obligation_id, period.key)
                write(store, place, one.value, files=_files(one, stored))
        _describe(store, papers, stored, min(period.last_day, AS_OF))
        _review(store, period.key, entries)
        freezing.freeze(store, None, period.key, period.last_day)


def _describe(store: Store, papers: Sequence[Paper], stored: Sequence[Stored], received: date) -> None:
    """Title, 文号 and days of the papers that were tied to something."""
    with store.transaction() as db:
        for made, file in zip(papers, stored, strict=True):
            known = evidence_table.find_by_hash(db, file.sha256)
            if known is not None:
                item = known._replace(
                    title=made.title, number=made.number, proves_on=made.proves_on, received_on=received
                )
                evidence_table.describe(db, item)


def _files(one: Said, stored: Sequence[Stored]) -> list[Stored]:
    """One paper, sometimes two."""
    if one.paper is None:
        return []
    first = one.paper % len(stored)
    return [stored[first]] if one.paper % 5 else [stored[first], stored[(first + 1) % len(stored)]]


def _review(store: Store, period_key: str, entries: Iterable[Said]) -> None:
    """What was 通过 and 退回; an obligation with several entries has one review."""
    returned: dict[str, list[int]] = defaultdict(list)
    accepted = []
    for one in entries:
        if one.review is Review.RETURNED:
            returned[one.reason].append(one.obligation_id)
        elif one.review is Review.ACCEPTED:
            accepted.append(one.obligation_id)
    if accepted:
        reviewing.accept(store, accepted, period_key)
    for reason, ids in returned.items():
        reviewing.send_back(store, ids, period_key, reason)


# --- what else happened -------------------------------------------------------------------------


def _events(store: Store, owed: Sequence[Owed]) -> None:
    """A postponement, two objections, two meetings."""
    late = [one for one in owed if one.measure.no == _POSTPONED][:2]
    adjusting.adjust_obligation(
        store, late[0].id, to=date(2026, 1, 31), basis="示政办发〔2025〕30号", reason=f"{SAID}职能划转，顺延一个月。"
    )
    text = f"{SAID}本单位没有相应执法职责，建议不列为责任单位。"
    objections.raise_objection(store, late[1].id, kind="不属于本单位职责", text=text, raised_on=date(2025, 12, 9))
    objections.raise_objection(
        store, late[0].id, kind="时限不合理", text=f"{SAID}建议顺延。", raised_on=date(2025, 10, 20)
    )
    mine = next(one for one in objections.objections(store, None) if one.kind == "时限不合理")
    objections.answer_objection(
        store, mine.id, outcome="采纳", answer=f"{SAID}已按程序顺延。", answered_on=date(2025, 10, 28)
    )
    for day, title in _MEETINGS:
        decision = meetings.DecisionValue(None, _POSTPONED, f"{SAID}由牵头单位按月调度。", due_on=AS_OF)
        value = meetings.MeetingValue(
            day, f"{SAID}{title}", "第一会议室（示例）", "听取进展情况；研究逾期事项。", "各成员单位", (decision,)
        )
        meetings.save_meeting(store, None, None, value)


def _export(store: Store, folder: Path) -> list[str]:
    """Documents as the office would have printed them on the day."""
    folder.mkdir()
    names = []
    for kind, fmt in _EXPORTS:
        asked = Asked(None, AS_OF, QUARTERS[-1].key, dated=AS_OF)
        name = f"{documents.KINDS[kind].title}.{fmt}"
        documents.export(store, kind, asked, fmt, folder / name, Job())
        names.append(name)
    return names
