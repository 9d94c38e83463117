"""上报: the superior's template filled, with evidence, catalogue, checksums and manifest, as a folder, a zip, mail.

Nothing is written before all of it is made. What was sent is kept as it was sent: its files lie in the
content-addressed folder beside the ledger and can be put on a stick again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from core.errors import InvalidError, NotFoundError, OutputError
from core.exchange.fill_template import Filled, fill
from core.exchange.manifest import MeasureSaid
from core.exchange.package import PackageFile, verify
from core.exchange.template import Template, TemplateMapping
from core.job import Job
from core.model.ledger import Period
from core.model.plan import Severity
from core.office import periods as office_periods
from core.office.changes import Changes
from core.office.overview import plan_row
from core.office.package_folder import free_folder, put_file
from core.office.submit_content import Content, content_of
from core.office.submit_findings import Check, Finding, findings_of, order_findings, submit_findings
from core.office.submit_package import Packing, SubmitOptions, Written, write_package
from core.office.submit_words import Told, fill_rows, in_order, measures_said
from core.office.superior_order import SuperiorOrder, superior_order
from core.office.templates import check_mapping, open_template, with_mapping
from core.store import evidence_files, journal, periods, submissions, units
from core.store.database import Store, read_only_error
from core.store.lock import user_name
from core.store.submissions import SentFile, SubmissionRow

__all__ = [
    "Packing",
    "Prepared",
    "SentFile",
    "SubmissionRow",
    "SubmitOptions",
    "Submitted",
    "prepare",
    "sent",
    "submit",
    "submit_findings",
]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that would go, in memory: nothing was written. ``findings``: the gravest first.

    ``lines``: in the order of the superior plan where there is an ``order``.
    """

    content: Content
    lines: tuple[Told, ...]
    order: SuperiorOrder | None
    template: Template
    filled: Filled
    findings: tuple[Finding, ...]

    @property
    def measures(self) -> tuple[MeasureSaid, ...]:
        """What is said measure by measure; of a superior's those that something of ours answers."""
        return tuple(line.said for line in self.lines if self.order is None or line.said.state)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was written. ``filled``: the filled template, or the zip it is in.

    ``files``: paths of the package; ``parts``: zips for mail; ``drafts``: .eml files.
    """

    id: int
    folder: Path
    filled: Path
    files: tuple[Path, ...]
    parts: tuple[Path, ...]
    drafts: tuple[Path, ...]
    aside: tuple[Path, ...]
    findings: tuple[Finding, ...]
    changes: Changes


def default_as_of(period: Period, today: date) -> date:
    """A return speaks of its period: its last day, or today while it runs."""
    return min(period.last_day, today) if period.first_day <= today else today


def prepare(
    store: Store,
    plan_key: str | None,
    period_key: str,
    template: Path,
    job: Job,
    *,
    as_of: date | None = None,
    mapping: TemplateMapping | None = None,
    superior: str = "",
) -> Prepared:
    """Gather, check and fill in memory.

    ``mapping``: how to read the template, else what was remembered of it, else its titles. ``superior``: the key of a
    plan whose measures the template asks for (对照上级), empty where it asks for ours.

    Raises NotFoundError, InvalidError (also field superior: nothing was decided), UnreadableError, Cancelled.
    """
    row = plan_row(store, plan_key)
    period = office_periods.period_of(store, row.key, period_key)
    day = as_of or default_as_of(period, datetime.now().astimezone().date())
    opened = open_template(store, template)
    if mapping is not None:
        check_mapping(mapping)
        opened = with_mapping(opened, mapping)
    if not any(table.columns for table in opened.tables):
        raise InvalidError(
            f"没有认出模板“{template.name}”的表头。", hint="请指定各列是什么，程序会记住。", where=str(template)
        )
    job.step(0, 4, "正在汇总填报内容")
    content = content_of(store, row.key, period.key, day, job)
    order = superior_order(store, superior, row.key, job) if superior else None
    lines = in_order(content, order) if order else measures_said(content)
    job.step(2, 4, "正在填写模板")
    asked = frozenset(field for table in opened.tables for one in table.columns for field in one.fields)
    with store.reading() as db:
        names = {name: unit.name for unit in units.load(db).units for name in (unit.name, *unit.names)}
    filled = fill(opened, fill_rows(content, lines, asked), period, names)
    job.step(3, 4, "正在检查")
    found = [*findings_of(store, content), *_of_template(opened, filled, "上级方案" if order else "台账")]
    if order:
        found += order_findings(content, order)
    return Prepared(content, lines, order, opened, filled, _gravest_first(found))


def submit(
    store: Store,
    plan_key: str | None,
    period_key: str,
    template: Path,
    folder: Path,
    job: Job,
    options: SubmitOptions | None = None,
) -> Submitted:
    """Make the package into a folder and keep what was made.

    A file that lies under a name we need and that no package of ours made is moved into 原有文件.

    Raises NotFoundError, InvalidError, UnreadableError, OutputError, LedgerFileError, Cancelled.
    """
    if store.read_only:
        raise read_only_error(store.path)
    options = options or SubmitOptions()
    made = prepare(
        store,
        plan_key,
        period_key,
        template,
        job,
        as_of=options.as_of,
        mapping=options.mapping,
        superior=options.superior,
    )
    written = write_package(
        store, made.content, made.measures, made.order, made.template, made.filled, folder, job, options, template
    )
    key = _keep(store, made.content, written, job)
    findings = _gravest_first((*made.findings, *written.findings))
    return Submitted(
        key,
        written.folder,
        written.filled,
        written.paths,
        written.parts,
        written.drafts,
        written.aside,
        findings,
        Changes(periods=True),
    )


def _gravest_first(found: Sequence[Finding]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def sent(store: Store, plan_key: str | None, period_key: str | None = None) -> tuple[SubmissionRow, ...]:
    """The packages of a plan, or of one period of it, the newest first.

    Raises NotFoundError for the plan, InvalidError for the period.
    """
    row = plan_row(store, plan_key)
    key = None if period_key is None else office_periods.period_of(store, row.key, period_key).key
    with store.reading() as db:
        return submissions.of_period(db, row.id, key)


def mark_sent(store: Store, submission_id: int, day: date | None) -> Changes:
    """Say on which day a package went (None: it did not).

    Raises NotFoundError.
    """
    with store.transaction() as db:
        old = _found(submissions.find(db, submission_id))
        if old.sent_on == day:
            return Changes()
        submissions.mark_sent(db, submission_id, day, user_name())
        journal.append(
            db,
            "上报材料标为未上报" if day is None else "上报材料标为已上报",
            old.name,
            before={"上报日期": str(old.sent_on)} if old.sent_on else None,
            after={"上报日期": str(day) if day else "无"},
        )
    return Changes(periods=True)


def kept_file(store: Store, file: SentFile) -> Path:
    """Where a file of a package lies as it was sent."""
    return evidence_files.path_of(store.path, file.sha256, file.name)


def put_on_stick(store: Store, submission_id: int, folder: Path, job: Job) -> Path:
    """Write a package as it was sent into a folder of its own on a stick, and read it back; gives that folder.

    Raises NotFoundError, OutputError (also when a kept file is not what was sent, or the stick gives back other
    bytes), Cancelled.
    """
    with store.reading() as db:
        row = _found(submissions.find(db, submission_id))
    target = free_folder(folder, row.name)
    for one in row.files:
        problem = evidence_files.damage(kept_file(store, one), one.sha256, one.path)
        if problem:
            words = problem.replace("佐证材料", "保存的上报材料")
            raise OutputError(f"{words}，没有写入U盘。", hint="请重新生成上报材料。", where=one.path)
    files = [PackageFile(one.path, one.kind, one.sha256, one.size, source=kept_file(store, one)) for one in row.files]
    for at, file in enumerate(files):
        job.step(at, len(files), f"正在写入 {file.path}")
        put_file(file, target, job)
    wrong = verify(target, job)
    if wrong:
        raise OutputError(f"写入后核对不符：{wrong[0]}。", hint="U盘可能已损坏，请换一个。", where=str(target))
    return target


def _found(row: SubmissionRow | None) -> SubmissionRow:
    if row is None:
        raise NotFoundError("这份上报材料不在台账里。", hint="请刷新后再试。")
    return row


def _of_template(template: Template, filled: Filled, plan: str) -> list[Finding]:
    """What the template cannot keep, what of it was not understood, what did not fit."""
    found = [
        Finding(Check.TEMPLATE, Severity.WARNING, f"填写后的模板不能保留{loss}，原模板放在旁边")
        for loss in template.losses
    ]
    unknown = [f"{one.letter}列“{one.title}”" for one in template.unknown]
    if unknown:
        words = f"这些列没有填写，没有认出是什么：{'、'.join(unknown)}"
        found.append(Finding(Check.TEMPLATE, Severity.INFO, words))
    found += [
        Finding(Check.TEMPLATE, Severity.WARNING, f"{one.letter}列“{one.title}”按完成时限填写，请核对")
        for table in template.tables
        for one in table.columns
        if one.is_doubtful
    ]
    found += [Finding(Check.TEMPLATE, note.severity, str(note)) for note in filled.notes]
    if filled.left_out and filled.rows:
        numbers = "、".join(str(no) for no in filled.left_out)
        found.append(Finding(Check.TEMPLATE, Severity.INFO, f"模板中没有列出{plan}的第{numbers}项"))
    return found


def _keep(store: Store, content: Content, written: Written, job: Job) -> int:
    """The bytes first, then the row: a file without a row is no damage."""
    files: list[SentFile] = []
    for one in written.files:
        if one.data is not None:
            _take(store, one.path, one.data, job)
        files.append(SentFile(one.path, one.sha256, one.size, one.kind))
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    with store.transaction() as db:
        period_id = periods.ensure(db, content.period)
        key = submissions.add(
            db,
            content.view.row.id,
            period_id,
            made_at=now,
            as_of=content.as_of,
            name=written.name,
            sent_by=user_name(),
            files=tuple(files),
        )
        journal.append(
            db,
            "生成上报材料",
            written.name,
            after={
                "报送期": content.period.title,
                "统计截止日期": content.as_of.isoformat(),
                "文件": f"{len(files)}个",
                "佐证材料": f"{len(content.pieces)}份",
            },
        )
    return key


def _take(store: Store, path: str, data: bytes, job: Job) -> None:
    import io

    evidence_files.take_stream(store.path, path.rpartition("/")[2], io.BytesIO(data), len(data), job)
