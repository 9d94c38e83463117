"""任务落实情况统计表 from the ledger: each measure with its state, the units' words and the numbers of its evidence."""

from __future__ import annotations

from functools import partial

from core.job import Job
from core.ledger.figures import count
from core.model.issued import Figure
from core.model.ledger import Period
from core.office.asked import Asked, Made, Write, file_name
from core.office.catalogue_rows import numbered
from core.office.listing import status_words
from core.office.noted import Notes
from core.office.overview import Overview, overview, share
from core.office.paper_words import day, states
from core.office.periods import period_of
from core.office.said import said, secret_gaps, words
from core.office.statistics import statistics
from core.office.tables import of_section
from core.publish.description import TableDocument
from core.publish.output import Target
from core.publish.progress_table import Reached, progress_document, progress_title
from core.publish.table import TableOptions
from core.publish.table_document import Format, Published, write_document
from core.publish.text_document import TextDocument
from core.publish.write_text import write_text
from core.store.database import Store

_RULE = (
    "注：分数为已完成的责任事项数与责任事项总数，长期坚持的以本期已落实计，不涉及的不计；"
    "完成率＝已完成措施数÷（措施总数－长期坚持－待部署－不涉及）。"
)
_IN_THE_TEXT = "各单位的工作进展、存在问题和下一步工作见正文。"
_IN_LEDGERS = "各单位的工作进展、存在问题和下一步工作见各单位工作台账。"


def progress_table(store: Store, asked: Asked, job: Job) -> Made:  # noqa: ARG001 - a maker
    """The kind `progress`.

    Raises NotFoundError (plan, section), InvalidError (period).
    """
    view = overview(store, asked.plan_key, asked.as_of)
    period = _period(store, asked, view)
    document = progress_description(store, asked, view)
    plan = of_section(view.plan, asked.section)
    name = file_name(progress_title(plan) + (f"（{period.title}）" if period else ""))
    gaps = secret_gaps(view, said(view, period.key if period else None))
    figures: list[Figure] = []
    Notes(view, figures).measure_states("measures", "措施", [measure.no for measure in plan.measures])
    has_charts = asked.charts and asked.section is None  # they show the whole plan
    write = _with_charts(store, asked, name, document) if has_charts else partial(write_document, document)
    return Made(name, write, gaps, tuple(figures), progress_title(plan))


def _with_charts(store: Store, asked: Asked, name: str, document: TableDocument) -> Write:
    """PDF and Word with 附图 behind the table; a worksheet has the table only."""
    from core.office.charts import chart_part

    charts = chart_part(statistics(store, asked.plan_key, asked.as_of), "附件", whole=False)

    def write(fmt: Format, target: Target, job: Job) -> Published:
        if fmt == "xlsx":
            return write_document(document, fmt, target, job)
        return write_text(TextDocument(name, (document, charts)), fmt, target, job)

    return write


def progress_description(store: Store, asked: Asked, view: Overview, *, has_words: bool = True) -> TableDocument:
    """The table itself, of the plan as just read: a document of its own, or an annex.

    ``has_words`` False: the text before it says what the units wrote.

    Raises NotFoundError (section), InvalidError (period).
    """
    period = _period(store, asked, view)
    files = numbered(store, view)
    found = said(view, period.key if period else None)
    plan = of_section(view.plan, asked.section)
    reached = {}
    for measure in plan.measures:
        one, is_alone = found[measure.no], len(view.of_measure(measure.no)) == 1
        reached[measure.no] = Reached(
            state=_state(view, measure.no),
            work=words((*one.work, *one.out), alone=is_alone),
            problems=words(one.problems, alone=is_alone),
            next_steps=words(one.next_steps, alone=is_alone),
            evidence="、".join(files.of_records(record.id for record in one.records)),
        )
    figures = count(view.measures[measure.no] for measure in plan.measures)
    notes = (
        "　　".join(
            [
                *([f"报送期：{period.title}"] if period else []),
                f"统计截止日期：{day(asked.as_of)}",
                states(figures, "措施"),
            ]
        ),
        _RULE if has_words else f"{_RULE}{_IN_LEDGERS if asked.is_brief else _IN_THE_TEXT}",
    )
    return progress_document(plan, reached, notes, asked.page or TableOptions(annex_no=None), has_words=has_words)


def _period(store: Store, asked: Asked, view: Overview) -> Period | None:
    return period_of(store, view.row.key, asked.period_key) if asked.period_key is not None else None


def _state(view: Overview, no: int) -> str:
    """State and light in words, below it how many of its obligations are done."""
    words_now = status_words(view.measures[no], view.clock.as_of)
    done, total = share(view, no)
    return f"{words_now}\n{done}/{total}" if total else words_now
