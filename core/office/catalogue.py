"""佐证材料目录: what proves the progress, in the order of the plan's table, each file by number and SHA-256."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from core.errors import InvalidError
from core.job import Job
from core.office.asked import Asked, Made, file_name
from core.office.catalogue_rows import CatalogueRow, catalogue_rows
from core.office.overview import Overview, overview
from core.office.paper_words import day
from core.office.periods import period_of
from core.office.tables import of_section
from core.office.units import unit_named
from core.publish.description import Align, TableDocument
from core.publish.plain_table import PlainColumn, PlainTable, plain_document
from core.publish.progress_table import base_title
from core.publish.table import TableOptions
from core.publish.table_document import write_document
from core.store.database import Store

_COLUMNS = (
    PlainColumn("no", "编号", 3),
    PlainColumn("text", "材料名称", 8, Align.LEFT),
    PlainColumn("number", "文号", 4),
    PlainColumn("unit", "报送单位", 5),
    PlainColumn("date", "日期", 6),
    PlainColumn("pages", "页数", 3),
    PlainColumn("name", "文件名", 7, Align.LEFT),
    PlainColumn("sha256", "SHA-256", 17),
)
_RULE = "注：编号为措施号—序号；日期为材料形成日期，没有填写的为收到日期并注明；SHA-256 用于核对文件未被改动。"


def catalogue(store: Store, asked: Asked, job: Job) -> Made:  # noqa: ARG001 - a maker
    """The kind `catalogue`.

    Raises NotFoundError (plan, section, unit), InvalidError (period; nothing to list).
    """
    view, rows = wanted(store, asked)
    document = catalogue_document(store, asked, view, rows)
    gaps = tuple(f"佐证材料 {row.number}“{row.item.title}”的文件不在台账文件夹中" for row in rows if row.row.missing)
    return Made(file_name(catalogue_name(store, asked, view)), partial(write_document, document), gaps)


def catalogue_document(
    store: Store,
    asked: Asked,
    view: Overview,
    rows: Sequence[CatalogueRow],
    names: Mapping[int, str] = MappingProxyType({}),
) -> TableDocument:
    """The table of some files; ``names`` by file: what it is called where it is not called as it came.

    Raises InvalidError when there is nothing to list.
    """
    if not rows:
        raise InvalidError("没有可以列入目录的佐证材料。", hint="请先在“进展填报”中加入佐证材料，或改选报送期。")
    period = _period_title(store, asked, view)
    heads = [
        *([f"报送期：{period}"] if period else []),
        *([f"单位：{unit}"] if (unit := _unit(store, asked)) else []),
        f"统计截止日期：{day(asked.as_of)}",
        f"共{len(rows)}份",
    ]
    table = PlainTable(
        title=f"{base_title(view.plan)}佐证材料目录",
        sheet="佐证材料目录",
        columns=_COLUMNS,
        rows=tuple(_row(row, view, names.get(row.item.id, row.item.name)) for row in rows),
        notes=("　　".join(heads), _RULE),
    )
    return plain_document(table, asked.page or TableOptions(annex_no=None))


def catalogue_name(store: Store, asked: Asked, view: Overview) -> str:
    """What to call it: with the unit and the period it is of."""
    of = "，".join(part for part in (_unit(store, asked), _period_title(store, asked, view)) if part)
    return f"{base_title(view.plan)}佐证材料目录" + (f"（{of}）" if of else "")


def _period_title(store: Store, asked: Asked, view: Overview) -> str:
    return "" if asked.period_key is None else period_of(store, view.row.key, asked.period_key).title


def wanted(store: Store, asked: Asked) -> tuple[Overview, tuple[CatalogueRow, ...]]:
    """The plan and its files for what is asked.

    Raises NotFoundError (plan, section, unit), InvalidError (period).
    """
    view = overview(store, asked.plan_key, asked.as_of)
    of_section(view.plan, asked.section)
    period = period_of(store, view.row.key, asked.period_key) if asked.period_key is not None else None
    unit = _unit(store, asked)
    return view, catalogue_rows(store, view, period.key if period else None, section=asked.section, unit=unit)


def _unit(store: Store, asked: Asked) -> str | None:
    """The register's own name of the unit that is asked for."""
    return unit_named(store, asked.unit).name if asked.unit is not None else None


def _row(one: CatalogueRow, view: Overview, name: str) -> tuple[str, ...]:
    item = one.item
    also = "、".join(view.measure(no).label or str(no) for no in one.also)
    return (
        one.number,
        f"{item.title}（同时用于措施{also}）" if also else item.title,
        item.number or "",
        "、".join(one.units),
        day(item.proves_on) if item.proves_on else f"{day(item.received_on)}（收到）",
        "" if item.pages is None else str(item.pages),
        f"{name}（文件缺失）" if one.row.missing else name,
        item.sha256,
    )
