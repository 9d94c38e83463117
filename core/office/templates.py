"""Templates of a superior: read with what a clerk has said of their form before."""

from __future__ import annotations

from pathlib import Path

from core.errors import InvalidError
from core.exchange.read_template import read_template, template_of
from core.exchange.template import Template, TemplateMapping
from core.exchange.template_columns import RESULTS, TemplateField
from core.office.changes import Changes
from core.store import journal
from core.store import templates as rows
from core.store.database import Store
from core.store.templates import TemplateRow


def open_template(store: Store, path: Path) -> Template:
    """Read a template; a form that was mapped by hand is read as it was mapped.

    Raises KnownError for what cannot be read or filled.
    """
    template = read_template(path)
    known = mapping_of(store, template)
    return template if known is None else with_mapping(template, known)


def with_mapping(template: Template, mapping: TemplateMapping) -> Template:
    """The same template read as a mapping says.

    Raises NotFoundError when it has no such sheet.
    """
    return template_of(template.data, template.name, mapping)


def mapping_of(store: Store, template: Template) -> TemplateMapping | None:
    """What was said of this form before, None when nothing was."""
    with store.reading() as db:
        found = rows.find(db, template.signature)
    if found is None or found.mapping["sheet"] not in template.sheets:
        return None
    return TemplateMapping.of_plain(found.mapping)


def remember_mapping(store: Store, template: Template, mapping: TemplateMapping) -> Changes:
    """Keep for every later template of this form what its columns are.

    Raises InvalidError (fields) when no column is 具体措施, none can be filled, or two are the same.
    """
    check_mapping(mapping)
    with store.transaction() as db:
        old = rows.find(db, template.signature)
        new = TemplateRow(template.signature, template.name, mapping.plain())
        if old is not None and old.mapping == new.mapping:
            return Changes()
        rows.write(db, new)
        journal.append(
            db,
            "指定模板的列" if old is None else "改指模板的列",
            template.name,
            before=_words(TemplateMapping.of_plain(old.mapping)) if old else None,
            after=_words(mapping),
        )
    return Changes()


def forget_mapping(store: Store, template: Template) -> Changes:
    """Read the form by its titles again."""
    with store.transaction() as db:
        old = rows.find(db, template.signature)
        if old is None:
            return Changes()
        rows.delete(db, template.signature)
        journal.append(db, "取消模板的列", old.name, before=_words(TemplateMapping.of_plain(old.mapping)))
    return Changes()


def mapping_from(template: Template) -> TemplateMapping:
    """How a template is read now, to begin a mapping with; the first sheet where no table was found."""
    if not template.tables:
        return TemplateMapping(template.sheets[0], (1, 1), {})
    table = template.tables[0]
    return TemplateMapping(table.sheet, table.header, {one.letter: one.fields for one in table.columns if one.fields})


def check_mapping(mapping: TemplateMapping) -> None:
    """Raises InvalidError (fields) for a mapping by which nothing could be filled."""
    said = [field for fields in mapping.fields.values() for field in fields]
    if TemplateField.TEXT not in said:
        raise InvalidError("还没有指定哪一列是具体措施。", hint="请先指定具体措施一列。", field="fields")
    if not RESULTS & set(said):
        raise InvalidError("没有一列是要填写的内容。", hint="请指定工作进展、状态等列。", field="fields")
    double = next((field for field in said if said.count(field) > 1), None)
    if double is not None:
        raise InvalidError(f"有两列都指定为“{double.value}”。", hint="请只留一列。", field="fields")


def _words(mapping: TemplateMapping) -> dict[str, str]:
    columns = {f"{letter}列": "、".join(field.value for field in fields) for letter, fields in mapping.fields.items()}
    return {"工作表": mapping.sheet, "表头": f"第{mapping.header[0]}行至第{mapping.header[1]}行", **columns}
